/* Inline-level objects that are not text: graphics, leaders, page numbers, containers. */
#include "layout/para.h"
#include "svg/svg.h"

#include <string.h>

/* Pixels of a raster image without a resolution are 1/72 inch. */
enum { PIXEL = 1000, DPI = 72 };

/* Wide enough for any line [mpt]. */
enum { NO_LIMIT = 1000000000 };

static mpt natural(int32_t pixels, int32_t dpi)
{
    return dpi > 0 ? (mpt)pixels * PIXEL * DPI / dpi : (mpt)pixels * PIXEL;
}

static bool is_given(const struct fo_length *l)
{
    return l->unit == FO_UNIT_MPT || l->unit == FO_UNIT_PERCENT || l->unit == FO_UNIT_SUM;
}

static mpt viewport(const struct fo_range *r, mpt base, mpt otherwise)
{
    return is_given(&r->opt) ? mpt_max(0, fo_length_resolve(r->opt, base, otherwise))
                             : otherwise;
}

/* scale-to-fit and its like: what a content length becomes in a viewport of `room`. */
static mpt scaled(const struct fo_length *l, mpt own, mpt room)
{
    if (l->unit == FO_UNIT_PERCENT || l->unit == FO_UNIT_MPT || l->unit == FO_UNIT_SUM)
        return mpt_max(0, fo_length_resolve(*l, own, own));
    if (l->unit != FO_UNIT_SCALE || room <= 0)
        return own;
    if (l->v == FO_SCALE_DOWN_TO_FIT)
        return mpt_min(own, room);
    if (l->v == FO_SCALE_UP_TO_FIT)
        return mpt_max(own, room);
    return room;
}

/* A content length says something: scale-to-fit does not where there is no viewport to fit. */
static bool is_asked(const struct fo_length *l, mpt room)
{
    return l->unit == FO_UNIT_SCALE ? room > 0 : l->unit != FO_UNIT_AUTO;
}

/* content-width and -height together (7.15.4, scaling uniform): the one that is given rules;
 * of two scale-to-fit the smaller factor does. */
static void content_size(const struct fo_node *node, mpt w, mpt h, struct object *o)
{
    const struct fo_as_graphic *g = &node->as.graphic;
    const struct fo_style *s = node->style;
    mpt room_w = is_given(&s->own.inline_size.opt) ? o->width : 0;
    mpt room_h = is_given(&s->own.block_size.opt) ? o->ascent : 0;
    bool has_w = is_asked(&g->content_width, room_w);
    bool has_h = is_asked(&g->content_height, room_h);
    o->content_width = has_w ? scaled(&g->content_width, w, room_w) : w;
    o->content_height = has_h ? scaled(&g->content_height, h, room_h) : h;
    if (!g->uniform || w <= 0 || h <= 0)
        return;
    if (has_w && !has_h)
        o->content_height = mpt_scale(h, o->content_width, w);
    else if (has_h && !has_w)
        o->content_width = mpt_scale(w, o->content_height, h);
    else if (has_w && o->content_width * h > o->content_height * w)
        o->content_width = mpt_scale(w, o->content_height, h);
    else if (has_w)
        o->content_height = mpt_scale(h, o->content_width, w);
}

/* Path of an image: relative to the document's folder, and not outside it. */
static const char *image_path(struct para *para, const char *src)
{
    struct pass *p = para->pass;
    if (strncmp(src, "file:", 5) == 0)
        src += 5;
    if (src[0] == '/' || strncmp(src, "data:", 5) == 0 || !p->options->folder)
        return src;
    return arena_printf(para->arena, "%s/%s", p->options->folder, src);
}

static bool is_outside(const struct pass *p, const char *src)
{
    return !p->options->any_folder &&
           (src[0] == '/' || strstr(src, "..") || strstr(src, "://"));
}

/* Bytes of an address that a message shows: of a picture in the address itself the kind alone. */
static int shown_length(const char *src)
{
    enum { SHOWN = 200 };
    size_t n = strncmp(src, "data:", 5) == 0 ? strcspn(src, ";,") : strlen(src);
    for (n = n > SHOWN ? SHOWN : n; n && (src[n] & 0xC0) == 0x80;)
        n--;
    return (int)n;
}

