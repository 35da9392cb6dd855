/* What a confined process can no longer do, and what it still can; where the kernel cannot confine
 * it, that is said and the test is skipped. */
#include "app/confine.h"
#include "unit/folder.h"
#include "unit/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* In a process of its own: 0, or the number of the first line that was not as it should be. */
#define WANT(condition)                                                                        \
    do                                                                                         \
        if (!(condition))                                                                      \
            _exit(__LINE__ % 250 + 1);                                                         \
    while (0)

static bool can_write(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static _Noreturn void live_confined(void)
{
    const char *const paths[] = {"out", NULL};
    struct app_confinement can = app_can_confine(), done = app_confine(paths, 2);
    char secret[16];
    int fd = open("/etc/hostname", O_RDONLY | O_CLOEXEC);
    WANT(can.files == done.files && can.calls == done.calls);
    WANT(fd < 0 || read(fd, secret, sizeof secret) >= 0);
    WANT(can_write("out/a.tmp") && rename("out/a.tmp", "out/a.pdf") == 0);
    WANT(mkdir("out/parts", 0777) == 0 && can_write("out/parts/b.pdf"));
    WANT(unlink("out/parts/b.pdf") == 0 && can_write("/dev/null"));
    if (done.files) {
        WANT(!can_write("elsewhere/a.pdf") && errno == EACCES);
        WANT(!can_write("a.pdf") && unlink("elsewhere/old.pdf") != 0);
        WANT(rename("elsewhere/old.pdf", "out/old.pdf") != 0);
        WANT(mkdir("elsewhere/new", 0777) != 0);
    }
    if (done.calls) {
        char *const argv[] = {(char *)(uintptr_t) "true", NULL};
        WANT(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) < 0 && errno == EPERM);
        WANT(execve("/bin/true", argv, argv + 1) != 0 && errno == EPERM);
    }
    /* Children are confined as well, and may be had. */
    pid_t pid = fork();
    if (pid == 0)
        _exit(done.files && can_write("elsewhere/a.pdf"));
    int status = -1;
    WANT(pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
    _exit(0);
}

static void a_process_keeps_to_its_outputs(void **state)
{
    (void)state;
    folder_write("out/x", "");
    folder_write("elsewhere/old.pdf", "old");
    struct app_confinement can = app_can_confine();
    if (!can.files || !can.calls)
        print_message("confine: skipped, the kernel has no %s\n",
                      can.files ? "seccomp" : "Landlock");
    pid_t pid = fork();
    if (pid == 0)
        live_confined();
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_true(folder_holds("elsewhere/old.pdf", "old"));
}

static const char *program(void)
{
    static char path[PATH_MAX];
    const char *name = run_program_path();
    snprintf(path, sizeof path, "%s%s%s", *name == '/' ? "" : folder_of_project(),
             *name == '/' ? "" : "/", name);
    return path;
}

static void expect(const char *const *argv, const char *path)
{
    struct run run;
    struct stat st;
    assert_true(run_program(argv, "en", 60, &run));
    if (run.status != 0)
        fail_msg("%s: %s", argv[1], buf_str(&run.err));
    assert_int_equal(stat(path, &st), 0);
    if (st.st_size < 20)
        fail_msg("%s has %ld bytes", path, (long)st.st_size);
    run_free(&run);
}

/* Whatever an output may be: a new file, a link, a folder of parts, with a report elsewhere. */
static void outputs_are_reached(void **state)
{
    (void)state;
    folder_write("in/a.xml",
                 "<order xmlns='urn:prikaz:1' kind='приказ' date='16.02.2021' number='1'>"
                 "<heading>О проверке</heading><point>Проверить.</point><signature><post>"
                 "Начальник</post><name>И.И. Иванов</name></signature><appendix><title>План"
                 "</title><p>План.</p></appendix></order>");
    folder_write("far/linked.pdf", "old");
    folder_write("built/x", "");
    assert_int_equal(symlink("far/linked.pdf", "link.pdf"), 0);
    assert_int_equal(symlink("../far/linked.pdf", "built/a.pdf"), 0);
    assert_int_equal(mkdir("deep", 0777), 0);
    expect((const char *[]){program(), "render", "in/a.xml", NULL}, "in/a.pdf");
    expect((const char *[]){program(), "render", "in/a.xml", "-o", "deep/b.pdf",
                            "--report=report.json", NULL},
           "report.json");
    expect((const char *[]){program(), "render", "in/a.xml", "-o", "link.pdf", NULL},
           "far/linked.pdf");
    assert_true(folder_holds("far/linked.pdf", "old") == false);
    folder_write("far/linked.pdf", "old");
    expect((const char *[]){program(), "build", "in/a.xml", "-o", "built", "--split", NULL},
           "built/a/order.pdf");
    assert_true(folder_holds("far/linked.pdf", "old") == false);
    expect((const char *[]){program(), "render", "in/a.xml", "-o", "/dev/null",
                            "--report=r2.json", NULL},
           "r2.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_keeps_to_its_outputs),
        cmocka_unit_test(outputs_are_reached),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
