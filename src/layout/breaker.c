/* Total-fit breaking (D. E. Knuth, M. F. Plass: Breaking Paragraphs into Lines, 1981).
 *
 * Model. A list of boxes (fixed), glue (natural length, stretch, shrink) and penalties (the
 * only places to break, with a cost and with what a break there adds to either side). A way of breaking is
 * a path through the legal breaks; each part has a ratio by which its glue must give, and
 * demerits that grow with the sixth power of the ratio; the path with the least sum wins.
 *
 * Method. One pass over the list keeps the active nodes: breaks from which a further part may
 * still begin. Demerits are those of the formatter most users know (badness 1 + 100 r^3, 50 for
 * a second hyphen running or for neighbours of very different tightness), because the same FO
 * file shall give the same lines.
 *
 * Pages are the same problem with two differences. They seldom have stretch, so that no break
 * is feasible in the sense of the paper: with `force` the least costly of the breaks that leave
 * the page short, and of these the last, is taken. And they come by the thousand, so that
 * brk_find_first stops as soon as all active nodes agree on the first break.
 *
 * Rejected: first fit for lines (it changes one document in ten); a separate algorithm for
 * pages (keeps, footnotes and repeated headers are just costs and additions here); floating
 * point (ratios are integers in 1/1000, so that every machine breaks alike). */
#include "layout/breaker.h"

enum {
    INFINITE_RATIO = 1000000, /* no glue to give */
    BADNESS_MOST = 59000000,  /* of ratios over 83.8: the square fits 63 bits. Only one part of
                                ratio over 20 is ever in a sum */
    FLAGGED_DEMERITS = 50 * 1000, /* demerits are in 1/1000, or small ratios would be equal */
    FITNESS_DEMERITS = 50 * 1000,
    MOST_PARTS = 8 /* of different numbers that may end at one break */
};

struct node {
    struct node *prev;
    struct node *next;   /* in the active list, by growing position */
    size_t pos;          /* the item broken at; of the root: first_item - 1 */
    size_t start;        /* first item of the part that begins here */
    int32_t part;        /* its number, kept only where the room depends on it */
    mpt room;            /* of that part */
    int32_t flagged_run; /* flagged breaks in a row that end here */
    uint8_t fitness;
    bool overfull;
    mpt width, stretch, shrink; /* totals before `start` */
    mpt after;
    int64_t ratio, demerits;
};

struct breaker {
    const struct brk_params *p;
    struct arena *arena;
    struct node *active;
    mpt width, stretch, shrink; /* totals up to the item at hand */
    struct node *too_short, *too_long;
    struct node *deactivated;  /* the last of those the break at hand ended */
    const struct node *forced; /* the part at hand begins at this break, the least bad one */
};

/* A candidate: the part from `from` to the break at hand. */
struct trial {
    struct node *from;
    int64_t ratio, demerits;
    uint8_t fitness;
    int32_t flagged_run;
    bool overfull;
};

static const struct brk_item *item_at(const struct brk_params *p, size_t i)
{
    return (const struct brk_item *)((const char *)p->items + i * p->stride);
}

size_t brk_skip(const struct brk_params *p, size_t pos)
{
    size_t i = pos + 1;
    while (i < p->count) {
        const struct brk_item *it = item_at(p, i);
        if (it->kind == BRK_BOX || (it->kind == BRK_PENALTY && it->cost == BRK_FORCED))
            break;
        i++;
    }
    return i;
}

static uint8_t fitness_of(int64_t ratio)
{
    return ratio < -500 ? 0 : ratio <= 500 ? 1 : ratio <= 1000 ? 2 : 3;
}

/* 1 + 100 r^3, in 1/1000. */
static int64_t badness_of(int64_t ratio)
{
    int64_t r = ratio < 0 ? -ratio : ratio;
    if (r >= 83800)
        return (int64_t)BADNESS_MOST * 1000;
    return 1000 + r * r * r / 10000;
}

