/* Small pieces of memory from pages by size: see pool.h.
 *
 * Why. Compiling and applying a stylesheet takes 200,000 pieces of some 40 bytes; malloc and free
 * were a sixth of a run. They keep chunks in order, join neighbours and look at locks; here a
 * piece that is freed is the next one of its size that is given out, and nothing is joined.
 *
 * Method. A piece has its size class in the eight bytes before it. Classes are 16 bytes apart up
 * to SMALL. Each class has pages of its own, cut from slabs that are mapped with their pages (one
 * request for 64 pages of the system costs two thirds of 64 page faults) and lie at multiples of
 * their size, so that a piece finds what is known of its page. A page gives out the piece freed
 * last, else the next one that was never given out; a page that has become free as a whole begins
 * anew. So what a document takes lies in the order in which it was asked for, and the processor
 * has it ready: lists through all slabs, in the order in which the document before freed them,
 * cost a miss of its caches for nearly every piece. Larger pieces are malloc's. Slabs are given
 * back by pool_trim only.
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

enum { STEP = 16, SMALL = 1024, CLASSES = SMALL / STEP + 1 };
enum { SLAB = 256 * 1024, PAGE = 8 * 1024, PAGES = SLAB / PAGE };

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

struct page {
    struct piece *free;
    unsigned char *start, *fresh, *end; /* from `fresh` on nothing has been given out */
    struct page *next;                  /* with room in its class */
    uint32_t live;                      /* pieces given out */
    bool is_known;                      /* it is current, or in the list of those with room */
};

/* At the start of each slab. */
struct slab {
    struct slab *next;
    struct page pages[PAGES];
};

/* Of each class the page that pieces are taken from, and others that have room; of each thread
 * by itself. What a thread that has ended took may be freed by another one, which then goes on
 * with its pages. */
static _Thread_local struct page *current[CLASSES], *with_room[CLASSES];
static _Thread_local struct slab *slabs; /* the newest first: new pages are cut from it */
static _Thread_local size_t pages_left, slab_total;

static struct slab *slab_of(const void *piece)
{
    return (struct slab *)((uintptr_t)piece & ~(uintptr_t)(SLAB - 1));
}

static struct page *page_of(const void *piece)
{
    struct slab *slab = slab_of(piece);
    return &slab->pages[((uintptr_t)piece & (SLAB - 1)) / PAGE];
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
    slabs = slab;
    pages_left = PAGES;
    slab_total += SLAB;
}

static struct page *add_page(void)
{
    if (!pages_left)
        add_slab();
    size_t i = PAGES - pages_left--;
    struct page *page = &slabs->pages[i];
    unsigned char *bytes = (unsigned char *)slabs + i * PAGE;
    size_t used = i ? 0 : (sizeof *slabs + STEP - 1) / STEP * STEP;
    *page = (struct page){.start = bytes + used, .fresh = bytes + used, .end = bytes + PAGE};
    return page;
}

/* The current page of a class is full, or there is none yet: another one. */
static struct page *change_page(size_t class)
{
    struct page *page = with_room[class];
    if (current[class])
        current[class]->is_known = false;
    if (page)
        with_room[class] = page->next;
    else
        page = add_page();
    page->is_known = true;
    return current[class] = page;
}

__attribute__((noinline)) static void *alloc_large(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct head))
        mem_exhausted(size);
    struct head *head = mem_alloc(size + sizeof *head);
    *head = (struct head){SIGN, 0};
    return head + 1;
}

/* A piece where the current page has none that is free; apart, so that the usual way saves no
 * registers. */
__attribute__((noinline)) static struct piece *cut(size_t class)
{
    struct page *page = current[class];
    size_t size = class * STEP;
    if (!page || (size_t)(page->end - page->fresh) < size)
        page = change_page(class);
    struct piece *piece = page->free;
    if (piece) {
        page->free = piece->next;
    } else {
        piece = (struct piece *)(void *)page->fresh;
        page->fresh += size;
        piece->head = (struct head){SIGN, (uint32_t) class};
    }
    page->live++;
    return piece;
}

void *pool_alloc(size_t size)
{
    if (size > SMALL - sizeof(struct head))
        return alloc_large(size);
    size_t class = (size + sizeof(struct head) + STEP - 1) / STEP;
    struct page *page = current[class];
    struct piece *piece = page ? page->free : NULL;
    if (!piece)
        return &cut(class)->head + 1;
    page->free = piece->next;
    page->live++;
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
    struct page *page = page_of(piece);
    piece->next = page->free;
    page->free = piece;
    if (!--page->live) {
        page->free = NULL;
        page->fresh = page->start;
    }
    if (!page->is_known) {
        page->is_known = true;
        page->next = with_room[head->class];
        with_room[head->class] = page;
    }
}

static bool is_empty(const struct slab *slab)
{
    if (slab == slabs)
        return false;
    for (size_t i = 0; i < PAGES; i++)
        if (slab->pages[i].live)
            return false;
    return true;
}

void pool_trim(void)
{
    for (size_t class = 0; class < CLASSES; class ++) {
        if (current[class] && is_empty(slab_of(current[class])))
            current[class] = NULL;
        for (struct page **at = &with_room[class]; *at;) {
            if (is_empty(slab_of(*at)))
                *at = (*at)->next;
            else
                at = &(*at)->next;
        }
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
    return slab_total - pages_left * PAGE;
}
