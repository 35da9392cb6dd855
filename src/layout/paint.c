/* Items of vertical lists become areas of a page: frames are opened and closed around the
 * boxes, edges painted where a break cuts them as their conditionality says, headers and
 * footers of tables repeated. */
#include "layout/model.h"

#include <stdlib.h>
#include <string.h>

struct area *canvas_add(struct canvas *c, enum area_type type)
{
    if (c->group)
        return area_add_to_group(c->page->arena, c->group, type);
    return area_add(c->page, type);
}

static struct area_border area_border_of(const struct fo_border *b)
{
    struct area_border out = {AREA_LINE_NONE, 0, b->color};
    if (b->width > 0 && b->style != FO_BORDER_NONE && b->style != FO_BORDER_HIDDEN) {
        out.style = (enum area_line_style)b->style;
        out.width = b->width;
    }
    return out;
}

struct area *paint_box(struct canvas *c, const struct fo_style *style, mpt x, mpt y)
{
    bool any = style->own.background_color != FO_TRANSPARENT;
    for (int i = 0; i < 4; i++)
        any |= style->own.border[i].width > 0;
    if (!any || style->inh.visibility)
        return NULL;
    struct area *a = canvas_add(c, AREA_BOX);
    a->x = x;
    a->y = y;
    a->as.box.background = style->own.background_color;
    for (int i = 0; i < 4; i++)
        a->as.box.border[i] = area_border_of(&style->own.border[i]);
    return a;
}

/* ---- frames */

/* A frame whose areas are being painted. */
struct open_frame {
    struct frame *frame;
    struct area *box;
    mpt top;
    bool ended; /* its after edge has been painted */
};

struct walk {
    struct canvas *c;
    const struct vlist *v;
    struct {
        struct open_frame *items;
        size_t len, cap;
    } open;
    mpt y;
};

/* Frames of a list that is painted again begin anew. */
static void forget_seen(struct vlist *v)
{
    for (size_t i = 0; i < v->len; i++) {
        for (struct frame *f = v->items[i].frame; f; f = f->parent)
            f->seen = false;
        if (v->items[i].kind != V_STEP)
            continue;
        struct row_group *g = v->items[i].body;
        for (int32_t k = 0; k < g->cell_count && v->items[i].index == 0; k++)
            forget_seen(g->cells[k].list);
    }
}

mpt paint_repeated(struct canvas *c, struct vlist *v, mpt y)
{
    struct canvas again = *c;
    again.artifact = true;
    again.is_cut = false;
    again.y = y;
    forget_seen(v);
    return paint_items(&again, v, 0, v->len - 1);
}

/* Header or footer of a table once more, at a break. */
static void repeat_part(struct walk *w, struct table *t, enum table_part part)
{
    if (!t->changes[part]) {
        w->y = paint_repeated(w->c, part == TABLE_HEADER ? t->header : t->footer, w->y);
        return;
    }
    changing_paint(t, w->c, (struct part_place){.part = part, .again = true}, w->y);
    w->y += part == TABLE_HEADER ? t->header_height : t->footer_height;
}

static void repeat_header(struct walk *w, struct table *t)
{
    if (t->continued)
        w->y = paint_repeated(w->c, t->continued, w->y);
    if (t->header_at_break)
        repeat_part(w, t, TABLE_HEADER);
}

static bool is_collapsed_table(const struct frame *f)
{
    return f->node->type == FO_TABLE && f->node->style->inh.border_collapse;
}

static void open_frame(struct walk *w, struct frame *f)
{
    struct open_frame o = {.frame = f, .top = w->y};
    bool again = f->seen;
    f->seen = true;
    w->c->x += f->shift_x;
    w->c->y += f->shift_y;
    w->y += f->shift_y;
    o.top = w->y;
    if (f->decorated && !f->table) {
        o.box = paint_box(w->c, f->node->style, w->c->x + f->x, w->y);
        if (o.box) {
            o.box->width = f->width;
            o.box->line = f->node->loc.line;
            bool plain = is_collapsed_table(f);
            if (again && !f->node->style->own.border[FO_BEFORE].retain)
                o.box->as.box.border[FO_BEFORE].style = AREA_LINE_NONE;
            for (int i = 0; i < 4 && plain; i++)
                o.box->as.box.border[i].style = AREA_LINE_NONE;
        }
    }
    if (again)
        w->y += f->cut_before;
    if (f->table && f->table->changing)
        changing_begin(f->table, w->c);
    if (again && f->table)
        repeat_header(w, f->table);
    VEC_PUSH(&w->open, o);
}

