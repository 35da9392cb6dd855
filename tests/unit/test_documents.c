/* The five real documents, end to end: the program renders input/NAME.xml, poppler reads the PDF
 * back, and every word of tests/cases/documents/NAME.words must be there, in order, and no other:
 * once as printed, once by the tags.
 *
 * NAME.words is the text of the original: a line is a paragraph or a cell of a table, in reading
 * order; «•» stands for the marker of a list, whatever sign the template draws (how it is
 * compared: words.c). NAME.facts is what the pages must show, «key: value»:
 *     pages: 5                how many pages
 *     number: № 1602-1        the order's number, to be found on the first page
 *     table 2-4: № Measure    the words of a header row, to be found on each of these pages
 *     mark 2: Appendix 1 …    the words of an appendix mark, to be found on this page
 */
#include "base/buf.h"
#include "base/mem.h"
#include "unit/folder.h"
#include "unit/run.h"
#include "unit/tagtext.h"
#include "unit/words.h"

#include <glob.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CASES "tests/cases/documents"

enum { MESSAGES = 12, SHOWN = 12, SECONDS = 60, TESTS = 5 };

struct document {
    char *name;
    char *pdf; /* in the tests' folder */
    bool rendered;
    int faults; /* messages of the running test */
    bool lost;  /* the last line was nowhere: the next ones have to be looked for */
};

static char program[PATH_MAX];

/* ---- files and programs ---- */

/* A file of the case as a string; the caller frees. */
static char *read_case(const struct document *doc, const char *suffix)
{
    struct buf path = BUF_EMPTY;
    struct buf text = BUF_EMPTY;
    char piece[4096];
    buf_printf(&path, "%s/" CASES "/%s.%s", folder_of_project(), doc->name, suffix);
    FILE *f = fopen(buf_str(&path), "rb");
    if (!f)
        fail_msg("no file %s", buf_str(&path));
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_put(&text, piece, n);
    fclose(f);
    buf_free(&path);
    char *copy = mem_strdup(buf_str(&text));
    buf_free(&text);
    return copy;
}

static void run(const char *const argv[], struct run *r)
{
    if (!run_program(argv, "en", SECONDS, r))
        fail_msg("%s cannot be started", argv[0]);
}

static void render_to(const struct document *doc, const char *pdf)
{
    struct run r;
    struct buf input = BUF_EMPTY;
    buf_printf(&input, "%s/input/%s.xml", folder_of_project(), doc->name);
    run((const char *const[]){program, "render", buf_str(&input), "-o", pdf, NULL}, &r);
    int status = r.status;
    if (status != 0)
        print_error("%s: exit status %d\n%s", buf_str(&input), status, buf_str(&r.err));
    run_free(&r);
    buf_free(&input);
    assert_int_equal(status, 0);
}

static void render(struct document *doc)
{
    if (!doc->rendered)
        render_to(doc, doc->pdf);
    doc->rendered = true;
    doc->faults = 0;
    doc->lost = false;
}

static struct tokens read_pages(struct document *doc)
{
    struct run r;
    render(doc);
    run((const char *const[]){"pdftotext", "-raw", "-enc", "UTF-8", doc->pdf, "-", NULL}, &r);
    int status = r.status;
    char *text = mem_strdup(buf_str(&r.out));
    run_free(&r);
    struct tokens t = words_tokenize(text);
    free(text);
    assert_int_equal(status, 0);
    return t;
}

static struct tokens read_structure(struct document *doc)
{
    struct buf text = BUF_EMPTY;
    render(doc);
    assert_true(tagtext_read(doc->pdf, &text));
    char *copy = mem_strdup(buf_str(&text));
    buf_free(&text);
    struct tokens t = words_tokenize(copy);
    free(copy);
    for (size_t i = 0; i < t.count; i++)
        t.at[i].line_end = false; /* no word is broken here */
    return t;
}

__attribute__((format(printf, 2, 3))) static void complain(struct document *doc,
                                                           const char *form, ...)
{
    if (doc->faults++ >= MESSAGES)
        return;
    char text[2048];
    va_list args;
    va_start(args, form);
    vsnprintf(text, sizeof text, form, args);
    va_end(args);
    print_error("%s: %s\n", doc->name, text);
}

