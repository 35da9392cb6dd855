/* A page-sequence: its flow is laid out into one list, and pages are cut from the list as soon
 * as their breaks are certain, painted and forgotten. */
#include "layout/run.h"

#include <stdlib.h>
#include <string.h>

enum {
    DRAIN_ITEMS = 64,    /* new items before another page is tried */
    PAGES_MOST = 1000000 /* a document longer than this is a fault */
};

static struct pass_state *state(struct page_run *r)
{
    return r->pass->state;
}

const char *page_number_text(struct pass *p)
{
    return p->run ? p->run->label : "1";
}

/* ---- beginning and ending a page */

/* The master for the page at hand; false: there is none. */
static bool choose_master(struct page_run *r, bool last, bool blank)
{
    struct page_query q = {r->page, r->number, last, blank};
    const struct fo_node *master = master_for(r->pass, r->node, &q);
    if (!master)
        return false;
    master_geometry(master, &r->geo);
    return true;
}

static void begin_number(struct page_run *r)
{
    r->label = number_format(r->pass->arena, r->number, r->node->as.page_sequence.format);
}

static const struct fo_node *static_for(const struct page_run *r, const char *region)
{
    for (const struct fo_node *k = r->node->child; k; k = k->next)
        if (k->type == FO_STATIC_CONTENT && k->as.flow.region &&
            strcmp(k->as.flow.region, region) == 0)
            return k;
    return NULL;
}

/* The group that the content of a turned region stands in. */
static struct area *turned_group(struct area_page *page, const struct geometry *g, int i)
{
    struct area *group = area_add(page, AREA_GROUP);
    group->x = g->turned_in[i].x;
    group->y = g->turned_in[i].y;
    group->width = g->turned_in[i].width;
    group->height = g->turned_in[i].height;
    group->line = g->region_nodes[i]->loc.line;
    group->as.group.rotation = g->turn[i];
    return group;
}

/* Content of a static-content in `rect`, displayed as the region says. */
static void paint_static(struct canvas *c, const struct fo_node *content, struct rect rect,
                         const struct fo_style *style)
{
    struct arena *a = arena_new();
    struct frame *root = frame_new(a, NULL, content);
    root->width = rect.width;
    struct vlist *v = vlist_new(a, root);
    struct place place = {
        .frame = root, .width = rect.width, .height = rect.height, .in_marker = true};
    block_children(c->pass, v, content, &place);
    vlist_finish(v);
    mpt height = vlist_height(v, 0, v->len), y = 0;
    if (style && style->inh.display_align == FO_DISPLAY_CENTER)
        y = (rect.height - height) / 2;
    else if (style && style->inh.display_align == FO_DISPLAY_AFTER)
        y = rect.height - height;
    struct canvas in = *c;
    in.x = in.origin_x = rect.x;
    in.origin_y = rect.y;
    in.y = rect.y + mpt_max(y, 0);
    in.width = rect.width;
    in.height = rect.height;
    in.artifact = true;
    in.is_cut = false;
    paint_items(&in, v, 0, v->len - 1);
    vlist_free(v);
    arena_free(a);
}

static void mark_region(struct area *a, enum area_region region)
{
    for (; a; a = a->next) {
        a->region = region;
        if (a->type == AREA_GROUP)
            mark_region(a->as.group.child, region);
    }
}

/* The static-content of the i-th region, its areas marked with where they are. */
static void paint_region(struct canvas *c, const struct fo_node *content,
                         const struct page_run *r, int i)
{
    static const enum area_region regions[] = {AREA_BODY, AREA_HEADER, AREA_FOOTER, AREA_SIDE,
                                               AREA_SIDE};
    struct area *last = c->page->last_child;
    c->group = r->geo.turn[i] ? turned_group(c->page, &r->geo, i) : NULL;
    paint_static(c, content, r->geo.regions[i], r->geo.region_nodes[i]->style);
    mark_region(last ? last->next : c->page->child, regions[i]);
}

/* Backgrounds and borders of the regions: below all else on the page. */
static void paint_region_boxes(struct canvas *c, const struct page_run *r)
{
    for (int i = 0; i < 5; i++) {
        const struct fo_node *region = r->geo.region_nodes[i];
        struct rect rect = r->geo.outer[i];
        if (!region)
            continue;
        struct area *box = paint_box(c, region->style, rect.x, rect.y);
        if (box) {
            box->width = rect.width;
            box->height = rect.height;
        }
    }
}