static int64_t ratio_of(const struct breaker *b, const struct node *from, mpt missing)
{
    if (missing == 0)
        return 0;
    mpt give = missing > 0 ? b->stretch - from->stretch : b->shrink - from->shrink;
    if (give <= 0)
        return missing > 0 ? INFINITE_RATIO : -INFINITE_RATIO;
    if (missing < 0) /* rounded down: what shrinks by it fits */
        return (missing * 1000 - (give - 1)) / give;
    return missing / give >= 1000 ? INFINITE_RATIO : missing * 1000 / give;
}

static int64_t demerits_of(const struct brk_item *it, const struct trial *t)
{
    bool never = it->kind == BRK_PENALTY && it->cost >= BRK_NEVER;
    int64_t f = never ? (int64_t)BADNESS_MOST * 1000 : badness_of(t->ratio), d; /* [1/1000] */
    int64_t cost =
        it->kind == BRK_PENALTY && it->cost != BRK_FORCED ? (int64_t)it->cost * 1000 : 0;
    if (f >= (int64_t)BADNESS_MOST * 1000) /* so bad that what was before does not count */
        return ((f + cost) / 1000) * ((f + cost) / 1000) * 1000;
    if (f > (int64_t)1000000 * 1000) /* too great to be squared in 1/1000 */
        d = ((f + cost) / 1000) * ((f + cost) / 1000) * 1000;
    else
        d = (cost >= 0 ? (f + cost) * (f + cost) : f * f - cost * cost) / 1000;
    if (t->flagged_run > 1)
        d += FLAGGED_DEMERITS;
    int apart = (int)t->fitness - (int)t->from->fitness;
    if (apart > 1 || apart < -1)
        d += FITNESS_DEMERITS;
    return d + t->from->demerits;
}

static struct trial try_break(const struct breaker *b, struct node *from, size_t i)
{
    const struct brk_params *p = b->p;
    const struct brk_item *it = item_at(p, i);
    mpt width = b->width - from->width + from->after;
    if (it->kind == BRK_PENALTY)
        width += it->before;
    int64_t demerits = 0;
    if (p->extra)
        width += p->extra(p->self, &(struct brk_part){from->start, i, from->room}, &demerits);
    mpt missing = from->room - width;
    struct trial t = {.from = from, .ratio = ratio_of(b, from, missing)};
    t.overfull = missing < 0 && t.ratio < -1000;
    bool ends = it->kind == BRK_PENALTY && it->cost == BRK_FORCED;
    if (ends && (t.ratio == INFINITE_RATIO || (t.ratio > 0 && p->loose_end)))
        t.ratio = 0;
    t.fitness = fitness_of(t.ratio);
    t.flagged_run = it->kind == BRK_PENALTY && it->flagged ? from->flagged_run + 1 : 0;
    t.demerits = demerits_of(it, &t);
    if (t.ratio < 83800 && t.ratio > -83800) /* beside the badness of the rest it is nothing */
        t.demerits += demerits;
    return t;
}

/* Number and room of the part that begins at the node. */
static void give_room(const struct breaker *b, struct node *n, const struct node *from)
{
    const struct brk_params *p = b->p;
    n->part = from && p->room_of ? from->part + 1 : 0;
    n->room = p->room_of ? p->room_of(p->self, n->part) : p->room;
}

static struct node *node_new(const struct breaker *b, const struct trial *t, size_t i)
{
    const struct brk_params *p = b->p;
    const struct brk_item *it = item_at(p, i);
    struct node *n = ARENA_NEW(b->arena, struct node);
    n->prev = t->from;
    n->pos = i;
    n->fitness = t->fitness;
    n->flagged_run = t->flagged_run;
    n->overfull = t->overfull;
    n->ratio = t->ratio;
    n->demerits = t->demerits;
    n->width = b->width;
    n->stretch = b->stretch;
    n->shrink = b->shrink;
    n->after = it->kind == BRK_PENALTY ? it->after : 0;
    n->start = brk_skip(p, i);
    give_room(b, n, t->from);
    for (size_t k = i; k < n->start; k++) {
        const struct brk_item *glue = item_at(p, k);
        if (glue->kind != BRK_GLUE)
            continue;
        n->width += glue->width;
        n->stretch += glue->stretch;
        n->shrink += glue->shrink;
    }
    return n;
}

