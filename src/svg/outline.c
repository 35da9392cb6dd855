/* Outlines: lines and cubic curves put together, arcs turned into curves, boxes measured.
 *
 * An elliptical arc (SVG 1.1, F.6) is mapped to the unit circle, where its centre is found from the
 * two end points. From the first end quarter circles are drawn until less than a quarter is
 * left; each piece of an angle t becomes the cubic whose control points lie 4/3 tan(t/4) along the
 * tangents (off by 0.03 % of the radius at most). tan(t/4) comes from sine and cosine of t by
 * halving twice, so no arc function is needed. */
#include "svg/model.h"

#include <stdlib.h>

/* The control length of a quarter circle, 4/3 (sqrt 2 - 1), in 1/SVG_UNIT. */
#define QUARTER INT64_C(552284750)

void svg_pen_free(struct svg_pen *pen)
{
    free(pen->ops.items);
    free(pen->points.items);
    *pen = (struct svg_pen){0};
}

static void put(struct svg_pen *pen, char op, struct svg_point p)
{
    VEC_PUSH(&pen->ops, op);
    VEC_PUSH(&pen->points, p);
    pen->at = p;
}

void svg_move_to(struct svg_pen *pen, struct svg_point p)
{
    put(pen, 'M', p);
    pen->start = p;
    pen->open = true;
}

/* After a closed subpath the next one begins where that began. */
static void begin(struct svg_pen *pen)
{
    if (!pen->open)
        svg_move_to(pen, pen->at);
}

void svg_line_to(struct svg_pen *pen, struct svg_point p)
{
    begin(pen);
    put(pen, 'L', p);
}

void svg_curve_to(struct svg_pen *pen, struct svg_point c1, struct svg_point c2,
                  struct svg_point p)
{
    begin(pen);
    VEC_PUSH(&pen->points, c1);
    VEC_PUSH(&pen->points, c2);
    put(pen, 'C', p);
}

void svg_close(struct svg_pen *pen)
{
    if (!pen->open)
        return;
    char op = 'Z';
    VEC_PUSH(&pen->ops, op);
    pen->at = pen->start;
    pen->open = false;
}

struct svg_outline svg_pen_outline(const struct svg_pen *pen, struct arena *arena)
{
    struct svg_outline o = {.op_count = pen->ops.len, .point_count = pen->points.len};
    if (o.op_count)
        o.ops = arena_copy(arena, pen->ops.items, o.op_count);
    if (o.point_count)
        o.points = arena_copy(arena, pen->points.items, o.point_count * sizeof *o.points);
    return o;
}

/* --- arcs --------------------------------------------------------------------------------- */

/* A vector of the unit circle, in 1/SVG_UNIT. */
struct unit {
    int64_t x, y;
};

static int64_t product(int64_t a, int64_t b)
{
    return (int64_t)((svg_wide)a * b / SVG_UNIT);
}

/* `m` has the radii as factors: of the unit circle it makes user units. */
static struct svg_point on_ellipse(const struct svg_matrix *m, int64_t x, int64_t y)
{
    return svg_apply(m, (struct svg_point){x, y});
}

/* From `u` to `v` a piece whose control points lie `k` along the tangents. */
static void draw_piece(struct svg_pen *pen, const struct svg_matrix *m, struct unit u,
                       struct unit v, int64_t k)
{
    struct svg_point c1 = on_ellipse(m, u.x - product(k, u.y), u.y + product(k, u.x));
    struct svg_point c2 = on_ellipse(m, v.x + product(k, v.y), v.y - product(k, v.x));
    svg_curve_to(pen, c1, c2, on_ellipse(m, v.x, v.y));
}

/* 4/3 tan(t/4) for 0 <= t <= 90 degrees. */
static int64_t control_length(int64_t sine, int64_t cosine)
{
    int64_t half = svg_scale(sine, SVG_UNIT, SVG_UNIT + cosine);
    int64_t root = svg_root((svg_wide)SVG_UNIT * SVG_UNIT + (svg_wide)half * half);
    return svg_scale(half, SVG_UNIT * 4 / 3, SVG_UNIT + root);
}

