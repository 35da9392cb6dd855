/* Inline content to characters and elements.
 *
 * A paragraph is collected into one array of code points, white space treated (7.17), so that
 * line breaking sees the text as the reader does, across inlines. Each character knows the
 * innermost inline it is in. The elements are then cut at spaces, at breaks and where the font
 * changes; words are shaped one by one and shared. */
#include "layout/para.h"
#include "layout/run.h"

#include "base/blank.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { PLAIN_MOST = 4096 /* bytes looked at together */ };

/* Cost of a break after «-» or «/» and at a soft hyphen in text that is none of offices: as in the
 * formatter whose lines ours shall equal. */
enum { BREAK_AT_HYPHEN = 1 };

enum { OBJECT_CP = 0xFFFC, SOFT_HYPHEN = 0xAD, NBSP = 0xA0, LINE_FEED = 0x0A };

/* Places in the text where something other than a character stands. */
struct mark {
    size_t at; /* before this character */
    enum elem_kind kind;
    struct inl *inl;
    const struct fo_node *node;
    struct object *object;
    struct note *note;
};

struct collector {
    struct para *para;
    struct {
        struct mark *items;
        size_t len, cap;
    } marks;
    struct {
        struct space_run *items;
        size_t len, cap;
    } runs;
    bool in_run;     /* the last of them goes on */
    bool word_start; /* for text-transform: capitalize */
    bool stopped;    /* at the run's `stop` */
};

const struct text_font *style_font(struct pass *p, const struct fo_style *s)
{
    return text_find_font(p->fonts, s->inh.font_family, s->inh.font_weight, s->inh.font_italic,
                          p->diag);
}

mpt line_height_of(const struct fo_style *s)
{
    const struct fo_length *l = &s->inh.line_height;
    switch (l->unit) {
    case FO_UNIT_NUMBER:
        return mpt_scale(s->inh.font_size, l->v, 1000);
    case FO_UNIT_PERCENT:
        return mpt_scale(s->inh.font_size, l->v, 100000);
    case FO_UNIT_MPT:
        return l->v;
    default:
        return mpt_scale(s->inh.font_size, 12, 10);
    }
}

/* Room for `more` characters. */
static void reserve_cps(struct para *para, size_t more)
{
    struct para_room *room = para->room;
    if (room->cp_cap - para->cp_count >= more)
        return;
    room->cps = vec_grow(room->cps, &room->cp_cap, para->cp_count + more, sizeof *room->cps);
    room->owners = mem_realloc(room->owners, room->cp_cap * sizeof *room->owners);
    room->breaks = mem_realloc(room->breaks, (room->cp_cap + 1) * sizeof *room->breaks);
    para->cps = room->cps;
}

static void put_cp(struct collector *c, struct inl *inl, uint32_t cp)
{
    struct para *para = c->para;
    reserve_cps(para, 1);
    para->cps[para->cp_count] = cp;
    para->room->owners[para->cp_count++] = inl;
}

static void put_mark(struct collector *c, const struct mark *m)
{
    struct mark copy = *m;
    copy.at = c->para->cp_count;
    VEC_PUSH(&c->marks, copy);
}

static uint32_t transform_cp(struct collector *c, const struct fo_style *s, uint32_t cp)
{
    switch (s->inh.text_transform) {
    case FO_TEXT_UPPERCASE:
        return case_upper(cp);
    case FO_TEXT_LOWERCASE:
        return case_lower(cp);
    case FO_TEXT_CAPITALIZE:
        return c->word_start ? case_upper(cp) : cp;
    case FO_TEXT_NONE:
        break;
    }
    return cp;
}

/* What may stand before the first letter of a word. */
static bool is_punctuation(uint32_t cp)
{
    return cp < '0' || (cp > '9' && cp < 'A') || (cp > 'Z' && cp < 'a') ||
           (cp > 'z' && cp < 0xC0) || (cp >= 0x2010 && cp < 0x2070);
}

/* The inline's twin in which the letters of small capitals stand, at four fifths of its size. */
static struct inl *small_caps_of(struct collector *c, struct inl *inl)
{
    if (!inl->small) {
        struct arena *a = c->para->arena;
        struct fo_style *style = arena_copy(a, inl->style, sizeof *style);
        style->inh.font_size = style->inh.font_size * 4 / 5;
        inl->small = arena_copy(a, inl, sizeof *inl);
        inl->small->parent = inl;
        inl->small->depth++;
        inl->small->style = style;
        inl->small->boxed = false;
    }
    return inl->small;
}

static void put_letter(struct collector *c, struct inl *inl, uint32_t cp)
{
    cp = transform_cp(c, inl->style, cp);
    if (inl->style->inh.small_caps && case_upper(cp) != cp)
        put_cp(c, small_caps_of(c, inl), case_upper(cp));
    else
        put_cp(c, inl, cp);
}

