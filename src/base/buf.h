/* A growable run of bytes. */
#ifndef PRIKAZ_BASE_BUF_H
#define PRIKAZ_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Start with BUF_EMPTY; `bytes` is always ended by a NUL that `len` does not count. */
struct buf {
    char *bytes;
    size_t len, cap;
};

#define BUF_EMPTY                                                                              \
    {                                                                                          \
        NULL, 0, 0                                                                             \
    }

void buf_free(struct buf *b);
void buf_clear(struct buf *b);
/* Room for `more` bytes and a NUL after what is there. */
void buf_reserve(struct buf *b, size_t more);
/* These three stand here because pages are written by them piece by piece. */
static inline void buf_put(struct buf *b, const void *bytes, size_t n)
{
    if (b->cap - b->len <= n)
        buf_reserve(b, n);
    if (n)
        memcpy(b->bytes + b->len, bytes, n);
    b->len += n;
    b->bytes[b->len] = '\0';
}

static inline void buf_puts(struct buf *b, const char *s)
{
    buf_put(b, s, strlen(s));
}

static inline void buf_putc(struct buf *b, char c)
{
    if (b->cap - b->len <= 1)
        buf_reserve(b, 1);
    b->bytes[b->len++] = c;
    b->bytes[b->len] = '\0';
}

/* A decimal integer, several times faster than printf. */
void buf_putd(struct buf *b, int64_t n);
/* A length of `mpt` thousandths as a decimal with at most three places, no trailing zeros:
 * 12500 is «12.5». The decimal sign is a full stop in every locale. */
void buf_put_milli(struct buf *b, int64_t mpt);
/* A JSON string (RFC 8259, 7) in quotation marks; null for NULL. */
void buf_put_json(struct buf *b, const char *s);
/* One code point as UTF-8. */
void buf_put_utf8(struct buf *b, uint32_t cp);
__attribute__((format(printf, 2, 3))) void buf_printf(struct buf *b, const char *fmt, ...);
/* The text, never NULL; valid until the buffer is next changed. */
const char *buf_str(struct buf *b);

/* Who takes bytes as they are made. `put` returns false when it cannot and has said so; nothing more
 * is wanted then. */
struct sink {
    bool (*put)(void *self, const void *bytes, size_t n);
    void *self;
};
/* One that appends them to a buffer. */
struct sink buf_sink(struct buf *b);

#endif