static bool load_image(struct para *para, const struct fo_node *node, struct object *o)
{
    struct pass *p = para->pass;
    const char *src = node->as.graphic.src;
    struct area_image_fault fault;
    if (is_outside(p, src)) {
        diag_add(p->diag, DIAG_ERROR, node->loc, "image-outside",
                 _("the image %.*s lies outside the document's folder and is not read"),
                 shown_length(src), src);
        return false;
    }
    const char *path = image_path(para, src);
    o->image = area_load_image(p->images, path, &fault);
    if (!o->image)
        diag_add(p->diag, fault.level, node->loc, "image-unreadable",
                 _("the image %.*s cannot be used: %s"), shown_length(src), src, fault.why);
    return o->image != NULL;
}

static bool is_svg_name(const char *src)
{
    size_t n = strlen(src);
    return n > 4 && strcmp(src + n - 4, ".svg") == 0;
}

/* The picture itself; false, reported, when there is none to show. */
static bool load_graphic(struct para *para, const struct fo_node *node, struct object *o)
{
    const struct fo_as_graphic *g = &node->as.graphic;
    struct pass *p = para->pass;
    if (node->type == FO_INSTREAM_FOREIGN_OBJECT)
        o->svg = g->svg ? svg_read(para->arena, g->svg, node->loc.file, p->diag) : NULL;
    else if (g->src && is_svg_name(g->src) && !is_outside(p, g->src))
        o->svg = svg_read_file(para->arena, image_path(para, g->src), node->loc, p->diag);
    else if (g->src)
        return load_image(para, node, o);
    if (o->svg && !g->alt)
        tag_set_alt(p, node, svg_title(o->svg));
    return o->svg != NULL;
}

static void natural_size(const struct object *o, mpt *width, mpt *height)
{
    if (o->svg) {
        svg_size(o->svg, width, height);
        return;
    }
    *width = natural(o->image->pixel_width, o->image->dpi_x);
    *height = natural(o->image->pixel_height, o->image->dpi_y);
}

static struct object *graphic(struct para *para, const struct fo_node *node)
{
    struct object *o = ARENA_NEW(para->arena, struct object);
    const struct fo_style *s = node->style;
    mpt w, h;
    o->node = node;
    o->kind = OBJ_GRAPHIC;
    if (!load_graphic(para, node, o))
        return NULL;
    natural_size(o, &w, &h);
    o->width = viewport(&s->own.inline_size, para->run.width, 0);
    o->ascent = viewport(&s->own.block_size, para->run.place.height, 0);
    content_size(node, w, h, o);
    if (!is_given(&s->own.inline_size.opt))
        o->width = o->content_width;
    if (!is_given(&s->own.block_size.opt))
        o->ascent = o->content_height;
    mpt base = para->run.width;
    o->width += padding_of(s, FO_START, base) + padding_of(s, FO_END, base) +
                border_of(s, FO_START) + border_of(s, FO_END);
    o->ascent += padding_of(s, FO_BEFORE, base) + padding_of(s, FO_AFTER, base) +
                 border_of(s, FO_BEFORE) + border_of(s, FO_AFTER);
    return o;
}

/* The leader's own content, set once in a line of its natural width (7.22.2, use-content). */
static void leader_content(struct para *para, struct object *o)
{
    struct inline_run run = para->run;
    run.block = o->node;
    run.within = run.stop = NULL;
    run.first = o->node->child;
    run.end = NULL;
    run.x = 0;
    run.width = NO_LIMIT;
    run.is_first = false;
    struct para *content = para_collect(para->pass, para->arena, &run);
    para_break(content);
    para_seal(content);
    if (!content->line_count)
        return;
    const struct line *line = &content->lines[0];
    o->ascent = line->over;
    o->descent = line->under;
    content->run.width = 0;
    for (size_t i = line->from; i < line->to; i++)
        content->run.width += content->elems[i].width;
    o->content = content;
}

