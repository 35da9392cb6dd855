/* prikaz build and watch as an office meets them: what is rendered and why, parts, orphans, faults
 * of the disk, two runs at once, saving while watching. */
#include "base/file.h"
#include "unit/folder.h"
#include "unit/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { SECONDS = 60, MOST_ARGUMENTS = 12, STEP_NS = 10000000 };

static char program[PATH_MAX];

/* An order with two appendices in files of their own. */
static void write_order(const char *path, const char *parts)
{
    struct buf text = BUF_EMPTY;
    buf_printf(&text,
               "<order xmlns='urn:prikaz:1' xmlns:xi='http://www.w3.org/2001/XInclude'"
               " kind='приказ' date='16.02.2021' number='7'>\n<heading>О проверке</heading>\n"
               "<point>Проверить (<ref to='plan'/>).</point>\n"
               "<signature><post>Начальник</post><name>И.И. Иванов</name></signature>\n"
               "<xi:include href='%s/one.xml'/>\n<xi:include href='%s/two.xml'/>\n</order>\n",
               parts, parts);
    folder_write(path, buf_str(&text));
    buf_free(&text);
}

static void write_appendix(const char *path, const char *id, const char *words)
{
    struct buf text = BUF_EMPTY;
    buf_printf(&text,
               "<appendix xmlns='urn:prikaz:1' id='%s'><title>План</title><p>%s</p>"
               "</appendix>\n",
               id, words);
    folder_write(path, buf_str(&text));
    buf_free(&text);
}

static void write_simple(const char *path, const char *words)
{
    struct buf text = BUF_EMPTY;
    buf_printf(&text,
               "<order xmlns='urn:prikaz:1' kind='приказ' date='16.02.2021' number='7'>\n"
               "<heading>О проверке</heading>\n<point>%s</point>\n"
               "<signature><post>Начальник</post><name>И.И. Иванов</name></signature>\n"
               "</order>\n",
               words);
    folder_write(path, buf_str(&text));
    buf_free(&text);
}

/* in/: an order with parts, a simple one with a long name in Russian and spaces. */
static const char simple[] = "in/О мерах по выполнению (часть 2).xml";
static const char simple_pdf[] = "out/О мерах по выполнению (часть 2).pdf";

static void write_office(void)
{
    write_order("in/order.xml", "order");
    write_appendix("in/order/one.xml", "plan", "Первое приложение.");
    write_appendix("in/order/two.xml", "list", "Второе приложение.");
    write_simple(simple, "Проверить.");
}

static int call(struct run *run, ...)
{
    const char *argv[MOST_ARGUMENTS + 2] = {program};
    va_list args;
    va_start(args, run);
    for (int n = 1; n <= MOST_ARGUMENTS; n++)
        if (!(argv[n] = va_arg(args, const char *)))
            break;
    va_end(args);
    assert_true(run_program(argv, "en", SECONDS, run));
    assert_false(run->timed_out);
    return run->status;
}

static void assert_has(struct buf *b, const char *words)
{
    if (!strstr(buf_str(b), words))
        fail_msg("«%s» is not in:\n%s", words, buf_str(b));
}

static void assert_has_not(struct buf *b, const char *words)
{
    if (strstr(buf_str(b), words))
        fail_msg("«%s» is in:\n%s", words, buf_str(b));
}

/* Build in/ to out/ with two more arguments; the output has the words. */
static void assert_build_with(const char *option, int status, const char *words)
{
    struct run run;
    int got = call(&run, "build", "in", "-o", "out", option, NULL);
    if (got != status)
        fail_msg("status %d, not %d: %s", got, status, buf_str(&run.err));
    struct buf both = BUF_EMPTY;
    buf_printf(&both, "%s%s", buf_str(&run.out), buf_str(&run.err));
    assert_has(&both, words);
    buf_free(&both);
    run_free(&run);
}

static void assert_build(int status, const char *words)
{
    assert_build_with(NULL, status, words);
}

