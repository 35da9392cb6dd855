/* Prints the tree: an object a line, with what of its style differs from its parent's or from the
 * initial values, in the words and units of the Recommendation. */
#include "fo/objects.h"

#include "base/buf.h"

#include <stddef.h>
#include <string.h>

static void put_word_or(struct buf *out, const struct fo_word *words, int64_t v)
{
    for (; words && words->name; words++)
        if (words->value == v) {
            buf_puts(out, words->name);
            return;
        }
    if (v == FO_KEEP_ALWAYS)
        buf_puts(out, "always");
    else
        buf_putd(out, v);
}

static void put_length(struct buf *out, const struct fo_length *l)
{
    static const char *const scales[] = {"scale-to-fit", "scale-down-to-fit",
                                         "scale-up-to-fit"};
    if (l->unit == FO_UNIT_AUTO) {
        buf_puts(out, "auto");
        return;
    }
    if (l->unit == FO_UNIT_SCALE) {
        buf_puts(out, scales[l->v]);
        return;
    }
    if (l->unit == FO_UNIT_PROP) {
        buf_put_milli(out, l->pct);
        buf_puts(out, "*");
        if (l->v == 0)
            return;
        buf_puts(out, l->v < 0 ? "" : "+");
        buf_put_milli(out, l->v);
        buf_puts(out, "pt");
        return;
    }
    buf_put_milli(out, l->v);
    if (l->unit == FO_UNIT_MPT)
        buf_puts(out, "pt");
    else if (l->unit == FO_UNIT_PERCENT)
        buf_putc(out, '%');
    if (l->unit != FO_UNIT_SUM)
        return;
    buf_puts(out, l->pct < 0 ? "pt" : "pt+");
    buf_put_milli(out, l->pct);
    buf_putc(out, '%');
}

static bool same_length(const struct fo_length *a, const struct fo_length *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static void put_range(struct buf *out, const struct fo_range *r)
{
    put_length(out, &r->min);
    if (same_length(&r->min, &r->opt) && same_length(&r->opt, &r->max))
        return;
    buf_putc(out, '/');
    put_length(out, &r->opt);
    buf_putc(out, '/');
    put_length(out, &r->max);
}

static void put_mpt(struct buf *out, mpt v)
{
    buf_put_milli(out, v);
    buf_puts(out, "pt");
}

static void put_precedence(struct buf *out, int16_t v)
{
    buf_putc(out, '!');
    if (v == INT16_MAX)
        buf_puts(out, "force");
    else
        buf_putd(out, v);
}

static void put_space(struct buf *out, const struct fo_space *s)
{
    put_mpt(out, s->min);
    if (s->min != s->opt || s->opt != s->max) {
        buf_putc(out, '/');
        put_mpt(out, s->opt);
        buf_putc(out, '/');
        put_mpt(out, s->max);
    }
    if (s->pct) {
        buf_putc(out, '+');
        buf_put_milli(out, s->pct);
        buf_putc(out, '%');
    }
    if (s->precedence)
        put_precedence(out, s->precedence);
    if (s->retain)
        buf_puts(out, ",retain");
}

static void put_color(struct buf *out, uint32_t c)
{
    if (c == FO_TRANSPARENT)
        buf_puts(out, "transparent");
    else
        buf_printf(out, "#%06x", (unsigned)c);
}

static void put_keep(struct buf *out, const struct fo_keep *k, const struct fo_word *words)
{
    put_word_or(out, words, k->line);
    if (k->line == k->column && k->column == k->page)
        return;
    buf_putc(out, '/');
    put_word_or(out, words, k->column);
    buf_putc(out, '/');
    put_word_or(out, words, k->page);
}

static void put_quoted(struct buf *out, const char *s, size_t n)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < n; i++)
        switch (s[i]) {
        case '\n':
            buf_puts(out, "\\n");
            break;
        case '\t':
            buf_puts(out, "\\t");
            break;
        case '\r':
            buf_puts(out, "\\r");
            break;
        case '"':
        case '\\':
            buf_putc(out, '\\');
            buf_putc(out, s[i]);
            break;
        default:
            buf_putc(out, s[i]);
        }
    buf_putc(out, '"');
}

