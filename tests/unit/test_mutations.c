/* Documents spoilt at random: each is rendered or refused with a message that names file and line;
 * none crashes, takes over five seconds or leaves a temporary file.
 *
 * MUTATIONS copies of every document of input/ (1,000 of each by `make mutate`, a few by make
 * check) are changed in the document or in one of its parts, by one to three of the changes below,
 * most of which leave XML well-formed so that later stages see something as well. Copy n of a
 * document is the same in every run; what is wrong is kept under .build/mutations/. */
#include "base/file.h"
#include "base/mem.h"
#include "unit/folder.h"
#include "unit/run.h"

#include <dirent.h>
#include <ftw.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    MUTATIONS = 3,
    SECONDS = 5,
    SANITIZED_SECONDS = 30,
    PATIENCE = 200,
    KILLED_FOR_TIME = 128 + SIGXCPU,
    MOST_FILES = 40,
    MOST_REPEATS = 30
};

static char program[PATH_MAX];
static int mutations = MUTATIONS, seconds = SANITIZED_SECONDS;
static uint64_t seed;

/* xorshift64 */
static size_t pick(size_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return n ? (size_t)(seed % n) : 0;
}

/* ---- changes */

static void replace(struct buf *b, size_t at, size_t cut, const char *bytes, size_t n)
{
    struct buf out = BUF_EMPTY;
    buf_put(&out, b->bytes, at);
    buf_put(&out, bytes, n);
    buf_put(&out, b->bytes + at + cut, b->len - at - cut);
    buf_free(b);
    *b = out;
}

/* A place where `c` stands, from a random one on; SIZE_MAX when there is none. */
static size_t find(struct buf *b, char c)
{
    size_t start = pick(b->len);
    const char *s = memchr(b->bytes + start, c, b->len - start);
    return s ? (size_t)(s - b->bytes) : SIZE_MAX;
}

struct range {
    size_t from, to;
};

/* Some element, from its «<» past its end tag; empty when none was hit. */
static struct range find_element(struct buf *b)
{
    size_t at = find(b, '<'), n = 0;
    if (at == SIZE_MAX || at + 1 == b->len || strchr("/!?", b->bytes[at + 1]))
        return (struct range){0, 0};
    int depth = 0;
    for (size_t i = at; i < b->len; i++) {
        if (b->bytes[i] != '<')
            continue;
        const char *end = memchr(b->bytes + i, '>', b->len - i);
        if (!end)
            break;
        n = (size_t)(end - b->bytes) + 1;
        if (b->bytes[i + 1] == '/')
            depth--;
        else if (!strchr("!?", b->bytes[i + 1]) && end[-1] != '/')
            depth++;
        if (depth == 0)
            return (struct range){at, n};
        i = n - 1;
    }
    return (struct range){0, 0};
}

static void drop_element(struct buf *b)
{
    struct range e = find_element(b);
    replace(b, e.from, e.to - e.from, "", 0);
}

static void repeat_element(struct buf *b)
{
    struct range e = find_element(b);
    char *copy = mem_strdup(buf_str(b));
    for (size_t i = 1 + pick(MOST_REPEATS); i; i--)
        replace(b, e.to, 0, copy + e.from, e.to - e.from);
    free(copy);
}

/* Put a copy of one element before another, or into it. */
static void plant_element(struct buf *b)
{
    struct range e = find_element(b);
    char *copy = mem_strdup(buf_str(b));
    size_t at = find(b, pick(2) ? '<' : '>');
    if (at != SIZE_MAX)
        replace(b, at + (b->bytes[at] == '>'), 0, copy + e.from, e.to - e.from);
    free(copy);
}

static const char *const hostile[] = {
    "",
    "0",
    "-1",
    "99999999999999999999",
    "1.1.1.1.1.1",
    "31.02.2021",
    "yes",
    "landscape",
    "приложение",
    "\"",
    "&lt;",
    "&nothing;",
    "\xE2\x80\x8B\xC2\xAD",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
    "\xF0\x9F\x98\x80",
    "e\xCC\x81\xCC\x81\xCC\x81",
    "\xEF\xBF\xBD",
    "\xFF\xFE",
    "\x01",
    "../../../etc/passwd",
    "http://localhost/a.xml",
    "<br/>",
    "<p>текст</p>",
    "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"none.xml\"/>",
    "<ref to=\"nowhere\"/>",
    "<table><column width=\"0mm\"/><row><cell columns=\"10000\">а</cell></row></table>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
};