/* A file's time of change and inode: both stay when it is left alone. */
struct looks {
    struct timespec changed;
    ino_t inode;
};

static struct looks look(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        fail_msg("%s is not there", path);
    return (struct looks){st.st_mtim, st.st_ino};
}

static bool is_left(const char *path, struct looks before)
{
    struct looks now = look(path);
    return now.inode == before.inode && now.changed.tv_sec == before.changed.tv_sec &&
           now.changed.tv_nsec == before.changed.tv_nsec;
}

static int enter(void **state)
{
    const char *path = run_program_path();
    const char *slash = strchr(path, '/');
    if (!slash || !realpath(path, program))
        snprintf(program, sizeof program, "%s", path);
    if (folder_enter(state) != 0)
        return -1;
    setenv("PRIKAZ_TEMPLATES", "templates", 1);
    struct buf command = BUF_EMPTY;
    buf_printf(&command, "cp -r '%s/templates' .", folder_of_project());
    const char *const argv[] = {"sh", "-c", buf_str(&command), NULL};
    struct run run;
    bool good = run_program(argv, "en", SECONDS, &run) && run.status == 0;
    run_free(&run);
    buf_free(&command);
    return good ? 0 : -1;
}

/* Each test begins without anything but the templates. */
static int clear(void **state)
{
    (void)state;
    const char *const argv[] = {"rm", "-rf", "in", "out", "other", NULL};
    struct run run;
    bool good = run_program(argv, "en", SECONDS, &run) && run.status == 0;
    run_free(&run);
    write_office();
    return good ? 0 : -1;
}

/* ---- tests */

static void only_what_changed_is_rendered(void **unused)
{
    (void)unused;
    assert_build(0, "rendered: 2, up to date: 0");
    struct looks order = look("out/order.pdf"), other = look(simple_pdf);
    assert_build(0, "rendered: 0, up to date: 2");
    write_office(); /* the same again: touched */
    assert_build(0, "rendered: 0, up to date: 2");
    write_appendix("in/order/one.xml", "plan", "Иначе.");
    assert_build_with("--dry-run", 0,
                      "out/order.pdf: changed: in/order/one.xml\nto render: 1,");
    assert_true(is_left("out/order.pdf", order));
    assert_build(0, "rendered: 1, up to date: 1");
    assert_false(is_left("out/order.pdf", order));
    assert_true(is_left(simple_pdf, other));
    unlink(simple_pdf);
    assert_build_with("--dry-run", 0, "missing: out/О мерах");
    assert_build(0, "rendered: 1, up to date: 1");
    folder_write(simple_pdf, "by hand");
    assert_build_with("--dry-run", 0, "changed by somebody else: out/О мерах");
    assert_build(0, "rendered: 1, up to date: 1");
    assert_build_with("--force", 0, "rendered: 2, up to date: 0");
    assert_build_with("--profile=1b", 0, "rendered: 2, up to date: 0");
}

/* A template is used by those that used it. */
static void templates_count(void **unused)
{
    (void)unused;
    folder_write(
        "in/plain.xml",
        "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'"
        " font-family='Liberation Serif'><fo:layout-master-set>"
        "<fo:simple-page-master master-name='a' page-width='210mm' page-height='297mm'>"
        "<fo:region-body margin='20mm'/></fo:simple-page-master>"
        "</fo:layout-master-set><fo:page-sequence master-reference='a'>"
        "<fo:flow flow-name='xsl-region-body'><fo:block>Слово</fo:block></fo:flow>"
        "</fo:page-sequence></fo:root>\n");
    assert_build(0, "rendered: 3, up to date: 0");
    const char file[] = "templates/common/texts.xml";
    struct buf text = BUF_EMPTY;
    assert_int_equal(file_read(file, &text), 0);
    buf_puts(&text, "<!-- edited -->\n");
    folder_write(file, buf_str(&text));
    assert_build_with("--dry-run", 0, "out/order.pdf: changed: templates/common/texts.xml");
    assert_build(0, "rendered: 2, up to date: 1");
    buf_free(&text);
}