/* ---- facts ---- */

struct fact {
    const char *key, *value;
    int from, to; /* pages; 0: none given */
};

typedef void fact_fn(struct document *doc, struct fact f, struct tokens *t);

/* Cut «key[ from[-to]]: value» in place. False at a comment or an empty line. */
static bool parse_fact(char *line, struct fact *f)
{
    char *colon = strstr(line, ": ");
    if (line[0] == '#' || !colon)
        return false;
    *colon = '\0';
    *f = (struct fact){.key = line, .value = colon + 2};
    char *space = strchr(line, ' ');
    if (space) {
        char *end = NULL;
        *space = '\0';
        f->from = (int)strtol(space + 1, &end, 10);
        f->to = *end == '-' ? (int)strtol(end + 1, NULL, 10) : f->from;
    }
    return true;
}

/* Call `each` for every fact of the key. How many there were. */
static int each_fact(struct document *doc, const char *key, struct tokens *t, fact_fn *each)
{
    char *text = read_case(doc, "facts");
    int count = 0;
    char *save = NULL;
    for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        struct fact f;
        if (!parse_fact(line, &f) || strcmp(f.key, key) != 0)
            continue;
        each(doc, f, t);
        count++;
    }
    free(text);
    return count;
}

static bool find_text(const struct tokens *t, const char *text, int page, size_t range[2])
{
    char *copy = mem_strdup(text);
    words_fold(copy);
    struct words w = words_split(copy);
    range[0] = words_find_run(t, w, page, &range[1]);
    free(w.at);
    free(copy);
    return range[0] < t->count;
}

static void expect_text(struct document *doc, struct fact f, struct tokens *t)
{
    size_t range[2];
    for (int page = f.from; page <= f.to; page++)
        if (!find_text(t, f.value, page, range))
            complain(doc, "page %d has no %s «%s»", page, f.key, f.value);
}

static void expect_on_first(struct document *doc, struct fact f, struct tokens *t)
{
    f.from = f.to = 1;
    expect_text(doc, f, t);
}

static void expect_pages(struct document *doc, struct fact f, struct tokens *t)
{
    if (t->pages != (int)strtol(f.value, NULL, 10))
        complain(doc, "%d pages, not %s", t->pages, f.value);
}

/* Header rows that repeat the one of the table's first page are not text of the document. */
static void take_header(struct document *doc, struct fact f, struct tokens *t)
{
    size_t range[2];
    (void)doc; /* a header row that is missing is another test's fault */
    for (int page = f.from + 1; page <= f.to; page++)
        if (find_text(t, f.value, page, range))
            words_use(t, range[0], range[1]);
}

/* ---- the words of a document ---- */

static void put_words(struct buf *b, struct words w, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < w.count; i++)
        buf_printf(b, "%s%s", i > from ? " " : "", w.at[i]);
}

/* Say which word of the line is missing at the first free token, and what stands there. */
static void complain_line(struct document *doc, struct tokens *t, struct words w, int number)
{
    size_t *ends = mem_zalloc((w.count + 1) * sizeof *ends);
    size_t start = words_first_free(t, 0);
    size_t k = words_match_run(t, w, start, ends);
    size_t at = k > 0 ? ends[k - 1] : start;
    struct buf cell = BUF_EMPTY;
    struct buf before = BUF_EMPTY;
    put_words(&cell, w, 0, SHOWN);
    put_words(&before, w, k > 3 ? k - 3 : 0, k);
    complain(doc, "%s.words:%d: «%s%s»: «%s» is missing after «%s»; page %d has «%s» there",
             doc->name, number, buf_str(&cell), w.count > SHOWN ? " …" : "", w.at[k],
             buf_str(&before), at < t->count ? t->at[at].page : t->pages,
             at < t->count ? t->at[at].text : "nothing");
    buf_free(&cell);
    buf_free(&before);
    free(ends);
}

