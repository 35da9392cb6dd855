/* The checker: its patterns, its command line, what it finds in the real documents, its rules for
 * pages on pages made by hand, and that no rule is without a case. */
#include "app/app.h"
#include "base/file.h"
#include "check/check.h"
#include "check/pattern.h"
#include "read/read.h"
#include "unit/run.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SECONDS = 30, SIGNATURE = 18, POINT = 15 }; /* lines of correct-order.xml */

/* --- patterns ---------------------------------------------------------------------------- */

static void patterns_find_the_first_longest_match(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text, *match; /* NULL: none */
    } table[] = {
        {"x*", "ab", ""},
        {"^a|b", "cab", "b"},
        {"^b", "ab", NULL},
        {"$", "аб", ""},
        {"(?!а)\\l", "аб", "б"},
        {"(?=б)\\w+", "абв", "бв"},
        {"№\\d", "а № 1, №5", "№5"},
        {"[“„…]", "а…", "…"},
        {"\\b[яю]", "вя юг", "ю"},
        {"(я|\\d)ю?", "в7", "7"},
        {"а", "бав", "а"},
        {"a|ab", "xab", "ab"},
        {"x*", "yxx", ""},
        {"x+", "yxxz", "xx"},
        {"(ab)?c", "zabc", "abc"},
        {"[а-в]+", "ягбва", "бва"},
        {"[^а]+", "аабв", "бв"},
        {"[\\d.-]+", "от 1.2-3,", "1.2-3"},
        {"^б", "аб", NULL},
        {"б$", "аб", "б"},
        {"\\bг\\.\\P\\l+", "и г.Туапсе", "г.Туапсе"},
        {"\\bг\\.", "дог.", NULL},
        {"№(?!\\s)", "№ 5 №6", "№"},
        {"\\d+(?=г)", "2019, 2020г", "2020"},
        {"\\w*(\\p\\a|\\a\\p)\\w*", "слово cлово", "cлово"},
        {"(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", NULL},
        {"\\s-\\s", "а\u00A0- б", "\u00A0- "},
        {"а.б", "а–б", "а–б"},
        {"\\(\\)", "f()", "()"},
        {"(|a)b", "ab", "ab"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t fault = 0, start = 0, end = 0;
        struct pattern *p = check_compile_pattern(table[i].pattern, &fault);
        assert_non_null(p);
        const char *text = table[i].text;
        bool found = check_search_pattern(p, text, strlen(text), 0, &start, &end);
        const char *match = table[i].match;
        if (found != (match != NULL) ||
            (match &&
             (end - start != strlen(match) || memcmp(text + start, match, end - start) != 0)))
            fail_msg("«%s» in «%s»: found «%.*s»", table[i].pattern, text,
                     found ? (int)(end - start) : 0, text + start);
        check_free_pattern(p);
    }
}

static void bad_patterns_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"(a", "a)", "[a", "*a", "a**b)", "\\", "[a-\\d]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t fault = 0;
        struct pattern *p = check_compile_pattern(bad[i], &fault);
        if (p)
            fail_msg("«%s» is taken for a pattern", bad[i]);
        assert_true(fault <= strlen(bad[i]));
    }
}

/* --- the command ------------------------------------------------------------------------- */

static int call(struct run *run, const char *a, const char *b, const char *c)
{
    const char *argv[] = {run_program_path(), "check", a, b, c, NULL};
    assert_true(run_program(argv, "en", SECONDS, run));
    assert_false(run->timed_out);
    return run->status;
}

