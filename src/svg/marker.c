/* Markers (SVG 1.1, 11.6): arrowheads and dots at the vertices of a path.
 *
 * A marker that turns with the path looks along the bisector of the ways in and out; the matrix
 * is made of the direction itself, without an angle. */
#include "svg/model.h"

#include <stdlib.h>
#include <string.h>

/* A vertex with the directions of the pieces that end and begin there, in 1/SVG_UNIT; 0, 0: there
 * is no such piece. */
struct vertex {
    struct svg_point at;
    struct svg_point in, out;
};

struct vertices {
    struct vertex *items;
    size_t len, cap;
};

static struct svg_point direction(struct svg_point from, struct svg_point to)
{
    svg_num x = svg_clamp((svg_wide)to.x - from.x), y = svg_clamp((svg_wide)to.y - from.y);
    svg_num length = svg_length_of(x, y);
    if (!length)
        return (struct svg_point){0, 0};
    return (struct svg_point){svg_scale(x, SVG_UNIT, length), svg_scale(y, SVG_UNIT, length)};
}

static bool is_nowhere(struct svg_point d)
{
    return d.x == 0 && d.y == 0;
}

/* A piece to `to`; its control points, or its ends, say how it begins and ends. */
static void add_piece(struct vertices *v, const struct svg_point *controls, size_t count,
                      struct svg_point to)
{
    REQUIRE(v->items); /* an outline begins with M */
    struct vertex *last = &v->items[v->len - 1], next = {.at = to};
    for (size_t i = 0; i < count && is_nowhere(last->out); i++)
        last->out = direction(last->at, controls[i]);
    if (is_nowhere(last->out))
        last->out = direction(last->at, to);
    for (size_t i = count; i-- > 0 && is_nowhere(next.in);)
        next.in = direction(controls[i], to);
    if (is_nowhere(next.in))
        next.in = direction(last->at, to);
    VEC_PUSH(v, next);
}

static void close_subpath(struct vertices *v, size_t start)
{
    REQUIRE(v->items);
    struct svg_point first = v->items[start].at;
    add_piece(v, NULL, 0, first);
    v->items[v->len - 1].out = v->items[start].out;
    v->items[start].in = v->items[v->len - 1].in;
}

static struct vertices find_vertices(const struct svg_outline *o)
{
    struct vertices v = {0};
    const struct svg_point *p = o->points;
    size_t start = 0;
    for (size_t i = 0; i < o->op_count; i++) {
        if (o->ops[i] == 'M') {
            start = v.len;
            VEC_PUSH(&v, ((struct vertex){.at = *p++}));
        } else if (o->ops[i] == 'Z') {
            close_subpath(&v, start);
        } else {
            size_t controls = o->ops[i] == 'C' ? 2 : 0;
            add_piece(&v, p, controls, p[controls]);
            p += controls + 1;
        }
    }
    return v;
}

static struct svg_point bisector(const struct vertex *v)
{
    struct svg_point sum = {v->in.x + v->out.x, v->in.y + v->out.y};
    if (is_nowhere(sum) && !is_nowhere(v->in))
        return (struct svg_point){-v->in.y, v->in.x};
    return direction((struct svg_point){0, 0}, sum);
}

/* --- instances ---------------------------------------------------------------------------- */

/* A marker as its element says it. */
struct marker {
    const xmlNode *node;
    struct svg_style style;
    svg_num width, height, unit; /* unit: user units in one of the marker */
    struct svg_point ref;        /* in units of the marker, its viewBox applied */
    bool turns, reversed;        /* with the path; the first one backwards */
    svg_num angle;
};

static void read_orient(struct svg_reader *r, struct marker *m)
{
    const char *orient = svg_attribute(r, m->node, "orient");
    struct svg_scan s = svg_scan_text(orient ? orient : "0");
    m->turns = orient && strncmp(orient, "auto", 4) == 0;
    m->reversed = orient && strcmp(orient, "auto-start-reverse") == 0;
    if (!m->turns)
        svg_scan_number(&s, &m->angle);
}

