/* What fills and strokes are made of: colours, gradients (SVG 1.1, 13.2), patterns (13.3).
 *
 * A server is resolved for the shape that uses it: attributes collected along href, units made
 * those of the shape's user space. */
#include "svg/model.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_CHAIN = 16, MOST_STOPS = 256, MOST_TILES = 20000, MOST_TILES_IN_ALL = 100000 };

/* The server and those it takes attributes from. */
struct chain {
    const xmlNode *nodes[LONGEST_CHAIN];
    int count;
};

unsigned svg_faded(unsigned a, unsigned b)
{
    return (a * b + 127) / 255;
}

uint32_t svg_on_white(uint32_t rgb, unsigned alpha)
{
    uint32_t result = 0;
    for (int shift = 16; shift >= 0; shift -= 8)
        result |= (svg_faded(rgb >> shift & 255, alpha) + svg_faded(255, 255 - alpha)) << shift;
    return result;
}

struct svg_matrix svg_box_matrix(const struct svg_box *box)
{
    const int64_t unit = SVG_UNIT / SVG_ONE;
    return (struct svg_matrix){svg_scale(box->x2 - box->x1, unit, 1), 0,       0,
                               svg_scale(box->y2 - box->y1, unit, 1), box->x1, box->y1};
}

static struct chain chain_of(struct svg_reader *r, const xmlNode *node)
{
    struct chain chain = {.count = 0};
    while (node && chain.count < LONGEST_CHAIN) {
        for (int i = 0; i < chain.count; i++)
            if (chain.nodes[i] == node)
                return chain;
        chain.nodes[chain.count++] = node;
        node = svg_find_href(r, node);
    }
    return chain;
}

/* The first of the chain that says `name`, or NULL. */
static const xmlNode *who_says(const struct chain *chain, const char *name)
{
    for (int i = 0; i < chain->count; i++)
        if (xmlHasNsProp((xmlNode *)chain->nodes[i], (const xmlChar *)name, NULL))
            return chain->nodes[i];
    return NULL;
}

static const char *chain_attribute(struct svg_reader *r, const struct chain *chain,
                                   const char *name)
{
    const xmlNode *node = who_says(chain, name);
    return node ? svg_attribute(r, node, name) : NULL;
}

static bool chain_length(struct svg_reader *r, const struct chain *chain, const char *name,
                         enum svg_axis axis, svg_num *v)
{
    const xmlNode *node = who_says(chain, name);
    return node && svg_length_attribute(r, node, name, axis, v);
}

static bool chain_says(struct svg_reader *r, const struct chain *chain, const char *name,
                       const char *value)
{
    const char *said = chain_attribute(r, chain, name);
    return said && strcmp(said, value) == 0;
}

static struct svg_matrix chain_transform(struct svg_reader *r, const struct chain *chain,
                                         const char *name, const struct svg_matrix *m)
{
    const xmlNode *node = who_says(chain, name);
    return node ? svg_transform_of(r, node, name, m) : *m;
}

/* --- gradients ---------------------------------------------------------------------------- */

struct stops {
    struct svg_stop items[MOST_STOPS];
    int count;
};

static int32_t offset_of(struct svg_reader *r, const xmlNode *node, int32_t least)
{
    const char *value = svg_attribute(r, node, "offset");
    struct svg_scan s = svg_scan_text(value ? value : "0");
    svg_num v = 0;
    svg_skip_space(&s);
    if (svg_scan_number(&s, &v) && svg_scan_char(&s, '%'))
        v /= 100;
    v = v > SVG_ONE ? SVG_ONE : v;
    return v < least ? least : (int32_t)v;
}

/* The stops of the first of the chain that has some. */
static void read_stops(struct svg_reader *r, const struct chain *chain, struct stops *stops)
{
    stops->count = 0;
    for (int i = 0; i < chain->count && !stops->count; i++) {
        struct svg_style around = svg_style_in_place(r, chain->nodes[i]);
        int32_t offset = 0;
        for (const xmlNode *n = chain->nodes[i]->children; n; n = n->next) {
            if (n->type != XML_ELEMENT_NODE || !svg_is_element(n, "stop") ||
                stops->count == MOST_STOPS)
                continue;
            struct svg_style style = svg_style_of(r, n, &around);
            offset = offset_of(r, n, offset);
            stops->items[stops->count++] =
                (struct svg_stop){offset, style.stop_color, style.stop_alpha};
        }
    }
}

