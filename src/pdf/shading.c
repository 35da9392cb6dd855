/* Gradients as shading patterns (ISO 32000-1, 8.7.4): axial and radial, any number of colours.
 *
 * A pattern's matrix leads to the beginning of the content stream and not to the coordinates in force, so every use of a
 * gradient is an object of its own. Colours between two stops are a linear function; several make
 * a stitching function, whose bounds must grow: stops at one place are set a millionth apart. */
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
        stops[count++] = (struct area_stop){0, g->stops[0].color};
    for (size_t i = 0; i < g->stop_count; i++)
        stops[count++] = g->stops[i];
    if (stops[count - 1].offset < ONE)
        stops[count++] = (struct area_stop){ONE, stops[count - 1].color};
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