/* Letters that are set as they are, up to white space or so many of them; returns where they end. */
static const char *put_plain(struct collector *c, struct inl *inl, const char *s,
                             const char *end)
{
    struct para *para = c->para;
    const char *limit = end - s > PLAIN_MOST ? s + PLAIN_MOST : end;
    reserve_cps(para, (size_t)(limit - s));
    uint32_t *cps = para->cps + para->cp_count, cp;
    struct inl **owners = para->room->owners + para->cp_count;
    size_t n = 0;
    while (s < limit && !blank_is(*s)) {
        const char *before = s;
        cp = utf8_next(&s, end);
        if (cp == 0x2028 || cp == 0x2029) {
            s = before;
            break;
        }
        cps[n] = cp;
        owners[n++] = inl;
        if (c->word_start || cp == NBSP)
            c->word_start = cp == NBSP || is_punctuation(cp);
    }
    para->cp_count += n;
    return s;
}

static void collect_text(struct collector *c, const struct fo_node *text, struct inl *inl)
{
    const char *s = text->as.text.bytes, *end = s + text->as.text.len;
    const struct fo_inherited *inh = &inl->style->inh;
    bool plain = inh->text_transform == FO_TEXT_NONE && !inh->small_caps;
    while (s < end) {
        const char *before = s;
        if (plain && !blank_is(*s) && (s = put_plain(c, inl, s, end)) > before)
            continue;
        uint32_t cp = utf8_next(&s, end);
        if (cp == '\n' || cp == ' ' || cp == '\t' || cp == '\r') {
            put_cp(c, inl, cp);
            c->word_start = true;
        } else if (cp == 0x2028 || cp == 0x2029) {
            put_cp(c, inl, SPACE_FEED);
        } else {
            put_letter(c, inl, cp);
            c->word_start = cp == NBSP || (c->word_start && is_punctuation(cp));
        }
    }
}

static mpt baseline_shift_of(const struct inl *in)
{
    const struct fo_style *s = in->style;
    const struct inl *parent = in->parent;
    mpt x_height = text_scale(parent->font, text_font_info(parent->font)->x_height,
                              parent->style->inh.font_size);
    if (s->own.baseline_level > 0)
        return x_height;
    if (s->own.baseline_level < 0)
        return -text_scale(in->font, text_font_info(in->font)->x_height, s->inh.font_size) / 2;
    return fo_length_resolve(s->own.baseline_shift, line_height_of(parent->style), 0);
}

/* 7.14.1; a percentage is one of the line-height, of a graphic one of its height. */
static mpt alignment_adjust_of(const struct inl *in, mpt height)
{
    return fo_length_resolve(in->style->own.alignment_adjust, height, 0);
}

static bool has_border(const struct fo_style *s)
{
    for (int i = 0; i < 4; i++)
        if (s->own.border[i].width > 0)
            return true;
    return false;
}

static struct inl *inl_new(struct collector *c, const struct fo_node *node, struct inl *parent)
{
    struct inl *in = ARENA_NEW(c->para->arena, struct inl);
    const struct fo_style *s = node->style;
    mpt base = c->para->run.width;
    in->node = node;
    in->parent = parent;
    in->style = s;
    in->font = parent && parent->style == s ? parent->font : style_font(c->para->pass, s);
    in->depth = parent ? parent->depth + 1 : 0;
    in->tag = c->para->tag;
    if (parent && !c->para->run.place.in_marker)
        in->tag = tag_of(c->para->pass, node);
    in->decoration = s->own.decoration;
    in->decoration_color = s->inh.color;
    if (!parent)
        return in;
    in->shift = parent->shift + baseline_shift_of(in);
    if (node->type != FO_EXTERNAL_GRAPHIC && node->type != FO_INSTREAM_FOREIGN_OBJECT &&
        node->type != FO_LEADER && node->type != FO_INLINE_CONTAINER)
        in->shift += para_inline_shift(in) + alignment_adjust_of(in, line_height_of(s));
    if (parent->decoration) {
        in->decoration |= parent->decoration;
        in->decoration_color = parent->decoration_color;
    }
    in->edge_start =
        s->own.space_start.opt + border_of(s, FO_START) + padding_of(s, FO_START, base);
    in->edge_end = s->own.space_end.opt + border_of(s, FO_END) + padding_of(s, FO_END, base);
    in->edge_before = border_of(s, FO_BEFORE) + padding_of(s, FO_BEFORE, base);
    in->edge_after = border_of(s, FO_AFTER) + padding_of(s, FO_AFTER, base);
    if (node->type == FO_EXTERNAL_GRAPHIC || node->type == FO_INSTREAM_FOREIGN_OBJECT)
        return in; /* which paints its own box */
    in->boxed = has_border(s) || s->own.background_color != FO_TRANSPARENT ||
                node->type == FO_BASIC_LINK;
    return in;
}

static void collect_children(struct collector *c, const struct fo_node *first,
                             const struct fo_node *end, struct inl *inl);

