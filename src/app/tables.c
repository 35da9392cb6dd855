/* The computed columns and rows of data tables: see facts.h.
 *
 * A column is computed from others of its row, by their numbers:
 *     3-2      the difference, signed
 *     3/2      what per cent of column 2 column 3 is
 *     3%2      by how many per cent column 3 is more than column 2, signed
 *     sum 2 3, average 2 3
 *     rank 3   the row's place by column 3, the greatest first; rank -3 the least first
 * A row is computed from the rows before it, since the last computed one, in every column with
 * numbers: sum, average, least, greatest. Ranks come last, computed rows have none. Equal values
 * share a place, and the next one is left out.
 *
 * The rows' cells are those of the columns that are not computed, in their order, so that nobody
 * types empty cells; here the missing ones are put between them. A cell over several columns or
 * rows has no place in such a table. */
#include "app/facts.h"
#include "plan/number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/tree.h>

enum { MOST_COLUMNS = 64, MOST_OPERANDS = 16, SHARE_DECIMALS = 1 };

enum operation { OP_NONE, OP_MINUS, OP_SHARE, OP_GROWTH, OP_SUM, OP_AVERAGE, OP_RANK };

struct column {
    const xmlNode *node;
    enum operation op;
    int operands[MOST_OPERANDS], count; /* columns from 1 */
    bool least_first;
};

struct value {
    struct plan_number number;
    bool is_there, is_signed;
};

struct row {
    xmlNode *node;
    const char *compute;  /* of the whole row; NULL: it is typed */
    struct value *values; /* by column */
    xmlNode **cells;      /* the same; NULL: computed and not made yet */
};

struct table {
    struct arena *arena;
    struct column columns[MOST_COLUMNS];
    int width;
    struct {
        struct row *items;
        size_t len, cap;
    } rows;
    struct diag *diag;
    const char *file;
};

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static const xmlNode *find_child(const xmlNode *node, const char *name)
{
    const xmlNode *n = node->children;
    while (n && !is_named(n, name))
        n = n->next;
    return n;
}

static const char *attribute(const struct table *t, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    const char *copy = value ? arena_strdup(t->arena, (const char *)value) : NULL;
    xmlFree(value);
    return copy;
}

static struct src_loc place_of(const struct table *t, const xmlNode *node)
{
    struct src_loc at = read_locate_node(node);
    at.file = at.file ? at.file : t->file;
    return at;
}

/* --- what is asked ----------------------------------------------------------------------- */

/* Column numbers after a word; a minus before the first means the least first. */
static void read_operands(struct column *c, const char *s)
{
    while (*s && c->count < MOST_OPERANDS) {
        c->least_first = c->least_first || *s == '-';
        if (isdigit((unsigned char)*s))
            c->operands[c->count++] = (int)strtol(s, (char **)&s, 10);
        else
            s++;
    }
}

/* The schema has looked at the form. */
static void read_compute(struct column *c, const char *s)
{
    static const struct {
        const char *word;
        enum operation op;
    } words[] = {{"sum", OP_SUM}, {"average", OP_AVERAGE}, {"rank", OP_RANK}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(s, words[i].word, strlen(words[i].word)) == 0) {
            c->op = words[i].op;
            read_operands(c, s + strlen(words[i].word));
            return;
        }
    c->op = strchr(s, '-') ? OP_MINUS : strchr(s, '/') ? OP_SHARE : OP_GROWTH;
    read_operands(c, s);
    c->least_first = false;
}

/* False: no table that computes. */
static bool read_columns(struct table *t, const xmlNode *node)
{
    const xmlNode *columns = find_child(node, "columns");
    bool any = false;
    for (const xmlNode *n = columns ? columns->children : NULL; n; n = n->next) {
        if (!is_named(n, "column") || t->width == MOST_COLUMNS)
            continue;
        struct column *c = &t->columns[t->width++];
        const char *compute = attribute(t, n, "compute");
        c->node = n;
        if (compute)
            read_compute(c, compute);
        any = any || compute;
    }
    for (int i = 0; i < t->width; i++)
        for (int k = 0; k < t->columns[i].count; k++)
            if (t->columns[i].operands[k] < 1 || t->columns[i].operands[k] > t->width) {
                diag_add(t->diag, DIAG_ERROR, place_of(t, t->columns[i].node), "table-column",
                         _("there is no column %d: the table has %d"),
                         t->columns[i].operands[k], t->width);
                return false;
            }
    for (const xmlNode *n = node->children; n; n = n->next)
        any = any || (is_named(n, "row") && xmlHasProp(n, (const xmlChar *)"compute"));
    return any;
}

