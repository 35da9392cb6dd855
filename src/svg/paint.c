/* Items become areas: outlines mapped into the group, paints attached, clips and tiles as groups.
 *
 * Transformations are worked into the points, so that a drawing needs no nested coordinate systems
 * (PDF/A allows few) and keeps its precision however it is scaled. Only where the pen itself is
 * turned out of round, and for turned text and tiles, a group with a matrix is made; its matrix
 * has the determinant 1, so that millionths suffice. */
#include "svg/model.h"

/* No page reaches as far as a million points; what lies beyond is painted there. */
#define FARTHEST (SVG_ONE * 1000000)

mpt svg_to_mpt(svg_num v)
{
    v = v > FARTHEST ? FARTHEST : v < -FARTHEST ? -FARTHEST : v;
    return v >= 0 ? (v + 500) / 1000 : -((500 - v) / 1000);
}

/* Items into a group; `m` leads from their space to the group's, whose unit is the point. */
static void paint_items(const struct svg_painting *p, struct area *group,
                        const struct svg_matrix *m, const struct svg_item *items);

static struct svg_matrix grown(int64_t by)
{
    return (struct svg_matrix){by, 0, 0, by, 0, 0};
}

/* `m` in millionths without its growth, for an area. */
static void put_matrix(const struct svg_matrix *m, int64_t growth, int64_t matrix[6])
{
    const int64_t factors[4] = {m->a, m->b, m->c, m->d};
    for (int i = 0; i < 4; i++)
        matrix[i] = svg_scale(factors[i], SVG_ONE, growth);
    matrix[4] = svg_to_mpt(m->e);
    matrix[5] = svg_to_mpt(m->f);
}

static int line_of(const struct svg_painting *p, int line)
{
    return p->target->line ? p->target->line : line;
}

struct area *svg_add_frame(const struct svg_painting *p, struct area *group,
                           const struct svg_matrix *m, struct svg_matrix *inner)
{
    int64_t growth = svg_growth(m);
    if (growth == 0)
        return NULL;
    struct area *frame = area_add_to_group(p->target->arena, group, AREA_GROUP);
    frame->as.group.transformed = true;
    put_matrix(m, growth, frame->as.group.matrix);
    *inner = grown(growth);
    return frame;
}

/* --- paths -------------------------------------------------------------------------------- */

static void put_outline(const struct svg_painting *p, const struct svg_outline *o,
                        const struct svg_matrix *m, struct area *area)
{
    struct area_path *path = area->as.path;
    mpt *points = ARENA_ARRAY(p->target->arena, mpt, 2 * o->point_count + 1);
    struct svg_box box = SVG_NO_BOX;
    for (size_t i = 0; i < o->point_count; i++) {
        struct svg_point at = svg_apply(m, o->points[i]);
        points[2 * i] = svg_to_mpt(at.x);
        points[2 * i + 1] = svg_to_mpt(at.y);
        svg_box_add(&box, at);
    }
    path->ops = arena_copy(p->target->arena, o->ops, o->op_count);
    path->op_count = o->op_count;
    path->points = points;
    path->point_count = o->point_count;
    area->x = svg_to_mpt(box.x1);
    area->y = svg_to_mpt(box.y1);
    area->width = svg_to_mpt(box.x2) - area->x;
    area->height = svg_to_mpt(box.y2) - area->y;
}

static struct area *add_path(const struct svg_painting *p, struct area *group,
                             const struct svg_outline *o, const struct svg_matrix *m)
{
    struct area *area = area_add_to_group(p->target->arena, group, AREA_PATH);
    area->as.path = ARENA_NEW(p->target->arena, struct area_path);
    *area->as.path = (struct area_path){.fill = AREA_TRANSPARENT,
                                        .stroke = AREA_TRANSPARENT,
                                        .fill_alpha = 255,
                                        .stroke_alpha = 255,
                                        .miter_limit = 4000};
    put_outline(p, o, m, area);
    return area;
}

static const struct area_gradient *make_gradient(const struct svg_painting *p,
                                                 const struct svg_gradient *g,
                                                 const struct svg_matrix *m)
{
    struct svg_matrix whole = svg_concat(m, &g->matrix);
    int64_t growth = svg_growth(&whole);
    if (growth == 0)
        return NULL;
    struct area_gradient *result = ARENA_NEW(p->target->arena, struct area_gradient);
    struct area_stop *stops = ARENA_ARRAY(p->target->arena, struct area_stop, g->stop_count);
    result->radial = g->radial;
    for (int i = 0; i < 3; i++) {
        result->from[i] = svg_to_mpt(svg_scale(g->from[i], growth, SVG_UNIT));
        result->to[i] = svg_to_mpt(svg_scale(g->to[i], growth, SVG_UNIT));
    }
    put_matrix(&whole, growth, result->matrix);
    for (size_t i = 0; i < g->stop_count; i++)
        stops[i] = (struct area_stop){g->stops[i].offset, g->stops[i].rgb, g->stops[i].alpha};
    result->stops = stops;
    result->stop_count = g->stop_count;
    return result;
}