/* A line that is not where it belongs: complain, and go on behind it if it stands elsewhere. */
static void miss_line(struct document *doc, struct tokens *t, struct words w, int number)
{
    size_t end = 0;
    size_t at = words_find_run(t, w, 0, &end);
    if (at == t->count || !doc->lost)
        complain_line(doc, t, w, number);
    doc->lost = at == t->count;
    if (doc->lost)
        return;
    for (size_t i = 0; i < at; i++)
        t->at[i].stray = t->at[i].stray || !t->at[i].used;
    words_use(t, at, end);
}

static void check_lines(struct document *doc, struct tokens *t)
{
    char *text = read_case(doc, "words");
    int number = 0;
    words_fold(text);
    for (char *line = text; line && *line;) {
        char *next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        struct words w = words_split(line);
        number++;
        if (w.count > 0 && !words_match_line(t, w, words_first_free(t, 0)))
            miss_line(doc, t, w, number);
        free(w.at);
        line = next;
    }
    assert_true(number > 0);
    free(text);
}

static void check_leftovers(struct document *doc, const struct tokens *t)
{
    for (int page = 1; page <= t->pages; page++) {
        struct buf list = BUF_EMPTY;
        size_t count = 0;
        for (size_t i = 0; i < t->count; i++) {
            if (!t->at[i].used && t->at[i].page == page && count++ < SHOWN)
                buf_printf(&list, " %s", t->at[i].text);
        }
        if (count > 0)
            complain(doc, "page %d has %zu words more than the document:%s", page, count,
                     buf_str(&list));
        buf_free(&list);
    }
}

static void test_words(void **state)
{
    struct document *doc = *state;
    struct tokens t = read_pages(doc);
    int bare = words_take_page_numbers(&t);
    if (bare > 0)
        complain(doc, "page %d: no line with the page number alone", bare);
    each_fact(doc, "table", &t, take_header);
    check_lines(doc, &t);
    check_leftovers(doc, &t);
    words_free_tokens(&t);
    assert_int_equal(doc->faults, 0);
}

/* The tags give the same words in the same order, without page numbers and repeated rows. */
static void test_structure(void **state)
{
    struct document *doc = *state;
    struct tokens t = read_structure(doc);
    check_lines(doc, &t);
    check_leftovers(doc, &t);
    words_free_tokens(&t);
    assert_int_equal(doc->faults, 0);
}

/* ---- the other promises ---- */

static void test_pages(void **state)
{
    struct document *doc = *state;
    struct tokens t = read_pages(doc);
    assert_int_equal(each_fact(doc, "pages", &t, expect_pages), 1);
    assert_true(each_fact(doc, "table", &t, expect_text) > 0);
    each_fact(doc, "mark", &t, expect_text);
    each_fact(doc, "number", &t, expect_on_first);
    words_free_tokens(&t);
    assert_int_equal(doc->faults, 0);
}

/* The program must succeed and print nothing on standard error. */
static void expect_silent(struct document *doc, const char *const argv[])
{
    struct run r;
    run(argv, &r);
    if (r.status != 0 || r.err.len > 0)
        complain(doc, "%s: exit status %d: %s", argv[0], r.status, buf_str(&r.err));
    run_free(&r);
}

static void test_readers_are_silent(void **state)
{
    struct document *doc = *state;
    render(doc);
    expect_silent(doc, (const char *const[]){"qpdf", "--check", doc->pdf, NULL});
    expect_silent(doc, (const char *const[]){"pdfinfo", doc->pdf, NULL});
    expect_silent(doc, (const char *const[]){"pdffonts", doc->pdf, NULL});
    expect_silent(doc, (const char *const[]){"pdftotext", doc->pdf, "-", NULL});
    assert_int_equal(doc->faults, 0);
}

static void test_same_bytes(void **state)
{
    struct document *doc = *state;
    struct run r;
    render(doc);
    render_to(doc, "second.pdf");
    run((const char *const[]){"cmp", doc->pdf, "second.pdf", NULL}, &r);
    int status = r.status;
    run_free(&r);
    assert_int_equal(status, 0);
}

