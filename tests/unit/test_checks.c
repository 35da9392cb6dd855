/* The language of NAME.checks: every assertion holds where it should and fails where it should. */
#include "unit/checks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char dump[] =
    "page 1 595.276 x 841.89 \"i\" sequence 1\n"
    "  box 85.039 56.693 481.89 x 700 fill #EEEEEE [Div] @3\n"
    "  text 85.039 67 w 120.5 LiberationSerif-Bold 14 \"О мерах по разви\xE2\x80\x90\" hyphen "
    "[H1] @4\n"
    "  text 85.039 81 w 30 LiberationSerif-Bold 14 \"тию\" actual \"развитию\" [H1] @4\n"
    "  text 120 81 w 60 LiberationSerif 12 #FF0000 \"«a\\\"b»\" [P] @5\n"
    "  text 180.2 81 w 10 LiberationSerif 12 \", c\" [P] @5\n"
    "  group 100 500 200 x 50 clip\n"
    "    rule 10 5 180 x 0.5\n"
    "    group 1 2 20 x 20\n"
    "      image 3 4 10 x 10 \"seal.png\" 100 x 100 px [Figure] @9\n"
    "  report 300 700 150 x 60 \"stamp\" @11\n"
    "  link 85 70 60 x 12 -> app-1 [Link] @5\n"
    "page 2 841.89 x 595.276 \"2\" sequence 2\n"
    "  dest 85 60 app-1\n"
    "  text 85.039 67 w 120.5 LiberationSerif 12 \"Начальник\" [P] @20\n"
    "bookmark \"Приложение 1\" -> app-1\n";

/* Do all lines of `checks` hold? `faults` gets the messages when given. */
static bool hold(const char *checks, int status, const char *messages, struct buf *faults)
{
    struct run run = {.out = BUF_EMPTY, .err = BUF_EMPTY, .status = status};
    struct buf ignored = BUF_EMPTY;
    buf_puts(&run.out, dump);
    buf_puts(&run.err, messages);
    bool good = checks_hold("a.checks", checks, &run, faults ? faults : &ignored);
    buf_free(&run.out);
    buf_free(&run.err);
    buf_free(&ignored);
    return good;
}

static void assert_each(const char *const *lines, size_t n, bool expected)
{
    for (size_t i = 0; i < n; i++)
        if (hold(lines[i], 0, "a.fo:3: warning: text overflows\n", NULL) != expected)
            fail_msg("%s: %s", expected ? "should hold" : "should fail", lines[i]);
}

static void true_assertions_hold(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "# a comment",
        "",
        "pages = 2",
        "pages >= 2 # and more",
        "page 1 contains \"О мерах по развитию\"",
        "page 1 contains \"«a\\\"b», c\"",
        "page 2 lacks \"мерах\"",
        "page 2 width 297mm height 210mm",
        "page 1 label \"i\"",
        "text \"Начальник\"",
        "text \"Начальник\" page 2 x = 85 y <= 700",
        "text \"Начальник\" x 30mm y 67.0pt width 120.5 right 205.5 size 12 line 20",
        "text \"мерах\" font \"LiberationSerif-Bold\" role \"H1\" x < 3.1cm",
        "text \"тию\" x 1.2in",
        "no text \"#\"",
        "no text \"Начальник\" page 1",
        "rule page 1 x 110 y 505 width 180 height 0.5",
        "image \"seal\" x 104 y 506 bottom 516 right 114",
        "report \"stamp\" page 1 x 300 right < 500 bottom != 700",
        "link \"app-1\" page 1",
        "dest \"app-1\" page 2",
        "box width > 10cm",
        "bookmark \"Приложение 1\"",
        "message \"overflows\"",
        "messages 1",
        "status 0",
        "count \"a\" 1",
        "count \"ми\" = 0",
        "order \"мерах\" \"развитию\" \"Начальник\"",
    };
    assert_each(lines, sizeof lines / sizeof *lines, true);
}

static void false_assertions_fail(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "pages 3",
        "page 1 contains \"Начальник\"",
        "page 2 lacks \"Начальник\"",
        "page 2 width 210mm",
        "page 2 label \"3\"",
        "text \"нет такого\"",
        "text \"Начальник\" page 1",
        "text \"Начальник\" page 2 x = 85.0 y > 67",
        "text \"Начальник\" x 30.1mm",
        "text \"Начальник\" size 14",
        "text \"Начальник\" font \"LiberationSerif-Bold\"",
        "text \"Начальник\" role \"H1\"",
        "no text \"Начальник\"",
        "no rule",
        "image \"seal\" x 3",
        "report \"seal\"",
        "bookmark \"Приложение 2\"",
        "message \"no font\"",
        "messages > 1",
        "status 1",
        "count \"Начальник\" > 1",
        "order \"Начальник\" \"мерах\"",
    };
    assert_each(lines, sizeof lines / sizeof *lines, false);
}

/* What is not understood fails, even where nothing is found that it could be held against. */
static void nonsense_fails(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "pages",
        "pages many",
        "pages 2pt",
        "page 7 contains \"\"",
        "page 1",
        "page 1 contains",
        "page one lacks \"x\"",
        "text \"Начальник\" x 30 miles",
        "text \"Начальник\" x 30furlong",
        "text \"Начальник\" colour 3",
        "no text \"нет такого\" colour 3",
        "no pages 3",
        "sentence \"x\"",
        "\"x\"",
        "pages 2 3",
        "message",
        "count 3",
    };
    assert_each(lines, sizeof lines / sizeof *lines, false);
}

static void faults_name_the_line(void **state)
{
    (void)state;
    struct buf faults = BUF_EMPTY;
    assert_false(hold("pages 2\n# x\npages 9\nlines 3\n", 0, "", &faults));
    assert_string_equal(buf_str(&faults), "a.checks:3: does not hold: pages 9\n"
                                          "a.checks:4: not understood: lines 3\n");
    buf_free(&faults);
}

static void a_status_nobody_expects_fails(void **state)
{
    (void)state;
    assert_false(hold("pages 2\n", 1, "", NULL));
    assert_true(hold("pages 2\nstatus 1\n", 1, "", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(true_assertions_hold),
        cmocka_unit_test(false_assertions_fail),
        cmocka_unit_test(nonsense_fails),
        cmocka_unit_test(faults_name_the_line),
        cmocka_unit_test(a_status_nobody_expects_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
