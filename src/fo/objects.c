/* The one table of formatting objects: all of XSL 1.1 (chapter 6), what may stand in each, and
 * which are refused. CONFORMANCE.md says the same for people; a test keeps the two equal. */
#include "fo/objects.h"

#include <stddef.h>
#include <string.h>

#define B(type)  (UINT64_C(1) << (type))
#define RETRIEVE (B(FO_RETRIEVE_MARKER) | B(FO_RETRIEVE_TABLE_MARKER))
/* %block; of 6.2. Footnotes are inline, but belong to neither by their body. */
#define BLOCKS                                                                                 \
    (B(FO_BLOCK) | B(FO_BLOCK_CONTAINER) | B(FO_TABLE_AND_CAPTION) | B(FO_TABLE) |             \
     B(FO_LIST_BLOCK) | B(FO_WRAPPER) | RETRIEVE)
#define INLINES                                                                                \
    (B(FO_INLINE) | B(FO_CHARACTER) | B(FO_LEADER) | B(FO_PAGE_NUMBER) |                       \
     B(FO_PAGE_NUMBER_CITATION) | B(FO_PAGE_NUMBER_CITATION_LAST) | B(FO_BASIC_LINK) |         \
     B(FO_EXTERNAL_GRAPHIC) | B(FO_INSTREAM_FOREIGN_OBJECT) | B(FO_INLINE_CONTAINER) |         \
     B(FO_FOOTNOTE) | B(FO_BIDI_OVERRIDE) | B(FO_WRAPPER) | RETRIEVE)
#define MIXED   (BLOCKS | INLINES)
#define MARKERS B(FO_MARKER)
#define ROWS    (B(FO_TABLE_ROW) | B(FO_TABLE_CELL))
#define REGIONS                                                                                \
    (B(FO_REGION_BODY) | B(FO_REGION_BEFORE) | B(FO_REGION_AFTER) | B(FO_REGION_START) |       \
     B(FO_REGION_END))
#define REFUSED(name)                                                                          \
    {                                                                                          \
        name, FO_TYPE_COUNT, FO_REFUSED, 0, false                                              \
    }
#define OBJECT(name, type, children, text)                                                     \
    {                                                                                          \
        name, type, FO_SUPPORTED, children, text                                               \
    }
#define PARTIAL(name, type, children, text)                                                    \
    {                                                                                          \
        name, type, FO_PARTIAL, children, text                                                 \
    }

