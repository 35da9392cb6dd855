/* Footnotes: how much of them stands on a page, and their painting at its foot (6.12.3).
 *
 * Model. The breaker asks for every part it tries how high the notes are that its text refers to.
 * All of them stand on the page if there is room; else those that came before the last place where
 * the page could have ended, and as much of the newer ones as fits, whole notes and then a piece of
 * the next. What is left waits for the next page, which may end as soon as it can. Pages that put
 * notes off or split one cost more, as in the formatter whose pages ours shall equal. */
#include "layout/run.h"

enum { SPLIT_DEMERITS = 5000 * 1000, DEFERRED_DEMERITS = 10000 * 1000 /* in 1/1000 */ };

mpt notes_height(const struct note *n)
{
    mpt sum = 0;
    for (; n; n = n->next)
        sum += n->height;
    return sum;
}

/* Where the note is cut for what fits into `room` to be above, and the height of that; keeps and
 * widows in it are respected. */
static size_t cut_of(const struct note *n, mpt room, mpt *height)
{
    mpt sum = 0;
    size_t at = n->from;
    *height = 0;
    for (size_t i = n->from; i + 1 < n->body->len; i++) {
        const struct brk_item *it = &n->body->items[i].brk;
        if (it->kind != BRK_PENALTY) {
            sum += it->width;
        } else if (it->cost < BRK_NEVER) {
            if (sum > room)
                break;
            at = i;
            *height = sum;
        }
    }
    return at;
}

/* Height of the first piece of a note that can stand alone on a page. */
static mpt first_piece(const struct note *n)
{
    mpt sum = 0;
    for (size_t i = n->from; i + 1 < n->body->len; i++) {
        const struct brk_item *it = &n->body->items[i].brk;
        if (it->kind == BRK_PENALTY && it->cost < BRK_NEVER && sum > 0)
            break;
        if (it->kind != BRK_PENALTY)
            sum += it->width;
    }
    return sum;
}

/* ---- while pages are broken */

static mpt added_by_break_before(const struct page_run *r, size_t from)
{
    if (from == r->pos)
        return r->pos_after;
    while (from-- > 0)
        if (r->list->items[from].brk.kind == BRK_PENALTY)
            return r->list->items[from].brk.after;
    return 0;
}

/* Notes being put into what is left of a page. */
struct filling {
    mpt room, placed;
    bool full;
    int64_t demerits;
};

static void fill(struct filling *f, const struct note *n)
{
    for (; n; n = n->next) {
        mpt part = 0;
        if (!f->full && n->height <= f->room - f->placed) {
            f->placed += n->height;
            continue;
        }
        if (!f->full)
            cut_of(n, f->room - f->placed, &part);
        f->placed += part;
        f->full = true;
        f->demerits += part ? SPLIT_DEMERITS : DEFERRED_DEMERITS;
    }
}

/* As much as fits into `room` of the notes of items [from, to], and of those left over. */
static struct filling fill_from(const struct page_run *r, const struct note *left_over,
                                size_t from, size_t to, mpt room)
{
    struct filling f = {.room = room};
    fill(&f, left_over);
    for (size_t i = from; i <= to; i++)
        fill(&f, r->list->items[i].notes);
    return f;
}

mpt notes_between(void *self, const struct brk_part *part, int64_t *demerits)
{
    const struct page_run *r = self;
    const struct note *left_over = part->from == r->pos ? r->left_over : NULL;
    mpt notes = notes_height(left_over), text = added_by_break_before(r, part->from), old = 0;
    size_t fresh = part->from; /* notes from this item on may be split or put off */
    for (size_t i = part->from; i < part->to; i++) {
        const struct vitem *it = &r->list->items[i];
        if (it->brk.kind != BRK_PENALTY) {
            text += it->brk.width;
            notes += notes_height(it->notes);
        } else if (it->brk.cost < BRK_NEVER) {
            old = notes;
            left_over = NULL;
            fresh = i + 1;
        }
    }
    mpt room = part->room - text - r->list->items[part->to].brk.before - r->separator_height;
    if (notes > room && notes > old && room > old) {
        struct filling f = fill_from(r, left_over, fresh, part->to, room - old);
        if (f.placed > 0) {
            *demerits += f.demerits;
            return old + f.placed + r->separator_height;
        }
    }
    return notes ? notes + r->separator_height : 0;
}

/* ---- while pages are made */

void notes_separator(struct page_run *r, const struct fo_node *content)
{
    struct frame *root = frame_new(r->arena, NULL, content);
    root->width = r->geo.regions[0].width;
    r->separator = vlist_new(r->arena, root);
    struct place place = {.frame = root, .width = root->width, .in_marker = true};
    block_children(r->pass, r->separator, content, &place);
    vlist_finish(r->separator);
    r->separator_height = vlist_height(r->separator, 0, r->separator->len);
}

static void paint_note(struct canvas *c, const struct note *n, size_t to)
{
    c->is_cut = to + 1 < n->body->len;
    c->y = paint_items(c, n->body, n->from, to);
}

static void report_tall_note(const struct page_run *r, const struct note *n)
{
    struct src_loc loc = n->body->root->node->loc;
    diag_add(r->pass->diag, DIAG_ERROR, loc, "page-overfull",
             _("what begins here is higher than the page and cannot be broken: it stands out"));
}

/* What notes_paint will paint of the notes in `room`. */
static mpt height_on_page(const struct note *notes, mpt room)
{
    struct filling f = {.room = room};
    fill(&f, notes);
    return f.placed;
}

/* Paint the note as far as there is room for it; false: some of it is left. */
static bool paint_in(struct canvas *c, struct note *n, mpt room)
{
    mpt part;
    if (n->height <= room) {
        paint_note(c, n, n->body->len - 1);
        return true;
    }
    size_t at = cut_of(n, room, &part);
    if (at > n->from) {
        paint_note(c, n, at);
        n->from = at + 1;
        n->height -= part;
    }
    return false;
}

void notes_paint(struct page_run *r, struct canvas *c, struct note *notes, mpt room)
{
    struct rect body = r->geo.regions[0];
    bool whole = room >= body.height;
    mpt piece = first_piece(notes), height;
    room -= r->separator_height;
    if (whole && piece > room) { /* no page will ever have room */
        report_tall_note(r, notes);
        room = piece;
    }
    height = height_on_page(notes, room);
    r->left_over = notes;
    if (height == 0)
        return;
    c->x = body.x;
    c->y = body.y + mpt_max(0, body.height - height - r->separator_height);
    if (r->separator)
        c->y = paint_repeated(c, r->separator, c->y);
    for (struct note *n = notes; n; n = n->next) {
        mpt had = n->height;
        r->left_over = n;
        if (!paint_in(c, n, room))
            return;
        room -= had;
    }
    r->left_over = NULL;
}

struct note *notes_gather(struct page_run *r, size_t from, size_t to)
{
    struct note *first = r->left_over, **last = &first;
    while (*last)
        last = &(*last)->next;
    for (size_t i = from; i < to; i++) {
        if (!r->list->items[i].notes)
            continue;
        *last = r->list->items[i].notes;
        while (*last)
            last = &(*last)->next;
    }
    return first;
}
