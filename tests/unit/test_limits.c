/* Sizes nobody means: each document is formatted or refused in bounded time, with a message that
 * says what is beyond which limit.
 *
 * The hostile part of a document is a piece repeated: `open` n times, `inside`, `close` n times.
 * LIMITS=full (make limits) takes the large ones whole: 100,000 rows, 100 MB. */
#include "unit/folder.h"
#include "unit/run.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SECONDS = 100, FULL_SECONDS = 300, TIMES_FULL = 20 };

#define PAGE             "page-width='100mm' page-height='100mm' margin='10mm'"
#define TEXT             "<fo:block>а</fo:block>"
#define CELL(attributes) "<fo:table-cell " attributes ">" TEXT "</fo:table-cell>"
#define ROW(attributes)  "<fo:table-row " attributes ">" CELL("") "</fo:table-row>"
#define TABLE            "<fo:table width='80mm' table-layout='fixed'><fo:table-body>"
#define TABLE_END        "</fo:table-body></fo:table>"
#define ONE_ROW(cell)    TABLE "<fo:table-row>" cell "</fo:table-row>" TABLE_END
#define FOOTNOTE         "<fo:block>а<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body>"
#define FOOTNOTE_END     "</fo:footnote-body></fo:footnote></fo:block>"
#define PICTURE                                                                                \
    "<fo:external-graphic px:alt='x' xmlns:px='urn:prikaz:fo' src='url(i.svg)' "               \
    "content-width='2000mm' content-height='5000mm'/>"

struct limit {
    const char *name;
    const char *page; /* attributes of the page master; NULL: PAGE */
    const char *before;
    const char *open;
    int n;
    const char *inside, *close, *after;
    bool grows; /* n is TIMES_FULL times as large in a full run */
    int status;
    const char *says; /* among the messages; NULL: nothing is asked */
};

