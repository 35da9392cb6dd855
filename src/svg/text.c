/* Text elements become characters with their styles and positions (SVG 1.1, 10).
 *
 * White space is folded over the borders of elements; an x, y, dx or dy list of an element counts
 * the characters that are left, and the innermost element that has a value for a character
 * decides. Fonts come in when it is painted. */
#include "svg/model.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 16, MOST_CHARS = 20000, MOST_POSITIONS = 2000 };
enum { LIST_X, LIST_Y, LIST_DX, LIST_DY, LISTS };

/* An element's position lists; they count from its first character. */
struct frame {
    const svg_num *lists[LISTS];
    size_t counts[LISTS];
    size_t start;
};

struct collector {
    struct svg_reader *r;
    struct {
        struct svg_char *items;
        size_t len, cap;
    } chars;
    struct frame frames[DEEPEST];
    int depth;
};

static void read_list(struct svg_reader *r, const xmlNode *node, int which, struct frame *frame)
{
    static const char *const names[LISTS] = {"x", "y", "dx", "dy"};
    const char *value = svg_attribute(r, node, names[which]);
    if (!value)
        return;
    svg_num *list = mem_alloc(MOST_POSITIONS * sizeof *list);
    size_t n = 0;
    struct svg_scan s = svg_scan_text(value);
    enum svg_axis axis = which == LIST_X || which == LIST_DX ? SVG_HORIZONTAL : SVG_VERTICAL;
    while (n < MOST_POSITIONS && svg_scan_length(&s, &r->lengths, axis, &list[n])) {
        n++;
        svg_skip_comma(&s);
    }
    if (!svg_at_end(&s))
        svg_report(r, DIAG_WARNING, node, "svg-value",
                   _("«%.60s» is not a value of «%s» that is understood; it is left out"),
                   value, names[which]);
    if (n)
        frame->lists[which] = arena_copy(r->arena, list, n * sizeof *list);
    frame->counts[which] = n;
    free(list);
}

/* What the innermost element says of the next character. */
static const svg_num *position(const struct collector *c, int which)
{
    for (int i = c->depth - 1; i >= 0; i--) {
        const struct frame *f = &c->frames[i];
        size_t at = c->chars.len - f->start;
        if (at < f->counts[which])
            return &f->lists[which][at];
    }
    return NULL;
}

static void add_char(struct collector *c, uint32_t cp, const struct svg_span *span)
{
    struct svg_char ch = {.cp = cp, .span = span};
    const svg_num *x = position(c, LIST_X), *y = position(c, LIST_Y);
    const svg_num *dx = position(c, LIST_DX), *dy = position(c, LIST_DY);
    if (c->chars.len == MOST_CHARS)
        return;
    ch.has_x = x != NULL;
    ch.has_y = y != NULL;
    ch.x = x ? *x : 0;
    ch.y = y ? *y : 0;
    ch.dx = dx ? *dx : 0;
    ch.dy = dy ? *dy : 0;
    VEC_PUSH(&c->chars, ch);
}

static void add_text(struct collector *c, const char *text, const struct svg_span *span)
{
    const char *end = text + strlen(text);
    while (text < end) {
        uint32_t cp = utf8_next(&text, end);
        if (cp == '\n' || cp == '\r' || cp == '\t')
            cp = ' ';
        bool again = !c->chars.len || c->chars.items[c->chars.len - 1].cp == ' ';
        if (cp >= ' ' && (cp != ' ' || !again || span->style->preserve))
            add_char(c, cp, span);
    }
}

