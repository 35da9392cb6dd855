/* The tree of elements becomes items: styles computed, references followed, units resolved.
 *
 * One walk does it all. What refers to something (use, patterns, clip paths) reads it again where
 * it is used; `active` keeps a reference from leading into itself, and limits on elements and
 * points, counted with every use, keep a small file from becoming a huge drawing. */
#include "svg/model.h"

#include <stdlib.h>
#include <string.h>

/* A drawing of a town's map has some ten thousand elements. */
enum { DEEPEST = 128, MOST_ELEMENTS = 100000, MOST_POINTS = 2000000 };

static const char svg_namespace[] = "http://www.w3.org/2000/svg";
static const char link_namespace[] = "http://www.w3.org/1999/xlink";

/* --- faults, attributes, references ------------------------------------------------------- */

void svg_report(struct svg_reader *r, enum diag_level level, const xmlNode *node,
                const char *code, const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    diag_add(r->diag, level, (struct src_loc){r->file, (int)xmlGetLineNo(node), 0}, code, "%s",
             text);
}

static bool is_svg(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE && node->ns &&
           xmlStrEqual(node->ns->href, (const xmlChar *)svg_namespace);
}

bool svg_is_element(const xmlNode *node, const char *name)
{
    return is_svg(node) && xmlStrEqual(node->name, (const xmlChar *)name);
}

static const char *keep(struct svg_reader *r, xmlChar *text)
{
    const char *kept = text ? arena_strdup(r->arena, (const char *)text) : NULL;
    xmlFree(text);
    return kept;
}

const char *svg_attribute(struct svg_reader *r, const xmlNode *node, const char *name)
{
    return keep(r, xmlGetNoNsProp((xmlNode *)node, (const xmlChar *)name));
}

static int compare_ids(const void *a, const void *b)
{
    const struct svg_id *x = a, *y = b;
    int c = strcmp(x->id, y->id);
    return c ? c : x->order < y->order ? -1 : x->order > y->order;
}

