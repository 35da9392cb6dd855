/* The rows of a table (or a list item) on one page: cells with their backgrounds and content,
 * and the lines between them. */
#include "layout/model.h"

#include <stdlib.h>

/* A straight border line of the collapsing model, to be joined with its neighbours. */
struct stroke {
    bool vertical;
    mpt x, y, length;
    struct fo_border border;
    int line;
};

struct fragment {
    struct canvas *c;
    const struct row_group *g;
    struct step_range range;
    mpt *row_y;               /* top of each row on this page; row_count + 1 */
    int32_t first, last;      /* rows that show */
    const struct step *above; /* the step before the first; NULL */
    struct {
        struct stroke *items;
        size_t len, cap;
    } strokes;
};

static void row_places(struct fragment *f, mpt y)
{
    const struct row_group *g = f->g;
    f->first = g->steps[f->range.from].row;
    const struct step *end = &g->steps[f->range.to - 1];
    f->last = end->row - end->delayed;
    for (int32_t r = 0; r <= g->row_count; r++)
        f->row_y[r] = y;
    for (size_t i = f->range.from; i < f->range.to; i++) {
        const struct step *s = &g->steps[i];
        mpt h = s->height;
        if (i == f->range.from && f->above)
            h += f->above->after;
        if (i + 1 == f->range.to && f->range.to < g->step_count)
            h += s->before;
        y += h;
        for (int32_t r = s->row + 1; r <= g->row_count; r++)
            f->row_y[r] = y;
    }
    f->row_y[f->last + 1] = y;
}

/* True when the last step on this page is the end of its row. */
static bool ends_row(const struct fragment *f)
{
    return f->range.to == f->g->step_count || f->g->steps[f->range.to].row != f->last;
}

struct cell_view {
    const struct column_cell *cell;
    mpt top, bottom;
    bool continues;  /* has begun on a page before */
    bool complete;   /* ends on this page */
    size_t from, to; /* items of its list */
};

static bool view_cell(const struct fragment *f, int32_t i, struct cell_view *v)
{
    const struct column_cell *c = &f->g->cells[i];
    int32_t end = c->row + c->rows - 1;
    if (c->row > f->last || end < f->first)
        return false;
    v->cell = c;
    v->top = f->row_y[c->row > f->first ? c->row : f->first];
    v->bottom = f->row_y[(end < f->last ? end : f->last) + 1];
    uint32_t before = f->above ? f->above->pos[i] : STEP_NOT_BEGUN;
    uint32_t now = f->g->steps[f->range.to - 1].pos[i];
    v->continues = f->above && c->row <= f->above->row && before != STEP_NOT_BEGUN;
    v->complete = end < f->last || (end == f->last && ends_row(f));
    struct brk_params bp = {
        .items = c->list->items, .stride = sizeof *c->list->items, .count = c->list->len};
    v->from = v->continues ? brk_skip(&bp, before) : 0;
    v->to = v->complete ? c->list->len - 1 : now == STEP_NOT_BEGUN ? 0 : now;
    if (v->to < v->from)
        v->to = v->from;
    return true;
}

/* ---- backgrounds and borders */

static void background(struct fragment *f, const struct fo_style *s, const struct cell_view *v)
{
    if (s->own.background_color == FO_TRANSPARENT || s->inh.visibility)
        return;
    struct area *a = canvas_add(f->c, AREA_BOX);
    a->x = f->c->x + v->cell->x;
    a->y = v->top;
    a->width = v->cell->width;
    a->height = v->bottom - v->top;
    a->line = v->cell->node->loc.line;
    a->as.box.background = s->own.background_color;
}

static void separate_border(struct fragment *f, const struct cell_view *v)
{
    const struct column_cell *c = v->cell;
    mpt gap = f->g->table->gap_block;
    struct area *a = paint_box(f->c, c->node->style, f->c->x + c->x, v->top + gap / 2);
    if (!a)
        return;
    a->width = c->width;
    a->height = v->bottom - v->top - gap;
    a->line = c->node->loc.line;
    if (v->continues && !c->border[FO_BEFORE].retain)
        a->as.box.border[FO_BEFORE].style = AREA_LINE_NONE;
    if (!v->complete && !c->border[FO_AFTER].retain)
        a->as.box.border[FO_AFTER].style = AREA_LINE_NONE;
}

