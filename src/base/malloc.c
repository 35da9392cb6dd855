/* malloc for the whole program, libraries included: it does not fail.
 *
 * Why. mem_alloc ends the program when there is no memory, but libraries call malloc themselves,
 * and not all look at the result: with each call failing in turn, fontconfig and libxml2 wrote
 * through NULL, and HarfBuzz went on with fonts and glyphs missing, so that a PDF was written that
 * was not the document's. A program that ends with a sentence and leaves the old file is better.
 *
 * Method. A malloc defined in the program comes before the C library's for everything that is
 * loaded. It hands on to glibc's own by the name that this has for that purpose. Only requests
 * below LARGE must not fail: what asks for more (a picture, a table of a font) may have been misled
 * by a damaged file, looks at the result, and its fault belongs to the file. Sanitizers have a
 * malloc of their own, which is left alone. */
#include "base/mem.h"

#include <stdlib.h>

#ifndef __SANITIZE_ADDRESS__

enum { LARGE = 64 * 1024 * 1024 };

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

static void *check(void *p, size_t size)
{
    if (!p && size < LARGE)
        mem_exhausted(size);
    return p;
}

void *malloc(size_t size)
{
    return check(__libc_malloc(size), size);
}

void *calloc(size_t n, size_t size)
{
    return check(__libc_calloc(n, size), size < LARGE && n < LARGE ? n * size : LARGE);
}

void *realloc(void *old, size_t size)
{
    /* A size of 0 frees, and NULL is then no failure. */
    return check(__libc_realloc(old, size), size ? size : LARGE);
}

#endif
