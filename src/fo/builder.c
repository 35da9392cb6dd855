/* Builds the tree from events: one frame a formatting object that is open, no recursion.
 *
 * An element is dealt with in full when it starts: its attributes become a style and the node's
 * own members at once, so that a parser may drop them. What is not understood is reported where
 * it stands and skipped with its content. */
#include "fo/builder.h"
#include "base/blank.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fo_fault(struct fo_builder *b, enum diag_level level, struct src_loc loc, const char *code,
              const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fo_say(b->diag, level, loc, code, fmt, ap);
    va_end(ap);
}

struct fo_builder *fo_builder_new(const char *file, struct diag *diag)
{
    struct fo_builder *b = mem_zalloc(sizeof *b);
    struct arena *arena = arena_new();
    b->doc = ARENA_NEW(arena, struct fo_document);
    b->doc->arena = arena;
    b->doc->styles = fo_styles_new(arena);
    b->diag = diag;
    b->frames = mem_zalloc((FO_DEPTH_MAX + 1) * sizeof *b->frames);
    b->cx = mem_zalloc(sizeof *b->cx);
    if (file) {
        b->file = fo_styles_intern(b->doc->styles, (struct fo_slice){file, strlen(file)});
        const char *slash = strrchr(file, '/');
        if (slash)
            b->doc->base = arena_strndup(arena, file, (size_t)(slash - file) + (slash == file));
    }
    return b;
}

static struct fo_frame *top(struct fo_builder *b)
{
    return b->depth ? &b->frames[b->depth - 1] : NULL;
}

static struct src_loc place(struct fo_builder *b, int line)
{
    const struct fo_frame *f = top(b);
    if (f && f->at.line)
        return f->at;
    return (struct src_loc){b->file, line, 0};
}

/* Where text starts: below px:at the place of the object, otherwise the line of its first visible
 * character. */
static struct src_loc text_place(const struct fo_builder *b, const struct fo_frame *f)
{
    struct src_loc loc = f->node->loc;
    if (f->at.line || !f->text_line)
        return loc;
    loc.line = f->text_line;
    for (size_t i = 0; i < b->text.len && blank_is(b->text.bytes[i]); i++)
        loc.line += b->text.bytes[i] == '\n';
    return loc;
}

/* What a piece holds at least: some pages of a table, and a little less than four blocks of
 * an arena. */
enum { PIECE = 220 * 1024 };

/* The piece at hand, or a new one when that is full and something begins. */
static struct arena *piece_arena(struct fo_builder *b, bool begins)
{
    struct fo_pieces *all = &b->doc->pieces;
    struct fo_piece *last = all->len ? &all->items[all->len - 1] : NULL;
    if (last && (!begins || arena_used(last->arena) < PIECE))
        return last->arena;
    struct fo_piece next = {arena_new(), false};
    REQUIRE(all->items || (!all->len && !all->cap));
    VEC_PUSH(all, next);
    return next.arena;
}

static struct arena *text_arena(struct fo_builder *b, const struct fo_frame *f)
{
    if (!f->in_row && (!f->in_flow || f->in_marker || f->in_table_ends))
        return b->doc->arena;
    return piece_arena(b, !f->in_row);
}

static void flush_text(struct fo_builder *b)
{
    struct fo_frame *f = top(b);
    if (!f || !b->text.len)
        return;
    struct src_loc loc = text_place(b, f);
    struct fo_slice text = fo_slice_trim((struct fo_slice){b->text.bytes, b->text.len});
    if (f->text) {
        struct fo_node *node = fo_text_new(text_arena(b, f), f->node, loc,
                                           (struct fo_slice){b->text.bytes, b->text.len});
        node->piece = (uint32_t)b->doc->pieces.len;
    } else if (!blank_is_all(b->text.bytes, b->text.len)) {
        fo_fault(b, DIAG_ERROR, loc, "fo-text",
                 _("text is not allowed in <fo:%s>; it is left out: «%.*s»"), f->object->name,
                 fo_slice_shown(text), text.s);
    }
    buf_clear(&b->text);
}