/* What rounding may make of a right angle or of none, in 1/SVG_UNIT. */
enum { SLACK = 1000 };

/* From `u` to `v` on the unit circle that `m` maps, clockwise as seen when `turn` is 1; `large`:
 * by more than half a circle. */
static void draw_circle_arc(struct svg_pen *pen, const struct svg_matrix *m, struct unit u,
                            struct unit v, int turn, bool large)
{
    for (int i = 0; i < 4; i++) {
        int64_t cosine = product(u.x, v.x) + product(u.y, v.y);
        int64_t sine = (product(u.x, v.y) - product(u.y, v.x)) * turn;
        if (cosine >= -SLACK && sine >= -SLACK && (i > 1 || !large)) {
            draw_piece(pen, m, u, v, turn * control_length(sine > 0 ? sine : 0, cosine));
            return;
        }
        struct unit next = {-u.y * turn, u.x * turn};
        draw_piece(pen, m, u, next, turn * QUARTER);
        u = next;
    }
}

/* The radii grown until the ellipse reaches both ends (F.6.6); `half` is half the way between
 * them in the ellipse's directions. The distance of the centre from the middle of the ends, on
 * the unit circle, is what remains of 1: its square in 1/SVG_UNIT^2 is returned. */
static svg_wide fit_radii(struct svg_arc *arc, struct svg_point half)
{
    svg_wide x = svg_scale(half.x, SVG_UNIT, arc->rx), y = svg_scale(half.y, SVG_UNIT, arc->ry);
    svg_wide square = x * x + y * y, one = (svg_wide)SVG_UNIT * SVG_UNIT;
    if (square < one)
        return one - square;
    int64_t grow = svg_root(square);
    arc->rx = svg_scale(arc->rx, grow, SVG_UNIT);
    arc->ry = svg_scale(arc->ry, grow, SVG_UNIT);
    return 0;
}

static struct unit normalized(int64_t x, int64_t y)
{
    int64_t length = svg_root((svg_wide)x * x + (svg_wide)y * y);
    if (!length)
        return (struct unit){SVG_UNIT, 0};
    return (struct unit){svg_scale(x, SVG_UNIT, length), svg_scale(y, SVG_UNIT, length)};
}

static void draw_arc(struct svg_pen *pen, struct svg_arc *arc)
{
    int64_t sine, cosine;
    struct svg_point from = pen->at, to = arc->to;
    svg_find_sine(arc->angle, &sine, &cosine);
    const struct svg_matrix turn_back = {cosine, -sine, sine, cosine, 0, 0};
    struct svg_point half =
        svg_apply(&turn_back, (struct svg_point){(from.x - to.x) / 2, (from.y - to.y) / 2});
    svg_wide rest = fit_radii(arc, half);
    int64_t x = svg_scale(half.x, SVG_UNIT, arc->rx), y = svg_scale(half.y, SVG_UNIT, arc->ry);
    int64_t reach = svg_root((svg_wide)x * x + (svg_wide)y * y);
    int64_t away = svg_root(rest);
    if (arc->large == arc->sweep)
        away = -away;
    /* the centre lies `away` from the middle, square to the way between the ends */
    int64_t cx = reach ? svg_scale(y, away, reach) : 0,
            cy = reach ? -svg_scale(x, away, reach) : 0;
    struct unit u = normalized(x - cx, y - cy), v = normalized(-x - cx, -y - cy);
    struct svg_matrix m = {svg_scale(cosine, arc->rx, SVG_UNIT),
                           svg_scale(sine, arc->rx, SVG_UNIT),
                           -svg_scale(sine, arc->ry, SVG_UNIT),
                           svg_scale(cosine, arc->ry, SVG_UNIT),
                           0,
                           0};
    struct svg_point centre = svg_apply(&m, (struct svg_point){cx, cy});
    m.e = svg_clamp((svg_wide)from.x / 2 + to.x / 2 + centre.x);
    m.f = svg_clamp((svg_wide)from.y / 2 + to.y / 2 + centre.y);
    draw_circle_arc(pen, &m, u, v, arc->sweep ? 1 : -1, arc->large);
}