static void paint_regions(struct canvas *c, struct page_run *r)
{
    for (int i = 1; i < 5; i++) {
        const struct fo_node *region = r->geo.region_nodes[i];
        const struct fo_node *content = region ? static_for(r, region->as.region.name) : NULL;
        if (content)
            paint_region(c, content, r, i);
    }
}

struct area_page *page_new(struct page_run *r, bool blank)
{
    struct arena *a = arena_new();
    struct area_page *page = ARENA_NEW(a, struct area_page);
    page->arena = a;
    page->width = r->geo.width;
    page->height = r->geo.height;
    page->index = r->index;
    page->label = r->label;
    page->sequence = r->sequence;
    page->file = r->node->loc.file;
    page->blank = blank;
    r->body = NULL;
    struct canvas c = page_canvas(r, page);
    paint_region_boxes(&c, r);
    r->body = !blank && r->geo.turn[0] ? turned_group(page, &r->geo, 0) : NULL;
    return page;
}

struct canvas page_canvas(struct page_run *r, struct area_page *page)
{
    struct rect body = r->geo.regions[0];
    return (struct canvas){.pass = r->pass,
                           .page = page,
                           .group = r->body,
                           .x = body.x,
                           .y = body.y,
                           .origin_x = body.x,
                           .origin_y = body.y,
                           .width = body.width,
                           .height = body.height};
}

void page_end(struct page_run *r, struct area_page *page)
{
    struct pass *p = r->pass;
    struct canvas c = page_canvas(r, page);
    if (!page->blank)
        markers_end_page(p);
    if (p->painter) {
        paint_regions(&c, r);
        p->painter->page(p->painter->self, page);
    }
    if (r->node->id)
        ids_note(p, r->node->id);
    arena_free(page->arena);
    r->page++;
    r->index++;
    r->number++;
    state(r)->pages++;
    begin_number(r);
}

static void blank_page(struct page_run *r)
{
    if (choose_master(r, false, true))
        page_end(r, page_new(r, true));
}

/* ---- cutting pages from the list */

/* The height of the body `part` pages after the page at hand, as far as it can be foretold. */
static mpt room_after(void *self, int32_t part)
{
    const struct page_run *r = self;
    struct page_query q = {r->page + part, r->number + part, false, false};
    const struct fo_node *master = part == 0 ? r->geo.master : master_for(r->pass, r->node, &q);
    if (part == 0 || !master || master == r->geo.master)
        return r->room;
    struct geometry g;
    master_geometry(master, &g);
    return g.regions[0].height;
}

static struct brk_params page_params(struct page_run *r)
{
    return (struct brk_params){.items = r->list->items,
                               .stride = sizeof *r->list->items,
                               .count = r->list->len,
                               .room = r->room,
                               .room_of = r->varied ? room_after : NULL,
                               .extra = r->any_notes || r->left_over ? notes_between : NULL,
                               .self = r,
                               .threshold = 1000,
                               .hyphens = true,
                               .force = true,
                               .loose_end = true,
                               .first_item = r->pos,
                               .first_after = r->pos_after};
}

/* What leaves the sheet is lost; what only leaves its region can be read. */
void page_report_overfull(struct page_run *r, size_t from, size_t to, mpt bottom)
{
    mpt edge = r->geo.turn[0] ? r->geo.regions[0].height : r->geo.height;
    int line = 0;
    for (size_t i = from; i < to && !line; i++)
        line = r->list->items[i].line;
    diag_add(r->pass->diag, bottom > edge ? DIAG_ERROR : DIAG_WARNING,
             (struct src_loc){r->node->loc.file, line, 0}, "page-overfull",
             _("what begins here is higher than the page and cannot be broken: it stands out"));
}

static void advance(struct page_run *r, const struct brk_break *br)
{
    struct brk_params bp = page_params(r);
    const struct vitem *it = &r->list->items[br->pos];
    r->pos_after = it->brk.after;
    r->pos_lead = it->lead;
    r->pos = brk_skip(&bp, br->pos);
    if (r->pos < r->list->len && r->list->items[r->pos].brk.kind == BRK_PENALTY)
        r->pos = r->list->len;
}

