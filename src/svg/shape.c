/* Basic shapes (SVG 1.1, 9) and paths as outlines. */
#include "svg/model.h"

/* The control length of a quarter circle, 4/3 (sqrt 2 - 1), in millionths of the radius. */
enum { QUARTER = 552285 };

static svg_num add(svg_num a, svg_num b)
{
    return svg_clamp((svg_wide)a + b);
}

/* From the pen's place to `to`, whose corner lies at `corner`. */
static void quarter(struct svg_pen *pen, struct svg_point corner, struct svg_point to)
{
    struct svg_point at = pen->at;
    struct svg_point c1 = {add(at.x, svg_scale(corner.x - at.x, QUARTER, SVG_ONE)),
                           add(at.y, svg_scale(corner.y - at.y, QUARTER, SVG_ONE))};
    struct svg_point c2 = {add(to.x, svg_scale(corner.x - to.x, QUARTER, SVG_ONE)),
                           add(to.y, svg_scale(corner.y - to.y, QUARTER, SVG_ONE))};
    svg_curve_to(pen, c1, c2, to);
}

static void line_unless_there(struct svg_pen *pen, svg_num x, svg_num y)
{
    if (pen->at.x != x || pen->at.y != y)
        svg_line_to(pen, (struct svg_point){x, y});
}

/* A rectangle with corners rounded by rx, ry. */
static void draw_box(struct svg_pen *pen, const struct svg_box *b, svg_num rx, svg_num ry)
{
    const svg_num left = add(b->x1, rx), right = add(b->x2, -rx);
    const svg_num top = add(b->y1, ry), bottom = add(b->y2, -ry);
    svg_move_to(pen, (struct svg_point){left, b->y1});
    line_unless_there(pen, right, b->y1);
    if (rx)
        quarter(pen, (struct svg_point){b->x2, b->y1}, (struct svg_point){b->x2, top});
    line_unless_there(pen, b->x2, bottom);
    if (rx)
        quarter(pen, (struct svg_point){b->x2, b->y2}, (struct svg_point){right, b->y2});
    line_unless_there(pen, left, b->y2);
    if (rx) {
        quarter(pen, (struct svg_point){b->x1, b->y2}, (struct svg_point){b->x1, bottom});
        line_unless_there(pen, b->x1, top);
        quarter(pen, (struct svg_point){b->x1, b->y1}, (struct svg_point){left, b->y1});
    }
    svg_close(pen);
}

static bool draw_rect(struct svg_reader *r, const xmlNode *node, struct svg_pen *pen)
{
    svg_num x = 0, y = 0, w = 0, h = 0, rx = 0, ry = 0;
    svg_length_attribute(r, node, "x", SVG_HORIZONTAL, &x);
    svg_length_attribute(r, node, "y", SVG_VERTICAL, &y);
    svg_length_attribute(r, node, "width", SVG_HORIZONTAL, &w);
    svg_length_attribute(r, node, "height", SVG_VERTICAL, &h);
    bool has_rx = svg_length_attribute(r, node, "rx", SVG_HORIZONTAL, &rx) && rx >= 0;
    bool has_ry = svg_length_attribute(r, node, "ry", SVG_VERTICAL, &ry) && ry >= 0;
    if (w <= 0 || h <= 0)
        return false;
    rx = has_rx ? rx : has_ry ? ry : 0;
    ry = has_ry ? ry : rx;
    rx = rx > w / 2 ? w / 2 : rx;
    ry = ry > h / 2 ? h / 2 : ry;
    if (!rx || !ry)
        rx = ry = 0;
    const struct svg_box box = {x, y, add(x, w), add(y, h)};
    draw_box(pen, &box, rx, ry);
    return true;
}

