/* Columns of even height: where the breaks lie when what is above a spanning block is to fill its
 * columns (7.21.4 leaves the manner open).
 *
 * Method. That of the formatter whose pages ours shall equal, so that the same lines stand in the
 * same columns. Each column but the last ends at the break nearest to its share of the whole; as
 * space at the breaks is dropped the share is then less, and the columns are cut again until they
 * stay. Then the first lines of a column go back to the one before it where that is lower and does
 * not become higher by more than a little: what is left over stands in the first columns. Rejected:
 * the least height at which all fits (it differs in one page of three). */
#include "layout/run.h"

#include <stdlib.h>
#include <string.h>

enum { LITTLE = 4000 /* [mpt] */, MOST_TURNS = 100 };

struct column {
    size_t start, end; /* its first item and the break after it */
};

static bool is_legal(const struct vitem *it)
{
    return it->brk.kind == BRK_PENALTY && it->brk.cost < BRK_NEVER;
}

/* Height of items [start, end), with what a break at `end` adds. */
static mpt height_of(const struct vitem *items, const struct column *c)
{
    mpt sum = items[c->end].brk.kind == BRK_PENALTY ? items[c->end].brk.before : 0;
    for (size_t i = c->start; i < c->end; i++)
        if (items[i].brk.kind != BRK_PENALTY)
            sum += items[i].brk.width;
    return sum;
}

/* Cut the items into columns of about `share`; the number of columns. */
static int32_t cut(const struct vitem *items, const struct balance *b, mpt share,
                   struct column *out)
{
    int32_t n = 0;
    mpt height = 0, ideal = share, last_height = 0;
    size_t start = b->from, last = b->from;
    for (size_t i = b->from; i < b->count; i++) {
        if (!is_legal(&items[i])) {
            height += items[i].brk.kind == BRK_PENALTY ? 0 : items[i].brk.width;
            continue;
        }
        mpt here = height + items[i].brk.before;
        if (here <= ideal || n + 1 >= b->columns) {
            last_height = here;
            last = i;
            continue;
        }
        bool back = here - ideal > ideal - last_height && last > start;
        size_t at = back ? last : i;
        height = back ? last_height : here;
        out[n++] = (struct column){start, at};
        start = vlist_next_box(items, at, b->count);
        i = start - 1;
        ideal += share;
    }
    out[n++] = (struct column){start, b->count - 1};
    return n;
}

static mpt share_of(const struct vitem *items, const struct balance *b, const struct column *c,
                    int32_t n)
{
    mpt sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += height_of(items, &c[i]);
    return sum / b->columns;
}

/* The first lines of the column go to the one before it, if they may. */
static bool give_back(const struct vitem *items, struct column *c)
{
    struct column longer = {c[-1].start, c->start};
    while (longer.end < c->end && !is_legal(&items[longer.end]))
        longer.end++;
    if (longer.end >= c->end || height_of(items, &longer) > LITTLE + height_of(items, c))
        return false;
    c[-1] = longer;
    c->start = vlist_next_box(items, longer.end, c->end);
    return true;
}

/* From the last column to the first, as often as that moves anything. */
static void fill_first(const struct vitem *items, struct column *c, int32_t n)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (int32_t i = n - 1; i > 0; i--)
            if (height_of(items, &c[i - 1]) < height_of(items, &c[i]))
                moved |= give_back(items, &c[i]);
    }
}

/* Cut until nothing changes any more, or goes to and fro. */
static int32_t settle(const struct vitem *items, const struct balance *b, struct column *c,
                      struct column *spare)
{
    size_t size = (size_t)b->columns * sizeof *c;
    struct column *now = c, *before = spare, *older = spare + b->columns;
    struct column whole = {b->from, b->count - 1};
    memset(before, 0, 2 * size);
    memset(now, 0, size);
    int32_t n = cut(items, b, share_of(items, b, &whole, 1), now);
    for (int turn = 0;
         turn < MOST_TURNS && memcmp(now, before, size) != 0 && memcmp(now, older, size) != 0;
         turn++) {
        memcpy(older, before, size);
        memcpy(before, now, size);
        mpt share = share_of(items, b, before, n);
        memset(now, 0, size);
        n = cut(items, b, share, now);
    }
    return n;
}

size_t balance_columns(const struct vitem *items, const struct balance *b,
                       struct brk_break *out)
{
    for (size_t i = b->from; i + 1 < b->count; i++)
        if (items[i].brk.kind == BRK_PENALTY && items[i].brk.cost == BRK_FORCED)
            return 0;
    struct column *c = mem_alloc(3 * (size_t)b->columns * sizeof *c);
    int32_t n = settle(items, b, c, c + b->columns);
    fill_first(items, c, n);
    mpt after = b->after;
    bool fits = true;
    for (int32_t i = 0; i < n; i++) {
        out[i] = (struct brk_break){c[i].end, 0, false};
        fits = fits && after + height_of(items, &c[i]) <= b->room;
        after = items[c[i].end].brk.after;
    }
    free(c);
    return fits ? (size_t)n : 0;
}
