/* The facts of a report as JSON (RFC 8259) and CSV: see facts.h.
 *
 * JSON is the tree as it is: an element's attributes, then for each kind of child either the one
 * there can be (tally, last-year, change) or an array. Counts and shares are numbers, all else
 * strings, so that measure «1.10» does not become 1.1.
 *
 * CSV is one wide table for a spreadsheet, its first column the kind of the row: total, plan,
 * section, party, quarter, measure, cell (of the data table whose id stands under section)… It begins with a byte order mark, has semicolons between
 * cells and a comma in decimals, as spreadsheets of Russian offices want it. */
#include "app/facts.h"

#include <string.h>
#include <libxml/tree.h>

static bool is_named(const xmlNode *node, const char *name)
{
    return strcmp((const char *)node->name, name) == 0;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* Elements whose attributes are all numbers, and of which there is one. */
static const char *const single[] = {"tally", "last-year", "change", NULL};
static const char *const counts[] = {"year",      "records", "percent", "month",
                                     "deadlines", "done",    "column",  NULL};

/* Only `facts` of a report are data. */
static const xmlNode *find_facts(const struct read_document *document, struct diag *diag)
{
    const xmlNode *root = document->doc ? xmlDocGetRootElement(document->doc) : NULL;
    const xmlNode *last = root ? root->last : NULL;
    if (last && last->type == XML_ELEMENT_NODE && is_named(last, "facts"))
        return last;
    diag_add(diag, DIAG_ERROR, (struct src_loc){document->path, 0, 0}, "no-data",
             _("only an annual report has computed data"));
    return NULL;
}

/* --- JSON -------------------------------------------------------------------------------- */

static void put_attribute(struct buf *out, const xmlNode *node, const xmlAttr *a)
{
    const char *name = (const char *)a->name;
    const char *value = a->children ? (const char *)a->children->content : "";
    bool is_number = is_one_of((const char *)node->name, single) || is_one_of(name, counts) ||
                     (is_named(node, "cell") && strcmp(name, "value") == 0);
    bool is_flag = strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
    buf_put_json(out, name);
    buf_puts(out, ": ");
    if (is_number)
        buf_puts(out, value);
    else if (is_flag && !is_one_of(name, (const char *const[]){"title", "name", "value",
                                                               "target", "note", NULL}))
        buf_puts(out, strcmp(value, "yes") == 0 ? "true" : "false");
    else
        buf_put_json(out, value);
}

static bool is_first_of_kind(const xmlNode *node)
{
    for (const xmlNode *n = node->prev; n; n = n->prev)
        if (xmlStrEqual(n->name, node->name))
            return false;
    return true;
}

static void put_element(struct buf *out, const xmlNode *node, int depth);

static void put_line(struct buf *out, int depth)
{
    buf_putc(out, '\n');
    for (int i = 0; i < depth; i++)
        buf_puts(out, "  ");
}

/* All children of the kind of `first`, its siblings before it being of other kinds. */
static void put_kind(struct buf *out, const xmlNode *first, int depth)
{
    bool alone = is_one_of((const char *)first->name, single);
    put_line(out, depth);
    buf_put_json(out, (const char *)first->name);
    buf_puts(out, alone ? ": " : ": [");
    for (const xmlNode *n = first; n; n = n->next) {
        if (!xmlStrEqual(n->name, first->name))
            continue;
        buf_puts(out, n == first ? "" : ",");
        if (!alone)
            put_line(out, depth + 1);
        put_element(out, n, depth + 1);
    }
    buf_puts(out, alone ? "" : "]");
}

static void put_element(struct buf *out, const xmlNode *node, int depth)
{
    const char *comma = "";
    buf_putc(out, '{');
    for (const xmlAttr *a = node->properties; a; a = a->next, comma = ", ") {
        buf_puts(out, comma);
        put_attribute(out, node, a);
    }
    /* children of a kind stand together, so the first of each is where the name changes */
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (n->prev && xmlStrEqual(n->prev->name, n->name))
            continue;
        if (!is_first_of_kind(n))
            continue;
        buf_puts(out, *comma ? "," : "");
        put_kind(out, n, depth + 1);
        comma = ", ";
    }
    buf_putc(out, '}');
}

bool app_put_facts_json(const struct read_document *document, struct buf *out,
                        struct diag *diag)
{
    const xmlNode *facts = find_facts(document, diag);
    if (!facts)
        return false;
    put_element(out, facts, 0);
    buf_putc(out, '\n');
    return true;
}

/* --- CSV --------------------------------------------------------------------------------- */

/* What a row says of itself, then what its tally counts. */
static const char *const facts_of_row[] = {
    "number", "title",  "parties", "deadline", "standing", "date", "to",   "percent",
    "value",  "target", "reached", "note",     "evidence", "link", "what", NULL};
