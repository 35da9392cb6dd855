/* Small pieces of memory from lists by size: see pool.h.
 *
 * Why. Compiling and applying a stylesheet takes 200,000 pieces of some 40 bytes; malloc and free
 * were a sixth of a run. They keep chunks in order, join neighbours and look at locks; here a
 * piece that is freed is the next one of its size that is given out, and nothing is joined.
 *
 * Method. A piece has its size class in the eight bytes before it. Classes are 16 bytes apart up
 * to SMALL; each has a list of free pieces. New ones are cut from slabs that are mapped with
 * their pages (one request for 64 pages costs two thirds of 64 page faults) and lie at multiples
 * of their size, so that a piece finds the count of those in use in its slab. Larger pieces are
 * malloc's. Slabs are given back by pool_trim only, which takes their pieces out of the lists:
 * after a tree of many megabytes has been freed that is worth a walk over what is free.
 *
 * Rejected: another malloc for the whole program (a library more, and page faults of its own
 * for the many sizes a short run uses once); an arena (stylesheets free nine pieces in ten while
 * they run, so that a long document would need five times the memory). */
#include "base/pool.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { STEP = 16, SMALL = 1024, CLASSES = SMALL / STEP + 1, SLAB = 256 * 1024 };

/* Before every piece. The sign tells a piece from what malloc gave. */
struct head {
    uint32_t sign;
    uint32_t class; /* bytes with the head, in steps; 0: malloc's */
};
enum { SIGN = 0x504F4F4C };

struct piece {
    struct head head;
    struct piece *next; /* when it is free */
};

/* At the start of each slab. */
struct slab {
    struct slab *next;
    size_t live; /* pieces given out */
};

static struct piece *free_pieces[CLASSES];
static struct slab *slabs; /* the newest first: new pieces are cut from it */
static size_t slab_left, slab_total;

static struct slab *slab_of(void *piece)
{
    return (struct slab *)((uintptr_t)piece & ~(uintptr_t)(SLAB - 1));
}

/* Map twice the size and give back what lies before and behind the slab; pages that are not
 * there yet come when they are touched. */
static void add_slab(void)
{
    unsigned char *p = mmap(NULL, 2 * (size_t)SLAB, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        mem_exhausted(SLAB);
    size_t before = (size_t)(-(uintptr_t)p & (SLAB - 1));
    if (before)
        munmap(p, before);
    munmap(p + before + SLAB, SLAB - before);
    struct slab *slab = (struct slab *)(void *)(p + before);
    madvise(slab, SLAB, MADV_POPULATE_WRITE);
    slab->next = slabs;
    slab->live = 0;
    slabs = slab;
    slab_left = SLAB - sizeof *slab;
    slab_total += SLAB;
}

static struct piece *cut(size_t class)
{
    size_t size = class * STEP;
    if (slab_left < size)
        add_slab();
    struct piece *piece = (struct piece *)(void *)((unsigned char *)slabs + SLAB - slab_left);
    slab_left -= size;
    piece->head = (struct head){SIGN, (uint32_t) class};
    return piece;
}

static void *alloc_large(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct head))
        mem_exhausted(size);
    struct head *head = mem_alloc(size + sizeof *head);
    *head = (struct head){SIGN, 0};
    return head + 1;
}

void *pool_alloc(size_t size)
{
    if (size > SMALL - sizeof(struct head))
        return alloc_large(size);
    size_t class = (size + sizeof(struct head) + STEP - 1) / STEP;
    struct piece *piece = free_pieces[class];
    if (piece)
        free_pieces[class] = piece->next;
    else
        piece = cut(class);
    slab_of(piece)->live++;
    return &piece->head + 1;
}

static struct head *head_of(void *p)
{
    struct head *head = (struct head *)p - 1;
    REQUIRE(head->sign == SIGN);
    return head;
}

void pool_free(void *p)
{
    if (!p)
        return;
    struct head *head = head_of(p);
    if (!head->class) {
        free(head);
        return;
    }
    struct piece *piece = (struct piece *)(void *)head;
    piece->next = free_pieces[head->class];
    free_pieces[head->class] = piece;
    slab_of(piece)->live--;
}

static bool is_empty(const struct slab *slab)
{
    return slab->live == 0 && slab != slabs;
}

void pool_trim(void)
{
    for (size_t class = 0; class < CLASSES; class ++)
        for (struct piece **at = &free_pieces[class]; *at;) {
            if (is_empty(slab_of(*at)))
                *at = (*at)->next;
            else
                at = &(*at)->next;
        }
    for (struct slab **at = &slabs; *at;) {
        struct slab *slab = *at;
        if (!is_empty(slab)) {
            at = &slab->next;
            continue;
        }
        *at = slab->next;
        munmap(slab, SLAB);
        slab_total -= SLAB;
    }
}

void *pool_realloc(void *p, size_t size)
{
    if (!p)
        return pool_alloc(size);
    struct head *head = head_of(p);
    if (!head->class && size > SMALL - sizeof *head && size <= SIZE_MAX - sizeof *head) {
        head = mem_realloc(head, size + sizeof *head);
        return head + 1;
    }
    size_t has = (head->class ? (size_t)head->class * STEP : (size_t)SMALL) - sizeof *head;
    if (head->class && size <= has)
        return p;
    void *moved = pool_alloc(size);
    memcpy(moved, p, size < has ? size : has);
    pool_free(p);
    return moved;
}

char *pool_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    return memcpy(pool_alloc(n), s, n);
}

size_t pool_size(void)
{
    return slab_total - slab_left;
}