/* --- what is typed ----------------------------------------------------------------------- */

static void read_value(struct value *v, const xmlNode *cell)
{
    xmlChar *text = xmlNodeGetContent(cell);
    v->is_there = plan_read_number((const char *)text, &v->number);
    xmlFree(text);
}

static void read_row(struct table *t, xmlNode *node)
{
    struct row row = {.node = node, .compute = attribute(t, node, "compute")};
    row.values = ARENA_ARRAY(t->arena, struct value, t->width + 1);
    row.cells = ARENA_ARRAY(t->arena, xmlNode *, t->width + 1);
    xmlNode *cell = node->children;
    for (int i = 0; i < t->width; i++) {
        if (t->columns[i].op)
            continue;
        while (cell && !is_named(cell, "cell"))
            cell = cell->next;
        if (!cell)
            break;
        read_value(&row.values[i], cell);
        row.cells[i] = cell;
        cell = cell->next;
    }
    VEC_PUSH(&t->rows, row);
}

/* --- computing --------------------------------------------------------------------------- */

static struct value operand(const struct row *row, const struct column *c, int k)
{
    return k < c->count ? row->values[c->operands[k] - 1] : (struct value){.is_there = false};
}

/* a / b in per cent; with `growth` less 100. */
static void compute_ratio(struct value *v, struct value a, struct value b, bool growth)
{
    if (!a.is_there || !b.is_there)
        return;
    struct plan_number top = growth ? plan_subtract(a.number, b.number) : a.number;
    v->is_there = plan_divide(top, b.number, 100, SHARE_DECIMALS, &v->number);
    v->is_signed = growth;
}

/* The mean has one decimal more than what it is of. */
static bool divide_evenly(struct plan_number sum, int64_t count, struct plan_number *out)
{
    struct plan_number n = {count, 0};
    return plan_divide(sum, n, 1, sum.decimals < 6 ? sum.decimals + 1 : 6, out);
}

static void compute_sum(struct value *v, const struct row *row, const struct column *c)
{
    int64_t count = 0;
    for (int k = 0; k < c->count; k++) {
        struct value a = operand(row, c, k);
        if (!a.is_there)
            continue;
        v->number = count++ ? plan_add(v->number, a.number) : a.number;
    }
    v->is_there = count > 0;
    if (count && c->op == OP_AVERAGE)
        v->is_there = divide_evenly(v->number, count, &v->number);
}

static void compute_cell(struct row *row, const struct column *c, struct value *v)
{
    struct value a = operand(row, c, 0), b = operand(row, c, 1);
    if (c->op == OP_MINUS && a.is_there && b.is_there)
        *v = (struct value){plan_subtract(a.number, b.number), true, true};
    else if (c->op == OP_SHARE || c->op == OP_GROWTH)
        compute_ratio(v, a, b, c->op == OP_GROWTH);
    else if (c->op == OP_SUM || c->op == OP_AVERAGE)
        compute_sum(v, row, c);
}

/* One column of a computed row, from the rows [first, end). */
static void fold_column(struct table *t, size_t first, size_t end, int column)
{
    struct row *row = &t->rows.items[end];
    struct value *v = &row->values[column];
    int64_t count = 0;
    bool least = strcmp(row->compute, "least") == 0;
    bool chooses = least || strcmp(row->compute, "greatest") == 0;
    for (size_t i = first; i < end; i++) {
        const struct value *a = &t->rows.items[i].values[column];
        if (!a->is_there)
            continue;
        int order = count ? plan_compare_numbers(a->number, v->number) : 0;
        if (!count || (chooses && (least ? order < 0 : order > 0)))
            v->number = a->number;
        else if (!chooses)
            v->number = plan_add(v->number, a->number);
        v->is_signed = a->is_signed;
        count++;
    }
    v->is_there = count > 0;
    if (count && strcmp(row->compute, "average") == 0)
        v->is_there = divide_evenly(v->number, count, &v->number);
}

