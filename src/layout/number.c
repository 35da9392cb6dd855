/* Page numbers as text: the formats of XSLT 1.0, 7.7.1, and Cyrillic letters. */
#include "layout/run.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static void put_roman(struct buf *b, int32_t n, bool upper)
{
    static const struct {
        int32_t value;
        const char *lower, *capital;
    } digits[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
                  {100, "c", "C"},  {90, "xc", "XC"},  {50, "l", "L"},  {40, "xl", "XL"},
                  {10, "x", "X"},   {9, "ix", "IX"},   {5, "v", "V"},   {4, "iv", "IV"},
                  {1, "i", "I"}};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        for (; n >= digits[i].value; n -= digits[i].value)
            buf_puts(b, upper ? digits[i].capital : digits[i].lower);
}

/* a, b, ... z, aa, ab, ...: letters of an alphabet as a number without zero. */
static void put_letters(struct buf *b, int32_t n, const uint32_t *alphabet, int32_t size)
{
    uint32_t letters[16];
    int count = 0;
    for (; n > 0 && count < 16; n = (n - 1) / size)
        letters[count++] = alphabet[(n - 1) % size];
    while (count > 0)
        buf_put_utf8(b, letters[--count]);
}

/* Russian lists leave out ё, з, й, о, ч, ъ, ы, ь (ГОСТ Р 2.105, 4.1.7). */
static void put_cyrillic(struct buf *b, int32_t n, bool upper)
{
    static const uint32_t lower[] = {0x430, 0x431, 0x432, 0x433, 0x434, 0x435, 0x436,
                                     0x438, 0x43A, 0x43B, 0x43C, 0x43D, 0x43F, 0x440,
                                     0x441, 0x442, 0x443, 0x444, 0x445, 0x446, 0x448,
                                     0x449, 0x44D, 0x44E, 0x44F};
    enum { SIZE = sizeof lower / sizeof *lower };
    uint32_t alphabet[SIZE];
    for (int i = 0; i < SIZE; i++)
        alphabet[i] = upper ? lower[i] - 0x20 : lower[i];
    put_letters(b, n, alphabet, SIZE);
}

static void put_latin(struct buf *b, int32_t n, uint32_t first)
{
    uint32_t alphabet[26];
    for (uint32_t i = 0; i < 26; i++)
        alphabet[i] = first + i;
    put_letters(b, n, alphabet, 26);
}

static void put_digits(struct buf *b, int32_t n, size_t least)
{
    struct buf digits = BUF_EMPTY;
    buf_putd(&digits, n);
    for (size_t i = digits.len; i < least; i++)
        buf_putc(b, '0');
    buf_puts(b, buf_str(&digits));
    buf_free(&digits);
}

static bool is_alnum(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
           (cp >= 0x400 && cp < 0x530);
}

static void put_number(struct buf *b, int32_t n, uint32_t token, size_t len)
{
    if (n <= 0)
        put_digits(b, n, 1);
    else if (token == 'i' || token == 'I')
        put_roman(b, n, token == 'I');
    else if (token == 'a' || token == 'A')
        put_latin(b, n, token);
    else if (token == 0x430 || token == 0x410)
        put_cyrillic(b, n, token == 0x410);
    else
        put_digits(b, n, len);
}

const char *number_format(struct arena *a, int32_t n, const char *format)
{
    struct buf b = BUF_EMPTY;
    const char *s = format, *end = s + strlen(s);
    bool done = false;
    while (s < end) {
        const char *at = s;
        uint32_t cp = utf8_next(&s, end);
        if (!is_alnum(cp) || done) {
            buf_put(&b, at, (size_t)(s - at));
            continue;
        }
        size_t len = 1;
        while (s < end) {
            const char *next = s;
            if (!is_alnum(utf8_next(&next, end)))
                break;
            s = next;
            len++;
        }
        put_number(&b, n, cp, len);
        done = true;
    }
    if (!done)
        put_digits(&b, n, 1);
    const char *text = arena_strdup(a, buf_str(&b));
    buf_free(&b);
    return text;
}
