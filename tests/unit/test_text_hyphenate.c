/* Hyphens: tests/cases/text/NAME.hyphens, and pattern files of other shapes than Debian's.
 *
 * A case file lists words with «=» at each place where a hyphen may stand; a line «@ ru 2 3» sets
 * the language and the least number of letters before and after; «#» opens a comment. */
#include "base/buf.h"
#include "base/utf8.h"
#include "text/face.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORD_MAX = 300 };

static size_t decode(const char *s, uint32_t *cps, bool *points)
{
    const char *end = s + strlen(s);
    size_t n = 0;
    memset(points, 0, WORD_MAX * sizeof *points);
    while (s < end && n < WORD_MAX) {
        uint32_t c = utf8_next(&s, end);
        if (c == '=')
            points[n] = true;
        else
            cps[n++] = c;
    }
    return n;
}

/* The word with its hyphens as found, to be freed by the caller. */
static struct buf spell(const struct text_hyphenator *h, const char *marked, size_t remain,
                        size_t push)
{
    uint32_t cps[WORD_MAX] = {0};
    bool expected[WORD_MAX], points[WORD_MAX];
    size_t n = decode(marked, cps, expected);
    size_t count = text_hyphenate(h, cps, n, remain, push, points);
    struct buf b = BUF_EMPTY;
    for (size_t i = 0; i < n; i++) {
        if (points[i])
            buf_putc(&b, '=');
        count -= points[i];
        buf_put_utf8(&b, cps[i]);
    }
    assert_int_equal(count, 0);
    return b;
}

struct mode {
    const struct text_hyphenator *h;
    unsigned remain, push;
};

static bool check_word(const struct mode *mode, const char *word, const char *where, int line)
{
    struct buf b = spell(mode->h, word, mode->remain, mode->push);
    bool fine = strcmp(buf_str(&b), word) == 0;
    if (!fine)
        print_error("%s:%d: %s, got %s\n", where, line, word, buf_str(&b));
    buf_free(&b);
    return fine;
}

static int check_file(struct text_fonts *fonts, const char *name, int *words)
{
    char text[1024], language[16];
    struct mode mode = {NULL, 2, 2};
    FILE *f = fopen(name, "r");
    assert_non_null(f);
    int failures = 0;
    for (int line = 1; fgets(text, sizeof text, f); line++) {
        text[strcspn(text, "\n")] = '\0';
        if (*text == '@') {
            assert_int_equal(sscanf(text, "@ %15s %u %u", language, &mode.remain, &mode.push),
                             3);
            mode.h = text_find_hyphenator(fonts, language);
            assert_non_null(mode.h);
        } else if (*text && *text != '#') {
            ++*words;
            failures += !check_word(&mode, text, name, line);
        }
    }
    fclose(f);
    return failures;
}

static void test_cases_hold(void **state)
{
    glob_t files;
    assert_int_equal(glob("tests/cases/text/*.hyphens", 0, NULL, &files), 0);
    int failures = 0, words = 0;
    for (size_t i = 0; i < files.gl_pathc; i++)
        failures += check_file(*state, files.gl_pathv[i], &words);
    globfree(&files);
    assert_true(words > 30);
    assert_int_equal(failures, 0);
}

static void test_languages_are_found(void **state)
{
    const struct text_hyphenator *ru = text_find_hyphenator(*state, "ru");
    assert_non_null(ru);
    assert_ptr_equal(ru, text_find_hyphenator(*state, "ru"));
    assert_non_null(text_find_hyphenator(*state, "ru-RU"));
    assert_null(text_find_hyphenator(*state, NULL));
    assert_null(text_find_hyphenator(*state, ""));
    assert_null(text_find_hyphenator(*state, "tlh"));
    assert_null(text_find_hyphenator(*state, "../ru"));
    assert_null(text_find_hyphenator(*state, "a-very-long-language-tag"));
}