void svg_arc_to(struct svg_pen *pen, const struct svg_arc *arc)
{
    struct svg_arc a = *arc;
    a.rx = a.rx < 0 ? -a.rx : a.rx;
    a.ry = a.ry < 0 ? -a.ry : a.ry;
    begin(pen);
    if (a.to.x == pen->at.x && a.to.y == pen->at.y)
        return;
    if (a.rx == 0 || a.ry == 0) {
        svg_line_to(pen, a.to);
        return;
    }
    draw_arc(pen, &a);
    /* exactly where the path says, whatever was rounded */
    pen->points.items[pen->points.len - 1] = pen->at = a.to;
}

/* --- measuring ---------------------------------------------------------------------------- */

/* A coordinate of a cubic at t [1/SVG_UNIT]. */
static svg_num cubic_at(const svg_num p[4], int64_t t)
{
    const int64_t s = SVG_UNIT - t;
    svg_num ab = svg_scale(p[0], s, SVG_UNIT) + svg_scale(p[1], t, SVG_UNIT);
    svg_num bc = svg_scale(p[1], s, SVG_UNIT) + svg_scale(p[2], t, SVG_UNIT);
    svg_num cd = svg_scale(p[2], s, SVG_UNIT) + svg_scale(p[3], t, SVG_UNIT);
    svg_num abc = svg_scale(ab, s, SVG_UNIT) + svg_scale(bc, t, SVG_UNIT);
    svg_num bcd = svg_scale(bc, s, SVG_UNIT) + svg_scale(cd, t, SVG_UNIT);
    return svg_scale(abc, s, SVG_UNIT) + svg_scale(bcd, t, SVG_UNIT);
}

/* Where a cubic's coordinate turns round: a t^2 + b t + c = 0 with its derivative's factors. Up
 * to two places in 0..1; they need not be sharp, as the curve is flat there. */
static int turning_points(const svg_num p[4], int64_t t[2])
{
    svg_wide a = -(svg_wide)p[0] + 3 * ((svg_wide)p[1] - p[2]) + p[3];
    svg_wide b = 2 * ((svg_wide)p[0] - 2 * (svg_wide)p[1] + p[2]);
    svg_wide c = (svg_wide)p[1] - p[0];
    svg_wide inside = b * b - 4 * a * c;
    if (inside < 0)
        return 0;
    svg_wide root = svg_root(inside), q = b >= 0 ? -b - root : -b + root;
    int n = 0;
    /* the two roots as q / 2a and 2c / q, neither of which cancels */
    const svg_wide above[2] = {q, 2 * c}, below[2] = {2 * a, q};
    for (int i = 0; i < 2; i++) {
        if (below[i] == 0)
            continue;
        svg_wide at = above[i] * SVG_UNIT / below[i];
        if (at > 0 && at < SVG_UNIT)
            t[n++] = (int64_t)at;
    }
    return n;
}

static void add_curve(struct svg_box *box, const struct svg_point p[4])
{
    const svg_num x[4] = {p[0].x, p[1].x, p[2].x, p[3].x};
    const svg_num y[4] = {p[0].y, p[1].y, p[2].y, p[3].y};
    int64_t t[2];
    for (int n = turning_points(x, t); n--;)
        svg_box_add(box, (struct svg_point){cubic_at(x, t[n]), p[3].y});
    for (int n = turning_points(y, t); n--;)
        svg_box_add(box, (struct svg_point){p[3].x, cubic_at(y, t[n])});
    svg_box_add(box, p[3]);
}

struct svg_box svg_outline_box(const struct svg_outline *o)
{
    struct svg_box box = SVG_NO_BOX;
    const struct svg_point *p = o->points;
    for (size_t i = 0; i < o->op_count; i++) {
        if (o->ops[i] == 'C') {
            add_curve(&box, p - 1);
            p += 3;
        } else if (o->ops[i] != 'Z') {
            svg_box_add(&box, *p++);
        }
    }
    return box;
}