static void put_dashes(const struct svg_painting *p, const struct svg_item *item,
                       int64_t growth, struct area_path *path)
{
    const struct svg_dash *dash = &item->as.shape.dash;
    /* an odd list is repeated to make it even (11.4); zeros of all would never end */
    size_t n = dash->count % 2 ? 2 * dash->count : dash->count;
    mpt *lengths = ARENA_ARRAY(p->target->arena, mpt, n + 1), sum = 0;
    for (size_t i = 0; i < n; i++) {
        lengths[i] = svg_to_mpt(svg_scale(dash->lengths[i % dash->count], growth, SVG_UNIT));
        sum += lengths[i];
    }
    if (sum <= 0)
        return;
    mpt phase = svg_to_mpt(svg_scale(item->as.shape.dash_offset, growth, SVG_UNIT)) % sum;
    path->dash = lengths;
    path->dash_count = n;
    path->dash_phase = phase < 0 ? phase + sum : phase;
}

static void put_stroke(const struct svg_painting *p, const struct svg_item *item,
                       const struct svg_matrix *m, struct area *area)
{
    struct area_path *path = area->as.path;
    const struct svg_ink *ink = &item->as.shape.stroke;
    int64_t growth = svg_growth(m);
    path->stroke = ink->rgb;
    path->stroke_alpha = ink->alpha;
    path->stroke_width = svg_to_mpt(svg_scale(item->as.shape.width, growth, SVG_UNIT));
    path->miter_limit = svg_to_mpt(item->as.shape.miter_limit);
    path->cap = (uint8_t)item->as.shape.cap;
    path->join = (uint8_t)item->as.shape.join;
    if (item->as.shape.dash.count)
        put_dashes(p, item, growth, path);
    if (ink->gradient)
        path->stroke_gradient = make_gradient(p, ink->gradient, m);
    area->x -= path->stroke_width / 2;
    area->y -= path->stroke_width / 2;
    area->width += path->stroke_width;
    area->height += path->stroke_width;
}

static void put_fill(const struct svg_painting *p, const struct svg_item *item,
                     const struct svg_matrix *m, struct area_path *path)
{
    const struct svg_ink *ink = &item->as.shape.fill;
    path->fill = ink->rgb;
    path->fill_alpha = ink->alpha;
    path->even_odd = item->as.shape.even_odd;
    if (ink->gradient)
        path->fill_gradient = make_gradient(p, ink->gradient, m);
}

/* Does `m` leave circles round? To a thousandth. */
static bool is_round(const struct svg_matrix *m)
{
    svg_wide x = (svg_wide)m->a * m->a + (svg_wide)m->b * m->b;
    svg_wide y = (svg_wide)m->c * m->c + (svg_wide)m->d * m->d;
    svg_wide across = (svg_wide)m->a * m->c + (svg_wide)m->b * m->d;
    svg_wide off = x > y ? x - y : y - x, slack = (x + y) / 2000;
    return off <= slack && across <= slack && -across <= slack;
}

/* --- tiles -------------------------------------------------------------------------------- */

/* Neither turned nor sheared nor mirrored? */
static bool is_upright(const struct svg_matrix *m)
{
    return m->b == 0 && m->c == 0 && m->a > 0 && m->d > 0;
}

/* Where the tiles of a shape go. */
struct tiling {
    const struct svg_painting *p;
    const struct svg_pattern *pattern;
    struct area *group, *first;
    struct svg_matrix matrix; /* of the pattern's space to the group, upright */
    struct svg_matrix whole;  /* the same to the space in which `shape` is measured */
    struct svg_box shape;
};

static bool is_needed(const struct tiling *t, const struct svg_box *tile)
{
    struct svg_box b = svg_box_apply(&t->whole, tile);
    return b.x1 < t->shape.x2 && b.x2 > t->shape.x1 && b.y1 < t->shape.y2 && b.y2 > t->shape.y1;
}