/* clang-format off */
const struct fo_object fo_objects[] = {
    OBJECT("root", FO_ROOT, B(FO_LAYOUT_MASTER_SET) | B(FO_DECLARATIONS) | B(FO_BOOKMARK_TREE) | B(FO_PAGE_SEQUENCE), false),
    OBJECT("declarations", FO_DECLARATIONS, 0, false),
    REFUSED("color-profile"),
    OBJECT("page-sequence", FO_PAGE_SEQUENCE, B(FO_TITLE) | B(FO_STATIC_CONTENT) | B(FO_FLOW), false),
    REFUSED("page-sequence-wrapper"),
    OBJECT("layout-master-set", FO_LAYOUT_MASTER_SET, B(FO_SIMPLE_PAGE_MASTER) | B(FO_PAGE_SEQUENCE_MASTER), false),
    OBJECT("page-sequence-master", FO_PAGE_SEQUENCE_MASTER,
           B(FO_SINGLE_PAGE_MASTER_REFERENCE) | B(FO_REPEATABLE_PAGE_MASTER_REFERENCE) | B(FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES), false),
    OBJECT("single-page-master-reference", FO_SINGLE_PAGE_MASTER_REFERENCE, 0, false),
    OBJECT("repeatable-page-master-reference", FO_REPEATABLE_PAGE_MASTER_REFERENCE, 0, false),
    OBJECT("repeatable-page-master-alternatives", FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES, B(FO_CONDITIONAL_PAGE_MASTER_REFERENCE), false),
    OBJECT("conditional-page-master-reference", FO_CONDITIONAL_PAGE_MASTER_REFERENCE, 0, false),
    OBJECT("simple-page-master", FO_SIMPLE_PAGE_MASTER, REGIONS, false),
    PARTIAL("region-body", FO_REGION_BODY, 0, false),
    OBJECT("region-before", FO_REGION_BEFORE, 0, false),
    OBJECT("region-after", FO_REGION_AFTER, 0, false),
    OBJECT("region-start", FO_REGION_START, 0, false),
    OBJECT("region-end", FO_REGION_END, 0, false),
    OBJECT("flow", FO_FLOW, BLOCKS | MARKERS, false),
    OBJECT("static-content", FO_STATIC_CONTENT, BLOCKS, false),
    OBJECT("title", FO_TITLE, INLINES, true),
    REFUSED("flow-map"), REFUSED("flow-assignment"), REFUSED("flow-source-list"),
    REFUSED("flow-name-specifier"), REFUSED("flow-target-list"), REFUSED("region-name-specifier"),
    OBJECT("bookmark-tree", FO_BOOKMARK_TREE, B(FO_BOOKMARK), false),
    OBJECT("bookmark", FO_BOOKMARK, B(FO_BOOKMARK_TITLE) | B(FO_BOOKMARK), false),
    OBJECT("bookmark-title", FO_BOOKMARK_TITLE, 0, true),
    OBJECT("block", FO_BLOCK, MIXED | MARKERS, true),
    PARTIAL("block-container", FO_BLOCK_CONTAINER, BLOCKS | MARKERS, false),
    PARTIAL("bidi-override", FO_BIDI_OVERRIDE, MIXED | MARKERS, true),
    OBJECT("character", FO_CHARACTER, 0, false),
    REFUSED("initial-property-set"),
    OBJECT("external-graphic", FO_EXTERNAL_GRAPHIC, 0, false),
    PARTIAL("instream-foreign-object", FO_INSTREAM_FOREIGN_OBJECT, 0, false),
    OBJECT("inline", FO_INLINE, MIXED | MARKERS, true),
    OBJECT("inline-container", FO_INLINE_CONTAINER, BLOCKS | MARKERS, false),
    OBJECT("leader", FO_LEADER, INLINES, true),
    OBJECT("page-number", FO_PAGE_NUMBER, 0, false),
    OBJECT("page-number-citation", FO_PAGE_NUMBER_CITATION, 0, false),
    PARTIAL("page-number-citation-last", FO_PAGE_NUMBER_CITATION_LAST, 0, false),
    REFUSED("folio-prefix"), REFUSED("folio-suffix"), REFUSED("scaling-value-citation"),
    OBJECT("table-and-caption", FO_TABLE_AND_CAPTION, B(FO_TABLE_CAPTION) | B(FO_TABLE) | MARKERS, false),
    OBJECT("table", FO_TABLE, B(FO_TABLE_COLUMN) | B(FO_TABLE_HEADER) | B(FO_TABLE_FOOTER) | B(FO_TABLE_BODY) | MARKERS, false),
    OBJECT("table-column", FO_TABLE_COLUMN, 0, false),
    OBJECT("table-caption", FO_TABLE_CAPTION, BLOCKS | MARKERS, false),
    OBJECT("table-header", FO_TABLE_HEADER, ROWS | MARKERS, false),
    OBJECT("table-footer", FO_TABLE_FOOTER, ROWS | MARKERS, false),
    OBJECT("table-body", FO_TABLE_BODY, ROWS | MARKERS, false),
    OBJECT("table-row", FO_TABLE_ROW, B(FO_TABLE_CELL) | MARKERS, false),
    OBJECT("table-cell", FO_TABLE_CELL, BLOCKS | MARKERS, false),
    OBJECT("list-block", FO_LIST_BLOCK, B(FO_LIST_ITEM) | MARKERS, false),
    OBJECT("list-item", FO_LIST_ITEM, B(FO_LIST_ITEM_LABEL) | B(FO_LIST_ITEM_BODY) | MARKERS, false),
    OBJECT("list-item-body", FO_LIST_ITEM_BODY, BLOCKS | MARKERS, false),
    OBJECT("list-item-label", FO_LIST_ITEM_LABEL, BLOCKS | MARKERS, false),
    OBJECT("basic-link", FO_BASIC_LINK, MIXED | MARKERS, true),
    REFUSED("multi-switch"), REFUSED("multi-case"), REFUSED("multi-toggle"),
    REFUSED("multi-properties"), REFUSED("multi-property-set"),
    REFUSED("index-page-name-prefix"), REFUSED("index-page-name-suffix"),
    REFUSED("index-range-begin"), REFUSED("index-range-end"), REFUSED("index-key-reference"),
    REFUSED("index-page-citation-list"), REFUSED("index-page-citation-list-separator"),
    REFUSED("index-page-citation-range-separator"),
    REFUSED("float"),
    OBJECT("footnote", FO_FOOTNOTE, B(FO_INLINE) | B(FO_FOOTNOTE_BODY), false),
    OBJECT("footnote-body", FO_FOOTNOTE_BODY, BLOCKS | MARKERS, false),
    OBJECT("wrapper", FO_WRAPPER, MIXED | MARKERS, true),
    OBJECT("marker", FO_MARKER, MIXED, true),
    OBJECT("retrieve-marker", FO_RETRIEVE_MARKER, 0, false),
    OBJECT("retrieve-table-marker", FO_RETRIEVE_TABLE_MARKER, 0, false),
    REFUSED("change-bar-begin"), REFUSED("change-bar-end"),
};
/* clang-format on */

