/* Markers where they are retrieved: the same objects, but inheriting from another place. What the
 * marker itself specifies does not count: its content alone is put in the place of what retrieves
 * it (6.13.6). */
#include "fo/builder.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct copier {
    struct fo_context *cx;
    struct arena *arena;
    const struct fo_spec *specs, *next; /* of the elements in document order */
};

static void copy_children(struct copier *c, const struct fo_node *from, struct fo_node *to);

/* The next one as a rule; after children were moved about or left out, another one. */
static const struct fo_spec *find_spec(struct copier *c, const struct fo_node *node)
{
    const struct fo_spec *s = c->next->node ? c->next : c->specs;
    while (s->node && s->node != node)
        s++;
    if (!s->node)
        for (s = c->specs; s->node && s->node != node;)
            s++;
    REQUIRE(s->node);
    c->next = s + 1;
    return s;
}

static const struct fo_style *style_of(struct copier *c, const struct fo_node *node,
                                       struct fo_node *parent)
{
    struct fo_context *cx = c->cx;
    const struct fo_spec *spec = find_spec(c, node);
    cx->loc = node->loc;
    cx->type = node->type;
    cx->parent = parent;
    cx->parent_style = parent->style;
    cx->decls.n = spec->n;
    if (spec->n)
        memcpy(cx->decls.d, spec->decls, spec->n * sizeof *spec->decls);
    return fo_resolve_style(cx);
}

/* Rows that the builder made for cells without one have no attributes of their own. */
static bool is_made(const struct fo_node *node)
{
    return node->type == FO_TABLE_ROW && node->as.row.made;
}

static void copy_node(struct copier *c, const struct fo_node *from, struct fo_node *parent)
{
    struct fo_node *to = fo_node_new(c->arena, from->type, parent, from->loc);
    size_t head = offsetof(struct fo_node, as);
    memcpy(&to->as, &from->as, fo_node_size(from->type) - head);
    to->role = from->role;
    if (from->type == FO_TEXT || is_made(from))
        to->style = parent->style;
    else
        to->style = style_of(c, from, parent);
    copy_children(c, from, to);
}

static void copy_children(struct copier *c, const struct fo_node *from, struct fo_node *to)
{
    for (const struct fo_node *n = from->child; n; n = n->next)
        copy_node(c, n, to);
}

struct fo_node *fo_instantiate_marker(const struct fo_document *doc,
                                      const struct fo_node *marker,
                                      const struct fo_node *retrieve, struct arena *arena)
{
    struct fo_node *top = fo_node_new(arena, FO_WRAPPER, NULL, marker->loc);
    struct fo_context *cx = mem_zalloc(sizeof *cx);
    cx->styles = doc->styles;
    top->parent = (struct fo_node *)retrieve;
    top->style = retrieve->style;
    struct copier c = {cx, arena, marker->as.marker.specs, marker->as.marker.specs};
    copy_children(&c, marker, top);
    free(cx);
    return top;
}
