/* Memory for libraries that ask for a million small pieces: malloc's interface, several times
 * faster. Pieces may be freed by another thread than the one that took them only when that has
 * ended. */
#ifndef PRIKAZ_BASE_POOL_H
#define PRIKAZ_BASE_POOL_H

#include <stddef.h>

/* As malloc, realloc, strdup and free; pieces are aligned for pointers and 64-bit integers.
 * Where the system has no more memory they end the program: libxml2 and libxslt do not look at every
 * result. What one of the first three gave, only pool_free and
 * pool_realloc take. */
void *pool_alloc(size_t size);
void *pool_realloc(void *p, size_t size);
char *pool_strdup(const char *s);
void pool_free(void *p);
/* Give back to the system what is wholly free. */
void pool_trim(void);
/* Bytes of small pieces, given out or free, taken from the system so far. */
size_t pool_size(void);

#endif