static void put_object(struct collector *c, const struct fo_node *node, struct inl *inl)
{
    struct object *o = object_new(c->para, node);
    if (!o)
        return;
    struct inl *own = inl_new(c, node, inl);
    if (o->kind == OBJ_GRAPHIC && node->style->own.baseline_level < 0)
        own->shift = inl->shift - o->ascent / 2;
    if (o->kind != OBJ_PAGE_NUMBER)
        own->shift += alignment_adjust_of(own, o->ascent);
    if (o->kind == OBJ_LEADER)
        put_mark(c, &(struct mark){.kind = E_OPEN, .inl = own});
    put_mark(c, &(struct mark){.kind = E_OBJECT, .inl = own, .node = node, .object = o});
    put_cp(c, own, OBJECT_CP);
    if (o->kind == OBJ_LEADER)
        put_mark(c, &(struct mark){.kind = E_CLOSE, .inl = own});
    c->word_start = false;
}

static void put_string(struct collector *c, const char *s, struct inl *inl)
{
    const char *end = s + strlen(s);
    while (s < end)
        put_cp(c, inl, utf8_next(&s, end));
}

static void put_citation(struct collector *c, const struct fo_node *node, struct inl *inl)
{
    struct pass *p = c->para->pass;
    const struct id_place *at = ids_find(p, node->as.citation.ref_id);
    const char *label = NULL;
    if (at)
        label = node->type == FO_PAGE_NUMBER_CITATION ? at->first_label : at->last_label;
    put_string(c, label ? label : "00", inl_new(c, node, inl));
}

static void put_anchor(struct collector *c, const struct fo_node *node, struct inl *inl)
{
    if (!c->para->run.place.in_marker && (node->id || node->type == FO_MARKER))
        put_mark(c, &(struct mark){.kind = E_ANCHOR, .inl = inl, .node = node});
}

static void collect_footnote(struct collector *c, const struct fo_node *node, struct inl *inl)
{
    for (const struct fo_node *k = node->child; k; k = k->next) {
        if (k->type != FO_FOOTNOTE_BODY) {
            collect_children(c, k, k->next, inl);
            continue;
        }
        struct para *para = c->para;
        struct note *note = ARENA_NEW(para->arena, struct note);
        struct frame *root = frame_new(para->arena, NULL, k);
        root->tag = tag_of(para->pass, k);
        const struct page_run *page = para->pass->run; /* as wide as the region */
        struct place place = {
            .frame = root, .width = page ? page->geo.regions[0].width : para->run.place.width};
        note->body = vlist_new(para->arena, root);
        block_children(para->pass, note->body, k, &place);
        vlist_finish(note->body);
        note->height = vlist_height(note->body, 0, note->body->len);
        put_mark(c, &(struct mark){.kind = E_ANCHOR, .inl = inl, .node = k, .note = note});
    }
}

/* An inline element with children. A block inside an inline begins and ends a line. */
static void collect_inline(struct collector *c, const struct fo_node *node, struct inl *inl)
{
    struct inl *own = inl_new(c, node, inl);
    bool block = !fo_is_inline(node->type) && node->type != FO_WRAPPER;
    put_anchor(c, node, inl);
    if (block)
        put_cp(c, own, SPACE_EDGE);
    put_mark(c, &(struct mark){.kind = E_OPEN, .inl = own});
    collect_children(c, node->child, NULL, own);
    if (c->stopped)
        return;
    put_mark(c, &(struct mark){.kind = E_CLOSE, .inl = own});
    if (block)
        put_cp(c, own, SPACE_EDGE);
}

static void collect_retrieved(struct collector *c, const struct fo_node *node, struct inl *inl)
{
    const struct fo_node *content = marker_retrieve(c->para->pass, node, c->para->arena);
    if (content)
        collect_children(c, content->child, NULL, inl);
}

static void collect_node(struct collector *c, const struct fo_node *k, struct inl *inl)
{
    switch (k->type) {
    case FO_TEXT:
        collect_text(c, k, inl);
        break;
    case FO_CHARACTER:
        put_anchor(c, k, inl);
        put_letter(c, inl_new(c, k, inl), k->as.character.cp);
        break;
    case FO_LEADER:
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
    case FO_INLINE_CONTAINER:
    case FO_PAGE_NUMBER:
        put_anchor(c, k, inl);
        put_object(c, k, inl);
        break;
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        put_anchor(c, k, inl);
        put_citation(c, k, inl);
        break;
    case FO_FOOTNOTE:
        collect_footnote(c, k, inl);
        break;
    case FO_MARKER:
        put_anchor(c, k, inl);
        break;
    case FO_RETRIEVE_MARKER:
    case FO_RETRIEVE_TABLE_MARKER:
        collect_retrieved(c, k, inl);
        break;
    default:
        collect_inline(c, k, inl);
    }
}

