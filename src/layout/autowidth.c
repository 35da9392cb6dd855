/* Widths of columns: fixed, percentages, proportional, and computed from the content.
 *
 * Automatic layout follows CSS 2.1, 17.5.2.2: each column gets at least the width of its
 * longest unbreakable piece, and of the room beyond that a share in proportion to what it still
 * lacks to set its content without a break. Cells that span columns widen them evenly. */
#include "layout/table.h"

#include <stdlib.h>

struct widths {
    mpt *min, *max;
};

static void widths_of_children(struct pass *p, const struct fo_node *node, mpt *min, mpt *max);

static void add_edges(const struct fo_node *n, mpt *min, mpt *max)
{
    const struct fo_style *s = n->style;
    mpt edges = border_of(s, FO_START) + border_of(s, FO_END) + padding_of(s, FO_START, 0) +
                padding_of(s, FO_END, 0);
    edges += fo_length_resolve(s->inh.start_indent, 0, 0) +
             fo_length_resolve(s->inh.end_indent, 0, 0);
    *min += edges;
    *max += edges;
}

static void widths_of_inline(struct pass *p, const struct fo_node *block,
                             const struct fo_node *first, const struct fo_node *end, mpt *min,
                             mpt *max)
{
    struct frame root = {.node = block};
    struct inline_run run = {.block = block,
                             .first = first,
                             .end = end,
                             .frame = &root,
                             .place = {.frame = &root, .in_marker = true}};
    mpt a = 0, b = 0;
    para_widths(p, &run, &a, &b);
    *min = mpt_max(*min, a);
    *max = mpt_max(*max, b);
}

static bool is_inline(const struct fo_node *n)
{
    return fo_is_inline(n->type) ||
           (n->type == FO_WRAPPER && n->child && fo_is_inline(n->child->type));
}

static void widths_of_table(const struct fo_node *table, mpt *min, mpt *max)
{
    const struct fo_length *given = &table->style->own.inline_size.opt;
    if (given->unit == FO_UNIT_MPT) {
        *min = *max = given->v;
        return;
    }
    for (const struct fo_node *k = table->child; k; k = k->next)
        if (k->type == FO_TABLE_COLUMN && k->as.column.width.unit == FO_UNIT_MPT) {
            *min += k->as.column.width.v * k->as.column.repeated;
            *max += k->as.column.width.v * k->as.column.repeated;
        }
}

static void widths_of_list_item(struct pass *p, const struct fo_node *item, mpt *min, mpt *max)
{
    for (const struct fo_node *k = item->child; k; k = k->next)
        widths_of_children(p, k, min, max);
}

void widths_of_node(struct pass *p, const struct fo_node *node, mpt *min, mpt *max)
{
    mpt a = 0, b = 0;
    const struct fo_length *given = &node->style->own.inline_size.opt;
    if (node->type == FO_TABLE)
        widths_of_table(node, &a, &b);
    else if (node->type == FO_LIST_ITEM)
        widths_of_list_item(p, node, &a, &b);
    else
        widths_of_children(p, node, &a, &b);
    if (node->type == FO_BLOCK_CONTAINER && given->unit == FO_UNIT_MPT)
        a = b = given->v;
    if (node->type == FO_BLOCK || node->type == FO_BLOCK_CONTAINER)
        add_edges(node, &a, &b);
    *min = a;
    *max = b;
}

static void widths_of_children(struct pass *p, const struct fo_node *node, mpt *min, mpt *max)
{
    for (const struct fo_node *k = node->child; k;) {
        if (is_inline(k)) {
            const struct fo_node *end = k;
            while (end && is_inline(end))
                end = end->next;
            widths_of_inline(p, node, k, end, min, max);
            k = end;
            continue;
        }
        mpt a = 0, b = 0;
        if (k->type != FO_MARKER)
            widths_of_node(p, k, &a, &b);
        *min = mpt_max(*min, a);
        *max = mpt_max(*max, b);
        k = k->next;
    }
}

/* Spread what a cell needs beyond its columns' widths evenly over them. */
static void widen(mpt *widths, int32_t first, int32_t count, mpt need)
{
    mpt have = 0;
    for (int32_t i = 0; i < count; i++)
        have += widths[first + i];
    for (int32_t i = 0; i < count && need > have; i++) {
        mpt share = (need - have) / (count - i);
        widths[first + i] += share;
        have += share;
    }
}

