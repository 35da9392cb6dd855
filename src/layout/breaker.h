/* Total-fit breaking of boxes, glue and penalties into lines, and of the same into pages. */
#ifndef PRIKAZ_LAYOUT_BREAKER_H
#define PRIKAZ_LAYOUT_BREAKER_H

#include "base/mem.h"
#include "base/mpt.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum brk_kind { BRK_BOX, BRK_GLUE, BRK_PENALTY };

/* Costs of a penalty. A break at a cost of BRK_NEVER or more is taken only where nothing else
 * keeps the content on its page: greater costs are the worse evil. */
enum {
    BRK_FORCED = -10000,
    BRK_KEEP = 900,   /* + the strength of an integer keep, at most 99 */
    BRK_NEVER = 1000, /* widows, orphans, rows that should not part */
    BRK_KEEP_ALWAYS = 2000,
    BRK_LAST_RESORT = 5000 /* between a border and the first line inside it */
};

/* One element of the list that is broken. Lengths [mpt]: widths of lines, heights of pages. */
struct brk_item {
    enum brk_kind kind;
    bool flagged;        /* penalty: a hyphen */
    int32_t cost;        /* penalty */
    mpt width;           /* box, glue */
    mpt stretch, shrink; /* glue */
    mpt before, after;   /* penalty: what a break here adds to the part it ends (a hyphen, a
                            table footer) and to the part it begins (a table header) */
};

/* A chosen break. */
struct brk_break {
    size_t pos;    /* index of the penalty broken at */
    int64_t ratio; /* adjustment in 1/1000: < 0 glue shrinks, > 0 it stretches */
    bool overfull; /* the part is longer than its room even when shrunk */
};

/* Items from `from` up to the penalty `to` in a room [mpt]. */
struct brk_part {
    size_t from, to;
    mpt room;
};

struct brk_params {
    const void *items; /* structs whose first member is a struct brk_item */
    size_t stride, count;
    mpt room; /* of a part [mpt], unless: */
    /* the room of the part of this number, from 0 [mpt]; NULL: it is the same for all */
    mpt (*room_of)(void *self, int32_t part);
    /* What else stands in the part: footnotes [mpt]; adds what that costs to the demerits, in 1/1000.
     * May be NULL. */
    mpt (*extra)(void *self, const struct brk_part *part, int64_t *demerits);
    void *self;
    int64_t threshold; /* greatest ratio that is acceptable, 1/1000 */
    bool hyphens;      /* flagged penalties may be used */
    bool force;        /* when nothing fits, take what is least bad instead of giving up */
    bool loose_end;    /* a part before a forced break may stay short at no cost: pages */
    int32_t ladder;    /* at most so many flagged breaks in a row; 0: no limit */
    size_t first_item; /* begin here: items before are not looked at */
    mpt first_after;   /* `after` of the break that stands before the first item */
};

/* The breaks with the least demerits for the items, which must end with a penalty of
 * BRK_FORCED; the last break is that one. The array is taken from `a`. NULL when no way of
 * breaking is acceptable and `force` is off. */
struct brk_break *brk_find(const struct brk_params *p, struct arena *a, size_t *count);

/* The same, but only until the first break is certain: sets *first to it. Pages are made one by
 * one like this, while later items need not exist yet. `complete` says that the items end with
 * the forced end; without it, false means that more items are needed to decide. */
bool brk_find_first(const struct brk_params *p, bool complete, struct brk_break *first);

/* The first item of the part after a break at `pos`: glue and penalties after it are dropped. */
size_t brk_skip(const struct brk_params *p, size_t pos);

#endif
