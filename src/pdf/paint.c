/* Boxes, borders, rules, paths and images as painting operators.
 *
 * Solid borders are stroked and not filled: viewers keep a thin stroke visible at every zoom
 * and in the same grey, a thin filled rectangle they blur. All coordinates are layout's,
 * turned upside down by pdf_y. */
#include "pdf/canvas.h"

#include <stdlib.h>

/* Dashes as multiples of the border's width, as other formatters and browsers draw them. */
enum { DASH = 3, GAP = 2 };

/* A straight stretch of border: its middle line. */
struct stretch {
    mpt x1, y1, x2, y2; /* areas' coordinates */
    mpt width;
    uint32_t color;
};

static void put_rectangle(struct pdf_canvas *c, const mpt box[4], const char *op)
{
    const mpt numbers[4] = {pdf_x(c, box[0]), pdf_y(c, box[1] + box[3]), box[2], box[3]};
    pdf_put_op(c->out, op, numbers, 4);
}

static void put_stretch(struct pdf_canvas *c, const struct stretch *s)
{
    const mpt from[2] = {pdf_x(c, s->x1), pdf_y(c, s->y1)};
    const mpt to[2] = {pdf_x(c, s->x2), pdf_y(c, s->y2)};
    pdf_put_op(c->out, "m", from, 2);
    pdf_put_op(c->out, "l", to, 2);
}

static void stroke(struct pdf_canvas *c, const struct stretch *s)
{
    pdf_set_stroke(c, s->color);
    pdf_set_line_width(c, s->width);
    put_stretch(c, s);
    buf_puts(c->out, "S\n");
}

static mpt length_of(const struct stretch *s)
{
    return s->x2 - s->x1 + s->y2 - s->y1;
}

/* Dashes whose gaps are stretched or squeezed so that the line begins and ends with one. */
static void set_dashes(struct pdf_canvas *c, const struct stretch *s, mpt dash, mpt gap)
{
    mpt length = length_of(s), count = (length + gap) / (dash + gap);
    if (count > 1)
        gap = (length - count * dash) / (count - 1);
    buf_putc(c->out, '[');
    buf_put_milli(c->out, dash);
    pdf_put_num(c->out, mpt_max(gap, 1));
    buf_puts(c->out, "]0 d\n");
}

static void stroke_dashed(struct pdf_canvas *c, const struct stretch *s)
{
    set_dashes(c, s, DASH * s->width, GAP * s->width);
    stroke(c, s);
    buf_puts(c->out, "[]0 d\n");
}

/* Dots are dashes of no length with round caps; the first and the last lie inside the line. */
static void stroke_dotted(struct pdf_canvas *c, const struct stretch *s)
{
    struct stretch inner = *s;
    mpt half = s->width / 2;
    bool flat = s->y1 == s->y2;
    if (length_of(s) > s->width) {
        inner.x1 += flat ? half : 0;
        inner.x2 -= flat ? half : 0;
        inner.y1 += flat ? 0 : half;
        inner.y2 -= flat ? 0 : half;
    }
    buf_puts(c->out, "1 J\n");
    set_dashes(c, &inner, 0, 2 * s->width);
    stroke(c, &inner);
    buf_puts(c->out, "[]0 d 0 J\n");
}

/* The part of a stretch from `from` to `to` sixths of its width, counted downwards or to the
 * right. */
static struct stretch slice(const struct stretch *s, int from, int to)
{
    struct stretch part = *s;
    mpt middle = s->width * (from + to - 6) / 12;
    part.width = s->width * (to - from) / 6;
    if (s->y1 == s->y2) {
        part.y1 += middle;
        part.y2 += middle;
    } else {
        part.x1 += middle;
        part.x2 += middle;
    }
    return part;
}

static void stroke_double(struct pdf_canvas *c, const struct stretch *s)
{
    struct stretch first = slice(s, 0, 2), last = slice(s, 4, 6);
    stroke(c, &first);
    stroke(c, &last);
}