/* The colour of text: areas have no opacity of text, so it is mixed with white. */
static void set_color(struct collector *c, const xmlNode *node, struct svg_span *span)
{
    const struct svg_style *style = span->style;
    const struct svg_box box = {0, 0, SVG_ONE, SVG_ONE};
    struct svg_ink ink = svg_find_ink(c->r, node, &style->fill, style->color, &box);
    if (ink.gradient || ink.pattern)
        svg_report(c->r, DIAG_NOTE, node, "svg-text",
                   _("text is painted in one colour instead of a gradient or pattern"));
    unsigned alpha = svg_faded(ink.alpha, style->fill_alpha);
    if (!svg_is_element(node, "text"))
        alpha = svg_faded(alpha, style->alpha);
    span->color = svg_on_white(ink.rgb, alpha);
    span->painted = ink.painted && alpha && style->visible;
    if (style->stroke.kind != SVG_PAINT_NONE && style->visible)
        svg_report(c->r, DIAG_WARNING, node, "svg-text",
                   _("the stroke of text is not supported; it is left out"));
}

static void report_attributes(struct svg_reader *r, const xmlNode *node)
{
    if (xmlHasNsProp((xmlNode *)node, (const xmlChar *)"rotate", NULL))
        svg_report(r, DIAG_WARNING, node, "svg-text",
                   _("the attribute «%s» is not supported; it is left out"), "rotate");
}

static void collect(struct collector *c, const xmlNode *node, const struct svg_style *style);

static void collect_child(struct collector *c, const xmlNode *node,
                          const struct svg_style *around)
{
    bool path = svg_is_element(node, "textPath");
    if (svg_is_element(node, "title") || svg_is_element(node, "desc"))
        return;
    if (!path && !svg_is_element(node, "tspan") && !svg_is_element(node, "a")) {
        svg_report(c->r, DIAG_WARNING, node, "svg-element",
                   _("<%.40s> in a drawing is not supported; it is left out"),
                   (const char *)node->name);
        return;
    }
    if (path)
        svg_report(c->r, DIAG_WARNING, node, "svg-text",
                   _("text along a path is not supported; it is set on a straight line"));
    if (c->depth == DEEPEST)
        return;
    svg_num size = c->r->lengths.font_size;
    struct svg_style *style = ARENA_NEW(c->r->arena, struct svg_style);
    *style = svg_style_of(c->r, node, around);
    if (style->displayed)
        collect(c, node, style);
    c->r->lengths.font_size = size;
}

static void collect(struct collector *c, const xmlNode *node, const struct svg_style *style)
{
    struct svg_span *span = ARENA_NEW(c->r->arena, struct svg_span);
    *span = (struct svg_span){.style = style, .line = (int)xmlGetLineNo(node)};
    struct frame *frame = &c->frames[c->depth];
    *frame = (struct frame){.start = c->chars.len};
    for (int i = 0; i < LISTS; i++)
        read_list(c->r, node, i, frame);
    c->depth++;
    report_attributes(c->r, node);
    set_color(c, node, span);
    svg_length_attribute(c->r, node, "textLength", SVG_HORIZONTAL, &span->length);
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            add_text(c, (const char *)n->content, span);
        else if (n->type == XML_ELEMENT_NODE)
            collect_child(c, n, style);
    }
    c->depth--;
}

void svg_read_text(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                   struct svg_items *out)
{
    struct collector c = {.r = r};
    collect(&c, node, place->style);
    while (c.chars.len && c.chars.items[c.chars.len - 1].cp == ' ' &&
           !c.chars.items[c.chars.len - 1].span->style->preserve)
        c.chars.len--;
    if (c.chars.len == MOST_CHARS)
        svg_report(r, DIAG_WARNING, node, "svg-limit",
                   _("a text of more than %d characters; the rest is left out"),
                   (int)MOST_CHARS);
    if (c.chars.len) {
        struct svg_item *item = ARENA_NEW(r->arena, struct svg_item);
        item->kind = SVG_ITEM_TEXT;
        item->line = (int)xmlGetLineNo(node);
        item->matrix = place->matrix;
        item->as.text.chars =
            arena_copy(r->arena, c.chars.items, c.chars.len * sizeof *c.chars.items);
        item->as.text.count = c.chars.len;
        svg_append_item(out, item);
    }
    free(c.chars.items);
}