/* A group of its own; all have the same children. */
static void add_tile(struct tiling *t, int64_t row, int64_t column)
{
    const struct svg_pattern *pattern = t->pattern;
    const struct svg_matrix *m = &t->matrix;
    svg_num x = svg_clamp(pattern->x + (svg_wide)column * pattern->width);
    svg_num y = svg_clamp(pattern->y + (svg_wide)row * pattern->height);
    const struct svg_box box = {x, y, x + pattern->width, y + pattern->height};
    if (!is_needed(t, &box))
        return;
    struct svg_point at = svg_apply(m, (struct svg_point){x, y});
    struct area *tile = area_add_to_group(t->p->target->arena, t->group, AREA_GROUP);
    tile->x = svg_to_mpt(at.x);
    tile->y = svg_to_mpt(at.y);
    tile->width = svg_to_mpt(svg_scale(pattern->width, m->a, SVG_UNIT));
    tile->height = svg_to_mpt(svg_scale(pattern->height, m->d, SVG_UNIT));
    tile->as.group.clip = pattern->clip;
    if (t->first) {
        tile->as.group.child = t->first->as.group.child;
        tile->as.group.last_child = t->first->as.group.last_child;
        return;
    }
    const struct svg_matrix content = {m->a, 0, 0, m->d, 0, 0};
    paint_items(t->p, tile, &content, pattern->items);
    t->first = tile;
}

static void paint_tiled(const struct svg_painting *p, struct area *group,
                        const struct svg_matrix *m, const struct svg_item *item)
{
    const struct svg_pattern *pattern = item->as.shape.fill.pattern;
    struct svg_matrix whole = svg_concat(m, &pattern->matrix), inner = whole;
    struct area *cut = area_add_to_group(p->target->arena, group, AREA_GROUP);
    cut->line = line_of(p, item->line);
    struct area *clip = add_path(p, cut, &item->as.shape.outline, m);
    clip->as.path->clip = true;
    clip->as.path->even_odd = item->as.shape.even_odd;
    struct area *frame = is_upright(&whole) ? cut : svg_add_frame(p, cut, &whole, &inner);
    if (!frame)
        return;
    struct svg_box box = svg_outline_box(&item->as.shape.outline);
    struct tiling t = {
        .p = p, .pattern = pattern, .group = frame, .matrix = inner, .whole = whole};
    t.shape = svg_box_apply(m, &box);
    for (int64_t row = pattern->from_y; row <= pattern->to_y; row++)
        for (int64_t column = pattern->from_x; column <= pattern->to_x; column++)
            add_tile(&t, row, column);
}

/* --- items -------------------------------------------------------------------------------- */

static void paint_plain(const struct svg_painting *p, struct area *group,
                        const struct svg_matrix *m, const struct svg_item *item)
{
    bool stroked = item->as.shape.stroke.painted;
    struct svg_matrix inner = *m;
    if (stroked && !is_round(m))
        group = svg_add_frame(p, group, m, &inner);
    if (!group)
        return;
    struct area *area = add_path(p, group, &item->as.shape.outline, &inner);
    area->line = line_of(p, item->line);
    if (item->as.shape.fill.painted)
        put_fill(p, item, &inner, area->as.path);
    if (stroked)
        put_stroke(p, item, &inner, area);
}

static void paint_shape(const struct svg_painting *p, struct area *group,
                        const struct svg_matrix *m, const struct svg_item *item)
{
    struct svg_matrix whole = svg_concat(m, &item->matrix);
    if (item->as.shape.fill.painted && item->as.shape.fill.pattern)
        paint_tiled(p, group, &whole, item);
    else
        paint_plain(p, group, &whole, item);
}

static void paint_group(const struct svg_painting *p, struct area *group,
                        const struct svg_matrix *m, const struct svg_item *item)
{
    if (item->as.group.clip || item->as.group.fade) {
        group = area_add_to_group(p->target->arena, group, AREA_GROUP);
        group->line = line_of(p, item->line);
        group->as.group.fade = item->as.group.fade;
    }
    for (const struct svg_clip *clip = item->as.group.clip; clip; clip = clip->next) {
        struct area *cut = add_path(p, group, &clip->outline, m);
        cut->as.path->clip = true;
        cut->as.path->even_odd = clip->even_odd;
    }
    paint_items(p, group, m, item->as.group.child);
}

static void paint_items(const struct svg_painting *p, struct area *group,
                        const struct svg_matrix *m, const struct svg_item *items)
{
    for (const struct svg_item *item = items; item; item = item->next) {
        if (item->kind == SVG_ITEM_SHAPE)
            paint_shape(p, group, m, item);
        else if (item->kind == SVG_ITEM_TEXT)
            svg_paint_text(p, group, m, item);
        else
            paint_group(p, group, m, item);
    }
}

void svg_paint(const struct svg_image *image, const struct svg_target *target)
{
    const struct svg_painting p = {
        .target = target, .file = image->file, .language = image->language};
    struct svg_matrix m;
    if (!svg_fit_matrix(&image->fit, target->width * 1000, target->height * 1000, &m))
        return;
    struct area *group = area_add_to_group(target->arena, target->group, AREA_GROUP);
    group->width = target->width;
    group->height = target->height;
    group->tag = target->tag;
    group->line = target->line;
    group->as.group.clip = !image->overflow;
    paint_items(&p, group, &m, image->items);
}