/* One opacity for all stops belongs to the paint and not to them. */
static uint8_t common_alpha(struct stops *stops)
{
    uint8_t alpha = stops->items[0].alpha;
    for (int i = 1; i < stops->count; i++)
        if (stops->items[i].alpha != alpha)
            return 255;
    for (int i = 0; i < stops->count; i++)
        stops->items[i].alpha = 255;
    return alpha;
}

static void read_axis(struct svg_reader *r, const struct chain *chain, struct svg_gradient *g)
{
    g->to[0] = r->lengths.width;
    chain_length(r, chain, "x1", SVG_HORIZONTAL, &g->from[0]);
    chain_length(r, chain, "y1", SVG_VERTICAL, &g->from[1]);
    chain_length(r, chain, "x2", SVG_HORIZONTAL, &g->to[0]);
    chain_length(r, chain, "y2", SVG_VERTICAL, &g->to[1]);
}

/* A focus outside the circle moves to its edge (13.2.3), a little inside it. */
static void keep_focus_inside(struct svg_gradient *g)
{
    svg_num x = g->from[0] - g->to[0], y = g->from[1] - g->to[1];
    svg_num reach = svg_length_of(x, y), most = svg_scale(g->to[2], 999, 1000);
    if (reach <= most)
        return;
    g->from[0] = svg_clamp((svg_wide)g->to[0] + svg_scale(x, most, reach));
    g->from[1] = svg_clamp((svg_wide)g->to[1] + svg_scale(y, most, reach));
}

static void read_circles(struct svg_reader *r, const struct chain *chain,
                         struct svg_gradient *g)
{
    struct svg_lengths half = {0, r->lengths.width / 2, r->lengths.height / 2};
    struct svg_scan s = svg_scan_text("100%");
    g->radial = true;
    g->to[0] = half.width;
    g->to[1] = half.height;
    svg_scan_length(&s, &half, SVG_DIAGONAL, &g->to[2]);
    chain_length(r, chain, "cx", SVG_HORIZONTAL, &g->to[0]);
    chain_length(r, chain, "cy", SVG_VERTICAL, &g->to[1]);
    chain_length(r, chain, "r", SVG_DIAGONAL, &g->to[2]);
    g->from[0] = g->to[0];
    g->from[1] = g->to[1];
    chain_length(r, chain, "fx", SVG_HORIZONTAL, &g->from[0]);
    chain_length(r, chain, "fy", SVG_VERTICAL, &g->from[1]);
    chain_length(r, chain, "fr", SVG_DIAGONAL, &g->from[2]);
    g->to[2] = g->to[2] < 0 ? 0 : g->to[2];
    g->from[2] = g->from[2] < 0 ? 0 : g->from[2] > g->to[2] ? g->to[2] : g->from[2];
    keep_focus_inside(g);
}

/* A gradient without extent is its last colour. */
static bool is_point(const struct svg_gradient *g)
{
    return g->radial ? g->to[2] == 0 : g->from[0] == g->to[0] && g->from[1] == g->to[1];
}