/* A hostile word, or one of four thousand letters without a place to break. */
static void put_hostile(struct buf *out)
{
    size_t n = sizeof hostile / sizeof *hostile, i = pick(n + 1);
    if (i < n)
        buf_puts(out, hostile[i]);
    for (int k = 0; i == n && k < 4000; k++)
        buf_puts(out, "щ");
}

static void change_attribute(struct buf *b)
{
    struct buf word = BUF_EMPTY;
    size_t at = find(b, '=');
    const char *start = at == SIZE_MAX ? NULL : strchr(b->bytes + at, '"');
    const char *end = start ? strchr(start + 1, '"') : NULL;
    put_hostile(&word);
    if (end)
        replace(b, (size_t)(start + 1 - b->bytes), (size_t)(end - start - 1), buf_str(&word),
                word.len);
    buf_free(&word);
}

static void change_text(struct buf *b)
{
    struct buf word = BUF_EMPTY;
    size_t at = find(b, '>');
    put_hostile(&word);
    if (at != SIZE_MAX)
        replace(b, at + 1, 0, buf_str(&word), word.len);
    buf_free(&word);
}

static void change_byte(struct buf *b)
{
    b->bytes[pick(b->len)] = (char)pick(256);
}

static void cut_piece(struct buf *b)
{
    size_t at = pick(b->len), n = pick(200);
    replace(b, at, n < b->len - at ? n : b->len - at, "", 0);
}

static void cut_end(struct buf *b)
{
    b->len = 1 + pick(b->len);
    b->bytes[b->len] = '\0';
}

static void mutate(struct buf *b)
{
    static void (*const changes[])(struct buf *) = {
        drop_element,     drop_element, repeat_element, plant_element, change_attribute,
        change_attribute, change_text,  change_text,    change_byte,   cut_piece,
    };
    for (size_t i = 1 + pick(3); i && b->len; i--) {
        size_t kind = pick(sizeof changes / sizeof *changes * 4 + 1);
        if (kind)
            changes[(kind - 1) / 4](b);
        else
            cut_end(b);
    }
}

/* ---- documents */

struct document {
    const char *name;
    char files[MOST_FILES][PATH_MAX]; /* the document and its parts */
    struct buf bytes[MOST_FILES];
    size_t len;
};

static struct document document;

static int add_part(const char *path, const struct stat *st, int type)
{
    (void)st;
    size_t n = strlen(path);
    if (type == FTW_F && n > 4 && strcmp(path + n - 4, ".xml") == 0 &&
        document.len < MOST_FILES && !strstr(path, "execution"))
        snprintf(document.files[document.len++], PATH_MAX, "%s", path);
    return 0;
}