/* The lit and the shaded tone of a colour, for borders that look carved. */
static uint32_t tone(uint32_t color, bool lit)
{
    uint32_t result = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        uint32_t v = color >> shift & 255;
        v = lit ? (v + 255) / 2 : v * 2 / 3;
        result |= v << shift;
    }
    return result;
}

/* `first`: this side lies at the top or on the left, where light comes from. */
static void stroke_carved(struct pdf_canvas *c, const struct stretch *s,
                          enum area_line_style style, bool first)
{
    bool sunk = style == AREA_LINE_INSET || style == AREA_LINE_GROOVE;
    struct stretch a = slice(s, 0, 3), b = slice(s, 3, 6);
    if (style == AREA_LINE_INSET || style == AREA_LINE_OUTSET) {
        a = *s;
        a.color = tone(s->color, sunk != first);
        stroke(c, &a);
        return;
    }
    a.color = tone(s->color, !sunk);
    b.color = tone(s->color, sunk);
    stroke(c, &a);
    stroke(c, &b);
}

static void stroke_style(struct pdf_canvas *c, const struct stretch *s,
                         enum area_line_style style, bool first)
{
    if (s->width <= 0 || length_of(s) <= 0 || s->color == AREA_TRANSPARENT)
        return;
    switch (style) {
    case AREA_LINE_NONE:
        break;
    case AREA_LINE_SOLID:
        stroke(c, s);
        break;
    case AREA_LINE_DASHED:
        stroke_dashed(c, s);
        break;
    case AREA_LINE_DOTTED:
        stroke_dotted(c, s);
        break;
    case AREA_LINE_DOUBLE:
        stroke_double(c, s);
        break;
    case AREA_LINE_INSET:
    case AREA_LINE_OUTSET:
    case AREA_LINE_GROOVE:
    case AREA_LINE_RIDGE:
        stroke_carved(c, s, style, first);
        break;
    }
}

static void paint_side(struct pdf_canvas *c, const struct area *a, int side)
{
    const struct area_border *b = &a->as.box.border[side];
    mpt half = b->width / 2, right = a->x + a->width, bottom = a->y + a->height;
    struct stretch s = {a->x, a->y, right, bottom, b->width, b->color};
    if (side == 0)
        s.y1 = s.y2 = a->y + half;
    else if (side == 1)
        s.y1 = s.y2 = bottom - half;
    else if (side == 2)
        s.x1 = s.x2 = a->x + half;
    else
        s.x1 = s.x2 = right - half;
    stroke_style(c, &s, b->style, side == 0 || side == 2);
}

static bool is_frame(const struct area_border b[4])
{
    for (int i = 0; i < 4; i++)
        if (b[i].style != AREA_LINE_SOLID || b[i].width != b[0].width ||
            b[i].color != b[0].color)
            return false;
    return b[0].color != AREA_TRANSPARENT;
}

static void paint_frame(struct pdf_canvas *c, const struct area *a)
{
    mpt width = a->as.box.border[0].width;
    const mpt box[4] = {a->x + width / 2, a->y + width / 2, a->width - width,
                        a->height - width};
    pdf_set_stroke(c, a->as.box.border[0].color);
    pdf_set_line_width(c, width);
    put_rectangle(c, box, "re S");
}

void pdf_paint_box(struct pdf_canvas *c, const struct area *a)
{
    const mpt box[4] = {a->x, a->y, a->width, a->height};
    if (a->as.box.background != AREA_TRANSPARENT && a->width > 0 && a->height > 0) {
        pdf_set_fill(c, a->as.box.background);
        put_rectangle(c, box, "re f");
    }
    if (is_frame(a->as.box.border)) {
        paint_frame(c, a);
        return;
    }
    for (int side = 0; side < 4; side++)
        paint_side(c, a, side);
}

void pdf_paint_rule(struct pdf_canvas *c, const struct area *a)
{
    mpt middle = a->y + a->height / 2;
    struct stretch s = {a->x, middle, a->x + a->width, middle, a->height, a->as.rule.color};
    stroke_style(c, &s, a->as.rule.style, true);
}