/* «12» or «part.xml:12»: the place in the document the templates were given. */
static void read_at(struct fo_builder *b, struct fo_slice v, struct src_loc *at)
{
    size_t digits = v.len;
    int line = 0;
    while (digits && v.s[digits - 1] >= '0' && v.s[digits - 1] <= '9')
        digits--;
    for (size_t i = digits; i < v.len && line < 100000000; i++)
        line = line * 10 + (v.s[i] - '0');
    if (!line || (digits && v.s[digits - 1] != ':'))
        return;
    at->line = line;
    at->col = 0;
    at->file = digits > 1 ? fo_styles_intern(b->doc->styles, (struct fo_slice){v.s, digits - 1})
                          : b->file;
}

static void skip_element(struct fo_builder *b)
{
    b->skipping = 1;
}

static void add_decl(struct fo_builder *b, const struct fo_attr *a, const char *name)
{
    struct fo_context *cx = b->cx;
    enum fo_part part;
    const struct fo_prop *prop =
        fo_styles_find(b->doc->styles, (struct fo_slice){name, strlen(name)}, &part);
    struct fo_decl d = {prop, part, 0, a->value};
    if (!prop) {
        fo_fault(b, DIAG_WARNING, cx->loc, "fo-property",
                 _("there is no property %.60s; it is ignored"), name);
    } else if (prop->flags & FO_PROP_LOCAL) {
        if (strcmp(name, "px:at") != 0)
            VEC_PUSH(&b->locals, d);
    } else if (cx->decls.n < FO_DECLS_MAX) {
        cx->decls.d[cx->decls.n++] = d;
    }
}

static void add_prefixed(struct fo_builder *b, const struct fo_attr *a, const char *prefix)
{
    char name[80];
    snprintf(name, sizeof name, "%s:%.60s", prefix, a->name);
    add_decl(b, a, name);
}

static void add_attr(struct fo_builder *b, const struct fo_attr *a)
{
    if (!a->uri || strcmp(a->uri, FO_NAMESPACE) == 0) {
        add_decl(b, a, a->name);
    } else if (strcmp(a->uri, FO_PX_NAMESPACE) == 0) {
        add_prefixed(b, a, "px");
    } else if (strcmp(a->uri, XML_NAMESPACE) == 0) {
        if (strcmp(a->name, "lang") == 0)
            add_prefixed(b, a, "xml");
    } else if (strcmp(a->uri, FOX_NAMESPACE) == 0) {
        if (strcmp(a->name, "alt-text") == 0)
            add_prefixed(b, a, "fox");
        else if (!b->fox_noted)
            fo_fault(b, DIAG_NOTE, b->cx->loc, "fo-property",
                     _("fox:%.60s and other extensions of another formatter are ignored"),
                     a->name);
        if (strcmp(a->name, "alt-text") != 0)
            b->fox_noted = true;
    }
}

/* Attributes of the event into declarations: those of the style, those of the node. */
static void read_attrs(struct fo_builder *b, const struct fo_event *ev)
{
    b->cx->decls.n = 0;
    b->locals.len = 0;
    for (size_t i = 0; i < ev->attr_count; i++)
        add_attr(b, &ev->attrs[i]);
}

static void keep_spec(struct fo_builder *b, const struct fo_node *node)
{
    struct arena *arena = b->doc->arena;
    const struct fo_decls *decls = &b->cx->decls;
    struct fo_spec spec = {node, decls->n, NULL};
    struct fo_decl *copy = arena_copy(arena, decls->d, decls->n * sizeof *copy);
    for (size_t i = 0; i < decls->n; i++) {
        const char *s = fo_styles_intern(b->doc->styles, copy[i].value);
        copy[i].value = (struct fo_slice){s, strlen(s)};
    }
    spec.decls = copy;
    VEC_PUSH(&b->specs, spec);
}

