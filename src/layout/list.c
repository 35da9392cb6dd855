/* fo:list-block: each item's label and body stand side by side and break together. */
#include "layout/model.h"

static const struct fo_node *child_of(const struct fo_node *n, enum fo_type type)
{
    for (const struct fo_node *k = n->child; k; k = k->next)
        if (k->type == type)
            return k;
    return NULL;
}

/* Label or body as a column of the item. Both have indents of their own that count from the
 * reference area: they are not reference areas themselves (6.8.4, 6.8.5). */
static void column(struct pass *p, struct vlist *v, const struct fo_node *node,
                   const struct place *item, struct column_cell *cell)
{
    struct frame *root = frame_new(v->arena, NULL, node);
    root->x = item->x;
    root->width = item->width;
    root->tag = item->in_marker ? NULL : tag_of(p, node);
    root->seen = resume_of(p, node) != NULL;
    struct place inner = *item;
    inner.frame = root;
    cell->node = node;
    cell->frame = root;
    cell->list = vlist_new(v->arena, root);
    cell->rows = cell->columns = 1;
    cell->tag = root->tag;
    if (node->id && !item->in_marker && !root->seen)
        vlist_anchor(cell->list,
                     &(struct anchor){.kind = ANCHOR_ID, .node = node, .frame = root});
    int32_t keep = keep_cost(&node->style->inh.keep_together);
    if (keep > inner.keep)
        inner.keep = keep;
    block_children(p, cell->list, node, &inner);
    vlist_finish(cell->list);
    cell->content = vlist_height(cell->list, 0, cell->list->len);
}

static void list_item(struct pass *p, struct vlist *v, const struct fo_node *node,
                      const struct place *place)
{
    const struct fo_node *label = child_of(node, FO_LIST_ITEM_LABEL);
    const struct fo_node *body = child_of(node, FO_LIST_ITEM_BODY);
    struct place inner = *place;
    int32_t keep = keep_cost(&node->style->inh.keep_together);
    if (keep > inner.keep)
        inner.keep = keep;
    struct row_group *g = ARENA_NEW(v->arena, struct row_group);
    g->rows = ARENA_NEW(v->arena, struct row);
    g->rows[0].node = node;
    g->row_count = 1;
    g->cells = ARENA_ARRAY(v->arena, struct column_cell, 2);
    if (label)
        column(p, v, label, &inner, &g->cells[g->cell_count++]);
    if (body)
        column(p, v, body, &inner, &g->cells[g->cell_count++]);
    combine_rows(p, v->arena, g);
    vlist_break(v, g->rows[0].brk_before);
    vlist_keep(v, g->rows[0].keep_prev);
    struct frame *f = block_begin(p, v, node, place);
    if (!f->seen)
        block_markers(v, node, place, f);
    g->rows[0].brk_before = FO_BREAK_AUTO;
    combine_append(v, f, g, inner.keep);
    frame_end(v, f);
    vlist_keep(v, g->rows[0].keep_next);
    block_close(v, node, place);
}

void list_block(struct pass *p, struct vlist *v, const struct fo_node *node,
                const struct place *place)
{
    struct frame *f = block_begin(p, v, node, place);
    const struct resume *go = resume_of(p, node);
    struct place inner = *place;
    bool first = true;
    inner.frame = f;
    int32_t keep = keep_cost(&node->style->inh.keep_together);
    if (keep > inner.keep)
        inner.keep = keep;
    for (const struct fo_node *k = go ? go->child : node->child; k && !v->stop; k = k->next) {
        if (k->type == FO_TEXT)
            continue;
        if (!first)
            vlist_boundary(v, inner.keep);
        if (k->type == FO_LIST_ITEM)
            list_item(p, v, k, &inner);
        else
            block_node(p, v, k, &inner);
        first = false;
    }
    frame_end(v, f);
    block_close(v, node, place);
}
