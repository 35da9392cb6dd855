/* Vertical lists: boxes, and between them what spaces, keeps and breaks come to.
 *
 * Between two boxes stands one penalty, where a page may end, and one glue, the resolved
 * space. The glue comes after the penalty, so that a break drops it; what .conditionality
 * retains at either side of a break is in the penalty (its `before` and `lead`). */
#include "layout/model.h"

#include <stdlib.h>
#include <string.h>

/* Content of the flow is freed in pieces of this size: a few pages of a table, and a little less
 * than four blocks of an arena. */
enum { CHUNK = 220 * 1024 };

struct vlist *vlist_new(struct arena *a, struct frame *root)
{
    struct vlist *v = ARENA_NEW(a, struct vlist);
    v->arena = a;
    v->root = root;
    v->last = root;
    return v;
}

void vlist_free(struct vlist *v)
{
    if (!v)
        return;
    if (v->cap)
        free(v->items);
    v->items = NULL;
    v->len = v->cap = 0;
    for (size_t i = 0; i < v->chunks.len; i++)
        arena_free(v->chunks.items[i].arena);
    free(v->chunks.items);
}

struct arena *vlist_arena(struct vlist *v, const struct fo_node *node)
{
    if (!v->drain)
        return v->arena;
    if (!v->chunks.len || v->chunks.items[v->chunks.len - 1].end != SIZE_MAX) {
        struct chunk next = {arena_new(), SIZE_MAX, node->piece};
        VEC_PUSH(&v->chunks, next);
    }
    return v->chunks.items[v->chunks.len - 1].arena;
}

void vlist_unit_done(struct vlist *v)
{
    if (!v->drain || v->stop)
        return;
    struct chunk *last = v->chunks.len ? &v->chunks.items[v->chunks.len - 1] : NULL;
    if (last && last->end == SIZE_MAX && arena_used(last->arena) >= CHUNK)
        last->end = v->dropped + v->len;
    v->drain(v->drain_self);
}

uint32_t vlist_drop(struct vlist *v, size_t to)
{
    memmove(v->items, v->items + to, (v->len - to) * sizeof *v->items);
    v->len -= to;
    v->dropped += to;
    size_t done = 0;
    while (done < v->chunks.len && v->chunks.items[done].end <= v->dropped)
        arena_free(v->chunks.items[done++].arena);
    if (!done)
        return 0;
    v->chunks.len -= done;
    memmove(v->chunks.items, v->chunks.items + done, v->chunks.len * sizeof *v->chunks.items);
    return v->chunks.len ? v->chunks.items[0].piece : 0;
}

/* The space-specifiers resolved into one (4.3.1). */
static struct fo_space resolve_spaces(const struct fo_space *s, int count)
{
    struct fo_space sum = {.retain = true};
    int16_t top = INT16_MIN;
    for (int i = 0; i < count; i++)
        if (s[i].precedence > top)
            top = s[i].precedence;
    mpt least = 0, most = 0, opt = 0;
    bool any = false;
    for (int i = 0; i < count; i++) {
        if (s[i].precedence != top)
            continue;
        if (top == INT16_MAX) {
            sum.min += s[i].min;
            sum.opt += s[i].opt;
            sum.max += s[i].max;
        } else if (!any || s[i].opt > opt) {
            opt = s[i].opt;
            least = s[i].min;
            most = s[i].max;
        } else if (s[i].opt == opt) {
            least = mpt_max(least, s[i].min);
            most = mpt_min(most, s[i].max);
        }
        any = true;
    }
    if (top == INT16_MAX)
        return sum;
    return (struct fo_space){
        .min = least, .opt = opt, .max = mpt_max(most, opt), .precedence = top, .retain = true};
}

static void add_space(struct fo_space *to, int *count, const struct fo_space *s)
{
    if (s->opt == 0 && s->max == 0 && s->min == 0)
        return;
    if (*count == 8) { /* deeper nests than this are resolved early */
        to[0] = resolve_spaces(to, 8);
        *count = 1;
    }
    to[(*count)++] = *s;
}

void vlist_space_after(struct vlist *v, const struct fo_space *s)
{
    add_space(v->pend.left, &v->pend.left_count, s);
}

void vlist_space_before(struct vlist *v, const struct fo_space *s)
{
    add_space(v->pend.right, &v->pend.right_count, s);
}

void vlist_boundary(struct vlist *v, int32_t cost)
{
    if (!v->has_box)
        return;
    v->pend.boundary = true;
    vlist_keep(v, cost);
}

void vlist_keep(struct vlist *v, int32_t cost)
{
    if (cost > v->pend.cost)
        v->pend.cost = cost;
}

void vlist_break(struct vlist *v, enum fo_break brk)
{
    if (brk > v->pend.brk)
        v->pend.brk = brk;
}

void vlist_anchor(struct vlist *v, const struct anchor *anchor)
{
    struct anchor *copy = arena_copy(v->arena, anchor, sizeof *anchor);
    copy->next = NULL;
    if (!v->pend.anchors)
        v->pend.last_anchor = &v->pend.anchors;
    *v->pend.last_anchor = copy;
    v->pend.last_anchor = &copy->next;
}

/* At the edge of a reference area conditional spaces vanish, from the outermost inwards up to
 * the first that is retained (4.3.1, rule 1). */
static struct fo_space resolve_at_edge(const struct fo_space *s, int count, bool from_end)
{
    int from = 0;
    if (from_end) {
        while (count > 0 && !s[count - 1].retain)
            count--;
    } else {
        while (from < count && !s[from].retain)
            from++;
    }
    return resolve_spaces(s + from, count - from);
}