static bool is_text(const struct fo_node *n)
{
    return n->type == FO_TEXT || n->type == FO_CHARACTER;
}

static bool is_block(const struct inl *inl)
{
    return inl->parent ? inl->node->type == FO_BLOCK : inl->node->type != FO_LEADER;
}

/* A run of text goes on with the child k, begins there or is over. */
static void follow_run(struct collector *c, const struct fo_node *k, bool begins,
                       struct inl *inl)
{
    struct space_run run = {.from = c->para->cp_count, .begins = begins};
    run.of_block = is_block(inl);
    if (is_text(k) && !c->in_run)
        VEC_PUSH(&c->runs, run);
    c->in_run = is_text(k);
}

static void end_run(struct collector *c, bool ends)
{
    if (c->in_run)
        c->runs.items[c->runs.len - 1].ends = ends;
    c->in_run = false;
}

static void collect_siblings(struct collector *c, const struct fo_node *first,
                             const struct fo_node *end, struct inl *inl, bool begins)
{
    end_run(c, false);
    for (const struct fo_node *k = first; k && k != end && !c->stopped; k = k->next) {
        c->stopped = k == c->para->run.stop;
        if (c->stopped)
            break;
        follow_run(c, k, begins, inl);
        begins &= k->type == FO_MARKER;
        collect_node(c, k, inl);
        if (c->in_run)
            c->runs.items[c->runs.len - 1].to = c->para->cp_count;
    }
    end_run(c, is_block(inl));
}

static void collect_children(struct collector *c, const struct fo_node *first,
                             const struct fo_node *end, struct inl *inl)
{
    collect_siblings(c, first, end, inl, is_block(inl));
}

/* ---- elements */

static struct elem *put_copy(struct para *para, const struct elem *e)
{
    struct para_room *room = para->room;
    if (para->elem_count == room->elem_cap)
        para->elems = room->elems =
            vec_grow(room->elems, &room->elem_cap, para->elem_count + 1, sizeof *room->elems);
    struct elem *copy = &para->elems[para->elem_count++];
    *copy = *e;
    return copy;
}

static struct elem *put_elem(struct para *para, enum elem_kind kind, struct inl *inl)
{
    return put_copy(para, &(struct elem){.kind = kind, .inl = inl});
}

/* Begin the elements anew; gives those there were, which are in the room's spare array. */
static struct elem *replace_elems(struct para *para)
{
    struct para_room *room = para->room;
    struct elem *old = room->elems;
    size_t cap = room->elem_cap;
    para->elems = room->elems = room->spare;
    room->elem_cap = room->spare_cap;
    room->spare = old;
    room->spare_cap = cap;
    para->elem_count = 0;
    return old;
}

const struct text_word *para_shape(const struct para *para, const struct elem *e, uint32_t from,
                                   uint32_t to)
{
    const struct fo_inherited *inh = &e->inl->style->inh;
    unsigned flags = inh->kerning ? 0 : TEXT_NO_KERNING;
    if (inh->letter_spacing)
        flags |= TEXT_NO_LIGATURES;
    return text_shape(e->font, para->cps + from, to - from, inh->language, flags);
}

static mpt width_of(const struct elem *e, const struct text_word *w)
{
    const struct fo_inherited *inh = &e->inl->style->inh;
    return text_scale(e->font, w->advance, inh->font_size) +
           inh->letter_spacing * (mpt)w->glyph_count;
}

static mpt word_width(const struct para *para, const struct elem *e, uint32_t from, uint32_t to)
{
    return from < to ? width_of(e, para_shape(para, e, from, to)) : 0;
}

void para_set_word(const struct para *para, struct elem *e)
{
    e->as.word = e->from < e->to ? para_shape(para, e, e->from, e->to) : NULL;
    e->width = e->as.word ? width_of(e, e->as.word) : 0;
}

/* The face that shows a character; reports a character that no font has. */
static const struct text_font *cover(struct para *para, const struct inl *inl, uint32_t cp)
{
    struct pass *p = para->pass;
    const struct text_font *wanted = inl->font;
    const struct text_font *font = text_cover(p->fonts, wanted, cp);
    struct src_loc loc = inl->node->loc;
    char name[5] = "";
    struct buf b = BUF_EMPTY;
    if (font == wanted && font)
        return font;
    buf_put_utf8(&b, cp);
    memcpy(name, buf_str(&b), b.len < 4 ? b.len : 4);
    buf_free(&b);
    if (!font) {
        diag_add(p->diag, DIAG_ERROR, loc, "glyph-missing",
                 _("no installed font has the character «%s» (U+%04X)"), name, (unsigned)cp);
        return wanted;
    }
    diag_add(p->diag, DIAG_NOTE, (struct src_loc){loc.file, loc.line, 0}, "glyph-fallback",
             _("the character «%s» (U+%04X) is not in %s and is taken from %s"), name,
             (unsigned)cp, text_font_info(wanted)->family, text_font_info(font)->family);
    return font;
}

