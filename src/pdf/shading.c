/* Gradients as shading patterns (ISO 32000-1, 8.7.4): axial and radial, any number of colours.
 *
 * A pattern's matrix leads to the beginning of the content stream and not to the coordinates in force, so every use of a
 * gradient is an object of its own. Colours between two stops are a linear function; several make
 * a stitching function, whose bounds must grow: stops at one place are set a millionth apart.
 * Stops that are seen through make a soft mask (11.6.5.2) of a second gradient, in greys. */
#include "pdf/canvas.h"

#include <stdlib.h>

enum { ONE = 1000000 };

static void put_color(struct buf *out, const char *name, uint32_t color)
{
    buf_puts(out, name);
    buf_putc(out, '[');
    for (int shift = 16; shift >= 0; shift -= 8)
        pdf_put_num(out, ((mpt)(color >> shift & 255) * 1000 + 127) / 255);
    buf_putc(out, ']');
}

static void put_step(struct buf *out, const struct area_stop *from)
{
    buf_puts(out, "<</FunctionType 2/Domain[0 1]/N 1");
    put_color(out, "/C0", from[0].color);
    put_color(out, "/C1", from[1].color);
    buf_puts(out, ">>");
}

/* Offsets that begin at 0, end at 1 and grow between. */
static void spread(struct area_stop *stops, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (stops[i].offset <= stops[i - 1].offset)
            stops[i].offset = stops[i - 1].offset + 1;
    stops[n - 1].offset = ONE;
    for (size_t i = n - 1; i-- > 1;)
        if (stops[i].offset >= stops[i + 1].offset)
            stops[i].offset = stops[i + 1].offset - 1;
}

/* The stops with one at each end; free with free(). */
static struct area_stop *whole_stops(const struct area_gradient *g, size_t *n)
{
    struct area_stop *stops = mem_alloc((g->stop_count + 2) * sizeof *stops);
    size_t count = 0;
    if (g->stops[0].offset > 0)
        stops[count++] = (struct area_stop){0, g->stops[0].color, 255};
    for (size_t i = 0; i < g->stop_count; i++)
        stops[count++] = g->stops[i];
    if (stops[count - 1].offset < ONE) {
        stops[count] = (struct area_stop){ONE, stops[count - 1].color, 255};
        count++;
    }
    stops[0].offset = 0;
    spread(stops, count);
    *n = count;
    return stops;
}

static void put_function(struct buf *out, const struct area_gradient *g)
{
    size_t n;
    struct area_stop *stops = whole_stops(g, &n);
    buf_puts(out, "/Function");
    if (n == 2) {
        put_step(out, stops);
        free(stops);
        return;
    }
    buf_puts(out, "<</FunctionType 3/Domain[0 1]/Functions[");
    for (size_t i = 0; i + 1 < n; i++)
        put_step(out, &stops[i]);
    buf_puts(out, "]/Bounds[");
    for (size_t i = 1; i + 1 < n; i++)
        pdf_put_factor(out, stops[i].offset);
    buf_puts(out, "]/Encode[");
    for (size_t i = 0; i + 1 < n; i++)
        buf_puts(out, i ? " 0 1" : "0 1");
    buf_puts(out, "]>>");
    free(stops);
}

static void put_shading(struct buf *out, const struct area_gradient *g)
{
    int n = g->radial ? 3 : 2;
    buf_printf(out, "/Shading<</ShadingType %d/ColorSpace/DeviceRGB/Extend[true true]/Coords[",
               n);
    for (int i = 0; i < n; i++)
        pdf_put_num(out, g->from[i]);
    for (int i = 0; i < n; i++)
        pdf_put_num(out, g->to[i]);
    buf_putc(out, ']');
    put_function(out, g);
    buf_puts(out, ">>");
}

uint32_t pdf_add_gradient(struct pdf_canvas *c, const struct area_gradient *g)
{
    const int64_t *m = g->matrix;
    struct pdf_matrix matrix = {m[0], -m[1], m[2], -m[3], pdf_x(c, m[4]), pdf_y(c, m[5])};
    matrix = pdf_concat(&matrix, &c->state.stream);
    struct pdf_dict dict = pdf_new_dict(c->doc);
    buf_puts(dict.body, "/Type/Pattern/PatternType 2/Matrix[");
    pdf_put_factor(dict.body, matrix.a);
    pdf_put_factor(dict.body, matrix.b);
    pdf_put_factor(dict.body, matrix.c);
    pdf_put_factor(dict.body, matrix.d);
    buf_put_milli(dict.body, matrix.e);
    pdf_put_num(dict.body, matrix.f);
    buf_putc(dict.body, ']');
    put_shading(dict.body, g);
    VEC_PUSH(&c->doc->patterns, dict.id);
    return dict.id;
}

bool pdf_is_seen_through(const struct area_gradient *g)
{
    for (size_t i = 0; g && i < g->stop_count; i++)
        if (g->stops[i].alpha < 255)
            return true;
    return false;
}

/* The opacities as a gradient of greys, painted over everything by a form. */
static uint32_t add_mask_form(struct pdf_canvas *c, const struct area_gradient *g)
{
    struct area_gradient greys = *g;
    struct area_stop *stops = mem_alloc(g->stop_count * sizeof *stops);
    struct pdf_matrix saved = c->state.stream;
    struct buf form = BUF_EMPTY, entries = BUF_EMPTY;
    for (size_t i = 0; i < g->stop_count; i++)
        stops[i] = (struct area_stop){g->stops[i].offset, g->stops[i].alpha * 0x010101U, 255};
    greys.stops = stops;
    c->state.stream = (struct pdf_matrix){ONE, 0, 0, ONE, 0, 0};
    buf_printf(&form, "/Pattern cs/P%u scn -32000 -32000 64000 64000 re f\n",
               (unsigned)pdf_add_gradient(c, &greys));
    c->state.stream = saved;
    buf_printf(&entries,
               "/Type/XObject/Subtype/Form/BBox[-32000 -32000 32000 32000]/Resources %u 0 R"
               "/Group<</Type/Group/S/Transparency/CS/DeviceRGB>>",
               (unsigned)c->doc->resources.id);
    uint32_t id = pdf_new_dict(c->doc).id;
    pdf_write_stream(c->doc, id, buf_str(&entries), &form, true);
    free(stops);
    buf_free(&form);
    buf_free(&entries);
    return id;
}

void pdf_set_mask(struct pdf_canvas *c, const struct area_gradient *g)
{
    uint32_t form = add_mask_form(c, g);
    struct pdf_dict dict = pdf_new_dict(c->doc);
    buf_printf(dict.body, "/Type/ExtGState/SMask<</Type/Mask/S/Luminosity/G %u 0 R>>",
               (unsigned)form);
    VEC_PUSH(&c->doc->masks, dict.id);
    buf_printf(c->out, "/G%u gs\n", (unsigned)dict.id);
}
