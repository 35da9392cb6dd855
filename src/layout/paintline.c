/* A line becomes areas: spaces are given their width, words their place, inlines their
 * backgrounds, borders, links and decorations. */
#include "layout/para.h"
#include "svg/svg.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What a leader repeats stands this far apart at least [mpt]. */
enum { STEP_LEAST = 100 };

/* A piece of a line: one word or space or object with its place. */
struct piece {
    const struct elem *elem;
    struct inl *inl;
    const struct text_word *word; /* NULL: an object, or the edge of an inline */
    mpt x, width, stretch, shrink;
    uint32_t from, to;
    bool hyphen, space;
};

struct pieces {
    struct piece *items;
    size_t len, cap;
    mpt width, stretch, shrink;
};

struct line_canvas {
    struct canvas *c;
    struct para *para;
    const struct line *line;
    struct pieces pieces;
    mpt x, baseline;
};

static void put_piece(struct pieces *p, struct piece piece)
{
    p->width += piece.width;
    p->stretch += piece.stretch;
    p->shrink += piece.shrink;
    VEC_PUSH(p, piece);
}

static mpt shaped_width(const struct piece *w, const struct text_font *font)
{
    const struct fo_inherited *inh = &w->inl->style->inh;
    return text_scale(font, w->word->advance, inh->font_size) +
           inh->letter_spacing * (mpt)w->word->glyph_count;
}

/* The parts of a word that no break separates here are shaped as one. */
static size_t word_piece(struct line_canvas *lc, size_t i)
{
    const struct para *para = lc->para;
    const struct elem *e = &para->elems[i];
    struct piece w = {.elem = e, .inl = e->inl, .from = e->from, .to = e->to};
    size_t j = i + 1;
    for (; j < lc->line->to; j++) {
        const struct elem *next = &para->elems[j];
        if (next->kind == E_BREAK)
            continue;
        if (next->kind != E_WORD || next->inl != e->inl || next->font != e->font ||
            next->from != w.to || next->to - w.from > LETTERS_SHAPED)
            break;
        w.to = next->to;
    }
    while (para->elems[j - 1].kind == E_BREAK && j - 1 > i)
        j--;
    w.word = w.to == e->to ? e->as.word : para_shape(para, e, w.from, w.to);
    w.width = shaped_width(&w, e->font);
    put_piece(&lc->pieces, w);
    return j;
}

static void space_piece(struct line_canvas *lc, const struct elem *e)
{
    struct piece s = {.elem = e, .inl = e->inl, .from = e->from, .to = e->to, .space = true};
    s.word = e->as.word;
    s.width = e->width;
    para_space_gives(e, &s.stretch, &s.shrink);
    put_piece(&lc->pieces, s);
}

static void hyphen_piece(struct line_canvas *lc)
{
    struct pieces *p = &lc->pieces;
    if (!lc->line->hyphen || p->len == 0)
        return;
    struct piece *last = &p->items[p->len - 1];
    if (!last->word)
        return;
    uint32_t cp = last->inl->style->inh.hyphenation_character;
    struct piece h = {.elem = last->elem, .inl = last->inl, .hyphen = true};
    h.word = text_shape(last->elem->font, &cp, 1, NULL, 0);
    h.width = shaped_width(&h, last->elem->font);
    put_piece(p, h);
}

static void object_piece(struct line_canvas *lc, const struct elem *e)
{
    struct piece o = {.elem = e, .inl = e->inl, .width = e->width};
    if (e->kind == E_OBJECT && e->as.object->kind == OBJ_LEADER) {
        o.stretch = e->as.object->stretch;
        o.shrink = e->as.object->shrink;
    }
    put_piece(&lc->pieces, o);
}

static void gather(struct line_canvas *lc)
{
    for (size_t i = lc->line->from; i < lc->line->to;) {
        const struct elem *e = &lc->para->elems[i];
        if (e->kind == E_WORD) {
            i = word_piece(lc, i);
            continue;
        }
        if (e->kind == E_SPACE)
            space_piece(lc, e);
        else if (e->kind == E_OBJECT || e->kind == E_OPEN || e->kind == E_CLOSE)
            object_piece(lc, e);
        i++;
    }
    hyphen_piece(lc);
}

