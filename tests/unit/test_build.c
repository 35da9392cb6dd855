/* Below prikaz build: the state as text, checks against the disk, worker processes, the lock. */
#include "build/check.h"
#include "build/lock.h"
#include "build/pool.h"
#include "build/program.h"
#include "build/state.h"
#include "build/watch.h"
#include "unit/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char here[PATH_MAX];

/* The file's version as it is on the disk now, with a stamp that is believed. */
static struct build_file *add_file(struct build_state *state, const char *name)
{
    char path[PATH_MAX + 64];
    unsigned char hash[HASH_SIZE];
    struct build_stamp stamp;
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", here, name);
    assert_true(build_hash_file(path, &stamp, hash));
    assert_int_equal(stat(path, &st), 0);
    stamp = build_stamp_of(&st);
    return build_find_file(state, path, hash, &stamp);
}

static struct build_record *add_record(struct build_state *state, const char *source,
                                       const char *part, const char *output)
{
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", here, source);
    struct build_record *r = build_renew_record(state, path);
    r->pages = 3;
    build_add_use(r, add_file(state, output), BUILD_OUTPUT);
    build_add_use(r, add_file(state, part), BUILD_PART);
    build_add_use(r, add_file(state, source), BUILD_SOURCE);
    return r;
}

static void write_files(void)
{
    folder_write("in/a.xml", "source a");
    folder_write("in/b %\n.xml", "source b");
    folder_write("in/part.xml", "part");
    folder_write("out/a.pdf", "output a");
    folder_write("out/б.pdf", "output b");
}

static struct build_state *make_state(void)
{
    write_files();
    struct build_state *state = build_new_state();
    add_record(state, "in/b %\n.xml", "in/part.xml", "out/б.pdf");
    add_record(state, "in/a.xml", "in/part.xml", "out/a.pdf");
    return state;
}

static void text_of(struct build_state *state, struct buf *out)
{
    char folder[PATH_MAX + 8];
    snprintf(folder, sizeof folder, "%s/out/", here);
    buf_clear(out);
    build_write_state(state, folder, out);
}

static struct build_state *parse(const struct buf *text, size_t n)
{
    char folder[PATH_MAX + 8];
    snprintf(folder, sizeof folder, "%s/out/", here);
    return build_parse_state(text->bytes, n, folder);
}

static void state_survives_its_text(void **unused)
{
    (void)unused;
    struct build_state *state = make_state();
    struct buf text = BUF_EMPTY, again = BUF_EMPTY;
    text_of(state, &text);
    assert_non_null(strstr(text.bytes, " ../in/a.xml\n"));
    assert_non_null(strstr(text.bytes, " ../in/b %25%0A.xml\n"));
    struct build_state *read = parse(&text, text.len);
    assert_non_null(read);
    assert_int_equal(read->records.len, 2);
    assert_int_equal(read->records.items[0]->pages, 3);
    assert_int_equal(read->records.items[0]->uses.len, 3);
    assert_non_null(strstr(read->records.items[0]->source, "/in/a.xml"));
    assert_string_equal(strstr(read->records.items[1]->source, "/in/"), "/in/b %\n.xml");
    text_of(read, &again);
    assert_string_equal(text.bytes, again.bytes);
    build_free_state(read);
    build_free_state(state);
    buf_free(&text);
    buf_free(&again);
}

/* Cut anywhere, or with any byte changed, it is nothing; never something else. */
static void damaged_state_is_nothing(void **unused)
{
    (void)unused;
    struct build_state *state = make_state();
    struct buf text = BUF_EMPTY;
    text_of(state, &text);
    for (size_t n = 0; n < text.len; n++)
        assert_null(parse(&text, n));
    for (size_t i = 0; i < text.len; i++) {
        text.bytes[i] ^= 1;
        struct build_state *read = parse(&text, text.len);
        /* but for the blank and the line end after the hash */
        if (i < text.len - 2)
            assert_null(read);
        build_free_state(read);
        text.bytes[i] ^= 1;
    }
    build_free_state(state);
    buf_free(&text);
}

static enum build_reason check(struct build_state *state, const char **path)
{
    struct build_key key = {{0}, {0}, {0}};
    build_forget_checks(state);
    build_sort_state(state);
    return build_check_record(state, state->records.items[0], &key, path);
}