/* The comparison itself: it must see a word that is lost, moved or added. */
static bool fits(const char *printed, const char *line)
{
    char *text = mem_strdup(printed);
    char *expected = mem_strdup(line);
    struct tokens t = words_tokenize(text);
    struct words w = words_split(expected);
    bool numbered = words_take_page_numbers(&t) == 0;
    bool found = words_match_line(&t, w, words_first_free(&t, 0));
    bool all = words_first_free(&t, 0) == t.count;
    free(w.at);
    words_free_tokens(&t);
    free(text);
    free(expected);
    return numbered && found && all;
}

static void test_comparison(void **state)
{
    (void)state;
    assert_true(fits("план на год\n", "план на год"));
    assert_true(fits("план на\302\240год\n", "план на год"));
    assert_true(fits("об-\nразо-\nвание и\n", "образование и"));
    assert_true(fits("школа-\nинтернат\n", "школа-интернат"));
    assert_true(fits("– план\n", "• план"));
    assert_true(fits("план на\n\f2\nгод\n", "план на год"));
    assert_true(fits("план на\n\fгод\n2\n", "план на год"));
    assert_true(fits("план на-\n\f2\nгод\n", "план нагод"));
    assert_true(fits("пла\n\f2\nны\n", "планы"));
    assert_false(fits("план на\n\fгод\n", "план на год"));
    assert_false(fits("план-\n\f2\nгод\n", "план год"));
    assert_false(fits("план год\n", "план на год"));
    assert_false(fits("план на год год\n", "план на год"));
    assert_false(fits("на план год\n", "план на год"));
    assert_false(fits("об- разо\n", "образо"));
}

/* ---- the tests are made from the cases that lie there ---- */

/* tests/cases/documents/NAME.words: NAME and NAME.pdf. */
static void name_document(struct document *doc, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf name = BUF_EMPTY;
    buf_puts(&name, slash ? slash + 1 : path);
    doc->name = mem_strdup(buf_str(&name));
    doc->name[strlen(doc->name) - strlen(".words")] = '\0';
    buf_clear(&name);
    buf_printf(&name, "%s.pdf", doc->name);
    doc->pdf = mem_strdup(buf_str(&name));
    buf_free(&name);
}

static int enter(void **state)
{
    return realpath(run_program_path(), program) ? folder_enter(state) : -1;
}

static struct CMUnitTest make_test(const char *what, CMUnitTestFunction f, struct document *doc)
{
    struct buf name = BUF_EMPTY;
    buf_printf(&name, "%s: %s", doc ? doc->name : "words", what);
    struct CMUnitTest test = {
        .name = mem_strdup(buf_str(&name)), .test_func = f, .initial_state = doc};
    buf_free(&name);
    return test;
}

int main(void)
{
    glob_t cases;
    if (glob(CASES "/*.words", 0, NULL, &cases) != 0) {
        fprintf(stderr, "no cases in " CASES ": run from the top folder\n");
        return 1;
    }
    struct document *docs = mem_zalloc(cases.gl_pathc * sizeof *docs);
    struct CMUnitTest *tests = mem_zalloc((TESTS * cases.gl_pathc + 1) * sizeof *tests);
    size_t count = 0;
    tests[count++] = make_test("comparison", test_comparison, NULL);
    for (size_t i = 0; i < cases.gl_pathc; i++) {
        name_document(&docs[i], cases.gl_pathv[i]);
        tests[count++] = make_test("every word", test_words, &docs[i]);
        tests[count++] = make_test("words of the tags", test_structure, &docs[i]);
        tests[count++] = make_test("pages", test_pages, &docs[i]);
        tests[count++] = make_test("readers are silent", test_readers_are_silent, &docs[i]);
        tests[count++] = make_test("same bytes", test_same_bytes, &docs[i]);
    }
    int failed = _cmocka_run_group_tests("documents", tests, count, enter, folder_leave);
    for (size_t i = 0; i < cases.gl_pathc; i++) {
        free(docs[i].name);
        free(docs[i].pdf);
    }
    for (size_t i = 0; i < count; i++)
        free((char *)(uintptr_t)tests[i].name);
    free(tests);
    free(docs);
    globfree(&cases);
    return failed;
}
