/* White space and lines in bytes of XML (production S: space, tab, carriage return, line feed). */
#ifndef PRIKAZ_BASE_BLANK_H
#define PRIKAZ_BASE_BLANK_H

#include <stdbool.h>
#include <stddef.h>

static inline bool blank_is(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Are all `n` bytes white space? So are none. */
static inline bool blank_is_all(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!blank_is(s[i]))
            return false;
    return true;
}

/* How many line feeds there are in `n` bytes. */
static inline int blank_count_lines(const char *s, size_t n)
{
    int lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += s[i] == '\n';
    return lines;
}

#endif
