/* prikaz build killed at random moments: no output is ever half-written, and the next run finishes
 * the work. KILLS says how often; make kill does it 200 times. */
#include "base/file.h"
#include "unit/folder.h"
#include "unit/run.h"

#include <dirent.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

#include <cmocka.h>

enum { DOCUMENTS = 50, KILLS = 8, SECONDS = 120 };

static char program[PATH_MAX];

static void path_of(char *path, size_t size, const char *folder, int i, const char *ending)
{
    snprintf(path, size, "%s/document-%d.%s", folder, i, ending);
}

static void write_document(int i, int version)
{
    char path[64];
    struct buf text = BUF_EMPTY;
    buf_printf(&text,
               "<order xmlns='urn:prikaz:1' kind='приказ' date='16.02.2021' number='%d'>\n"
               "<heading>О проверке</heading>\n<point>Версия %d.</point>\n"
               "<signature><post>Начальник</post><name>И.И. Иванов</name></signature>\n"
               "</order>\n",
               i, version);
    path_of(path, sizeof path, "in", i, "xml");
    folder_write(path, buf_str(&text));
    buf_free(&text);
}

static int build(const char *folder, struct run *run)
{
    const char *const argv[] = {program, "build", "in", "-o", folder, NULL};
    assert_true(run_program(argv, "en", SECONDS, run));
    assert_false(run->timed_out);
    return run->status;
}

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Start a run and kill it after so long. */
static void build_and_kill(const char *folder, int64_t us)
{
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execl(program, program, "build", "in", "-o", folder, (char *)NULL);
        _exit(127);
    }
    nanosleep(&(struct timespec){us / 1000000, us % 1000000 * 1000}, NULL);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

/* Every output there is is one of the two versions, whole. */
static int count_good(const char *folder)
{
    int good = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
        char path[3][64];
        const char *const folders[] = {folder, "old", "new"};
        struct buf bytes[3] = {BUF_EMPTY, BUF_EMPTY, BUF_EMPTY};
        int error[3];
        for (int k = 0; k < 3; k++) {
            path_of(path[k], sizeof path[k], folders[k], i, "pdf");
            error[k] = file_read(path[k], &bytes[k]);
        }
        bool same[3] = {false};
        for (int k = 1; k < 3; k++)
            same[k] = !error[0] && !error[k] && bytes[0].len == bytes[k].len &&
                      memcmp(bytes[0].bytes, bytes[k].bytes, bytes[0].len) == 0;
        if (!error[0] && !same[1] && !same[2])
            fail_msg("%s is neither the old nor the new output", path[0]);
        good += same[2];
        for (int k = 0; k < 3; k++)
            buf_free(&bytes[k]);
    }
    return good;
}

static int count_temporary(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = 0;
    for (struct dirent *e; dir && (e = readdir(dir));)
        n += strncmp(e->d_name, ".prikaz-tmp-", 12) == 0;
    if (dir)
        closedir(dir);
    return n;
}

static void killed_run_leaves_whole_files(void **unused)
{
    (void)unused;
    struct run run;
    const char *asked = getenv("KILLS");
    int kills = asked ? atoi(asked) : KILLS, left = 0, finished = 0;
    for (int i = 0; i < DOCUMENTS; i++)
        write_document(i, 1);
    assert_int_equal(build("old", &run), 0);
    run_free(&run);
    for (int i = 0; i < DOCUMENTS; i++)
        write_document(i, 2);
    int64_t start = now_us();
    assert_int_equal(build("new", &run), 0);
    run_free(&run);
    int64_t whole = now_us() - start;
    unsigned random = 20210216; /* the same moments each time, as far as the machine allows */
    int version = 2;
    for (int k = 0; k < kills; k++) {
        /* every few kills the work begins anew from the other version of all sources */
        if (count_good("out") == DOCUMENTS && version == 2) {
            for (int i = 0; i < DOCUMENTS; i++)
                write_document(i, version = 1);
            assert_int_equal(build("out", &run), 0);
            run_free(&run);
            for (int i = 0; i < DOCUMENTS; i++)
                write_document(i, version = 2);
            finished++;
        }
        random = random * 1103515245u + 12345u;
        build_and_kill("out", (int64_t)(random >> 8) % (whole + 1));
        count_good("out");
        left += count_temporary("out");
    }
    assert_int_equal(build("out", &run), 0);
    run_free(&run);
    assert_int_equal(count_good("out"), DOCUMENTS);
    assert_int_equal(count_temporary("out"), 0);
    assert_int_equal(build("out", &run), 0);
    assert_non_null(strstr(buf_str(&run.out), "rendered: 0, up to date: 50"));
    run_free(&run);
    print_message("%d kills in runs of %lld ms: %d temporary files left and cleared, finished "
                  "by killed runs %d times\n",
                  kills, (long long)whole / 1000, left, finished);
}

static int enter(void **state)
{
    const char *path = run_program_path();
    if (!strchr(path, '/') || !realpath(path, program))
        snprintf(program, sizeof program, "%s", path);
    struct buf templates = BUF_EMPTY;
    if (folder_enter(state) != 0)
        return -1;
    buf_printf(&templates, "%s/templates", folder_of_project());
    if (!getenv("PRIKAZ_TEMPLATES"))
        setenv("PRIKAZ_TEMPLATES", buf_str(&templates), 1);
    buf_free(&templates);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(killed_run_leaves_whole_files)};
    return cmocka_run_group_tests(tests, enter, folder_leave);
}
