/* The five real documents, end to end: the program renders input/NAME.xml, poppler reads the PDF
 * back, and every word of tests/cases/documents/NAME.words must be there, in order, and no other.
 *
 * NAME.words is the text of the original: a line is a paragraph or a cell of a table, in reading
 * order; «•» stands for the marker of a list, whatever sign the template draws. NAME.facts is what
 * the pages must show, «key: value»:
 *     pages: 5                how many pages
 *     number: 1602-1          the order's number, to be found on the first page
 *     table 2-4: № Measure    the words of a header row, to be found on each of these pages
 *     mark 2: Appendix 1 …    the words of an appendix mark, to be found on this page
 *
 * Method. `pdftotext -raw` gives the words as they were painted, which is the order of the
 * document but for one thing: a row cut by the edge of a page comes as the upper parts of all its
 * cells, then the lower parts on the next page. So the words of the pages are kept as tokens that
 * lines use up. Page numbers and repeated header rows are taken out first (and must be there).
 * Then each line has to begin at the first token still free; where it breaks off in the middle it
 * may go on at the first free token of the next page. At the end no token may be left. A word
 * broken at the end of a printed line is glued again, with or without the hyphen.
 * Looking for each line anywhere in the text was rejected: «УО» stands in a table fifty times, and
 * a lost one would be found in the next row. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define CASES "tests/cases/documents"

enum { PATH_SIZE = 512, MESSAGES = 12, SHOWN = 12 };

struct token {
    char *text;
    int page;      /* from 1 */
    bool line_end; /* last of a printed line: a broken word may go on in the next token */
    bool used, stray;
};

struct tokens {
    struct token *at;
    size_t count, room;
    int pages;
};

struct words {
    char **at; /* point into the line */
    size_t count;
};

struct document {
    char name[64];
    char dir[64]; /* the temporary folder */
    bool rendered;
    int faults; /* messages printed by the running test */
};

/* ---- files and programs ---- */

static void *checked(void *p)
{
    if (!p) {
        perror("test_documents");
        abort();
    }
    return p;
}

/* Whole file as a string; the caller frees. */
static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("%s: %s", path, strerror(errno));
    char *text = NULL;
    size_t size = 0;
    size_t got = 0;
    do {
        text = checked(realloc(text, size + 65536));
        got = fread(text + size, 1, 65535, f);
        size += got;
    } while (got > 0);
    text[size] = '\0';
    fclose(f);
    return text;
}