const size_t fo_object_count = sizeof fo_objects / sizeof *fo_objects;

_Static_assert(FO_TYPE_COUNT <= 64, "sets of types are 64 bits");

const struct fo_object *fo_find_object(const char *name)
{
    for (size_t i = 0; i < fo_object_count; i++)
        if (fo_objects[i].name[0] == name[0] && strcmp(fo_objects[i].name, name) == 0)
            return &fo_objects[i];
    return NULL;
}

static const struct fo_object *object_of(enum fo_type type)
{
    for (size_t i = 0; i < fo_object_count; i++)
        if (fo_objects[i].type == type)
            return &fo_objects[i];
    return NULL;
}

const char *fo_type_name(enum fo_type t)
{
    const struct fo_object *o = object_of(t);
    return t == FO_TEXT ? "#text" : o ? o->name : "?";
}

size_t fo_node_size(enum fo_type type)
{
    enum { HEAD = offsetof(struct fo_node, as) };
    switch (type) {
    case FO_SIMPLE_PAGE_MASTER:
        return HEAD + sizeof(struct fo_as_page_master);
    case FO_REGION_BODY:
    case FO_REGION_BEFORE:
    case FO_REGION_AFTER:
    case FO_REGION_START:
    case FO_REGION_END:
        return HEAD + sizeof(struct fo_as_region);
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        return HEAD + sizeof(struct fo_as_graphic);
    case FO_PAGE_SEQUENCE:
        return HEAD + sizeof(struct fo_as_page_sequence);
    case FO_TABLE_COLUMN:
        return HEAD + sizeof(struct fo_as_column);
    case FO_TABLE_ROW:
    case FO_PAGE_NUMBER:
    case FO_LIST_ITEM:
    case FO_INLINE:
    case FO_WRAPPER:
        return HEAD + sizeof(struct fo_as_row);
    case FO_TABLE_CELL:
        return HEAD + sizeof(struct fo_as_cell);
    default:
        /* no other member is larger than one of these */
        return HEAD + (sizeof(struct fo_as_master_reference) > sizeof(struct fo_as_table)
                           ? sizeof(struct fo_as_master_reference)
                           : sizeof(struct fo_as_table));
    case FO_TEXT:
    case FO_BLOCK:
        return HEAD + sizeof(struct fo_as_text);
    }
}

_Static_assert(sizeof(struct fo_as_block) <= sizeof(struct fo_as_text), "see fo_node_size");

static void append(struct fo_node *parent, struct fo_node *node)
{
    node->parent = parent;
    node->next = NULL;
    if (parent->last_child)
        parent->last_child->next = node;
    else
        parent->child = node;
    parent->last_child = node;
}