static void activate(struct breaker *b, struct node *n)
{
    struct node **at = &b->active;
    while (*at)
        at = &(*at)->next;
    n->next = NULL;
    *at = n;
}

/* What the breaks found at one item come to: the best trial of each fitness. */
struct best {
    int32_t part; /* of the parts of this number that end there */
    struct trial trials[4];
    bool set[4];
    int64_t least;
};

static void best_add(struct best *best, const struct trial *t)
{
    if (!best->set[t->fitness] || t->demerits < best->trials[t->fitness].demerits) {
        best->trials[t->fitness] = *t;
        best->set[t->fitness] = true;
    }
    if (t->demerits < best->least)
        best->least = t->demerits;
}

static void best_activate(struct breaker *b, const struct best *best, size_t i)
{
    for (int f = 0; f < 4; f++)
        if (best->set[f] && best->trials[f].demerits <= best->least + FITNESS_DEMERITS)
            activate(b, node_new(b, &best->trials[f], i));
}

/* Beside the badness of a part that has nothing to give, the demerits of the parts before it do
 * not count: of equally bad ways the one considered last is taken, which has put the most into
 * the parts before. */
static int64_t forced_demerits(const struct node *from, int64_t ratio, int64_t demerits)
{
    return ratio == INFINITE_RATIO ? demerits - from->demerits : demerits;
}

/* Remember the least bad ways out in case no feasible break is found. */
static void remember(struct breaker *b, const struct trial *t, size_t i)
{
    const struct node *had = b->too_short;
    if (t->ratio < -1000) {
        if (!b->too_long || t->demerits < b->too_long->demerits)
            b->too_long = node_new(b, t, i);
    } else if (!had || forced_demerits(t->from, t->ratio, t->demerits) <=
                           forced_demerits(had->prev, had->ratio, had->demerits)) {
        b->too_short = node_new(b, t, i);
    }
}

static bool ladder_allows(const struct brk_params *p, const struct trial *t)
{
    return p->ladder == 0 || t->flagged_run <= p->ladder;
}

/* A node that nothing can follow any more: a good break, better to go on from than bad ones. */
static void deactivate(struct breaker *b, struct node *n)
{
    const struct node *best = b->deactivated;
    if (!best || !best->prev || (n->prev && n->pos > best->pos) ||
        (n->pos == best->pos && n->demerits < best->demerits))
        b->deactivated = n;
}

/* The best trials so far of the parts of this number; all parts are one when their room is the
 * same. A break that ends parts of more than a few numbers forgets the highest. */
static struct best *best_of(struct best *all, size_t *count, int32_t part)
{
    for (size_t i = 0; i < *count; i++)
        if (all[i].part == part)
            return &all[i];
    if (*count == MOST_PARTS)
        return &all[MOST_PARTS - 1];
    all[*count] = (struct best){.part = part, .least = INT64_MAX};
    return &all[(*count)++];
}

/* Consider a break at item i against every active node: of all ways to it that end a part of one
 * number the best of each fitness is enough. */
static void consider(struct breaker *b, size_t i)
{
    const struct brk_item *it = item_at(b->p, i);
    bool forced = it->kind == BRK_PENALTY && it->cost == BRK_FORCED;
    bool last_resort = it->kind == BRK_PENALTY && it->cost >= BRK_NEVER;
    struct best best[MOST_PARTS];
    size_t parts = 0;
    b->deactivated = b->too_long = NULL;
    for (struct node **at = &b->active; *at;) {
        struct node *from = *at;
        struct trial t = try_break(b, from, i);
        bool fits = t.ratio >= -1000 && t.ratio <= b->p->threshold && !last_resort &&
                    ladder_allows(b->p, &t);
        if (fits) {
            best_add(best_of(best, &parts, from->part), &t);
            b->too_short = NULL; /* a good break: those before it are not needed */
        } else if (b->p->force)
            remember(b, &t, i);
        if (t.ratio < -1000 || forced) {
            *at = from->next;
            deactivate(b, from);
        } else
            at = &from->next;
    }
    for (size_t k = 0; k < parts; k++)
        best_activate(b, &best[k], i);
}