const xmlNode *svg_find_id(const struct svg_reader *r, const char *id)
{
    size_t low = 0, high = r->ids.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(r->ids.items[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < r->ids.len && strcmp(r->ids.items[low].id, id) == 0;
    return found ? r->ids.items[low].node : NULL;
}

const xmlNode *svg_find_href(struct svg_reader *r, const xmlNode *node)
{
    const char *href = svg_attribute(r, node, "href");
    if (!href)
        href = keep(r, xmlGetNsProp((xmlNode *)node, (const xmlChar *)"href",
                                    (const xmlChar *)link_namespace));
    if (!href)
        return NULL;
    const xmlNode *target = href[0] == '#' ? svg_find_id(r, href + 1) : NULL;
    if (!target)
        svg_report(r, DIAG_WARNING, node, "svg-reference",
                   _("%.100s is not in this drawing; the reference is left out"), href);
    return target;
}

bool svg_length_attribute(struct svg_reader *r, const xmlNode *node, const char *name,
                          enum svg_axis axis, svg_num *v)
{
    const char *value = svg_attribute(r, node, name);
    if (!value || strcmp(value, "auto") == 0)
        return false;
    struct svg_scan s = svg_scan_text(value);
    if (svg_scan_length(&s, &r->lengths, axis, v) && svg_at_end(&s))
        return true;
    svg_report(r, DIAG_WARNING, node, "svg-value",
               _("«%.60s» is not a value of «%s» that is understood; it is left out"), value,
               name);
    return false;
}

bool svg_enter(struct svg_reader *r, const xmlNode *node, const xmlNode *target)
{
    bool cycle = false;
    for (size_t i = 0; i < r->active_count; i++)
        cycle = cycle || r->active[i] == target;
    if (cycle || r->active_count == SVG_MOST_REFERENCES) {
        svg_report(r, DIAG_WARNING, node, "svg-reference",
                   cycle ? _("<%s> leads into itself; it is left out")
                         : _("<%s> stands in too many references; it is left out"),
                   (const char *)node->name);
        return false;
    }
    r->active[r->active_count++] = target;
    return true;
}

void svg_leave(struct svg_reader *r)
{
    r->active_count--;
}

void svg_append_item(struct svg_items *list, struct svg_item *item)
{
    if (list->last)
        list->last->next = item;
    else
        list->first = item;
    list->last = item;
}

struct svg_matrix svg_transform_of(struct svg_reader *r, const xmlNode *node, const char *name,
                                   const struct svg_matrix *m)
{
    struct svg_matrix result = *m;
    const char *value = svg_attribute(r, node, name);
    if (!value)
        return result;
    struct svg_scan s = svg_scan_text(value);
    if (!svg_scan_transform(&s, &r->lengths, &result)) {
        svg_report(r, DIAG_WARNING, node, "svg-value",
                   _("«%.60s» is not a value of «%s» that is understood; it is left out"),
                   value, name);
        result = *m;
    }
    return result;
}

/* False when the drawing is larger than allowed, which is said once. */
static bool within_limits(struct svg_reader *r, const xmlNode *node, int depth)
{
    if (r->exhausted)
        return false;
    if (depth > DEEPEST) {
        svg_report(r, DIAG_WARNING, node, "svg-limit",
                   _("elements are nested deeper than %d levels; the innermost are left out"),
                   (int)DEEPEST);
        return false;
    }
    if (r->elements < MOST_ELEMENTS && r->points <= MOST_POINTS)
        return true;
    r->exhausted = true;
    svg_report(r, DIAG_WARNING, node, "svg-limit",
               _("the drawing has more than %d elements or %d points; the rest is left out"),
               (int)MOST_ELEMENTS, (int)MOST_POINTS);
    return false;
}

/* --- items -------------------------------------------------------------------------------- */

static struct svg_item *new_item(struct svg_reader *r, const xmlNode *node,
                                 enum svg_item_kind kind)
{
    struct svg_item *item = ARENA_NEW(r->arena, struct svg_item);
    item->kind = kind;
    item->line = (int)xmlGetLineNo(node);
    return item;
}

static void fade(struct svg_ink *ink, uint8_t alpha)
{
    ink->alpha = (uint8_t)svg_faded(ink->alpha, alpha);
    if (!ink->alpha)
        ink->painted = false;
}

static void append_all(struct svg_items *out, const struct svg_items *content)
{
    if (!content->first)
        return;
    if (out->last)
        out->last->next = content->first;
    else
        out->first = content->first;
    out->last = content->last;
}

/* A shape that is filled or stroked, not both, fades by itself. */
static bool fades_alone(struct svg_item *item, uint8_t alpha)
{
    if (item->next || item->kind != SVG_ITEM_SHAPE ||
        (item->as.shape.fill.painted && item->as.shape.stroke.painted) ||
        item->as.shape.fill.pattern)
        return false;
    fade(&item->as.shape.fill, alpha);
    fade(&item->as.shape.stroke, alpha);
    return true;
}

/* What was painted by an element with this opacity: everything else fades as a whole. */
static void append_faded(struct svg_reader *r, const xmlNode *node, uint8_t alpha,
                         const struct svg_items *content, struct svg_items *out)
{
    if (!content->first || !alpha)
        return;
    if (alpha == 255 || fades_alone(content->first, alpha)) {
        append_all(out, content);
        return;
    }
    struct svg_item *group = new_item(r, node, SVG_ITEM_GROUP);
    group->as.group.child = content->first;
    group->as.group.fade = (uint8_t)(255 - alpha);
    svg_append_item(out, group);
}

/* Where fill and stroke of a shape show through, they show through each other: two items. */
static void append_shape(struct svg_items *out, struct svg_item *item, struct svg_reader *r,
                         const struct svg_style *style)
{
    bool both = item->as.shape.fill.painted && item->as.shape.stroke.painted;
    bool apart =
        style->fill_alpha < 255 || style->stroke_alpha < 255 || item->as.shape.fill.pattern;
    if (!item->as.shape.fill.painted && !item->as.shape.stroke.painted)
        return;
    if (both && apart) {
        struct svg_item *second = arena_copy(r->arena, item, sizeof *item);
        item->as.shape.stroke.painted = false;
        second->as.shape.fill.painted = false;
        svg_append_item(out, item);
        svg_append_item(out, second);
        return;
    }
    svg_append_item(out, item);
}

static void read_outline(struct svg_reader *r, const xmlNode *node,
                         const struct svg_place *place, struct svg_pen *pen,
                         struct svg_items *out)
{
    const struct svg_style *style = place->style;
    struct svg_item *item = new_item(r, node, SVG_ITEM_SHAPE);
    item->matrix = place->matrix;
    item->as.shape.outline = svg_pen_outline(pen, r->arena);
    struct svg_box box = svg_outline_box(&item->as.shape.outline);
    item->as.shape.fill = svg_find_ink(r, node, &style->fill, style->color, &box);
    item->as.shape.stroke = svg_find_ink(r, node, &style->stroke, style->color, &box);
    fade(&item->as.shape.fill, style->fill_alpha);
    fade(&item->as.shape.stroke, style->stroke_alpha);
    if (!svg_has_area(&item->as.shape.outline))
        item->as.shape.fill.painted = false;
    if (item->as.shape.stroke.pattern)
        svg_report(r, DIAG_WARNING, node, "svg-pattern",
                   _("a stroke with a pattern is not supported; it is left out"));
    if (style->stroke_width <= 0 || item->as.shape.stroke.pattern)
        item->as.shape.stroke.painted = false;
    item->as.shape.even_odd = style->fill_rule;
    item->as.shape.width = style->stroke_width;
    item->as.shape.miter_limit = style->miter_limit;
    item->as.shape.dash = style->dash;
    item->as.shape.dash_offset = style->dash_offset;
    item->as.shape.cap = style->cap;
    item->as.shape.join = style->join;
    append_shape(out, item, r, style);
    if (!svg_is_element(node, "rect") && !svg_is_element(node, "circle") &&
        !svg_is_element(node, "ellipse"))
        svg_add_markers(r, node, place, &item->as.shape.outline, out);
}

/* `place` is the element's own: its style, its matrix. */
static void read_shape(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                       struct svg_items *out)
{
    struct svg_pen pen = {0};
    if (place->style->visible && svg_draw_shape(r, node, &pen)) {
        r->points += pen.points.len;
        read_outline(r, node, place, &pen, out);
    }
    svg_pen_free(&pen);
}

static void read_group(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                       struct svg_items *out)
{
    svg_read_children(r, node, place, out);
}

static void read_element(struct svg_reader *r, const xmlNode *node,
                         const struct svg_place *parent, struct svg_items *out);

/* The first child whose conditions hold; none of the extensions anybody asks for is known. */
static void read_switch(struct svg_reader *r, const xmlNode *node,
                        const struct svg_place *place, struct svg_items *out)
{
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (!is_svg(child) || svg_is_element(child, "foreignObject"))
            continue;
        const char *extensions = svg_attribute(r, child, "requiredExtensions");
        if (extensions)
            continue;
        read_element(r, child, place, out);
        return;
    }
}

/* A viewport of its own (svg, symbol): moved, scaled, clipped. */
void svg_read_viewport(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                       const struct svg_box *port, struct svg_items *out)
{
    struct svg_lengths saved = r->lengths;
    struct svg_place inner = *place;
    struct svg_matrix move = SVG_IDENTITY, fitted = SVG_IDENTITY;
    struct svg_fit fit = svg_read_fit(r, node);
    svg_num width = port->x2 - port->x1, height = port->y2 - port->y1;
    move.e = port->x1;
    move.f = port->y1;
    if (width <= 0 || height <= 0 ||
        (fit.has_view && !svg_fit_matrix(&fit, width, height, &fitted)))
        return;
    inner.matrix = svg_concat(&inner.matrix, &move);
    inner.matrix = svg_concat(&inner.matrix, &fitted);
    r->lengths.width = fit.has_view ? fit.view.x2 - fit.view.x1 : width;
    r->lengths.height = fit.has_view ? fit.view.y2 - fit.view.y1 : height;
    struct svg_items content = {0};
    svg_read_children(r, node, &inner, &content);
    r->lengths = saved;
    if (!content.first)
        return;
    struct svg_item *group = new_item(r, node, SVG_ITEM_GROUP);
    group->as.group.child = content.first;
    if (!place->style->overflow) {
        struct svg_clip *clip = ARENA_NEW(r->arena, struct svg_clip);
        struct svg_pen pen = {0};
        const struct svg_point corners[4] = {{port->x1, port->y1},
                                             {port->x2, port->y1},
                                             {port->x2, port->y2},
                                             {port->x1, port->y2}};
        for (int i = 0; i < 4; i++) {
            struct svg_point p = svg_apply(&place->matrix, corners[i]);
            if (i)
                svg_line_to(&pen, p);
            else
                svg_move_to(&pen, p);
        }
        svg_close(&pen);
        clip->outline = svg_pen_outline(&pen, r->arena);
        svg_pen_free(&pen);
        group->as.group.clip = clip;
    }
    svg_append_item(out, group);
}

/* x, y, width, height of a viewport; `user`: the <use> that may say them anew. */
static struct svg_box port_of(struct svg_reader *r, const xmlNode *node, const xmlNode *user)
{
    svg_num x = 0, y = 0, w = r->lengths.width, h = r->lengths.height;
    svg_length_attribute(r, node, "x", SVG_HORIZONTAL, &x);
    svg_length_attribute(r, node, "y", SVG_VERTICAL, &y);
    svg_length_attribute(r, node, "width", SVG_HORIZONTAL, &w);
    svg_length_attribute(r, node, "height", SVG_VERTICAL, &h);
    if (user) {
        svg_length_attribute(r, user, "width", SVG_HORIZONTAL, &w);
        svg_length_attribute(r, user, "height", SVG_VERTICAL, &h);
    }
    return (struct svg_box){x, y, svg_clamp((svg_wide)x + w), svg_clamp((svg_wide)y + h)};
}

static void read_nested(struct svg_reader *r, const xmlNode *node,
                        const struct svg_place *place, struct svg_items *out)
{
    struct svg_box port = port_of(r, node, NULL);
    svg_read_viewport(r, node, place, &port, out);
}

/* A symbol or svg that is used: its own style lies below that of <use>. */
static void read_used_viewport(struct svg_reader *r, const xmlNode *target, const xmlNode *user,
                               const struct svg_place *place, struct svg_items *out)
{
    struct svg_place inner = *place;
    struct svg_style style = svg_style_of(r, target, place->style);
    if (!style.displayed)
        return;
    inner.style = &style;
    struct svg_box port = port_of(r, target, user);
    struct svg_items content = {0};
    svg_read_viewport(r, target, &inner, &port, &content);
    append_faded(r, target, style.alpha, &content, out);
}

static void read_use(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                     struct svg_items *out)
{
    svg_num x = 0, y = 0;
    const xmlNode *target = svg_find_href(r, node);
    if (!target || !svg_enter(r, node, target))
        return;
    struct svg_place inner = *place;
    struct svg_matrix move = SVG_IDENTITY;
    svg_length_attribute(r, node, "x", SVG_HORIZONTAL, &x);
    svg_length_attribute(r, node, "y", SVG_VERTICAL, &y);
    move.e = x;
    move.f = y;
    inner.matrix = svg_concat(&place->matrix, &move);
    if (svg_is_element(target, "symbol") || svg_is_element(target, "svg"))
        read_used_viewport(r, target, node, &inner, out);
    else
        read_element(r, target, &inner, out);
    svg_leave(r);
}

/* --- elements ----------------------------------------------------------------------------- */

typedef void reading(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                     struct svg_items *out);

static const struct {
    const char *name;
    reading *read;
} painted[] = {
    {"g", read_group},       {"a", read_group},        {"path", read_shape},
    {"rect", read_shape},    {"circle", read_shape},   {"ellipse", read_shape},
    {"line", read_shape},    {"polyline", read_shape}, {"polygon", read_shape},
    {"text", svg_read_text}, {"use", read_use},        {"svg", read_nested},
    {"switch", read_switch},
};

/* Elements that paint nothing where they stand. */
static bool is_silent(const xmlNode *node)
{
    static const char *const names[] = {
        "defs",           "symbol",         "title",   "desc",     "metadata",      "style",
        "linearGradient", "radialGradient", "pattern", "clipPath", "stop",          "marker",
        "filter",         "mask",           "view",    "cursor",   "color-profile", "font",
        "font-face",      "solidColor",     "hatch"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xmlStrEqual(node->name, (const xmlChar *)names[i]))
            return true;
    return false;
}

static reading *find_reading(const xmlNode *node)
{
    for (size_t i = 0; i < sizeof painted / sizeof *painted; i++)
        if (xmlStrEqual(node->name, (const xmlChar *)painted[i].name))
            return painted[i].read;
    return NULL;
}

bool svg_add_items_box(const struct svg_item *item, const struct svg_matrix *m,
                       struct svg_box *box)
{
    bool known = true;
    for (; item; item = item->next) {
        if (item->kind == SVG_ITEM_GROUP) {
            known = svg_add_items_box(item->as.group.child, m, box) && known;
        } else if (item->kind == SVG_ITEM_TEXT) {
            known = false;
        } else if (item->as.shape.outline.op_count) {
            struct svg_box own = svg_outline_box(&item->as.shape.outline);
            struct svg_matrix whole = svg_concat(m, &item->matrix);
            own = svg_box_apply(&whole, &own);
            svg_box_add(box, (struct svg_point){own.x1, own.y1});
            svg_box_add(box, (struct svg_point){own.x2, own.y2});
        }
    }
    return known;
}

struct svg_style svg_style_in_place(struct svg_reader *r, const xmlNode *node)
{
    struct svg_style around =
        node == r->root ? svg_initial_style() : svg_style_in_place(r, node->parent);
    return svg_style_of(r, node, &around);
}

/* What the element painted, cut to its clip path. */
static void append_clipped(struct svg_reader *r, const xmlNode *node,
                           const struct svg_place *place, const struct svg_items *content,
                           struct svg_items *out)
{
    struct svg_box box = SVG_NO_BOX;
    struct svg_matrix back;
    bool nothing = !content->first;
    if (nothing || !svg_invert(&place->matrix, &back))
        return;
    svg_add_items_box(content->first, &back, &box);
    const struct svg_clip *clip =
        svg_find_clip(r, node, place->style->clip_path, &place->matrix, &box, &nothing);
    if (nothing)
        return;
    struct svg_item *group = new_item(r, node, SVG_ITEM_GROUP);
    group->as.group.child = content->first;
    group->as.group.clip = clip;
    svg_append_item(out, group);
}

static void read_painted(struct svg_reader *r, const xmlNode *node,
                         const struct svg_place *parent, struct svg_items *out)
{
    struct svg_style *style = ARENA_NEW(r->arena, struct svg_style);
    svg_num size = r->lengths.font_size;
    *style = svg_style_of(r, node, parent->style);
    struct svg_place place = {.style = style, .depth = parent->depth};
    place.matrix = svg_transform_of(r, node, "transform", &parent->matrix);
    struct svg_items content = {0}, cut = {0};
    reading *read = find_reading(node);
    if (style->displayed && style->alpha)
        read(r, node, &place, &content);
    r->lengths.font_size = size;
    if (style->clip_path)
        append_clipped(r, node, &place, &content, &cut);
    else
        cut = content;
    append_faded(r, node, style->alpha, &cut, out);
}

static void read_element(struct svg_reader *r, const xmlNode *node,
                         const struct svg_place *parent, struct svg_items *out)
{
    struct svg_place place = *parent;
    place.depth++;
    if (!is_svg(node) || is_silent(node) || !within_limits(r, node, place.depth))
        return;
    if (find_reading(node))
        read_painted(r, node, &place, out);
    else
        svg_report(r, DIAG_WARNING, node, "svg-element",
                   _("<%.40s> in a drawing is not supported; it is left out"),
                   (const char *)node->name);
}

void svg_read_children(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                       struct svg_items *out)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            read_element(r, child, place, out);
}