static void touching_is_no_change(void **unused)
{
    (void)unused;
    struct build_state *state = make_state();
    const char *path;
    assert_int_equal(check(state, &path), BUILD_CURRENT);
    state->is_changed = false;
    folder_write("in/part.xml", "part");
    assert_int_equal(check(state, &path), BUILD_CURRENT);
    assert_true(state->is_changed); /* it has new looks */
    folder_write("in/part.xml", "trap");
    assert_int_equal(check(state, &path), BUILD_FILE_CHANGED);
    assert_non_null(strstr(path, "/in/part.xml"));
    unlink("in/part.xml");
    assert_int_equal(check(state, &path), BUILD_FILE_GONE);
    build_free_state(state);
}

/* A changed source is named before a changed output. */
static void reasons_are_ranked(void **unused)
{
    (void)unused;
    struct build_state *state = make_state();
    const char *path;
    folder_write("out/a.pdf", "by hand");
    assert_int_equal(check(state, &path), BUILD_OUTPUT_CHANGED);
    folder_write("in/a.xml", "edited");
    assert_int_equal(check(state, &path), BUILD_FILE_CHANGED);
    assert_non_null(strstr(path, "/in/a.xml"));
    state->records.items[0]->key.options[0] = 1;
    assert_int_equal(check(state, &path), BUILD_OTHER_OPTIONS);
    state->records.items[0]->key.program[0] = 1;
    assert_int_equal(check(state, &path), BUILD_OTHER_PROGRAM);
    build_free_state(state);
}

static void merging_replaces_a_record(void **unused)
{
    (void)unused;
    struct build_state *state = make_state(), *fresh = build_new_state();
    folder_write("in/a.xml", "edited");
    struct build_record *r = add_record(fresh, "in/a.xml", "in/part.xml", "out/a.pdf");
    r->pages = 8;
    build_merge_state(state, fresh);
    const char *path;
    assert_int_equal(state->records.len, 2);
    assert_int_equal(check(state, &path), BUILD_CURRENT);
    assert_int_equal(state->records.items[0]->pages, 8);
    build_drop_record(state, r->source);
    assert_int_equal(state->records.len, 1);
    assert_null(build_find_record(state, r->source));
    build_free_state(fresh);
    build_free_state(state);
}

static void program_is_itself(void **unused)
{
    (void)unused;
    unsigned char a[HASH_SIZE], b[HASH_SIZE], nothing[HASH_SIZE];
    build_identify_program(a);
    build_identify_program(b);
    hash_bytes("", 0, nothing);
    assert_memory_equal(a, b, HASH_SIZE);
    assert_memory_not_equal(a, nothing, HASH_SIZE);
}

/* ---- workers */

static void echo(void *self, const struct buf *request, struct buf *reply)
{
    int *calls = self;
    if (strcmp(request->bytes, "die") == 0)
        raise(SIGKILL);
    if (strcmp(request->bytes, "leave") == 0)
        _exit(7);
    buf_printf(reply, "%s %d", request->bytes, ++*calls);
}

static struct build_answer ask(struct build_pool *pool, const char *text)
{
    struct buf request = BUF_EMPTY;
    struct build_answer answer;
    buf_put(&request, text, strlen(text) + 1);
    assert_true(build_give_job(pool, 5, &request));
    assert_true(build_await_answer(pool, 10000, &answer));
    assert_int_equal(answer.job, 5);
    buf_free(&request);
    return answer;
}

static void worker_keeps_what_it_learnt(void **unused)
{
    (void)unused;
    int calls = 0;
    struct build_pool *pool = build_new_pool(2, echo, &calls);
    const char *const expected[] = {"a 1", "a 2", "a 1"};
    for (int i = 0; i < 3; i++) {
        if (i == 2)
            build_renew_pool(pool);
        struct build_answer answer = ask(pool, "a");
        assert_false(answer.is_lost);
        assert_string_equal(answer.reply.bytes, expected[i]);
        buf_free(&answer.reply);
    }
    assert_int_equal(calls, 0);
    struct build_answer none;
    assert_false(build_await_answer(pool, -1, &none));
    build_free_pool(pool);
}

static void crash_loses_one_job(void **unused)
{
    (void)unused;
    int calls = 0;
    struct build_pool *pool = build_new_pool(1, echo, &calls);
    struct build_answer answer = ask(pool, "die");
    assert_true(answer.is_lost);
    assert_int_equal(answer.signal, SIGKILL);
    answer = ask(pool, "leave");
    assert_true(answer.is_lost);
    assert_int_equal(answer.signal, 0);
    assert_int_equal(answer.code, 7);
    answer = ask(pool, "b");
    assert_false(answer.is_lost);
    assert_string_equal(answer.reply.bytes, "b 1");
    buf_free(&answer.reply);
    build_free_pool(pool);
}

