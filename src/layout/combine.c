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
#include "layout/run.h"

#include <stdlib.h>
#include <string.h>

/* Where a cell's list can break: the item and the height of what is above it. */
struct spot {
    uint32_t item;
    int32_t cost;
    uint8_t brk; /* class of a forced break */
    mpt height;  /* from the cell's top border edge, its `before` included */
    mpt fill;    /* what a break there takes: the height the cell is given, where it is more */
    mpt skipped; /* glue a break drops: the rest is so much shorter */
    mpt lead;    /* and what it adds */
};

struct cell_spots {
    struct spot *items;
    size_t len, cap;
    bool forced; /* some of them are forced breaks */
};

struct combiner {
    struct row_group *g;
    struct arena *arena;
    mpt room;      /* of a page */
    mpt *top;      /* of each row, from the group's top; row_count + 1 */
    uint32_t *pos; /* of the step being tried */
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
    mpt fill = height +
               (cell->rows == 1 ? mpt_max(cell->fill, k->g->rows[cell->row].fill) : cell->fill);
    for (size_t i = 0; i + 1 < v->len; i++) {
        const struct brk_item *it = &v->items[i].brk;
        if (it->kind != BRK_PENALTY) {
            height += it->width;
            continue;
        }
        if (it->cost >= BRK_LAST_RESORT)
            continue;
        struct spot s = {.item = (uint32_t)i,
                         .cost = it->cost,
                         .brk = v->items[i].break_class,
                         .height = height + it->before,
                         .fill = mpt_max(height + it->before, fill),
                         .skipped = -it->before,
                         .lead = it->after};
        if (v->items[i + 1].brk.kind == BRK_GLUE && k->g->table)
            s.skipped += v->items[i + 1].brk.width;
        VEC_PUSH(&k->spots[c], s);
        k->spots[c].forced = k->spots[c].forced || it->cost == BRK_FORCED;
    }
}

/* Breaks before and after what is in a cell, and keeps of that with what is outside it, are its
 * row's (4.8: a keep is between areas, whatever they are children of). After the content of a list
 * item no break is made, as in the formatter most people know: its files rely on that. */
static void take_edges(struct row_group *g)
{
    for (int32_t i = 0; i < g->cell_count; i++) {
        const struct column_cell *c = &g->cells[i];
        const struct vlist *v = c->list;
        struct row *first = &g->rows[c->row], *last = &g->rows[c->row + c->rows - 1];
        enum fo_break before = v->items[vlist_next_box(v->items, 0, v->len - 1)].break_class;
        enum fo_break after = v->items[v->len - 1].break_class;
        if (v->has_box && before > first->brk_before)
            first->brk_before = before;
        if (g->table && v->has_box && after > last->brk_after)
            last->brk_after = after;
        if (v->keep_before > first->keep_prev)
            first->keep_prev = v->keep_before;
        if (v->keep_after > last->keep_next)
            last->keep_next = v->keep_after;
    }
}

/* ---- heights of rows */

/* The height of a row is that of its cells' content: borders and padding come on top (7.15.6
 * leaves it open). */
static mpt least_content(const struct row_group *g, const struct column_cell *c)
{
    mpt least = c->min_height;
    if (c->rows == 1)
        least = mpt_max(least, g->rows[c->row].min_height);
    return mpt_max(least, c->content);
}

static mpt cell_need(const struct row_group *g, const struct column_cell *c)
{
    return c->before + least_content(g, c) + c->after;
}