/* Do the points of a subpath, curves' control points among them, lie on one line? */
static bool is_flat(const struct svg_point *p, size_t n)
{
    svg_num dx = 0, dy = 0;
    for (size_t i = 1; i < n; i++) {
        svg_num x = p[i].x - p[0].x, y = p[i].y - p[0].y;
        if (!dx && !dy) {
            dx = x;
            dy = y;
        } else if ((svg_wide)x * dy != (svg_wide)y * dx) {
            return false;
        }
    }
    return true;
}

bool svg_has_area(const struct svg_outline *o)
{
    size_t start = 0, at = 0;
    for (size_t i = 0; i < o->op_count; i++) {
        if (o->ops[i] == 'M') {
            if (!is_flat(o->points + start, at - start))
                return true;
            start = at;
        }
        at += o->ops[i] == 'C' ? 3 : o->ops[i] != 'Z';
    }
    return !is_flat(o->points + start, at - start);
}

bool svg_is_clockwise(const struct svg_outline *o)
{
    /* twice the area of the polygon of all points, each subpath closed */
    svg_wide area = 0;
    const struct svg_point *start = o->points, *p = o->points;
    for (size_t i = 0; i < o->op_count; i++) {
        int n = o->ops[i] == 'C' ? 3 : o->ops[i] == 'Z' ? 0 : 1;
        if (o->ops[i] == 'M') {
            if (p > o->points)
                area += (svg_wide)p[-1].x * start->y - (svg_wide)start->x * p[-1].y;
            start = p++;
            continue;
        }
        for (; n--; p++)
            area += (svg_wide)p[-1].x * p->y - (svg_wide)p->x * p[-1].y;
    }
    if (o->point_count)
        area += (svg_wide)p[-1].x * start->y - (svg_wide)start->x * p[-1].y;
    return area >= 0;
}

/* One subpath from its points, last to first. */
static void draw_backwards(struct svg_pen *pen, const char *ops, size_t op_count,
                           const struct svg_point *points, const struct svg_matrix *m)
{
    size_t at = 0;
    for (size_t i = 0; i < op_count; i++)
        at += ops[i] == 'C' ? 3 : ops[i] == 'Z' ? 0 : 1;
    svg_move_to(pen, svg_apply(m, points[--at]));
    for (size_t i = op_count; i-- > 1;) {
        if (ops[i] == 'C') {
            svg_curve_to(pen, svg_apply(m, points[at - 1]), svg_apply(m, points[at - 2]),
                         svg_apply(m, points[at - 3]));
            at -= 3;
        } else if (ops[i] == 'L') {
            svg_line_to(pen, svg_apply(m, points[--at]));
        }
    }
    svg_close(pen);
}

static void draw_reversed(struct svg_pen *pen, const struct svg_outline *o,
                          const struct svg_matrix *m)
{
    const struct svg_point *points = o->points;
    for (size_t i = 0; i < o->op_count;) {
        size_t n = 1, used = 1;
        for (; i + n < o->op_count && o->ops[i + n] != 'M'; n++)
            used += o->ops[i + n] == 'C' ? 3 : o->ops[i + n] == 'Z' ? 0 : 1;
        draw_backwards(pen, o->ops + i, n, points, m);
        points += used;
        i += n;
    }
}

void svg_draw_outline(struct svg_pen *pen, const struct svg_outline *o,
                      const struct svg_matrix *m, bool reverse)
{
    if (reverse) {
        draw_reversed(pen, o, m);
        return;
    }
    const struct svg_point *p = o->points;
    for (size_t i = 0; i < o->op_count; i++) {
        if (o->ops[i] == 'Z') {
            svg_close(pen);
        } else if (o->ops[i] == 'C') {
            svg_curve_to(pen, svg_apply(m, p[0]), svg_apply(m, p[1]), svg_apply(m, p[2]));
            p += 3;
        } else {
            struct svg_point at = svg_apply(m, *p++);
            if (o->ops[i] == 'M')
                svg_move_to(pen, at);
            else
                svg_line_to(pen, at);
        }
    }
}
