/* Layout that goes on in another width: where the pages of a flow, or their columns, differ in
 * width, what is not on a page yet is laid out anew for the page on which it falls.
 *
 * Method. The list is cut at the first item that is not on a page. The path of formatting objects
 * from the flow down to that item is written down, for each object the child to go on with, and in
 * a paragraph how many of its characters are set; then the flow is walked again from there, the
 * objects on the path without the edges, ids and spaces they have had. A table that has begun keeps
 * its column widths and stays in the list; the layout goes on behind it, as in the formatter whose
 * pages ours shall equal. Rejected: lines of different widths in one paragraph, known beforehand
 * (where the page ends is not). */
#include "layout/para.h"
#include "layout/run.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

const struct resume *resume_of(const struct pass *p, const struct fo_node *node)
{
    const struct page_run *r = p->run;
    for (size_t i = 0; r && i < r->resume.len; i++)
        if (r->resume.items[i].node == node)
            return &r->resume.items[i];
    return NULL;
}

static void put(struct page_run *r, const struct fo_node *node, const struct fo_node *child,
                uint32_t done)
{
    struct resume go = {node, child, done};
    VEC_PUSH(&r->resume, go);
}

/* From `node` up to `top`: each parent goes on with the child on the path. */
static void climb(struct page_run *r, const struct fo_node *node, const struct fo_node *top)
{
    for (; node != top && node->parent; node = node->parent)
        put(r, node->parent, node, 0);
}

static void path_to(struct page_run *r, const struct vlist *v, size_t at);

/* The columns of a list item, each where the step before this one left it. */
static void path_to_step(struct page_run *r, const struct vitem *it)
{
    const struct row_group *g = it->body;
    for (int32_t k = 0; k < g->cell_count; k++) {
        const struct vlist *list = g->cells[k].list;
        uint32_t pos = g->steps[it->index - 1].pos[k];
        if (pos == STEP_NOT_BEGUN)
            continue;
        size_t at = pos;
        while (at < list->len && list->items[at].brk.kind != BRK_BOX)
            at++;
        if (at < list->len)
            path_to(r, list, at);
        else
            put(r, g->cells[k].node, NULL, 0);
    }
}

/* The outermost frame around an item that is on no page yet; NULL: all have begun. */
static const struct frame *first_new_frame(const struct vlist *v, const struct vitem *it)
{
    const struct frame *out = NULL;
    for (const struct frame *f = it->frame; f && f != v->root; f = f->parent)
        if (!f->seen)
            out = f;
    return out;
}

static void path_to(struct page_run *r, const struct vlist *v, size_t at)
{
    const struct vitem *it = &v->items[at];
    const struct fo_node *top = v->root->node, *node = it->frame->node;
    const struct frame *fresh = first_new_frame(v, it);
    if (fresh) {
        climb(r, fresh->node, top);
        return;
    }
    if (it->kind == V_CONTAINER) {
        climb(r, node, top);
        return;
    }
    if (it->kind == V_LINE) {
        const struct para *para = it->body;
        const struct line *line = &para->lines[it->index];
        node = para->run.within ? para->run.within : para->run.block;
        put(r, node, para->run.first,
            it->index && line->from < para->elem_count ? para->elems[line->from].from : 0);
    } else if (it->kind == V_STEP && it->index > 0) {
        path_to_step(r, it);
    } else {
        put(r, node, NULL, 0);
    }
    climb(r, node, top);
}

static const struct frame *begun_table(const struct vitem *it)
{
    const struct frame *out = NULL;
    for (const struct frame *f = it->frame; f; f = f->parent)
        if (f->node->type == FO_TABLE && f->seen)
            out = f;
    return out;
}

static bool is_in(const struct vitem *it, const struct frame *table)
{
    for (const struct frame *f = it->frame; f; f = f->parent)
        if (f == table)
            return true;
    return false;
}

static bool node_is_in(const struct fo_node *n, const struct fo_node *outer)
{
    for (; n; n = n->parent)
        if (n == outer)
            return true;
    return false;
}

/* Ids and markers at the item that what is laid out anew will not note again. */
static struct anchor *anchors_before(const struct vlist *v, const struct vitem *it)
{
    const struct frame *fresh = first_new_frame(v, it);
    struct anchor *first = NULL, **last = &first;
    for (const struct anchor *a = it->anchors; a && it->kind != V_LINE; a = a->next) {
        if (fresh && node_is_in(a->node, fresh->node))
            continue;
        *last = arena_copy(v->arena, a, sizeof *a);
        (*last)->next = NULL;
        last = &(*last)->next;
    }
    return first;
}

bool resume_begin(struct page_run *r, bool complete)
{
    struct vlist *v = r->list;
    size_t at = r->pos;
    while (at < v->len && v->items[at].brk.kind != BRK_BOX)
        at++;
    const struct frame *table = at < v->len ? begun_table(&v->items[at]) : NULL;
    while (at < v->len &&
           (v->items[at].brk.kind != BRK_BOX || (table && is_in(&v->items[at], table))))
        at++;
    if (at == v->len && !complete)
        return false;
    r->list_width = r->geo.column_width;
    if (at == v->len) /* nothing is left but the table */
        return true;
    r->resume.len = 0;
    path_to(r, v, at);
    r->kept_anchors = anchors_before(v, &v->items[at]);
    r->kept = at;
    r->restart = v->stop = true;
    return true;
}

void resume_all(struct page_run *r)
{
    r->resume.len = 0;
    r->kept_anchors = NULL;
    r->kept = 0;
    r->list_width = r->geo.column_width;
    r->restart = r->list->stop = true;
}

void resume_cut(struct page_run *r, struct frame *root)
{
    struct vlist *v = r->list;
    v->len = r->kept;
    memset(&v->pend, 0, sizeof v->pend);
    v->root = v->last = root;
    v->stop = r->restart = false;
    v->has_box = v->fresh = r->kept > 0 || r->resume.len > 0;
    v->pend.anchors = r->kept_anchors;
    for (v->pend.last_anchor = &v->pend.anchors; *v->pend.last_anchor;)
        v->pend.last_anchor = &(*v->pend.last_anchor)->next;
    if (r->seen > v->len)
        r->seen = v->len;
}