static void put_field(struct buf *out, const struct fo_prop *p, const void *f)
{
    const char *s;
    switch (p->field) {
    case FO_FIELD_MPT:
        put_mpt(out, *(const mpt *)f);
        break;
    case FO_FIELD_LENGTH:
        put_length(out, f);
        break;
    case FO_FIELD_SPACE:
        put_space(out, f);
        break;
    case FO_FIELD_RANGE:
        put_range(out, f);
        break;
    case FO_FIELD_PADDING:
        put_length(out, &((const struct fo_padding *)f)->len);
        if (((const struct fo_padding *)f)->retain)
            buf_puts(out, ",retain");
        break;
    case FO_FIELD_BORDER:
        put_mpt(out, ((const struct fo_border *)f)->width);
        if (((const struct fo_border *)f)->retain)
            buf_puts(out, ",retain");
        break;
    case FO_FIELD_KEEP:
        put_keep(out, f, p->words);
        break;
    case FO_FIELD_INT:
        put_word_or(out, p->words, *(const int32_t *)f);
        break;
    case FO_FIELD_SHORT:
        put_word_or(out, p->words, *(const int16_t *)f);
        break;
    case FO_FIELD_BOOL:
        put_word_or(out, p->words, *(const bool *)f);
        break;
    case FO_FIELD_COLOR:
        put_color(out, *(const uint32_t *)f);
        break;
    case FO_FIELD_CHAR:
        buf_put_utf8(out, *(const uint32_t *)f);
        break;
    case FO_FIELD_STRING:
        s = *(const char *const *)f;
        put_quoted(out, s ? s : "", s ? strlen(s) : 0);
        break;
    case FO_FIELD_NONE:
        break;
    }
}

static bool same_field(const struct fo_prop *p, const void *a, const void *b)
{
    if (p->field == FO_FIELD_BORDER)
        return ((const struct fo_border *)a)->width == ((const struct fo_border *)b)->width &&
               ((const struct fo_border *)a)->retain == ((const struct fo_border *)b)->retain;
    return memcmp(a, b, fo_field_size(p->field)) == 0;
}

/* What tells nothing: width, colour and precedence of a border that is not drawn, and the
 * precedence every object of the type has. */
static bool is_idle(const struct fo_prop *p, const struct fo_node *n)
{
    for (int side = 0; side < 4; side++) {
        const struct fo_border *b = &n->style->own.border[side];
        size_t at = (size_t)((const char *)b - (const char *)n->style);
        if (p->offset < at || p->offset >= at + sizeof *b || p->field == FO_FIELD_INT)
            continue;
        return b->style == FO_BORDER_NONE ||
               (p->field == FO_FIELD_SHORT && b->precedence == fo_border_precedence(n->type));
    }
    return false;
}

static void put_style(struct buf *out, const struct fo_node *n, const struct fo_style *initial)
{
    const struct fo_style *style = n->style, *parent = n->parent ? n->parent->style : initial;
    for (size_t i = 0; i < fo_prop_count; i++) {
        const struct fo_prop *p = &fo_props[i];
        const struct fo_style *base =
            p->offset < offsetof(struct fo_style, own) ? parent : initial;
        if (p->offset >= sizeof *style || p->flags & FO_PROP_TWIN || p->field == FO_FIELD_NONE)
            continue;
        const char *a = (const char *)style + p->offset;
        if (same_field(p, a, (const char *)base + p->offset) || is_idle(p, n))
            continue;
        buf_printf(out, " %s=", p->name);
        put_field(out, p, a);
    }
    static const char *const positions[] = {"static", "relative", "absolute", "fixed"};
    static const struct {
        unsigned bit;
        const char *name;
    } lines[] = {{FO_UNDERLINE, "underline"},
                 {FO_OVERLINE, "overline"},
                 {FO_LINE_THROUGH, "line-through"}};
    if (style->own.position != FO_POSITION_STATIC)
        buf_printf(out, " position=%s", positions[style->own.position]);
    for (size_t i = 0; i < 3; i++)
        if (style->own.decoration & lines[i].bit)
            buf_printf(out, " %s", lines[i].name);
    if (style->own.baseline_level)
        buf_printf(out, " baseline-level=%d", (int)style->own.baseline_level);
}

static void put_string(struct buf *out, const char *name, const char *value)
{
    if (!value)
        return;
    buf_printf(out, " %s=", name);
    put_quoted(out, value, strlen(value));
}

static void put_int(struct buf *out, const char *name, int64_t v, int64_t usual)
{
    if (v != usual)
        buf_printf(out, " %s=%lld", name, (long long)v);
}

static void put_named_length(struct buf *out, const char *name, const struct fo_length *l,
                             enum fo_unit usual)
{
    if (l->unit == usual && l->v == 0)
        return;
    buf_printf(out, " %s=", name);
    put_length(out, l);
}

static void put_margins(struct buf *out, const struct fo_length *margin)
{
    static const char *const names[] = {"margin-top", "margin-bottom", "margin-left",
                                        "margin-right"};
    for (int i = 0; i < 4; i++)
        put_named_length(out, names[i], &margin[i], FO_UNIT_MPT);
}