/* --- the whole drawing -------------------------------------------------------------------- */

/* The next element in document order, whatever its depth; NULL after the last below `root`. */
static const xmlNode *next_element(const xmlNode *root, const xmlNode *node)
{
    do {
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
        } else {
            while (node != root && !node->next)
                node = node->parent;
            node = node == root ? NULL : node->next;
        }
    } while (node && node->type != XML_ELEMENT_NODE);
    return node;
}

/* Ids and style sheets stand anywhere. */
static void gather(struct svg_reader *r)
{
    for (const xmlNode *node = r->root; node; node = next_element(r->root, node)) {
        const char *id = svg_attribute(r, node, "id");
        if (id)
            VEC_PUSH(&r->ids, ((struct svg_id){id, node, r->ids.len}));
        if (svg_is_element(node, "style")) {
            xmlChar *text = xmlNodeGetContent(node);
            if (text)
                svg_add_sheet(r, node, (const char *)text);
            xmlFree(text);
        }
    }
    if (r->ids.len)
        qsort(r->ids.items, r->ids.len, sizeof *r->ids.items, compare_ids);
}

/* The text of the first child of that name, its spaces folded. */
static const char *child_text(struct svg_reader *r, const char *name)
{
    struct buf out = BUF_EMPTY;
    for (const xmlNode *child = r->root->children; child && !out.len; child = child->next) {
        if (child->type != XML_ELEMENT_NODE || !svg_is_element(child, name))
            continue;
        xmlChar *text = xmlNodeGetContent(child);
        for (const char *p = (const char *)text; p && *p; p++) {
            bool space = *p == ' ' || *p == '\n' || *p == '\t' || *p == '\r';
            if (!space)
                buf_putc(&out, *p);
            else if (out.len && out.bytes[out.len - 1] != ' ')
                buf_putc(&out, ' ');
        }
        xmlFree(text);
    }
    while (out.len && out.bytes[out.len - 1] == ' ')
        out.len--;
    const char *kept = out.len ? arena_strndup(r->arena, out.bytes, out.len) : NULL;
    buf_free(&out);
    return kept;
}