static void rules_can_be_set(void **state)
{
    (void)state;
    static const char file[] = "tests/cases/check/heading-start.xml";
    struct run run;
    assert_int_equal(call(&run, file, NULL, NULL), 0);
    assert_non_null(strstr(buf_str(&run.out), "heading-start.xml:5: warning: "));
    run_free(&run);
    assert_int_equal(call(&run, file, "--rule=heading-start=error", NULL), 1);
    run_free(&run);
    assert_int_equal(call(&run, "--rule=heading-start=off", file, NULL), 0);
    assert_null(strstr(buf_str(&run.out), "[heading-start]"));
    run_free(&run);
    assert_int_equal(call(&run, file, "--rule=heading-star=off", NULL), 2);
    run_free(&run);
    assert_int_equal(call(&run, file, "--rule=heading-start=loud", NULL), 2);
    run_free(&run);
    assert_int_equal(call(&run, file, "--rule=heading-start", NULL), 2);
    run_free(&run);
    assert_int_equal(call(&run, file, "--format=xml", NULL), 2);
    run_free(&run);
    assert_int_equal(call(&run, NULL, NULL, NULL), 2);
    run_free(&run);
}

static void json_tells_the_rule_and_the_reason(void **state)
{
    (void)state;
    struct run run;
    call(&run, "--format=json", "tests/cases/check/heading-start.xml",
         "tests/cases/check/correct-order.xml");
    const char *out = buf_str(&run.out);
    assert_memory_equal(out, "[\n", 2);
    assert_non_null(strstr(out, "\"level\": \"warning\", \"rule\": \"heading-start\""));
    assert_non_null(strstr(out, "\"line\": 5"));
    assert_non_null(strstr(out, "\"why\": \""));
    assert_non_null(strstr(out, "correct-order.xml\", \"messages\": []}"));
    run_free(&run);
}

static void a_document_at_fault_is_told_and_not_checked_further(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(call(&run, "tests/cases/read/child-misspelt.xml", NULL, NULL), 1);
    assert_non_null(strstr(buf_str(&run.out), "headding"));
    run_free(&run);
    assert_int_equal(call(&run, "tests/cases/fo/blocks.fo", NULL, NULL), 1);
    run_free(&run);
    assert_int_equal(call(&run, "tests/cases/check/none.xml", NULL, NULL), 3);
    run_free(&run);
}

/* --- the real documents ------------------------------------------------------------------ */

static void quirks_of_the_real_documents_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *file, *said;
    } table[] = {
        {"input/talitsa-1602-1.xml", "№ 1602-01, but the document has the number 1602-1"},
        {"input/talitsa-1602-1.xml", "[mark-heading]"},
        {"input/talitsa-1602-1.xml", "«2020 год» is over"},
        {"input/talitsa-1602-1.xml", "«Яровиковой А.А»"},
        {"input/talitsa-1602-1.xml", "[empty-item]"},
        {"input/tuapse-54.xml", "№61 от 29 января 2021"},
        {"input/tuapse-54.xml", "«Ноябрь 2020 года» is over"},
        {"input/tuapse-54.xml", "[brackets-unbalanced]"},
        {"input/tuapse-54.xml", "[party-twice]"},
        {"input/tuapse-54.xml", "«5.10» does not end like the others"},
        {"input/shebalino-310.xml", "4.5 leaves a gap"},
        {"input/shebalino-310.xml", "5.10 leaves a gap"},
        {"input/shebalino-310.xml", "«Ззаместители директоров по УД в ОО» looks like a slip"},
        {"input/shebalino-310.xml", "«Нормативные актаы ОО» is no deadline"},
        {"input/shebalino-310.xml", "[typed-number]"},
        {"input/shebalino-310.xml", "«2023года»"},
        {"input/shebalino-310.xml", "[straight-quotes]"},
        {"input/shilovo-roadmap.xml", "[quotes-unbalanced]"},
        {"input/shilovo-roadmap.xml", "[number-missing]"},
        {"input/pochep-roadmap.xml", "«2..» does not end like the others"},
        {"input/pochep-roadmap.xml", "«ВПР,ДКР»"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct run run;
        call(&run, table[i].file, NULL, NULL);
        if (!strstr(buf_str(&run.out), table[i].said))
            fail_msg("%s: not found: %s", table[i].file, table[i].said);
        run_free(&run);
    }
}