/* An int that a row of the table of properties has words for. */
static void put_enum(struct buf *out, const char *name, int32_t v, int32_t usual)
{
    if (v == usual)
        return;
    for (size_t i = 0; i < fo_prop_count; i++)
        if (strcmp(fo_props[i].name, name) == 0) {
            buf_printf(out, " %s=", name);
            put_word_or(out, fo_props[i].words, v);
        }
}

static void put_region(struct buf *out, const struct fo_as_region *r)
{
    put_string(out, "region-name", r->name);
    put_margins(out, r->margin);
    put_named_length(out, "extent", &r->extent, FO_UNIT_MPT);
    put_int(out, "precedence", r->precedence, 0);
    put_int(out, "column-count", r->column_count, 1);
    if (r->column_count > 1)
        put_named_length(out, "column-gap", &r->column_gap, FO_UNIT_MPT);
}

static void put_reference(struct buf *out, const struct fo_as_master_reference *r)
{
    put_string(out, "master-reference", r->name);
    put_enum(out, "maximum-repeats", r->maximum_repeats, -1);
    put_enum(out, "page-position", (int32_t)r->position, FO_POS_ANY);
    put_enum(out, "odd-or-even", (int32_t)r->parity, FO_PARITY_ANY);
    put_enum(out, "blank-or-not-blank", (int32_t)r->blank, FO_BLANK_ANY);
}

static void put_sequence(struct buf *out, const struct fo_as_page_sequence *s)
{
    put_string(out, "master-reference", s->master);
    put_enum(out, "initial-page-number", s->initial, FO_INITIAL_AUTO);
    put_enum(out, "force-page-count", (int32_t)s->force, FO_FORCE_AUTO);
    if (strcmp(s->format, "1") != 0)
        put_string(out, "format", s->format);
    put_string(out, "grouping-separator", s->grouping_separator);
    put_int(out, "grouping-size", s->grouping_size, 0);
}

static void put_table(struct buf *out, const struct fo_as_table *t)
{
    put_enum(out, "table-layout", t->fixed, 0);
    put_int(out, "table-omit-header-at-break", t->omit_header_at_break, 0);
    put_int(out, "table-omit-footer-at-break", t->omit_footer_at_break, 0);
    put_string(out, "px:continued-caption", t->continued);
    put_int(out, "px:repeat-spanned-cells", t->repeat_spanned, 0);
}

static void put_column(struct buf *out, const struct fo_as_column *c)
{
    buf_printf(out, " column-number=%d", (int)c->number);
    put_int(out, "number-columns-repeated", c->repeated, 1);
    put_int(out, "number-columns-spanned", c->spanned, 1);
    buf_puts(out, " column-width=");
    put_length(out, &c->width);
    put_enum(out, "px:align", c->align_decimal, 0);
}

static void put_cell(struct buf *out, const struct fo_as_cell *c)
{
    buf_printf(out, " column-number=%d", (int)c->number);
    put_int(out, "number-columns-spanned", c->columns, 1);
    put_int(out, "number-rows-spanned", c->rows, 1);
    put_int(out, "starts-row", c->starts_row, 0);
    put_int(out, "ends-row", c->ends_row, 0);
    put_enum(out, "px:align", c->align_decimal, 0);
}

static void put_graphic(struct buf *out, const struct fo_as_graphic *g)
{
    put_string(out, "src", g->src);
    if (g->svg)
        buf_puts(out, " (svg)");
    put_named_length(out, "content-width", &g->content_width, FO_UNIT_AUTO);
    put_named_length(out, "content-height", &g->content_height, FO_UNIT_AUTO);
    put_enum(out, "scaling", g->uniform, 1);
    put_string(out, "px:alt", g->alt);
}

static void put_retrieve(struct buf *out, enum fo_type type, const struct fo_as_retrieve *r)
{
    bool table = type == FO_RETRIEVE_TABLE_MARKER;
    put_string(out, "retrieve-class-name", r->class_name);
    put_enum(out, table ? "retrieve-position-within-table" : "retrieve-position",
             (int32_t)r->position, -1);
    put_enum(out, table ? "retrieve-boundary-within-table" : "retrieve-boundary",
             (int32_t)r->boundary, -1);
}

static void put_page_master(struct buf *out, const struct fo_as_page_master *m)
{
    put_string(out, "master-name", m->name);
    put_named_length(out, "page-width", &m->width, FO_UNIT_AUTO);
    put_named_length(out, "page-height", &m->height, FO_UNIT_AUTO);
    put_margins(out, m->margin);
}

static void put_link(struct buf *out, const char *internal, const char *external)
{
    put_string(out, "internal-destination", internal);
    put_string(out, "external-destination", external);
}