struct fo_node *fo_node_new(struct arena *arena, enum fo_type type, struct fo_node *parent,
                            struct src_loc loc)
{
    struct fo_node *node = arena_alloc(arena, fo_node_size(type));
    node->type = type;
    node->loc = loc;
    if (parent)
        append(parent, node);
    return node;
}

/* The bytes lie right behind the node: one piece of memory less to round up. */
struct fo_node *fo_text_new(struct arena *arena, struct fo_node *parent, struct src_loc loc,
                            struct fo_slice text)
{
    size_t size = fo_node_size(FO_TEXT);
    struct fo_node *node = arena_alloc(arena, size + text.len + 1);
    char *bytes = (char *)node + size;
    node->type = FO_TEXT;
    node->loc = loc;
    node->style = parent->style;
    node->as.text.bytes = memcpy(bytes, text.s, text.len);
    node->as.text.len = text.len;
    append(parent, node);
    return node;
}

void fo_node_remove(struct fo_node *node)
{
    struct fo_node *parent = node->parent, *before = NULL;
    struct fo_node **at = &parent->child;
    while (*at != node) {
        before = *at;
        at = &(*at)->next;
    }
    *at = node->next;
    if (parent->last_child == node)
        parent->last_child = before;
    node->parent = node->next = NULL;
}

static void fill_page_master(struct fo_node *node, const struct fo_work *work)
{
    node->as.page_master.name = work->local.master_name;
    node->as.page_master.width = work->local.page_width;
    node->as.page_master.height = work->local.page_height;
    memcpy(node->as.page_master.margin, work->aux.margin, sizeof work->aux.margin);
}

static void fill_region(struct fo_node *node, const struct fo_work *work)
{
    static const char *const names[] = {"xsl-region-body", "xsl-region-before",
                                        "xsl-region-after", "xsl-region-start",
                                        "xsl-region-end"};
    struct fo_as_region *r = &node->as.region;
    r->name = work->local.region_name;
    if (!r->name)
        r->name = names[node->type - FO_REGION_BODY];
    memcpy(r->margin, work->aux.margin, sizeof work->aux.margin);
    r->extent = work->local.extent;
    r->precedence = work->local.precedence;
    r->column_count = work->local.column_count;
    r->column_gap = work->local.column_gap;
}

static void fill_reference(struct fo_node *node, const struct fo_local *local)
{
    struct fo_as_master_reference *r = &node->as.master_reference;
    r->name = local->master_reference;
    r->maximum_repeats =
        node->type == FO_SINGLE_PAGE_MASTER_REFERENCE ? 1 : local->maximum_repeats;
    r->position = (enum fo_page_position)local->page_position;
    r->parity = (enum fo_odd_or_even)local->odd_or_even;
    r->blank = (enum fo_blankness)local->blank;
}

static void fill_page_sequence(struct fo_node *node, const struct fo_local *local)
{
    struct fo_as_page_sequence *s = &node->as.page_sequence;
    s->master = local->master_reference;
    s->initial = local->initial_page_number;
    s->force = (enum fo_force_page_count)local->force_page_count;
    s->format = local->format ? local->format : "1";
    s->grouping_separator = local->grouping_separator;
    s->grouping_size = local->grouping_size;
}

static void fill_table(struct fo_node *node, const struct fo_local *local)
{
    struct fo_as_table *t = &node->as.table;
    t->fixed = local->table_fixed;
    t->omit_header_at_break = local->omit_header;
    t->omit_footer_at_break = local->omit_footer;
    t->continued = local->continued;
    t->repeat_spanned = local->repeat_spanned;
}

/* A column without a width has a share of what is left where the layout is fixed (6.7.4, 7.28.6);
 * where it is automatic the width comes from the content. */
static void fill_column(struct fo_node *node, const struct fo_local *local)
{
    struct fo_as_column *c = &node->as.column;
    c->number = local->column_number;
    c->repeated = local->columns_repeated;
    c->spanned = local->columns_spanned;
    c->width = local->column_width;
    c->align_decimal = local->align_decimal;
    if (c->width.unit == FO_UNIT_AUTO && node->parent && node->parent->type == FO_TABLE &&
        node->parent->as.table.fixed) {
        c->width = (struct fo_length){.pct = 1000, .unit = FO_UNIT_PROP};
    }
}