static bool is_ignorable(uint32_t cp)
{
    return cp == SOFT_HYPHEN || cp == 0x200B || cp == 0x2060 || cp == 0xFEFF || cp == 0x2028 ||
           cp == 0x2029;
}

/* One that fo:character gives is a character like any other, as in other formatters. */
static bool is_space_at(const struct para *para, size_t i)
{
    return i < para->cp_count && (para->cps[i] == ' ' || para->cps[i] == NBSP) &&
           para->room->owners[i]->node->type != FO_CHARACTER;
}

/* A space of its own width, which begins the next line where it breaks; not in office text, where
 * thin spaces stand in numbers. */
static bool is_fixed_space_at(const struct para *para, size_t i)
{
    uint32_t cp = para->cps[i];
    return !para->office && ((cp >= 0x2000 && cp <= 0x200A) || cp == 0x205F || cp == 0x3000);
}

static int16_t break_cost(const struct para *para, size_t at)
{
    return para->room->breaks[at];
}

/* A no-break space, or spaces up to a letter or the end of their inline. */
static size_t elem_space(struct para *para, size_t i, size_t limit)
{
    struct inl *inl = para->room->owners[i];
    struct elem *e = put_elem(para, E_SPACE, inl);
    bool plain = para->cps[i] == ' ';
    bool kept = inl->style->inh.white_space_treatment == FO_WS_PRESERVE;
    size_t j = i + 1;
    while (plain && !kept && j < limit && para->cps[j] == ' ' && para->room->owners[j] == inl)
        j++;
    e->font = inl->font;
    e->from = (uint32_t)i;
    e->to = (uint32_t)j;
    e->cost = break_cost(para, j);
    e->firm = !plain || kept;
    if (!plain || (kept && j == limit))
        e->cost = TEXT_BREAK_NEVER;
    else if (kept && para->cps[j] == ' ')
        e->cost = 0;
    bool usual = plain && j == i + 1;
    e->as.word = usual && inl->space ? inl->space : para_shape(para, e, e->from, e->to);
    if (usual)
        inl->space = e->as.word;
    e->width = width_of(e, e->as.word) + inl->style->inh.word_spacing.opt * (mpt)(j - i);
    return j;
}

/* Up to where the characters from i on can be one word: before a space, an object, a change of
 * inline, a break. */
static size_t word_end(const struct para *para, size_t i, size_t limit)
{
    const struct para_room *room = para->room;
    const struct inl *inl = room->owners[i];
    size_t j = i + 1;
    if (limit - i > LETTERS_SHAPED)
        limit = i + LETTERS_SHAPED;
    while (j < limit && room->breaks[j] == TEXT_BREAK_NEVER && room->owners[j] == inl &&
           !is_space_at(para, j) && !is_fixed_space_at(para, j) && para->cps[j] != LINE_FEED &&
           !is_ignorable(para->cps[j]))
        j++;
    return j;
}

/* The word that begins at i, all in one font. */
static size_t elem_word(struct para *para, size_t i, size_t limit)
{
    struct inl *inl = para->room->owners[i];
    const struct text_font *font = cover(para, inl, para->cps[i]);
    size_t end = word_end(para, i, limit), j = i + 1;
    if (font == inl->font)
        j += text_count_common(font, para->cps + j, end - j);
    while (j < end && cover(para, inl, para->cps[j]) == font)
        j++;
    struct elem *e = put_elem(para, E_WORD, inl);
    e->font = font;
    e->from = (uint32_t)i;
    e->to = (uint32_t)j;
    para_set_word(para, e);
    return j;
}

static void elem_break(struct para *para, size_t at, bool hyphen)
{
    struct elem *e = put_elem(para, E_BREAK, para->room->owners[at ? at - 1 : 0]);
    e->cost = break_cost(para, at);
    if (!para->office && e->cost < TEXT_BREAK_WORST && !is_fixed_space_at(para, at) &&
        para->cps[at - 1] != 0x200B)
        e->cost = BREAK_AT_HYPHEN;
    e->hyphen = hyphen;
    e->from = e->to = (uint32_t)at;
    if (hyphen)
        e->font = e->inl->font;
}

static void elem_mark(struct para *para, const struct mark *m)
{
    struct elem *e = put_elem(para, m->kind, m->inl);
    e->from = e->to = (uint32_t)m->at;
    if (m->kind == E_OPEN)
        e->width = m->inl->edge_start;
    else if (m->kind == E_CLOSE)
        e->width = m->inl->edge_end;
    else if (m->kind == E_ANCHOR) {
        e->as.node = m->node;
        e->note = m->note;
    } else {
        e->as.object = m->object;
        e->width = m->object->width;
        e->to++;
    }
}

/* A break between two characters neither of which is a space gets an element of its own;
 * breaks at spaces belong to the space. */