/* ---- horizontal places */

static enum fo_text_align line_align(const struct line_canvas *lc)
{
    const struct fo_inherited *inh = &lc->para->style->inh;
    enum fo_text_align a = inh->text_align;
    if (lc->line->last && inh->text_align_last != FO_ALIGN_RELATIVE)
        a = inh->text_align_last;
    else if (lc->line->last && a == FO_ALIGN_JUSTIFY)
        a = FO_ALIGN_START;
    bool odd = lc->c->page->index % 2 == 0;
    if (a == FO_ALIGN_INSIDE)
        return odd ? FO_ALIGN_START : FO_ALIGN_END;
    if (a == FO_ALIGN_OUTSIDE)
        return odd ? FO_ALIGN_END : FO_ALIGN_START;
    return a;
}

/* Give what is missing (or too much) to the pieces that stretch (or shrink), each its exact
 * share of what is left, so that the last ends at the edge. */
static void spread(struct pieces *p, mpt missing)
{
    mpt total = missing > 0 ? p->stretch : p->shrink;
    for (size_t i = 0; i < p->len && total > 0 && missing != 0; i++) {
        mpt give = missing > 0 ? p->items[i].stretch : p->items[i].shrink;
        if (give <= 0)
            continue;
        mpt share = mpt_scale(missing, give, total);
        p->items[i].width += share;
        p->width += share;
        missing -= share;
        total -= give;
    }
}

static void place_pieces(struct line_canvas *lc)
{
    const struct para *para = lc->para;
    struct pieces *p = &lc->pieces;
    mpt end_indent = 0;
    if (lc->line->last)
        end_indent =
            fo_length_resolve(para->style->inh.last_line_end_indent, para->run.width, 0);
    mpt room = para->run.width - lc->line->indent - end_indent;
    mpt missing = room - p->width;
    enum fo_text_align align = line_align(lc);
    mpt x = para->run.x + lc->line->indent;
    if (align == FO_ALIGN_JUSTIFY) {
        mpt most = missing < 0 && -missing > p->shrink ? -p->shrink : missing;
        spread(p, most);
    } else if (missing < 0 && -missing <= p->shrink && para_gives(para) &&
               lc->line->ratio < 0) {
        spread(p, missing);
    } else if (align == FO_ALIGN_CENTER) { /* too wide a line stands out at both sides */
        x += missing / 2;
    } else if (align == FO_ALIGN_END) {
        x += missing;
    }
    for (size_t i = 0; i < p->len; i++) {
        p->items[i].x = x;
        x += p->items[i].width;
    }
}

/* ---- areas of inlines */

static mpt content_ascent(const struct inl *in)
{
    return text_scale(in->font, text_font_info(in->font)->ascender, in->style->inh.font_size);
}

static mpt content_descent(const struct inl *in)
{
    return -text_scale(in->font, text_font_info(in->font)->descender, in->style->inh.font_size);
}

static bool is_within(const struct inl *in, const struct inl *outer)
{
    while (in && in->depth > outer->depth)
        in = in->parent;
    return in == outer;
}

/* Where an inline begins and ends on this line. */
static bool inline_range(const struct line_canvas *lc, const struct inl *in, mpt *x0, mpt *x1,
                         bool *opens, bool *closes)
{
    bool any = false;
    *opens = *closes = false;
    *x0 = *x1 = 0;
    for (size_t i = 0; i < lc->pieces.len; i++) {
        const struct piece *p = &lc->pieces.items[i];
        if (!is_within(p->inl, in))
            continue;
        bool open = p->inl == in && p->elem->kind == E_OPEN;
        bool close = p->inl == in && p->elem->kind == E_CLOSE;
        if (!any)
            *x0 = p->x +
                  (open ? p->width - (in->edge_start - in->style->own.space_start.opt) : 0);
        *x1 = p->x + (close ? in->edge_end - in->style->own.space_end.opt : p->width);
        any = true;
        *opens |= open;
        *closes |= close;
    }
    return any && *x1 > *x0;
}