static struct vitem *push(struct vlist *v)
{
    static const struct vitem none = {.kind = V_NONE};
    VEC_PUSH(v, none);
    return &v->items[v->len - 1];
}

static struct frame *common_frame(struct frame *a, struct frame *b)
{
    while (a && b && a != b) {
        if (a->depth > b->depth)
            a = a->parent;
        else if (b->depth > a->depth)
            b = b->parent;
        else {
            a = a->parent;
            b = b->parent;
        }
    }
    return a == b ? a : NULL;
}

static void push_glue(struct vlist *v, struct frame *f, struct fo_space s)
{
    if (s.opt == 0 && s.max == 0 && s.min == 0)
        return;
    struct vitem *it = push(v);
    it->brk.kind = BRK_GLUE;
    it->brk.width = s.opt;
    it->brk.stretch = mpt_max(0, s.max - s.opt);
    it->brk.shrink = mpt_max(0, s.opt - s.min);
    it->frame = f;
}

/* A forced break after nothing but one empty block makes no page for it alone. */
static void push_penalty(struct vlist *v, struct frame *f)
{
    struct vitem *it = push(v);
    it->brk.kind = BRK_PENALTY;
    it->brk.cost = v->pend.boundary ? v->pend.cost : BRK_LAST_RESORT;
    it->frame = f;
    if (v->pend.brk > FO_BREAK_PAGE || (v->pend.brk != FO_BREAK_AUTO && v->solid > 1)) {
        it->brk.cost = BRK_FORCED;
        it->break_class = (uint8_t)v->pend.brk;
    }
    if (v->pend.brk != FO_BREAK_AUTO)
        v->solid = 0;
    struct fo_space left = resolve_at_edge(v->pend.left, v->pend.left_count, true);
    struct fo_space right = resolve_at_edge(v->pend.right, v->pend.right_count, false);
    it->lead = right.opt;
    it->brk.before = left.opt + (f ? f->all_cut_after : 0) + v->pend.extra_before;
    it->brk.after = right.opt + (f ? f->all_cut_before : 0) + v->pend.extra_after;
}

/* Turn what is pending between the last box and one in `next` into items. */
static void flush(struct vlist *v, struct frame *next)
{
    struct frame *f = common_frame(v->last, next);
    if (v->fresh) {
        v->fresh = false;
    } else if (v->has_box) {
        push_penalty(v, f);
        struct fo_space all[16];
        int n = v->pend.left_count, m = v->pend.right_count;
        memcpy(all, v->pend.left, sizeof all[0] * (size_t)n);
        memcpy(all + n, v->pend.right, sizeof all[0] * (size_t)m);
        push_glue(v, f, resolve_spaces(all, n + m));
    } else {
        push_glue(v, f, resolve_at_edge(v->pend.right, v->pend.right_count, false));
    }
    v->pend.left_count = v->pend.right_count = 0;
    v->pend.boundary = false;
    v->pend.cost = 0;
    v->pend.extra_before = v->pend.extra_after = 0;
    v->pend.brk = FO_BREAK_AUTO;
}

struct vitem *vlist_box(struct vlist *v, struct frame *frame, enum vkind kind, mpt height)
{
    enum fo_break first = v->has_box ? FO_BREAK_AUTO : v->pend.brk;
    if (!v->has_box)
        v->keep_before = v->pend.cost;
    flush(v, frame);
    struct vitem *it = push(v);
    it->brk.kind = BRK_BOX;
    it->brk.width = height;
    it->kind = kind;
    it->frame = frame;
    it->break_class = (uint8_t)first; /* a break before the first box: the page's parity */
    it->span_all = v->span > 0;
    it->anchors = v->pend.anchors;
    it->line = frame && frame->node ? frame->node->loc.line : 0;
    v->pend.anchors = NULL;
    v->last = frame;
    v->has_box = true;
    v->solid += height > 0 || kind == V_LINE || kind == V_CONTAINER ? 2 : 1;
    return it;
}

/* A list that is complete lives in its arena. */
static void seal(struct vlist *v)
{
    struct vitem *items = v->items;
    v->items = arena_copy(v->arena, items, v->len * sizeof *items);
    v->cap = 0;
    free(items);
}

void vlist_finish(struct vlist *v)
{
    if (v->pend.anchors)
        vlist_box(v, v->last, V_EMPTY, 0);
    v->keep_after = v->pend.cost;
    struct fo_space left = resolve_at_edge(v->pend.left, v->pend.left_count, true);
    push_glue(v, v->root, left);
    struct vitem *it = push(v);
    it->brk.kind = BRK_PENALTY;
    it->brk.cost = BRK_FORCED;
    it->break_class = (uint8_t)v->pend.brk;
    it->frame = v->root;
    v->pend.left_count = v->pend.right_count = 0;
    if (!v->drain)
        seal(v);
}

size_t vlist_count(const struct vlist *v)
{
    return v->dropped + v->len;
}

size_t vlist_next_box(const struct vitem *items, size_t i, size_t count)
{
    while (i < count && items[i].brk.kind != BRK_BOX)
        i++;
    return i;
}

mpt vlist_height(const struct vlist *v, size_t from, size_t to)
{
    mpt sum = 0;
    for (size_t i = from; i < to; i++)
        if (v->items[i].brk.kind != BRK_PENALTY)
            sum += v->items[i].brk.width;
    return sum;
}

int32_t keep_cost(const struct fo_keep *k)
{
    int32_t strength = k->page > k->column ? k->page : k->column;
    if (strength == FO_KEEP_ALWAYS)
        return BRK_KEEP_ALWAYS;
    if (strength <= 0)
        return 0;
    return BRK_KEEP + (strength < 99 ? strength : 99);
}