void pdf_note_flattened(const struct pdf_canvas *c)
{
    diag_add(
        c->doc->diag, DIAG_NOTE, (struct src_loc){c->file, c->line, 0}, "pdf-transparency",
        _("PDF/A-1 has no transparency: colours that are seen through are mixed with white "
          "and cover what lies beneath"));
}

uint32_t pdf_on_white(uint32_t color, uint8_t alpha)
{
    uint32_t result = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        uint32_t v = color >> shift & 255;
        result |= ((v * alpha + 255U * (255U - alpha) + 127) / 255) << shift;
    }
    return result;
}

void pdf_set_alpha(struct pdf_canvas *c, uint8_t fill, uint8_t line)
{
    struct pdf_doc *d = c->doc;
    size_t i = 0;
    while (i < d->alphas.len &&
           (d->alphas.items[i].fill != fill || d->alphas.items[i].stroke != line))
        i++;
    if (i == d->alphas.len) {
        struct pdf_dict dict = pdf_new_dict(d);
        buf_puts(dict.body, "/Type/ExtGState/ca ");
        buf_put_milli(dict.body, (fill * 1000 + 127) / 255);
        buf_puts(dict.body, "/CA ");
        buf_put_milli(dict.body, (line * 1000 + 127) / 255);
        VEC_PUSH(&d->alphas, ((struct pdf_alpha){fill, line, dict.id}));
    }
    buf_printf(c->out, "/G%u gs\n", (unsigned)d->alphas.items[i].id);
}

static void put_path(struct pdf_canvas *c, const struct area_path *p)
{
    const mpt *at = p->points, *end = at + 2 * p->point_count;
    for (size_t i = 0; i < p->op_count; i++) {
        char op = p->ops[i];
        int n = op == 'C' ? 6 : op == 'Z' ? 0 : 2;
        mpt numbers[6];
        REQUIRE(end - at >= n);
        for (int k = 0; k < n; k += 2) {
            numbers[k] = pdf_x(c, at[k]);
            numbers[k + 1] = pdf_y(c, at[k + 1]);
        }
        pdf_put_op(c->out,
                   op == 'C'   ? "c"
                   : op == 'Z' ? "h"
                   : op == 'L' ? "l"
                               : "m",
                   numbers, n);
        at += n;
    }
}

static void set_line(struct pdf_canvas *c, const struct area_path *p)
{
    pdf_set_line_width(c, p->stroke_width);
    buf_printf(c->out, "%u J %u j ", (unsigned)p->cap, (unsigned)p->join);
    buf_put_milli(c->out, mpt_max(p->miter_limit, 1000));
    buf_puts(c->out, " M [");
    for (size_t i = 0; i < p->dash_count; i++)
        pdf_put_num(c->out, p->dash[i]);
    buf_putc(c->out, ']');
    pdf_put_num(c->out, p->dash_phase);
    buf_puts(c->out, " d\n");
}

static const char *path_operator(bool filled, bool stroked, bool even_odd)
{
    if (filled && stroked)
        return even_odd ? "B*\n" : "B\n";
    if (filled)
        return even_odd ? "f*\n" : "f\n";
    return stroked ? "S\n" : "n\n";
}

/* Part 1 has no transparency: the colours are mixed with white. */
static void set_gradient(struct pdf_canvas *c, const struct area_gradient *g, uint8_t alpha,
                         bool line)
{
    struct area_gradient mixed = *g;
    struct area_stop *stops = mem_alloc(g->stop_count * sizeof *stops);
    bool part1 = pdf_is_part1(c->doc);
    for (size_t i = 0; i < g->stop_count; i++) {
        unsigned shown = 255U - c->fade;
        if (part1)
            shown = shown * alpha / 255 * g->stops[i].alpha / 255;
        stops[i] = g->stops[i];
        stops[i].color = pdf_on_white(stops[i].color, (uint8_t)shown);
    }
    mixed.stops = stops;
    unsigned id = (unsigned)pdf_add_gradient(c, &mixed);
    buf_printf(c->out, line ? "/Pattern CS/P%u SCN\n" : "/Pattern cs/P%u scn\n", id);
    free(stops);
}