/* Close the innermost frame; `cut`: the page ends before the frame does. */
static void close_frame(struct walk *w, bool cut)
{
    struct open_frame o = w->open.items[--w->open.len];
    struct frame *f = o.frame;
    cut = cut && !o.ended;
    if (f->table && f->table->changing)
        changing_end(f->table, cut);
    if (cut && f->table && f->table->footer_at_break)
        repeat_part(w, f->table, TABLE_FOOTER);
    if (cut)
        w->y += f->cut_after;
    if (o.box) {
        o.box->height = w->y - o.top;
        if (cut && !f->node->style->own.border[FO_AFTER].retain)
            o.box->as.box.border[FO_AFTER].style = AREA_LINE_NONE;
    }
    w->c->x -= f->shift_x;
    w->c->y -= f->shift_y;
    w->y -= f->shift_y;
}

static struct frame *top_frame(const struct walk *w)
{
    return w->open.len ? w->open.items[w->open.len - 1].frame : NULL;
}

static bool is_ancestor(const struct frame *a, const struct frame *f)
{
    while (f && f->depth > a->depth)
        f = f->parent;
    return f == a;
}

static void open_down_to(struct walk *w, struct frame *f)
{
    if (!f || f == top_frame(w) || f == w->v->root)
        return;
    open_down_to(w, f->parent);
    open_frame(w, f);
}

static void switch_to(struct walk *w, struct frame *f)
{
    while (w->open.len && !(f && is_ancestor(top_frame(w), f)))
        close_frame(w, false);
    open_down_to(w, f);
}

/* ---- anchors */

/* left, top, right and bottom are those of the content rectangle (7.6). */
static void paint_absolute(struct canvas *c, struct container *k)
{
    const struct fo_style *s = k->node->style;
    struct frame *f = k->frame;
    mpt edges = f->edge_before + f->edge_after;
    bool fixed = s->own.position == FO_POSITION_FIXED;
    mpt width = fixed ? c->page->width : c->width, height = fixed ? c->page->height : c->height;
    mpt ox = fixed ? 0 : c->origin_x, oy = fixed ? 0 : c->origin_y;
    mpt x = fo_length_resolve(s->own.left, width, 0);
    mpt y = fo_length_resolve(s->own.top, height, 0);
    if (s->own.left.unit == FO_UNIT_AUTO && s->own.right.unit != FO_UNIT_AUTO)
        x = width - fo_length_resolve(s->own.right, width, 0) - k->width;
    if (s->own.top.unit == FO_UNIT_AUTO && s->own.bottom.unit != FO_UNIT_AUTO)
        y = height - fo_length_resolve(s->own.bottom, height, 0) - k->height;
    mpt left = border_of(s, FO_START) + padding_of(s, FO_START, c->width);
    struct area *box = paint_box(c, s, ox + x - left, oy + y - f->edge_before);
    if (box) {
        box->width = f->width;
        box->height = k->height + edges;
    }
    paint_container(c, k, ox + x, oy + y);
}

static void paint_anchor(struct walk *w, const struct anchor *a)
{
    struct canvas *c = w->c;
    if (a->kind == ANCHOR_ABSOLUTE) {
        paint_absolute(c, a->container);
        return;
    }
    if (c->artifact)
        return;
    if (a->kind == ANCHOR_MARKER) {
        marker_note(c->pass, a->node);
        return;
    }
    struct area *d = canvas_add(c, AREA_DEST);
    d->x = c->x + (a->frame ? a->frame->x : 0);
    d->y = w->y;
    d->line = a->node->loc.line;
    d->as.dest.id = a->node->id;
    ids_note(c->pass, a->node->id);
}

/* ---- boxes */

/* A row group's consecutive steps; returns the item after them. */
static size_t paint_step_run(struct walk *w, size_t i, size_t to)
{
    const struct vitem *first = &w->v->items[i];
    const struct row_group *g = first->body;
    size_t last = first->index, j = i + 1;
    for (; j < to; j++) {
        const struct vitem *it = &w->v->items[j];
        if (it->brk.kind != BRK_BOX)
            continue;
        if (it->kind != V_STEP || it->body != g)
            break;
        last = it->index;
        for (const struct anchor *a = it->anchors; a; a = a->next)
            paint_anchor(w, a);
    }
    size_t next = j;
    while (next < to && w->v->items[next].brk.kind != BRK_BOX)
        next++;
    bool more = next < to && w->v->items[next].kind == V_STEP &&
                w->v->items[next].frame == first->frame;
    struct step_range range = {first->index, last + 1, !more};
    w->y = paint_steps(w->c, g, range, w->y);
    while (j > i && w->v->items[j - 1].brk.kind != BRK_BOX)
        j--;
    return j;
}

