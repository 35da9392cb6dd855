/* fo:table: rows are laid out in groups tied together by row spans; each group becomes steps
 * (combine.c). Header and footer are lists of their own that the painter repeats. */
#include "layout/table.h"

#include <string.h>

static int32_t greater(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static const struct fo_node *child_of(const struct fo_node *n, enum fo_type type)
{
    for (const struct fo_node *k = n->child; k; k = k->next)
        if (k->type == type)
            return k;
    return NULL;
}

static bool is_wide(const struct fo_style *s)
{
    return s->own.inline_size.opt.unit != FO_UNIT_AUTO;
}

/* ---- edges of cells */

/* What stays of the edges where a break cuts the cell: what is retained, and in the collapsing
 * model one half of the line it then shares with what is above or below. */
static void cut_edges(const struct table_builder *b, int32_t row, struct column_cell *c,
                      const mpt half[4])
{
    const struct fo_style *s = c->node->style;
    const struct grid *g = b->grid;
    mpt before = c->border[FO_BEFORE].retain ? half[FO_BEFORE] : 0;
    mpt after = c->border[FO_AFTER].retain ? half[FO_AFTER] : 0;
    if (b->t->collapse && row >= g->header_end && row < g->body_end) {
        before = mpt_max(before, grid_border_at_break(g, c->node, FO_BEFORE).width / 2);
        after = mpt_max(after, (grid_border_at_break(g, c->node, FO_AFTER).width + 1) / 2);
    }
    const struct fo_padding *pad = s->own.padding;
    c->cut_before = before + (pad[FO_BEFORE].retain ? padding_of(s, FO_BEFORE, c->width) : 0);
    c->cut_after = after + (pad[FO_AFTER].retain ? padding_of(s, FO_AFTER, c->width) : 0);
}

/* Edges of a cell: in the separate model its own border, its padding and half the spacing; in
 * the collapsing one half of each line it shares. */
static void cell_edges(struct table_builder *b, int32_t row, struct column_cell *c, mpt *left,
                       mpt *right)
{
    const struct fo_style *s = c->node->style;
    mpt half[4];
    if (b->t->collapse) {
        grid_collapse(b->grid, row, c->node, c->border);
        for (int i = 0; i < 4; i++)
            half[i] = i == FO_BEFORE || i == FO_START
                          ? c->border[i].width / 2
                          : c->border[i].width - c->border[i].width / 2;
    } else {
        memcpy(c->border, s->own.border, sizeof c->border);
        for (int i = 0; i < 4; i++)
            half[i] = c->border[i].width;
        half[FO_BEFORE] += b->t->gap_block / 2;
        half[FO_AFTER] += b->t->gap_block - b->t->gap_block / 2;
    }
    c->before = half[FO_BEFORE] + padding_of(s, FO_BEFORE, c->width);
    c->after = half[FO_AFTER] + padding_of(s, FO_AFTER, c->width);
    cut_edges(b, row, c, half);
    *left = half[FO_START] + padding_of(s, FO_START, c->width);
    *right = half[FO_END] + padding_of(s, FO_END, c->width);
}

/* The columns that the cell has, and its edges. */
static void span_cell(struct table_builder *b, int32_t row, const struct fo_node *node,
                      struct column_cell *c, mpt *left, mpt *right)
{
    const struct table *t = b->t;
    int32_t first = node->as.cell.number - 1;
    int32_t end = first + node->as.cell.columns;
    if (end > t->columns)
        end = t->columns;
    c->node = node;
    c->column = first;
    c->columns = end - first;
    c->rows = grid_cell_rows(b->grid, row, node);
    mpt gap = t->gap_inline;
    c->x = t->edges[first] + gap / 2;
    c->width = t->edges[end] - t->edges[first] - gap;
    cell_edges(b, row, c, left, right);
}

/* ---- columns aligned at the decimal sign */

/* What a cell has on both sides of its sign, with the block's indents. */
struct decimal {
    mpt before, after, start, end;
};

/* What a column says is not meant for its header. */
static bool is_decimal(const struct grid *g, int32_t row, const struct fo_node *cell)
{
    const struct fo_node *column = g->column_nodes[cell->as.cell.number - 1];
    bool of_column = column && column->as.column.align_decimal && row >= g->header_end;
    return cell->as.cell.columns == 1 && (cell->as.cell.align_decimal || of_column);
}

/* The first block in the cell that has text of its own. */
static const struct fo_node *text_block(const struct fo_node *n)
{
    for (const struct fo_node *k = n->child; k; k = k->next) {
        if (k->type != FO_BLOCK)
            continue;
        const struct fo_node *inner = text_block(k);
        return inner ? inner : k;
    }
    return NULL;
}

/* False for what has no text or does not fit into `room`: it is set like any other cell. */
static bool decimal_parts(struct table_builder *b, const struct fo_node *cell, mpt room,
                          struct decimal *d)
{
    const struct fo_node *block = text_block(cell);
    if (!block)
        return false;
    struct frame root = {.node = block};
    struct inline_run run = {.block = block,
                             .first = block->child,
                             .frame = &root,
                             .place = {.frame = &root, .in_marker = true}};
    para_decimal(b->p, &run, &d->before, &d->after);
    const struct fo_style *s = block->style;
    d->start = fo_length_resolve(s->inh.start_indent, room, 0) +
               fo_length_resolve(s->inh.text_indent, room, 0);
    d->end = fo_length_resolve(s->inh.end_indent, room, 0);
    return d->start + d->before + d->after + d->end <= room;
}

static void measure_decimals(struct table_builder *b)
{
    const struct grid *g = b->grid;
    for (int32_t i = 0; i < g->row_count * g->columns; i++) {
        const struct fo_node *cell = g->slots[i];
        int32_t row = i / g->columns;
        if (!cell || !is_decimal(g, row, cell) ||
            (i >= g->columns && g->slots[i - g->columns] == cell))
            continue;
        if (!b->t->decimal)
            b->t->decimal = ARENA_ARRAY(b->arena, mpt, 2 * (int64_t)g->columns);
        struct column_cell c = {0};
        struct decimal d;
        mpt left, right;
        span_cell(b, row, cell, &c, &left, &right);
        if (!decimal_parts(b, cell, mpt_max(0, c.width - left - right), &d))
            continue;
        mpt *widest = b->t->decimal + 2 * (ptrdiff_t)(i % g->columns);
        widest[0] = mpt_max(widest[0], d.start + d.before);
        widest[1] = mpt_max(widest[1], d.after + d.end);
    }
}

/* Move the cell's content so that its sign stands under the others, the whole centred; in a
 * column too narrow for that, as near to it as its room lets it. */
static void align_decimal(struct table_builder *b, int32_t row, const struct column_cell *c,
                          struct place *inner)
{
    const mpt *widest = b->t->decimal ? b->t->decimal + 2 * (int64_t)c->column : NULL;
    struct decimal d;
    if (!widest || !is_decimal(b->grid, row, c->node) ||
        !decimal_parts(b, c->node, inner->width, &d))
        return;
    mpt width = d.start + d.before + d.after + d.end;
    mpt spare = inner->width - widest[0] - widest[1];
    mpt shift = mpt_max(0, spare) / 2 + widest[0] - d.before - d.start;
    inner->x += mpt_min(shift, inner->width - width);
    inner->width = width;
}

/* ---- cells */

static mpt fixed_height(const struct fo_style *s, mpt base)
{
    mpt opt = fo_length_resolve(s->own.block_size.opt, base, 0);
    return mpt_max(opt, fo_length_resolve(s->own.block_size.min, base, 0));
}

static void lay_cell(struct table_builder *b, int32_t row, const struct fo_node *node,
                     struct column_cell *c)
{
    mpt left, right;
    span_cell(b, row, node, c, &left, &right);
    struct frame *root = frame_new(b->arena, NULL, node);
    root->x = c->x;
    root->width = c->width;
    root->tag = c->tag = b->place->in_marker ? NULL : tag_of(b->p, node);
    c->frame = root;
    c->list = vlist_new(b->arena, root);
    struct place inner = {.frame = root,
                          .x = c->x + left,
                          .width = mpt_max(0, c->width - left - right),
                          .in_marker = b->place->in_marker};
    inner.keep = keep_cost(&node->style->inh.keep_together);
    align_decimal(b, row, c, &inner);
    c->min_height = fixed_height(node->style, 0);
    c->fill = fo_length_resolve(node->style->own.block_size.min, 0, 0);
    inner.height = c->min_height;
    if (node->id && !inner.in_marker)
        vlist_anchor(c->list, &(struct anchor){.kind = ANCHOR_ID, .node = node, .frame = root});
    block_children(b->p, c->list, node, &inner);
    vlist_finish(c->list);
    c->content = vlist_height(c->list, 0, c->list->len);
}

/* ---- groups of rows */

static int32_t group_end(const struct grid *g, int32_t row, int32_t limit)
{
    int32_t end = row + 1;
    for (int32_t r = row; r < end && r < limit; r++)
        for (const struct fo_node *c = g->rows[r].node->child; c; c = c->next)
            if (c->type == FO_TABLE_CELL && r + grid_cell_rows(g, r, c) > end)
                end = r + grid_cell_rows(g, r, c);
    return end < limit ? end : limit;
}

static void set_row(struct table_builder *b, const struct grid_row *from, struct row *row)
{
    const struct fo_style *s = from->node->style;
    row->node = from->node;
    row->min_height = fixed_height(s, 0);
    row->fill = fo_length_resolve(s->own.block_size.min, 0, 0);
    row->least = from->last ? b->least_height : 0;
    row->keep = keep_cost(&s->inh.keep_together);
    row->keep_next = greater(b->keep, keep_cost(&s->own.keep_with_next));
    row->keep_prev = keep_cost(&s->own.keep_with_previous);
    row->brk_before = s->own.brk.before;
    row->brk_after = s->own.brk.after;
    row->tag = b->place->in_marker ? NULL : tag_of(b->p, from->node);
}

/* Columns [from, to) of a row without a cell of their own or from above: the structure has empty
 * cells there, so that every row has all columns (ISO 14289-1, 7.2). */
static void tag_gap(struct table_builder *b, int32_t row, int32_t from, int32_t to)
{
    const struct grid *g = b->grid;
    for (int32_t k = from; k < to && k < g->columns; k++)
        if (!g->slots[row * g->columns + k] && !b->place->in_marker)
            tag_of_gap(b->p, g->rows[row].node);
}

static struct row_group *make_group(struct table_builder *b, int32_t from, int32_t to)
{
    const struct grid *grid = b->grid;
    struct row_group *g = ARENA_NEW(b->arena, struct row_group);
    g->table = b->t;
    g->row_count = to - from;
    g->first_row = from;
    g->rows = ARENA_ARRAY(b->arena, struct row, g->row_count);
    for (int32_t r = from; r < to; r++)
        for (const struct fo_node *c = grid->rows[r].node->child; c; c = c->next)
            g->cell_count += c->type == FO_TABLE_CELL;
    g->cells = ARENA_ARRAY(b->arena, struct column_cell, g->cell_count + 1);
    int32_t n = 0;
    for (int32_t r = from; r < to; r++) {
        struct row *row = &g->rows[r - from];
        set_row(b, &grid->rows[r], row);
        int32_t column = 0;
        for (const struct fo_node *c = grid->rows[r].node->child; c; c = c->next) {
            if (c->type != FO_TABLE_CELL || c->as.cell.number > grid->columns)
                continue;
            tag_gap(b, r, column, c->as.cell.number - 1);
            column = c->as.cell.number - 1 + c->as.cell.columns;
            g->cells[n].row = r - from;
            lay_cell(b, r, c, &g->cells[n++]);
        }
        tag_gap(b, r, column, grid->columns);
    }
    g->cell_count = n;
    g->is_first = grid->rows[from].first;
    g->is_last = grid->rows[to - 1].last;
    combine_rows(b->p, b->arena, g);
    return g;
}

static void row_ids(struct vlist *v, const struct row_group *g, const struct place *place,
                    struct frame *f)
{
    for (int32_t r = 0; r < g->row_count; r++)
        if (g->rows[r].node->id && !place->in_marker)
            vlist_anchor(
                v, &(struct anchor){.kind = ANCHOR_ID, .node = g->rows[r].node, .frame = f});
}

/* Rows [from, to) of the grid into `v`, in frame `f`. */
static void add_rows(struct table_builder *b, struct vlist *v, struct frame *f, int32_t from,
                     int32_t to)
{
    struct arena *arena = b->arena;
    for (int32_t r = from; r < to;) {
        if (v->drain)
            b->arena = vlist_arena(v, b->grid->rows[r].node);
        int32_t end = group_end(b->grid, r, to);
        struct row_group *g = make_group(b, r, end);
        const struct row *last = &g->rows[g->row_count - 1];
        if (r > from)
            vlist_boundary(v, b->keep);
        vlist_keep(v, g->rows[0].keep_prev);
        if (b->grid->rows[r].first)
            block_markers(v, b->grid->rows[r].part, b->place, f);
        row_ids(v, g, b->place, f);
        combine_append(v, f, g, 0);
        vlist_keep(v, last->keep_next);
        vlist_break(v, last->brk_after);
        r = end;
        vlist_unit_done(v);
    }
    b->arena = arena;
}

/* ---- header and footer */

/* The groups of these rows stand in the flow as well. */
struct vlist *table_rows_apart(struct table_builder *b, int32_t from, int32_t to, mpt *height)
{
    *height = 0;
    if (from >= to)
        return NULL;
    struct frame *root = frame_new(b->arena, NULL, b->grid->table);
    root->x = b->t->frame->x;
    root->width = b->t->frame->width;
    struct vlist *v = vlist_new(b->arena, root);
    int32_t keep = b->keep;
    b->keep = BRK_KEEP_ALWAYS;
    add_rows(b, v, root, from, to);
    b->keep = keep;
    vlist_finish(v);
    *height = vlist_height(v, 0, v->len);
    return v;
}

/* A header or footer that changes from page to page is one box; else its steps are copied into
 * the flow. */
static void append_part(struct vlist *v, struct frame *f, struct table *t, enum table_part part)
{
    const struct vlist *rows = part == TABLE_HEADER ? t->header : t->footer;
    if (t->changing && t->changes[part]) {
        struct vitem *it = vlist_box(v, f, V_PART, t->first_height[part]);
        it->body = t;
        it->index = part;
        it->notes = notes_in(v->arena, rows, 0, rows->len);
        return;
    }
    for (size_t i = 0; i < rows->len; i++) {
        const struct vitem *it = &rows->items[i];
        if (it->kind != V_STEP)
            continue;
        if (it->index == 0) {
            for (struct anchor *a = it->anchors; a; a = a->next)
                vlist_anchor(v, a);
            vlist_boundary(v, BRK_KEEP_ALWAYS);
            combine_append(v, f, it->body, BRK_KEEP_ALWAYS);
        }
    }
}

/* ---- the table */

static void table_width(struct table_builder *b, struct frame *f, const struct place *place)
{
    const struct fo_style *s = b->grid->table->style;
    bool given = is_wide(s);
    mpt left =
        b->t->collapse ? 0 : padding_of(s, FO_START, place->width) + border_of(s, FO_START);
    mpt right = b->t->collapse ? 0 : padding_of(s, FO_END, place->width) + border_of(s, FO_END);
    mpt start = fo_length_resolve(s->inh.start_indent, place->width, 0);
    mpt end = fo_length_resolve(s->inh.end_indent, place->width, 0);
    mpt width = mpt_max(0, place->width - start - end);
    if (given)
        width = fo_length_resolve(s->own.inline_size.opt, place->width - place->inset, width);
    b->t->edges = ARENA_ARRAY(b->arena, mpt, b->grid->columns + 1);
    b->t->edges[0] = place->x + start;
    table_columns(b->p, b->grid, b->t, width, given);
    mpt columns = b->t->edges[b->grid->columns] - b->t->edges[0];
    f->x = place->x + start - left;
    f->width = (given ? mpt_max(width, columns) : columns) + left + right;
}

static void report_wide(struct table_builder *b, const struct frame *f,
                        const struct place *place)
{
    mpt over = f->x + f->width - place->x - place->width;
    if (over > 1000)
        diag_add(b->p->diag, DIAG_WARNING, b->grid->table->loc, "table-too-wide",
                 _("the table is %lld mm wider than the room it has"),
                 (long long)((over * 254 + 360000) / 720000));
}

static void continued_caption(struct table_builder *b, const struct fo_node *node)
{
    const char *text = node->as.table.continued;
    struct table *t = b->t;
    if (!text)
        return;
    struct fo_node *block = ARENA_NEW(b->arena, struct fo_node);
    struct fo_node *chars = ARENA_NEW(b->arena, struct fo_node);
    block->type = FO_BLOCK;
    block->loc = node->loc;
    block->style = node->style;
    block->child = block->last_child = chars;
    chars->type = FO_TEXT;
    chars->loc = node->loc;
    chars->style = node->style;
    chars->parent = block;
    chars->as.text.bytes = text;
    chars->as.text.len = strlen(text);
    struct frame *root = frame_new(b->arena, NULL, node);
    struct inline_run run = {.block = block,
                             .first = chars,
                             .frame = root,
                             .is_first = true,
                             .x = t->edges[0],
                             .width = t->edges[t->columns] - t->edges[0],
                             .place = {.frame = root, .in_marker = true}};
    t->continued = vlist_new(b->arena, root);
    para_layout(b->p, t->continued, &run);
    vlist_finish(t->continued);
    t->continued_height = vlist_height(t->continued, 0, t->continued->len);
}

/* The frame of the body: header and footer come again where a page break cuts it. */
static struct frame *body_frame(struct table_builder *b, struct frame *f)
{
    struct table *t = b->t;
    struct frame *body = frame_new(b->arena, f, b->grid->table);
    body->table = t;
    body->tag = f->tag;
    body->all_cut_before += t->continued_height + (t->header_at_break ? t->header_height : 0);
    body->all_cut_after += t->footer_at_break ? t->footer_height : 0;
    return body;
}

static void table_rows(struct table_builder *b, struct vlist *v, struct frame *f)
{
    struct table *t = b->t;
    const struct grid *g = b->grid;
    t->header = table_rows_apart(b, 0, g->header_end, &t->header_height);
    t->footer = table_rows_apart(b, g->body_end, g->row_count, &t->footer_height);
    changing_new(b);
    t->header_at_break = t->header && !g->table->as.table.omit_header_at_break;
    t->footer_at_break = t->footer && !g->table->as.table.omit_footer_at_break;
    continued_caption(b, g->table);
    if (t->header) {
        append_part(v, f, t, TABLE_HEADER);
        vlist_boundary(v, BRK_KEEP_ALWAYS);
    }
    add_rows(b, v, body_frame(b, f), g->header_end, g->body_end);
    if (t->footer) {
        vlist_boundary(v, BRK_KEEP_ALWAYS);
        append_part(v, f, t, TABLE_FOOTER);
    }
}

static void one_table(struct pass *p, struct vlist *v, const struct fo_node *node,
                      const struct place *place)
{
    const struct fo_style *s = node->style;
    struct table *t = ARENA_NEW(v->arena, struct table);
    struct table_builder b = {.p = p, .t = t, .arena = v->arena, .place = place};
    b.grid = grid_new(v->arena, node);
    b.keep = greater(place->keep, keep_cost(&s->inh.keep_together));
    t->node = node;
    t->columns = b.grid->columns;
    t->column_nodes = b.grid->column_nodes;
    t->collapse = s->inh.border_collapse;
    t->gap_inline = t->collapse ? 0 : s->inh.border_spacing_inline;
    t->gap_block = t->collapse ? 0 : s->inh.border_spacing_block;
    block_open(v, node, place);
    struct frame *f = frame_new(v->arena, place->frame, node);
    f->tag = place->in_marker ? NULL : tag_of(p, node);
    t->frame = f;
    table_width(&b, f, place);
    report_wide(&b, f, place);
    measure_decimals(&b);
    if (!t->collapse)
        frame_edges(f, s, place->width);
    else
        f->decorated = s->own.background_color != FO_TRANSPARENT;
    if (node->id && !place->in_marker)
        vlist_anchor(v, &(struct anchor){.kind = ANCHOR_ID, .node = node, .frame = f});
    block_markers(v, node, place, f);
    frame_begin(v, f);
    table_rows(&b, v, f);
    frame_end(v, f);
    block_close(v, node, place);
}

/* table-and-caption: the caption stands before or after its table and stays with it. */
static void table_and_caption(struct pass *p, struct vlist *v, const struct fo_node *node,
                              const struct place *place)
{
    const struct fo_node *caption = child_of(node, FO_TABLE_CAPTION);
    const struct fo_node *table = child_of(node, FO_TABLE);
    bool before = node->style->inh.caption_before;
    block_open(v, node, place);
    struct place inner = *place;
    inner.frame = block_frame(p, v, node, place);
    block_markers(v, node, place, inner.frame);
    if (caption && before)
        block_children(p, v, caption, &inner);
    if (caption && table && before)
        vlist_boundary(v, BRK_KEEP_ALWAYS);
    if (table)
        one_table(p, v, table, &inner);
    if (caption && !before) {
        vlist_boundary(v, BRK_KEEP_ALWAYS);
        block_children(p, v, caption, &inner);
    }
    block_close(v, node, place);
}

void table_layout(struct pass *p, struct vlist *v, const struct fo_node *node,
                  const struct place *place)
{
    if (node->type == FO_TABLE)
        one_table(p, v, node, place);
    else
        table_and_caption(p, v, node, place);
}