/* What a page-sequence or a flow refers to, needed before its node is filled. */
static const char *reference_of(const struct fo_builder *b, enum fo_type type)
{
    size_t place = type == FO_PAGE_SEQUENCE ? offsetof(struct fo_work, local.master_reference)
                                            : offsetof(struct fo_work, local.flow_name);
    for (size_t i = 0; i < b->locals.len; i++)
        if (b->locals.items[i].prop->offset == place)
            return fo_styles_intern(b->doc->styles, fo_slice_trim(b->locals.items[i].value));
    return NULL;
}

/* The style first, because lengths of the node's own members may be in em. */
static void resolve(struct fo_builder *b, struct fo_frame *f, const struct fo_frame *up)
{
    struct fo_context *cx = b->cx;
    cx->styles = b->doc->styles;
    cx->diag = b->diag;
    cx->type = f->node->type;
    cx->parent = f->node->parent;
    cx->parent_style = up ? up->node->style : NULL;
    if (cx->parent)
        cx->parent_style = cx->parent->style;
    cx->column = f->column;
    cx->nearest = up ? &up->given : NULL;
    cx->reference = NULL;
    if (cx->type == FO_PAGE_SEQUENCE || cx->type == FO_FLOW || cx->type == FO_STATIC_CONTENT)
        cx->reference = reference_of(b, cx->type);
    memcpy(&cx->work.local, &fo_styles_initial(cx->styles)->local, sizeof cx->work.local);
    if (f->in_marker)
        keep_spec(b, f->node);
    f->node->style = fo_resolve_style(cx);
    memcpy(f->given.bits, cx->given, sizeof cx->given);
    f->given.style = f->node->style;
    f->given.up = up ? &up->given : NULL;
    cx->work.style.inh.font_size = f->node->style->inh.font_size;
    for (size_t i = 0; i < b->locals.len; i++)
        fo_assign(cx, &b->locals.items[i]);
    fo_fill_node(f->node, &cx->work);
}

static void grow_ids(struct fo_builder *b)
{
    size_t cap = b->id_cap ? b->id_cap * 2 : 256;
    const char **to = mem_zalloc(cap * sizeof *to);
    for (size_t i = 0; i < b->id_cap; i++)
        if (b->ids[i]) {
            size_t at = ((uintptr_t)b->ids[i] >> 4) & (cap - 1);
            while (to[at])
                at = (at + 1) & (cap - 1);
            to[at] = b->ids[i];
        }
    free(b->ids);
    b->ids = to;
    b->id_cap = cap;
}

/* False when the id was there. Interned strings are hashed by address. */
static bool add_id(struct fo_builder *b, const char *id)
{
    if (b->id_count * 2 >= b->id_cap)
        grow_ids(b);
    size_t at = ((uintptr_t)id >> 4) & (b->id_cap - 1);
    for (; b->ids[at]; at = (at + 1) & (b->id_cap - 1))
        if (b->ids[at] == id)
            return false;
    b->ids[at] = id;
    b->id_count++;
    return true;
}

bool fo_builder_has_id(const struct fo_builder *b, const char *id)
{
    size_t at = b->id_cap ? ((uintptr_t)id >> 4) & (b->id_cap - 1) : 0;
    for (; b->id_cap && b->ids[at]; at = (at + 1) & (b->id_cap - 1))
        if (b->ids[at] == id)
            return true;
    return false;
}

static void check_id(struct fo_builder *b, struct fo_node *node, bool in_marker)
{
    if (!node->id || in_marker)
        return;
    if (!add_id(b, node->id)) {
        fo_fault(b, DIAG_WARNING, node->loc, "fo-id",
                 _("the id \"%.60s\" is used twice; references lead to the first"), node->id);
        node->id = NULL;
    }
}

static void note_reference(struct fo_builder *b, const struct fo_node *node, const char *id)
{
    struct fo_reference r = {id, node->loc};
    if (id)
        VEC_PUSH(&b->references, r);
}

