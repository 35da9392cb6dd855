/* Line breaks: tests/cases/text/NAME.breaks, and the borders of the function itself.
 *
 * A case file is a text in which every place where the line may break is marked: «|» freely, «¦»
 * with any penalty, «{150}» with this one, «⏎» (which stands for U+000A) always. All other places
 * must be closed, spaces before a mark belong to the line before. A line «@ ru office» sets the
 * language («-»: none) and whether office rules apply («office», «plain»); «#» opens a comment. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/text.h"

#include <glob.h>
#include <linebreak.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINE_MAX_CHARS = 4096 };

/* A line of a case taken apart: what the breaker gets, and what it must say of each place. */
struct line {
    uint32_t cps[LINE_MAX_CHARS];
    size_t n;
    enum { CLOSED, FREE, PENALTY, EXACT, FORCED } marks[LINE_MAX_CHARS + 1];
    int values[LINE_MAX_CHARS + 1];
};

struct mode {
    char language[16];
    bool office;
};

static void read_line(const char *s, struct line *l)
{
    const char *end = s + strlen(s);
    memset(l, 0, sizeof *l);
    while (s < end) {
        uint32_t c = utf8_next(&s, end);
        assert_true(l->n < LINE_MAX_CHARS);
        if (c == '|') {
            l->marks[l->n] = FREE;
        } else if (c == 0xA6) {
            l->marks[l->n] = PENALTY;
        } else if (c == '{') {
            char *stop;
            l->marks[l->n] = EXACT;
            l->values[l->n] = (int)strtol(s, &stop, 10);
            assert_int_equal(*stop, '}');
            s = stop + 1;
        } else if (c == 0x23CE) {
            l->cps[l->n++] = '\n';
            l->marks[l->n] = FORCED;
        } else {
            l->cps[l->n++] = c;
        }
    }
}

static bool is_as_marked(const struct line *l, size_t i, text_break b)
{
    switch (l->marks[i]) {
    case FREE:
        return b == 0;
    case PENALTY:
        return b > 0 && b <= TEXT_BREAK_WORST;
    case EXACT:
        return b == l->values[i];
    case FORCED:
        return b == TEXT_BREAK_MUST;
    default:
        return b == TEXT_BREAK_NEVER;
    }
}

/* The line as the breaker sees it, in the notation of the cases. */
static void print_line(struct buf *out, const struct line *l, const text_break *breaks)
{
    for (size_t i = 0; i < l->n; i++) {
        if (i > 0 && breaks[i] == 0)
            buf_putc(out, '|');
        else if (i > 0 && breaks[i] > 0 && breaks[i] < TEXT_BREAK_NEVER)
            buf_printf(out, "{%d}", breaks[i]);
        if (l->cps[i] == '\n')
            buf_puts(out, "⏎");
        else
            buf_put_utf8(out, l->cps[i]);
    }
}

static bool check_line(const struct mode *mode, const char *text, struct buf *wrong)
{
    static struct line l;
    static text_break breaks[LINE_MAX_CHARS + 1];
    read_line(text, &l);
    text_find_breaks(l.cps, l.n, *mode->language ? mode->language : NULL, mode->office, breaks);
    bool fine = breaks[0] == TEXT_BREAK_NEVER && breaks[l.n] == TEXT_BREAK_MUST;
    for (size_t i = 1; i < l.n; i++)
        fine = fine && is_as_marked(&l, i, breaks[i]);
    if (!fine) {
        buf_puts(wrong, "    got ");
        print_line(wrong, &l, breaks);
    }
    return fine;
}

static void read_mode(const char *s, struct mode *mode)
{
    char how[16] = "";
    assert_int_equal(sscanf(s, "@ %15s %15s", mode->language, how), 2);
    if (strcmp(mode->language, "-") == 0)
        mode->language[0] = '\0';
    assert_true(strcmp(how, "office") == 0 || strcmp(how, "plain") == 0);
    mode->office = how[0] == 'o';
}

/* Returns how many lines of the file were wrong; adds to `*lines` how many there are. */
static int check_file(const char *name, int *lines)
{
    static char text[LINE_MAX_CHARS * 4];
    struct mode mode = {"ru", true};
    FILE *f = fopen(name, "r");
    assert_non_null(f);
    int number = 0, failures = 0;
    while (fgets(text, sizeof text, f)) {
        struct buf wrong = BUF_EMPTY;
        number++;
        text[strcspn(text, "\n")] = '\0';
        if (*text == '@') {
            read_mode(text, &mode);
        } else if (*text && *text != '#') {
            ++*lines;
            if (!check_line(&mode, text, &wrong)) {
                failures++;
                print_error("%s:%d: %s\n%s\n", name, number, text, buf_str(&wrong));
            }
        }
        buf_free(&wrong);
    }
    fclose(f);
    return failures;
}

static void test_cases_hold(void **state)
{
    (void)state;
    glob_t files;
    assert_int_equal(glob("tests/cases/text/*.breaks", 0, NULL, &files), 0);
    int failures = 0, lines = 0;
    for (size_t i = 0; i < files.gl_pathc; i++)
        failures += check_file(files.gl_pathv[i], &lines);
    globfree(&files);
    assert_true(lines > 100);
    assert_int_equal(failures, 0);
}

