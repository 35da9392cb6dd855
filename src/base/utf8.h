/* UTF-8 to code points. */
#ifndef PRIKAZ_BASE_UTF8_H
#define PRIKAZ_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Decode the code point at *p, which must be before `end`, and move *p past it. An ill-formed
 * sequence gives U+FFFD and moves by one byte at least. */
static inline uint32_t utf8_next(const char **p, const char *end);
/* The same; the shortest sequences, which most are, are decoded where they are asked for. */
uint32_t utf8_next_any(const char **p, const char *end);

static inline uint32_t utf8_next(const char **p, const char *end)
{
    const unsigned char *s = (const unsigned char *)*p;
    if (s[0] < 0x80) {
        *p += 1;
        return s[0];
    }
    if (s[0] >= 0xC2 && s[0] < 0xE0 && end - *p > 1 && (s[1] & 0xC0) == 0x80) {
        *p += 2;
        return (s[0] & 0x1FU) << 6 | (s[1] & 0x3FU);
    }
    return utf8_next_any(p, end);
}

#endif
