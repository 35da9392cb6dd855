/* Memory that is always there: see mem.h. */
#include "base/mem.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Blocks start small, because a one-page order needs little, and double up to a size where
 * malloc maps pages of its own. */
enum { BLOCK_FIRST = 16 * 1024, BLOCK_LARGEST = 1024 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *head;
    size_t total;
};

static size_t limit;             /* 0: no limit */
static _Atomic size_t in_arenas; /* of all threads */

void mem_limit(size_t bytes)
{
    limit = bytes;
#ifndef __SANITIZE_ADDRESS__ /* whose shadow counts as memory of the process */
    const struct rlimit most = {bytes, bytes};
    if (bytes)
        setrlimit(RLIMIT_DATA, &most);
#endif
}

void mem_die(const char *what, const char *file, int line)
{
    fprintf(stderr, "prikaz: internal fault: %s (%s:%d)\n", what, file, line);
    exit(EXIT_SYSTEM);
}

void mem_exhausted(size_t size)
{
    static bool ends; /* what runs at the end may need memory as well */
    if (ends)
        _exit(EXIT_SYSTEM);
    ends = true;
    if (limit)
        fprintf(stderr, "prikaz: the memory limit of %zu MB is reached\n", limit / 1000000);
    else
        fprintf(stderr, "prikaz: out of memory (%zu bytes more were needed)\n", size);
    exit(EXIT_SYSTEM);
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        mem_exhausted(size);
    return p;
}

void mem_trim(void)
{
    malloc_trim(0);
}

void *mem_zalloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p)
        mem_exhausted(size);
    return p;
}

void *mem_realloc(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);
    if (!p)
        mem_exhausted(size);
    return p;
}

char *mem_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    return memcpy(mem_alloc(n), s, n);
}

/* An array begins with this many items, and with more of small ones: those of a paragraph's
 * characters would grow five times before a line is full. */
enum { FIRST_ITEMS = 8, FIRST_BYTES = 256 };

void *vec_grow(void *items, size_t *cap, size_t need, size_t item_size)
{
    size_t n = *cap                                    ? *cap
               : item_size < FIRST_BYTES / FIRST_ITEMS ? FIRST_BYTES / item_size
                                                       : FIRST_ITEMS;
    while (n < need)
        n *= 2;
    if (n > SIZE_MAX / item_size)
        mem_exhausted(SIZE_MAX);
    *cap = n;
    return mem_realloc(items, n * item_size);
}

struct arena *arena_new(void)
{
    return mem_zalloc(sizeof(struct arena));
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    for (struct block *b = a->head, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    in_arenas -= a->total;
    free(a);
}

static struct block *block_new(struct arena *a, size_t need)
{
    size_t size = a->head ? a->head->size * 2 : BLOCK_FIRST;
    if (size > BLOCK_LARGEST)
        size = BLOCK_LARGEST;
    if (size < need)
        size = need;
    if (limit && in_arenas + size > limit)
        mem_exhausted(size);
    struct block *b = mem_alloc(sizeof *b + size);
    b->size = size;
    b->used = 0;
    b->next = a->head;
    a->head = b;
    a->total += size;
    in_arenas += size;
    return b;
}

/* Zeroed when it is handed out, and not when the block is made: the tail of a block that is
 * never used is then never touched. */
void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    REQUIRE(size < SIZE_MAX / 4);
    size = (size + align - 1) & ~(align - 1);
    struct block *b = a->head;
    if (!b || b->size - b->used < size)
        b = block_new(a, size);
    void *p = b->bytes + b->used;
    b->used += size;
    return memset(p, 0, size);
}

void *arena_copy(struct arena *a, const void *src, size_t size)
{
    void *p = arena_alloc(a, size);
    return size ? memcpy(p, src, size) : p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    if (n)
        memcpy(p, s, n);
    return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    REQUIRE(n >= 0);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    va_end(args);
    return p;
}

size_t arena_used(const struct arena *a)
{
    return a->head ? a->total - (a->head->size - a->head->used) : 0;
}