static void maybe_break(struct para *para, size_t at)
{
    if (at == 0 || at >= para->cp_count || break_cost(para, at) == TEXT_BREAK_NEVER ||
        break_cost(para, at) == TEXT_BREAK_MUST || is_space_at(para, at) ||
        is_space_at(para, at - 1) || para->cps[at - 1] == LINE_FEED)
        return;
    elem_break(para, at, para->cps[at - 1] == SOFT_HYPHEN);
    para->elems[para->elem_count - 1].soft = para->cps[at - 1] == SOFT_HYPHEN;
}

static void make_elems(struct collector *c)
{
    struct para *para = c->para;
    size_t m = 0, i = 0;
    for (;;) {
        bool broke = false;
        while (m < c->marks.len && c->marks.items[m].at == i) {
            const struct mark *mark = &c->marks.items[m++];
            if (mark->kind != E_CLOSE && !broke) {
                maybe_break(para, i);
                broke = true;
            }
            elem_mark(para, mark);
            if (mark->kind == E_OBJECT)
                i++, broke = false;
        }
        if (!broke)
            maybe_break(para, i);
        if (i >= para->cp_count)
            break;
        size_t limit = m < c->marks.len ? c->marks.items[m].at : para->cp_count;
        if (para->cps[i] == LINE_FEED) {
            put_elem(para, E_FEED, para->room->owners[i])->from = (uint32_t)i;
            i++;
        } else if (is_space_at(para, i)) {
            i = elem_space(para, i, limit);
        } else if (is_ignorable(para->cps[i]) || para->cps[i] == OBJECT_CP) {
            i++;
        } else {
            i = elem_word(para, i, limit);
        }
    }
}

/* The style of the inline, not of its small capitals. */
static const struct fo_style *style_around(const struct inl *inl)
{
    bool small = inl->parent && inl->parent->small == inl;
    return small ? inl->parent->style : inl->style;
}

/* Between two pieces of text that an element parts only a space breaks, or what the author put there
 * to break at; in office text as within one piece. */
static void forbid_between(struct para *para, size_t i)
{
    const struct fo_node *before = para->room->owners[i - 1]->node,
                         *after = para->room->owners[i]->node;
    uint32_t cp = para->cps[i - 1];
    bool single = before->type == FO_CHARACTER || after->type == FO_CHARACTER;
    if (before == after || (para->office && !single) ||
        para->room->breaks[i] == TEXT_BREAK_MUST || cp == 0x200B || cp == SOFT_HYPHEN)
        return;
    bool space = is_space_at(para, i - 1) && cp == ' ';
    para->room->breaks[i] = space ? (text_break)0 : (text_break)TEXT_BREAK_NEVER;
}

/* Nothing breaks between two characters of these styles. */
static bool is_held(const struct fo_style *s, const struct fo_style *before)
{
    return (s->inh.no_wrap && before->inh.no_wrap) ||
           (s == before && s->inh.keep_together.line == FO_KEEP_ALWAYS);
}

/* Where the wrap-option forbids it, nothing but a line feed breaks. Next to a graphic or a leader
 * only a space does: «Chapter....12» stays whole (the Recommendation leaves it open). */
static void forbid_breaks(struct para *para)
{
    struct inl **owners = para->room->owners;
    text_break *breaks = para->room->breaks;
    for (size_t i = 1; i < para->cp_count; i++) {
        if (owners[i - 1] != owners[i])
            forbid_between(para, i);
        if (breaks[i + 1] == 0 && is_fixed_space_at(para, i)) {
            breaks[i] = 0;
            breaks[i + 1] = TEXT_BREAK_NEVER;
        }
        if (breaks[i] == TEXT_BREAK_NEVER || breaks[i] == TEXT_BREAK_MUST)
            continue;
        bool object = para->cps[i] == OBJECT_CP || para->cps[i - 1] == OBJECT_CP;
        if ((object && para->cps[i - 1] != ' ') ||
            is_held(style_around(owners[i]), style_around(owners[i - 1])))
            breaks[i] = TEXT_BREAK_NEVER;
    }
}

static void find_breaks(struct para *para)
{
    const struct fo_inherited *inh = &para->style->inh;
    para->office = inh->office_breaks == FO_OFFICE_ON ||
                   (inh->office_breaks == FO_OFFICE_AUTO && para->language &&
                    strncmp(para->language, "ru", 2) == 0);
    reserve_cps(para, 1);
    para->room->breaks[0] = 0;
    text_find_breaks(para->cps, para->cp_count, para->language, para->office,
                     para->room->breaks);
    forbid_breaks(para);
}

