/* The grid of a table under construction: every cell gets its column number (7.28.10), and spans
 * that do not fit are cut or reported, so that layout finds a table it can trust.
 *
 * For each column the grid knows the first row in which it is free again; a cell takes its columns
 * for its rows. That costs nothing per row that goes by, whatever the number of columns. */
#include "fo/builder.h"

#include <stdlib.h>
#include <string.h>

struct slot {
    int64_t free_from;     /* row */
    struct fo_node *owner; /* the cell that reaches farthest */
};

struct fo_grid {
    struct fo_node *table, *section, *row; /* row: the open one */
    const struct fo_node **columns;        /* fo:table-column by number - 1; NULL */
    int32_t column_count, column_next;
    struct slot *slots;
    int32_t slot_count;
    int32_t cursor; /* where the next cell of the row is tried */
    int64_t row_at; /* counts in the section from 1 */
    bool too_many;  /* reported */
};

struct fo_grid *fo_grid_new(struct fo_node *table)
{
    struct fo_grid *g = mem_zalloc(sizeof *g);
    g->table = table;
    g->column_next = 1;
    return g;
}

void fo_grid_free(struct fo_grid *g)
{
    if (!g)
        return;
    free(g->columns);
    free(g->slots);
    free(g);
}

static void grow_columns(struct fo_grid *g, int32_t count)
{
    if (count <= g->column_count)
        return;
    g->columns = mem_realloc(g->columns, (size_t)count * sizeof(void *));
    for (int32_t i = g->column_count; i < count; i++)
        g->columns[i] = NULL;
    g->column_count = count;
}

void fo_grid_add_column(struct fo_builder *b, struct fo_grid *g, struct fo_node *node)
{
    struct fo_as_column *c = &node->as.column;
    if (!c->number)
        c->number = g->column_next;
    if (c->number > FO_COLUMNS_MAX) {
        fo_fault(b, DIAG_ERROR, node->loc, "fo-table",
                 _("a table has at most %d columns; further ones are merged into the last"),
                 FO_COLUMNS_MAX);
        c->number = FO_COLUMNS_MAX;
    }
    if (c->repeated > FO_COLUMNS_MAX - c->number + 1)
        c->repeated = FO_COLUMNS_MAX - c->number + 1;
    int32_t end = c->number + c->repeated;
    grow_columns(g, end - 1);
    for (int32_t i = c->number; i < end; i++) {
        if (g->columns[i - 1])
            fo_fault(b, DIAG_ERROR, node->loc, "fo-table",
                     _("column %d is described twice; the first description counts"), i);
        else
            g->columns[i - 1] = node;
    }
    g->column_next = end;
}

void fo_grid_begin_section(struct fo_grid *g, struct fo_node *section)
{
    g->section = section;
    g->row = NULL;
    g->row_at = 0;
    g->cursor = 1;
    for (int32_t i = 0; i < g->slot_count; i++)
        g->slots[i] = (struct slot){0, NULL};
}

/* Cells that reach past the end of their section are cut (7.28.13). */
void fo_grid_end_section(struct fo_builder *b, struct fo_grid *g)
{
    for (int32_t i = 0; i < g->slot_count; i++) {
        struct slot *s = &g->slots[i];
        int64_t over = s->free_from - (g->row_at + 1);
        if (!s->owner || over <= 0)
            continue;
        struct fo_as_cell *cell = &s->owner->as.cell;
        fo_fault(b, DIAG_WARNING, s->owner->loc, "fo-table",
                 _("the cell spans %d rows, %d more than there are; the span is cut"),
                 (int)cell->rows, (int)over);
        cell->rows -= (int32_t)over;
        for (int32_t k = i; k < g->slot_count; k++)
            if (g->slots[k].owner == s->owner && k != i)
                g->slots[k].owner = NULL;
        s->owner = NULL;
    }
    g->section = g->row = NULL;
}

void fo_grid_begin_row(struct fo_grid *g, struct fo_node *row)
{
    g->row = row;
    g->row_at++;
    g->cursor = 1;
}

