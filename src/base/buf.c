/* A growable run of bytes: see buf.h. */
#include "base/buf.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_reserve(struct buf *b, size_t more)
{
    if (!b->bytes || b->cap - b->len <= more)
        b->bytes = vec_grow(b->bytes, &b->cap, b->len + more + 1, 1);
}

void buf_free(struct buf *b)
{
    free(b->bytes);
    *b = (struct buf)BUF_EMPTY;
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->bytes)
        b->bytes[0] = '\0';
}

/* The decimal digits of `u`, which end before `end`; returns where they begin. */
static char *digits_before(char *end, uint64_t u)
{
    while (u >= 10) {
        *--end = (char)('0' + u % 10);
        u /= 10;
    }
    *--end = (char)('0' + u);
    return end;
}

void buf_putd(struct buf *b, int64_t n)
{
    char digits[24], *end = digits + sizeof digits;
    char *p = digits_before(end, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
    if (n < 0)
        *--p = '-';
    buf_put(b, p, (size_t)(end - p));
}

void buf_put_milli(struct buf *b, int64_t mpt)
{
    uint64_t u = mpt < 0 ? 0 - (uint64_t)mpt : (uint64_t)mpt;
    unsigned rest = (unsigned)(u % 1000);
    char text[32], *point = text + sizeof text - 4, *end = point;
    char *p = digits_before(point, u / 1000);
    if (mpt < 0)
        *--p = '-';
    if (rest) {
        point[0] = '.';
        point[1] = (char)('0' + rest / 100);
        point[2] = (char)('0' + rest / 10 % 10);
        point[3] = (char)('0' + rest % 10);
        for (end += 4; end[-1] == '0';)
            end--;
    }
    buf_put(b, p, (size_t)(end - p));
}

void buf_put_utf8(struct buf *b, uint32_t cp)
{
    char s[4];
    size_t n = 0;
    if (cp < 0x80) {
        s[n++] = (char)cp;
    } else if (cp < 0x800) {
        s[n++] = (char)(0xC0 | cp >> 6);
        s[n++] = (char)(0x80 | (cp & 0x3F));
    } else if (cp < 0x10000) {
        s[n++] = (char)(0xE0 | cp >> 12);
        s[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
        s[n++] = (char)(0x80 | (cp & 0x3F));
    } else {
        s[n++] = (char)(0xF0 | cp >> 18);
        s[n++] = (char)(0x80 | (cp >> 12 & 0x3F));
        s[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
        s[n++] = (char)(0x80 | (cp & 0x3F));
    }
    buf_put(b, s, n);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    REQUIRE(n >= 0);
    buf_reserve(b, (size_t)n);
    vsnprintf(b->bytes + b->len, (size_t)n + 1, fmt, again);
    b->len += (size_t)n;
    va_end(again);
    va_end(args);
}

const char *buf_str(struct buf *b)
{
    if (!b->bytes) {
        buf_reserve(b, 0);
        b->bytes[b->len] = '\0';
    }
    return b->bytes;
}

void buf_put_json(struct buf *b, const char *s)
{
    if (!s) {
        buf_puts(b, "null");
        return;
    }
    buf_putc(b, '"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            buf_printf(b, "\\%c", c);
        else if (c < 0x20)
            buf_printf(b, "\\u%04x", c);
        else
            buf_putc(b, (char)c);
    }
    buf_putc(b, '"');
}

static bool put_bytes(void *self, const void *bytes, size_t n)
{
    buf_put(self, bytes, n);
    return true;
}

struct sink buf_sink(struct buf *b)
{
    return (struct sink){put_bytes, b};
}