/* A size attribute of the root: percentages say nothing there. */
static bool root_size(struct svg_reader *r, const char *name, svg_num *v)
{
    const char *value = svg_attribute(r, r->root, name);
    return value && !strchr(value, '%') &&
           svg_length_attribute(r, r->root, name, SVG_HORIZONTAL, v) && *v >= 0;
}

static void read_size(struct svg_reader *r, struct svg_image *image)
{
    struct svg_fit fit = svg_read_fit(r, r->root);
    svg_num w = 0, h = 0;
    bool has_width = root_size(r, "width", &w), has_height = root_size(r, "height", &h);
    svg_num view_w = fit.view.x2 - fit.view.x1, view_h = fit.view.y2 - fit.view.y1;
    bool known = fit.has_view && view_w > 0 && view_h > 0;
    if (!has_width)
        w = !known ? 300 * SVG_ONE : has_height ? svg_scale(h, view_w, view_h) : view_w;
    if (!has_height)
        h = !known ? 150 * SVG_ONE : has_width ? svg_scale(w, view_h, view_w) : view_h;
    image->width = w;
    image->height = h;
    if (!fit.has_view)
        fit.view = (struct svg_box){0, 0, w, h};
    image->fit = fit;
}

static void read_root(struct svg_reader *r, struct svg_image *image)
{
    struct svg_style initial = svg_initial_style();
    r->lengths = (struct svg_lengths){initial.font_size, 0, 0};
    gather(r);
    struct svg_style *style = ARENA_NEW(r->arena, struct svg_style);
    *style = svg_style_of(r, r->root, &initial);
    read_size(r, image);
    r->lengths.width = image->fit.view.x2 - image->fit.view.x1;
    r->lengths.height = image->fit.view.y2 - image->fit.view.y1;
    image->overflow = style->overflow;
    image->title = child_text(r, "title");
    if (!image->title)
        image->title = child_text(r, "desc");
    image->language = keep(r, xmlNodeGetLang((xmlNode *)r->root));
    struct svg_place place = {.style = style};
    place.matrix = svg_transform_of(r, r->root, "transform", &SVG_IDENTITY);
    struct svg_items content = {0}, items = {0};
    if (style->displayed)
        svg_read_children(r, r->root, &place, &content);
    append_faded(r, r->root, style->alpha, &content, &items);
    image->items = items.first;
}

struct svg_image *svg_read(struct arena *arena, const xmlNode *svg, const char *file,
                           struct diag *diag)
{
    struct svg_reader r = {.arena = arena, .diag = diag, .file = file, .root = svg};
    if (!svg_is_element(svg, "svg")) {
        svg_report(&r, DIAG_ERROR, svg, "svg-root",
                   _("<%.40s> is not <svg> of the namespace %s; the drawing is left out"),
                   (const char *)svg->name, svg_namespace);
        return NULL;
    }
    struct svg_image *image = ARENA_NEW(arena, struct svg_image);
    image->file = file;
    read_root(&r, image);
    free(r.ids.items);
    svg_free_sheet(r.sheet);
    return image;
}

void svg_size(const struct svg_image *image, mpt *width, mpt *height)
{
    *width = mpt_clamp((image->width + 500) / 1000);
    *height = mpt_clamp((image->height + 500) / 1000);
}

const char *svg_title(const struct svg_image *image)
{
    return image->title;
}