static void stroke(struct fragment *f, bool vertical, struct stroke s)
{
    if (s.border.width <= 0 || s.length <= 0)
        return;
    s.vertical = vertical;
    VEC_PUSH(&f->strokes, s);
}

/* The lines of a cell: above and left of it; below and right only where no cell follows. */
static void collapsed_borders(struct fragment *f, const struct cell_view *v)
{
    const struct column_cell *c = v->cell;
    const struct fo_border *b = c->border;
    mpt x = c->x, w = c->width, h = v->bottom - v->top;
    int line = c->node->loc.line;
    if (!v->continues || b[FO_BEFORE].retain)
        stroke(f, false,
               (struct stroke){
                   .x = x, .y = v->top, .length = w, .border = b[FO_BEFORE], .line = line});
    bool lowest = c->row + c->rows - 1 >= f->last;
    if (lowest &&
        (v->complete ? f->range.last || f->range.to < f->g->step_count : b[FO_AFTER].retain))
        stroke(f, false,
               (struct stroke){
                   .x = x, .y = v->bottom, .length = w, .border = b[FO_AFTER], .line = line});
    stroke(
        f, true,
        (struct stroke){.x = x, .y = v->top, .length = h, .border = b[FO_START], .line = line});
    stroke(f, true,
           (struct stroke){
               .x = x + w, .y = v->top, .length = h, .border = b[FO_END], .line = line});
}

static int compare_strokes(const void *pa, const void *pb)
{
    const struct stroke *a = pa, *b = pb;
    if (a->vertical != b->vertical)
        return a->vertical ? 1 : -1;
    mpt la = a->vertical ? a->x : a->y, lb = b->vertical ? b->x : b->y;
    mpt ma = a->vertical ? a->y : a->x, mb = b->vertical ? b->y : b->x;
    if (la != lb)
        return la < lb ? -1 : 1;
    if (ma != mb)
        return ma < mb ? -1 : 1;
    return a->length != b->length ? (a->length < b->length ? -1 : 1) : 0;
}

static bool same_pen(const struct fo_border *a, const struct fo_border *b)
{
    return a->style == b->style && a->width == b->width && a->color == b->color;
}

/* Join lines that continue or cover each other. */
static size_t join_strokes(struct stroke *s, size_t n)
{
    size_t out = 0;
    for (size_t i = 1; i < n; i++) {
        struct stroke *a = &s[out];
        bool same_line = a->vertical == s[i].vertical && same_pen(&a->border, &s[i].border) &&
                         (a->vertical ? a->x == s[i].x : a->y == s[i].y);
        mpt from = a->vertical ? a->y : a->x, next = a->vertical ? s[i].y : s[i].x;
        if (same_line && next <= from + a->length)
            a->length = mpt_max(a->length, next + s[i].length - from);
        else
            s[++out] = s[i];
    }
    return n ? out + 1 : 0;
}

/* A line is centred on the grid line and reaches over the corners by half its width. */
static void paint_strokes(struct fragment *f)
{
    struct stroke *s = f->strokes.items;
    if (!f->strokes.len)
        return;
    qsort(s, f->strokes.len, sizeof *s, compare_strokes);
    size_t n = join_strokes(s, f->strokes.len);
    for (size_t i = 0; i < n; i++) {
        mpt w = s[i].border.width, half = w / 2;
        struct area *a = canvas_add(f->c, AREA_BOX);
        a->x = f->c->x + s[i].x - half;
        a->y = s[i].y - half;
        a->width = s[i].vertical ? w : s[i].length + w;
        a->height = s[i].vertical ? s[i].length + w : w;
        a->line = s[i].line;
        a->as.box.background = FO_TRANSPARENT;
        a->as.box.border[s[i].vertical ? FO_START : FO_BEFORE] =
            (struct area_border){(enum area_line_style)s[i].border.style, w, s[i].border.color};
    }
    free(s);
}

/* ---- content */