/* No row of the table's body follows the box on this page. */
static bool is_alone(const struct walk *w, const struct vitem *it, size_t to)
{
    const struct vitem *end = w->v->items + to;
    const struct table *t = it->body;
    for (it++; it < end; it++)
        if (it->brk.kind == BRK_BOX)
            return !it->frame || it->frame->table != t;
    return true;
}

static void paint_part(struct walk *w, const struct vitem *it, size_t to)
{
    struct part_place at = {.part = (enum table_part)it->index, .alone = is_alone(w, it, to)};
    changing_paint(it->body, w->c, at, w->y);
    w->y += it->brk.width;
}

static void report_box(struct canvas *c, const struct container *k, mpt x, mpt y)
{
    const char *name = k->node->as.container.report;
    const char *field = c->artifact ? NULL : k->node->as.container.signature_field;
    if (!name && !field)
        return;
    struct area *r = canvas_add(c, AREA_REPORT);
    r->x = x;
    r->y = y;
    r->width = k->width;
    r->height = k->height;
    r->as.report.name = name;
    r->as.report.field = field;
    if (field)
        r->tag = tag_of_field(c->pass, k->node);
    if (name)
        report_note(c->pass, r);
}

void paint_container(struct canvas *c, struct container *k, mpt x, mpt y)
{
    struct canvas in = *c;
    struct area *g = canvas_add(c, AREA_GROUP);
    const struct fo_style *s = k->node->style;
    g->x = x;
    g->y = y;
    g->width = k->width;
    g->height = k->height;
    g->line = k->node->loc.line;
    g->as.group.rotation = k->rotation;
    g->as.group.clip = s->own.overflow == FO_OVERFLOW_HIDDEN;
    in.group = g;
    in.x = in.y = in.origin_x = in.origin_y = 0;
    in.width = k->inner_width;
    in.height = k->inner_height;
    in.is_cut = false;
    mpt free_room = k->inner_height - k->content;
    if (free_room < -1000 && k->rotation == 0 && s->own.overflow != FO_OVERFLOW_HIDDEN &&
        !c->artifact)
        diag_add(c->pass->diag, DIAG_WARNING, k->node->loc, "container-overflow",
                 _("the content of the container is %lld mm higher than the container"),
                 (long long)(-free_room * 254 / 720000));
    if (free_room > 0 && s->inh.display_align == FO_DISPLAY_CENTER)
        in.y = free_room / 2;
    else if (free_room > 0 && s->inh.display_align == FO_DISPLAY_AFTER)
        in.y = free_room;
    paint_items(&in, k->list, 0, k->list->len - 1);
    report_box(c, k, x, y);
}

static void paint_container_item(struct walk *w, struct container *k)
{
    const struct fo_style *s = k->node->style;
    mpt left = border_of(s, FO_START) + padding_of(s, FO_START, k->frame->width);
    paint_container(w->c, k, w->c->x + k->frame->x + left, w->y);
}

static void paint_box_item(struct walk *w, const struct vitem *it)
{
    switch (it->kind) {
    case V_LINE:
        paint_line(w->c, it->body, it->index, w->y);
        break;
    case V_CONTAINER:
        paint_container_item(w, it->body);
        break;
    case V_EDGE_AFTER:
        REQUIRE(w->open.len > 0);
        w->open.items[w->open.len - 1].ended = true;
        break;
    default:
        break;
    }
    w->y += it->brk.width;
}

mpt canvas_glue(const struct brk_item *g, int64_t ratio)
{
    return g->width + (ratio < 0 ? g->shrink : g->stretch) * ratio / 1000;
}

mpt paint_items(struct canvas *c, const struct vlist *v, size_t from, size_t to)
{
    struct walk w = {.c = c, .v = v, .y = c->y};
    for (size_t i = from; i < to;) {
        const struct vitem *it = &v->items[i];
        if (it->brk.kind == BRK_PENALTY) {
            i++;
            continue;
        }
        switch_to(&w, it->frame);
        if (it->brk.kind == BRK_GLUE) {
            w.y += canvas_glue(&it->brk, c->ratio);
            i++;
            continue;
        }
        for (const struct anchor *a = it->anchors; a; a = a->next)
            paint_anchor(&w, a);
        if (it->kind == V_STEP) {
            i = paint_step_run(&w, i, to);
        } else if (it->kind == V_PART) {
            paint_part(&w, it, to);
            i++;
        } else {
            paint_box_item(&w, it);
            i++;
        }
    }
    while (w.open.len)
        close_frame(&w, c->is_cut);
    free(w.open.items);
    return w.y;
}