/* Run a program with its outputs into files of the document's folder. Its exit status. */
static int run(const struct document *doc, const char *const argv[])
{
    char out[PATH_SIZE];
    char err[PATH_SIZE];
    snprintf(out, sizeof out, "%s/stdout", doc->dir);
    snprintf(err, sizeof err, "%s/stderr", doc->dir);
    posix_spawn_file_actions_t acts;
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_addopen(&acts, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&acts, 2, err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t pid = 0;
    int rc = posix_spawnp(&pid, argv[0], &acts, NULL, (char *const *)(uintptr_t)argv, environ);
    posix_spawn_file_actions_destroy(&acts);
    if (rc != 0)
        fail_msg("%s: %s", argv[0], strerror(rc));
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static char *output_of(const struct document *doc, const char *stream)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", doc->dir, stream);
    return read_file(path);
}

static const char *pdf_path(const struct document *doc, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%s/%s.pdf", doc->dir, doc->name);
    return path;
}

static void render_to(const struct document *doc, const char *pdf)
{
    char input[PATH_SIZE];
    const char *program = getenv("PRIKAZ");
    snprintf(input, sizeof input, "input/%s.xml", doc->name);
    int status = run(doc, (const char *const[]){program ? program : ".build/check/prikaz",
                                                "render", input, "-o", pdf, NULL});
    if (status != 0) {
        char *err = output_of(doc, "stderr");
        print_error("%s: exit status %d\n%s", input, status, err);
        free(err);
        fail();
    }
}

static void render(struct document *doc)
{
    char pdf[PATH_SIZE];
    if (!doc->rendered)
        render_to(doc, pdf_path(doc, pdf));
    doc->rendered = true;
}

/* ---- words ---- */

/* The character, or what stands for it: all spaces are one, invisible signs nothing. */
static const char *plain(const char *s, size_t *len)
{
    static const struct {
        const char *from, *to;
    } folds[] = {
        {"\u00a0", " "}, {"\u2007", " "}, {"\u2009", " "}, {"\u202f", " "}, {"\u00ad", ""},
        {"\u200b", ""},  {"\u2060", ""},  {"\ufeff", ""},  {"\u2011", "-"}, {"\u2212", "-"},
    };
    for (size_t i = 0; i < sizeof folds / sizeof folds[0]; i++) {
        size_t n = strlen(folds[i].from);
        if (strncmp(s, folds[i].from, n) == 0) {
            *len = n;
            return folds[i].to;
        }
    }
    *len = 1;
    return NULL;
}

/* Fold the text in place. No fold is longer than what it replaces. */
static void fold(char *text)
{
    char *to = text;
    for (const char *s = text; *s;) {
        size_t len = 0;
        const char *as = plain(s, &len);
        if (as) {
            size_t n = strlen(as);
            memcpy(to, as, n);
            to += n;
        } else {
            *to++ = *s;
        }
        s += len;
    }
    *to = '\0';
}

/* The words of a line, which is cut to pieces. The caller frees `at`. */
static struct words split_words(char *line)
{
    struct words w = {0};
    size_t room = strlen(line) / 2 + 1;
    w.at = checked(malloc(room * sizeof *w.at));
    char *save = NULL;
    for (char *s = strtok_r(line, " \t\r\n", &save); s; s = strtok_r(NULL, " \t\r\n", &save))
        w.at[w.count++] = s;
    return w;
}

static void add_token(struct tokens *t, const char *s, size_t len)
{
    if (t->count == t->room) {
        t->room = t->room ? 2 * t->room : 1024;
        t->at = checked(realloc(t->at, t->room * sizeof *t->at));
    }
    struct token *k = &t->at[t->count++];
    *k = (struct token){.text = checked(strndup(s, len)), .page = t->pages};
}

/* Tokens of what pdftotext wrote: pages end with a form feed. */
static struct tokens tokenize(char *text)
{
    struct tokens t = {.pages = 1};
    fold(text);
    for (const char *s = text; *s;) {
        size_t len = strcspn(s, " \t\r\n\f");
        if (len > 0)
            add_token(&t, s, len);
        s += len;
        if (*s == '\n' && t.count > 0)
            t.at[t.count - 1].line_end = true;
        if (*s == '\f' && s[1] != '\0')
            t.pages++;
        s += *s != '\0';
    }
    return t;
}

static void free_tokens(struct tokens *t)
{
    for (size_t i = 0; i < t->count; i++)
        free(t->at[i].text);
    free(t->at);
}

static struct tokens read_pages(struct document *doc)
{
    char pdf[PATH_SIZE];
    render(doc);
    int status = run(doc, (const char *const[]){"pdftotext", "-raw", "-enc", "UTF-8",
                                                pdf_path(doc, pdf), "-", NULL});
    assert_int_equal(status, 0);
    char *text = output_of(doc, "stdout");
    struct tokens t = tokenize(text);
    free(text);
    return t;
}

/* ---- matching ---- */

static bool is_free(const struct tokens *t, size_t i, int page)
{
    return i < t->count && !t->at[i].used && !t->at[i].stray && t->at[i].page == page;
}

static bool is_marker(const char *s)
{
    static const char *const signs[] = {"-", "–", "—", "•", "·", "●", "▪"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strcmp(s, signs[i]) == 0)
            return true;
    }
    return false;
}

/* How many tokens from `i` on make up the word; 0: they do not. */
static size_t match_word(const struct tokens *t, size_t i, const char *word, int page)
{
    if (!is_free(t, i, page))
        return 0;
    const char *s = t->at[i].text;
    if (strcmp(s, word) == 0 || (strcmp(word, "•") == 0 && is_marker(s)))
        return 1;
    size_t len = strlen(s);
    if (!t->at[i].line_end)
        return 0;
    size_t more = 0;
    if (strncmp(word, s, len) == 0 && word[len] != '\0')
        more = match_word(t, i + 1, word + len, page);
    if (more == 0 && s[len - 1] == '-' && len > 1 && strncmp(word, s, len - 1) == 0)
        more = match_word(t, i + 1, word + len - 1, page);
    return more ? more + 1 : 0;
}