/* Where characters go, the marks move up. An edge at which a line is empty is none. */
static void drop_spaces(struct collector *c)
{
    struct para *para = c->para;
    size_t kept = 0, m = 0, edge = SIZE_MAX;
    space_treat(para, c->runs.items, c->runs.len);
    for (size_t i = 0; i <= para->cp_count; i++) {
        for (; m < c->marks.len && c->marks.items[m].at == i; m++)
            c->marks.items[m].at = kept;
        uint32_t cp = i < para->cp_count ? para->cps[i] : SPACE_GONE;
        if (cp == SPACE_EDGE && (!kept || para->cps[kept - 1] == LINE_FEED))
            cp = SPACE_GONE;
        if (cp == SPACE_GONE)
            continue;
        edge = cp == SPACE_EDGE ? kept : SIZE_MAX;
        para->room->owners[kept] = para->room->owners[i];
        para->cps[kept++] = cp == SPACE_EDGE || cp == SPACE_FEED ? (uint32_t)LINE_FEED : cp;
    }
    para->cp_count = edge < kept ? edge : kept;
    for (size_t i = c->marks.len; i-- > 0 && c->marks.items[i].at > para->cp_count;)
        c->marks.items[i].at = para->cp_count;
}

/* The inlines that are open where the run begins, from the block inwards. */
static struct inl *open_inlines(struct collector *c, const struct fo_node *node)
{
    if (!node || node == c->para->run.block)
        return inl_new(c, c->para->run.block, NULL);
    return inl_new(c, node, open_inlines(c, node->parent));
}

/* From the first sibling on, and on after the inlines that are open there. */
static void collect_run(struct collector *c, const struct inline_run *run, struct inl *inl)
{
    collect_children(c, run->first, run->end, inl);
    for (; !c->stopped && inl->parent; inl = inl->parent) {
        put_mark(c, &(struct mark){.kind = E_CLOSE, .inl = inl});
        collect_siblings(c, inl->node->next, run->end, inl->parent, false);
    }
}

static struct para_room *take_room(struct pass *p)
{
    struct para_room *room = p->rooms;
    if (!room)
        return mem_zalloc(sizeof *room);
    p->rooms = room->next;
    return room;
}

static void give_room_back(struct para *para)
{
    para->room->next = para->pass->rooms;
    para->pass->rooms = para->room;
    para->room = NULL;
}

void para_free_rooms(struct pass *p)
{
    for (struct para_room *room = p->rooms, *next; room; room = next) {
        next = room->next;
        free(room->cps);
        free(room->owners);
        free(room->breaks);
        free(room->elems);
        free(room->spare);
        free(room->items);
        free(room);
    }
    p->rooms = NULL;
}

struct para *para_collect(struct pass *p, struct arena *a, const struct inline_run *run)
{
    struct para *para = ARENA_NEW(a, struct para);
    para->pass = p;
    para->arena = a;
    para->run = *run;
    para->style = run->block->style;
    para->tag = run->frame->tag;
    para->language = para->style->inh.language;
    para->room = take_room(p);
    para->cps = para->room->cps;
    para->elems = para->room->elems;
    struct collector c = {.para = para, .word_start = true};
    struct inl *inner = open_inlines(&c, run->within);
    collect_run(&c, run, inner);
    drop_spaces(&c);
    if (para->cp_count || c.marks.len) {
        find_breaks(para);
        make_elems(&c);
    }
    free(c.marks.items);
    free(c.runs.items);
    para->cps = arena_copy(para->arena, para->cps, para->cp_count * sizeof *para->cps);
    return para;
}

void para_seal(struct para *para)
{
    para->elems = arena_copy(para->arena, para->elems, para->elem_count * sizeof *para->elems);
    give_room_back(para);
}

void para_drop(struct para *para)
{
    para->elems = NULL;
    para->elem_count = 0;
    give_room_back(para);
}

static const struct text_hyphenator *hyphenator_of(struct para *para, const struct elem *e)
{
    const struct fo_inherited *inh = &e->inl->style->inh;
    if (e->kind != E_WORD || !inh->hyphenate || !inh->language || e->to - e->from < 4)
        return NULL;
    const struct text_hyphenator *h = text_find_hyphenator(para->pass->fonts, inh->language);
    if (!h)
        diag_add(para->pass->diag, DIAG_NOTE, (struct src_loc){NULL, 0, 0}, "hyphenation",
                 _("there are no hyphenation patterns for the language «%s»; its words are not "
                   "hyphenated"),
                 inh->language);
    return h;
}

static bool is_letter(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
           (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) ||
           (cp >= 0x370 && cp < 0x530);
}

/* Letters of a word that may be hyphenated; longer ones are none. */
enum { LETTERS_MOST = 256 };