static void put_members(struct buf *out, const struct fo_node *n)
{
    switch (n->type) {
    case FO_SIMPLE_PAGE_MASTER:
        put_page_master(out, &n->as.page_master);
        break;
    case FO_REGION_BODY:
    case FO_REGION_BEFORE:
    case FO_REGION_AFTER:
    case FO_REGION_START:
    case FO_REGION_END:
        put_region(out, &n->as.region);
        break;
    case FO_PAGE_SEQUENCE_MASTER:
        put_string(out, "master-name", n->as.sequence_master.name);
        break;
    case FO_SINGLE_PAGE_MASTER_REFERENCE:
    case FO_REPEATABLE_PAGE_MASTER_REFERENCE:
    case FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES:
    case FO_CONDITIONAL_PAGE_MASTER_REFERENCE:
        put_reference(out, &n->as.master_reference);
        break;
    case FO_PAGE_SEQUENCE:
        put_sequence(out, &n->as.page_sequence);
        break;
    case FO_FLOW:
    case FO_STATIC_CONTENT:
        put_string(out, "flow-name", n->as.flow.region);
        break;
    case FO_BOOKMARK:
        put_link(out, n->as.bookmark.internal, n->as.bookmark.external);
        put_enum(out, "starting-state", n->as.bookmark.closed, 0);
        break;
    case FO_BLOCK:
        put_int(out, "heading", n->as.block.heading, 0);
        break;
    case FO_BLOCK_CONTAINER:
    case FO_INLINE_CONTAINER:
        put_string(out, "px:report", n->as.container.report);
        put_string(out, "px:signature-field", n->as.container.signature_field);
        break;
    case FO_TABLE:
        put_table(out, &n->as.table);
        break;
    case FO_TABLE_COLUMN:
        put_column(out, &n->as.column);
        break;
    case FO_TABLE_ROW:
        if (n->as.row.made)
            buf_puts(out, " (made)");
        break;
    case FO_TABLE_CELL:
        put_cell(out, &n->as.cell);
        break;
    case FO_CHARACTER:
        buf_puts(out, " character=");
        buf_put_utf8(out, n->as.character.cp);
        break;
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        put_graphic(out, &n->as.graphic);
        break;
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        put_string(out, "ref-id", n->as.citation.ref_id);
        break;
    case FO_BASIC_LINK:
        put_link(out, n->as.link.internal, n->as.link.external);
        break;
    case FO_MARKER:
        put_string(out, "marker-class-name", n->as.marker.class_name);
        break;
    case FO_RETRIEVE_MARKER:
    case FO_RETRIEVE_TABLE_MARKER:
        put_retrieve(out, n->type, &n->as.retrieve);
        break;
    default:
        break;
    }
}

static void put_place(struct buf *out, const struct fo_node *n)
{
    buf_puts(out, " @");
    if (n->loc.file && (!n->parent || n->parent->loc.file != n->loc.file))
        buf_printf(out, "%s:", n->loc.file);
    buf_putd(out, n->loc.line);
}

static void put_node(struct buf *out, const struct fo_node *n, int depth,
                     const struct fo_style *initial)
{
    for (int i = 0; i < depth; i++)
        buf_puts(out, "  ");
    buf_puts(out, fo_type_name(n->type));
    put_place(out, n);
    if (n->type == FO_TEXT) {
        buf_putc(out, ' ');
        put_quoted(out, n->as.text.bytes, n->as.text.len);
    } else {
        put_string(out, "id", n->id);
        put_string(out, "role", n->role);
        put_members(out, n);
        put_style(out, n, initial);
    }
    buf_putc(out, '\n');
}

/* Depth first without recursion. */
static void dump_tree(const struct fo_node *top, const struct fo_style *initial,
                      struct buf *out)
{
    int depth = 0;
    for (const struct fo_node *n = top; n;) {
        put_node(out, n, depth, initial);
        if (n->child) {
            n = n->child;
            depth++;
            continue;
        }
        while (n != top && !n->next) {
            n = n->parent;
            depth--;
        }
        n = n == top ? NULL : n->next;
    }
}

void fo_dump(const struct fo_document *doc, struct buf *out)
{
    const struct fo_style *initial = &fo_styles_initial(doc->styles)->style;
    if (doc->language)
        buf_printf(out, "language %s\n", doc->language);
    for (const struct fo_meta *m = doc->meta; m; m = m->next) {
        buf_printf(out, "meta %s=", m->name);
        put_quoted(out, m->value, strlen(m->value));
        buf_putc(out, '\n');
    }
    dump_tree(doc->root, initial, out);
}