/* A cell that spans rows asks its last row for what the others do not give. */
static void row_heights(struct row_group *g)
{
    for (int32_t r = 0; r < g->row_count; r++)
        g->rows[r].given = g->rows[r].min_height;
    for (int32_t i = 0; i < g->cell_count; i++) {
        struct row *row = &g->rows[g->cells[i].row];
        if (g->cells[i].rows > 1)
            continue;
        row->given = mpt_max(row->given, g->cells[i].min_height);
        row->fill = mpt_max(row->fill, g->cells[i].fill);
    }
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

/* The first forced break of a cell that no step stands at yet, or NULL: nothing below it shows
 * above. */
static const struct spot *next_forced(const struct combiner *k, int32_t c)
{
    const struct cell_spots *s = &k->spots[c];
    if (!s->forced)
        return NULL;
    uint32_t done = k->steps.len ? k->steps.items[k->steps.len - 1].pos[c] : STEP_NOT_BEGUN;
    for (size_t i = 0; i < s->len; i++)
        if (s->items[i].cost == BRK_FORCED &&
            (done == STEP_NOT_BEGUN || s->items[i].item > done))
            return &s->items[i];
    return NULL;
}

/* The last spot of a cell at or above `height`, or NULL. Rather than break where keeps or widows
 * forbid it a cell stays behind, unless `any` spot will do. */
static const struct spot *spot_at(const struct combiner *k, int32_t c, mpt height, bool any)
{
    const struct cell_spots *s = &k->spots[c];
    size_t lo = 0, hi = s->len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->items[mid].fill <= height)
            lo = mid + 1;
        else
            hi = mid;
    }
    while (lo > 0 && !any && s->items[lo - 1].cost >= BRK_NEVER)
        lo--;
    const struct spot *spot = lo ? &s->items[lo - 1] : NULL, *forced = next_forced(k, c);
    return spot && forced && forced < spot ? forced : spot;
}

/* The height of a cell's content: where the row or another cell in it was given more than there
 * is, the whole of that. */
static mpt solid_content(const struct combiner *k, const struct column_cell *c)
{
    mpt given = c->min_height;
    if (c->rows == 1)
        given = mpt_max(given, k->g->rows[c->row].given);
    return mpt_max(given, c->content);
}

/* A cell that is higher than its content is one piece, unless `any` break will do. */
static bool is_solid(const struct combiner *k, const struct column_cell *c, bool any)
{
    return !any && solid_content(k, c) > c->content;
}