static void damaged_state_is_begun_anew(void **unused)
{
    (void)unused;
    assert_build(0, "rendered: 2");
    struct looks order = look("out/order.pdf");
    folder_write("out/.prikaz-state", "prikaz-state 1\nnonsense\n");
    assert_build(0, "rendered: 2, up to date: 0");
    assert_true(is_left("out/order.pdf", order)); /* the same bytes are not written again */
    assert_build(0, "rendered: 0, up to date: 2");
}

static void parts_are_files(void **unused)
{
    (void)unused;
    assert_build_with("--split", 0, "rendered: 2");
    struct looks body = look("out/order/order.pdf"), two = look("out/order/appendix-2.pdf"),
                 one = look("out/order/appendix-1.pdf");
    write_appendix("in/order/one.xml", "plan", "Иначе.");
    assert_build_with("--split", 0, "rendered: 1");
    assert_true(is_left("out/order/order.pdf", body));
    assert_true(is_left("out/order/appendix-2.pdf", two));
    assert_false(is_left("out/order/appendix-1.pdf", one));
    /* one appendix fewer: its file is an orphan */
    folder_write("in/order.xml",
                 "<order xmlns='urn:prikaz:1' xmlns:xi='http://www.w3.org/2001/XInclude'"
                 " kind='приказ' date='16.02.2021' number='7'><heading>О проверке</heading>"
                 "<point>Проверить.</point><signature><post>Начальник</post>"
                 "<name>И.И. Иванов</name></signature>"
                 "<xi:include href='order/one.xml'/></order>\n");
    assert_build_with("--split", 0, "out/order/appendix-2.pdf: orphaned");
    assert_int_equal(access("out/order/appendix-2.pdf", F_OK), 0);
    struct run run;
    assert_int_equal(call(&run, "build", "in", "-o", "out", "--split", "--prune", NULL), 0);
    assert_has(&run.out, "out/order/appendix-2.pdf: removed");
    run_free(&run);
    assert_int_not_equal(access("out/order/appendix-2.pdf", F_OK), 0);
    /* the part is still in the document */
    assert_build(0, "out/order/appendix-1.pdf: orphaned: its document is no longer split");
}

/* Characters of the line of this name before « pages». */
static size_t column_of(const char *text, const char *name)
{
    const char *line = strstr(text, name), *end = line ? strstr(line, " pages") : NULL;
    assert_non_null(end);
    size_t n = 0;
    for (const char *c = line; c < end; c++)
        n += (*c & 0xC0) != 0x80;
    return n;
}

/* A column is as wide in letters of two bytes as in others. */
static void columns_count_characters(void **unused)
{
    (void)unused;
    struct run run;
    assert_int_equal(call(&run, "build", "in", "-o", "out", NULL), 0);
    const char *text = buf_str(&run.out);
    assert_int_equal(column_of(text, "out/order.pdf"), column_of(text, simple_pdf));
    run_free(&run);
}

/* Numbers of pages as in the whole, or own; no name of a part that is not there. */
static void one_part_alone(void **unused)
{
    (void)unused;
    struct run run;
    assert_int_equal(
        call(&run, "render", "in/order.xml", "--only=appendix-2", "--dump=areas", NULL), 0);
    assert_has(&run.out, "Второе");
    assert_has_not(&run.out, "Первое");
    assert_has_not(&run.out, "ПРИКАЗЫВАЮ");
    run_free(&run);
    assert_int_equal(
        call(&run, "render", "in/order.xml", "--only=appendix-3", "-o", "x.pdf", NULL), 1);
    assert_has(&run.err,
               "there is no part «appendix-3»; the parts are: order, appendix-1, appendix-2");
    run_free(&run);
    assert_int_equal(call(&run, "render", "in/order.xml", "--only=order", "--dump=xslfo", NULL),
                     0);
    assert_has_not(&run.out, "internal-destination=\"plan\""); /* the link would lead nowhere */
    run_free(&run);
    assert_int_not_equal(access("x.pdf", F_OK), 0);
}