static void paint_inline_box(struct line_canvas *lc, const struct inl *in)
{
    mpt x0, x1;
    bool opens, closes;
    if (!inline_range(lc, in, &x0, &x1, &opens, &closes))
        return;
    mpt base = lc->baseline - in->shift;
    mpt top = base - content_ascent(in) - in->edge_before;
    mpt bottom = base + content_descent(in) + in->edge_after;
    struct area *a = paint_box(lc->c, in->style, lc->x + x0, top);
    if (a) {
        a->width = x1 - x0;
        a->height = bottom - top;
        a->line = in->node->loc.line;
        if (!opens)
            a->as.box.border[FO_START].style = AREA_LINE_NONE;
        if (!closes)
            a->as.box.border[FO_END].style = AREA_LINE_NONE;
    }
    if (in->node->type != FO_BASIC_LINK || lc->c->artifact)
        return;
    struct area *link = canvas_add(lc->c, AREA_LINK);
    link->x = lc->x + x0;
    link->y = top;
    link->width = x1 - x0;
    link->height = bottom - top;
    link->tag = in->tag;
    link->line = in->node->loc.line;
    link->as.link.id = in->node->as.link.internal;
    link->as.link.uri = in->node->as.link.external;
}

/* Boxes of all inlines that show on the line, outer before inner, each once. */
static void paint_inline_boxes(struct line_canvas *lc)
{
    struct {
        const struct inl **items;
        size_t len, cap;
    } done = {0};
    for (size_t i = 0; i < lc->pieces.len; i++) {
        const struct inl *chain[64];
        int n = 0;
        for (struct inl *in = lc->pieces.items[i].inl; in && n < 64; in = in->parent)
            if (in->boxed)
                chain[n++] = in;
        while (n-- > 0) {
            bool known = false;
            for (size_t k = 0; k < done.len; k++)
                known |= done.items[k] == chain[n];
            if (known)
                continue;
            VEC_PUSH(&done, chain[n]);
            paint_inline_box(lc, chain[n]);
        }
    }
    free(done.items);
}

/* ---- text */

static bool same_run(const struct piece *a, const struct piece *b)
{
    return b->word && b->inl == a->inl && b->word->font == a->word->font;
}

static void paint_rule(struct line_canvas *lc, const struct piece *first, mpt x1, int32_t up,
                       int32_t thick)
{
    const struct text_font *font = first->inl->font;
    mpt size = first->inl->style->inh.font_size;
    struct area *r = canvas_add(lc->c, AREA_RULE);
    r->height = mpt_max(text_scale(font, thick, size), 200);
    r->x = lc->x + first->x;
    r->width = x1 - first->x;
    r->y = lc->baseline - first->inl->shift - text_scale(font, up, size) - r->height / 2;
    r->as.rule.style = AREA_LINE_SOLID;
    r->as.rule.color = first->inl->decoration_color;
}

static void paint_decoration(struct line_canvas *lc, const struct piece *first, mpt x1)
{
    const struct text_font_info *info = text_font_info(first->inl->font);
    uint8_t d = first->inl->decoration;
    if (d & FO_UNDERLINE)
        paint_rule(lc, first, x1, info->underline_position, info->underline_thickness);
    if (d & FO_OVERLINE)
        paint_rule(lc, first, x1, info->ascender, info->underline_thickness);
    if (d & FO_LINE_THROUGH)
        paint_rule(lc, first, x1, info->strikeout_position, info->strikeout_thickness);
}

/* What the line broke at: a space, which is not shown, or a place inside a word. */
static bool broke_at(const struct line_canvas *lc, enum elem_kind kind)
{
    const struct para *para = lc->para;
    size_t at = lc->line->to;
    while (at < para->elem_count && para->elems[at].kind == E_CLOSE)
        at++;
    return !lc->line->last && at < para->elem_count && para->elems[at].kind == kind;
}

