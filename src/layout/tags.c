/* The logical structure: one tag for each formatting object that carries meaning (ISO 32000-1,
 * 14.8.4), made when layout first meets the object, which is in document order. */
#include "layout/run.h"

#include <string.h>

/* Stands for «an artifact»: the object and what is in it have no tag. */
static struct area_tag artifact;

static bool has_inline_content(const struct fo_node *n)
{
    for (const struct fo_node *k = n->child; k; k = k->next) {
        if (k->type == FO_TEXT) {
            for (size_t i = 0; i < k->as.text.len; i++)
                if (!strchr(" \t\r\n", k->as.text.bytes[i]))
                    return true;
        } else if (fo_is_inline(k->type) || (k->type == FO_WRAPPER && has_inline_content(k))) {
            return true;
        }
    }
    return false;
}

static bool is_same_language(const struct fo_node *a, const struct fo_node *b)
{
    return a->style->inh.language == b->style->inh.language &&
           a->style->inh.country == b->style->inh.country;
}

/* What an object is when the template does not say; NULL: nothing of its own. */
static const char *default_role(const struct fo_node *n)
{
    switch (n->type) {
    case FO_BLOCK:
        return has_inline_content(n) ? "P" : NULL;
    case FO_BLOCK_CONTAINER:
        return n->as.container.signature_field ? "Div" : NULL;
    case FO_TABLE:
        return "Table";
    case FO_TABLE_CAPTION:
        return "Caption";
    case FO_TABLE_HEADER:
        return "THead";
    case FO_TABLE_BODY:
        return "TBody";
    case FO_TABLE_FOOTER:
        return "TFoot";
    case FO_TABLE_ROW:
        return "TR";
    case FO_TABLE_CELL:
        return n->parent->parent->type == FO_TABLE_HEADER ? "TH" : "TD";
    case FO_LIST_BLOCK:
        return "L";
    case FO_LIST_ITEM:
        return "LI";
    case FO_LIST_ITEM_LABEL:
        return "Lbl";
    case FO_LIST_ITEM_BODY:
        return "LBody";
    case FO_BASIC_LINK:
        return "Link";
    case FO_WRAPPER:
        if (!has_inline_content(n))
            return NULL;
        return is_same_language(n, n->parent) ? NULL : "Span";
    case FO_INLINE:
        return is_same_language(n, n->parent) ? NULL : "Span";
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        return "Figure";
    case FO_FOOTNOTE_BODY:
        return "Note";
    default:
        return NULL;
    }
}

static bool is_artifact_role(const char *role)
{
    return strcmp(role, "Artifact") == 0 || strcmp(role, "artifact") == 0;
}

static const char *language_of(struct pass *p, const struct fo_node *n)
{
    const struct fo_inherited *inh = &n->style->inh;
    if (!inh->language)
        return NULL;
    if (inh->country)
        return arena_printf(p->arena, "%s-%s", inh->language, inh->country);
    return inh->language;
}

/* The language, when it is not that of the object whose tag is the parent. */
static void set_language(struct pass *p, const struct fo_node *n, struct area_tag *t)
{
    const struct fo_node *up = n->parent;
    while (up && up->parent &&
           (up->parent->type == FO_ROOT ? p->root_tag : up->parent->tag) == up->tag)
        up = up->parent;
    if (up && !is_same_language(up, n))
        t->language = language_of(p, n);
}

static struct area_tag *tag_new(struct pass *p, const struct fo_node *n, const char *role,
                                struct area_tag *parent)
{
    struct area_tag *t = ARENA_NEW(p->arena, struct area_tag);
    area_set_role(t, role, parent);
    t->number = ++p->tag_count;
    t->line = n->loc.line;
    t->columns = t->rows = 1;
    if (n->type == FO_TABLE_CELL) {
        t->columns = n->as.cell.columns;
        t->rows = n->as.cell.rows;
    }
    if (t->role_bit == AREA_TH)
        t->scope = n->parent->parent->type == FO_TABLE_HEADER ? "Column" : "Row";
    if (n->type == FO_EXTERNAL_GRAPHIC || n->type == FO_INSTREAM_FOREIGN_OBJECT)
        t->alt = n->as.graphic.alt;
    set_language(p, n, t);
    if (parent->last_child)
        parent->last_child->next = t;
    else
        parent->child = t;
    parent->last_child = t;
    return t;
}

static struct area_tag *find_tag(struct pass *p, const struct fo_node *n)
{
    if (!n || n->type == FO_ROOT)
        return p->root_tag;
    if (n->tag)
        return n->tag;
    struct area_tag *tag = NULL;
    if (n->type == FO_STATIC_CONTENT || (n->role && is_artifact_role(n->role))) {
        tag = &artifact;
    } else {
        tag = find_tag(p, n->parent);
        const char *role = n->role ? n->role : default_role(n);
        if (role && tag != &artifact)
            tag = tag_new(p, n, role, tag);
    }
    ((struct fo_node *)n)->tag = tag;
    return tag;
}

const struct area_tag *tag_of(struct pass *p, const struct fo_node *node)
{
    const struct area_tag *t = find_tag(p, node);
    return t == &artifact ? NULL : t;
}

void tag_of_gap(struct pass *p, const struct fo_node *row)
{
    struct area_tag *t = find_tag(p, row);
    if (t != &artifact && t->role_bit == AREA_TR)
        tag_new(p, row, "TD", t)->language = NULL;
}

const struct area_tag *tag_of_field(struct pass *p, const struct fo_node *node)
{
    struct area_tag *box = find_tag(p, node);
    return box == &artifact ? NULL : tag_new(p, node, "Form", box);
}

void tag_set_alt(struct pass *p, const struct fo_node *node, const char *alt)
{
    struct area_tag *t = find_tag(p, node);
    if (t != &artifact && alt && !t->alt)
        t->alt = arena_strdup(p->arena, alt);
}

void tags_forget(const struct fo_node *n)
{
    for (; n; n = n->next) {
        ((struct fo_node *)n)->tag = NULL;
        tags_forget(n->child);
    }
}