static bool is_end(const struct page_run *r, const struct brk_break *br, bool complete)
{
    return complete && br->pos + 1 == r->list->len;
}

/* Where what takes `used` of the region-body begins in it (7.14.4). */
static mpt display_offset(const struct page_run *r, mpt used)
{
    mpt room = r->geo.regions[0].height - used;
    enum fo_display_align a =
        r->geo.body ? r->geo.body->style->inh.display_align : FO_DISPLAY_BEFORE;
    if (room <= 0)
        return 0;
    return a == FO_DISPLAY_CENTER ? room / 2 : a == FO_DISPLAY_AFTER ? room : 0;
}

/* Spaces always shrink to fit, and stretch to fill a page or column that no forced break ends,
 * up to their maximum. */
int64_t page_ratio(const struct vitem *end, int64_t ratio)
{
    int64_t most = end->brk.cost == BRK_FORCED ? 0 : 1000;
    return ratio < most ? ratio : most;
}

/* Of items up to the break, when spaces give as it says [mpt]; added up before they are rounded, as
 * the breaker does. */
static mpt part_height(const struct page_run *r, const struct brk_break *br)
{
    const struct vitem *items = r->list->items;
    int64_t ratio = page_ratio(&items[br->pos], br->ratio);
    struct brk_item sum = {.width = r->pos_after + items[br->pos].brk.before};
    for (size_t i = r->pos; i < br->pos; i++) {
        if (items[i].brk.kind == BRK_PENALTY)
            continue;
        sum.width += items[i].brk.width;
        sum.stretch += items[i].brk.stretch;
        sum.shrink += items[i].brk.shrink;
    }
    return canvas_glue(&sum, ratio);
}

/* The notes of the page, below text that ends at `bottom`. They have the room they were given when
 * the page was broken: spaces in list items stretch too, and may take of it. */
static void paint_notes(struct page_run *r, struct canvas *c, const struct brk_break *br,
                        struct note *notes, mpt kept)
{
    struct rect body = r->geo.regions[0];
    kept = mpt_min(kept, r->room - part_height(r, br));
    notes_paint(r, c, notes, mpt_max(kept, body.y + body.height - c->y));
}

static void paint_part(struct page_run *r, struct canvas *c, const struct brk_break *br,
                       bool end)
{
    c->ratio = page_ratio(&r->list->items[br->pos], br->ratio);
    c->is_cut = !end;
    c->y += r->pos_lead;
    c->y = paint_items(c, r->list, r->pos, br->pos);
    if (br->overfull)
        page_report_overfull(r, r->pos, br->pos, c->y);
}

/* Parity a break of this class asks of the next page; a blank page is put in when it differs. */
void page_keep_parity(struct page_run *r, uint8_t break_class)
{
    bool odd = r->number % 2 != 0;
    if ((break_class == FO_BREAK_ODD && !odd) || (break_class == FO_BREAK_EVEN && odd))
        blank_page(r);
}

static void give_up_last(struct page_run *r)
{
    r->as_last = r->only = false;
    r->last_spent = true;
}

/* The page holds all that is left: the master for the last page is tried. Where its columns have
 * another width the content is laid out for them. Where the content is too high for it, the page
 * keeps its master, and a blank last page follows. False: lay out anew first. */
static bool try_last_master(struct page_run *r)
{
    struct geometry now = r->geo;
    if (r->as_last || r->last_spent || !choose_master(r, true, false))
        return true;
    if (r->geo.master == now.master)
        return true;
    if (r->geo.column_width != now.column_width || r->geo.columns != now.columns) {
        r->as_last = true;
        if (r->page > 0)
            resume_begin(r, true);
        else
            resume_all(r);
        return false;
    }
    r->room = r->geo.regions[0].height;
    struct brk_params bp = page_params(r);
    struct brk_break again;
    if (brk_find_first(&bp, true, &again) && is_end(r, &again, true) && !again.overfull)
        return true;
    r->geo = now;
    r->room = r->geo.regions[0].height;
    r->blank_last = true;
    return true;
}

/* Choose the master of the page at hand; false: first the list must be laid out for its width, or
 * more items are needed. */
