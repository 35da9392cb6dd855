/* Memory that is always there: allocation ends the program instead of failing, and arenas
 * are freed whole. */
#ifndef PRIKAZ_BASE_MEM_H
#define PRIKAZ_BASE_MEM_H

#include <stddef.h>
#include <stdbool.h>

/* Exit status of a system failure: memory, files, broken invariants. */
#define EXIT_SYSTEM 3

/* Allocate; never return NULL. The caller frees with free(). */
void *mem_alloc(size_t size);
void *mem_zalloc(size_t size);
void *mem_realloc(void *old, size_t size);
char *mem_strdup(const char *s);

/* End the program: `what` broke at file:line. Use through the macro. */
_Noreturn void mem_die(const char *what, const char *file, int line);

/* End the program: `size` bytes are not to be had. */
_Noreturn void mem_exhausted(size_t size);

/* Give memory that has been freed back to the system, as far as whole pages of it are free. Takes a
 * walk over all free pieces: for after many megabytes. */
void mem_trim(void);

/* An invariant that only a fault of ours can break. */
#define REQUIRE(cond) ((cond) ? (void)0 : mem_die(#cond, __FILE__, __LINE__))

/* Refuse to let the process take more than `bytes` (0: no limit; what was set cannot be taken back);
 * passing it ends the program with status 3 and a sentence that names the limit. */
void mem_limit(size_t bytes);

/* A bump allocator: everything in it is freed at once. */
struct arena;

struct arena *arena_new(void);
/* Free the arena and all that was taken from it; NULL is allowed. */
void arena_free(struct arena *a);
/* Take `size` zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);
/* Take `size` bytes with the content of `src`. */
void *arena_copy(struct arena *a, const void *src, size_t size);
/* Copy `n` bytes of text and end them with a NUL. */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_strdup(struct arena *a, const char *s);
__attribute__((format(printf, 2, 3))) char *arena_printf(struct arena *a, const char *fmt, ...);
/* Bytes taken from the system so far, without those that are still to be handed out. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type)        ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, num) ((type *)arena_alloc((a), sizeof(type) * (size_t)(num)))

/* Make room in a malloc'ed array for `need` items: doubles `*cap`, keeps what was there. */
void *vec_grow(void *items, size_t *cap, size_t need, size_t item_size);

/* Append `item` to the array `v->items` with `v->len` and `v->cap` (both size_t). */
#define VEC_PUSH(v, item)                                                                      \
    do {                                                                                       \
        if ((v)->len == (v)->cap)                                                              \
            (v)->items = vec_grow((v)->items, &(v)->cap, (v)->len + 1, sizeof *(v)->items);    \
        (v)->items[(v)->len++] = (item);                                                       \
    } while (0)

#endif
