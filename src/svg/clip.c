/* Clip paths (SVG 1.1, 14.3): the outlines of their children put together to one.
 *
 * The union of several outlines is one path filled by the nonzero rule, when all of them go round
 * the same way; those that do not are drawn backwards. */
#include "svg/model.h"

struct cutter {
    struct svg_reader *r;
    struct svg_pen pen;
    struct svg_matrix matrix; /* of the clipPath's content */
    const struct svg_style *style;
    int shapes;
    bool even_odd;
};

static void add_outline(struct cutter *c, const xmlNode *node, const struct svg_matrix *m,
                        bool even_odd)
{
    struct svg_pen pen = {0};
    if (svg_draw_shape(c->r, node, &pen)) {
        struct svg_outline o = svg_pen_outline(&pen, c->r->arena);
        bool mirrored = (svg_wide)m->a * m->d < (svg_wide)m->b * m->c;
        svg_draw_outline(&c->pen, &o, m, !even_odd && svg_is_clockwise(&o) == mirrored);
        c->even_odd = c->shapes ? c->even_odd && even_odd : even_odd;
        c->r->points += pen.points.len;
        c->shapes++;
    }
    svg_pen_free(&pen);
}

static void report_child(struct svg_reader *r, const xmlNode *node)
{
    svg_report(r, DIAG_WARNING, node, "svg-clip",
               _("<%.40s> in <clipPath> is not supported; it cuts everything off"),
               (const char *)node->name);
}

/* A child of the clipPath; `outer` leads from its parent's space. */
static void add_child(struct cutter *c, const xmlNode *node, const struct svg_matrix *outer,
                      const struct svg_style *around)
{
    struct svg_reader *r = c->r;
    if (svg_is_element(node, "title") || svg_is_element(node, "desc"))
        return;
    struct svg_style style = svg_style_of(r, node, around);
    struct svg_matrix m = svg_transform_of(r, node, "transform", outer);
    if (!style.displayed || !style.visible)
        return;
    if (style.clip_path)
        svg_report(r, DIAG_WARNING, node, "svg-clip",
                   _("clip-path inside <clipPath> is not supported; it is left out"));
    if (!svg_is_element(node, "use")) {
        if (svg_is_element(node, "text"))
            report_child(r, node);
        else
            add_outline(c, node, &m, style.clip_rule);
        return;
    }
    const xmlNode *target = svg_find_href(r, node);
    if (!target || !svg_enter(r, node, target))
        return;
    struct svg_matrix move = SVG_IDENTITY;
    svg_length_attribute(r, node, "x", SVG_HORIZONTAL, &move.e);
    svg_length_attribute(r, node, "y", SVG_VERTICAL, &move.f);
    m = svg_concat(&m, &move);
    add_child(c, target, &m, &style);
    svg_leave(r);
}

const struct svg_clip *svg_find_clip(struct svg_reader *r, const xmlNode *node, const char *id,
                                     const struct svg_matrix *m, const struct svg_box *box,
                                     bool *nothing)
{
    const xmlNode *target = svg_find_id(r, id);
    if (!target || !svg_is_element(target, "clipPath")) {
        svg_report(r, DIAG_WARNING, node, "svg-reference",
                   _("#%.100s is no clipPath of this drawing; nothing is cut off"), id);
        return NULL;
    }
    if (!svg_enter(r, node, target))
        return NULL;
    struct svg_style style = svg_style_in_place(r, target);
    struct cutter c = {.r = r, .style = &style};
    const char *units = svg_attribute(r, target, "clipPathUnits");
    c.matrix = svg_transform_of(r, target, "transform", m);
    if (units && units[0] == 'o') {
        struct svg_matrix fitted = svg_box_matrix(box);
        c.matrix = svg_concat(&c.matrix, &fitted);
    }
    for (const xmlNode *child = target->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && c.shapes < 1000)
            add_child(&c, child, &c.matrix, &style);
    struct svg_clip *clip = ARENA_NEW(r->arena, struct svg_clip);
    clip->outline = svg_pen_outline(&c.pen, r->arena);
    clip->even_odd = c.even_odd;
    svg_pen_free(&c.pen);
    *nothing = *nothing || !clip->outline.op_count;
    if (style.clip_path)
        clip->next = svg_find_clip(r, target, style.clip_path, m, box, nothing);
    svg_leave(r);
    return clip;
}
