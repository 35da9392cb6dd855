/* Checks what a parser of events cannot see at once: the content of a finished element, and names
 * that refer to each other across the document. Whatever is wrong is reported and mended, so that
 * layout finds every reference leading somewhere. */
#include "fo/builder.h"

#include <string.h>

/* The order of kinds of children where the Recommendation prescribes one; 0: any place. */
static int order_of(enum fo_type parent, enum fo_type child)
{
    if (child == FO_MARKER)
        return parent == FO_BLOCK || fo_is_inline(parent) || parent == FO_WRAPPER ? 0 : 1;
    switch (parent) {
    case FO_ROOT:
        return child == FO_LAYOUT_MASTER_SET ? 2
               : child == FO_DECLARATIONS    ? 3
               : child == FO_BOOKMARK_TREE   ? 4
                                             : 5;
    case FO_PAGE_SEQUENCE:
        return child == FO_TITLE ? 2 : child == FO_STATIC_CONTENT ? 3 : 4;
    case FO_TABLE_AND_CAPTION:
        return child == FO_TABLE_CAPTION ? 2 : 3;
    case FO_TABLE:
        return child == FO_TABLE_COLUMN   ? 2
               : child == FO_TABLE_HEADER ? 3
               : child == FO_TABLE_FOOTER ? 4
                                          : 5;
    case FO_LIST_ITEM:
        return child == FO_LIST_ITEM_LABEL ? 2 : 3;
    case FO_FOOTNOTE:
        return child == FO_INLINE ? 2 : 3;
    case FO_BOOKMARK:
        return child == FO_BOOKMARK_TITLE ? 2 : 3;
    default:
        return 2;
    }
}

/* Bring children into the order prescribed; a stable insertion, because what is out of order is
 * rare. */
static void check_order(struct fo_builder *b, struct fo_node *node)
{
    int highest = 0;
    for (struct fo_node *n = node->child, *next; n; n = next) {
        int order = order_of(node->type, n->type);
        next = n->next;
        if (order >= highest || order == 0) {
            highest = order > highest ? order : highest;
            continue;
        }
        fo_fault(b, DIAG_WARNING, n->loc, "fo-structure",
                 _("<fo:%s> stands too late in <fo:%s>; it is moved forward"),
                 fo_type_name(n->type), fo_type_name(node->type));
        struct fo_node **at = &node->child;
        fo_node_remove(n);
        while (*at && order_of(node->type, (*at)->type) <= order)
            at = &(*at)->next;
        n->parent = node;
        n->next = *at;
        *at = n;
    }
}

static size_t count(const struct fo_node *node, enum fo_type type)
{
    size_t n = 0;
    for (const struct fo_node *c = node->child; c; c = c->next)
        n += c->type == type;
    return n;
}

static void want(struct fo_builder *b, const struct fo_node *node, enum fo_type child)
{
    if (count(node, child) == 0)
        fo_fault(b, DIAG_WARNING, node->loc, "fo-structure", _("<fo:%s> has no <fo:%s>"),
                 fo_type_name(node->type), fo_type_name(child));
}

/* Keep the first child of a type. */
static void keep_one(struct fo_builder *b, struct fo_node *node, enum fo_type type)
{
    bool seen = false;
    for (struct fo_node *n = node->child, *next; n; n = next) {
        next = n->next;
        if (n->type != type)
            continue;
        if (seen) {
            fo_fault(b, DIAG_ERROR, n->loc, "fo-structure",
                     _("<fo:%s> stands twice in <fo:%s>; the second is left out"),
                     fo_type_name(type), fo_type_name(node->type));
            fo_node_remove(n);
        }
        seen = true;
    }
}

