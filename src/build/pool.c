/* Workers are forked processes, requests and replies go through pipes: see pool.h.
 *
 * Processes and not threads: the libraries keep state of their own (libxml2's error handlers,
 * fontconfig, HarfBuzz caches), documents need nothing from each other, and a fault in one that
 * ends its process ends no other document. What is shared is inherited by fork: it costs nothing
 * until it is written to. A message is its length in eight bytes and the bytes.
 *
 * A worker dies with its parent (PR_SET_PDEATHSIG), also when that is killed: no orphan goes on
 * writing files while the next run has begun. */
#include "build/pool.h"
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

struct worker {
    pid_t pid;    /* 0: not forked */
    int to, from; /* pipes */
    bool busy;
    size_t job;
};

struct build_pool {
    build_work *work;
    void *self;
    size_t count;
    struct worker workers[];
};

/* More than this in one message is a broken message. */
#define LARGEST ((uint64_t)1 << 32)

static bool read_all(int fd, void *bytes, size_t n)
{
    for (char *at = bytes; n;) {
        ssize_t done = read(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static bool send_message(int fd, const struct buf *message)
{
    uint64_t n = message->len;
    return file_write_all(fd, &n, sizeof n) &&
           (n == 0 || file_write_all(fd, message->bytes, message->len));
}

static bool receive_message(int fd, struct buf *message)
{
    char block[16384];
    uint64_t n;
    if (!read_all(fd, &n, sizeof n) || n > LARGEST)
        return false;
    buf_clear(message);
    while (n) {
        size_t part = n < sizeof block ? (size_t)n : sizeof block;
        if (!read_all(fd, block, part))
            return false;
        buf_put(message, block, part);
        n -= part;
    }
    return true;
}

/* The life of a worker. Standard output and what the parent has not yet written of it are the
 * parent's: hence _exit. */
static _Noreturn void serve(const struct build_pool *pool, int from, int to)
{
    struct buf request = BUF_EMPTY, reply = BUF_EMPTY;
    while (receive_message(from, &request)) {
        buf_clear(&reply);
        pool->work(pool->self, &request, &reply);
        if (!send_message(to, &reply))
            break;
    }
    _exit(0);
}

static void close_worker(struct worker *w)
{
    close(w->to);
    close(w->from);
    *w = (struct worker){0};
}

static bool open_pipes(int down[2], int up[2])
{
    if (pipe2(down, O_CLOEXEC) != 0)
        return false;
    if (pipe2(up, O_CLOEXEC) == 0)
        return true;
    close(down[0]);
    close(down[1]);
    return false;
}

static bool start_worker(struct build_pool *pool, struct worker *w)
{
    int down[2], up[2];
    pid_t parent = getpid();
    if (!open_pipes(down, up))
        return false;
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(0);
        /* Its brothers' pipes would keep them alive after the parent. */
        for (size_t i = 0; i < pool->count; i++)
            if (pool->workers[i].pid)
                close_worker(&pool->workers[i]);
        close(down[1]);
        close(up[0]);
        serve(pool, down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    *w = (struct worker){.pid = pid, .to = down[1], .from = up[0]};
    if (pid > 0)
        return true;
    close_worker(w);
    return false;
}

struct build_pool *build_new_pool(size_t workers, build_work *work, void *self)
{
    struct build_pool *pool = mem_zalloc(sizeof *pool + workers * sizeof *pool->workers);
    pool->work = work;
    pool->self = self;
    pool->count = workers;
    return pool;
}

void build_renew_pool(struct build_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++) {
        pid_t pid = pool->workers[i].pid;
        if (!pid)
            continue;
        close_worker(&pool->workers[i]);
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
}

void build_free_pool(struct build_pool *pool)
{
    if (!pool)
        return;
    build_renew_pool(pool);
    free(pool);
}

/* An idle worker that lives, else one to be started, else NULL. */
static struct worker *find_idle(const struct build_pool *pool)
{
    struct worker *found = NULL;
    for (size_t i = pool->count; i-- > 0;) {
        const struct worker *w = &pool->workers[i];
        if (!w->busy && (!found || w->pid))
            found = (struct worker *)(uintptr_t)w;
    }
    return found;
}

bool build_is_idle(const struct build_pool *pool)
{
    return find_idle(pool) != NULL;
}

bool build_give_job(struct build_pool *pool, size_t job, const struct buf *request)
{
    struct worker *w = find_idle(pool);
    REQUIRE(w);
    if (!w->pid && !start_worker(pool, w))
        return false;
    w->busy = true;
    w->job = job;
    /* One that died while it was idle cannot be written to; that it is lost is seen when its
     * answer is awaited. SIGPIPE is ignored by the program. */
    (void)!send_message(w->to, request);
    return true;
}

/* The worker has answered or ended. */
static void finish_job(struct worker *w, struct build_answer *answer)
{
    *answer = (struct build_answer){.job = w->job};
    w->busy = false;
    if (receive_message(w->from, &answer->reply))
        return;
    buf_free(&answer->reply);
    answer->reply = (struct buf)BUF_EMPTY;
    answer->is_lost = true;
    int status = 0;
    pid_t pid = w->pid;
    close_worker(w);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    answer->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    answer->code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

bool build_await_answer(struct build_pool *pool, int ms, struct build_answer *answer)
{
    struct pollfd *fds = mem_zalloc((pool->count + 1) * sizeof *fds);
    struct worker *found = NULL;
    nfds_t n = 0;
    for (size_t i = 0; i < pool->count; i++)
        if (pool->workers[i].busy)
            fds[n++] = (struct pollfd){.fd = pool->workers[i].from, .events = POLLIN};
    int ready = 0;
    while (n && (ready = poll(fds, n, ms)) < 0 && errno == EINTR)
        continue;
    for (nfds_t k = 0; ready > 0 && k < n && !found; k++)
        for (size_t i = 0; fds[k].revents && i < pool->count; i++)
            if (pool->workers[i].busy && pool->workers[i].from == fds[k].fd)
                found = &pool->workers[i];
    free(fds);
    if (found)
        finish_job(found, answer);
    return found != NULL;
}