void fo_grid_end_row(struct fo_grid *g)
{
    g->row = NULL;
}

bool fo_grid_needs_row(const struct fo_grid *g, bool starts_row)
{
    return starts_row || !g->row;
}

struct fo_node *fo_grid_row(const struct fo_grid *g)
{
    return g->row;
}

static bool taken(const struct fo_grid *g, int32_t number)
{
    return number <= g->slot_count && g->slots[number - 1].free_from > g->row_at;
}

int32_t fo_grid_next_number(const struct fo_grid *g)
{
    int32_t n = g->cursor;
    while (taken(g, n))
        n++;
    return n;
}

const struct fo_style *fo_grid_column_style(const struct fo_grid *g, int32_t number,
                                            int32_t columns)
{
    if (number < 1 || number > g->column_count || !g->columns[number - 1])
        return NULL;
    const struct fo_node *c = g->columns[number - 1];
    return c->as.column.spanned == columns || c->as.column.spanned == 1 ? c->style : NULL;
}

static bool overlaps(const struct fo_grid *g, int32_t number, int32_t columns)
{
    for (int32_t i = 0; i < columns; i++)
        if (taken(g, number + i))
            return true;
    return false;
}

/* An explicit number that meets another cell gives way; a span is cut before one that reaches
 * down from a row above. */
static void settle(struct fo_builder *b, struct fo_grid *g, struct fo_node *node)
{
    struct fo_as_cell *c = &node->as.cell;
    if (c->number && taken(g, c->number)) {
        fo_fault(b, DIAG_ERROR, node->loc, "fo-table",
                 _("column %d is taken by another cell; the cell goes to the next free column"),
                 (int)c->number);
        c->number = 0;
    }
    if (!c->number)
        c->number = fo_grid_next_number(g);
    if (c->columns > 1 && overlaps(g, c->number, c->columns)) {
        int32_t n = 1;
        while (!taken(g, c->number + n))
            n++;
        fo_fault(b, DIAG_ERROR, node->loc, "fo-table",
                 _("the cell spans %d columns and meets another cell; it spans %d"),
                 (int)c->columns, (int)n);
        c->columns = n;
    }
}

static void take_slots(struct fo_grid *g, struct fo_node *node)
{
    const struct fo_as_cell *c = &node->as.cell;
    int32_t end = c->number + c->columns - 1;
    if (end > g->slot_count) {
        int32_t cap = end < 8 ? 8 : end > FO_COLUMNS_MAX / 2 ? FO_COLUMNS_MAX : end * 2;
        g->slots = mem_realloc(g->slots, (size_t)cap * sizeof *g->slots);
        for (int32_t i = g->slot_count; i < cap; i++)
            g->slots[i] = (struct slot){0, NULL};
        g->slot_count = cap;
    }
    for (int32_t i = c->number; i <= end; i++)
        g->slots[i - 1] = (struct slot){g->row_at + c->rows, node};
    g->cursor = end + 1;
}

bool fo_grid_place_cell(struct fo_builder *b, struct fo_grid *g, struct fo_node *node)
{
    struct fo_as_cell *c = &node->as.cell;
    settle(b, g, node);
    if (c->number > FO_COLUMNS_MAX) {
        fo_fault(b, DIAG_ERROR, node->loc, "fo-table",
                 _("a table has at most %d columns; the cell is left out with its content"),
                 FO_COLUMNS_MAX);
        return false;
    }
    int32_t room = FO_COLUMNS_MAX - c->number + 1;
    if (c->columns > room) {
        fo_fault(b, DIAG_ERROR, node->loc, "fo-table",
                 _("a table has at most %d columns; the span of the cell is cut"),
                 FO_COLUMNS_MAX);
        c->columns = room;
    }
    int32_t end = c->number + c->columns - 1;
    if (g->column_count && end > g->column_count && !g->too_many) {
        fo_fault(b, DIAG_ERROR, node->loc, "fo-table",
                 _("the cell reaches column %d, but the table describes %d; columns are added"),
                 (int)end, (int)g->column_count);
        g->too_many = true;
    }
    take_slots(g, node);
    return true;
}
