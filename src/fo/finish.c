/* Finishes a style once all declared values are assigned: what follows from several properties
 * together, above all the corresponding properties of XSL 1.1, 5.3. */
#include "fo/style.h"

/* What margins mean on an object. */
enum margin_kind {
    MARGIN_PLAIN,     /* page masters and regions: margins are margins */
    MARGIN_BLOCK,     /* start-indent = inherited + margin + border + padding (5.3.2) */
    MARGIN_REFERENCE, /* the same without what is inherited */
    MARGIN_INLINE     /* nothing: inline objects have space-start and space-end (7.12) */
};

static enum margin_kind margin_kind(enum fo_type type)
{
    if (type < FO_PAGE_SEQUENCE)
        return MARGIN_PLAIN;
    if (type == FO_FLOW || type == FO_STATIC_CONTENT || type == FO_BLOCK_CONTAINER ||
        type == FO_TABLE_CELL || type == FO_INLINE_CONTAINER)
        return MARGIN_REFERENCE;
    if (fo_is_inline(type) && type != FO_FOOTNOTE_BODY)
        return MARGIN_INLINE;
    return MARGIN_BLOCK;
}

static int32_t clamp32(int64_t v)
{
    return v > INT32_MAX ? INT32_MAX : v < INT32_MIN ? INT32_MIN : (int32_t)v;
}

/* Add two lengths of which each may be absolute, a percentage or both. */
static void add_length(struct fo_length *to, const struct fo_length *what)
{
    mpt v = 0;
    int64_t pct = 0;
    const struct fo_length *both[] = {to, what};
    for (int i = 0; i < 2; i++) {
        if (both[i]->unit == FO_UNIT_PERCENT)
            pct += both[i]->v;
        else if (both[i]->unit == FO_UNIT_MPT || both[i]->unit == FO_UNIT_SUM)
            v += both[i]->v;
        if (both[i]->unit == FO_UNIT_SUM)
            pct += both[i]->pct;
    }
    to->unit = pct == 0 ? FO_UNIT_MPT : v == 0 ? FO_UNIT_PERCENT : FO_UNIT_SUM;
    to->v = to->unit == FO_UNIT_PERCENT ? pct : mpt_clamp(v);
    to->pct = to->unit == FO_UNIT_SUM ? clamp32(pct) : 0;
}

static void indent_from_margin(struct fo_context *cx, enum margin_kind kind, enum fo_side side)
{
    struct fo_style *style = &cx->work.style;
    struct fo_length *indent =
        side == FO_START ? &style->inh.start_indent : &style->inh.end_indent;
    struct fo_length sum = {0, 0, FO_UNIT_MPT};
    const struct fo_length border = {style->own.border[side].width, 0, FO_UNIT_MPT};
    if (kind == MARGIN_BLOCK && cx->parent_style)
        sum = side == FO_START ? cx->parent_style->inh.start_indent
                               : cx->parent_style->inh.end_indent;
    add_length(&sum, &cx->work.aux.margin[side]);
    add_length(&sum, &style->own.padding[side].len);
    add_length(&sum, &border);
    indent->v = sum.v;
    indent->pct = sum.pct;
    indent->unit = sum.unit;
}

static void space_from_margin(struct fo_context *cx, struct fo_space *space, enum fo_side side)
{
    const struct fo_length *m = &cx->work.aux.margin[side];
    space->pct = m->unit == FO_UNIT_PERCENT ? clamp32(m->v)
                 : m->unit == FO_UNIT_SUM   ? m->pct
                                            : 0;
    mpt v = m->unit == FO_UNIT_MPT || m->unit == FO_UNIT_SUM ? m->v : 0;
    space->min = space->opt = space->max = v;
    space->retain = true; /* a margin stays at the top of a page (5.3.2) */
}

/* 5.3.2: a margin that is given beats the space or indent it corresponds to. */
static void apply_margins(struct fo_context *cx)
{
    enum margin_kind kind = margin_kind(cx->type);
    const bool *set = cx->work.aux.margin_set;
    struct fo_own *own = &cx->work.style.own;
    if (kind == MARGIN_PLAIN) {
        cx->depends = true; /* who asks reads them from cx->work */
        return;
    }
    if (kind == MARGIN_INLINE) {
        if (set[FO_BEFORE] || set[FO_AFTER] || set[FO_START] || set[FO_END])
            fo_report(cx, DIAG_NOTE, "fo-property",
                      _("margins do not apply to <fo:%s> and are ignored; space-start and "
                        "space-end do"),
                      fo_type_name(cx->type));
        return;
    }
    if (set[FO_BEFORE])
        space_from_margin(cx, &own->space_before, FO_BEFORE);
    if (set[FO_AFTER])
        space_from_margin(cx, &own->space_after, FO_AFTER);
    for (enum fo_side side = FO_START; side <= FO_END; side++)
        if (set[side])
            indent_from_margin(cx, kind, side);
}