static void orphans_are_reported(void **unused)
{
    (void)unused;
    assert_build(0, "rendered: 2");
    unlink(simple);
    assert_build(0, "is gone; --prune removes it");
    assert_int_equal(access(simple_pdf, F_OK), 0);
    assert_build_with("--prune", 0, "removed: its source in/О мерах");
    assert_int_not_equal(access(simple_pdf, F_OK), 0);
    assert_build(0, "rendered: 0, up to date: 1\n");
}

/* What others include or name is no document, wherever it lies. */
static void parts_are_no_documents(void **unused)
{
    (void)unused;
    write_order("in/near.xml", ".");
    write_appendix("in/one.xml", "plan", "Первое.");
    write_appendix("in/two.xml", "list", "Второе.");
    assert_build(0, "rendered: 3");
    assert_int_not_equal(access("out/one.pdf", F_OK), 0);
    assert_build(0, "rendered: 0, up to date: 3");
    unlink("in/near.xml"); /* now they are documents of their own */
    assert_build(0, "rendered: 2, up to date: 2");
    write_order("in/near.xml", ".");
    assert_build(0, "out/one.pdf: orphaned: its source in/one.xml is a part of another");
}

static void failures_are_summed_up(void **unused)
{
    (void)unused;
    assert_build(0, "rendered: 2");
    struct looks before = look(simple_pdf);
    folder_write(simple, "<order xmlns='urn:prikaz:1'><heading>");
    folder_write("in/second.xml", "<nothing/>");
    write_simple("in/third.xml", "Хорошо.");
    struct run run;
    assert_int_equal(call(&run, "build", "in", "-o", "out", NULL), 1);
    assert_has(&run.out, "rendered: 1, up to date: 1, failed: 2");
    assert_has(&run.err, "failed: in/second.xml\n");
    assert_has(&run.err, "failed: in/О мерах");
    assert_true(is_left(simple_pdf, before));
    run_free(&run);
    assert_int_equal(call(&run, "build", "in", "-o", "out", "-q", NULL), 1);
    assert_int_equal(run.out.len, 0);
    run_free(&run);
    /* a source that is not there: the others are rendered, the status says so */
    assert_int_equal(call(&run, "build", "in/gone.xml", "in/third.xml", "-o", "other", NULL),
                     3);
    assert_has(&run.err, "in/gone.xml: error: cannot read the file: no such file");
    assert_has(&run.out, "rendered: 1");
    run_free(&run);
    /* two of one name */
    write_simple("other/third.xml", "Другой.");
    assert_int_equal(call(&run, "build", "in/third.xml", "other/third.xml", "-o", "out", NULL),
                     1);
    assert_has(&run.err, "its output out/third.pdf is that of");
    run_free(&run);
}

static void two_runs_do_not_meet(void **unused)
{
    (void)unused;
    assert_build(0, "rendered: 2");
    int fd = open("out/.prikaz-lock", O_RDWR);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    struct run run;
    assert_int_equal(call(&run, "build", "in", "-o", "out", NULL), 3);
    assert_has(&run.err, "is writing to this folder");
    run_free(&run);
    assert_build_with("--dry-run", 0, "to render: 0, up to date: 2"); /* needs no lock */
    close(fd);
    assert_build(0, "rendered: 0, up to date: 2");
}