static bool is_legal(const struct brk_params *p, size_t i)
{
    const struct brk_item *it = item_at(p, i);
    return it->kind == BRK_PENALTY && (p->hyphens || !it->flagged) &&
           (p->force || it->cost < BRK_NEVER);
}

/* Go on from the least bad break when nothing is active; gives the item to go on with. */
static size_t recover(struct breaker *b)
{
    struct node *good = b->deactivated;
    if (good && good != b->forced && good->prev) {
        if (good->ratio > 0)
            b->too_short = good;
        else
            b->too_long = good;
    }
    struct node *n = b->too_short ? b->too_short : b->too_long;
    REQUIRE(n);
    b->forced = n;
    n->demerits = 0;
    n->next = NULL;
    b->active = n;
    b->too_short = b->too_long = NULL;
    b->width = n->width;
    b->stretch = n->stretch;
    b->shrink = n->shrink;
    return n->start;
}

static void root_node(struct breaker *b)
{
    struct node *n = ARENA_NEW(b->arena, struct node);
    n->start = b->p->first_item;
    n->fitness = 1;
    n->after = b->p->first_after;
    give_room(b, n, NULL);
    b->active = n;
}

static void pass_over(struct breaker *b, size_t i)
{
    const struct brk_item *it = item_at(b->p, i);
    if (it->kind == BRK_PENALTY)
        return;
    b->width += it->width;
    if (it->kind == BRK_GLUE) {
        b->stretch += it->stretch;
        b->shrink += it->shrink;
    }
}

/* The first break all active nodes have in common, or NULL. Nodes of the first part itself have
 * no break yet. */
static const struct node *common_first(const struct breaker *b)
{
    const struct node *first = NULL;
    for (const struct node *n = b->active; n; n = n->next) {
        const struct node *f = n;
        if (!f->prev)
            return NULL;
        while (f->prev->prev)
            f = f->prev;
        if (first && first != f)
            return NULL;
        first = f;
    }
    return first;
}

/* Run from the first item to the end, or until `first` is certain. */
static bool run(struct breaker *b, bool first)
{
    const struct brk_params *p = b->p;
    root_node(b);
    for (size_t i = p->first_item; i < p->count;) {
        if (is_legal(p, i)) {
            consider(b, i);
            if (!b->active && !p->force)
                return false;
            if (!b->active) {
                i = recover(b);
                if (first)
                    return true;
                continue;
            }
            if (first && !b->active->next && common_first(b))
                return true;
        }
        pass_over(b, i);
        i++;
    }
    return true;
}

static struct node *cheapest(const struct breaker *b)
{
    struct node *best = b->active;
    for (struct node *n = b->active; n; n = n->next)
        if (n->demerits < best->demerits)
            best = n;
    return best;
}

struct brk_break *brk_find(const struct brk_params *p, struct arena *a, size_t *count)
{
    struct breaker b = {.p = p, .arena = arena_new()};
    struct brk_break *breaks = NULL;
    *count = 0;
    if (run(&b, false)) {
        struct node *last = cheapest(&b);
        for (struct node *n = last; n->prev; n = n->prev)
            ++*count;
        breaks = ARENA_ARRAY(a, struct brk_break, *count);
        size_t k = *count;
        for (struct node *n = last; n->prev; n = n->prev)
            breaks[--k] = (struct brk_break){n->pos, n->ratio, n->overfull};
    }
    arena_free(b.arena);
    return breaks;
}

bool brk_find_first(const struct brk_params *p, bool complete, struct brk_break *first)
{
    struct breaker b = {.p = p, .arena = arena_new()};
    run(&b, true);
    const struct node *n = common_first(&b);
    if (!n && complete) {
        n = cheapest(&b);
        while (n->prev && n->prev->prev)
            n = n->prev;
    }
    if (n && n->prev)
        *first = (struct brk_break){n->pos, n->ratio, n->overfull};
    bool found = n && n->prev;
    arena_free(b.arena);
    return found;
}
