/* prikaz new: every document it writes is rendered and checked without a word, and nothing that is
 * there is replaced; and the QR codes of templates, which show what they encode by their shape. */
#include "unit/folder.h"
#include "unit/run.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SECONDS = 30, USAGE = 2 };

static char program[PATH_MAX];

static int call(struct run *run, const char *a, const char *b, const char *c, const char *d)
{
    const char *argv[] = {program, a, b, c, d, NULL};
    assert_true(run_program(argv, "en", SECONDS, run));
    assert_false(run->timed_out);
    return run->status;
}

static void expect(int status, const char *a, const char *b, const char *c, const char *d)
{
    struct run run;
    if (call(&run, a, b, c, d) != status)
        fail_msg("prikaz %s %s: status %d\n%s%s", a, b ? b : "", run.status, buf_str(&run.out),
                 buf_str(&run.err));
    run_free(&run);
}

static void expect_silence(const char *command, const char *file)
{
    struct run run;
    assert_int_equal(call(&run, command, file, NULL, NULL), 0);
    assert_string_equal(buf_str(&run.err), "");
    run_free(&run);
}

static void new_documents_have_no_faults(void **state)
{
    (void)state;
    static const char *const kinds[] = {"приказ", "распоряжение", "постановление", "roadmap",
                                        "report"};
    char file[40];
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        snprintf(file, sizeof file, "%s.xml", kinds[i]);
        expect(0, "new", kinds[i], "-o", file);
        expect_silence("render", file);
        expect(0, "check", file, NULL, NULL);
    }
}

static void latin_names_give_the_same(void **state)
{
    (void)state;
    struct run russian, latin;
    assert_int_equal(call(&russian, "new", "приказ", NULL, NULL), 0);
    assert_int_equal(call(&latin, "new", "prikaz", NULL, NULL), 0);
    assert_memory_equal(buf_str(&russian.out), "<?xml", 5);
    assert_string_equal(buf_str(&russian.out), buf_str(&latin.out));
    run_free(&russian);
    run_free(&latin);
}

static void what_is_there_is_not_replaced(void **state)
{
    (void)state;
    folder_write("mine.xml", "mine");
    expect(USAGE, "new", "приказ", "-o", "mine.xml");
    assert_true(folder_holds("mine.xml", "mine"));
}

static void unknown_kinds_are_refused(void **state)
{
    (void)state;
    expect(USAGE, "new", "письмо", NULL, NULL);
    expect(USAGE, "new", NULL, NULL, NULL);
    expect(USAGE, "new", "приказ", "распоряжение", NULL);
}

/* What the template hands to the formatter; run_free the run. */
static const char *make_code(struct run *run, const char *content)
{
    char text[4000];
    snprintf(text, sizeof text,
             "<order xmlns='urn:prikaz:1' kind='приказ' date='16.02.2021' number='7'>"
             "<heading>О коде</heading><point>Напечатать.</point>"
             "<signature><post>Начальник</post><name>О.О. Образцов</name></signature>"
             "<qr content='%s'/></order>",
             content);
    folder_write("code.xml", text);
    call(run, "render", "code.xml", "--dump=xslfo", NULL);
    return buf_str(&run->out);
}

/* A code of the first version has 21 modules a side, and 4 free ones around; its three finder
 * patterns begin with a row of 7. */
static void codes_have_the_form_of_the_standard(void **state)
{
    (void)state;
    struct run run;
    const char *fo = make_code(&run, "A");
    assert_non_null(strstr(fo, "viewBox=\"0 0 29 29\""));
    assert_non_null(strstr(fo, "d=\"M4 4h7v1h-7z"));
    assert_non_null(strstr(fo, "M18 4h7v1h-7z"));
    assert_non_null(strstr(fo, "M4 18h7v1h-7z"));
    assert_non_null(strstr(fo, "M4 24h7v1h-7z"));
    assert_null(strstr(fo, "M18 18h7v1h-7z"));
    run_free(&run);
}

static void codes_grow_with_their_content(void **state)
{
    (void)state;
    struct run run;
    char content[3001] = "";
    assert_non_null(strstr(make_code(&run, "https://example.org/acts/12345"), "0 0 37 37"));
    run_free(&run);
    /* more than a code can hold is a fault of the document */
    memset(content, 'a', 3000);
    make_code(&run, content);
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(buf_str(&run.err), "QR"));
    run_free(&run);
}

static int prepare(void **state)
{
    const char *path = run_program_path();
    assert_non_null(realpath(path, program));
    return folder_enter(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_documents_have_no_faults),
        cmocka_unit_test(latin_names_give_the_same),
        cmocka_unit_test(what_is_there_is_not_replaced),
        cmocka_unit_test(unknown_kinds_are_refused),
        cmocka_unit_test(codes_have_the_form_of_the_standard),
        cmocka_unit_test(codes_grow_with_their_content),
    };
    return cmocka_run_group_tests(tests, prepare, folder_leave);
}