static const struct limit limits[] = {
    {"deep blocks", NULL, "", "<fo:block>", 20000, "а", "</fo:block>", "", false, 1,
     "nested deeper than 1000"},
    {"deep inlines", NULL, "<fo:block>", "<fo:inline>", 900, "а", "</fo:inline>", "</fo:block>",
     false, 0, NULL},
    {"deep tables", NULL, "", TABLE "<fo:table-row><fo:table-cell>", 60, TEXT,
     "</fo:table-cell></fo:table-row>" TABLE_END, "", false, 0, NULL},
    {"deep lists", NULL, "",
     "<fo:list-block><fo:list-item><fo:list-item-label><fo:block/></fo:list-item-label>"
     "<fo:list-item-body>",
     100, TEXT, "</fo:list-item-body></fo:list-item></fo:list-block>", "", false, 0, NULL},
    {"rows", NULL, TABLE, ROW(""), 5000, "", "", TABLE_END, true, 0, NULL},
    {"cells", NULL, TABLE "<fo:table-row>", CELL(""), 2000, "", "", "</fo:table-row>" TABLE_END,
     false, 0, "wider than its room"},
    {"10,000 columns spanned", NULL, ONE_ROW(CELL("number-columns-spanned='10000'")), "", 0, "",
     "", "", false, 0, NULL},
    {"all columns spanned", NULL, ONE_ROW(CELL("number-columns-spanned='2000000000'")), "", 0,
     "", "", "", false, 1, "not between 1 and 16384"},
    {"all rows spanned", NULL, ONE_ROW(CELL("number-rows-spanned='2000000000'")), "", 0, "", "",
     "", false, 1, "not between 1 and 16384"},
    {"negative lengths", NULL,
     "<fo:block font-size='-5pt' margin-left='-999999999mm' space-before='-1e9pt' "
     "padding='-5mm' text-indent='-99999mm' line-height='-1'>а</fo:block>",
     "", 0, "", "", "", false, 0, "the value is negative"},
    {"huge lengths", NULL,
     "<fo:block font-size='99999999pt' margin-left='999999999mm' line-height='9999999999mm' "
     "space-before='99999999999999999999mm'>а б</fo:block>",
     "", 0, "", "", "", false, 1, "higher than the page"},
    {"a table without width", NULL,
     "<fo:table width='0' table-layout='fixed'><fo:table-column column-width='0'/>"
     "<fo:table-body>" ROW("") TABLE_END,
     "", 0, "", "", "", false, 0, "wider than its room"},
    {"a container without width", NULL, "<fo:block-container width='0'>", TEXT, 50, "", "",
     "</fo:block-container>", false, 0, "wider than its room"},
    {"a page without height", "page-width='100mm' page-height='0mm'", TEXT, "", 0, "", "", "",
     false, 1, "the sides of a page of PDF"},
    {"a page of a kilometre", "page-width='1000000mm' page-height='1000000mm'", TEXT, "", 0, "",
     "", "", false, 1, "the sides of a page of PDF"},
    {"margins larger than the page", "page-width='50mm' page-height='50mm' margin='60mm'", "",
     TEXT, 50, "", "", "", false, 1, "higher than the page"},
    {"a keep that cannot be kept", NULL, "<fo:block keep-together.within-page='always'>", TEXT,
     300, "", "", "</fo:block>", false, 0, NULL},
    {"everything kept with next", NULL, "",
     "<fo:block keep-with-next.within-page='always'>а</fo:block>", 500, "", "", "", false, 0,
     NULL},
    {"rows kept with next", NULL, TABLE, ROW("keep-with-next='always'"), 500, "", "", TABLE_END,
     false, 0, NULL},
    {"orphans and widows", NULL, "<fo:block orphans='999999999' widows='999999999'>", "слово ",
     2000, "", "", "</fo:block>", false, 0, NULL},
    {"a picture larger than the page", NULL, "<fo:block>" PICTURE "</fo:block>", "", 0, "", "",
     "", false, 1, "higher than the page"},
    {"a footnote longer than a page", NULL, FOOTNOTE, "<fo:block>сноска</fo:block>", 200, "",
     "", FOOTNOTE_END, false, 0, NULL},
    {"a word of 100,000 letters", NULL, "<fo:block>", "щ", 100000, "", "", "</fo:block>", false,
     0, "wider than its room"},
    {"a paragraph of 20,000 words", NULL, "<fo:block>", "слово ", 20000, "", "", "</fo:block>",
     true, 0, NULL},
    {"page breaks", NULL, "", "<fo:block break-before='odd-page'>а</fo:block>", 1000, "", "",
     "", false, 0, NULL},
    {"blocks", NULL, "",
     "<fo:block>Достопримечательности муниципального образования.</fo:block>\n", 5000, "", "",
     "", true, 0, NULL},
};

static bool is_full;

static void write_repeated(struct buf *out, const char *piece, int n)
{
    for (int i = 0; i < n; i++)
        buf_puts(out, piece);
}

static void write_document(const struct limit *l)
{
    struct buf b = BUF_EMPTY;
    int n = l->grows && is_full ? l->n * TIMES_FULL : l->n;
    buf_printf(&b,
               "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'><fo:layout-master-set>"
               "<fo:simple-page-master master-name='a' %s><fo:region-body/>"
               "</fo:simple-page-master></fo:layout-master-set>"
               "<fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>",
               l->page ? l->page : PAGE);
    buf_puts(&b, l->before);
    write_repeated(&b, l->open, n);
    buf_puts(&b, l->inside);
    write_repeated(&b, l->close, n);
    buf_puts(&b, l->after);
    buf_puts(&b, "</fo:flow></fo:page-sequence></fo:root>");
    folder_write("limit.fo", buf_str(&b));
    buf_free(&b);
}

static const char *program_path(void)
{
    static char program[PATH_MAX];
    const char *path = run_program_path();
    snprintf(program, sizeof program, "%s%s%s", *path == '/' ? "" : folder_of_project(),
             *path == '/' ? "" : "/", path);
    return program;
}