/* Words of one inline and font from piece i on; returns the piece after them. */
static size_t paint_run(struct line_canvas *lc, size_t i)
{
    struct pieces *p = &lc->pieces;
    const struct piece *first = &p->items[i];
    size_t j = i + 1;
    while (j < p->len && same_run(first, &p->items[j]))
        j++;
    if (first->inl->style->inh.visibility)
        return j;
    struct area *a = canvas_add(lc->c, AREA_TEXT);
    a->as.text.words = ARENA_ARRAY(lc->c->page->arena, struct area_word, j - i);
    a->as.text.count = j - i;
    for (size_t k = i; k < j; k++)
        a->as.text.words[k - i] = (struct area_word){p->items[k].word, p->items[k].x - first->x,
                                                     p->items[k].hyphen ? AREA_WORD_HYPHEN : 0};
    a->x = lc->x + first->x;
    a->y = lc->baseline - para_elem_shift(lc->para, lc->line, first->elem);
    a->width = p->items[j - 1].x + p->items[j - 1].width - first->x;
    a->height = first->inl->style->inh.font_size;
    a->tag = lc->c->artifact ? NULL : first->inl->tag;
    a->line = first->inl->node->loc.line;
    a->as.text.font = first->word->font;
    a->as.text.size = first->inl->style->inh.font_size;
    a->as.text.color = first->inl->style->inh.color;
    a->as.text.letter_spacing = first->inl->style->inh.letter_spacing;
    a->as.text.goes_on = j == p->len && broke_at(lc, E_SPACE);
    if (j == p->len && broke_at(lc, E_BREAK))
        a->as.text.words[j - i - 1].flags |= AREA_WORD_JOINED;
    if (first->inl->decoration)
        paint_decoration(lc, first, p->items[j - 1].x + p->items[j - 1].width);
    return j;
}

/* ---- objects */

static void paint_page_number(struct line_canvas *lc, const struct piece *p)
{
    const char *s = page_number_text(lc->para->pass);
    const struct text_font *font = p->inl->font;
    mpt size = p->inl->style->inh.font_size, x = 0;
    struct area *a = canvas_add(lc->c, AREA_TEXT);
    size_t n = strlen(s), count = 0;
    a->as.text.words = ARENA_ARRAY(lc->c->page->arena, struct area_word, n);
    const char *end = s + n;
    while (s < end) {
        uint32_t cp = utf8_next(&s, end);
        const struct text_word *w = text_shape(font, &cp, 1, NULL, 0);
        a->as.text.words[count++] = (struct area_word){w, x, 0};
        x += text_scale(font, w->advance, size);
    }
    a->as.text.count = count;
    a->x = lc->x + p->x + (p->width - x) / 2;
    a->y = lc->baseline - p->inl->shift;
    a->width = x;
    a->height = size;
    a->tag = lc->c->artifact ? NULL : p->inl->tag;
    a->line = p->inl->node->loc.line;
    a->as.text.font = font;
    a->as.text.size = size;
    a->as.text.color = p->inl->style->inh.color;
}

/* Dots begin right after the text, whatever leader-alignment says: a gap before the first one would
 * part them from their entry, and other formatters have none. */
static void paint_dots(struct line_canvas *lc, const struct piece *p)
{
    const struct text_font *font = p->inl->font;
    const struct fo_inherited *inh = &p->inl->style->inh;
    uint32_t cp = '.';
    const struct text_word *w = text_shape(font, &cp, 1, NULL, 0);
    mpt dot = text_scale(font, w->advance, inh->font_size);
    mpt step = mpt_max(dot, inh->leader_pattern_width);
    mpt from = p->x, to = p->x + p->width;
    if (step <= 0)
        return;
    mpt count = (to - from) / step;
    if (count <= 0)
        return;
    struct area *a = canvas_add(lc->c, AREA_TEXT);
    a->as.text.words = ARENA_ARRAY(lc->c->page->arena, struct area_word, count);
    a->as.text.count = (size_t)count;
    for (mpt k = 0; k < count; k++)
        a->as.text.words[k] = (struct area_word){w, k * step, 0};
    a->x = lc->x + from;
    a->y = lc->baseline - p->inl->shift;
    a->width = (count - 1) * step + dot;
    a->height = inh->font_size;
    a->tag = lc->c->artifact ? NULL : p->inl->tag;
    a->line = p->inl->node->loc.line;
    a->as.text.font = font;
    a->as.text.size = inh->font_size;
    a->as.text.color = inh->color;
}