static void fill_cell(struct fo_node *node, const struct fo_local *local)
{
    struct fo_as_cell *c = &node->as.cell;
    c->number = local->column_number;
    c->columns = local->columns_spanned;
    c->rows = local->rows_spanned;
    c->starts_row = local->starts_row;
    c->ends_row = local->ends_row;
    c->align_decimal = local->align_decimal;
}

static void fill_graphic(struct fo_node *node, const struct fo_local *local)
{
    struct fo_as_graphic *g = &node->as.graphic;
    g->src = local->src;
    g->content_width = local->content_width;
    g->content_height = local->content_height;
    g->uniform = local->scaling_uniform;
    g->alt = local->alt;
}

static void fill_retrieve(struct fo_node *node, const struct fo_local *local)
{
    bool table = node->type == FO_RETRIEVE_TABLE_MARKER;
    node->as.retrieve.class_name = local->retrieve_class;
    node->as.retrieve.position =
        (enum fo_retrieve_position)(table ? local->table_position : local->retrieve_position);
    node->as.retrieve.boundary =
        (enum fo_retrieve_boundary)(table ? local->table_boundary : local->retrieve_boundary);
}

static void fill_block(struct fo_node *node, const struct fo_local *local)
{
    const char *role = local->role;
    if (role && (role[0] == 'H' || role[0] == 'h') && role[1] >= '1' && role[1] <= '6' &&
        !role[2])
        node->as.block.heading = role[1] - '0';
}

void fo_fill_node(struct fo_node *node, const struct fo_work *work)
{
    const struct fo_local *local = &work->local;
    node->id = local->id;
    node->role = local->role;
    switch (node->type) {
    case FO_SIMPLE_PAGE_MASTER:
        fill_page_master(node, work);
        break;
    case FO_REGION_BODY:
    case FO_REGION_BEFORE:
    case FO_REGION_AFTER:
    case FO_REGION_START:
    case FO_REGION_END:
        fill_region(node, work);
        break;
    case FO_PAGE_SEQUENCE_MASTER:
        node->as.sequence_master.name = local->master_name;
        break;
    case FO_SINGLE_PAGE_MASTER_REFERENCE:
    case FO_REPEATABLE_PAGE_MASTER_REFERENCE:
    case FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES:
    case FO_CONDITIONAL_PAGE_MASTER_REFERENCE:
        fill_reference(node, local);
        break;
    case FO_PAGE_SEQUENCE:
        fill_page_sequence(node, local);
        break;
    case FO_FLOW:
    case FO_STATIC_CONTENT:
        node->as.flow.region = local->flow_name;
        break;
    case FO_BOOKMARK:
        node->as.bookmark.internal = local->internal;
        node->as.bookmark.external = local->external;
        node->as.bookmark.closed = local->hidden_start;
        break;
    case FO_BLOCK:
        fill_block(node, local);
        break;
    case FO_BLOCK_CONTAINER:
    case FO_INLINE_CONTAINER:
        node->as.container.report = local->report;
        node->as.container.signature_field = local->signature_field;
        break;
    case FO_TABLE:
        fill_table(node, local);
        break;
    case FO_TABLE_COLUMN:
        fill_column(node, local);
        break;
    case FO_TABLE_CELL:
        fill_cell(node, local);
        break;
    case FO_CHARACTER:
        node->as.character.cp = local->character;
        break;
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        fill_graphic(node, local);
        break;
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        node->as.citation.ref_id = local->ref_id;
        break;
    case FO_BASIC_LINK:
        node->as.link.internal = local->internal;
        node->as.link.external = local->external;
        break;
    case FO_MARKER:
        node->as.marker.class_name = local->marker_class;
        break;
    case FO_RETRIEVE_MARKER:
    case FO_RETRIEVE_TABLE_MARKER:
        fill_retrieve(node, local);
        break;
    default:
        break;
    }
}