/* Append the parts of one word, with breaks that show a hyphen between them. */
static void split_word(struct para *para, const struct elem *word,
                       const struct text_hyphenator *h)
{
    uint32_t from = word->from, to = word->to, begin = from;
    while (begin < to && !is_letter(para->cps[begin]))
        begin++;
    uint32_t end = begin;
    while (end < to && is_letter(para->cps[end]))
        end++;
    const struct fo_inherited *inh = &word->inl->style->inh;
    bool points[LETTERS_MOST];
    size_t n = 0;
    uint32_t tail = end;
    while (tail < to && !is_letter(para->cps[tail]))
        tail++;
    bool whole = tail < to && !para->office; /* «don't», «a.b» */
    if (!whole && end - begin >= 4 && end - begin <= LETTERS_MOST)
        n = text_hyphenate_word(
            h, &(struct text_letters){word->as.word, begin - from, end - begin},
            (size_t)inh->hyphenation_remain, (size_t)inh->hyphenation_push, points);
    struct elem part = *word;
    for (uint32_t i = begin + 1; n && i < end; i++) {
        if (!points[i - begin])
            continue;
        part.to = i;
        para_set_word(para, &part);
        put_copy(para, &part);
        struct elem *b = put_elem(para, E_BREAK, word->inl);
        b->cost = 50;
        b->hyphen = true;
        b->font = word->font;
        b->from = b->to = i;
        part.from = i;
    }
    part.to = to;
    if (n)
        para_set_word(para, &part);
    put_copy(para, &part);
}

size_t para_hyphenate(struct para *para, size_t from, size_t to)
{
    size_t n = para->elem_count, end = to;
    const struct elem *old = replace_elems(para);
    for (size_t i = 0; i < n; i++) {
        if (i == to)
            end = para->elem_count;
        const struct text_hyphenator *h =
            i >= from && i < to ? hyphenator_of(para, &old[i]) : NULL;
        if (h)
            split_word(para, &old[i], h);
        else
            put_copy(para, &old[i]);
    }
    return to < n ? end : para->elem_count;
}

static void report_long(struct para *para, const struct elem *e, mpt room)
{
    struct buf b = BUF_EMPTY;
    for (uint32_t i = e->from; i < e->to && i < e->from + 40; i++)
        buf_put_utf8(&b, para->cps[i]);
    diag_add(para->pass->diag, DIAG_WARNING, e->inl->node->loc, "word-too-long",
             _("the word «%s» is wider than its line (%lld mm, there are %lld) and is cut"),
             buf_str(&b), (long long)(e->width * 254 / 720000),
             (long long)(room * 254 / 720000));
    buf_free(&b);
}

static void cut_word(struct para *para, const struct elem *word, mpt room)
{
    struct elem part = *word;
    report_long(para, word, room);
    for (uint32_t i = word->from + 1; i < word->to; i++) {
        if (word_width(para, word, part.from, i + 1) <= room || i == part.from)
            continue;
        part.to = i;
        para_set_word(para, &part);
        put_copy(para, &part);
        struct elem *b = put_elem(para, E_BREAK, word->inl);
        b->cut = true;
        b->from = b->to = i;
        part.from = i;
    }
    part.to = word->to;
    para_set_word(para, &part);
    put_copy(para, &part);
}

void para_cut_long(struct para *para, mpt room)
{
    const struct elem *old = para->elems;
    size_t n = para->elem_count;
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= old[i].kind == E_WORD && old[i].width > room && !old[i].inl->style->inh.no_wrap;
    if (!any)
        return;
    old = replace_elems(para);
    for (size_t i = 0; i < n; i++) {
        if (old[i].kind == E_WORD && old[i].width > room && !old[i].inl->style->inh.no_wrap)
            cut_word(para, &old[i], room);
        else
            put_copy(para, &old[i]);
    }
}

static bool is_figure(const struct para *para, uint32_t at, uint32_t end)
{
    return at < end && para->cps[at] >= '0' && para->cps[at] <= '9';
}

/* Spaces that part groups of figures: common, no-break, figure, thin, narrow no-break. */
static bool is_gap(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x2007 || c == 0x2009 || c == 0x202F;
}

/* Where the decimal sign of the first number in [at, end) stands, or would stand after a whole
 * number; `end` where there is no figure. */
static uint32_t decimal_sign(const struct para *para, uint32_t at, uint32_t end)
{
    while (at < end && !is_figure(para, at, end))
        at++;
    while (is_figure(para, at, end) ||
           (at < end && is_gap(para->cps[at]) && is_figure(para, at + 1, end)))
        at++;
    return at;
}

void para_decimal(struct pass *p, const struct inline_run *run, mpt *before, mpt *after)
{
    struct arena *a = arena_new();
    struct para *para = para_collect(p, a, run);
    size_t count = 0;
    uint32_t end = 0;
    for (; count < para->elem_count && para->elems[count].kind != E_FEED; count++)
        end = para->elems[count].to > end ? para->elems[count].to : end;
    uint32_t sign = decimal_sign(para, 0, end);
    *before = *after = 0;
    for (size_t i = 0; i < count; i++) {
        const struct elem *e = &para->elems[i];
        mpt left = e->to <= sign ? e->width : 0;
        if (e->kind == E_WORD && e->from < sign && e->to > sign)
            left = word_width(para, e, e->from, sign);
        *before += left;
        *after += e->width - left;
    }
    para_drop(para);
    arena_free(a);
}