static void require_value(struct fo_builder *b, const struct fo_node *node, const char *value,
                          const char *name)
{
    if (!value)
        fo_fault(b, DIAG_ERROR, node->loc, "fo-required",
                 _("<fo:%s> needs the property %s; it is left without effect"),
                 fo_type_name(node->type), name);
}

static void check_node(struct fo_builder *b, const struct fo_node *node)
{
    switch (node->type) {
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        require_value(b, node, node->as.citation.ref_id, "ref-id");
        note_reference(b, node, node->as.citation.ref_id);
        break;
    case FO_BASIC_LINK:
        if (!node->as.link.external && !node->as.link.internal)
            fo_fault(b, DIAG_WARNING, node->loc, "fo-required",
                     _("<fo:basic-link> leads nowhere: it needs internal-destination or "
                       "external-destination; its text is kept"));
        note_reference(b, node, node->as.link.internal);
        break;
    case FO_BOOKMARK:
        note_reference(b, node, node->as.bookmark.internal);
        break;
    case FO_MARKER:
        require_value(b, node, node->as.marker.class_name, "marker-class-name");
        break;
    case FO_RETRIEVE_MARKER:
    case FO_RETRIEVE_TABLE_MARKER:
        require_value(b, node, node->as.retrieve.class_name, "retrieve-class-name");
        break;
    case FO_EXTERNAL_GRAPHIC:
        require_value(b, node, node->as.graphic.src, "src");
        break;
    case FO_CHARACTER:
        if (!node->as.character.cp)
            require_value(b, node, NULL, "character");
        break;
    default:
        break;
    }
}

/* Markers and what retrieves them have their places (6.13). */
static bool allowed_here(const struct fo_frame *up, enum fo_type type)
{
    if (type == FO_MARKER)
        return up->in_flow && !up->in_marker;
    if (type == FO_RETRIEVE_MARKER)
        return up->in_static;
    if (type == FO_RETRIEVE_TABLE_MARKER)
        return up->in_table_ends;
    if (type == FO_FOOTNOTE)
        return !up->in_static;
    return true;
}

static void frame_begin(struct fo_builder *b, const struct fo_object *object,
                        struct fo_node *parent, struct src_loc at)
{
    const struct fo_frame *up = top(b);
    struct fo_frame *f = &b->frames[b->depth];
    enum fo_type type = object->type;
    memset(f, 0, sizeof *f);
    if (up) {
        f->in_static = up->in_static;
        f->in_flow = up->in_flow;
        f->in_marker = up->in_marker;
        f->in_table_ends = up->in_table_ends;
        f->in_row = up->in_row;
        f->grid = up->grid;
        f->column = up->column;
        f->at = up->at;
    }
    if (at.line)
        f->at = at;
    f->object = object;
    f->children = object->children;
    f->text = object->text;
    if (type == FO_WRAPPER && up) {
        f->children = up->children;
        f->text = up->text;
    }
    f->in_static |= type == FO_STATIC_CONTENT;
    f->in_flow |= type == FO_FLOW;
    f->in_marker |= type == FO_MARKER;
    f->in_table_ends |= type == FO_TABLE_HEADER || type == FO_TABLE_FOOTER;
    f->in_row |= type == FO_TABLE_ROW && f->in_flow && !f->in_marker && !f->in_table_ends;
    struct arena *arena = f->in_row ? piece_arena(b, !up->in_row) : b->doc->arena;
    f->node = fo_node_new(arena, type, parent, f->at.line ? f->at : b->cx->loc);
    f->node->piece = (uint32_t)b->doc->pieces.len;
    if (f->in_row && type == FO_MARKER)
        b->doc->pieces.items[b->doc->pieces.len - 1].pinned = true;
    b->depth++;
}