void fo_check_content(struct fo_builder *b, struct fo_node *node)
{
    if (node->type != FO_BLOCK && node->type != FO_INLINE && node->type != FO_TABLE_CELL)
        check_order(b, node);
    switch (node->type) {
    case FO_TABLE:
        want(b, node, FO_TABLE_BODY);
        keep_one(b, node, FO_TABLE_HEADER);
        keep_one(b, node, FO_TABLE_FOOTER);
        break;
    case FO_TABLE_AND_CAPTION:
        want(b, node, FO_TABLE);
        keep_one(b, node, FO_TABLE);
        keep_one(b, node, FO_TABLE_CAPTION);
        break;
    case FO_LIST_ITEM:
        want(b, node, FO_LIST_ITEM_LABEL);
        want(b, node, FO_LIST_ITEM_BODY);
        keep_one(b, node, FO_LIST_ITEM_LABEL);
        keep_one(b, node, FO_LIST_ITEM_BODY);
        break;
    case FO_FOOTNOTE:
        want(b, node, FO_FOOTNOTE_BODY);
        keep_one(b, node, FO_INLINE);
        keep_one(b, node, FO_FOOTNOTE_BODY);
        break;
    case FO_BOOKMARK:
        want(b, node, FO_BOOKMARK_TITLE);
        break;
    case FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES:
        want(b, node, FO_CONDITIONAL_PAGE_MASTER_REFERENCE);
        break;
    case FO_INSTREAM_FOREIGN_OBJECT:
        if (!node->as.graphic.svg)
            fo_fault(b, DIAG_WARNING, node->loc, "fo-structure",
                     _("<fo:instream-foreign-object> has nothing to show"));
        break;
    default:
        break;
    }
}

static struct fo_node *first(const struct fo_node *node, enum fo_type type)
{
    struct fo_node *n = node->child;
    while (n && n->type != type)
        n = n->next;
    return n;
}

static const char *master_name(const struct fo_node *n)
{
    return n->type == FO_SIMPLE_PAGE_MASTER ? n->as.page_master.name
                                            : n->as.sequence_master.name;
}

/* A master by its name; with `simple` only a simple-page-master. */
static struct fo_node *find_master(const struct fo_node *set, const char *name, bool simple)
{
    for (struct fo_node *n = set->child; name && n; n = n->next)
        if ((!simple || n->type == FO_SIMPLE_PAGE_MASTER) && master_name(n) &&
            strcmp(master_name(n), name) == 0)
            return n;
    return NULL;
}

static struct fo_node *region_named(const struct fo_node *master, const char *name)
{
    struct fo_node *n = master->child;
    while (n && strcmp(n->as.region.name, name) != 0)
        n = n->next;
    return n;
}

static const char *default_name(enum fo_type type)
{
    static const char *const names[] = {"xsl-region-body", "xsl-region-before",
                                        "xsl-region-after", "xsl-region-start",
                                        "xsl-region-end"};
    return names[type - FO_REGION_BODY];
}

/* Names of regions (7.27.17): each once in a master, and the reserved ones where they belong. */
static void check_region_name(struct fo_builder *b, struct fo_node *region)
{
    struct fo_as_region *r = &region->as.region;
    for (enum fo_type t = FO_REGION_BODY; t <= FO_REGION_END; t++)
        if (t != region->type && strcmp(r->name, default_name(t)) == 0) {
            fo_fault(b, DIAG_ERROR, region->loc, "fo-name",
                     _("the region-name %s is reserved for <fo:%s>; %s is used"), r->name,
                     fo_type_name(t), default_name(region->type));
            r->name = default_name(region->type);
            return;
        }
}

static void check_page_master(struct fo_builder *b, struct fo_node *master)
{
    for (enum fo_type t = FO_REGION_BODY; t <= FO_REGION_END; t++)
        keep_one(b, master, t);
    for (struct fo_node *r = master->child; r; r = r->next) {
        check_region_name(b, r);
        if (region_named(master, r->as.region.name) != r) {
            fo_fault(b, DIAG_ERROR, r->loc, "fo-name",
                     _("the region-name %s stands twice in one page master; %s is used"),
                     r->as.region.name, default_name(r->type));
            r->as.region.name = default_name(r->type);
        }
    }
    if (first(master, FO_REGION_BODY))
        return;
    fo_fault(
        b, DIAG_ERROR, master->loc, "fo-structure",
        _("<fo:simple-page-master> has no <fo:region-body>; one without margins is added"));
    struct fo_node *body = fo_node_new(b->doc->arena, FO_REGION_BODY, master, master->loc);
    body->style = &fo_styles_initial(b->doc->styles)->style;
    memset(&b->cx->work, 0, sizeof b->cx->work);
    memcpy(&b->cx->work, fo_styles_initial(b->doc->styles), sizeof b->cx->work);
    fo_fill_node(body, &b->cx->work);
}