static void correct_documents_are_passed_in_silence(void **state)
{
    (void)state;
    glob_t found = {0};
    glob("tests/cases/check/correct-*.xml", 0, NULL, &found);
    assert_true(found.gl_pathc >= 10);
    glob("templates/new/*.xml", GLOB_APPEND, NULL, &found); /* what clerks begin with */
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct run run;
        call(&run, found.gl_pathv[i], NULL, NULL);
        char sums[300];
        snprintf(sums, sizeof sums, "%s: errors 0, warnings 0, notes 0\n", found.gl_pathv[i]);
        assert_string_equal(buf_str(&run.out), sums);
        run_free(&run);
    }
    globfree(&found);
}

/* --- pages made by hand ------------------------------------------------------------------ */

/* Rules for pages whose faults the templates do not let happen. */
static const char *const page_rules[] = {"signature-alone", "outside-page", "outside-margin",
                                         "box-overlap",     "box-outside",  "qr-overlap"};

static xmlDoc *load_plain(void *self, const char *path, xmlDict *dict)
{
    return read_plain_file(path, dict, self);
}

/* A page as a painter gets it: rectangles in mm. Text needs a word, so boxes of text are given
 * as areas without words: a width is enough. */
static void put_area(struct area_page *page, enum area_type type, const char *name, int line,
                     const int mm[4])
{
    static const struct area_tag text = {.role = "P"}, signature = {.role = "P"};
    struct area *a = area_add(page, type);
    a->x = mm[0] * 72000 * 10 / 254;
    a->y = mm[1] * 72000 * 10 / 254;
    a->width = mm[2] * 72000 * 10 / 254;
    a->height = mm[3] * 72000 * 10 / 254;
    a->line = line;
    if (type == AREA_REPORT) {
        a->as.report.name = name;
    } else {
        a->tag = line == SIGNATURE ? &signature : &text;
        a->as.text.size = 14000;
    }
}

struct piece {
    enum area_type type;
    const char *name;
    int line, mm[4];
};

/* What the rules say of one page with these pieces, as «[rule]» after one another. */
static void judge(const struct piece *pieces, size_t n, struct buf *out)
{
    struct diag *diag = diag_new();
    struct transform_cache *cache = transform_new_cache();
    struct transform_files files = {.load = load_plain, .self = diag};
    struct check_rules *rules = check_load_rules("templates/rules", cache, &files, diag);
    assert_non_null(rules);
    struct read_options options = {.templates = "templates"};
    struct read_document *source =
        read_document("tests/cases/check/correct-order.xml", &options, diag);
    assert_non_null(source);
    struct check_pages *pages = check_new_pages(source->doc);
    struct area_page page = {.width = 595276,
                             .height = 841890,
                             .label = "1",
                             .file = source->path,
                             .arena = arena_new()};
    for (size_t i = 0; i < n; i++)
        put_area(&page, pieces[i].type, pieces[i].name, pieces[i].line, pieces[i].mm);
    struct area_painter *painter = check_pages_painter(pages);
    painter->page(painter->self, &page);
    assert_true(check_laid_out(rules, pages, NULL, diag));
    size_t count;
    const struct diag_item *items = diag_items(diag, &count);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "[%s]", items[i].code);
    arena_free(page.arena);
    check_free_pages(pages);
    read_free_document(source);
    check_free_rules(rules);
    transform_free_cache(cache);
    diag_free(diag);
}