static const char *const figures_of_row[] = {"measures",
                                             "done",
                                             "done-share",
                                             "partly",
                                             "partly-share",
                                             "overdue",
                                             "overdue-share",
                                             "postponed",
                                             "postponed-share",
                                             "cancelled",
                                             "cancelled-share",
                                             "later",
                                             "later-share",
                                             "open",
                                             "open-share",
                                             "none",
                                             "due",
                                             "kept-share",
                                             "deadlines",
                                             "deadlines-done",
                                             "deadlines-done-share",
                                             "deadlines-partly",
                                             "deadlines-overdue",
                                             "deadlines-postponed",
                                             "deadlines-cancelled",
                                             "deadlines-later",
                                             "deadlines-open",
                                             "indicators",
                                             "reached",
                                             "reached-share",
                                             NULL};

static const char *value_of(const xmlNode *node, const char *name)
{
    const xmlAttr *a = node ? xmlHasProp(node, (const xmlChar *)name) : NULL;
    return a && a->children ? (const char *)a->children->content : "";
}

/* The text of a cell; a quotation mark, a semicolon or a line break in it wants quotes. */
static void put_cell(struct buf *out, const char *s)
{
    bool quoted = strpbrk(s, "\";\r\n") != NULL;
    buf_puts(out, quoted ? ";\"" : ";");
    for (; *s; s++) {
        if (*s == '"')
            buf_putc(out, '"');
        buf_putc(out, *s);
    }
    buf_puts(out, quoted ? "\"" : "");
}

static void put_figure(struct buf *out, const char *s)
{
    size_t start = out->len;
    put_cell(out, s);
    for (size_t i = start; i < out->len; i++)
        if (out->bytes[i] == '.')
            out->bytes[i] = ',';
}

/* The attribute of the nearest element `name` from the node up. */
static const char *value_above(const xmlNode *node, const char *name, const char *attribute)
{
    while (node && node->type == XML_ELEMENT_NODE && !is_named(node, name))
        node = node->parent;
    return node && node->type == XML_ELEMENT_NODE ? value_of(node, attribute) : "";
}

/* What stands under the heading `name` in the row of a node: a party's name and the label of a
 * cell's row are titles, the column of a cell its number. */
static const char *choose_value(const xmlNode *node, const char *name)
{
    bool is_cell = is_named(node, "cell");
    if (is_cell && strcmp(name, "title") == 0)
        return value_of(node->parent, "label");
    if (is_cell && strcmp(name, "number") == 0)
        return value_of(node, "column");
    const char *value = value_of(node, name);
    return !*value && strcmp(name, "title") == 0 ? value_of(node, "name") : value;
}

/* `tally`: the element with the figures; NULL. */
static void put_row(struct buf *out, const char *kind, const xmlNode *node,
                    const xmlNode *tally)
{
    bool is_cell = is_named(node, "cell");
    buf_puts(out, kind);
    put_cell(out, value_above(node, "plan", "of"));
    put_cell(out, is_cell ? value_above(node, "table", "id")
                          : value_above(node, "section", "title"));
    for (size_t i = 0; facts_of_row[i]; i++) {
        bool is_figure = is_cell && strcmp(facts_of_row[i], "value") == 0;
        (is_figure ? put_figure : put_cell)(out, choose_value(node, facts_of_row[i]));
    }
    for (size_t i = 0; figures_of_row[i]; i++)
        put_figure(out, value_of(tally, figures_of_row[i]));
    buf_puts(out, "\r\n");
}

static void put_head(struct buf *out)
{
    buf_puts(out, "\xEF\xBB\xBFkind;plan;section");
    for (size_t i = 0; facts_of_row[i]; i++)
        buf_printf(out, ";%s", facts_of_row[i]);
    for (size_t i = 0; figures_of_row[i]; i++) /* «reached» is also a measure's own */
        buf_printf(out, ";%s%s", figures_of_row[i],
                   strcmp(figures_of_row[i], "reached") == 0 ? "-count" : "");
    buf_puts(out, "\r\n");
}

static void put_rows(struct buf *out, const xmlNode *node)
{
    static const char *const plain[] = {"measure", "cell", "edit", NULL};
    for (const xmlNode *n = node->children; n; n = n->next) {
        const char *name = (const char *)n->name;
        if (is_one_of(name, single))
            put_row(out,
                    is_named(n, "tally")
                        ? (is_named(node, "facts") ? "total" : (const char *)node->name)
                        : name,
                    node, n);
        else if (is_one_of(name, plain))
            put_row(out, name, n, NULL);
        else if (is_named(n, "month"))
            put_row(out, name, n, n);
        if (!is_one_of(name, single) && !is_named(n, "measure"))
            put_rows(out, n);
    }
}

bool app_put_facts_csv(const struct read_document *document, struct buf *out, struct diag *diag)
{
    const xmlNode *facts = find_facts(document, diag);
    if (!facts)
        return false;
    put_head(out);
    put_rows(out, facts);
    return true;
}
