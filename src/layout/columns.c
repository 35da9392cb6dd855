/* Pages of several columns: stretches that span all columns alternate with stretches that run
 * through them; before a spanning block the columns above are balanced (7.21.4). */
#include "layout/run.h"

#include <stdlib.h>
#include <string.h>

/* A stretch of items set in one number of columns, ended by a forced break of its own. */
struct stretch {
    struct vlist list;
    size_t from, to; /* in the flow's list; `to` is the first item after it */
    bool span;
    bool last;
    uint8_t break_class; /* of a forced break after it */
    mpt after, lead;     /* of the break before its first item on the next page */
};

/* The stretch that begins at item `from`: boxes that all span, or none of which does. */
static struct stretch *stretch_at(const struct vlist *v, size_t from)
{
    struct stretch s = {.from = vlist_next_box(v->items, from, v->len)};
    size_t i = s.from;
    s.span = i < v->len && v->items[i].span_all;
    size_t end = i;
    while (i < v->len && v->items[i].span_all == s.span) {
        end = i + 1;
        i = vlist_next_box(v->items, i + 1, v->len);
    }
    s.to = i < v->len ? i : v->len;
    s.last = s.to == v->len;
    if (s.last)
        end = v->len - 1;
    s.list = *v;
    s.list.len = end - s.from + 1;
    s.list.items = mem_alloc(s.list.len * sizeof *v->items);
    memcpy(s.list.items, v->items + s.from, (end - s.from) * sizeof *v->items);
    struct vitem stop = {.brk = {.kind = BRK_PENALTY, .cost = BRK_FORCED}, .frame = v->root};
    if (s.last)
        stop = v->items[v->len - 1];
    s.list.items[s.list.len - 1] = stop;
    for (i = end; i < s.to && !s.last; i++)
        if (v->items[i].brk.kind == BRK_PENALTY)
            s.break_class = v->items[i].break_class;
    struct stretch *copy = mem_alloc(sizeof *copy);
    memcpy(copy, &s, sizeof s);
    return copy;
}

void column_forget(struct page_run *r)
{
    if (r->stretch)
        free(r->stretch->list.items);
    free(r->stretch);
    r->stretch = NULL;
    r->stretch_pos = 0;
}

static bool find(const struct stretch *s, size_t pos, mpt after, mpt room, struct brk_break *br)
{
    struct brk_params bp = {.items = s->list.items,
                            .stride = sizeof *s->list.items,
                            .count = s->list.len,
                            .room = room,
                            .threshold = 1000,
                            .hyphens = true,
                            .force = true,
                            .loose_end = true,
                            .first_item = pos,
                            .first_after = after};
    return brk_find_first(&bp, true, br);
}

static size_t after_break(const struct stretch *s, size_t pos)
{
    struct brk_params bp = {
        .items = s->list.items, .stride = sizeof *s->list.items, .count = s->list.len};
    size_t next = brk_skip(&bp, pos);
    if (next < s->list.len && s->list.items[next].brk.kind == BRK_PENALTY)
        next = s->list.len;
    return next;
}

struct column_page {
    struct page_run *run;
    struct area_page *page;
    mpt y; /* where the next stretch begins */
    bool any;
};

static mpt bottom_of(const struct page_run *r)
{
    return r->geo.regions[0].y + r->geo.regions[0].height;
}

static void finish_page(struct column_page *cp)
{
    struct canvas c = page_canvas(cp->run, cp->page);
    struct note *notes = cp->run->left_over;
    if (notes)
        notes_paint(cp->run, &c, notes, cp->run->geo.regions[0].height);
    page_end(cp->run, cp->page);
    cp->page = NULL;
}

/* One column of the stretch; the y below it. */
static mpt one_column(struct column_page *cp, struct stretch *s, mpt room,
                      const struct brk_break *fixed)
{
    struct page_run *r = cp->run;
    struct brk_break br;
    size_t pos = r->stretch_pos;
    if (fixed)
        br = *fixed;
    else if (!find(s, pos, s->after, room, &br))
        return cp->y;
    const struct vitem *it = &s->list.items[br.pos];
    struct canvas c = page_canvas(r, cp->page);
    c.x = r->column_x;
    c.y = cp->y + s->lead;
    c.is_cut = br.pos + 1 < s->list.len;
    c.ratio = fixed ? br.ratio : page_ratio(it, br.ratio);
    mpt y = paint_items(&c, &s->list, pos, br.pos);
    if (br.overfull)
        page_report_overfull(r, s->from + pos, s->from + br.pos, y);
    for (size_t i = pos; i < br.pos; i++)
        if (s->list.items[i].notes) {
            struct note **last = &r->left_over;
            while (*last)
                last = &(*last)->next;
            *last = s->list.items[i].notes;
        }
    s->after = it->brk.after;
    s->lead = it->lead;
    r->column_break = it->brk.cost == BRK_FORCED ? it->break_class : FO_BREAK_AUTO;
    r->stretch_pos = after_break(s, br.pos);
    return y;
}