static void use(struct tokens *t, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        t->at[i].used = true;
}

static size_t first_free(const struct tokens *t, int page)
{
    size_t i = 0;
    while (i < t->count && !(t->at[i].page >= page && is_free(t, i, t->at[i].page)))
        i++;
    return i;
}

/* Match words on one page from `start` on; ends[k] is where word k stopped. How many matched. */
static size_t match_run(const struct tokens *t, struct words w, size_t start, size_t *ends)
{
    size_t i = start;
    size_t k = 0;
    int page = start < t->count ? t->at[start].page : 0;
    for (; k < w.count; k++) {
        size_t n = match_word(t, i, w.at[k], page);
        if (n == 0)
            break;
        i += n;
        ends[k] = i;
    }
    return k;
}

/* Use up the tokens of a line that begins at `start`; it may go on on the next pages. */
static bool match_line(struct tokens *t, struct words w, size_t start)
{
    if (start >= t->count)
        return false;
    size_t *ends = checked(calloc(w.count + 1, sizeof *ends));
    size_t most = match_run(t, w, start, ends);
    bool found = most == w.count;
    size_t k = most;
    for (; !found && k > 0; k--) {
        struct words rest = {w.at + k, w.count - k};
        size_t next = first_free(t, t->at[start].page + 1);
        if (next < t->count && t->at[next].page == t->at[start].page + 1)
            found = match_line(t, rest, next);
        if (found)
            break;
    }
    if (found)
        use(t, start, ends[k - 1]);
    free(ends);
    return found;
}

/* Where all the words stand in one run on the page (0: any page); t->count: nowhere. */
static size_t find_run(const struct tokens *t, struct words w, int page, size_t *end)
{
    size_t *ends = checked(calloc(w.count + 1, sizeof *ends));
    size_t i = 0;
    for (; i < t->count; i++) {
        if (page != 0 && t->at[i].page != page)
            continue;
        if (match_run(t, w, i, ends) == w.count)
            break;
    }
    *end = i < t->count ? ends[w.count - 1] : i;
    free(ends);
    return i;
}

/* ---- facts ---- */

struct fact {
    const char *key, *value;
    int from, to; /* pages; 0: none given */
};

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
static int each_fact(struct document *doc, const char *key, struct tokens *t,
                     void (*each)(struct document *, struct fact, struct tokens *))
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, CASES "/%s.facts", doc->name);
    char *text = read_file(path);
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

static void expect_run(struct document *doc, struct fact f, struct tokens *t)
{
    for (int page = f.from; page <= f.to; page++) {
        char *value = checked(strdup(f.value));
        struct words w = split_words(value);
        size_t end = 0;
        if (find_run(t, w, page, &end) == t->count)
            complain(doc, "page %d has no %s «%s»", page, f.key, f.value);
        free(w.at);
        free(value);
    }
}

/* Header rows that repeat the one of the table's first page are not text of the document. */
static void take_header(struct document *doc, struct fact f, struct tokens *t)
{
    expect_run(doc, f, t);
    for (int page = f.from + 1; page <= f.to; page++) {
        char *value = checked(strdup(f.value));
        struct words w = split_words(value);
        size_t end = 0;
        size_t start = find_run(t, w, page, &end);
        use(t, start, end);
        free(w.at);
        free(value);
    }
}

/* The page number is the first or the last printed line of each page but the first. */
static void take_page_numbers(struct document *doc, struct tokens *t)
{
    for (int page = 2; page <= t->pages; page++) {
        char number[16];
        snprintf(number, sizeof number, "%d", page);
        size_t first = first_free(t, page);
        size_t next = first_free(t, page + 1);
        size_t at = first;
        bool found =
            first < next && t->at[first].line_end && strcmp(t->at[first].text, number) == 0;
        if (!found && next > first) {
            at = next - 1;
            found =
                strcmp(t->at[at].text, number) == 0 && (at == first || t->at[at - 1].line_end);
        }
        if (found)
            use(t, at, at + 1);
        else
            complain(doc, "page %d: no line with the page number alone", page);
    }
}