static struct svg_ink gradient_ink(struct svg_reader *r, const xmlNode *node,
                                   const struct svg_box *box)
{
    struct svg_ink ink = {.painted = true, .alpha = 255};
    struct chain chain = chain_of(r, node);
    struct stops *stops = mem_alloc(sizeof *stops);
    struct svg_gradient g = {.matrix = SVG_IDENTITY};
    struct svg_lengths saved = r->lengths;
    bool user = chain_says(r, &chain, "gradientUnits", "userSpaceOnUse");
    read_stops(r, &chain, stops);
    if (!stops->count || (!user && (box->x1 >= box->x2 || box->y1 >= box->y2))) {
        free(stops);
        return (struct svg_ink){.painted = false};
    }
    if (!user) {
        g.matrix = svg_box_matrix(box);
        r->lengths.width = r->lengths.height = SVG_ONE;
    }
    if (svg_is_element(node, "linearGradient"))
        read_axis(r, &chain, &g);
    else
        read_circles(r, &chain, &g);
    r->lengths = saved;
    g.matrix = chain_transform(r, &chain, "gradientTransform", &g.matrix);
    if (who_says(&chain, "spreadMethod") && !chain_says(r, &chain, "spreadMethod", "pad"))
        svg_report(r, DIAG_WARNING, node, "svg-gradient",
                   _("spreadMethod is not supported: the gradient's last colours go on"));
    uint8_t last = stops->items[stops->count - 1].alpha;
    ink.alpha = common_alpha(stops);
    ink.rgb = stops->items[stops->count - 1].rgb;
    if (stops->count > 1 && !is_point(&g)) {
        g.stops = arena_copy(r->arena, stops->items, (size_t)stops->count * sizeof *g.stops);
        g.stop_count = (size_t)stops->count;
        ink.gradient = arena_copy(r->arena, &g, sizeof g);
    } else {
        ink.alpha = last;
    }
    free(stops);
    return ink;
}

/* --- patterns ----------------------------------------------------------------------------- */

static const xmlNode *who_has_content(const struct chain *chain)
{
    for (int i = 0; i < chain->count; i++)
        for (const xmlNode *n = chain->nodes[i]->children; n; n = n->next)
            if (n->type == XML_ELEMENT_NODE)
                return chain->nodes[i];
    return NULL;
}

/* The rectangle of the first tile. */
static bool read_tile(struct svg_reader *r, const struct chain *chain,
                      const struct svg_box *box, struct svg_pattern *p)
{
    bool user = chain_says(r, chain, "patternUnits", "userSpaceOnUse");
    struct svg_lengths saved = r->lengths;
    if (!user)
        r->lengths.width = r->lengths.height = SVG_ONE;
    chain_length(r, chain, "x", SVG_HORIZONTAL, &p->x);
    chain_length(r, chain, "y", SVG_VERTICAL, &p->y);
    chain_length(r, chain, "width", SVG_HORIZONTAL, &p->width);
    chain_length(r, chain, "height", SVG_VERTICAL, &p->height);
    r->lengths = saved;
    if (!user) {
        svg_num w = box->x2 - box->x1, h = box->y2 - box->y1;
        p->x = svg_clamp((svg_wide)box->x1 + svg_scale(w, p->x, SVG_ONE));
        p->y = svg_clamp((svg_wide)box->y1 + svg_scale(h, p->y, SVG_ONE));
        p->width = svg_scale(w, p->width, SVG_ONE);
        p->height = svg_scale(h, p->height, SVG_ONE);
    }
    return p->width > 0 && p->height > 0;
}

static int64_t floor_quotient(svg_wide v, svg_num by)
{
    svg_wide q = v / by;
    return (int64_t)(q * by > v ? q - 1 : q);
}

/* Which tiles touch the box; false when they are none, or too many, which is reported. */
static bool count_tiles(struct svg_reader *r, const xmlNode *node, const struct svg_box *box,
                        struct svg_pattern *p)
{
    struct svg_matrix back;
    if (!svg_invert(&p->matrix, &back))
        return false;
    struct svg_box area = svg_box_apply(&back, box);
    p->from_x = floor_quotient((svg_wide)area.x1 - p->x, p->width);
    p->from_y = floor_quotient((svg_wide)area.y1 - p->y, p->height);
    p->to_x = floor_quotient((svg_wide)area.x2 - p->x, p->width);
    p->to_y = floor_quotient((svg_wide)area.y2 - p->y, p->height);
    svg_wide tiles = ((svg_wide)p->to_x - p->from_x + 1) * ((svg_wide)p->to_y - p->from_y + 1);
    if (tiles <= MOST_TILES && r->tiles + (size_t)tiles <= MOST_TILES_IN_ALL) {
        r->tiles += (size_t)tiles;
        return true;
    }
    svg_report(r, DIAG_WARNING, node, "svg-limit",
               _("the pattern would be repeated more than %d times; the shape is not filled"),
               MOST_TILES);
    return false;
}