static bool draw_ellipse(struct svg_reader *r, const xmlNode *node, struct svg_pen *pen)
{
    svg_num cx = 0, cy = 0, rx = 0, ry = 0;
    svg_length_attribute(r, node, "cx", SVG_HORIZONTAL, &cx);
    svg_length_attribute(r, node, "cy", SVG_VERTICAL, &cy);
    if (svg_is_element(node, "circle")) {
        svg_length_attribute(r, node, "r", SVG_DIAGONAL, &rx);
        ry = rx;
    } else {
        bool has_rx = svg_length_attribute(r, node, "rx", SVG_HORIZONTAL, &rx);
        bool has_ry = svg_length_attribute(r, node, "ry", SVG_VERTICAL, &ry);
        rx = has_rx ? rx : ry;
        ry = has_ry ? ry : rx;
    }
    if (rx <= 0 || ry <= 0)
        return false;
    const struct svg_box b = {add(cx, -rx), add(cy, -ry), add(cx, rx), add(cy, ry)};
    svg_move_to(pen, (struct svg_point){b.x2, cy});
    quarter(pen, (struct svg_point){b.x2, b.y2}, (struct svg_point){cx, b.y2});
    quarter(pen, (struct svg_point){b.x1, b.y2}, (struct svg_point){b.x1, cy});
    quarter(pen, (struct svg_point){b.x1, b.y1}, (struct svg_point){cx, b.y1});
    quarter(pen, (struct svg_point){b.x2, b.y1}, (struct svg_point){b.x2, cy});
    svg_close(pen);
    return true;
}

static bool draw_line(struct svg_reader *r, const xmlNode *node, struct svg_pen *pen)
{
    struct svg_point from = {0, 0}, to = {0, 0};
    svg_length_attribute(r, node, "x1", SVG_HORIZONTAL, &from.x);
    svg_length_attribute(r, node, "y1", SVG_VERTICAL, &from.y);
    svg_length_attribute(r, node, "x2", SVG_HORIZONTAL, &to.x);
    svg_length_attribute(r, node, "y2", SVG_VERTICAL, &to.y);
    svg_move_to(pen, from);
    svg_line_to(pen, to);
    return true;
}

static void report_points(struct svg_reader *r, const xmlNode *node, const char *name)
{
    svg_report(r, DIAG_WARNING, node, "svg-path",
               _("«%s» has a fault; what stands before it is drawn"), name);
}

static bool draw_polygon(struct svg_reader *r, const xmlNode *node, struct svg_pen *pen)
{
    const char *points = svg_attribute(r, node, "points");
    struct svg_scan s = svg_scan_text(points ? points : "");
    struct svg_point p;
    for (svg_skip_space(&s); s.p < s.end; svg_skip_comma(&s)) {
        if (!svg_scan_number(&s, &p.x) || (svg_skip_comma(&s), !svg_scan_number(&s, &p.y))) {
            report_points(r, node, "points");
            break;
        }
        if (pen->ops.len)
            svg_line_to(pen, p);
        else
            svg_move_to(pen, p);
    }
    if (svg_is_element(node, "polygon"))
        svg_close(pen);
    return pen->ops.len > 0;
}

static bool draw_path(struct svg_reader *r, const xmlNode *node, struct svg_pen *pen)
{
    const char *data = svg_attribute(r, node, "d");
    if (data && !svg_draw_path(pen, data))
        report_points(r, node, "d");
    return pen->ops.len > 0;
}

bool svg_draw_shape(struct svg_reader *r, const xmlNode *node, struct svg_pen *pen)
{
    if (svg_is_element(node, "path"))
        return draw_path(r, node, pen);
    if (svg_is_element(node, "rect"))
        return draw_rect(r, node, pen);
    if (svg_is_element(node, "line"))
        return draw_line(r, node, pen);
    if (svg_is_element(node, "circle") || svg_is_element(node, "ellipse"))
        return draw_ellipse(r, node, pen);
    if (svg_is_element(node, "polyline") || svg_is_element(node, "polygon"))
        return draw_polygon(r, node, pen);
    return false;
}