/* ---- the words of a document ---- */

/* Say which word of the line is missing at the first free token, and what stands there. */
static void complain_line(struct document *doc, struct tokens *t, struct words w, int number)
{
    size_t *ends = checked(calloc(w.count + 1, sizeof *ends));
    size_t start = first_free(t, 0);
    size_t k = match_run(t, w, start, ends);
    size_t at = k > 0 ? ends[k - 1] : start;
    char cell[400] = "";
    for (size_t i = 0; i < w.count && strlen(cell) < 300; i++) {
        snprintf(cell + strlen(cell), sizeof cell - strlen(cell), "%s%.90s", i ? " " : "",
                 w.at[i]);
    }
    complain(doc, "%s.words:%d: «%s»: word %zu «%s» is missing%s%s; page %d has «%s» there",
             doc->name, number, cell, k + 1, w.at[k < w.count ? k : w.count - 1],
             k > 0 ? " after " : "", k > 0 ? w.at[k - 1] : "",
             at < t->count ? t->at[at].page : t->pages,
             at < t->count ? t->at[at].text : "nothing");
    free(ends);
}

/* Tokens before `at` on its page and the pages before belong to lines that failed. */
static void leave_behind(struct tokens *t, size_t at)
{
    for (size_t i = 0; i < at; i++)
        t->at[i].stray = t->at[i].stray || !t->at[i].used;
}

/* One line of the words file. False when it was not where it belongs. */
static bool check_line(struct document *doc, struct tokens *t, struct words w, int number)
{
    if (match_line(t, w, first_free(t, 0)))
        return true;
    complain_line(doc, t, w, number);
    size_t end = 0;
    size_t at = find_run(t, w, 0, &end);
    if (at < t->count) {
        leave_behind(t, at);
        use(t, at, end);
    }
    return false;
}

static void check_leftovers(struct document *doc, const struct tokens *t)
{
    for (int page = 1; page <= t->pages; page++) {
        char list[1024] = "";
        size_t count = 0;
        for (size_t i = 0; i < t->count; i++) {
            if (t->at[i].used || t->at[i].page != page)
                continue;
            if (count++ < SHOWN)
                snprintf(list + strlen(list), sizeof list - strlen(list), " %.60s",
                         t->at[i].text);
        }
        if (count > 0)
            complain(doc, "page %d has %zu words more than the document:%s", page, count, list);
    }
}

static void test_words(void **state)
{
    struct document *doc = *state;
    doc->faults = 0;
    struct tokens t = read_pages(doc);
    take_page_numbers(doc, &t);
    each_fact(doc, "table", &t, take_header);
    char path[PATH_SIZE];
    snprintf(path, sizeof path, CASES "/%s.words", doc->name);
    char *text = read_file(path);
    fold(text);
    int number = 0;
    for (char *line = text; line && *line;) {
        char *next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        struct words w = split_words(line);
        number++;
        if (w.count > 0)
            check_line(doc, &t, w, number);
        free(w.at);
        line = next;
    }
    assert_true(number > 0);
    check_leftovers(doc, &t);
    free(text);
    free_tokens(&t);
    assert_int_equal(doc->faults, 0);
}

/* ---- the other promises ---- */

static void expect_pages(struct document *doc, struct fact f, struct tokens *t)
{
    if (t->pages != (int)strtol(f.value, NULL, 10))
        complain(doc, "%d pages, not %s", t->pages, f.value);
}

static void expect_number(struct document *doc, struct fact f, struct tokens *t)
{
    f.from = f.to = 1;
    expect_run(doc, f, t);
}

static void test_pages(void **state)
{
    struct document *doc = *state;
    doc->faults = 0;
    struct tokens t = read_pages(doc);
    assert_int_equal(each_fact(doc, "pages", &t, expect_pages), 1);
    assert_true(each_fact(doc, "table", &t, expect_run) > 0);
    each_fact(doc, "mark", &t, expect_run);
    each_fact(doc, "number", &t, expect_number);
    free_tokens(&t);
    assert_int_equal(doc->faults, 0);
}