static void set_path_fill(struct pdf_canvas *c, const struct area_path *p)
{
    if (p->fill_gradient)
        set_gradient(c, p->fill_gradient, p->fill_alpha, false);
    else
        pdf_set_fill(c, pdf_is_part1(c->doc) ? pdf_on_white(p->fill, p->fill_alpha) : p->fill);
}

static void set_path_stroke(struct pdf_canvas *c, const struct area_path *p)
{
    if (p->stroke_gradient)
        set_gradient(c, p->stroke_gradient, p->stroke_alpha, true);
    else
        pdf_set_stroke(c, pdf_is_part1(c->doc) ? pdf_on_white(p->stroke, p->stroke_alpha)
                                               : p->stroke);
    set_line(c, p);
}

static bool is_faded(const struct area_path *p)
{
    return (p->fill != AREA_TRANSPARENT && p->fill_alpha < 255) ||
           (p->stroke != AREA_TRANSPARENT && p->stroke_alpha < 255);
}

/* Fill and stroke, of which only one may have a gradient that is seen through. */
static void paint_ink(struct pdf_canvas *c, const struct area_path *p)
{
    bool filled = p->fill != AREA_TRANSPARENT, stroked = p->stroke != AREA_TRANSPARENT;
    if (!p->op_count || (!filled && !stroked))
        return;
    const struct area_gradient *mask = filled ? p->fill_gradient : p->stroke_gradient;
    bool seen_through = is_faded(p), masked = pdf_is_seen_through(mask);
    if (pdf_is_part1(c->doc)) {
        if (seen_through || masked)
            pdf_note_flattened(c);
        seen_through = masked = false;
    }
    struct pdf_state saved = c->state;
    bool apart = stroked || seen_through || (filled && p->fill_gradient);
    if (apart)
        buf_puts(c->out, "q\n");
    if (masked)
        pdf_set_mask(c, mask);
    if (seen_through)
        pdf_set_alpha(c, p->fill_alpha, p->stroke_alpha);
    if (filled)
        set_path_fill(c, p);
    if (stroked)
        set_path_stroke(c, p);
    put_path(c, p);
    buf_puts(c->out, path_operator(filled, stroked, p->even_odd));
    if (apart) {
        buf_puts(c->out, "Q\n");
        c->state = saved;
    }
}

void pdf_paint_path(struct pdf_canvas *c, const struct area *a)
{
    const struct area_path *p = a->as.path;
    struct area_path part = *p;
    if (p->clip) {
        put_path(c, p);
        buf_puts(c->out, p->even_odd ? "W* n\n" : "W n\n");
    } else if (pdf_is_seen_through(p->fill_gradient) ||
               pdf_is_seen_through(p->stroke_gradient)) {
        part.stroke = AREA_TRANSPARENT;
        paint_ink(c, &part);
        part = *p;
        part.fill = AREA_TRANSPARENT;
        paint_ink(c, &part);
    } else {
        paint_ink(c, p);
    }
}

void pdf_paint_image(struct pdf_canvas *c, const struct area *a)
{
    uint32_t id = pdf_find_image(c->doc, a->as.image, c->file, a->line);
    if (!id)
        return;
    const mpt numbers[4] = {a->width, a->height, pdf_x(c, a->x), pdf_y(c, a->y + a->height)};
    buf_puts(c->out, "q\n");
    buf_put_milli(c->out, numbers[0]);
    buf_puts(c->out, " 0 0");
    for (int i = 1; i < 4; i++)
        pdf_put_num(c->out, numbers[i]);
    buf_printf(c->out, " cm\n/I%u Do\nQ\n", (unsigned)a->as.image->number);
}