/* A row for cells that stand in the body without one, from starts-row and ends-row. */
static struct fo_node *cell_row(struct fo_builder *b, struct fo_frame *up)
{
    int32_t starts = 0;
    static const struct fo_word yes[] = {{"true", 1}, {NULL, 0}};
    for (size_t i = 0; i < b->locals.len; i++)
        if (strcmp(b->locals.items[i].prop->name, "starts-row") == 0)
            fo_find_word(yes, b->locals.items[i].value, &starts);
    if (!fo_grid_needs_row(up->grid, starts))
        return fo_grid_row(up->grid);
    struct fo_context *cx = mem_zalloc(sizeof *cx);
    struct fo_node *row = fo_node_new(b->doc->arena, FO_TABLE_ROW, up->node, b->cx->loc);
    row->piece = (uint32_t)b->doc->pieces.len;
    row->as.row.made = true;
    cx->styles = b->doc->styles;
    cx->type = FO_TABLE_ROW;
    cx->parent = up->node;
    cx->parent_style = up->node->style;
    row->style = fo_resolve_style(cx);
    free(cx);
    fo_grid_begin_row(up->grid, row);
    return row;
}

/* The column whose style from-table-column() asks for must be known before the cell's own style:
 * number and span are looked up ahead of the rest. */
static const struct fo_style *cell_column(struct fo_builder *b, const struct fo_grid *grid)
{
    struct fo_context *cx = b->cx;
    memcpy(&cx->work.local, &fo_styles_initial(b->doc->styles)->local, sizeof cx->work.local);
    struct diag *diag = cx->diag;
    cx->diag = NULL;
    cx->styles = b->doc->styles;
    for (size_t i = 0; i < b->locals.len; i++) {
        const char *name = b->locals.items[i].prop->name;
        if (strcmp(name, "column-number") == 0 || strcmp(name, "number-columns-spanned") == 0)
            fo_assign(cx, &b->locals.items[i]);
    }
    cx->diag = diag;
    int32_t number = cx->work.local.column_number;
    return fo_grid_column_style(grid, number ? number : fo_grid_next_number(grid),
                                cx->work.local.columns_spanned);
}

static void table_begin(struct fo_builder *b, struct fo_frame *f)
{
    switch (f->node->type) {
    case FO_TABLE:
        f->grid = fo_grid_new(f->node);
        f->column = NULL;
        break;
    case FO_TABLE_COLUMN:
        fo_grid_add_column(b, f->grid, f->node);
        break;
    case FO_TABLE_HEADER:
    case FO_TABLE_FOOTER:
    case FO_TABLE_BODY:
        fo_grid_begin_section(f->grid, f->node);
        break;
    case FO_TABLE_ROW:
        fo_grid_begin_row(f->grid, f->node);
        break;
    default:
        break;
    }
}

static void open_object(struct fo_builder *b, const struct fo_object *object,
                        const struct fo_event *ev, struct src_loc at)
{
    struct fo_frame *up = top(b);
    struct fo_node *parent = up ? up->node : NULL;
    read_attrs(b, ev);
    if (object->type == FO_TABLE_CELL && parent->type != FO_TABLE_ROW)
        parent = cell_row(b, up);
    frame_begin(b, object, parent, at);
    struct fo_frame *f = top(b);
    if (object->type == FO_TABLE_CELL)
        f->column = cell_column(b, f->grid);
    resolve(b, f, up);
    f->text_line = ev->line;
    check_id(b, f->node, f->in_marker);
    check_node(b, f->node);
    table_begin(b, f);
    if (object->type == FO_TABLE_CELL && !fo_grid_place_cell(b, f->grid, f->node)) {
        fo_node_remove(f->node);
        b->depth--;
        skip_element(b);
    }
    if (object->type == FO_DECLARATIONS)
        b->meta = fo_meta_new(b);
    if (!b->doc->root)
        b->doc->root = f->node;
}

