/* The command line as a user meets it: statuses, languages, output files that are replaced whole
 * or not at all, the report. */
#include "base/file.h"
#include "unit/folder.h"
#include "unit/run.h"

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
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { SECONDS = 30, MOST_ARGUMENTS = 12 };

static char program[PATH_MAX];

static const char order[] =
    "<order xmlns='urn:prikaz:1' kind='приказ' date='16.02.2021' number='7'>\n"
    "<heading>О проверке</heading>\n<point>Проверить.</point>\n"
    "<signature><post>Начальник</post><name>И.И. Иванов</name></signature>\n</order>\n";
static const char fo[] =
    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:px='urn:prikaz:fo'"
    " font-family='Liberation Serif'>"
    "<fo:layout-master-set><fo:simple-page-master master-name='a' page-width='210mm'"
    " page-height='297mm'><fo:region-body margin='20mm'/></fo:simple-page-master>"
    "</fo:layout-master-set><fo:page-sequence master-reference='a'>"
    "<fo:flow flow-name='xsl-region-body'>"
    "<fo:block-container px:report='stamp' height='20mm' "
    "width='72pt'><fo:block>Слово</fo:block>"
    "</fo:block-container></fo:flow></fo:page-sequence></fo:root>\n";

/* Run with the arguments, ended by NULL, in a language; the status. Free *run with run_free. */
static int call_in(const char *language, struct run *run, va_list args)
{
    const char *argv[MOST_ARGUMENTS + 2] = {program};
    for (int n = 1; n <= MOST_ARGUMENTS; n++)
        if (!(argv[n] = va_arg(args, const char *)))
            break;
    assert_true(run_program(argv, language, SECONDS, run));
    assert_false(run->timed_out);
    return run->status;
}

static int call(struct run *run, ...)
{
    va_list args;
    va_start(args, run);
    int status = call_in("en", run, args);
    va_end(args);
    return status;
}

static void assert_has(struct buf *b, const char *words)
{
    if (!strstr(buf_str(b), words))
        fail_msg("«%s» is not in:\n%s", words, buf_str(b));
}

/* The call gives the status and says the words on standard error, and nothing on the other. */
static void assert_call(int status, const char *words, ...)
{
    struct run run;
    va_list args;
    va_start(args, words);
    int got = call_in("en", &run, args);
    va_end(args);
    if (got != status)
        fail_msg("status %d, not %d: %s", got, status, buf_str(&run.err));
    assert_has(&run.err, words);
    assert_int_equal(run.out.len, 0);
    run_free(&run);
}

static void wrong_calls_are_usage(void **state)
{
    (void)state;
    assert_call(2, "a command is missing", NULL);
    assert_call(2, "no command «rendr»", "rendr", NULL);
    assert_call(2, "no option «--foo»", "--foo", NULL);
    assert_call(2, "name of a file is missing", "render", NULL);
    assert_call(2, "no option «--foo»", "render", "--foo", "a.xml", NULL);
    assert_call(2, "no option «-x»", "render", "-x", "a.xml", NULL);
    assert_call(2, "«-o» needs a value", "render", "a.xml", "-o", NULL);
    assert_call(2, "«--any-folder=1» takes no value", "render", "--any-folder=1", NULL);
    assert_call(2, "not «picture»", "render", "--dump=picture", "a.xml", NULL);
    assert_call(2, "not «4x»", "render", "--profile=4x", "a.xml", NULL);
    assert_call(2, "one file only", "render", "a.xml", "b.xml", "-o", "c.pdf", NULL);
}

static void help_and_version_are_printed(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(call(&run, "--version", NULL), 0);
    assert_int_equal(strncmp(buf_str(&run.out), "prikaz ", 7), 0);
    run_free(&run);
    static const char *const ways[][3] = {{"--help", NULL, NULL},
                                          {"help", NULL, NULL},
                                          {"render", "--help", NULL},
                                          {"help", "render", NULL},
                                          {"-h", NULL, NULL}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_int_equal(call(&run, ways[i][0], ways[i][1], NULL), 0);
        assert_has(&run.out, "render");
        assert_int_equal(run.err.len, 0);
        run_free(&run);
    }
}