int16_t fo_border_precedence(enum fo_type type)
{
    switch (type) {
    case FO_TABLE:
        return 6;
    case FO_TABLE_CELL:
        return 5;
    case FO_TABLE_COLUMN:
        return 4;
    case FO_TABLE_ROW:
        return 3;
    case FO_TABLE_BODY:
        return 2;
    case FO_TABLE_HEADER:
        return 1;
    default:
        return 0;
    }
}

static void finish_borders(struct fo_context *cx)
{
    for (int side = 0; side < 4; side++) {
        struct fo_border *b = &cx->work.style.own.border[side];
        if (b->style == FO_BORDER_NONE || b->style == FO_BORDER_HIDDEN)
            b->width = 0;
        if (!cx->work.aux.precedence_set[side])
            b->precedence = fo_border_precedence(cx->type);
    }
}

/* minimum <= optimum <= maximum (4.3, 7.11.5): a component that was given moves one that was
 * not; of two that were given the optimum gives way to the maximum, and that to the minimum. */
static void order_space(struct fo_space *s, unsigned set)
{
    if (s->max < s->opt) {
        if (set & 4)
            s->opt = s->max;
        else
            s->max = s->opt;
    }
    if (s->min > s->opt) {
        if (set & 1) {
            s->opt = s->min;
            s->max = mpt_max(s->max, s->min);
        } else {
            s->min = s->opt;
        }
    }
}

static bool absolute(const struct fo_length *l)
{
    return l->unit == FO_UNIT_MPT;
}

static void set_length(struct fo_length *to, const struct fo_length *from)
{
    to->v = from->v;
    to->pct = from->pct;
    to->unit = from->unit;
}

static void order_range(struct fo_range *r)
{
    if (absolute(&r->opt) && absolute(&r->max) && r->max.v < r->opt.v)
        set_length(&r->opt, &r->max);
    if (absolute(&r->opt) && absolute(&r->min) && r->min.v > r->opt.v)
        set_length(&r->opt, &r->min);
    if (absolute(&r->max) && absolute(&r->opt) && r->max.v < r->opt.v)
        set_length(&r->max, &r->opt);
}

static void limit_length(struct fo_length *l, const struct fo_length *max)
{
    if (absolute(l) && absolute(max) && l->v > max->v)
        set_length(l, max);
}

/* min-width and its kin (7.15) are the ends of the range they limit: the maximum beats the width,
 * and the minimum both. */
static void finish_sizes(struct fo_context *cx)
{
    struct fo_own *own = &cx->work.style.own;
    const struct fo_aux *aux = &cx->work.aux;
    struct fo_range *sizes[] = {&own->inline_size, &own->block_size};
    for (int i = 0; i < 2; i++) {
        if (aux->max_size[i].unit != FO_UNIT_AUTO) {
            set_length(&sizes[i]->max, &aux->max_size[i]);
            limit_length(&sizes[i]->min, &sizes[i]->max);
            limit_length(&sizes[i]->opt, &sizes[i]->max);
        }
        if (aux->min_size[i].v || aux->min_size[i].pct)
            set_length(&sizes[i]->min, &aux->min_size[i]);
        order_range(sizes[i]);
    }
    order_range(&cx->work.style.inh.leader_length);
}

static void finish_position(struct fo_context *cx)
{
    const struct fo_aux *aux = &cx->work.aux;
    cx->work.style.own.position = (enum fo_position)(
        aux->absolute_position != FO_POSITION_STATIC ? aux->absolute_position
                                                     : aux->relative_position);
}

/* 7.17.4 makes decorations reach all text below; so each object has its ancestors' too. */
static void finish_decoration(struct fo_context *cx)
{
    unsigned on = cx->parent_style ? cx->parent_style->own.decoration : 0U;
    unsigned said = (unsigned)cx->work.aux.decoration;
    cx->work.style.own.decoration = (uint8_t)((on & ~(said >> 4)) | (said & 7));
}

void fo_finish_style(struct fo_context *cx)
{
    struct fo_own *own = &cx->work.style.own;
    const uint8_t *set = cx->work.aux.space_set;
    finish_borders(cx);
    finish_sizes(cx);
    finish_position(cx);
    finish_decoration(cx);
    order_space(&own->space_before, set[0]);
    order_space(&own->space_after, set[1]);
    order_space(&own->space_start, set[2]);
    order_space(&own->space_end, set[3]);
    order_space(&cx->work.style.inh.word_spacing, set[4]);
    apply_margins(cx);
}