/* The program must succeed and print nothing on standard error. */
static void expect_silent(struct document *doc, const char *const argv[])
{
    int status = run(doc, argv);
    char *err = output_of(doc, "stderr");
    if (status != 0 || err[0] != '\0')
        complain(doc, "%s: exit status %d, %s", argv[0], status, err[0] ? err : "no message");
    free(err);
}

static void test_readers_are_silent(void **state)
{
    struct document *doc = *state;
    doc->faults = 0;
    char pdf[PATH_SIZE];
    render(doc);
    pdf_path(doc, pdf);
    expect_silent(doc, (const char *const[]){"qpdf", "--check", pdf, NULL});
    expect_silent(doc, (const char *const[]){"pdfinfo", pdf, NULL});
    expect_silent(doc, (const char *const[]){"pdffonts", pdf, NULL});
    expect_silent(doc, (const char *const[]){"pdftotext", pdf, "-", NULL});
    assert_int_equal(doc->faults, 0);
}

static void test_same_bytes(void **state)
{
    struct document *doc = *state;
    char first[PATH_SIZE];
    char second[PATH_SIZE];
    render(doc);
    pdf_path(doc, first);
    snprintf(second, sizeof second, "%s/second.pdf", doc->dir);
    render_to(doc, second);
    int status = run(doc, (const char *const[]){"cmp", first, second, NULL});
    if (status != 0)
        fail_msg("%s: two runs differ", doc->name);
}

/* ---- the tests are made from the cases that lie there ---- */

static void name_document(struct document *doc, const char *path)
{
    const char *slash = strrchr(path, '/');
    snprintf(doc->name, sizeof doc->name, "%s", slash ? slash + 1 : path);
    char *dot = strrchr(doc->name, '.');
    if (dot)
        *dot = '\0';
    snprintf(doc->dir, sizeof doc->dir, "/tmp/prikaz-documents-XXXXXX");
    checked(mkdtemp(doc->dir));
}

static void remove_folder(const struct document *doc)
{
    char pattern[PATH_SIZE];
    glob_t files;
    snprintf(pattern, sizeof pattern, "%s/*", doc->dir);
    if (glob(pattern, 0, NULL, &files) == 0) {
        for (size_t i = 0; i < files.gl_pathc; i++)
            unlink(files.gl_pathv[i]);
        globfree(&files);
    }
    rmdir(doc->dir);
}

static struct CMUnitTest make_test(const char *what, CMUnitTestFunction f, struct document *doc)
{
    size_t size = strlen(what) + strlen(doc->name) + 3;
    char *name = checked(malloc(size));
    snprintf(name, size, "%s: %s", doc->name, what);
    return (struct CMUnitTest){.name = name, .test_func = f, .initial_state = doc};
}

int main(void)
{
    glob_t cases;
    if (glob(CASES "/*.words", 0, NULL, &cases) != 0) {
        fprintf(stderr, "no cases in " CASES ": run from the top folder\n");
        return 1;
    }
    struct document *docs = checked(calloc(cases.gl_pathc, sizeof *docs));
    struct CMUnitTest *tests = checked(calloc(4 * cases.gl_pathc, sizeof *tests));
    size_t count = 0;
    for (size_t i = 0; i < cases.gl_pathc; i++) {
        name_document(&docs[i], cases.gl_pathv[i]);
        tests[count++] = make_test("every word", test_words, &docs[i]);
        tests[count++] = make_test("pages", test_pages, &docs[i]);
        tests[count++] = make_test("readers are silent", test_readers_are_silent, &docs[i]);
        tests[count++] = make_test("same bytes", test_same_bytes, &docs[i]);
    }
    int failed = _cmocka_run_group_tests("documents", tests, count, NULL, NULL);
    for (size_t i = 0; i < cases.gl_pathc; i++)
        remove_folder(&docs[i]);
    for (size_t i = 0; i < count; i++)
        free((char *)(uintptr_t)tests[i].name);
    free(tests);
    free(docs);
    globfree(&cases);
    return failed;
}