static bool is_done(const struct combiner *k, const struct column_cell *c, mpt height, bool any)
{
    return c->before + (any ? c->content : solid_content(k, c)) <= height &&
           !next_forced(k, (int32_t)(c - k->g->cells));
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

/* A step being made: the group cut at height `at` inside row `row`, or at its end. */
struct trial {
    struct step step;
    mpt at;
    bool any; /* cells may be cut where that is forbidden */
    struct rest left;
};

static void raise_cost(struct step *s, int32_t cost)
{
    if (s->cost != BRK_FORCED && (cost == BRK_FORCED || cost > s->cost))
        s->cost = cost;
}

/* Record where cell c stands. False when the cell would have to be empty so far. */
static bool place_cell(const struct combiner *k, struct trial *t, int32_t c)
{
    const struct column_cell *cell = &k->g->cells[c];
    mpt height = t->at - k->top[cell->row];
    mpt rest, bottom = k->top[cell->row + cell->rows];
    if (is_done(k, cell, height, t->any)) {
        t->step.pos[c] = list_end(cell);
        raise_cost(&t->step, cell->list->keep_after);
        rest = cell->cut_before + cell->after;
        if (t->at >= bottom)
            return true;
        rest_add(&t->left, rest - (bottom - t->at), 0);
        t->step.before = mpt_max(t->step.before, cell->cut_after);
        return true;
    }
    const struct spot *spot = is_solid(k, cell, t->any) ? NULL : spot_at(k, c, height, t->any);
    if (!spot)
        return false;
    t->step.pos[c] = spot->item;
    bool stood = k->steps.len && k->steps.items[k->steps.len - 1].pos[c] == spot->item;
    if (spot->cost == BRK_FORCED && !stood)
        t->step.brk = spot->brk > t->step.brk ? spot->brk : t->step.brk;
    if (spot->cost != BRK_FORCED || !stood)
        raise_cost(&t->step, spot->cost);
    rest = cell->cut_before + cell->before + cell->content - spot->height - spot->skipped +
           spot->lead + cell->after;
    rest_add(&t->left, rest - (bottom - t->at), spot->skipped);
    t->step.before = mpt_max(t->step.before, cell->cut_after);
    return true;
}

/* A break here shows nothing that the one above does not: only the page would be longer. */
static bool shows_nothing(const struct combiner *k, const struct step *s)
{
    if (k->steps.len == 0)
        return false;
    const struct step *above = &k->steps.items[k->steps.len - 1];
    return above->row == s->row &&
           memcmp(above->pos, s->pos, sizeof *s->pos * (size_t)k->g->cell_count) == 0;
}

/* All that ends in the row is there: its end is the place to break. */
static bool is_whole(const struct combiner *k, const struct step *s)
{
    const struct row_group *g = k->g;
    if (s->delayed)
        return false;
    for (int32_t c = 0; c < g->cell_count; c++)
        if (g->cells[c].row + g->cells[c].rows == s->row + 1 &&
            s->pos[c] != list_end(&g->cells[c]))
            return false;
    return true;
}

/* Place the cells that are active in the row: those from above it, or those that start in it.
 * False when one of them has nothing to show. */
static bool place_cells(const struct combiner *k, struct trial *t, bool starting)
{
    const struct row_group *g = k->g;
    int32_t row = t->step.row;
    bool all = true;
    for (int32_t c = 0; c < g->cell_count; c++)
        if (is_active(&g->cells[c], row) && (g->cells[c].row == row) == starting)
            all = place_cell(k, t, c) && all;
    return all;
}

/* The cells that start in the row wait for the next page, where their row is whole. */
static void delay_row(const struct combiner *k, struct trial *t)
{
    const struct row_group *g = k->g;
    for (int32_t c = 0; c < g->cell_count; c++)
        if (g->cells[c].row == t->step.row)
            t->step.pos[c] = STEP_NOT_BEGUN;
    t->step.delayed = true;
    rest_add(&t->left, t->at - k->top[t->step.row], 0);
}

/* Where all cells stand at the height. False when nothing may be broken there. */
static bool try_step(const struct combiner *k, struct trial *t, bool at_end)
{
    const struct row_group *g = k->g;
    int32_t row = t->step.row;
    t->left = (struct rest){-MPT_MAX, 0};
    t->step.before = t->step.cost = 0;
    t->step.brk = FO_BREAK_AUTO;
    t->step.delayed = false;
    for (int32_t c = 0; c < g->cell_count; c++) {
        const struct column_cell *cell = &g->cells[c];
        bool over = cell->row + cell->rows <= row + at_end;
        t->step.pos[c] = over ? list_end(cell) : STEP_NOT_BEGUN;
    }
    if (at_end) {
        for (int32_t c = 0; c < g->cell_count; c++)
            if (is_active(&g->cells[c], row) && t->step.pos[c] == STEP_NOT_BEGUN &&
                !place_cell(k, t, c))
                t->step.cost = BRK_NEVER;
        return true;
    }
    if (!place_cells(k, t, false))
        return false;
    struct rest before = t->left;
    struct step above = t->step;
    if (!place_cells(k, t, true)) {
        if (row == 0)
            return false;
        t->left = before;
        t->step.before = above.before;
        t->step.cost = above.cost;
        t->step.brk = above.brk;
        delay_row(k, t);
    }
    return !is_whole(k, &t->step) && !shows_nothing(k, &t->step);
}

/* Keeps of the rows speak against a break here. */
static int32_t row_cost(const struct combiner *k, const struct step *s, bool at_end)
{
    const struct row *rows = k->g->rows;
    if (at_end)
        return rows[s->row].keep_next;
    return rows[s->delayed ? s->row - 1 : s->row].keep;
}

/* A step at height `at` inside row `row`, or at its end. */
static void add_step(struct combiner *k, int32_t row, mpt at, mpt *done, bool any)
{
    bool at_end = at == k->top[row + 1];
    struct trial t = {
        .step = {.row = row, .height = at - *done, .pos = k->pos}, .at = at, .any = any};
    if (!try_step(k, &t, at_end))
        return;
    raise_cost(&t.step, row_cost(k, &t.step, at_end));
    t.step.after = mpt_max(t.left.need, -t.left.skipped);
    t.step.pos = arena_copy(k->arena, k->pos, sizeof *k->pos * (size_t)k->g->cell_count);
    *done = at;
    VEC_PUSH(&k->steps, t.step);
}

static int compare_heights(const void *a, const void *b)
{
    mpt x = *(const mpt *)a, y = *(const mpt *)b;
    return x < y ? -1 : x > y;
}

/* Heights at which a cell can break, or at which one ends. */
struct heights {
    mpt *items;
    size_t len, cap;
};

static void add_height(const struct combiner *k, int32_t row, mpt t, struct heights *at)
{
    if (t > k->top[row] && t < k->top[row + 1])
        VEC_PUSH(at, t);
}

static void collect_heights(const struct combiner *k, int32_t row, struct heights *at)
{
    const struct row_group *g = k->g;
    for (int32_t c = 0; c < g->cell_count; c++) {
        const struct column_cell *cell = &g->cells[c];
        if (!is_active(cell, row))
            continue;
        mpt top = k->top[cell->row];
        for (size_t i = 0; i < k->spots[c].len; i++)
            add_height(k, row, top + k->spots[c].items[i].fill, at);
        mpt end = top + cell->before + solid_content(k, cell);
        add_height(k, row, end, at);
    }
    if (at->len)
        qsort(at->items, at->len, sizeof *at->items, compare_heights);
}

/* A cell that ends in the row stands at a forced break, or has one below. */
static bool is_left(const struct combiner *k, int32_t row)
{
    const struct row_group *g = k->g;
    REQUIRE(k->steps.items); /* the end of a row is always a step */
    const struct step *last = &k->steps.items[k->steps.len - 1];
    for (int32_t c = 0; c < g->cell_count; c++)
        if (k->spots[c].forced && g->cells[c].row + g->cells[c].rows == row + 1 &&
            last->pos[c] != list_end(&g->cells[c]))
            return true;
    return false;
}

/* The steps of a row; the height of the highest. */
static mpt add_steps(struct combiner *k, int32_t row, const struct heights *at, mpt *done,
                     bool any)
{
    size_t first = k->steps.len;
    mpt highest = 0;
    for (size_t i = 0; i < at->len; i++)
        if (i == 0 || at->items[i] != at->items[i - 1])
            add_step(k, row, at->items[i], done, any);
    do
        add_step(k, row, k->top[row + 1], done, any);
    while (is_left(k, row));
    for (size_t i = first; i < k->steps.len; i++)
        highest = mpt_max(highest, k->steps.items[i].height);
    return highest;
}

/* Where cells would be higher than a page between two places to break, they are broken where
 * keeps and widows forbid it. */
static void steps_of_row(struct combiner *k, int32_t row, mpt *done)
{
    struct heights at = {0};
    size_t first = k->steps.len;
    mpt begun = *done;
    collect_heights(k, row, &at);
    if (add_steps(k, row, &at, done, false) > k->room) {
        k->steps.len = first;
        *done = begun;
        add_steps(k, row, &at, done, true);
    }
    free(at.items);
}

/* What a page has for the rows, as far as is known now. */
static mpt room_for_rows(const struct pass *p, const struct table *t)
{
    mpt room = p->run ? p->run->geo.regions[0].height : MPT_MAX;
    if (t)
        room -= (t->header_at_break ? t->header_height : 0) +
                (t->footer_at_break ? t->footer_height : 0) + t->continued_height;
    return room;
}

void combine_rows(struct pass *p, struct arena *a, struct row_group *g)
{
    struct combiner k = {.g = g, .arena = a, .room = room_for_rows(p, g->table)};
    take_edges(g);
    row_heights(g);
    k.top = mem_zalloc(sizeof *k.top * (size_t)(g->row_count + 1));
    k.pos = mem_zalloc(sizeof *k.pos * (size_t)(g->cell_count + 1));
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
    free(k.pos);
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
                vlist_break(v, above->brk);
            v->pend.extra_before = above->before;
            v->pend.extra_after = above->after;
        }
        if (above && above->row != s->row) {
            vlist_keep(v, row->keep_prev);
            vlist_break(v, g->rows[above->row].brk_after);
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
