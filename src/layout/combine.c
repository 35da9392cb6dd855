/* Lists side by side become steps of one list: the cells of table rows, the label and body of
 * a list item.
 *
 * Model. A group of rows that row spans tie together has a natural height for each row. A step
 * is a height within the group at which every cell has a legal break at or above it; the group
 * is a box for each step with a penalty after it, and so breaks like anything else. The cost of
 * a penalty is the greatest of the costs in the cells; what a break there adds to the next page
 * is how much longer than the rest of the group the longest remaining cell is.
 *
 * Rejected: to break each cell for itself when the page is known (the page breaker must know
 * the heights before it chooses), and to let a step end in any cell alone while another has not
 * yet shown its first line (a page then ends with an empty cell). */
#include "layout/model.h"

#include <stdlib.h>
#include <string.h>

/* Where a cell's list can break: the item and the height of what is above it. */
struct spot {
    uint32_t item;
    int32_t cost;
    mpt height;  /* from the cell's top border edge, its `before` included */
    mpt skipped; /* glue a break drops: the rest is so much shorter */
    mpt lead;    /* and what it adds */
};

struct cell_spots {
    struct spot *items;
    size_t len, cap;
};

struct combiner {
    struct row_group *g;
    struct arena *arena;
    mpt *top; /* of each row, from the group's top; row_count + 1 */
    struct cell_spots *spots;
    struct {
        struct step *items;
        size_t len, cap;
    } steps;
};

static void find_spots(struct combiner *k, int32_t c)
{
    const struct column_cell *cell = &k->g->cells[c];
    const struct vlist *v = cell->list;
    mpt height = cell->before;
    for (size_t i = 0; i + 1 < v->len; i++) {
        const struct brk_item *it = &v->items[i].brk;
        if (it->kind != BRK_PENALTY) {
            height += it->width;
            continue;
        }
        if (it->cost >= BRK_LAST_RESORT)
            continue;
        struct spot s = {(uint32_t)i, it->cost, height + it->before, it->before, it->after};
        if (v->items[i + 1].brk.kind == BRK_GLUE)
            s.skipped += v->items[i + 1].brk.width;
        VEC_PUSH(&k->spots[c], s);
    }
}

/* ---- heights of rows */

/* The height of a row is that of its cells' content: borders and padding come on top (7.15.6
 * leaves it open). */
static mpt cell_need(const struct row_group *g, const struct column_cell *c)
{
    mpt content = mpt_max(c->content, c->min_height);
    if (c->rows == 1)
        content = mpt_max(content, g->rows[c->row].min_height);
    return c->before + content + c->after;
}

/* A cell that spans rows asks its last row for what the others do not give. */
static void row_heights(struct row_group *g)
{
    for (int32_t r = 0; r < g->row_count; r++)
        g->rows[r].height = mpt_max(g->rows[r].min_height, g->rows[r].least);
    for (int32_t r = 0; r < g->row_count; r++) {
        for (int32_t i = 0; i < g->cell_count; i++) {
            const struct column_cell *c = &g->cells[i];
            if (c->row + c->rows - 1 != r)
                continue;
            mpt need = cell_need(g, c);
            for (int32_t above = c->row; above < r; above++)
                need -= g->rows[above].height;
            g->rows[r].height = mpt_max(g->rows[r].height, need);
        }
    }
}

/* ---- steps */

static bool is_active(const struct column_cell *c, int32_t row)
{
    return c->row <= row && row < c->row + c->rows;
}

static uint32_t list_end(const struct column_cell *c)
{
    return (uint32_t)(c->list->len - 1);
}

/* The last spot of a cell at or above `height`, or NULL. */
static const struct spot *spot_at(const struct combiner *k, int32_t c, mpt height)
{
    const struct cell_spots *s = &k->spots[c];
    size_t lo = 0, hi = s->len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->items[mid].height <= height)
            lo = mid + 1;
        else
            hi = mid;
    }
    /* Rather than break where widows forbid it a cell stays a line or two behind. */
    for (size_t i = lo; i > 0 && i + 3 > lo; i--)
        if (s->items[i - 1].cost < BRK_NEVER)
            return &s->items[i - 1];
    return lo ? &s->items[lo - 1] : NULL;
}

static bool is_done(const struct column_cell *c, mpt height)
{
    return c->before + c->content <= height;
}

/* What a cut asks of the rest of the group: how much more than it would have uncut (less when
 * spaces fall away), and the most that spaces can fall away. */
struct rest {
    mpt need, skipped;
};

static void rest_add(struct rest *r, mpt need, mpt skipped)
{
    r->need = mpt_max(r->need, need);
    r->skipped = mpt_max(r->skipped, skipped);
}

/* Record in `s` where cell c stands when the group is cut at height `at` of row `row`.
 * False when the cell would have to be empty so far. */
static bool place_cell(const struct combiner *k, struct step *s, int32_t c, mpt at,
                       struct rest *left)
{
    const struct column_cell *cell = &k->g->cells[c];
    mpt height = at - k->top[cell->row];
    mpt rest, bottom = k->top[cell->row + cell->rows];
    if (is_done(cell, height)) {
        s->pos[c] = list_end(cell);
        rest = cell->cut_before + cell->after;
        if (at >= bottom)
            return true;
        rest_add(left, rest - (bottom - at), 0);
        s->before = mpt_max(s->before, cell->cut_after);
        return true;
    }
    const struct spot *spot = spot_at(k, c, height);
    if (!spot)
        return false;
    s->pos[c] = spot->item;
    if (spot->cost == BRK_FORCED)
        s->cost = BRK_FORCED;
    else if (s->cost != BRK_FORCED && spot->cost > s->cost)
        s->cost = spot->cost;
    rest = cell->cut_before + cell->before + cell->content - spot->height - spot->skipped +
           spot->lead + cell->after;
    rest_add(left, rest - (bottom - at), spot->skipped);
    s->before = mpt_max(s->before, cell->cut_after);
    return true;
}