/* The output is a file, or lies on a disk that cannot be written to or is full. */
static void disk_at_fault(void **unused)
{
    (void)unused;
    struct run run;
    folder_write("other", "a file");
    assert_int_equal(call(&run, "build", "in", "-o", "other", NULL), 3);
    assert_has(&run.err, "cannot use the output folder");
    run_free(&run);
    unlink("other");
    mkdir("out", 0777);
    if (mount("none", "out", "tmpfs", 0, "size=64k") != 0)
        skip();
    assert_build(0, "rendered: 2");
    struct buf before = BUF_EMPTY;
    assert_int_equal(file_read("out/order.pdf", &before), 0);
    write_appendix("in/order/one.xml", "plan", "Иначе.");
    FILE *filler = fopen("out/filler", "w");
    while (filler && fputc('x', filler) != EOF && fflush(filler) == 0)
        continue;
    if (filler)
        fclose(filler);
    assert_int_equal(call(&run, "build", "in", "-o", "out", NULL), 3);
    assert_has(&run.err, "no space left on the disk");
    assert_true(folder_holds("out/О мерах по выполнению (часть 2).pdf", "x") == false);
    struct buf after = BUF_EMPTY;
    assert_int_equal(file_read("out/order.pdf", &after), 0);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.bytes, after.bytes, before.len);
    buf_free(&before);
    buf_free(&after);
    run_free(&run);
    assert_int_equal(mount("none", "out", "tmpfs", MS_REMOUNT | MS_RDONLY, ""), 0);
    assert_int_equal(call(&run, "build", "in", "-o", "out", NULL), 3);
    assert_has(&run.err, "the disk is read-only");
    run_free(&run);
    assert_int_equal(umount("out"), 0);
}

/* ---- watching */

static bool wait_for(const char *path, struct looks before)
{
    for (int i = 0; i < 2000; i++) {
        struct stat st;
        if (stat(path, &st) == 0 && !is_left(path, before))
            return true;
        nanosleep(&(struct timespec){0, STEP_NS}, NULL);
    }
    return false;
}

static bool wait_for_text(const char *path, const char *words)
{
    for (int i = 0; i < 2000; i++) {
        struct buf text = BUF_EMPTY;
        bool found = file_read(path, &text) == 0 && strstr(buf_str(&text), words);
        buf_free(&text);
        if (found)
            return true;
        nanosleep(&(struct timespec){0, STEP_NS}, NULL);
    }
    return false;
}

static pid_t start_watch(void)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("LANGUAGE", "en", 1);
    int fd = open("log", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    dup2(fd, STDOUT_FILENO);
    dup2(fd, STDERR_FILENO);
    execl(program, program, "watch", "in", "-o", "out", (char *)NULL);
    _exit(127);
}

static void saving_renders(void **unused)
{
    (void)unused;
    pid_t pid = start_watch();
    assert_true(wait_for_text("log", "rendered: 2"));
    struct looks before = look("out/order.pdf");
    write_appendix("in/order/two.xml", "list", "Сохранено.");
    bool saved = wait_for("out/order.pdf", before);
    /* a fault is shown, the last good output stays, and mending it renders again */
    before = look("out/order.pdf");
    folder_write("in/order/two.xml", "<appendix>");
    bool told = wait_for_text("log", "in/order/two.xml:1");
    bool kept = is_left("out/order.pdf", before);
    write_appendix("in/order/two.xml", "list", "Исправлено.");
    bool mended = wait_for("out/order.pdf", before);
    write_simple("in/later.xml", "Новый документ.");
    bool appeared = wait_for("out/later.pdf", (struct looks){{0, 0}, 0});
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_true(saved);
    assert_true(told);
    assert_true(kept);
    assert_true(mended);
    assert_true(appeared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(only_what_changed_is_rendered, clear),
        cmocka_unit_test_setup(templates_count, clear),
        cmocka_unit_test_setup(damaged_state_is_begun_anew, clear),
        cmocka_unit_test_setup(parts_are_files, clear),
        cmocka_unit_test_setup(columns_count_characters, clear),
        cmocka_unit_test_setup(one_part_alone, clear),
        cmocka_unit_test_setup(orphans_are_reported, clear),
        cmocka_unit_test_setup(parts_are_no_documents, clear),
        cmocka_unit_test_setup(failures_are_summed_up, clear),
        cmocka_unit_test_setup(two_runs_do_not_meet, clear),
        cmocka_unit_test_setup(disk_at_fault, clear),
        cmocka_unit_test_setup(saving_renders, clear),
    };
    return cmocka_run_group_tests(tests, enter, folder_leave);
}