static void pages_are_judged(void **state)
{
    (void)state;
    static const struct {
        struct piece pieces[3];
        size_t n;
        const char *said;
    } table[] = {
        {{{AREA_TEXT, NULL, POINT, {30, 50, 100, 5}}}, 1, ""},
        {{{AREA_TEXT, NULL, POINT, {30, 50, 190, 5}}}, 1, "[outside-page]"},
        {{{AREA_TEXT, NULL, POINT, {30, 50, 175, 5}}}, 1, "[outside-margin]"},
        {{{AREA_TEXT, NULL, SIGNATURE, {30, 50, 50, 5}}}, 1, "[signature-alone]"},
        {{{AREA_TEXT, NULL, POINT, {30, 50, 50, 5}},
          {AREA_TEXT, NULL, POINT, {30, 60, 50, 5}},
          {AREA_TEXT, NULL, SIGNATURE, {30, 70, 50, 5}}},
         3,
         ""},
        {{{AREA_TEXT, NULL, POINT, {30, 50, 50, 5}},
          {AREA_TEXT, NULL, SIGNATURE, {30, 70, 50, 5}}},
         2,
         "[signature-alone]"},
        {{{AREA_REPORT, "qr", 0, {170, 250, 25, 25}},
          {AREA_TEXT, NULL, POINT, {30, 240, 100, 5}}},
         2,
         ""},
        {{{AREA_REPORT, "qr", 0, {170, 250, 25, 25}},
          {AREA_TEXT, NULL, POINT, {100, 260, 90, 5}}},
         2,
         "[qr-overlap]"},
        {{{AREA_REPORT, "a", 0, {30, 50, 50, 25}}, {AREA_REPORT, "b", 0, {60, 60, 50, 25}}},
         2,
         "[box-overlap]"},
        {{{AREA_REPORT, "a", 0, {30, 50, 50, 25}}, {AREA_REPORT, "b", 0, {90, 60, 50, 25}}},
         2,
         ""},
        {{{AREA_REPORT, "a", 0, {180, 50, 50, 25}}}, 1, "[box-outside]"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct buf said = BUF_EMPTY;
        judge(table[i].pieces, table[i].n, &said);
        if (strcmp(buf_str(&said), table[i].said) != 0)
            fail_msg("page %zu: %s, and not %s", i, buf_str(&said), table[i].said);
        buf_free(&said);
    }
}

/* --- no rule without a case -------------------------------------------------------------- */

static bool is_page_rule(const char *id)
{
    for (size_t i = 0; i < sizeof page_rules / sizeof *page_rules; i++)
        if (strcmp(page_rules[i], id) == 0)
            return true;
    return false;
}

static void read_expected(struct buf *all)
{
    glob_t found = {0};
    glob("tests/cases/check/*.expected", 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        assert_int_equal(file_read(found.gl_pathv[i], all), 0);
    globfree(&found);
}

static void every_rule_has_a_case(void **state)
{
    (void)state;
    struct run run;
    struct buf all = BUF_EMPTY, missing = BUF_EMPTY;
    read_expected(&all);
    assert_int_equal(call(&run, "--list", NULL, NULL), 0);
    int rules = 0;
    for (char *line = strtok(run.out.bytes, "\n"); line; line = strtok(NULL, "\n")) {
        if (*line == ' ')
            continue;
        char id[100];
        snprintf(id, sizeof id, "[%.*s]", (int)strcspn(line, " "), line);
        rules++;
        bool has_case = strstr(buf_str(&all), id) != NULL;
        id[strlen(id) - 1] = '\0';
        if (!has_case && !is_page_rule(id + 1))
            buf_printf(&missing, " %s", id + 1);
    }
    assert_true(rules > 60);
    if (missing.len)
        fail_msg("rules without a case:%s", buf_str(&missing));
    buf_free(&all);
    buf_free(&missing);
    run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_find_the_first_longest_match),
        cmocka_unit_test(bad_patterns_are_refused),
        cmocka_unit_test(rules_can_be_set),
        cmocka_unit_test(json_tells_the_rule_and_the_reason),
        cmocka_unit_test(a_document_at_fault_is_told_and_not_checked_further),
        cmocka_unit_test(quirks_of_the_real_documents_are_found),
        cmocka_unit_test(correct_documents_are_passed_in_silence),
        cmocka_unit_test(pages_are_judged),
        cmocka_unit_test(every_rule_has_a_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