/* A step at height `at` inside row `row`, or at its end. */
static void add_step(struct combiner *k, int32_t row, mpt at, mpt *done)
{
    const struct row_group *g = k->g;
    bool at_end = at == k->top[row + 1];
    struct step s = {.row = row, .height = at - *done};
    struct rest left = {-MPT_MAX, 0};
    s.pos = ARENA_ARRAY(k->arena, uint32_t, g->cell_count);
    for (int32_t c = 0; c < g->cell_count; c++) {
        const struct column_cell *cell = &g->cells[c];
        s.pos[c] = STEP_NOT_BEGUN;
        if (cell->row + cell->rows <= row || (at_end && cell->row + cell->rows == row + 1))
            s.pos[c] = list_end(cell);
        else if (is_active(cell, row) && !place_cell(k, &s, c, at, &left)) {
            if (!at_end)
                return;
            s.cost = BRK_NEVER;
        }
    }
    if (!at_end && s.cost != BRK_FORCED && g->rows[row].keep > s.cost)
        s.cost = g->rows[row].keep;
    if (at_end && g->rows[row].keep_next > s.cost && s.cost != BRK_FORCED)
        s.cost = g->rows[row].keep_next;
    s.after = mpt_max(left.need, -left.skipped);
    *done = at;
    VEC_PUSH(&k->steps, s);
}

static int compare_heights(const void *a, const void *b)
{
    mpt x = *(const mpt *)a, y = *(const mpt *)b;
    return x < y ? -1 : x > y;
}

static void steps_of_row(struct combiner *k, int32_t row, mpt *done)
{
    const struct row_group *g = k->g;
    struct {
        mpt *items;
        size_t len, cap;
    } at = {0};
    for (int32_t c = 0; c < g->cell_count; c++) {
        if (!is_active(&g->cells[c], row))
            continue;
        for (size_t i = 0; i < k->spots[c].len; i++) {
            mpt t = k->top[g->cells[c].row] + k->spots[c].items[i].height;
            if (t > k->top[row] && t < k->top[row + 1])
                VEC_PUSH(&at, t);
        }
    }
    if (at.len)
        qsort(at.items, at.len, sizeof *at.items, compare_heights);
    for (size_t i = 0; i < at.len; i++)
        if (i == 0 || at.items[i] != at.items[i - 1])
            add_step(k, row, at.items[i], done);
    add_step(k, row, k->top[row + 1], done);
    free(at.items);
}

void combine_rows(struct pass *p, struct arena *a, struct row_group *g)
{
    (void)p;
    struct combiner k = {.g = g, .arena = a};
    row_heights(g);
    k.top = mem_zalloc(sizeof *k.top * (size_t)(g->row_count + 1));
    k.spots = mem_zalloc(sizeof *k.spots * (size_t)(g->cell_count + 1));
    for (int32_t r = 0; r < g->row_count; r++)
        k.top[r + 1] = k.top[r] + g->rows[r].height;
    for (int32_t c = 0; c < g->cell_count; c++)
        find_spots(&k, c);
    mpt done = 0;
    for (int32_t r = 0; r < g->row_count; r++)
        steps_of_row(&k, r, &done);
    g->steps = arena_copy(a, k.steps.items, k.steps.len * sizeof *k.steps.items);
    g->step_count = k.steps.len;
    for (int32_t c = 0; c < g->cell_count; c++)
        free(k.spots[c].items);
    free(k.spots);
    free(k.top);
    free(k.steps.items);
}

/* ---- footnotes */

struct note *notes_in(struct arena *a, const struct vlist *v, size_t from, size_t to)
{
    struct note *first = NULL, **last = &first;
    for (size_t i = from; i < to && i < v->len; i++)
        for (const struct note *n = v->items[i].notes; n; n = n->next) {
            *last = arena_copy(a, n, sizeof *n);
            (*last)->next = NULL;
            last = &(*last)->next;
        }
    return first;
}

/* The notes referred to in what step `i` adds to its cells. */
static struct note *step_notes(struct arena *a, const struct row_group *g, size_t i)
{
    struct note *first = NULL, **last = &first;
    for (int32_t c = 0; c < g->cell_count; c++) {
        uint32_t to = g->steps[i].pos[c], from = i > 0 ? g->steps[i - 1].pos[c] : 0;
        if (to == STEP_NOT_BEGUN)
            continue;
        *last = notes_in(a, g->cells[c].list, from == STEP_NOT_BEGUN ? 0 : from, to);
        while (*last)
            last = &(*last)->next;
    }
    return first;
}

void combine_append(struct vlist *v, struct frame *frame, struct row_group *g, int32_t keep)
{
    for (size_t i = 0; i < g->step_count; i++) {
        const struct step *s = &g->steps[i];
        const struct step *above = i > 0 ? &g->steps[i - 1] : NULL;
        const struct row *row = &g->rows[s->row];
        if (above) {
            vlist_boundary(v, above->cost == BRK_FORCED ? 0
                              : above->cost > keep      ? above->cost
                                                        : keep);
            if (above->cost == BRK_FORCED)
                vlist_break(v, FO_BREAK_PAGE);
            v->pend.extra_before = above->before;
            v->pend.extra_after = above->after;
        }
        if (!above || above->row != s->row)
            vlist_break(v, row->brk_before);
        struct vitem *it = vlist_box(v, frame, V_STEP, s->height);
        it->body = g;
        it->index = i;
        it->notes = step_notes(vlist_arena(v, g->rows[0].node), g, i);
        if (row->node)
            it->line = row->node->loc.line;
    }
}