/* A file of patterns in memory, as a path. */
static void make_path(char *path, size_t size, const char *bytes, size_t n, int *fd)
{
    *fd = memfd_create("patterns", 0);
    assert_true(*fd >= 0);
    assert_int_equal(write(*fd, bytes, n), (ssize_t)n);
    snprintf(path, size, "/proc/self/fd/%d", *fd);
}

static struct text_hyphenator *load(const char *bytes, const char *language)
{
    char path[64];
    int fd;
    make_path(path, sizeof path, bytes, strlen(bytes), &fd);
    struct text_hyphenator *h = text_load_hyphenator(path, language);
    close(fd);
    return h;
}

static void check_spelling(const char *patterns, const char *language, const char *expected)
{
    struct text_hyphenator *h = load(patterns, language);
    assert_non_null(h);
    struct buf b = spell(h, expected, 1, 1);
    assert_string_equal(buf_str(&b), expected);
    buf_free(&b);
    text_free_hyphenator(h);
}

static void test_greatest_digit_counts(void **state)
{
    (void)state;
    check_spelling("UTF-8\nb1c\nabc2d\na1bcd\n", "en", "a=b=cd");
    check_spelling("UTF-8\nb1c\nab2cd\na1bcd\n", "en", "a=bcd");
    check_spelling("UTF-8\n.ab3c\nab2c\nx1y\n", "en", "ab=cabcx=y");
    check_spelling("UTF-8\n1d.\n", "en", "adda=d");
}

static void test_keywords_and_odd_lines_are_no_patterns(void **state)
{
    (void)state;
    check_spelling("UTF-8\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 3\nNEXTLEVEL\n% b1c\n1b\n1c\n", "en",
                   "a=b=cx");
    check_spelling("UTF-8\r\na1b\r\n\r\nc1d/c=d,1,2\r\n", "en", "a=bcd");
    check_spelling("ISO8859-1\na1\xE9\n", "fr", "a=é");
}

static void test_files_that_are_none(void **state)
{
    (void)state;
    assert_null(load("", "ru"));
    assert_null(load("a1b\n", "ru"));
    assert_null(load("microsoft-cp1251\na1b\n", "ru"));
    assert_null(text_load_hyphenator("/nonexistent/hyph.dic", "ru"));
    assert_null(text_load_hyphenator("/", "ru"));
}

/* Noise for patterns: whatever is read, hyphenation stays within the word. */
static void test_noise_is_survived(void **state)
{
    (void)state;
    uint32_t random = 1, cps[WORD_MAX];
    bool points[WORD_MAX];
    char bytes[4096] = "KOI8-R\n";
    for (int round = 0; round < 50; round++) {
        for (size_t i = 7; i < sizeof bytes; i++) {
            random = random * 1664525u + 1013904223u;
            bytes[i] = (char)(random >> 24);
        }
        char path[64];
        int fd;
        make_path(path, sizeof path, bytes, sizeof bytes, &fd);
        struct text_hyphenator *h = text_load_hyphenator(path, "ru");
        assert_non_null(h);
        for (size_t i = 0; i < WORD_MAX; i++) {
            random = random * 1664525u + 1013904223u;
            cps[i] = 0x430 + (random >> 16) % 32;
        }
        for (size_t n = 0; n < WORD_MAX; n += 7)
            text_hyphenate(h, cps, n, n % 5, n % 4, points);
        text_free_hyphenator(h);
        close(fd);
    }
}

static int set_up(void **state)
{
    *state = text_new_fonts();
    return 0;
}

static int tear_down(void **state)
{
    text_free_fonts(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_hold),
        cmocka_unit_test(test_languages_are_found),
        cmocka_unit_test(test_greatest_digit_counts),
        cmocka_unit_test(test_keywords_and_odd_lines_are_no_patterns),
        cmocka_unit_test(test_files_that_are_none),
        cmocka_unit_test(test_noise_is_survived),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