static void measure_cells(struct pass *p, const struct grid *g, struct widths *w)
{
    for (int32_t span = 1; span <= g->columns; span++) {
        for (int32_t i = 0; i < g->row_count * g->columns; i++) {
            const struct fo_node *cell = g->slots[i];
            int32_t column = i % g->columns;
            if (!cell || cell->as.cell.columns != span || cell->as.cell.number - 1 != column ||
                (i >= g->columns && g->slots[i - g->columns] == cell))
                continue;
            mpt a = 0, b = 0;
            widths_of_children(p, cell, &a, &b);
            const struct fo_style *s = cell->style;
            mpt edges = border_of(s, FO_START) + border_of(s, FO_END) +
                        padding_of(s, FO_START, 0) + padding_of(s, FO_END, 0);
            widen(w->min, column, span, a + edges);
            widen(w->max, column, span, b + edges);
        }
    }
}

static bool is_auto(const struct fo_node *column)
{
    return !column || column->as.column.width.unit == FO_UNIT_AUTO;
}

/* The computed columns share `room`. */
static mpt share_auto(struct pass *p, const struct grid *g, mpt *out, mpt room)
{
    struct widths w = {mem_zalloc(sizeof(mpt) * (size_t)(g->columns + 1)),
                       mem_zalloc(sizeof(mpt) * (size_t)(g->columns + 1))};
    measure_cells(p, g, &w);
    mpt min = 0, max = 0, used = 0;
    for (int32_t i = 0; i < g->columns; i++) {
        if (!is_auto(g->column_nodes[i]))
            continue;
        min += w.min[i];
        max += mpt_max(w.max[i], w.min[i]);
    }
    for (int32_t i = 0; i < g->columns; i++) {
        if (!is_auto(g->column_nodes[i]))
            continue;
        mpt lack = mpt_max(w.max[i], w.min[i]) - w.min[i];
        out[i] = w.min[i];
        if (room >= max)
            out[i] += lack;
        else if (room > min && max > min)
            out[i] += lack * ((room - min) / 1000) / mpt_max(1, (max - min) / 1000);
        used += out[i];
    }
    free(w.min);
    free(w.max);
    return used;
}

static mpt given_width(const struct fo_node *column, mpt table)
{
    const struct fo_length *l = &column->as.column.width;
    return l->unit == FO_UNIT_PROP ? l->v : fo_length_resolve(*l, table, 0);
}

/* fixed layout takes a column without a width for one equal share (7.28.2). */
static mpt factor_of(const struct fo_node *column)
{
    if (!column || column->as.column.width.unit == FO_UNIT_AUTO)
        return 1000;
    return column->as.column.width.unit == FO_UNIT_PROP ? column->as.column.width.pct : 0;
}

void table_columns(struct pass *p, const struct grid *g, struct table *t, mpt width, bool given)
{
    mpt *w = mem_zalloc(sizeof(mpt) * (size_t)(g->columns + 1));
    mpt used = 0, factors = 0;
    bool computed = !g->table->as.table.fixed;
    for (int32_t i = 0; i < g->columns; i++) {
        const struct fo_node *c = g->column_nodes[i];
        if (c && c->as.column.width.unit != FO_UNIT_AUTO)
            used += w[i] = given_width(c, width);
        if (!(computed && is_auto(c)))
            factors += factor_of(c);
    }
    if (computed)
        used += share_auto(p, g, w, mpt_max(0, width - used));
    mpt rest = mpt_max(0, width - used);
    for (int32_t i = 0; i < g->columns; i++) {
        const struct fo_node *c = g->column_nodes[i];
        mpt f = computed && is_auto(c) ? 0 : factor_of(c);
        if (!f)
            continue;
        mpt share = rest * f / factors; /* of what is left: no rounding adds up */
        w[i] += share;
        rest -= share;
        factors -= f;
    }
    if (computed && given && rest > 0 && g->columns > 0)
        widen(w, 0, g->columns, width);
    for (int32_t i = 0; i < g->columns; i++)
        t->edges[i + 1] = t->edges[i] + w[i];
    free(w);
}