static bool begin_page(struct page_run *r, bool complete)
{
    if (r->page == 0 && !r->parity_kept) {
        page_keep_parity(r, r->list->items[0].break_class);
        r->parity_kept = true;
    }
    if (!choose_master(r, r->as_last, false))
        return false;
    if (r->geo.column_width == r->list_width || r->last_spent)
        return true;
    return resume_begin(r, complete) && !r->restart;
}

/* One page. False: more items are needed first, or the rest is laid out anew. */
static bool make_page(struct page_run *r, bool complete)
{
    struct brk_break br;
    if (!begin_page(r, complete))
        return false;
    if (r->geo.columns > 1) {
        if (complete)
            column_page(r);
        return complete;
    }
    column_forget(r);
    r->room = r->geo.regions[0].height;
    struct brk_params bp = page_params(r);
    if (!brk_find_first(&bp, complete, &br))
        return false;
    bool end = is_end(r, &br, complete);
    if (r->only && !end) { /* it is not the only page */
        give_up_last(r);
        r->last_spent = false;
        if (choose_master(r, false, false))
            resume_all(r);
        return false;
    }
    if (end && !try_last_master(r))
        return !r->restart && make_page(r, complete); /* a begun table is laid out as it is */
    if (r->as_last && !end)
        give_up_last(r);
    struct area_page *page = page_new(r, false);
    struct canvas c = page_canvas(r, page);
    struct brk_part part = {r->pos, br.pos, r->room};
    int64_t demerits;
    mpt kept = r->any_notes || r->left_over ? notes_between(r, &part, &demerits) : 0;
    struct note *notes = notes_gather(r, r->pos, br.pos);
    c.y += display_offset(r, part_height(r, &br) + kept);
    paint_part(r, &c, &br, end);
    if (notes)
        paint_notes(r, &c, &br, notes, kept);
    uint8_t break_class = r->list->items[br.pos].break_class;
    advance(r, &br);
    r->next = r->pos < r->list->len ? r->list->items[r->pos].frame : NULL;
    page_end(r, page);
    if (!end)
        page_keep_parity(r, break_class);
    return true;
}

/* Forget the items that are on pages, and with the pages of the last pass what they were made of,
 * except the piece right before: the next row looks at the borders of the row above. A note that goes
 * on on the next page lives where its text lives. */
static void drop_done(struct page_run *r)
{
    struct vlist *v = r->list;
    if (r->pos < 256 || r->pos > v->len || r->stretch || r->left_over)
        return;
    uint32_t piece = vlist_drop(v, r->pos);
    r->pos = 0;
    if (r->pass->painter && piece > 1)
        fo_release(r->pass->doc, piece - 1);
}

static void make_pages(struct page_run *r, bool complete)
{
    while (r->pos < r->list->len && state(r)->pages < PAGES_MOST) {
        if (!make_page(r, complete))
            return;
        drop_done(r);
    }
    if (complete && r->blank_last && choose_master(r, true, true))
        page_end(r, page_new(r, true));
    while (complete && r->left_over && choose_master(r, false, false)) {
        struct area_page *page = page_new(r, false);
        struct canvas c = page_canvas(r, page);
        notes_paint(r, &c, r->left_over, r->geo.regions[0].height);
        page_end(r, page);
    }
}

static void drain(void *self)
{
    struct page_run *r = self;
    for (size_t i = r->seen; i < r->list->len; i++)
        r->any_notes |= r->list->items[i].notes != NULL;
    r->seen = r->list->len;
    if (r->geo.columns > 1 || r->only || r->list->len < r->pos + r->wait)
        return;
    size_t had = r->list->len - r->pos;
    make_pages(r, false);
    size_t now = r->list->len - r->pos;
    r->wait = now == had ? had + had / 2 : now + DRAIN_ITEMS;
    r->seen = r->list->len;
}

/* ---- numbers and parity of sequences */

static void first_number(struct page_run *r)
{
    const struct fo_as_page_sequence *s = &r->node->as.page_sequence;
    int32_t next = state(r)->next_number;
    if (s->initial > 0)
        next = s->initial;
    else if (s->initial == FO_INITIAL_AUTO_ODD)
        next += next % 2 == 0;
    else if (s->initial == FO_INITIAL_AUTO_EVEN)
        next += next % 2 != 0;
    r->number = r->first_number = next;
}

static const struct fo_node *next_sequence(const struct fo_node *n)
{
    for (n = n->next; n; n = n->next)
        if (n->type == FO_PAGE_SEQUENCE)
            return n;
    return NULL;
}