/* Messages longer than a pipe, from several workers at once. */
static void many_long_jobs(void **unused)
{
    (void)unused;
    enum { JOBS = 20, LENGTH = 300000 };
    int calls = 0;
    bool seen[JOBS] = {false};
    struct build_pool *pool = build_new_pool(3, echo, &calls);
    struct buf request = BUF_EMPTY;
    struct build_answer answer;
    for (int i = 0; i < LENGTH; i++)
        buf_putc(&request, 'x');
    buf_putc(&request, '\0');
    size_t given = 0, done = 0;
    while (done < JOBS) {
        while (given < JOBS && build_is_idle(pool))
            assert_true(build_give_job(pool, given++, &request));
        assert_true(build_await_answer(pool, 20000, &answer));
        assert_false(answer.is_lost);
        assert_false(seen[answer.job]);
        assert_true(answer.reply.len > LENGTH);
        seen[answer.job] = true;
        done++;
        buf_free(&answer.reply);
    }
    build_free_pool(pool);
    buf_free(&request);
}

/* ---- the lock */

static void second_run_is_refused(void **unused)
{
    (void)unused;
    long owner = 0;
    int to_child[2], from_child[2];
    char byte;
    mkdir("out", 0777);
    assert_int_equal(pipe(to_child) + pipe(from_child), 0);
    pid_t pid = fork();
    if (pid == 0) {
        int fd = build_lock_folder("out", ".lock", 0, &owner);
        if (fd >= 0 && write(from_child[1], "x", 1) == 1 && read(to_child[0], &byte, 1) < 0)
            _exit(1);
        _exit(0);
    }
    assert_int_equal(read(from_child[0], &byte, 1), 1);
    assert_int_equal(build_lock_folder("out", ".lock", 30, &owner), -1);
    assert_int_equal(errno, EWOULDBLOCK);
    assert_int_equal(owner, pid);
    kill(pid, SIGKILL); /* the lock goes with its owner */
    waitpid(pid, NULL, 0);
    int fd = build_lock_folder("out", ".lock", 0, &owner);
    assert_true(fd >= 0);
    close(fd);
    for (int i = 0; i < 2; i++) {
        close(to_child[i]);
        close(from_child[i]);
    }
    assert_int_equal(build_lock_folder("nowhere", ".lock", 0, &owner), -1);
    assert_int_equal(errno, ENOENT);
}

static void only_abandoned_files_are_cleared(void **unused)
{
    (void)unused;
    folder_write("out/.tmp-1", "left");
    folder_write("out/.tmp-2", "being written");
    folder_write("out/kept", "not ours");
    int fd = open("out/.tmp-2", O_RDONLY);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_int_equal(build_clear_folder("out", ".tmp-"), 1);
    assert_int_not_equal(access("out/.tmp-1", F_OK), 0);
    assert_int_equal(access("out/.tmp-2", F_OK), 0);
    assert_int_equal(access("out/kept", F_OK), 0);
    close(fd);
    assert_int_equal(build_clear_folder("nowhere", ".tmp-"), 0);
}

static void saving_is_seen(void **unused)
{
    (void)unused;
    mkdir("in", 0777);
    struct build_watch *watch = build_new_watch();
    assert_non_null(watch);
    assert_true(build_watch_folder(watch, "in"));
    assert_false(build_watch_folder(watch, "nowhere"));
    assert_false(build_await_change(watch, 0, 0, ".x"));
    folder_write("in/.x-1", "does not count");
    assert_false(build_await_change(watch, 0, 0, ".x"));
    folder_write("in/new.xml", "written");
    assert_true(build_await_change(watch, 0, 0, ".x"));
    assert_int_equal(rename("in/new.xml", "in/a.xml"), 0);
    assert_true(build_await_change(watch, 0, 0, ".x"));
    unlink("in/a.xml");
    assert_true(build_await_change(watch, 0, 0, ".x"));
    assert_false(build_await_change(watch, 0, 0, ".x"));
    build_free_watch(watch);
}

static int enter(void **state)
{
    int failed = folder_enter(state);
    return failed || !getcwd(here, sizeof here);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_survives_its_text),
        cmocka_unit_test(damaged_state_is_nothing),
        cmocka_unit_test(touching_is_no_change),
        cmocka_unit_test(reasons_are_ranked),
        cmocka_unit_test(merging_replaces_a_record),
        cmocka_unit_test(program_is_itself),
        cmocka_unit_test(worker_keeps_what_it_learnt),
        cmocka_unit_test(crash_loses_one_job),
        cmocka_unit_test(many_long_jobs),
        cmocka_unit_test(second_run_is_refused),
        cmocka_unit_test(only_abandoned_files_are_cleared),
        cmocka_unit_test(saving_is_seen),
    };
    return cmocka_run_group_tests(tests, enter, folder_leave);
}
