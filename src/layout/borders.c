/* The grid of a table and the collapsing border model (CSS 2.1, 17.6.2; XSL 1.1, 6.7.10). */
#include "layout/table.h"

static void count_part(const struct fo_node *part, int32_t *rows, int32_t *columns)
{
    for (const struct fo_node *r = part->child; r; r = r->next) {
        if (r->type != FO_TABLE_ROW)
            continue;
        ++*rows;
        for (const struct fo_node *c = r->child; c; c = c->next)
            if (c->type == FO_TABLE_CELL &&
                c->as.cell.number + c->as.cell.columns - 1 > *columns)
                *columns = c->as.cell.number + c->as.cell.columns - 1;
    }
}

static void fill_cell(struct grid *g, int32_t row, int32_t end, const struct fo_node *cell)
{
    for (int32_t r = row; r < row + cell->as.cell.rows && r < end; r++)
        for (int32_t k = 0; k < cell->as.cell.columns; k++) {
            int32_t column = cell->as.cell.number - 1 + k;
            if (column < g->columns)
                g->slots[r * g->columns + column] = cell;
        }
}

static void fill_part(struct grid *g, const struct fo_node *part, int32_t *at)
{
    int32_t first = *at, rows = 0, columns = 0;
    count_part(part, &rows, &columns);
    for (const struct fo_node *r = part->child; r; r = r->next) {
        if (r->type != FO_TABLE_ROW)
            continue;
        g->rows[*at] = (struct grid_row){r, part, *at == first, *at == first + rows - 1};
        for (const struct fo_node *c = r->child; c; c = c->next)
            if (c->type == FO_TABLE_CELL)
                fill_cell(g, *at, first + rows, c);
        ++*at;
    }
}

static void column_nodes(struct grid *g)
{
    for (const struct fo_node *k = g->table->child; k; k = k->next) {
        if (k->type != FO_TABLE_COLUMN)
            continue;
        for (int32_t i = 0; i < k->as.column.repeated; i++) {
            int32_t at = k->as.column.number - 1 + i;
            if (at >= 0 && at < g->columns)
                g->column_nodes[at] = k;
        }
    }
}

struct grid *grid_new(struct arena *a, const struct fo_node *table)
{
    static const enum fo_type order[] = {FO_TABLE_HEADER, FO_TABLE_BODY, FO_TABLE_FOOTER};
    struct grid *g = ARENA_NEW(a, struct grid);
    g->table = table;
    for (const struct fo_node *k = table->child; k; k = k->next) {
        if (k->type == FO_TABLE_COLUMN) {
            int32_t end = k->as.column.number + k->as.column.repeated - 1;
            g->columns = end > g->columns ? end : g->columns;
        } else {
            count_part(k, &g->row_count, &g->columns);
        }
    }
    g->rows = ARENA_ARRAY(a, struct grid_row, g->row_count + 1);
    g->slots = ARENA_ARRAY(a, const struct fo_node *, (int64_t)g->row_count * g->columns + 1);
    g->column_nodes = ARENA_ARRAY(a, const struct fo_node *, g->columns + 1);
    column_nodes(g);
    int32_t at = 0;
    for (int i = 0; i < 3; i++) {
        for (const struct fo_node *k = table->child; k; k = k->next)
            if (k->type == order[i])
                fill_part(g, k, &at);
        if (i == 0)
            g->header_end = at;
        else if (i == 1)
            g->body_end = at;
    }
    return g;
}

int32_t grid_cell_rows(const struct grid *g, int32_t row, const struct fo_node *cell)
{
    int32_t n = 1;
    while (n < cell->as.cell.rows && row + n < g->row_count && !g->rows[row + n - 1].last)
        n++;
    return n;
}

static const struct fo_node *slot(const struct grid *g, int32_t row, int32_t column)
{
    if (row < 0 || row >= g->row_count || column < 0 || column >= g->columns)
        return NULL;
    return g->slots[row * g->columns + column];
}

/* hidden beats all, none loses to all, then the wider, then the style; else what came first. */
static void compete(struct fo_border *best, const struct fo_node *n, enum fo_side side)
{
    if (!n || best->style == FO_BORDER_HIDDEN)
        return;
    const struct fo_border *b = &n->style->own.border[side];
    if (b->style == FO_BORDER_HIDDEN ||
        (b->style != FO_BORDER_NONE && b->width > best->width) ||
        (b->width == best->width && b->style > best->style))
        *best = *b;
}