/* What a leader repeats, as often as it fits whole. */
static void paint_content(struct line_canvas *lc, const struct piece *p)
{
    const struct fo_inherited *inh = &p->inl->style->inh;
    struct para *content = p->elem->as.object->content;
    mpt at = p->x;
    mpt step = mpt_max(mpt_max(content->run.width, inh->leader_pattern_width), STEP_LEAST);
    struct canvas c = *lc->c;
    for (; at + step <= p->x + p->width; at += step) {
        c.x = lc->x + at;
        paint_line(&c, content, 0, lc->baseline - p->inl->shift - content->lines[0].ascent);
    }
}

static void paint_leader(struct line_canvas *lc, const struct piece *p)
{
    const struct fo_inherited *inh = &p->inl->style->inh;
    if (inh->leader_pattern == FO_LEADER_DOTS) {
        paint_dots(lc, p);
    } else if (p->elem->as.object->content) {
        paint_content(lc, p);
    } else if (inh->leader_pattern == FO_LEADER_RULE && p->width > 0) {
        struct area *r = canvas_add(lc->c, AREA_RULE);
        r->x = lc->x + p->x;
        r->width = p->width;
        r->height = inh->rule_thickness;
        r->y = lc->baseline - p->inl->shift - inh->rule_thickness;
        r->line = p->inl->node->loc.line;
        r->as.rule.style = (enum area_line_style)inh->rule_style;
        r->as.rule.color = inh->color;
    }
}

static void paint_svg(struct line_canvas *lc, const struct object *o, struct area *group)
{
    struct pass *p = lc->c->pass;
    struct svg_target t = {.arena = lc->c->page->arena,
                           .group = group,
                           .width = group->width,
                           .height = group->height,
                           .fonts = p->fonts,
                           .families = o->node->style->inh.font_family,
                           .tag = group->tag,
                           .line = group->line,
                           .diag = p->diag};
    svg_paint(o->svg, &t);
}

static void paint_graphic(struct line_canvas *lc, const struct piece *p, const struct object *o)
{
    const struct fo_style *s = o->node->style;
    mpt top = lc->baseline - para_elem_shift(lc->para, lc->line, p->elem) - o->ascent;
    mpt base = lc->para->run.width;
    struct area *box = paint_box(lc->c, s, lc->x + p->x, top);
    if (box) {
        box->width = o->width;
        box->height = o->ascent + o->descent;
    }
    struct area *a = canvas_add(lc->c, o->svg ? AREA_GROUP : AREA_IMAGE);
    a->x = lc->x + p->x + border_of(s, FO_START) + padding_of(s, FO_START, base);
    a->y = top + border_of(s, FO_BEFORE) + padding_of(s, FO_BEFORE, base);
    a->width = o->content_width;
    a->height = o->content_height;
    a->tag = lc->c->artifact ? NULL : p->inl->tag;
    a->line = o->node->loc.line;
    if (o->svg)
        paint_svg(lc, o, a);
    else
        a->as.image = o->image;
}

static void paint_object(struct line_canvas *lc, const struct piece *p)
{
    struct object *o = p->elem->as.object;
    switch (o->kind) {
    case OBJ_PAGE_NUMBER:
        paint_page_number(lc, p);
        break;
    case OBJ_LEADER:
        paint_leader(lc, p);
        break;
    case OBJ_GRAPHIC:
        paint_graphic(lc, p, o);
        break;
    case OBJ_CONTAINER:
        paint_container(lc->c, o->container, lc->x + p->x,
                        lc->baseline - para_elem_shift(lc->para, lc->line, p->elem) -
                            o->ascent);
        break;
    }
}

void paint_line(struct canvas *c, struct para *para, size_t index, mpt y)
{
    const struct line *line = &para->lines[index];
    struct line_canvas lc = {.c = c, .para = para, .line = line, .x = c->x};
    lc.baseline = y + line->ascent;
    gather(&lc);
    place_pieces(&lc);
    paint_inline_boxes(&lc);
    for (size_t i = 0; i < lc.pieces.len;) {
        const struct piece *p = &lc.pieces.items[i];
        if (p->word) {
            i = paint_run(&lc, i);
            continue;
        }
        if (p->elem->kind == E_OBJECT)
            paint_object(&lc, p);
        i++;
    }
    free(lc.pieces.items);
}