static void report_refused(struct fo_builder *b, const struct fo_object *object)
{
    if (strcmp(object->name, "color-profile") == 0)
        fo_fault(b, DIAG_WARNING, b->cx->loc, "fo-element",
                 _("<fo:color-profile> is not supported; rgb-icc() gives its sRGB colours"));
    else if (strncmp(object->name, "change-bar", 10) == 0)
        fo_fault(b, DIAG_WARNING, b->cx->loc, "fo-element",
                 _("<fo:%s> is not supported; no bars are drawn beside the text"),
                 object->name);
    else if (strcmp(object->name, "initial-property-set") == 0)
        fo_fault(b, DIAG_WARNING, b->cx->loc, "fo-element",
                 _("<fo:%s> is not supported; the first line is set like the others"),
                 object->name);
    else
        fo_fault(b, DIAG_ERROR, b->cx->loc, "fo-element",
                 _("<fo:%s> is not supported; it is left out with its content"), object->name);
}

static void report_misplaced(struct fo_builder *b, const struct fo_object *object)
{
    const struct fo_frame *up = top(b);
    fo_fault(b, DIAG_ERROR, b->cx->loc, "fo-structure",
             up ? _("<fo:%s> is not allowed here, in <fo:%s>; it is left out with its content")
                : _("the root is <fo:%s>, and must be fo:root; the document is left out"),
             object->name, up ? up->object->name : "");
}

static bool may_stand(const struct fo_frame *up, enum fo_type type)
{
    if (!up)
        return type == FO_ROOT;
    return (up->children >> type & 1) && allowed_here(up, type);
}

static void start_fo(struct fo_builder *b, const struct fo_event *ev, struct src_loc at)
{
    const struct fo_object *object = fo_find_object(ev->name);
    if (!object)
        fo_fault(b, DIAG_ERROR, b->cx->loc, "fo-element",
                 _("there is no formatting object <fo:%.60s>; it is left out with its content"),
                 ev->name);
    else if (object->status == FO_REFUSED)
        report_refused(b, object);
    else if (!may_stand(top(b), object->type))
        report_misplaced(b, object);
    else {
        open_object(b, object, ev, at);
        return;
    }
    skip_element(b);
}

/* Outlines as other formatters wrote them before there was fo:bookmark-tree: not on any page. */
static bool is_outline(const struct fo_frame *up, const char *name)
{
    return !up->in_flow && !up->in_static &&
           (strcmp(name, "outline") == 0 || strcmp(name, "bookmarks") == 0);
}

/* Whether something that would be seen is lost with an element of another namespace is known when
 * it ends: metadata and settings of other formatters have no text. */
static void start_other(struct fo_builder *b, const struct fo_event *ev)
{
    const struct fo_frame *up = top(b);
    skip_element(b);
    if (!up) {
        fo_fault(b, DIAG_ERROR, b->cx->loc, "fo-structure",
                 _("the root is <%.60s>, and must be fo:root; the document is left out"),
                 ev->name);
        return;
    }
    b->other.loc = b->cx->loc;
    b->other.seen = ev->uri && (strcmp(ev->uri, SVG_NAMESPACE) == 0 ||
                                strcmp(ev->name, "external-document") == 0);
    b->other.on_no_page = ev->uri && is_outline(up, ev->name);
    snprintf(b->other.name, sizeof b->other.name, "%s", ev->name);
}

static void end_other(struct fo_builder *b)
{
    bool lost = b->other.seen && !b->other.on_no_page;
    fo_fault(b, lost ? DIAG_ERROR : DIAG_WARNING, b->other.loc, "fo-element",
             _("<%s> is not a formatting object; it is left out with its content"),
             b->other.name);
    b->other.name[0] = '\0';
}

static bool too_deep(struct fo_builder *b)
{
    if (b->elements < FO_DEPTH_MAX)
        return false;
    fo_fault(b, DIAG_ERROR, b->cx->loc, "fo-depth",
             _("elements are nested deeper than %d; the document is not formatted"),
             FO_DEPTH_MAX);
    b->stopped = true;
    return true;
}