static void compete_retained(struct fo_border *best, const struct fo_node *n, enum fo_side side)
{
    if (n && n->style->own.border[side].retain)
        compete(best, n, side);
}

/* The line above slot (row, column); row may be row_count for the line below the last. */
static void line_above(const struct grid *g, int32_t row, int32_t column,
                       struct fo_border *best)
{
    const struct grid_row *below = row < g->row_count ? &g->rows[row] : NULL;
    const struct grid_row *above = row > 0 ? &g->rows[row - 1] : NULL;
    compete(best, slot(g, row - 1, column), FO_AFTER);
    compete(best, slot(g, row, column), FO_BEFORE);
    if (above)
        compete(best, above->node, FO_AFTER);
    if (below)
        compete(best, below->node, FO_BEFORE);
    if (above && above->last)
        compete(best, above->part, FO_AFTER);
    if (below && below->first)
        compete(best, below->part, FO_BEFORE);
    if (!above)
        compete(best, g->column_nodes[column], FO_BEFORE);
    if (!below)
        compete(best, g->column_nodes[column], FO_AFTER);
    if (!above)
        compete(best, g->table, FO_BEFORE);
    if (!below)
        compete(best, g->table, FO_AFTER);
}

/* The line left of slot (row, column); column may be the number of columns. */
static void line_left(const struct grid *g, int32_t row, int32_t column, struct fo_border *best)
{
    bool first = column == 0, last = column == g->columns;
    compete(best, slot(g, row, column - 1), FO_END);
    compete(best, slot(g, row, column), FO_START);
    if (first || last) {
        compete(best, g->rows[row].node, first ? FO_START : FO_END);
        compete(best, g->rows[row].part, first ? FO_START : FO_END);
    }
    if (!first)
        compete(best, g->column_nodes[column - 1], FO_END);
    if (!last)
        compete(best, g->column_nodes[column], FO_START);
    if (first || last)
        compete(best, g->table, first ? FO_START : FO_END);
}

/* With header or footer, theirs; else what the table and its columns retain. */
struct fo_border grid_border_at_break(const struct grid *g, const struct fo_node *cell,
                                      enum fo_side side)
{
    struct fo_border best = {.style = FO_BORDER_NONE};
    const struct fo_as_table *t = &g->table->as.table;
    bool above = side == FO_BEFORE;
    bool has_part = above ? g->header_end > 0 && !t->omit_header_at_break
                          : g->body_end < g->row_count && !t->omit_footer_at_break;
    int32_t row = above ? g->header_end - 1 : g->body_end;
    enum fo_side facing = above ? FO_AFTER : FO_BEFORE;
    for (int32_t k = 0; k < cell->as.cell.columns; k++) {
        int32_t column = cell->as.cell.number - 1 + k;
        if (!has_part) {
            if (column < g->columns)
                compete_retained(&best, g->column_nodes[column], side);
            continue;
        }
        compete(&best, slot(g, row, column), facing);
        compete(&best, g->rows[row].node, facing);
        compete(&best, g->rows[row].part, facing);
    }
    if (!has_part)
        compete_retained(&best, g->table, side);
    if (best.style == FO_BORDER_HIDDEN)
        best.width = 0;
    return best;
}

void grid_collapse(const struct grid *g, int32_t row, const struct fo_node *cell,
                   struct fo_border out[4])
{
    int32_t rows = grid_cell_rows(g, row, cell);
    int32_t first = cell->as.cell.number - 1, end = first + cell->as.cell.columns;
    if (end > g->columns)
        end = g->columns;
    for (int i = 0; i < 4; i++)
        out[i] = (struct fo_border){.style = FO_BORDER_NONE};
    for (int32_t c = first; c < end; c++) {
        line_above(g, row, c, &out[FO_BEFORE]);
        line_above(g, row + rows, c, &out[FO_AFTER]);
    }
    for (int32_t r = row; r < row + rows; r++) {
        line_left(g, r, first, &out[FO_START]);
        line_left(g, r, end, &out[FO_END]);
    }
    for (int i = 0; i < 4; i++)
        if (out[i].style == FO_BORDER_HIDDEN)
            out[i].style = FO_BORDER_NONE, out[i].width = 0;
}
