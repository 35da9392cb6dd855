/* Run a program, collect its two outputs, kill it when its time is over: see run.h. */
#include "unit/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 100, PIECE = 65536, BY_SIGNAL = 128 };

const char *run_program_path(void)
{
    const char *path = getenv("PRIKAZ");
    return path ? path : ".build/check/prikaz";
}

/* A sanitizer's report must not look like a status of the program's own. */
static void add_option(const char *variable)
{
    const char *options = getenv(variable);
    char all[512];
    snprintf(all, sizeof all, "%s%sexitcode=%d", options ? options : "", options ? ":" : "",
             RUN_SANITIZER);
    setenv(variable, all, 1);
}

static _Noreturn void become(const char *const *argv, const char *language, const int *fds)
{
    dup2(fds[0], STDOUT_FILENO);
    dup2(fds[1], STDERR_FILENO);
    /* gettext obeys LANGUAGE in every locale but plain C. */
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("LANGUAGE", language, 1);
    setenv("TZ", "UTC", 1);
    add_option("ASAN_OPTIONS");
    add_option("UBSAN_OPTIONS");
    union {
        const char *const *in;
        char **out;
    } args = {.in = argv};
    execvp(argv[0], args.out);
    _exit(BY_SIGNAL - 1);
}

/* Read what has come from `fd` into `b`; false at the end. */
static bool take(int fd, struct buf *b)
{
    char piece[PIECE];
    ssize_t n = read(fd, piece, sizeof piece);
    if (n > 0)
        buf_put(b, piece, (size_t)n);
    return n > 0 || (n < 0 && errno == EINTR);
}

static time_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* Collect both outputs until both are closed or the time is over; false in the latter case. */
static bool collect(int out, int err, int seconds, struct run *run)
{
    struct pollfd fds[2] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
    struct buf *into[2] = {&run->out, &run->err};
    time_t end = now() + seconds;
    while (now() < end && (fds[0].fd >= 0 || fds[1].fd >= 0)) {
        int ready = poll(fds, 2, POLL_MS);
        for (int i = 0; i < 2 && ready > 0; i++)
            if (fds[i].revents && !take(fds[i].fd, into[i]))
                fds[i].fd = -1;
    }
    return fds[0].fd < 0 && fds[1].fd < 0;
}

bool run_program(const char *const *argv, const char *language, int seconds, struct run *run)
{
    *run = (struct run){.out = BUF_EMPTY, .err = BUF_EMPTY};
    int out[2], err[2];
    if (pipe2(out, O_CLOEXEC) != 0)
        return false;
    if (pipe2(err, O_CLOEXEC) != 0) {
        close(out[0]);
        close(out[1]);
        return false;
    }
    pid_t pid = fork();
    if (pid == 0)
        become(argv, language, (int[]){out[1], err[1]});
    close(out[1]);
    close(err[1]);
    if (pid > 0) {
        run->timed_out = !collect(out[0], err[0], seconds, run);
        if (run->timed_out)
            kill(pid, SIGKILL);
        int status = 0;
        waitpid(pid, &status, 0);
        run->status = WIFEXITED(status) ? WEXITSTATUS(status) : BY_SIGNAL + WTERMSIG(status);
    }
    close(out[0]);
    close(err[0]);
    return pid > 0;
}

void run_free(struct run *run)
{
    buf_free(&run->out);
    buf_free(&run->err);
}