static void check_master_references(struct fo_builder *b, const struct fo_node *set,
                                    struct fo_node *parent)
{
    for (struct fo_node *n = parent->child, *next; n; n = next) {
        next = n->next;
        if (n->type == FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES) {
            check_master_references(b, set, n);
            if (!n->child)
                fo_node_remove(n);
        } else if (!find_master(set, n->as.master_reference.name, true)) {
            fo_fault(b, DIAG_ERROR, n->loc, "fo-name",
                     _("there is no simple-page-master \"%.60s\"; the reference is left out"),
                     n->as.master_reference.name ? n->as.master_reference.name : "");
            fo_node_remove(n);
        }
    }
}

/* False when there is no page to print on. */
static bool check_masters(struct fo_builder *b, struct fo_node *set)
{
    for (struct fo_node *n = set->child; n; n = n->next) {
        const char *name = master_name(n);
        if (!name)
            fo_fault(b, DIAG_ERROR, n->loc, "fo-required",
                     _("<fo:%s> needs the property master-name; it cannot be used"),
                     fo_type_name(n->type));
        else if (find_master(set, name, false) != n)
            fo_fault(b, DIAG_ERROR, n->loc, "fo-name",
                     _("the master-name \"%.60s\" is used twice; the first counts"), name);
        if (n->type == FO_SIMPLE_PAGE_MASTER)
            check_page_master(b, n);
        else
            check_master_references(b, set, n);
    }
    if (first(set, FO_SIMPLE_PAGE_MASTER))
        return true;
    fo_fault(b, DIAG_ERROR, set->loc, "fo-structure",
             _("there is no <fo:simple-page-master>; the document is left out"));
    return false;
}

/* Call `visit` for every simple-page-master that a page sequence may use until it says so. */
static struct fo_node *
search_masters(const struct fo_node *set, const struct fo_node *master,
               bool (*visit)(const struct fo_node *master, const char *name), const char *name)
{
    if (!master)
        return NULL;
    if (master->type == FO_SIMPLE_PAGE_MASTER)
        return visit(master, name) ? (struct fo_node *)master : NULL;
    for (const struct fo_node *n = master->child; n; n = n->next) {
        struct fo_node *found = NULL;
        if (n->type == FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES)
            found = search_masters(set, n, visit, name);
        else
            found = search_masters(set, find_master(set, n->as.master_reference.name, true),
                                   visit, name);
        if (found)
            return found;
    }
    return NULL;
}

static bool has_body_named(const struct fo_node *master, const char *name)
{
    const struct fo_node *body = first(master, FO_REGION_BODY);
    return name && strcmp(body->as.region.name, name) == 0;
}

static bool has_region(const struct fo_node *master, const char *name)
{
    return name ? region_named(master, name) != NULL : first(master, FO_REGION_BODY) != NULL;
}

const struct fo_node *fo_find_region(const struct fo_node *set, const char *master,
                                     const char *name)
{
    const struct fo_node *page =
        search_masters(set, find_master(set, master, false), has_region, name);
    if (!page)
        return NULL;
    return name ? region_named(page, name) : first(page, FO_REGION_BODY);
}

static bool any_master(const struct fo_node *master, const char *name)
{
    (void)name;
    (void)master;
    return true;
}

static void check_flow(struct fo_builder *b, const struct fo_node *set,
                       const struct fo_node *master, struct fo_node *flow)
{
    const char *name = flow->as.flow.region;
    if (search_masters(set, master, has_body_named, name))
        return;
    const struct fo_node *page = search_masters(set, master, any_master, NULL);
    const struct fo_node *body = first(page, FO_REGION_BODY);
    fo_fault(b, DIAG_ERROR, flow->loc, "fo-name",
             _("flow-name=\"%.60s\" names no region-body of the masters used; the text goes to "
               "%s"),
             name ? name : "", body->as.region.name);
    flow->as.flow.region = body->as.region.name;
}