static void the_locale_chooses_the_language(void **state)
{
    (void)state;
    static const struct {
        const char *environment, *words;
    } cases[] = {
        {"LANG=ru_RU.UTF-8", "вызов:"},
        {"LC_ALL=ru_RU.KOI8-R", "вызов:"},
        {"LC_MESSAGES=ru_RU.UTF-8", "вызов:"},
        {"LANGUAGE=ru LANG=C.UTF-8", "вызов:"},
        {"LANGUAGE=ru:en LANG=xx_XX.UTF-8", "вызов:"},
        {"LANGUAGE=en:ru LANG=ru_RU.UTF-8", "usage:"},
        {"LANG=ru_RU.UTF-8 LC_ALL=C", "usage:"},
        {"LANG=xx_XX.UTF-8", "usage:"},
        {"LANG=", "usage:"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[PATH_MAX + 128];
        snprintf(command, sizeof command,
                 "unset LANG LANGUAGE LC_ALL LC_MESSAGES; %s exec '%s' --help",
                 cases[i].environment, program);
        const char *argv[] = {"/bin/sh", "-c", command, NULL};
        struct run run;
        assert_true(run_program(argv, "en", SECONDS, &run));
        assert_int_equal(run.status, 0);
        assert_has(&run.out, cases[i].words);
        run_free(&run);
    }
}

static void a_document_becomes_a_pdf_beside_it(void **state)
{
    (void)state;
    folder_write("out/мой приказ.xml", order);
    assert_call(0, "", "render", "out/мой приказ.xml", NULL);
    struct buf b = BUF_EMPTY;
    assert_int_equal(file_read("out/мой приказ.pdf", &b), 0);
    assert_int_equal(strncmp(buf_str(&b), "%PDF-1.", 7), 0);
    assert_int_equal(folder_count("out"), 2);
    buf_free(&b);
    struct run run;
    assert_int_equal(call(&run, "render", "out/мой приказ.xml", "-o", "-", NULL), 0);
    assert_int_equal(file_read("out/мой приказ.pdf", &b), 0);
    assert_int_equal(run.out.len, b.len);
    assert_memory_equal(run.out.bytes, b.bytes, b.len); /* and the same bytes again */
    run_free(&run);
    buf_free(&b);
}

static void several_documents_in_one_call(void **state)
{
    (void)state;
    folder_write("many/a.xml", order);
    folder_write("many/b.xml", "<order");
    folder_write("many/c.xml", fo);
    assert_call(1, "many/b.xml:1:", "render", "many/a.xml", "many/b.xml", "many/c.xml", NULL);
    assert_int_equal(access("many/a.pdf", F_OK), 0);
    assert_int_equal(access("many/b.pdf", F_OK), -1);
    assert_int_equal(access("many/c.pdf", F_OK), 0);
    assert_call(3, "no such file", "render", "many/b.xml", "many/none.xml", NULL);
}

/* Every way to fail leaves the old file and no other. */
static void faults_leave_the_old_file(void **state)
{
    (void)state;
    folder_write("keep/good.xml", order);
    folder_write("keep/bad.xml", "<order xmlns='urn:prikaz:1'/>");
    folder_write(
        "keep/image.fo",
        "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'><fo:layout-master-set>"
        "<fo:simple-page-master master-name='a'><fo:region-body/>"
        "</fo:simple-page-master></fo:layout-master-set>"
        "<fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>\n"
        "<fo:block><fo:external-graphic src='none.png'/></fo:block></fo:flow>"
        "</fo:page-sequence></fo:root>");
    folder_write("keep/old.pdf", "old");
    assert_call(1, "keep/bad.xml:1: error: ", "render", "keep/bad.xml", "-o", "keep/old.pdf",
                NULL);
    assert_call(1, "none.png", "render", "keep/image.fo", "-o", "keep/old.pdf", NULL);
    assert_call(3, "no such file", "render", "keep/none.xml", "-o", "keep/old.pdf", NULL);
    assert_call(3, "folder", "render", "keep", "-o", "keep/old.pdf", NULL);
    assert_true(folder_holds("keep/old.pdf", "old"));
    assert_call(3, "would replace the document", "render", "keep/good.xml", "-o",
                "keep/../keep/good.xml", NULL);
    assert_true(folder_holds("keep/good.xml", order));
    assert_int_equal(folder_count("keep"), 4);
}

/* Nor does a part, by whatever name, nor does the report of the run. */
static void what_was_read_is_not_replaced(void **state)
{
    (void)state;
    static const char part[] = "<point xmlns='urn:prikaz:1'>Проверить.</point>\n";
    static const char whole[] =
        "<order xmlns='urn:prikaz:1' kind='приказ' date='16.02.2021' number='7'>\n"
        "<heading>О проверке</heading>\n"
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='part.xml'/>\n"
        "<signature><post>Начальник</post><name>И.И. Иванов</name></signature>\n</order>\n";
    folder_write("parts/a.xml", whole);
    folder_write("parts/part.xml", part);
    assert_int_equal(symlink("part.xml", "parts/link.pdf"), 0);
    assert_call(3,
                "parts/part.xml: error: the output parts/link.pdf would replace the document",
                "render", "parts/a.xml", "-o", "parts/link.pdf", NULL);
    assert_call(3, "would replace the document", "render", "parts/a.xml", "-o", "parts/a.pdf",
                "--report=parts/a.xml", NULL);
    assert_true(folder_holds("parts/part.xml", part));
    assert_true(folder_holds("parts/a.xml", whole));
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    folder_write("full/a.xml", order);
    folder_write("full/old.pdf", "old");
    assert_call(3, "no space left", "render", "full/a.xml", "-o", "/dev/full", NULL);
    /* A file may not grow past 512 bytes here: writing stops in the middle. */
    char command[2 * PATH_MAX];
    snprintf(command, sizeof command,
             "ulimit -f 1 && exec '%s' render full/a.xml -o full/old.pdf", program);
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    struct run run;
    assert_true(run_program(argv, "en", SECONDS, &run));
    assert_int_equal(run.status, 3);
    assert_has(&run.err, "full/old.pdf: error: cannot write the file: ");
    run_free(&run);
    assert_true(folder_holds("full/old.pdf", "old"));
    assert_int_equal(folder_count("full"), 2);
}

/* What does not stay in memory until its end comes out whole or not at all, wherever it goes. */
static void a_long_file(void **state)
{
    (void)state;
    enum { SIDE = 400 };
    static const char noisy[] =
        "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xml:lang='ru' "
        "xmlns:px='urn:prikaz:fo'><fo:layout-master-set><fo:simple-page-master master-name='a' "
        "page-width='60mm' page-height='60mm'><fo:region-body/></fo:simple-page-master>"
        "</fo:layout-master-set><fo:page-sequence master-reference='a'><fo:flow "
        "flow-name='xsl-region-body'><fo:block><fo:external-graphic src='noise.png' "
        "content-width='40mm' px:alt='шум'/></fo:block></fo:flow></fo:page-sequence></fo:root>";
    folder_write("long/a.fo", noisy);
    folder_write_noise("long/noise.png", SIDE);
    assert_call(0, "", "render", "long/a.fo", "-o", "long/a.pdf", NULL);
    struct buf b = BUF_EMPTY;
    assert_int_equal(file_read("long/a.pdf", &b), 0);
    assert_true(b.len > (size_t)SIDE * SIDE * 3);
    struct run run;
    assert_int_equal(call(&run, "render", "long/a.fo", "-o", "-", NULL), 0);
    assert_int_equal(run.out.len, b.len);
    assert_memory_equal(run.out.bytes, b.bytes, b.len);
    run_free(&run);
    setenv("TMPDIR", "/none", 1); /* then it stays in memory */
    assert_int_equal(call(&run, "render", "long/a.fo", "-o", "-", NULL), 0);
    unsetenv("TMPDIR");
    assert_int_equal(run.out.len, b.len);
    run_free(&run);
    assert_call(3, "no space left", "render", "long/a.fo", "-o", "/dev/full", NULL);
    assert_call(3, "folder does not exist", "render", "long/a.fo", "-o", "none/a.pdf", NULL);
    char command[2 * PATH_MAX];
    snprintf(command, sizeof command,
             "ulimit -f 200 && exec '%s' render long/a.fo -o long/a.pdf", program);
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    assert_true(run_program(argv, "en", SECONDS, &run));
    assert_int_equal(run.status, 3);
    assert_has(&run.err, "long/a.pdf: error: cannot write the file: files may not be");
    run_free(&run);
    struct buf now = BUF_EMPTY;
    assert_int_equal(file_read("long/a.pdf", &now), 0);
    assert_int_equal(now.len, b.len);
    assert_int_equal(folder_count("long"), 3);
    buf_free(&now);
    buf_free(&b);
}

static void places_that_cannot_be_written_to(void **state)
{
    (void)state;
    folder_write("place/a.xml", order);
    mkdir("place/folder", 0777);
    mkdir("place/closed", 0555);
    assert_call(3, "none/a.pdf: error: cannot write the file: its folder does not exist",
                "render", "place/a.xml", "-o", "none/a.pdf", NULL);
    assert_call(3, "it is a folder", "render", "place/a.xml", "-o", "place/folder", NULL);
    assert_call(3, "not a folder", "render", "place/a.xml", "-o", "place/a.xml/b.pdf", NULL);
    assert_call(3, "cannot write the file", "render", "place/a.xml", "-o", "/proc/a.pdf", NULL);
    if (access("place/closed", W_OK) != 0) /* the administrator may write anywhere */
        assert_call(3, "no permission", "render", "place/a.xml", "-o", "place/closed/a.pdf",
                    NULL);
    assert_int_equal(folder_count("place"), 3);
}

static void rights_and_links_of_the_old_file_stay(void **state)
{
    (void)state;
    folder_write("link/a.xml", order);
    folder_write("link/store/a.pdf", "old");
    assert_int_equal(chmod("link/store/a.pdf", 0640), 0);
    assert_int_equal(symlink("store/a.pdf", "link/a.pdf"), 0);
    assert_call(0, "", "render", "link/a.xml", NULL);
    struct stat st;
    assert_int_equal(lstat("link/a.pdf", &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat("link/store/a.pdf", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_true(st.st_size > 1000);
    umask(027);
    assert_call(0, "", "render", "link/a.xml", "-o", "link/new.pdf", NULL);
    umask(022);
    assert_int_equal(stat("link/new.pdf", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void the_report_is_json(void **state)
{
    (void)state;
    folder_write("report/a \"b\".fo", fo);
    assert_call(0, "", "render", "report/a \"b\".fo", "-o", "report/a.pdf",
                "--report=report/a.json", NULL);
    struct buf b = BUF_EMPTY;
    assert_int_equal(file_read("report/a.json", &b), 0);
    assert_has(&b, "\"input\": \"report/a \\\"b\\\".fo\"");
    assert_has(&b, "\"written\": true");
    assert_has(&b, "\"pages\": 1");
    assert_has(&b, "{\"name\": \"stamp\", \"page\": 1, \"pt\": {\"x\": 56.693, \"y\": 56.693, "
                   "\"width\": 72, \"height\": 56.693}, \"mm\": {\"x\": 20, \"y\": 20, "
                   "\"width\": 25.4, \"height\": 20}}");
    buf_free(&b);
    folder_write("report/bad.xml", "<order xmlns='urn:prikaz:1'\n>&</order>");
    struct run run;
    assert_int_equal(call(&run, "render", "report/bad.xml", "--report=-", NULL), 1);
    assert_has(&run.out, "\"written\": false");
    assert_has(&run.out, "\"level\": \"error\", \"code\": \"read-xml\", \"file\": "
                         "\"report/bad.xml\", \"line\": 2,");
    run_free(&run);
}

static void dumps_are_text(void **state)
{
    (void)state;
    folder_write("dump/a.xml", order);
    folder_write("dump/a.fo", fo);
    static const char *const words[][2] = {
        {"--dump=xslfo", "<fo:root"}, {"--dump=fo", "page-sequence"}, {"--dump=areas", "page"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct run run;
        assert_int_equal(call(&run, "render", words[i][0], "dump/a.xml", NULL), 0);
        assert_has(&run.out, words[i][1]);
        run_free(&run);
        assert_int_equal(call(&run, "render", words[i][0], "dump/a.fo", NULL), 0);
        assert_has(&run.out, words[i][1]);
        run_free(&run);
    }
    assert_int_equal(folder_count("dump"), 2);
}

static void templates_are_where_one_says(void **state)
{
    (void)state;
    folder_write("tpl/prikaz.xsd",
                 "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'"
                 " targetNamespace='urn:prikaz:1' elementFormDefault='qualified'>"
                 "<xs:element name='memo' type='xs:string'/></xs:schema>");
    folder_write("memo.xml", "\n<memo xmlns='urn:prikaz:1'>Слово</memo>");
    assert_call(1, "memo.xml:2: error: there is no template for <memo>", "render", "memo.xml",
                "--templates=tpl", NULL);
    assert_call(1, "there is no kind of document <memo>", "render", "memo.xml", NULL);
    assert_call(3, "nowhere/prikaz.xsd", "render", "memo.xml", "--templates=nowhere", NULL);
}

/* A reader that goes away is a failed write and not a killed program. */
static void a_closed_pipe_is_told(void **state)
{
    (void)state;
    folder_write("pipe/a.xml", order);
    char command[2 * PATH_MAX];
    snprintf(command, sizeof command,
             "{ '%s' render pipe/a.xml -o - ; echo status $? >pipe/status; } | true", program);
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    struct run run;
    assert_true(run_program(argv, "en", SECONDS, &run));
    run_free(&run);
    assert_true(folder_holds("pipe/status", "status 3\n") ||
                folder_holds("pipe/status", "status 0\n")); /* it was read in time */
}

/* The clock is shown and changes nothing. */
static void timings_are_told_and_not_written(void **state)
{
    (void)state;
    static const char *const stages[] = {"read", "templates", "transform", "fo",  "layout",
                                         "pdf",  "write",     "total",     "peak"};
    struct run run;
    struct buf plain = BUF_EMPTY, timed = BUF_EMPTY;
    folder_write("timings/a.xml", order);
    assert_int_equal(call(&run, "render", "timings/a.xml", "-o", "timings/a.pdf", NULL), 0);
    assert_int_equal(run.err.len, 0);
    run_free(&run);
    assert_int_equal(
        call(&run, "render", "--timings", "timings/a.xml", "-o", "timings/b.pdf", NULL), 0);
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        assert_has(&run.err, stages[i]);
    long long ms = -1, us = -1;
    const char *total = strstr(buf_str(&run.err), "total");
    assert_int_equal(sscanf(total, "total %lld.%lld", &ms, &us), 2);
    assert_true(ms >= 0 && ms < SECONDS * 1000LL && ms + us > 0);
    run_free(&run);
    assert_int_equal(file_read("timings/a.pdf", &plain), 0);
    assert_int_equal(file_read("timings/b.pdf", &timed), 0);
    assert_int_equal(plain.len, timed.len);
    assert_memory_equal(plain.bytes, timed.bytes, plain.len);
    buf_free(&plain);
    buf_free(&timed);
}

static int prepare(void **state)
{
    return realpath(run_program_path(), program) ? folder_enter(state) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_calls_are_usage),
        cmocka_unit_test(help_and_version_are_printed),
        cmocka_unit_test(the_locale_chooses_the_language),
        cmocka_unit_test(a_document_becomes_a_pdf_beside_it),
        cmocka_unit_test(several_documents_in_one_call),
        cmocka_unit_test(faults_leave_the_old_file),
        cmocka_unit_test(what_was_read_is_not_replaced),
        cmocka_unit_test(a_full_disk_leaves_the_old_file),
        cmocka_unit_test(a_long_file),
        cmocka_unit_test(places_that_cannot_be_written_to),
        cmocka_unit_test(rights_and_links_of_the_old_file_stay),
        cmocka_unit_test(the_report_is_json),
        cmocka_unit_test(dumps_are_text),
        cmocka_unit_test(templates_are_where_one_says),
        cmocka_unit_test(a_closed_pipe_is_told),
        cmocka_unit_test(timings_are_told_and_not_written),
    };
    return cmocka_run_group_tests(tests, prepare, folder_leave);
}