/* Whether a blank page must follow (force-page-count, 7.27.2). */
static bool needs_blank(const struct page_run *r)
{
    int32_t count = r->number - r->first_number, last = r->number - 1;
    const struct fo_node *next = next_sequence(r->node);
    int32_t initial = next ? next->as.page_sequence.initial : FO_INITIAL_AUTO;
    switch (r->node->as.page_sequence.force) {
    case FO_FORCE_EVEN:
        return count % 2 != 0;
    case FO_FORCE_ODD:
        return count % 2 == 0;
    case FO_FORCE_END_ON_EVEN:
        return last % 2 != 0;
    case FO_FORCE_END_ON_ODD:
        return last % 2 == 0;
    case FO_FORCE_NO:
        return false;
    case FO_FORCE_AUTO:
        break;
    }
    if (!next || initial == FO_INITIAL_AUTO)
        return false;
    bool next_odd = initial == FO_INITIAL_AUTO_ODD || (initial > 0 && initial % 2 != 0);
    return next_odd == (last % 2 != 0);
}

static const struct fo_node *flow_of(const struct fo_node *sequence)
{
    for (const struct fo_node *k = sequence->child; k; k = k->next)
        if (k->type == FO_FLOW)
            return k;
    return NULL;
}

static struct frame *flow_frame(struct page_run *r)
{
    struct frame *root = frame_new(r->arena, NULL, r->flow);
    root->width = r->list_width;
    root->tag = tag_of(r->pass, r->flow);
    return root;
}

static void note_sequence(struct page_run *r)
{
    if (r->node->id)
        vlist_anchor(r->list, &(struct anchor){
                                  .kind = ANCHOR_ID, .node = r->node, .frame = r->list->root});
}

/* The flow, or what is left of it, into the list; pages are made on the way. */
static void lay_flow(struct page_run *r)
{
    struct place place = {
        .frame = r->list->root, .width = r->list_width, .height = r->geo.regions[0].height};
    r->wait = DRAIN_ITEMS;
    const struct fo_node *separator = static_for(r, "xsl-footnote-separator");
    if (separator)
        notes_separator(r, separator);
    if (!r->list->fresh)
        note_sequence(r);
    block_children(r->pass, r->list, r->flow, &place);
    if (r->list->stop)
        return;
    if (!r->list->has_box)
        vlist_box(r->list, r->list->root, V_EMPTY, 0);
    vlist_finish(r->list);
    for (size_t i = r->seen; i < r->list->len; i++)
        r->any_notes |= r->list->items[i].notes != NULL;
    make_pages(r, true);
}

/* Layouts of the same page, in the masters that may fit it, come to an end. */
enum { RESTARTS_MOST = 4 };

static void set_flow(struct page_run *r)
{
    int32_t page = -1, tries = 0;
    r->list_width = r->geo.column_width;
    r->list = vlist_new(r->arena, flow_frame(r));
    r->list->drain = drain;
    r->list->drain_self = r;
    for (;;) {
        lay_flow(r);
        if (!r->restart)
            break;
        tries = page == r->page ? tries + 1 : 0;
        page = r->page;
        REQUIRE(tries < RESTARTS_MOST);
        column_forget(r);
        resume_cut(r, flow_frame(r));
    }
    column_forget(r);
}

void page_sequence(struct pass *p, const struct fo_node *node)
{
    struct page_run r = {
        .pass = p, .node = node, .flow = flow_of(node), .varied = master_heights_vary(p, node)};
    if (!r.flow)
        return;
    r.arena = arena_new();
    r.sequence = state(&r)->sequences++;
    r.index = state(&r)->pages;
    first_number(&r);
    begin_number(&r);
    p->run = &r;
    r.only = r.as_last = master_is_for_only_page(p, node);
    if (!choose_master(&r, r.as_last, false)) {
        diag_add(p->diag, DIAG_ERROR, node->loc, "master-missing",
                 _("no page master fits page %d of this page-sequence: it is not set"), 1);
        state(&r)->failed = true;
    } else {
        set_flow(&r);
        if (needs_blank(&r))
            blank_page(&r);
        state(&r)->next_number = r.number;
        vlist_free(r.list);
        free(r.resume.items);
    }
    p->run = NULL;
    arena_free(r.arena);
}