/* Height of the footnotes that the columns of this page refer to, the left-over included, when
 * they are `room` high. */
static mpt notes_of_page(const struct column_page *cp, const struct stretch *s, size_t pos,
                         mpt after, mpt room)
{
    struct brk_break br;
    mpt sum = notes_height(cp->run->left_over);
    int32_t columns = s->span ? 1 : cp->run->geo.columns;
    for (int32_t k = 0; k < columns && pos < s->list.len; k++) {
        if (!find(s, pos, after, room, &br))
            break;
        for (size_t i = pos; i < br.pos; i++)
            sum += notes_height(s->list.items[i].notes);
        after = s->list.items[br.pos].brk.after;
        pos = after_break(s, br.pos);
        if (s->list.items[br.pos].break_class > FO_BREAK_COLUMN)
            break;
    }
    return sum ? sum + cp->run->separator_height : 0;
}

/* The room the columns have above the footnotes: less is tried until what they refer to fits
 * below. Notes never take more than half of it. */
static mpt room_above_notes(const struct column_page *cp, const struct stretch *s, size_t pos,
                            mpt after, mpt room)
{
    mpt reserved = 0;
    for (int tries = 0; tries < 8; tries++) {
        mpt notes = mpt_min(notes_of_page(cp, s, pos, after, room - reserved), room / 2);
        if (notes <= reserved)
            break;
        reserved = notes;
    }
    return room - reserved;
}

/* As much of the stretch as the page has room for. True: the page is full. */
static bool set_stretch(struct column_page *cp, struct stretch *s)
{
    struct page_run *r = cp->run;
    size_t pos = r->stretch_pos;
    mpt room = bottom_of(r) - cp->y, lowest = cp->y;
    room = room_above_notes(cp, s, pos, s->after, room);
    struct brk_break first;
    if (cp->y > r->geo.regions[0].y && find(s, pos, s->after, room, &first) &&
        (first.overfull || s->list.items[first.pos].brk.cost >= BRK_NEVER))
        return true; /* not even its first lines fit below what is above */
    int32_t columns = s->span ? 1 : r->geo.columns;
    struct brk_break *even = NULL;
    size_t count = 0;
    if (!s->span && !s->last) {
        struct balance b = {pos, s->list.len, s->after, room, columns};
        even = mem_alloc((size_t)columns * sizeof *even);
        count = balance_columns(s->list.items, &b, even);
    }
    bool stop = false;
    for (int32_t k = 0; k < columns && r->stretch_pos < s->list.len && !stop; k++) {
        r->column_x = r->geo.regions[0].x + k * (r->geo.column_width + r->geo.column_gap);
        lowest = mpt_max(lowest, one_column(cp, s, room, count ? &even[k] : NULL));
        stop = r->column_break > FO_BREAK_COLUMN;
    }
    free(even);
    cp->y = lowest;
    return r->stretch_pos < s->list.len;
}

/* The stretch at hand; NULL: there is no more. */
static struct stretch *stretch_of(struct page_run *r)
{
    if (r->stretch || vlist_next_box(r->list->items, r->pos, r->list->len) >= r->list->len)
        return r->stretch;
    r->stretch = stretch_at(r->list, r->pos);
    r->stretch->after = r->pos_after;
    r->stretch->lead = r->pos_lead;
    r->pos_after = r->pos_lead = 0;
    return r->stretch;
}

/* The list as far as the page got. */
static void note_position(struct page_run *r)
{
    const struct stretch *s = r->stretch;
    if (s) {
        r->pos = s->from + r->stretch_pos;
        r->pos_after = s->after;
        r->pos_lead = s->lead;
    } else {
        r->pos_after = r->pos_lead = 0;
    }
    r->next = r->pos < r->list->len ? r->list->items[r->pos].frame : NULL;
}

void column_page(struct page_run *r)
{
    struct column_page cp = {.run = r, .page = page_new(r, false), .y = r->geo.regions[0].y};
    bool full = false;
    r->column_break = FO_BREAK_AUTO;
    for (struct stretch *s = stretch_of(r); s && !full; s = full ? s : stretch_of(r)) {
        full = set_stretch(&cp, s);
        if (full)
            break;
        r->pos = s->to;
        r->column_break = s->break_class;
        full = s->break_class > FO_BREAK_COLUMN;
        column_forget(r);
    }
    uint8_t parity = r->column_break;
    note_position(r);
    finish_page(&cp);
    r->next = NULL;
    if (r->pos < r->list->len)
        page_keep_parity(r, parity);
}