static void compute_rows(struct table *t)
{
    size_t first = 0;
    for (size_t i = 0; i < t->rows.len; i++) {
        struct row *row = &t->rows.items[i];
        for (int c = 0; row->compute && c < t->width; c++)
            if (!row->cells[c] && !t->columns[c].op)
                fold_column(t, first, i, c);
        for (int c = 0; c < t->width; c++)
            if (t->columns[c].op)
                compute_cell(row, &t->columns[c], &row->values[c]);
        first = row->compute ? i + 1 : first;
    }
}

static void compute_ranks(struct table *t, int column)
{
    const struct column *c = &t->columns[column];
    for (size_t i = 0; i < t->rows.len; i++) {
        struct row *row = &t->rows.items[i];
        struct value a = operand(row, c, 0);
        int64_t place = 1;
        for (size_t k = 0; k < t->rows.len && a.is_there && !row->compute; k++) {
            struct value b = operand(&t->rows.items[k], c, 0);
            int order = b.is_there ? plan_compare_numbers(b.number, a.number) : 0;
            place += !t->rows.items[k].compute && (c->least_first ? order < 0 : order > 0);
        }
        row->values[column] = (struct value){{place, 0}, a.is_there && !row->compute, false};
    }
}

/* --- filling in -------------------------------------------------------------------------- */

static xmlNode *make_cell(const struct row *row, const struct value *v)
{
    xmlNode *cell = xmlNewDocNode(row->node->doc, row->node->ns, (const xmlChar *)"cell", NULL);
    REQUIRE(cell);
    cell->line = row->node->line;
    if (v->is_there) {
        struct buf text = BUF_EMPTY;
        plan_put_number(&text, v->number);
        xmlNewProp(cell, (const xmlChar *)"figure", (const xmlChar *)buf_str(&text));
        if (v->is_signed)
            xmlNewProp(cell, (const xmlChar *)"signed", (const xmlChar *)"yes");
        buf_free(&text);
    }
    return cell;
}

static void fill_row(const struct table *t, struct row *row)
{
    xmlNode *before = NULL; /* the cell at the left */
    for (int c = 0; c < t->width; c++) {
        xmlNode *cell = row->cells[c];
        if (!cell && (t->columns[c].op || row->compute)) {
            cell = make_cell(row, &row->values[c]);
            if (before)
                xmlAddNextSibling(before, cell);
            else if (row->node->children)
                xmlAddPrevSibling(row->node->children, cell);
            else
                xmlAddChild(row->node, cell);
        }
        before = cell ? cell : before;
    }
}

static void fill_table(struct table *t, const xmlNode *node)
{
    for (xmlNode *n = node->children; n; n = n->next)
        if (is_named(n, "row"))
            read_row(t, n);
    compute_rows(t);
    for (int c = 0; c < t->width; c++)
        if (t->columns[c].op == OP_RANK)
            compute_ranks(t, c);
    for (size_t i = 0; i < t->rows.len; i++)
        fill_row(t, &t->rows.items[i]);
    free(t->rows.items);
}

static const xmlNode *next_node(const xmlNode *n, const xmlNode *root)
{
    if (n->children && n->type == XML_ELEMENT_NODE)
        return n->children;
    while (n != root && !n->next)
        n = n->parent;
    return n == root ? NULL : n->next;
}

void app_fill_tables(struct read_document *document, struct diag *diag)
{
    const xmlNode *root = xmlDocGetRootElement(document->doc);
    for (const xmlNode *n = root; n; n = next_node(n, root)) {
        if (!is_named(n, "table"))
            continue;
        struct table table = {.arena = document->arena, .diag = diag, .file = document->path};
        if (read_columns(&table, n))
            fill_table(&table, n);
    }
}