void fo_builder_start(struct fo_builder *b, const struct fo_event *ev)
{
    struct src_loc at = {NULL, 0, 0};
    if (b->stopped)
        return;
    if (!b->skipping && !b->foreign && !b->meta)
        flush_text(b);
    b->cx->loc = place(b, ev->line);
    if (too_deep(b))
        return;
    b->elements++;
    if (b->skipping) {
        b->skipping++;
        return;
    }
    if (b->meta && (!ev->uri || strcmp(ev->uri, FO_NAMESPACE) != 0)) {
        fo_meta_start(b->meta, ev);
        return;
    }
    if (b->foreign || (b->depth && top(b)->node->type == FO_INSTREAM_FOREIGN_OBJECT)) {
        fo_foreign_start(b, ev);
        return;
    }
    for (size_t i = 0; i < ev->attr_count; i++)
        if (ev->attrs[i].uri && strcmp(ev->attrs[i].uri, FO_PX_NAMESPACE) == 0 &&
            strcmp(ev->attrs[i].name, "at") == 0)
            read_at(b, ev->attrs[i].value, &at);
    if (at.line)
        b->cx->loc = at;
    if (ev->uri && strcmp(ev->uri, FO_NAMESPACE) == 0)
        start_fo(b, ev, at);
    else
        start_other(b, ev);
}

void fo_builder_text(struct fo_builder *b, const char *bytes, size_t len, int line)
{
    if (b->skipping && b->other.name[0] && !blank_is_all(bytes, len))
        b->other.seen = true;
    if (b->stopped || b->skipping || !b->depth)
        return;
    if (b->foreign) {
        fo_foreign_text(b, bytes, len);
    } else if (b->meta) {
        fo_meta_text(b->meta, bytes, len);
    } else {
        if (!b->text.len && line)
            top(b)->text_line = line;
        buf_put(&b->text, bytes, len);
    }
}

static bool is_block_level(const struct fo_node *n)
{
    return n->type >= FO_BLOCK && n->type <= FO_LIST_ITEM_BODY;
}

/* White space that only separates blocks in a block leaves no area (7.16.8): drop it here, so
 * that fifty thousand indented rows do not cost a node each. */
static void drop_separators(struct fo_node *parent)
{
    const struct fo_inherited *inh = &parent->style->inh;
    bool kept = !inh->white_space_collapse && inh->white_space_treatment == FO_WS_PRESERVE;
    if (!parent->child || !parent->child->next || kept ||
        inh->linefeed_treatment == FO_LINEFEED_PRESERVE)
        return;
    const struct fo_node *before = NULL;
    struct fo_node **at = &parent->child;
    parent->last_child = NULL;
    while (*at) {
        struct fo_node *n = *at;
        bool blank = n->type == FO_TEXT && blank_is_all(n->as.text.bytes, n->as.text.len);
        if (blank && (!before || is_block_level(before)) &&
            (!n->next || is_block_level(n->next)) && (before || n->next)) {
            *at = n->next;
            continue;
        }
        before = parent->last_child = n;
        at = &n->next;
    }
}

static void end_marker(struct fo_builder *b, struct fo_node *marker)
{
    const struct fo_spec last = {NULL, 0, NULL};
    VEC_PUSH(&b->specs, last);
    marker->as.marker.specs =
        arena_copy(b->doc->arena, b->specs.items, b->specs.len * sizeof *b->specs.items);
    b->specs.len = 0;
}

static void close_object(struct fo_builder *b)
{
    struct fo_frame *f = top(b);
    struct fo_node *node = f->node;
    if (f->text)
        drop_separators(node);
    switch (node->type) {
    case FO_TABLE:
        fo_grid_free(f->grid);
        f->grid = NULL;
        break;
    case FO_TABLE_HEADER:
    case FO_TABLE_FOOTER:
    case FO_TABLE_BODY:
        fo_grid_end_section(b, f->grid);
        break;
    case FO_TABLE_ROW:
        fo_grid_end_row(f->grid);
        break;
    case FO_TABLE_CELL:
        if (node->as.cell.ends_row && b->frames[b->depth - 2].node->type != FO_TABLE_ROW)
            fo_grid_end_row(f->grid);
        break;
    case FO_MARKER:
        end_marker(b, node);
        break;
    case FO_DECLARATIONS:
        fo_meta_free(b->meta);
        b->meta = NULL;
        break;
    default:
        break;
    }
    fo_check_content(b, node);
    b->depth--;
}

