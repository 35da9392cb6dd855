/* Block-level objects into a vertical list: blocks and block-containers, their indents, edges,
 * spaces and keeps. Tables and lists are in files of their own. */
#include "layout/run.h"
#include "base/blank.h"

/* Deeper nests of formatting objects are refused before layout; this guards recursion. */
enum { DEPTH_MOST = 1200 };

struct frame *frame_new(struct arena *a, struct frame *parent, const struct fo_node *node)
{
    struct frame *f = ARENA_NEW(a, struct frame);
    f->parent = parent;
    f->node = node;
    if (parent) {
        f->depth = parent->depth + 1;
        f->x = parent->x;
        f->width = parent->width;
        f->tag = parent->tag;
        f->all_cut_before = parent->all_cut_before;
        f->all_cut_after = parent->all_cut_after;
    }
    return f;
}

mpt padding_of(const struct fo_style *style, enum fo_side side, mpt base)
{
    return mpt_max(0, fo_length_resolve(style->own.padding[side].len, base, 0));
}

mpt border_of(const struct fo_style *style, enum fo_side side)
{
    return style->own.border[side].width;
}

static mpt retained(const struct fo_style *s, enum fo_side side, mpt base)
{
    return (s->own.border[side].retain ? border_of(s, side) : 0) +
           (s->own.padding[side].retain ? padding_of(s, side, base) : 0);
}

void frame_edges(struct frame *f, const struct fo_style *s, mpt base)
{
    f->edge_before = border_of(s, FO_BEFORE) + padding_of(s, FO_BEFORE, base);
    f->edge_after = border_of(s, FO_AFTER) + padding_of(s, FO_AFTER, base);
    f->cut_before = retained(s, FO_BEFORE, base);
    f->cut_after = retained(s, FO_AFTER, base);
    f->all_cut_before += f->cut_before;
    f->all_cut_after += f->cut_after;
    f->decorated = s->own.background_color != FO_TRANSPARENT;
    for (int i = 0; i < 4; i++)
        f->decorated |= s->own.border[i].width > 0;
    if (s->own.position == FO_POSITION_RELATIVE) {
        f->shift_x = fo_length_resolve(s->own.left, base, 0);
        if (s->own.left.unit == FO_UNIT_AUTO)
            f->shift_x = -fo_length_resolve(s->own.right, base, 0);
        f->shift_y = fo_length_resolve(s->own.top, base, 0);
        if (s->own.top.unit == FO_UNIT_AUTO)
            f->shift_y = -fo_length_resolve(s->own.bottom, base, 0);
    }
}

/* ---- the properties around every block-level object */