/* Runs of letters and plain words are not shown to libunibreak one by one: the answer is what it
 * would have been. */
static void test_shortcuts_change_nothing(void **state)
{
    (void)state;
    static const uint32_t chars[] = {0x430, 0x411,  'a',    'Z',    ' ',  ' ',   ' ',
                                     '1',   '.',    ',',    '-',    '(',  ')',   '/',
                                     0xAB,  0xBB,   0x2116, 0x2013, '%',  0x301, 0x2014,
                                     0xA0,  0x4E00, '"',    0x451,  '\t', ':',   0x5D0};
    uint32_t random = 99, text[60];
    text_break breaks[61];
    char raw[60];
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < 60; i++) {
            random = random * 1664525u + 1013904223u;
            text[i] = chars[(random >> 16) % (sizeof chars / sizeof *chars)];
        }
        const char *language = round % 2 ? "ru" : "en";
        text_find_breaks(text, 60, language, false, breaks);
        set_linebreaks_utf32(text, 60, language, raw);
        for (size_t i = 1; i < 60; i++)
            assert_int_equal(breaks[i] == 0, raw[i - 1] == LINEBREAK_ALLOWBREAK);
    }
}

static void test_empty_text_has_one_break(void **state)
{
    (void)state;
    text_break breaks[1] = {1};
    text_find_breaks(NULL, 0, "ru", true, breaks);
    assert_int_equal(breaks[0], TEXT_BREAK_MUST);
}

static void test_only_some_characters_force_a_line(void **state)
{
    (void)state;
    static const uint32_t forced[] = {'a', '\n', 'b', 0x2028, 'c'};
    static const uint32_t open[] = {'a', '\r', 'b', 0x2029, 'c', 0x85,
                                    'd', 0x0B, 'e', 0x0C,   'f'};
    text_break breaks[12];
    for (int office = 0; office < 2; office++) {
        text_find_breaks(forced, 5, "ru", office, breaks);
        assert_int_equal(breaks[1], TEXT_BREAK_NEVER);
        assert_int_equal(breaks[2], TEXT_BREAK_MUST);
        assert_int_equal(breaks[4], TEXT_BREAK_MUST);
        text_find_breaks(open, 11, "ru", office, breaks);
        for (size_t i = 1; i < 11; i++)
            assert_true(breaks[i] != TEXT_BREAK_MUST);
        assert_int_equal(breaks[2], 0);
    }
}

/* Longer than what is kept on the stack: same answers as in pieces. */
static void test_long_text_is_like_short_ones(void **state)
{
    (void)state;
    static const char sample[] = "от 16 февраля 2021 г. № 5 и И.О. Фамилия, информационно-";
    enum { TIMES = 500, MOST = sizeof sample };
    uint32_t piece[MOST];
    size_t n = 0;
    for (const char *s = sample; s < sample + sizeof sample - 1;)
        piece[n++] = utf8_next(&s, sample + sizeof sample - 1);
    piece[n++] = '\n';
    text_break one[MOST + 1];
    text_find_breaks(piece, n, "ru", true, one);
    uint32_t *all = mem_alloc(n * TIMES * sizeof *all);
    text_break *breaks = mem_alloc((n * TIMES + 1) * sizeof *breaks);
    for (size_t i = 0; i < TIMES; i++)
        memcpy(all + i * n, piece, n * sizeof *piece);
    text_find_breaks(all, n * TIMES, "ru", true, breaks);
    for (size_t i = 0; i < n * TIMES; i++)
        assert_int_equal(breaks[i], i && i % n == 0 ? TEXT_BREAK_MUST : one[i % n]);
    free(all);
    free(breaks);
}

/* Any sequence of characters gets an answer within the limits. */
static void test_any_text_is_answered(void **state)
{
    (void)state;
    static const uint32_t chars[] = {
        ' ',   '.',   ',',      '-',    '/',   ':',   '@',    0x2116, '1',
        '2',   '0',   0x433,    0x418,  0x438, 'I',   'N',    0x2013, 0xAB,
        0xBB,  '(',   ')',      '%',    0xA0,  0xAD,  0xFFFC, '\n',   0x430,
        0x422, 0x301, 0x10FFFF, 0x2212, 0x442, 0x434, 'w',    0,      0xD800};
    uint32_t random = 7, text[40];
    text_break breaks[41];
    for (int round = 0; round < 20000; round++) {
        size_t n = 0;
        random = random * 1664525u + 1013904223u;
        for (size_t length = random >> 27; n < length; n++) {
            random = random * 1664525u + 1013904223u;
            text[n] = chars[(random >> 16) % (sizeof chars / sizeof *chars)];
        }
        text_find_breaks(text, n, round % 3 ? "ru" : NULL, round % 2, breaks);
        for (size_t i = 1; i < n; i++)
            assert_true(breaks[i] == TEXT_BREAK_MUST ||
                        (breaks[i] >= 0 && breaks[i] <= TEXT_BREAK_NEVER));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_hold),
        cmocka_unit_test(test_shortcuts_change_nothing),
        cmocka_unit_test(test_empty_text_has_one_break),
        cmocka_unit_test(test_only_some_characters_force_a_line),
        cmocka_unit_test(test_long_text_is_like_short_ones),
        cmocka_unit_test(test_any_text_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