static void is_digested(void **state)
{
    const struct limit *l = *state;
    struct run run;
    folder_write("i.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>");
    write_document(l);
    const char *const argv[] = {program_path(), "render", "limit.fo", "-o", "limit.pdf", NULL};
    assert_true(run_program(argv, "en", is_full ? FULL_SECONDS : SECONDS, &run));
    assert_false(run.timed_out);
    if (run.status != l->status || (l->says && !strstr(buf_str(&run.err), l->says)))
        fail_msg("%s: status %d: %.2000s", l->name, run.status, buf_str(&run.err));
    run_free(&run);
}

/* 100 MB of XML are read (a full run) and set; in 100 MB of memory a shorter one is refused with
 * the limit's name. */
static void memory_is_limited(void **state)
{
    (void)state;
    static const struct limit large = {"", NULL, "",   TEXT "\n", 200000, "",
                                       "", "",   true, 0,         NULL};
    char program[PATH_MAX];
    struct run run;
    snprintf(program, sizeof program, "%s/.build/prikaz", folder_of_project());
    write_document(&large);
    const char *const argv[] = {"env", "PRIKAZ_MEMORY=40", program, "render", "limit.fo", NULL};
    assert_true(run_program(argv, "en", SECONDS, &run));
    assert_int_equal(run.status, 3);
    assert_non_null(strstr(buf_str(&run.err), "the memory limit of 40 MB is reached"));
    run_free(&run);
    if (!is_full)
        return;
    assert_true(run_program(argv + 2, "en", FULL_SECONDS, &run));
    assert_int_equal(run.status, 0);
    run_free(&run);
}

/* The parser compares each attribute of a tag with each: 200,000 would take a minute. */
static void write_crowd(const char *name, const char *begin, const char *prefix,
                        const char *end)
{
    struct buf b = BUF_EMPTY;
    buf_puts(&b, begin);
    for (int i = 0; i < 200000; i++)
        buf_printf(&b, " %sa%d='x'", prefix, i);
    buf_puts(&b, end);
    folder_write(name, buf_str(&b));
    buf_free(&b);
}

static void attributes_are_limited(void **state)
{
    (void)state;
    static const struct {
        const char *name, *begin, *prefix, *end;
    } crowds[] = {
        {"crowd.xml", "<order", "", "/>"},
        {"crowd.xml", "<order", "xmlns:", "/>"},
        {"crowd.fo", "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'", "", "/>"},
        {"i.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'", "", "/>"},
    };
    static const struct limit picture = {
        "", NULL, "<fo:block>" PICTURE "</fo:block>", "", 0, "", "", "", false, 0, NULL};
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++) {
        write_document(&picture);
        write_crowd(crowds[i].name, crowds[i].begin, crowds[i].prefix, crowds[i].end);
        const char *input = strstr(crowds[i].name, "crowd") ? crowds[i].name : "limit.fo";
        const char *const argv[] = {program_path(), "render", input, "-o", "limit.pdf", NULL};
        struct run run;
        assert_true(run_program(argv, "en", SECONDS / 5, &run));
        if (run.timed_out || run.status != 1 ||
            !strstr(buf_str(&run.err), "thousands of attributes"))
            fail_msg("%s: status %d: %.2000s", crowds[i].name, run.status, buf_str(&run.err));
        run_free(&run);
    }
}

static int enter(void **state)
{
    const char *wish = getenv("LIMITS");
    is_full = wish && strcmp(wish, "full") == 0;
    return folder_enter(state);
}

int main(void)
{
    enum { COUNT = sizeof limits / sizeof *limits };
    struct CMUnitTest tests[COUNT + 2];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){limits[i].name, is_digested, NULL, NULL,
                                       (void *)(uintptr_t)&limits[i]};
    tests[COUNT] = (struct CMUnitTest)cmocka_unit_test(memory_is_limited);
    tests[COUNT + 1] = (struct CMUnitTest)cmocka_unit_test(attributes_are_limited);
    return cmocka_run_group_tests(tests, enter, folder_leave);
}