static int32_t greater(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Percentages of margins count from the width of the containing block. */
static struct fo_space space_in(const struct fo_space *s, const struct place *place)
{
    mpt part = mpt_clamp((place->width - place->inset) * s->pct / 100000);
    return (struct fo_space){.min = s->min + part,
                             .opt = s->opt + part,
                             .max = s->max + part,
                             .precedence = s->precedence,
                             .retain = s->retain};
}

static bool is_blank_text(const struct fo_node *n)
{
    if (n->type != FO_TEXT)
        return false;
    const struct fo_inherited *inh = &n->style->inh;
    if ((!inh->white_space_collapse && inh->white_space_treatment == FO_WS_PRESERVE) ||
        inh->linefeed_treatment == FO_LINEFEED_PRESERVE)
        return n->as.text.len == 0;
    return blank_is_all(n->as.text.bytes, n->as.text.len);
}

static bool holds_blocks(const struct fo_node *n)
{
    return n->type == FO_BLOCK || n->type == FO_BLOCK_CONTAINER || n->type == FO_LIST_BLOCK;
}

/* What stands first in a block, markers and white space aside; NULL: nothing. */
static const struct fo_node *first_in(const struct fo_node *n)
{
    const struct fo_node *k = n->child;
    while (k && (k->type == FO_MARKER || is_blank_text(k)))
        k = k->next;
    return k;
}

/* A break before what stands first in a block comes before the block, its border and padding. */
static enum fo_break break_before(const struct fo_node *node)
{
    const struct fo_node *parent = node->parent;
    enum fo_break brk = FO_BREAK_AUTO;
    if (parent && holds_blocks(parent) && first_in(parent) == node)
        return brk;
    for (; node && node->style; node = holds_blocks(node) ? first_in(node) : NULL)
        if (node->style->own.brk.before > brk && !fo_is_inline(node->type))
            brk = node->style->own.brk.before;
    return brk;
}

void block_open(struct vlist *v, const struct fo_node *node, const struct place *place)
{
    const struct fo_own *own = &node->style->own;
    const struct fo_space space = space_in(&own->space_before, place);
    vlist_break(v, break_before(node));
    vlist_keep(v, keep_cost(&own->keep_with_previous));
    vlist_space_before(v, &space);
}

void block_close(struct vlist *v, const struct fo_node *node, const struct place *place)
{
    const struct fo_own *own = &node->style->own;
    const struct fo_space space = space_in(&own->space_after, place);
    vlist_space_after(v, &space);
    vlist_keep(v, keep_cost(&own->keep_with_next));
    vlist_break(v, own->brk.after);
}

/* Objects that may stand in a line and hold blocks as well. */
static bool is_span(const struct fo_node *n)
{
    return n->type == FO_WRAPPER || n->type == FO_INLINE || n->type == FO_BASIC_LINK ||
           n->type == FO_BIDI_OVERRIDE;
}

static bool is_block_level(const struct fo_node *n)
{
    return !fo_is_inline(n->type) && n->type < FO_WRAPPER;
}

/* The first block among the siblings from `n` up to `end`, or in a wrapper or inline there; NULL. */
static const struct fo_node *block_in(const struct fo_node *n, const struct fo_node *end)
{
    for (; n && n != end; n = n->next) {
        const struct fo_node *found = is_block_level(n) ? n
                                      : is_span(n)      ? block_in(n->child, NULL)
                                                        : NULL;
        if (found)
            return found;
    }
    return NULL;
}

/* The frame of a block in its place: indents count from the reference area's sides. */
struct frame *block_frame(struct pass *p, struct vlist *v, const struct fo_node *node,
                          const struct place *place)
{
    const struct fo_style *s = node->style;
    bool leaf = node->type == FO_BLOCK && !block_in(node->child, NULL);
    struct frame *f = frame_new(leaf ? vlist_arena(v, node) : v->arena, place->frame, node);
    mpt start = fo_length_resolve(s->inh.start_indent, place->width, 0);
    mpt end = fo_length_resolve(s->inh.end_indent, place->width, 0);
    mpt left = padding_of(s, FO_START, place->width) + border_of(s, FO_START);
    mpt right = padding_of(s, FO_END, place->width) + border_of(s, FO_END);
    f->x = place->x + start - left;
    f->width = mpt_max(0, place->width - start - end) + left + right;
    frame_edges(f, s, place->width);
    f->tag = place->in_marker ? NULL : tag_of(p, node);
    return f;
}

void frame_begin(struct vlist *v, struct frame *f)
{
    if (f->edge_before || f->decorated)
        vlist_box(v, f, V_EDGE_BEFORE, f->edge_before);
}

void frame_end(struct vlist *v, struct frame *f)
{
    if (f->edge_after || f->decorated)
        vlist_box(v, f, V_EDGE_AFTER, f->edge_after);
}

static void note_id(struct vlist *v, const struct fo_node *node, struct frame *f,
                    const struct place *place)
{
    if (node->id && !place->in_marker)
        vlist_anchor(v, &(struct anchor){.kind = ANCHOR_ID, .node = node, .frame = f});
}

/* Breaks, keeps and space before the node, its frame, id and edge: what is not done again where the
 * layout goes on in the midst of it. */
struct frame *block_begin(struct pass *p, struct vlist *v, const struct fo_node *node,
                          const struct place *place)
{
    bool resumed = resume_of(p, node) != NULL;
    if (!resumed)
        block_open(v, node, place);
    struct frame *f = block_frame(p, v, node, place);
    f->seen = resumed && node->type != FO_BLOCK_CONTAINER; /* which has its border anew */
    v->span += node->style->own.span_all;
    if (!resumed)
        note_id(v, node, f, place);
    if (!f->seen)
        frame_begin(v, f);
    v->span -= node->style->own.span_all;
    return f;
}

/* ---- children */

static bool is_empty_wrapper(const struct fo_node *n)
{
    return n->type == FO_WRAPPER && !n->child;
}

/* What stands after it in lines, so that it does too. */
static const struct fo_node *after_wrappers(const struct fo_node *n)
{
    while (n && (is_empty_wrapper(n) || n->type == FO_MARKER || is_blank_text(n)))
        n = n->next;
    return n;
}

/* Wrappers in a block stand in its lines, elsewhere they take the nature of what is in them, and empty
 * ones of what follows; inlines stand in
 * lines, which blocks in them divide. What a retrieve-marker shows decides whether it stands in a
 * line; nothing does not matter. */
static bool is_inline_here(struct pass *p, struct vlist *v, const struct fo_node *n)
{
    if (n->type == FO_WRAPPER && n->parent->type == FO_BLOCK)
        return true;
    if (is_empty_wrapper(n))
        n = after_wrappers(n);
    if (!n)
        return false;
    if (n->type == FO_WRAPPER)
        return !block_in(n->child, NULL);
    if (n->type == FO_RETRIEVE_MARKER || n->type == FO_RETRIEVE_TABLE_MARKER) {
        const struct fo_node *content = marker_retrieve(p, n, v->arena);
        return !content || !block_in(content->child, NULL);
    }
    return fo_is_inline(n->type);
}

/* Something other than markers, empty wrappers and white space stands among the siblings [from, to). */
static bool has_content(const struct fo_node *from, const struct fo_node *to)
{
    for (; from && from != to; from = from->next)
        if (from->type != FO_MARKER && !is_empty_wrapper(from) && !is_blank_text(from))
            return true;
    return false;
}

/* Nothing stands in `top` before the children of `parent` up to `first`, */
static bool begins(const struct fo_node *top, const struct fo_node *parent,
                   const struct fo_node *first)
{
    for (; parent != top; first = parent, parent = parent->parent)
        if (has_content(parent->child, first))
            return false;
    return !has_content(top->child, first);
}

/* The block in the siblings from `first` on, or after their parent and its parents up to `top`,
 * before the child `end` of that; NULL. */
static const struct fo_node *block_after(const struct inline_run *run,
                                         const struct fo_node *first)
{
    const struct fo_node *parent = run->within, *found = block_in(first, run->end);
    for (; !found && parent != run->block; parent = parent->parent)
        found = block_in(parent->next, run->end);
    return found;
}

static bool is_blank_run(const struct inline_run *run)
{
    if (run->within != run->block)
        return false;
    for (const struct fo_node *k = run->first; k != run->end && k != run->stop; k = k->next)
        if (!is_blank_text(k))
            return false;
    return true;
}

/* Go on in the inline, or its child, at which the lines that are set end. */
static void resume_run(const struct pass *p, struct inline_run *run)
{
    const struct resume *go = resume_of(p, run->block);
    if (go && go->child == run->first)
        run->done = go->done;
    while (run->first && is_span(run->first) && (go = resume_of(p, run->first)) != NULL) {
        run->within = run->first;
        run->first = go->child;
        run->done = go->done;
    }
}

/* The lines of the siblings from `first` up to `end`, and the blocks that stand in inlines there. */
static void inline_run(struct pass *p, struct vlist *v, const struct fo_node *block,
                       const struct fo_node *first, const struct fo_node *end,
                       const struct place *place)
{
    const struct fo_style *s = block->style;
    mpt start = fo_length_resolve(s->inh.start_indent, place->width, 0);
    mpt end_indent = fo_length_resolve(s->inh.end_indent, place->width, 0);
    struct inline_run run = {.block = block,
                             .within = block,
                             .first = first,
                             .end = end,
                             .frame = place->frame,
                             .x = place->x + start,
                             .width = mpt_max(0, place->width - start - end_indent),
                             .keep = place->keep,
                             .place = *place};
    resume_run(p, &run);
    for (;; run.done = 0) {
        run.stop = block_after(&run, run.first);
        run.is_first = begins(block, run.within, run.first);
        if (!is_blank_run(&run))
            para_layout(p, v, &run);
        if (!run.stop)
            break;
        vlist_boundary(v, place->keep);
        block_node(p, v, run.stop, place);
        vlist_boundary(v, place->keep);
        run.within = run.stop->parent;
        run.first = run.stop->next;
    }
}

void block_children(struct pass *p, struct vlist *v, const struct fo_node *parent,
                    const struct place *place)
{
    size_t begun = vlist_count(v);
    const struct resume *go = resume_of(p, parent);
    for (const struct fo_node *k = go ? go->child : parent->child; k && !v->stop;) {
        if (is_blank_text(k)) {
            k = k->next;
            continue;
        }
        if (vlist_count(v) > begun) /* markers take no place: before them is no boundary */
            vlist_boundary(v, place->keep);
        if (is_inline_here(p, v, k)) {
            const struct fo_node *end = k;
            while (end && (is_empty_wrapper(end) || end->type == FO_MARKER ||
                           is_inline_here(p, v, end)))
                end = end->next;
            inline_run(p, v, parent, k, end, place);
            k = end;
        } else {
            block_node(p, v, k, place);
            k = k->next;
        }
    }
}

/* A block with nothing in it still stands between its neighbours: their spaces do not meet, and
 * its identifier and markers have a place. */
static void block(struct pass *p, struct vlist *v, const struct fo_node *node,
                  const struct place *place)
{
    const struct fo_style *s = node->style;
    const struct frame *last = v->last;
    struct frame *f = block_begin(p, v, node, place);
    struct place inner = *place;
    inner.frame = f;
    inner.inset = fo_length_resolve(s->inh.start_indent, place->width, 0) +
                  fo_length_resolve(s->inh.end_indent, place->width, 0);
    inner.keep = greater(place->keep, keep_cost(&s->inh.keep_together));
    v->span += s->own.span_all;
    block_children(p, v, node, &inner);
    if (v->last == last && !v->stop)
        vlist_box(v, f, V_EDGE_BEFORE, 0);
    frame_end(v, f);
    v->span -= s->own.span_all;
    block_close(v, node, place);
}

/* ---- block-containers */

static bool is_definite(const struct fo_length *l)
{
    return l->unit == FO_UNIT_MPT || l->unit == FO_UNIT_SUM || l->unit == FO_UNIT_PERCENT;
}

static mpt size_or(const struct fo_range *r, mpt base, mpt otherwise)
{
    return is_definite(&r->opt) ? fo_length_resolve(r->opt, base, otherwise) : otherwise;
}

/* A height that the content decides. */
#define AS_CONTENT ((mpt)-1)

/* Lay out a container's content in its own coordinates: `width` and `height` [mpt] are its
 * inline- and block-progression-dimension, which turn with it. */
static struct container *container_new(struct pass *p, struct vlist *v,
                                       const struct fo_node *node, mpt width, mpt height)
{
    struct container *k = ARENA_NEW(v->arena, struct container);
    k->node = node;
    k->rotation = ((node->style->inh.reference_orientation % 360) + 360) % 360;
    k->inner_width = width;
    k->inner_height = height;
    struct frame *root = frame_new(v->arena, NULL, node);
    root->width = k->inner_width;
    k->list = vlist_new(v->arena, root);
    struct place inner = {.frame = root, .width = k->inner_width, .height = k->inner_height};
    k->tag = root->tag = tag_of(p, node);
    block_children(p, k->list, node, &inner);
    vlist_finish(k->list);
    k->content = vlist_height(k->list, 0, k->list->len);
    if (k->inner_height == AS_CONTENT)
        k->inner_height = k->content;
    bool turned = k->rotation % 180 != 0;
    k->width = turned ? k->inner_height : k->inner_width;
    k->height = turned ? k->inner_width : k->inner_height;
    return k;
}

/* What left and right, or top and bottom, and the edges leave of a length of the area the container
 * is placed in [mpt]. */
static mpt room_between(const struct fo_length *from, const struct fo_length *to, mpt base,
                        mpt edges)
{
    return mpt_max(0, base - fo_length_resolve(*from, base, 0) -
                          fo_length_resolve(*to, base, 0) - edges);
}

static void absolute_container(struct pass *p, struct vlist *v, const struct fo_node *node,
                               const struct place *place)
{
    const struct fo_style *s = node->style;
    struct frame *f = frame_new(v->arena, NULL, node);
    mpt base = place->width;
    frame_edges(f, s, base);
    mpt sides = border_of(s, FO_START) + border_of(s, FO_END) + padding_of(s, FO_START, base) +
                padding_of(s, FO_END, base);
    mpt across = room_between(&s->own.left, &s->own.right, base, sides);
    mpt down = room_between(&s->own.top, &s->own.bottom, place->height,
                            f->edge_before + f->edge_after);
    bool turned = s->inh.reference_orientation % 180 != 0 && place->height;
    bool bound = turned
                     ? is_definite(&s->own.left) && is_definite(&s->own.right)
                     : is_definite(&s->own.top) && is_definite(&s->own.bottom) && place->height;
    mpt width = size_or(&s->own.inline_size, base, turned ? down : across);
    mpt height = turned ? across : down;
    height = size_or(&s->own.block_size, place->height, bound ? height : AS_CONTENT);
    struct container *k = container_new(p, v, node, width, height);
    f->width = k->width + sides;
    k->frame = f;
    vlist_anchor(v, &(struct anchor){.kind = ANCHOR_ABSOLUTE, .node = node, .container = k});
}

/* A turned container whose length along the lines is given is as wide as there is room, as in other
 * formatters: turned clockwise, its first line stands at the right. */
static void fill_width(struct container *k, mpt width)
{
    k->inner_height = k->width = mpt_max(k->width, width);
}

/* A container whose height is given, or that is turned: a box that does not break. */
static void fixed_container(struct pass *p, struct vlist *v, struct frame *f,
                            const struct place *place)
{
    const struct fo_node *node = f->node;
    const struct fo_style *s = node->style;
    mpt sides = border_of(s, FO_START) + border_of(s, FO_END) +
                padding_of(s, FO_START, place->width) + padding_of(s, FO_END, place->width);
    bool turned = s->inh.reference_orientation % 180 != 0;
    mpt width = size_or(&s->own.inline_size, place->width - place->inset, f->width - sides);
    if (turned && !is_definite(&s->own.inline_size.opt))
        width = place->height ? mpt_max(0, place->height - f->edge_before - f->edge_after)
                              : place->width; /* as high as there is room */
    mpt height = size_or(&s->own.block_size, place->height, AS_CONTENT);
    struct container *k = container_new(p, v, node, width, height);
    if (turned && height == AS_CONTENT && is_definite(&s->own.inline_size.opt))
        fill_width(k, f->width - sides);
    f->width = k->width + sides;
    k->frame = f;
    struct vitem *it = vlist_box(v, f, V_CONTAINER, k->height);
    it->body = k;
    it->notes = notes_in(v->arena, k->list, 0, k->list->len);
}

static void block_container(struct pass *p, struct vlist *v, const struct fo_node *node,
                            const struct place *place)
{
    const struct fo_style *s = node->style;
    if (s->own.position == FO_POSITION_ABSOLUTE || s->own.position == FO_POSITION_FIXED) {
        absolute_container(p, v, node, place);
        return;
    }
    struct frame *f = block_begin(p, v, node, place);
    mpt start = fo_length_resolve(s->inh.start_indent, place->width, 0);
    v->span += s->own.span_all;
    if (is_definite(&s->own.block_size.opt) || s->inh.reference_orientation % 360 != 0) {
        fixed_container(p, v, f, place);
    } else {
        struct place inner = *place;
        mpt left = padding_of(s, FO_START, place->width) + border_of(s, FO_START);
        mpt right = padding_of(s, FO_END, place->width) + border_of(s, FO_END);
        inner.frame = f;
        inner.x = place->x + start;
        inner.width =
            size_or(&s->own.inline_size, place->width - place->inset, f->width - left - right);
        inner.inset = 0;
        f->width = inner.width + left + right;
        inner.keep = greater(place->keep, keep_cost(&s->inh.keep_together));
        block_children(p, v, node, &inner);
    }
    frame_end(v, f);
    v->span -= s->own.span_all;
    block_close(v, node, place);
}

/* ---- the rest */

static void wrapper(struct pass *p, struct vlist *v, const struct fo_node *node,
                    const struct place *place)
{
    const struct frame *last = v->last;
    if (!resume_of(p, node))
        note_id(v, node, place->frame, place);
    block_children(p, v, node, place);
    if (v->last == last && !v->stop)
        vlist_box(v, place->frame, V_EDGE_BEFORE, 0);
}

static void marker(struct vlist *v, const struct fo_node *node, const struct place *place)
{
    if (!place->in_marker)
        vlist_anchor(
            v, &(struct anchor){.kind = ANCHOR_MARKER, .node = node, .frame = place->frame});
}

void block_markers(struct vlist *v, const struct fo_node *parent, const struct place *place,
                   struct frame *f)
{
    struct place own = *place;
    own.frame = f;
    for (const struct fo_node *k = parent->child; k; k = k->next)
        if (k->type == FO_MARKER)
            marker(v, k, &own);
}

static void retrieved(struct pass *p, struct vlist *v, const struct fo_node *node,
                      const struct place *place)
{
    const struct fo_node *content = marker_retrieve(p, node, v->arena);
    if (content)
        block_children(p, v, content, place);
}

/* What spans all columns has the width of all of them. */
static struct place spanning(const struct pass *p, const struct fo_node *node,
                             const struct place *place)
{
    struct place wide = *place;
    bool can = node->type == FO_BLOCK || node->type == FO_BLOCK_CONTAINER;
    if (can && p->run && node->style->own.span_all && node->parent &&
        node->parent->type == FO_FLOW)
        wide.width = p->run->geo.regions[0].width;
    return wide;
}

void block_node(struct pass *p, struct vlist *v, const struct fo_node *node,
                const struct place *around)
{
    const struct place own = spanning(p, node, around), *place = &own;
    REQUIRE(++p->depth < DEPTH_MOST);
    switch (node->type) {
    case FO_BLOCK:
        block(p, v, node, place);
        break;
    case FO_BLOCK_CONTAINER:
        block_container(p, v, node, place);
        break;
    case FO_TABLE:
    case FO_TABLE_AND_CAPTION:
        table_layout(p, v, node, place);
        break;
    case FO_LIST_BLOCK:
        list_block(p, v, node, place);
        break;
    case FO_MARKER:
        marker(v, node, place);
        break;
    case FO_RETRIEVE_MARKER:
    case FO_RETRIEVE_TABLE_MARKER:
        retrieved(p, v, node, place);
        break;
    default:
        wrapper(p, v, node, place);
    }
    p->depth--;
    vlist_unit_done(v);
}