static struct svg_matrix content_matrix(struct svg_reader *r, const struct chain *chain,
                                        const struct svg_box *box, const struct svg_pattern *p)
{
    struct svg_matrix m = SVG_IDENTITY;
    const xmlNode *viewer = who_says(chain, "viewBox");
    struct svg_fit fit = {.has_view = false};
    if (viewer)
        fit = svg_read_fit(r, viewer);
    if (fit.has_view) {
        if (!svg_fit_matrix(&fit, p->width, p->height, &m))
            m = (struct svg_matrix){0};
    } else if (chain_says(r, chain, "patternContentUnits", "objectBoundingBox")) {
        m = svg_box_matrix(box);
        m.e = m.f = 0;
    }
    return m;
}

/* Does the content reach over the tile? Strokes count with their whole width, which is enough for
 * any but long mitres. */
static bool needs_clip(const struct svg_item *items, const struct svg_pattern *p)
{
    struct svg_box box = SVG_NO_BOX;
    svg_num around = 0;
    for (const struct svg_item *item = items; item; item = item->next)
        if (item->kind == SVG_ITEM_SHAPE && item->as.shape.stroke.painted) {
            svg_num width =
                svg_scale(item->as.shape.width, svg_growth(&item->matrix), SVG_UNIT);
            around = width > around ? width : around;
        } else if (item->kind == SVG_ITEM_GROUP) {
            return true;
        }
    return !svg_add_items_box(items, &SVG_IDENTITY, &box) || box.x1 < around ||
           box.y1 < around || box.x2 > p->width - around || box.y2 > p->height - around;
}

static struct svg_ink pattern_ink(struct svg_reader *r, const xmlNode *user,
                                  const xmlNode *node, const struct svg_box *box)
{
    const struct svg_ink nothing = {.painted = false};
    struct svg_pattern *p = ARENA_NEW(r->arena, struct svg_pattern);
    struct chain chain = chain_of(r, node);
    const xmlNode *holder = who_has_content(&chain);
    p->matrix = chain_transform(r, &chain, "patternTransform", &SVG_IDENTITY);
    if (!holder || !read_tile(r, &chain, box, p) || !count_tiles(r, node, box, p) ||
        !svg_enter(r, user, node))
        return nothing;
    struct svg_style style = svg_style_in_place(r, holder);
    struct svg_lengths saved = r->lengths;
    struct svg_place place = {.style = &style};
    struct svg_items items = {0};
    place.matrix = content_matrix(r, &chain, box, p);
    svg_read_children(r, holder, &place, &items);
    r->lengths = saved;
    svg_leave(r);
    p->items = items.first;
    p->clip = !style.overflow && needs_clip(items.first, p);
    return (struct svg_ink){.painted = items.first != NULL, .alpha = 255, .pattern = p};
}

/* --- ink ---------------------------------------------------------------------------------- */

static struct svg_ink plain_ink(enum svg_paint_kind kind, const struct svg_paint_spec *spec,
                                uint32_t current)
{
    struct svg_ink ink = {.painted = kind != SVG_PAINT_NONE, .alpha = 255};
    ink.rgb = kind == SVG_PAINT_CURRENT ? current : spec->rgb;
    if (kind == SVG_PAINT_COLOR)
        ink.alpha = spec->alpha;
    return ink;
}

struct svg_ink svg_find_ink(struct svg_reader *r, const xmlNode *node,
                            const struct svg_paint_spec *spec, uint32_t current,
                            const struct svg_box *box)
{
    if (spec->kind != SVG_PAINT_SERVER)
        return plain_ink(spec->kind, spec, current);
    const xmlNode *server = svg_find_id(r, spec->id);
    if (server &&
        (svg_is_element(server, "linearGradient") || svg_is_element(server, "radialGradient")))
        return gradient_ink(r, server, box);
    if (server && svg_is_element(server, "pattern"))
        return pattern_ink(r, node, server, box);
    if (spec->fallback == SVG_PAINT_NONE)
        svg_report(
            r, DIAG_WARNING, node, "svg-reference",
            _("#%.100s is no gradient or pattern of this drawing; nothing is painted with "
              "it"),
            spec->id);
    return plain_ink(spec->fallback, spec, current);
}