static struct marker read_marker(struct svg_reader *r, const xmlNode *node, svg_num width)
{
    struct marker m = {.node = node, .width = 3 * SVG_ONE, .height = 3 * SVG_ONE};
    struct svg_fit fit = svg_read_fit(r, node);
    struct svg_matrix fitted;
    const char *units = svg_attribute(r, node, "markerUnits");
    m.style = svg_style_in_place(r, node);
    m.unit = units && strcmp(units, "userSpaceOnUse") == 0 ? SVG_ONE : width;
    svg_length_attribute(r, node, "markerWidth", SVG_HORIZONTAL, &m.width);
    svg_length_attribute(r, node, "markerHeight", SVG_VERTICAL, &m.height);
    svg_length_attribute(r, node, "refX", SVG_HORIZONTAL, &m.ref.x);
    svg_length_attribute(r, node, "refY", SVG_VERTICAL, &m.ref.y);
    if (fit.has_view && svg_fit_matrix(&fit, m.width, m.height, &fitted))
        m.ref = svg_apply(&fitted, m.ref);
    read_orient(r, &m);
    return m;
}

/* A shape whose vertices get markers. */
struct instances {
    struct svg_reader *r;
    const xmlNode *node;
    const struct svg_place *place;
    struct vertices vertices;
    struct svg_items *out;
};

static void add_instance(struct instances *to, const struct marker *m, size_t i)
{
    const struct vertex *v = &to->vertices.items[i];
    const struct svg_box port = {0, 0, m->width, m->height};
    struct svg_place inner = {.style = &m->style, .depth = to->place->depth};
    struct svg_point d = bisector(v);
    int64_t sine, cosine;
    svg_find_sine(m->angle, &sine, &cosine);
    if (m->turns && !is_nowhere(d)) {
        cosine = m->reversed && i == 0 ? -d.x : d.x;
        sine = m->reversed && i == 0 ? -d.y : d.y;
    }
    struct svg_matrix turn = {svg_scale(cosine, m->unit, SVG_ONE),
                              svg_scale(sine, m->unit, SVG_ONE),
                              -svg_scale(sine, m->unit, SVG_ONE),
                              svg_scale(cosine, m->unit, SVG_ONE),
                              v->at.x,
                              v->at.y};
    const struct svg_matrix move = {SVG_UNIT, 0, 0, SVG_UNIT, -m->ref.x, -m->ref.y};
    turn = svg_concat(&turn, &move);
    inner.matrix = svg_concat(&to->place->matrix, &turn);
    svg_read_viewport(to->r, m->node, &inner, &port, to->out);
}

/* The marker `id` at `count` vertices. */
static void add_some(struct instances *to, const char *id, size_t from, size_t count)
{
    struct svg_reader *r = to->r;
    const xmlNode *target = id ? svg_find_id(r, id) : NULL;
    if (!id)
        return;
    if (!target || !svg_is_element(target, "marker")) {
        svg_report(r, DIAG_WARNING, to->node, "svg-reference",
                   _("%.100s is not in this drawing; the reference is left out"), id);
        return;
    }
    if (!svg_enter(r, to->node, target))
        return;
    struct svg_lengths saved = r->lengths;
    struct marker m = read_marker(r, target, to->place->style->stroke_width);
    for (size_t i = from; i < from + count && !r->exhausted; i++)
        add_instance(to, &m, i);
    r->lengths = saved;
    svg_leave(r);
}

void svg_add_markers(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                     const struct svg_outline *outline, struct svg_items *out)
{
    const struct svg_style *s = place->style;
    if (!s->marker_start && !s->marker_mid && !s->marker_end)
        return;
    struct instances to = {.r = r, .node = node, .place = place, .out = out};
    to.vertices = find_vertices(outline);
    size_t n = to.vertices.len;
    if (n) {
        add_some(&to, s->marker_start, 0, 1);
        if (n > 2)
            add_some(&to, s->marker_mid, 1, n - 2);
        add_some(&to, s->marker_end, n - 1, 1);
    }
    free(to.vertices.items);
}