void fo_builder_end(struct fo_builder *b, int line)
{
    if (b->stopped)
        return;
    b->elements--;
    if (b->skipping) {
        b->skipping--;
        if (!b->skipping && b->other.name[0])
            end_other(b);
    } else if (b->meta && fo_meta_depth(b->meta)) {
        fo_meta_end(b->meta);
    } else if (b->foreign) {
        fo_foreign_end(b);
    } else {
        flush_text(b);
        close_object(b);
    }
    if (b->depth && !b->skipping)
        top(b)->text_line = line;
}

static void free_builder(struct fo_builder *b)
{
    while (b->depth) {
        struct fo_frame *f = top(b);
        if (f->node->type == FO_TABLE)
            fo_grid_free(f->grid);
        b->depth--;
    }
    fo_meta_free(b->meta);
    buf_free(&b->text);
    free(b->frames);
    free(b->cx);
    free(b->locals.items);
    free(b->specs.items);
    free(b->references.items);
    free(b->ids);
    free(b);
}

static const char *document_language(struct fo_document *doc)
{
    const struct fo_inherited *inh = &doc->root->style->inh;
    if (!inh->language || !inh->country)
        return inh->language;
    return arena_printf(doc->arena, "%s-%s", inh->language, inh->country);
}

struct fo_document *fo_builder_finish(struct fo_builder *b, bool whole)
{
    struct fo_document *doc = b->doc;
    bool good = whole && !b->stopped && doc->root && b->depth == 0 && fo_check_document(b);
    if (good)
        doc->language = document_language(doc);
    fo_styles_drop_cache(doc->styles);
    free_builder(b);
    if (good)
        return doc;
    fo_free_document(doc);
    return NULL;
}

void fo_release(struct fo_document *doc, uint32_t piece)
{
    enum { MUCH = 16 * 1024 * 1024 };
    struct fo_pieces *all = &doc->pieces;
    for (; all->released + 1 < piece && all->released < all->len; all->released++) {
        struct fo_piece *p = &all->items[all->released];
        if (p->pinned)
            continue;
        all->freed += arena_used(p->arena);
        arena_free(p->arena);
        p->arena = NULL;
    }
    if (all->freed < MUCH)
        return;
    all->freed = 0;
    mem_trim();
}

void fo_free_document(struct fo_document *doc)
{
    if (!doc)
        return;
    for (size_t i = 0; i < doc->pieces.len; i++)
        arena_free(doc->pieces.items[i].arena);
    free(doc->pieces.items);
    if (doc->keep)
        xmlFreeDoc(doc->keep);
    fo_styles_free(doc->styles);
    arena_free(doc->arena);
}

/* In 128 bits: a base and a percentage may both be as large as a document dares. */
static mpt percent_of(int64_t pct, mpt base)
{
    __int128 p = (__int128)pct * base;
    p = p >= 0 ? (p + 50000) / 100000 : -((-p + 50000) / 100000);
    return p > MPT_MAX ? MPT_MAX : p < -MPT_MAX ? -MPT_MAX : (mpt)p;
}

mpt fo_length_resolve(struct fo_length len, mpt base, mpt otherwise)
{
    switch (len.unit) {
    case FO_UNIT_MPT:
        return len.v;
    case FO_UNIT_PERCENT:
        return percent_of(len.v, base);
    case FO_UNIT_SUM:
        return mpt_clamp(len.v + percent_of(len.pct, base));
    default:
        return otherwise;
    }
}