/* Static content has a place in some region, or is a separator. */
static void check_static(struct fo_builder *b, const struct fo_node *set, struct fo_node *node)
{
    const char *name = node->as.flow.region;
    struct fo_node *twin = node->parent->child;
    bool known = name && (strcmp(name, "xsl-footnote-separator") == 0 ||
                          strcmp(name, "xsl-before-float-separator") == 0);
    for (const struct fo_node *m = set->child; m && name && !known; m = m->next)
        known = m->type == FO_SIMPLE_PAGE_MASTER && region_named(m, name);
    while (known && (twin->type != FO_STATIC_CONTENT || !twin->as.flow.region ||
                     strcmp(twin->as.flow.region, name) != 0))
        twin = twin->next;
    if (known && twin == node)
        return;
    fo_fault(
        b, DIAG_ERROR, node->loc, "fo-name",
        known ? _("static content for %.60s stands twice in the page sequence; the second is "
                  "left out")
              : _("flow-name=\"%.60s\" names no region; the static content is left out"),
        name ? name : "");
    fo_node_remove(node);
}

static void check_sequence(struct fo_builder *b, const struct fo_node *set,
                           struct fo_node *sequence)
{
    struct fo_as_page_sequence *s = &sequence->as.page_sequence;
    const struct fo_node *master = find_master(set, s->master, false);
    if (!master || !search_masters(set, master, any_master, NULL)) {
        /* the first one with a name, or the first */
        const struct fo_node *fallback = first(set, FO_SIMPLE_PAGE_MASTER);
        if (!fallback->as.page_master.name)
            first(set, FO_SIMPLE_PAGE_MASTER)->as.page_master.name = "";
        fo_fault(b, DIAG_ERROR, sequence->loc, "fo-name",
                 _("master-reference=\"%.60s\" names no usable page master; \"%s\" is used"),
                 s->master ? s->master : "", fallback->as.page_master.name);
        s->master = fallback->as.page_master.name;
        master = fallback;
    }
    for (struct fo_node *n = sequence->child, *next; n; n = next) {
        next = n->next;
        if (n->type == FO_FLOW)
            check_flow(b, set, master, n);
        else if (n->type == FO_STATIC_CONTENT)
            check_static(b, set, n);
    }
}

static void check_references(struct fo_builder *b)
{
    for (size_t i = 0; i < b->references.len; i++) {
        const struct fo_reference *r = &b->references.items[i];
        if (!fo_builder_has_id(b, r->id))
            fo_fault(b, DIAG_WARNING, r->loc, "fo-id",
                     _("no object has the id \"%.60s\"; the reference leads nowhere"), r->id);
    }
}

bool fo_check_document(struct fo_builder *b)
{
    struct fo_node *root = b->doc->root, *set = first(root, FO_LAYOUT_MASTER_SET);
    if (!set) {
        fo_fault(b, DIAG_ERROR, root->loc, "fo-structure",
                 _("<fo:root> has no <fo:layout-master-set>; the document is left out"));
        return false;
    }
    keep_one(b, root, FO_LAYOUT_MASTER_SET);
    keep_one(b, root, FO_BOOKMARK_TREE);
    if (!check_masters(b, set))
        return false;
    for (struct fo_node *n = root->child, *next; n; n = next) {
        next = n->next;
        if (n->type != FO_PAGE_SEQUENCE)
            continue;
        keep_one(b, n, FO_FLOW);
        if (first(n, FO_FLOW)) {
            check_sequence(b, set, n);
            continue;
        }
        fo_fault(b, DIAG_ERROR, n->loc, "fo-structure",
                 _("<fo:page-sequence> has no <fo:flow>; it is left out"));
        fo_node_remove(n);
    }
    check_references(b);
    if (first(root, FO_PAGE_SEQUENCE))
        return true;
    fo_fault(b, DIAG_ERROR, root->loc, "fo-structure",
             _("there is no <fo:page-sequence>; the document is left out"));
    return false;
}