/* leader-length is that of the leader with its border and padding, which lie beside the object. */
static struct object *leader(struct para *para, const struct fo_node *node)
{
    struct object *o = ARENA_NEW(para->arena, struct object);
    const struct fo_range *r = &node->style->inh.leader_length;
    mpt base = para->run.width;
    const struct fo_style *s = node->style;
    mpt edges = border_of(s, FO_START) + border_of(s, FO_END) + padding_of(s, FO_START, base) +
                padding_of(s, FO_END, base);
    mpt min = mpt_max(0, fo_length_resolve(r->min, base, 0) - edges);
    mpt opt = mpt_max(0, fo_length_resolve(r->opt, base, 12000) - edges);
    mpt max = mpt_max(0, fo_length_resolve(r->max, base, base) - edges);
    o->node = node;
    o->kind = OBJ_LEADER;
    o->width = opt;
    o->stretch = mpt_max(0, max - opt);
    o->shrink = mpt_max(0, opt - min);
    if (node->style->inh.leader_pattern == FO_LEADER_CONTENT)
        leader_content(para, o);
    else if (node->style->inh.leader_pattern == FO_LEADER_RULE)
        o->ascent = node->style->inh.rule_thickness;
    return o;
}

/* A page number is as wide as the number of the page at hand; it is set when that is painted. */
static struct object *page_number(struct para *para, const struct fo_node *node)
{
    struct object *o = ARENA_NEW(para->arena, struct object);
    o->node = node;
    o->kind = OBJ_PAGE_NUMBER;
    const struct text_font *font = style_font(para->pass, node->style);
    for (const char *s = page_number_text(para->pass); *s; s++) {
        uint32_t cp = (unsigned char)*s < 0x80 ? (unsigned char)*s : '0';
        const struct text_word *w = text_shape(font, &cp, 1, NULL, 0);
        if (((unsigned char)*s & 0xC0) != 0x80)
            o->width += text_scale(font, w->advance, node->style->inh.font_size);
    }
    return o;
}

/* Where the first line of a list has its baseline, from the top; at the foot without lines. */
static mpt first_baseline(const struct vlist *v, mpt height)
{
    mpt y = 0;
    for (size_t i = 0; i < v->len; i++) {
        const struct vitem *it = &v->items[i];
        if (it->kind == V_LINE)
            return y + ((const struct para *)it->body)->lines[it->index].ascent;
        if (it->brk.kind != BRK_PENALTY)
            y += it->brk.width;
    }
    return height;
}

static struct object *inline_container(struct para *para, const struct fo_node *node)
{
    struct object *o = ARENA_NEW(para->arena, struct object);
    struct pass *p = para->pass;
    const struct fo_style *s = node->style;
    mpt least, most;
    widths_of_node(p, node, &least, &most);
    mpt width = viewport(&s->own.inline_size, para->run.width,
                         mpt_min(mpt_max(most, 0), para->run.width));
    struct container *k = ARENA_NEW(para->arena, struct container);
    struct frame *root = frame_new(para->arena, NULL, node);
    root->width = width;
    root->tag = tag_of(p, node);
    k->node = node;
    k->list = vlist_new(para->arena, root);
    struct place inner = {.frame = root, .width = width};
    block_children(p, k->list, node, &inner);
    vlist_finish(k->list);
    k->content = vlist_height(k->list, 0, k->list->len);
    k->width = k->inner_width = width;
    k->height = k->inner_height = viewport(&s->own.block_size, 0, k->content);
    o->node = node;
    o->kind = OBJ_CONTAINER;
    o->container = k;
    o->width = width;
    o->ascent = first_baseline(k->list, k->height);
    o->descent = k->height - o->ascent;
    return o;
}

struct object *object_new(struct para *para, const struct fo_node *node)
{
    switch (node->type) {
    case FO_LEADER:
        return leader(para, node);
    case FO_PAGE_NUMBER:
        return page_number(para, node);
    case FO_INLINE_CONTAINER:
        return inline_container(para, node);
    default:
        return graphic(para, node);
    }
}