/* Each part of a cell that a break cuts is aligned in its part of the row. */
static mpt align_offset(const struct cell_view *v, mpt height)
{
    const struct column_cell *c = v->cell;
    mpt room = v->bottom - v->top - height - (v->continues ? c->cut_before : c->before) -
               (v->complete ? c->after : c->cut_after);
    enum fo_display_align a = c->node->style->inh.display_align;
    if (room <= 0 || c->node->type != FO_TABLE_CELL)
        return 0;
    return a == FO_DISPLAY_CENTER ? room / 2 : a == FO_DISPLAY_AFTER ? room : 0;
}

/* Paint a cell's content; the y below it. */
static mpt paint_content(struct fragment *f, const struct cell_view *v, int32_t i)
{
    const struct column_cell *c = v->cell;
    struct canvas in = *f->c;
    in.is_cut = !v->complete;
    if (f->g->table)
        in.ratio = 0; /* cells end on one line: their spaces do not give */
    in.y = v->top + (v->continues ? c->cut_before : c->before);
    if (v->continues)
        in.y += c->list->items[f->above->pos[i]].lead;
    in.y += align_offset(v, vlist_height(c->list, v->from, v->to));
    in.origin_x = in.x + c->x;
    in.origin_y = v->top;
    in.width = c->width;
    in.height = v->bottom - v->top;
    return paint_items(&in, c->list, v->from, v->to);
}

/* Text of a cell that goes on without any text left is repeated when the table asks for it. */
static bool repeats(const struct fragment *f, const struct cell_view *v)
{
    return f->g->table && f->g->table->node->as.table.repeat_spanned && v->continues &&
           v->from >= v->to && v->cell->rows > 1;
}

static void paint_again(struct fragment *f, const struct cell_view *v)
{
    struct canvas in = *f->c;
    in.artifact = true;
    in.is_cut = false;
    in.y = v->top + v->cell->before;
    if (v->cell->content <= v->bottom - in.y)
        paint_repeated(&in, v->cell->list, in.y);
}

/* Which of the areas in the cell go on after this page: markers in them have not ended. */
static void note_cut(const struct fragment *f, const struct cell_view *v)
{
    const struct column_cell *c = v->cell;
    const struct frame *next = c->frame;
    for (size_t i = v->to; i < c->list->len; i++)
        if (c->list->items[i].brk.kind == BRK_BOX) {
            next = c->list->items[i].frame;
            break;
        }
    if (!f->c->artifact && (v->continues || !v->complete))
        marker_note_cut(f->c->pass, c->frame, v->complete ? NULL : next);
}

mpt paint_steps(struct canvas *c, const struct row_group *g, struct step_range range, mpt y)
{
    struct fragment f = {.c = c, .g = g, .range = range};
    f.row_y = mem_zalloc(sizeof(mpt) * (size_t)(g->row_count + 1));
    f.above = range.from > 0 ? &g->steps[range.from - 1] : NULL;
    row_places(&f, y);
    for (int32_t i = 0; i < g->cell_count; i++) {
        struct cell_view v;
        if (!view_cell(&f, i, &v))
            continue;
        const struct row *row = &g->rows[v.cell->row];
        if (g->table) {
            background(&f, row->node->parent->style, &v);
            background(&f, row->node->style, &v);
        }
        if (g->table && g->table->collapse) {
            background(&f, v.cell->node->style, &v);
            collapsed_borders(&f, &v);
        } else if (g->table) {
            separate_border(&f, &v);
        }
    }
    mpt lowest = y;
    for (int32_t i = 0; i < g->cell_count; i++) {
        struct cell_view v;
        if (!view_cell(&f, i, &v))
            continue;
        if (repeats(&f, &v)) {
            paint_again(&f, &v);
            continue;
        }
        lowest = mpt_max(lowest, paint_content(&f, &v, i));
        note_cut(&f, &v);
    }
    paint_strokes(&f);
    /* a list item is as high as what is in it: spaces there give as those around it do, and the
     * page has room for the space that a break in it drops */
    y = g->table ? f.row_y[f.last + 1] : lowest;
    free(f.row_y);
    return y;
}
