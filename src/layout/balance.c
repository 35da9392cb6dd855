/* Columns of even height: where the breaks lie when what is above a spanning block is to fill its
 * columns (7.21.4 leaves the manner open).
 *
 * Method. That of the formatter whose pages ours shall equal, so that the same lines stand in the
 * same columns: of the ways to a break the one is kept whose last column is nearest to an even
 * share of the whole; a column that is too long costs a fifth more where there are two of them, one
 * that is too short where there are more; and what is left for the columns after it counts by what
 * each of them would get. The demerits of earlier columns are not added up. Rejected: the least height at which
 * all fits (it differs in one page of three). */
#include "layout/run.h"

#include <string.h>

/* Demerits are in 1/5 mpt: whole numbers for a fifth more. */
enum { WHOLE = 5, WORSE = 6 };

/* Two ways of different tightness are both kept when they are about equally good. */
#define FITNESS ((int64_t)50 * 1000 * WHOLE)

struct way {
    struct way *prev, *next;
    size_t pos, start; /* the break; the first item after it */
    int32_t line;      /* columns before it */
    bool dead;
    mpt after;
    int64_t ratio, demerits;
};

struct balancer {
    const struct balance *b;
    const struct vitem *items;
    struct arena *arena;
    mpt *width, *shrink, *stretch; /* before each item, from the first */
    struct way *ways, **last;
    bool has_short; /* a way that leaves its column short was the last to be seen */
    int64_t least_short;
};

static mpt between(const mpt *sum, size_t from, size_t to)
{
    return to > from ? sum[to] - sum[from] : 0;
}

static int64_t ratio_of(const struct balancer *c, const struct way *w, size_t i)
{
    size_t from = w->start - c->b->from, to = i - c->b->from;
    mpt missing = c->b->room - between(c->width, from, to) - w->after - c->items[i].brk.before;
    mpt give = between(missing > 0 ? c->stretch : c->shrink, from, to);
    if (missing == 0)
        return 0;
    if (give <= 0)
        return missing > 0 ? 1000000 : -1000000;
    return missing < -give ? -1001 : missing * 1000 / give;
}

static int64_t demerits_of(const struct balancer *c, const struct way *w, size_t i)
{
    size_t from = w->pos - c->b->from, to = i - c->b->from, end = c->b->count - c->b->from;
    mpt share = between(c->width, 0, end) / c->b->columns;
    mpt short_by = share - between(c->width, from, to);
    int32_t left = c->b->columns - w->line;
    bool worse = c->b->columns > 2 ? short_by > 0 : short_by < 0;
    if (left <= 0)
        return INT64_MAX / 2;
    return (short_by < 0 ? -short_by : short_by) * (worse ? WORSE : WHOLE) +
           between(c->width, to, end) / left * WHOLE;
}

static void keep(struct balancer *c, struct way *from, size_t i, int64_t ratio,
                 int64_t demerits)
{
    struct way *w = ARENA_NEW(c->arena, struct way);
    struct brk_params bp = {
        .items = c->items, .stride = sizeof *c->items, .count = c->b->count};
    *w = (struct way){.prev = from,
                      .pos = i,
                      .start = brk_skip(&bp, i),
                      .line = from->line + 1,
                      .after = c->items[i].brk.after,
                      .ratio = ratio,
                      .demerits = demerits};
    *c->last = w;
    c->last = &w->next;
}

/* The ways to the break at `i` from those that have `line` columns. */
static void ways_from(struct balancer *c, size_t i, int32_t line)
{
    struct way *best[4] = {NULL};
    int64_t demerits[4] = {0}, ratios[4] = {0}, least = INT64_MAX;
    bool end = c->items[i].brk.cost == BRK_FORCED;
    for (struct way *w = c->ways; w; w = w->next) {
        if (w->dead || w->line != line || w->pos == i)
            continue;
        int64_t ratio = ratio_of(c, w, i);
        if (end && ratio > 0)
            ratio = 0;
        int64_t d = demerits_of(c, w, i);
        w->dead = ratio < -1000 || end;
        bool fits = ratio >= -1000 && ratio <= 1000;
        bool near = ratio > 1000 && (!c->has_short || d <= c->least_short);
        if (near) {
            c->has_short = true;
            c->least_short = d;
        } else if (fits) {
            c->has_short = false;
        }
        int k = ratio < -500 ? 0 : ratio <= 500 ? 1 : ratio <= 1000 ? 2 : 3;
        if ((fits || near) && (!best[k] || d < demerits[k])) {
            best[k] = w;
            demerits[k] = d;
            ratios[k] = ratio;
            least = d < least ? d : least;
        }
    }
    for (int k = 0; k < 4; k++)
        if (best[k] && demerits[k] - least <= FITNESS)
            keep(c, best[k], i, ratios[k], demerits[k]);
}

static void sums(struct balancer *c)
{
    size_t n = c->b->count - c->b->from;
    c->width = ARENA_ARRAY(c->arena, mpt, n + 1);
    c->shrink = ARENA_ARRAY(c->arena, mpt, n + 1);
    c->stretch = ARENA_ARRAY(c->arena, mpt, n + 1);
    for (size_t k = 0; k < n; k++) {
        const struct brk_item *it = &c->items[c->b->from + k].brk;
        c->width[k + 1] = c->width[k] + (it->kind == BRK_PENALTY ? 0 : it->width);
        c->shrink[k + 1] = c->shrink[k] + (it->kind == BRK_GLUE ? it->shrink : 0);
        c->stretch[k + 1] = c->stretch[k] + (it->kind == BRK_GLUE ? it->stretch : 0);
    }
}

/* The best way to the end, taken apart; 0 when it takes more columns than there are. */
static size_t breaks_of(const struct balancer *c, struct brk_break *out)
{
    const struct way *best = NULL;
    for (const struct way *w = c->ways; w; w = w->next)
        if (w->pos + 1 == c->b->count && (!best || w->demerits < best->demerits))
            best = w;
    if (!best || best->line > c->b->columns)
        return 0;
    for (const struct way *w = best; w->prev; w = w->prev)
        out[w->line - 1] = (struct brk_break){w->pos, w->ratio < 0 ? w->ratio : 0, false};
    return (size_t)best->line;
}

size_t balance_columns(const struct vitem *items, const struct balance *b,
                       struct brk_break *out)
{
    struct balancer c = {.b = b, .items = items, .arena = arena_new()};
    struct way root = {.pos = b->from, .start = b->from, .after = b->after};
    size_t n = 0;
    bool forced = false;
    sums(&c);
    c.ways = &root;
    c.last = &root.next;
    for (size_t i = b->from; i < b->count && !forced; i++) {
        const struct brk_item *it = &items[i].brk;
        if (it->kind != BRK_PENALTY || it->cost >= BRK_NEVER)
            continue;
        forced = it->cost == BRK_FORCED && i + 1 < b->count;
        for (int32_t line = 0; line < b->columns && !forced; line++)
            ways_from(&c, i, line);
    }
    if (!forced)
        n = breaks_of(&c, out);
    arena_free(c.arena);
    return n;
}