static int compare_parts(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Copy the document and its folder here; remember what may be mutated. */
static void open_document(const char *name)
{
    struct buf command = BUF_EMPTY, path = BUF_EMPTY;
    document.name = name;
    document.len = 0;
    buf_printf(&command, "cp -r '%s/input' .", folder_of_project());
    assert_int_equal(system(buf_str(&command)), 0);
    buf_printf(&path, "input/%s.xml", name);
    add_part(buf_str(&path), NULL, FTW_F);
    buf_clear(&path);
    buf_printf(&path, "input/%s", name);
    if (access(buf_str(&path), F_OK) == 0)
        ftw(buf_str(&path), add_part, 8);
    qsort(document.files + 1, document.len - 1, PATH_MAX, compare_parts);
    for (size_t i = 0; i < document.len; i++)
        assert_int_equal(file_read(document.files[i], &document.bytes[i]), 0);
    buf_free(&command);
    buf_free(&path);
}

static void close_document(void)
{
    for (size_t i = 0; i < document.len; i++)
        buf_free(&document.bytes[i]);
}

/* Does a message say «….xml:12: »? */
static bool names_a_line(const char *said)
{
    for (const char *s = said; (s = strstr(s, ".xml:")); s++)
        if (s[5] >= '1' && s[5] <= '9')
            return true;
    return false;
}

static bool is_pdf(const char *path)
{
    struct buf b = BUF_EMPTY;
    bool good = file_read(path, &b) == 0 && b.len > 20 && memcmp(b.bytes, "%PDF-", 5) == 0 &&
                strstr(buf_str(&b) + b.len - 8, "%%EOF");
    buf_free(&b);
    return good;
}

static int count_temporary(void)
{
    int count = 0;
    DIR *dir = opendir(".");
    for (struct dirent *e; dir && (e = readdir(dir));)
        count += strncmp(e->d_name, ".prikaz", 7) == 0;
    if (dir)
        closedir(dir);
    return count;
}

static const char *judge(struct run *run)
{
    if (run->timed_out || run->status == KILLED_FOR_TIME)
        return "it takes too long";
    if (count_temporary())
        return "a temporary file is left";
    if (run->status == 0)
        return is_pdf("out.pdf") ? NULL : "there is no PDF";
    if (run->status != 1)
        return "a status that documents cannot cause";
    if (access("out.pdf", F_OK) == 0)
        return "a PDF in spite of errors";
    return names_a_line(buf_str(&run->err)) ? NULL : "no message names a line";
}

/* Keep what was wrong, to be looked at. */
static void keep(const char *file, struct buf *spoilt, int number)
{
    struct buf path = BUF_EMPTY;
    const char *slash = strrchr(file, '/');
    buf_printf(&path, "%s/.build/mutations/%s-%d-%s", folder_of_project(), document.name,
               number, slash + 1);
    folder_write_bytes(buf_str(&path), buf_str(spoilt), spoilt->len);
    buf_free(&path);
}

static bool try_one(int number)
{
    seed = (uint64_t)number * UINT64_C(0x9E3779B97F4A7C15) + 1;
    pick(1);
    size_t which = pick(2) ? 0 : pick(document.len);
    struct buf spoilt = BUF_EMPTY;
    buf_put(&spoilt, document.bytes[which].bytes, document.bytes[which].len);
    mutate(&spoilt);
    folder_write_bytes(document.files[which], buf_str(&spoilt), spoilt.len);
    unlink("out.pdf");
    /* The program's own time: the machine may be busy with other things. */
    char limit[32];
    snprintf(limit, sizeof limit, "--cpu=%d", seconds);
    const char *const argv[] = {"prlimit",         limit, program,   "render",
                                document.files[0], "-o",  "out.pdf", NULL};
    struct run run;
    assert_true(run_program(argv, "en", PATIENCE, &run));
    const char *wrong = judge(&run);
    if (wrong) {
        print_error("%s, copy %d (%s): %s: status %d: %s\n", document.name, number,
                    document.files[which], wrong, run.status, buf_str(&run.err));
        keep(document.files[which], &spoilt, number);
    }
    folder_write_bytes(document.files[which], document.bytes[which].bytes,
                       document.bytes[which].len);
    buf_free(&spoilt);
    run_free(&run);
    return !wrong;
}

static void is_rendered_or_refused(void **state)
{
    int wrong = 0;
    open_document(*state);
    for (int i = 1; i <= mutations; i++)
        wrong += !try_one(i);
    close_document();
    assert_int_equal(wrong, 0);
}

static int enter(void **state)
{
    const char *asked = getenv("MUTATIONS");
    if (asked) {
        mutations = atoi(asked);
        seconds = SECONDS;
    }
    if (!realpath(run_program_path(), program))
        return -1;
    return folder_enter(state);
}

int main(void)
{
#define DOCUMENT(name)                                                                         \
    {                                                                                          \
        (name), is_rendered_or_refused, NULL, NULL, (void *)(uintptr_t)(name)                  \
    }
    const struct CMUnitTest tests[] = {
        DOCUMENT("pochep-roadmap"), DOCUMENT("shebalino-310"), DOCUMENT("shilovo-roadmap"),
        DOCUMENT("talitsa-1602-1"), DOCUMENT("tuapse-54"),
    };
    return cmocka_run_group_tests(tests, enter, folder_leave);
}
