/* What PDF/UA-1 and PDF/A level A ask for beyond what PDFBox preflight looks at: marked content,
 * structure tree, parent tree, links, fonts. Each fault becomes a line of text. */
#ifndef PRIKAZ_TESTS_PDF_CHECKER_H
#define PRIKAZ_TESTS_PDF_CHECKER_H

#include "unit/test_pdf_fonts.h"

struct pdf_values {
    const struct pdf_value **items;
    size_t len, cap;
};

struct pdf_checker {
    const struct pdf_file *f;
    struct buf *faults;
    const struct pdf_value *catalog;
    struct pdf_values pages, parents, elements; /* parents: by key of the parent tree */
    struct {
        struct pdf_face *items;
        size_t len, cap;
    } faces;
    struct pdf_face *face, *saved[32]; /* that is set, and those to be restored by Q */
    bool part1;
    bool said;     /* ActualText tells what is shown */
    size_t number; /* of the page, from 1 */
    int heading;   /* level of the last one */
};

#define PDF_FAULT(c, ...)                                                                      \
    do {                                                                                       \
        buf_printf((c)->faults, __VA_ARGS__);                                                  \
        buf_putc((c)->faults, '\n');                                                           \
    } while (0)

static inline void pdf_need(struct pdf_checker *c, bool holds, const char *what)
{
    if (!holds)
        PDF_FAULT(c, "%s", what);
}

static inline void pdf_collect_pages(struct pdf_checker *c, const struct pdf_value *node)
{
    if (pdf_is_name(pdf_get(c->f, node, "Type"), "Page")) {
        VEC_PUSH(&c->pages, node);
        return;
    }
    for (const struct pdf_value *k = pdf_get(c->f, node, "Kids")->child; k; k = k->next)
        pdf_collect_pages(c, pdf_resolve(c->f, k));
}

static inline void pdf_collect_parents(struct pdf_checker *c, const struct pdf_value *node)
{
    for (const struct pdf_value *n = pdf_get(c->f, node, "Nums")->child; n && n->next;
         n = n->next->next) {
        while (c->parents.len <= (size_t)n->number)
            VEC_PUSH(&c->parents, &pdf_nothing);
        c->parents.items[n->number] = pdf_resolve(c->f, n->next);
    }
    for (const struct pdf_value *k = pdf_get(c->f, node, "Kids")->child; k; k = k->next)
        pdf_collect_parents(c, pdf_resolve(c->f, k));
}

static inline bool pdf_is_one(const char *word, const char *list)
{
    size_t n = strlen(word);
    for (const char *p = list; (p = strstr(p, word)); p += n)
        if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return n > 0;
    return false;
}

/* --- marked content of a page */

struct pdf_marks {
    struct pdf_checker *c;
    long open[64];   /* MCID; -1: artifact; -2: neither (a Span inside) */
    bool actual[64]; /* has ActualText */
    int depth, text, saved;
    char seen[65536];
    long count;
};

static inline void pdf_begin_mark(struct pdf_marks *m, const char *op,
                                  const struct pdf_value *tag,
                                  const struct pdf_value *properties)
{
    long id = -2;
    if (tag && pdf_is_name(tag, "Artifact"))
        id = -1;
    const struct pdf_value *mcid =
        strcmp(op, "BDC") == 0 && properties ? pdf_entry(properties, "MCID") : NULL;
    if (mcid) {
        id = mcid->number;
        if (id < 0 || id > 65535 || m->seen[id])
            PDF_FAULT(m->c, "page %zu: MCID %ld is used twice", m->c->number, id);
        else
            m->seen[id] = 1;
        m->count++;
        for (int i = 0; i < m->depth; i++)
            if (m->open[i] != -2)
                PDF_FAULT(m->c, "page %zu: MCID %ld lies inside another one or an artifact",
                          m->c->number, id);
    }
    if (m->depth < 63) {
        m->actual[m->depth] = properties && pdf_entry(properties, "ActualText");
        m->open[m->depth++] = id;
    }
}

static inline bool pdf_is_marked(const struct pdf_marks *m)
{
    for (int i = 0; i < m->depth; i++)
        if (m->open[i] != -2)
            return true;
    return false;
}

/* The face of a font of the page's. */
static inline struct pdf_face *pdf_find_face(struct pdf_checker *c, const char *name)
{
    const struct pdf_value *resources =
        pdf_get(c->f, c->pages.items[c->number - 1], "Resources");
    const struct pdf_value *font = pdf_get(c->f, pdf_get(c->f, resources, "Font"), name);
    for (size_t i = 0; i < c->faces.len; i++)
        if (c->faces.items[i].font == font)
            return &c->faces.items[i];
    PDF_FAULT(c, "page %zu: there is no font %s", c->number, name);
    return NULL;
}

static inline void pdf_check_text(struct pdf_checker *c, const char *op,
                                  const struct pdf_value *a, const struct pdf_value *b)
{
    if (strcmp(op, "Tf") == 0 && a)
        c->face = pdf_find_face(c, a->text);
    if (!pdf_is_one(op, "Tj TJ") || !b)
        return;
    if (!c->face)
        PDF_FAULT(c, "page %zu: text without a font", c->number);
    else if (b->kind == PDF_STRING)
        pdf_check_shown(c->f, c->face, b, c->said, c->faults);
    for (const struct pdf_value *k = b->child; k && c->face; k = k->next)
        if (k->kind == PDF_STRING)
            pdf_check_shown(c->f, c->face, k, c->said, c->faults);
}

static inline void pdf_check_operator(struct pdf_marks *m, const char *op,
                                      const struct pdf_value *a, const struct pdf_value *b)
{
    size_t page = m->c->number;
    m->c->said = false;
    for (int i = 0; i < m->depth; i++)
        m->c->said |= m->actual[i];
    pdf_check_text(m->c, op, a, b);
    if (strcmp(op, "q") == 0 && m->saved >= 0 && m->saved < 32)
        m->c->saved[m->saved] = m->c->face;
    if (strcmp(op, "Q") == 0 && m->saved > 0 && m->saved <= 32)
        m->c->face = m->c->saved[m->saved - 1];
    if (strcmp(op, "BDC") == 0 || strcmp(op, "BMC") == 0)
        pdf_begin_mark(m, op, strcmp(op, "BDC") == 0 ? a : b, b);
    else if (strcmp(op, "EMC") == 0 && --m->depth < 0)
        PDF_FAULT(m->c, "page %zu: EMC without a beginning", page);
    else if (strcmp(op, "BT") == 0 || strcmp(op, "ET") == 0)
        m->text += *op == 'B' ? 1 : -1;
    else if (strcmp(op, "q") == 0 || strcmp(op, "Q") == 0)
        m->saved += *op == 'q' ? 1 : -1;
    if (m->text < 0 || m->text > 1 || m->saved < 0 || m->saved > 28 || m->depth < 0)
        PDF_FAULT(m->c, "page %zu: %s is not balanced", page, op);
    if (pdf_is_one(op, "Tj TJ ' \" S s f F f* B B* b b* Do sh EI") && !pdf_is_marked(m))
        PDF_FAULT(m->c, "page %zu: %s outside tags and artifacts", page, op);
}

/* Nothing is longer or larger than it may be (ISO 19005-1, 6.1.12; ISO 19005-2, 6.1.13). */
static inline void pdf_check_lengths(struct pdf_checker *c, const struct pdf_value *v,
                                     bool part1)
{
    size_t n = 0;
    for (const struct pdf_value *k = v->child; k; k = k->next, n++)
        pdf_check_lengths(c, k, part1);
    if (v->kind == PDF_ARRAY && n > 8191 && part1)
        PDF_FAULT(c, "an array of %zu items", n);
    if (v->kind == PDF_STRING && v->length > (part1 ? 65535U : 32767U))
        PDF_FAULT(c, "a string of %zu bytes", v->length);
    if (v->kind == PDF_NUMBER && part1 && strchr(v->text, '.') && labs(v->number) >= 32767)
        PDF_FAULT(c, "the real number %s", v->text);
    if (v->kind == PDF_NAME && strlen(v->text) > 127)
        PDF_FAULT(c, "the name /%s", v->text);
}

static inline void pdf_check_content(struct pdf_marks *m, const struct pdf_value *content)
{
    struct pdf_cursor at = {arena_new(), content->stream,
                            content->stream + content->stream_length};
    const struct pdf_value *before = NULL, *last = NULL;
    if (!content->stream)
        PDF_FAULT(m->c, "page %zu: no content stream", m->c->number);
    for (pdf_skip_space(&at); at.at < at.end; pdf_skip_space(&at)) {
        const struct pdf_value *v = pdf_read_value(&at);
        pdf_check_lengths(m->c, v, m->c->part1);
        if (v->kind == PDF_WORD)
            pdf_check_operator(m, v->text, before, last);
        before = v->kind == PDF_WORD ? NULL : last;
        last = v->kind == PDF_WORD ? NULL : v;
    }
    if (m->depth || m->text || m->saved)
        PDF_FAULT(m->c, "page %zu: BDC, BT or q is left open", m->c->number);
    arena_free(at.arena);
}

/* The kids of an element as a list, whether it has one or several. */
static inline const struct pdf_value *pdf_kids(const struct pdf_checker *c,
                                               const struct pdf_value *e)
{
    const struct pdf_value *k = pdf_entry(e, "K");
    if (!k || pdf_resolve(c->f, k)->kind == PDF_ARRAY)
        return pdf_resolve(c->f, k)->child;
    struct pdf_value *only = arena_copy(c->f->arena, k, sizeof *k);
    only->next = NULL;
    return only;
}

/* Does element `e` name this kid: an MCID of the page, or an object? */
static inline bool pdf_has_kid(const struct pdf_checker *c, const struct pdf_value *e,
                               const struct pdf_value *page, long mcid,
                               const struct pdf_value *object)
{
    const struct pdf_value *own = pdf_get(c->f, e, "Pg");
    for (const struct pdf_value *k = pdf_kids(c, e); k; k = k->next) {
        const struct pdf_value *kid = pdf_resolve(c->f, k);
        const struct pdf_value *on = pdf_get(c->f, kid, "Pg");
        if (object && pdf_get(c->f, kid, "Obj") == object)
            return true;
        if (!object && kid->kind == PDF_NUMBER && kid->number == mcid && own == page)
            return true;
        if (!object && pdf_entry(kid, "MCID") && pdf_entry(kid, "MCID")->number == mcid &&
            (on == page || (on->kind == PDF_NULL && own == page)))
            return true;
    }
    return false;
}

/* A field: in the form, with an appearance and a name to announce (ISO 19005-2, 6.3.3 and 6.4.1;
 * ISO 14289-1, 7.18.1). */
static inline void pdf_check_widget(struct pdf_checker *c, const struct pdf_value *a)
{
    const struct pdf_value *form = pdf_get(c->f, c->catalog, "AcroForm");
    bool listed = false;
    for (const struct pdf_value *k = pdf_get(c->f, form, "Fields")->child; k; k = k->next)
        listed = listed || pdf_resolve(c->f, k) == a;
    if (!listed || pdf_get(c->f, a, "FT")->kind != PDF_NAME)
        PDF_FAULT(c, "page %zu: a widget that is no field of the form", c->number);
    if (!pdf_get(c->f, pdf_get(c->f, a, "AP"), "N")->stream)
        PDF_FAULT(c, "page %zu: a field without an appearance", c->number);
    if (!pdf_get(c->f, a, "T")->length || !pdf_get(c->f, a, "TU")->length)
        PDF_FAULT(c, "page %zu: a field without a name", c->number);
}

static inline void pdf_check_annotation(struct pdf_checker *c, const struct pdf_value *a)
{
    const struct pdf_value *key = pdf_get(c->f, a, "StructParent");
    bool widget = pdf_is_name(pdf_get(c->f, a, "Subtype"), "Widget");
    const char *role = widget ? "Form" : "Link";
    if (pdf_get(c->f, a, "F")->number != 4)
        PDF_FAULT(c, "page %zu: an annotation without /F 4", c->number);
    if (widget)
        pdf_check_widget(c, a);
    else if (!pdf_get(c->f, a, "Contents")->length)
        PDF_FAULT(c, "page %zu: an annotation without Contents", c->number);
    if (!widget && pdf_get(c->f, a, "Dest")->kind != PDF_ARRAY &&
        pdf_get(c->f, a, "A")->kind != PDF_DICT)
        PDF_FAULT(c, "page %zu: a link that leads nowhere", c->number);
    const struct pdf_value *action = pdf_get(c->f, a, "A");
    if (!pdf_is_one(pdf_get(c->f, a, "Subtype")->text, "Link Widget") || pdf_entry(a, "AA") ||
        (action->kind == PDF_DICT && !pdf_is_name(pdf_get(c->f, action, "S"), "URI")) ||
        (widget && pdf_entry(a, "A")))
        PDF_FAULT(c, "page %zu: an annotation or action that is not allowed", c->number);
    if (key->kind != PDF_NUMBER || (size_t)key->number >= c->parents.len) {
        PDF_FAULT(c, "page %zu: an untagged annotation", c->number);
        return;
    }
    const struct pdf_value *e = c->parents.items[key->number];
    if (!pdf_is_name(pdf_get(c->f, e, "S"), role) || !pdf_has_kid(c, e, NULL, 0, a))
        PDF_FAULT(c, "page %zu: no %s element names the annotation", c->number, role);
    if (widget && pdf_kids(c, e)->next)
        PDF_FAULT(c, "page %zu: a Form holds more than its field", c->number);
}

static inline void pdf_check_page(struct pdf_checker *c, const struct pdf_value *page)
{
    struct pdf_marks *m = mem_zalloc(sizeof *m);
    m->c = c;
    pdf_check_content(m, pdf_get(c->f, page, "Contents"));
    const struct pdf_value *annots = pdf_get(c->f, page, "Annots");
    const struct pdf_value *key = pdf_get(c->f, page, "StructParents");
    if (annots->child && !pdf_is_name(pdf_get(c->f, page, "Tabs"), "S"))
        PDF_FAULT(c, "page %zu: Tabs is not S", c->number);
    for (const struct pdf_value *a = annots->child; a; a = a->next)
        pdf_check_annotation(c, pdf_resolve(c->f, a));
    const struct pdf_value *entry = &pdf_nothing;
    if (key->kind == PDF_NUMBER && (size_t)key->number < c->parents.len)
        entry = c->parents.items[key->number];
    long n = 0;
    for (const struct pdf_value *e = entry->child; e; e = e->next, n++)
        if (!pdf_has_kid(c, pdf_resolve(c->f, e), page, n, NULL))
            PDF_FAULT(c, "page %zu: the parent of MCID %ld does not name it", c->number, n);
    if (n != m->count)
        PDF_FAULT(c, "page %zu: %ld MCIDs, %ld in the parent tree", c->number, m->count, n);
    free(m);
}

/* --- structure tree */

static inline const char *pdf_role(const struct pdf_checker *c, const struct pdf_value *e)
{
    return pdf_get(c->f, e, "S")->text;
}

/* An attribute of the element, whatever its owner. */
static inline const struct pdf_value *pdf_attribute(const struct pdf_checker *c,
                                                    const struct pdf_value *e, const char *key)
{
    const struct pdf_value *a = pdf_get(c->f, e, "A");
    if (a->kind == PDF_DICT)
        return pdf_get(c->f, a, key);
    for (a = a->child; a; a = a->next)
        if (pdf_entry(pdf_resolve(c->f, a), key))
            return pdf_get(c->f, pdf_resolve(c->f, a), key);
    return &pdf_nothing;
}

static inline bool pdf_is_element(const struct pdf_checker *c, const struct pdf_value *v)
{
    return v->kind == PDF_DICT && pdf_get(c->f, v, "S")->kind == PDF_NAME;
}

static inline long pdf_span(const struct pdf_checker *c, const struct pdf_value *e,
                            const char *key)
{
    const struct pdf_value *v = pdf_attribute(c, e, key);
    return v->kind == PDF_NUMBER ? v->number : 1;
}

static inline void pdf_collect_rows(const struct pdf_checker *c, const struct pdf_value *e,
                                    struct pdf_values *rows)
{
    for (const struct pdf_value *k = pdf_kids(c, e); k; k = k->next) {
        const struct pdf_value *kid = pdf_resolve(c->f, k);
        if (!pdf_is_element(c, kid))
            continue;
        if (strcmp(pdf_role(c, kid), "TR") == 0)
            VEC_PUSH(rows, kid);
        else if (pdf_is_one(pdf_role(c, kid), "THead TBody TFoot NonStruct"))
            pdf_collect_rows(c, kid, rows);
    }
}

/* Does the row hold nothing but headers? */
static inline bool pdf_is_section(const struct pdf_checker *c, const struct pdf_value *row)
{
    bool any = false;
    for (const struct pdf_value *k = pdf_kids(c, row); k; k = k->next) {
        any = true;
        if (strcmp(pdf_role(c, pdf_resolve(c->f, k)), "TH") != 0)
            return false;
    }
    return any;
}

/* The headers of the table that have an ID. */
static inline void pdf_collect_heads(const struct pdf_checker *c, const struct pdf_values *rows,
                                     struct pdf_values *heads)
{
    for (size_t r = 0; r < rows->len; r++)
        for (const struct pdf_value *k = pdf_kids(c, rows->items[r]); k; k = k->next) {
            const struct pdf_value *cell = pdf_resolve(c->f, k);
            if (pdf_entry(cell, "ID") && strcmp(pdf_role(c, cell), "TH") == 0)
                VEC_PUSH(heads, pdf_get(c->f, cell, "ID"));
        }
}

static inline bool pdf_is_among(const struct pdf_values *heads, const struct pdf_value *id)
{
    for (size_t i = 0; i < heads->len; i++)
        if (strcmp(heads->items[i]->text, id->text) == 0)
            return true;
    return false;
}

/* Headers name headers of the table, and cells below a section row have them (7.5); structure
 * attributes of part 1 know none. */
static inline void pdf_check_headers(struct pdf_checker *c, const struct pdf_values *rows)
{
    bool seen = false, below = false;
    struct pdf_values ids = {0};
    pdf_collect_heads(c, rows, &ids);
    for (size_t r = 0; r < rows->len; r++) {
        const char *part = pdf_role(c, pdf_get(c->f, rows->items[r], "P"));
        bool section = strcmp(part, "THead") != 0 && pdf_is_section(c, rows->items[r]);
        seen = seen || section;
        below = seen && strcmp(part, "TBody") == 0;
        for (const struct pdf_value *k = pdf_kids(c, rows->items[r]); k; k = k->next) {
            const struct pdf_value *heads = pdf_attribute(c, pdf_resolve(c->f, k), "Headers");
            bool data = strcmp(pdf_role(c, pdf_resolve(c->f, k)), "TD") == 0;
            if (data && below && !heads->child && !c->part1)
                PDF_FAULT(c, "row %zu of a table has a cell without Headers", r + 1);
            for (const struct pdf_value *id = heads->child; id; id = id->next)
                if (!pdf_is_among(&ids, id))
                    PDF_FAULT(c, "Headers name «%s», which is no header", id->text);
        }
    }
    free(ids.items);
}

/* Every row fills the same columns, spans counted (ISO 14289-1, 7.5). */
static inline void pdf_check_table(struct pdf_checker *c, const struct pdf_value *table)
{
    enum { MOST = 1024 };
    long taken[MOST] = {0}, width = -1; /* rows a column is still taken for */
    struct pdf_values rows = {0};
    pdf_collect_rows(c, table, &rows);
    for (size_t r = 0; r < rows.len; r++) {
        long column = 0;
        for (const struct pdf_value *k = pdf_kids(c, rows.items[r]); k; k = k->next) {
            const struct pdf_value *cell = pdf_resolve(c->f, k);
            if (!pdf_is_element(c, cell))
                continue;
            while (column < MOST && taken[column])
                column++;
            for (long i = pdf_span(c, cell, "ColSpan"); i > 0 && column < MOST; i--, column++)
                taken[column] = pdf_span(c, cell, "RowSpan");
        }
        while (column < MOST && taken[column])
            column++;
        if (width >= 0 && column != width)
            PDF_FAULT(c, "row %zu of a table has %ld columns, not %ld", r + 1, column, width);
        width = column;
        for (long i = 0; i < MOST; i++)
            taken[i] -= taken[i] > 0;
    }
    pdf_check_headers(c, &rows);
    free(rows.items);
}

static inline void pdf_check_role(struct pdf_checker *c, const struct pdf_value *e,
                                  const char *parent)
{
    const char *role = pdf_role(c, e);
    if (!pdf_is_one(role,
                    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct "
                    "Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody "
                    "TFoot Span Quote Note Reference BibEntry Code Link Figure Formula Form"))
        PDF_FAULT(c, "/%s is not a standard structure type", role);
    if (pdf_is_one(role, "TH TD") && strcmp(parent, "TR") != 0)
        PDF_FAULT(c, "%s in %s", role, parent);
    if (strcmp(role, "TR") == 0 && !pdf_is_one(parent, "Table THead TBody TFoot NonStruct"))
        PDF_FAULT(c, "TR in %s", parent);
    if (strcmp(role, "LI") == 0 && strcmp(parent, "L") != 0)
        PDF_FAULT(c, "LI in %s", parent);
    if (pdf_is_one(role, "Lbl LBody") && !pdf_is_one(parent, "LI Note P"))
        PDF_FAULT(c, "%s in %s", role, parent);
}

/* What elements that only group others may hold (ISO 14289-1, 7.2, as veraPDF reads it). */
static inline void pdf_check_kids(struct pdf_checker *c, const struct pdf_value *e)
{
    static const char *const rules[][2] = {{"L", "L LI Caption"},
                                           {"LI", "Lbl LBody"},
                                           {"TR", "TH TD"},
                                           {"THead", "TR"},
                                           {"TBody", "TR"},
                                           {"TFoot", "TR"},
                                           {"Table", "TR THead TBody TFoot Caption"},
                                           {"TOC", "TOC TOCI Caption"}};
    const char *role = pdf_role(c, e), *allowed = NULL;
    size_t heads = 0, bodies = 0, feet = 0;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(role, rules[i][0]) == 0)
            allowed = rules[i][1];
    for (const struct pdf_value *k = pdf_kids(c, e); allowed && k; k = k->next) {
        const struct pdf_value *kid = pdf_resolve(c->f, k);
        const char *found = pdf_is_element(c, kid) ? pdf_role(c, kid) : "content";
        if (!pdf_is_one(found, allowed) && strcmp(found, "NonStruct") != 0)
            PDF_FAULT(c, "%s holds %s", role, found);
        heads += strcmp(found, "THead") == 0;
        bodies += strcmp(found, "TBody") == 0;
        feet += strcmp(found, "TFoot") == 0;
    }
    if (heads > 1 || feet > 1 || (heads + feet > 0 && !bodies))
        PDF_FAULT(c, "a Table of %zu THead, %zu TBody, %zu TFoot", heads, bodies, feet);
}

/* RFC 3066: letters, then letters and digits, up to eight between hyphens; part 1 knows RFC 1766
 * alone, which has letters only. */
static inline void pdf_check_language(struct pdf_checker *c, const struct pdf_value *lang)
{
    size_t run = 0;
    bool good = lang->kind == PDF_STRING, first = true;
    for (size_t i = 0; good && i <= lang->length; i++) {
        char ch = i < lang->length ? lang->text[i] : '-';
        bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
        bool digit = ch >= '0' && ch <= '9' && !first && !c->part1;
        if (letter || digit) {
            good = ++run <= 8;
        } else {
            good = ch == '-' && run > 0;
            first = false;
            run = 0;
        }
    }
    if (!good)
        PDF_FAULT(c, "Lang «%s» is no language", lang->kind == PDF_STRING ? lang->text : "");
}

static inline void pdf_check_attributes(struct pdf_checker *c, const struct pdf_value *e)
{
    const char *role = pdf_role(c, e);
    bool said = pdf_get(c->f, e, "Alt")->length || pdf_get(c->f, e, "ActualText")->length;
    if (strcmp(role, "Figure") == 0 && !said)
        PDF_FAULT(c, "a Figure without Alt");
    if (strcmp(role, "Figure") == 0 && pdf_attribute(c, e, "BBox")->kind != PDF_ARRAY)
        PDF_FAULT(c, "a Figure without BBox");
    if (strcmp(role, "TH") == 0 && pdf_attribute(c, e, "Scope")->kind != PDF_NAME)
        PDF_FAULT(c, "a TH without Scope");
    if (strcmp(role, "Formula") == 0 && !said)
        PDF_FAULT(c, "a Formula without Alt");
    if (pdf_entry(e, "Lang"))
        pdf_check_language(c, pdf_get(c->f, e, "Lang"));
    if (strcmp(role, "Note") == 0 && !pdf_get(c->f, e, "ID")->length)
        PDF_FAULT(c, "a Note without ID");
    if (strcmp(role, "Table") == 0)
        pdf_check_table(c, e);
    if (role[0] == 'H' && role[1] >= '1' && role[1] <= '6') {
        if (role[1] - '0' > c->heading + 1)
            PDF_FAULT(c, "%s follows H%d", role, c->heading);
        c->heading = role[1] - '0';
    }
}

static inline void pdf_check_element(struct pdf_checker *c, const struct pdf_value *e,
                                     const struct pdf_value *parent)
{
    VEC_PUSH(&c->elements, e);
    if (pdf_get(c->f, e, "P") != parent)
        PDF_FAULT(c, "the P of a %s is not its parent", pdf_role(c, e));
    pdf_check_role(c, e, pdf_role(c, parent));
    pdf_check_attributes(c, e);
    pdf_check_kids(c, e);
    bool cell = pdf_is_one(pdf_role(c, e), "TH TD Document");
    if (!cell && !pdf_kids(c, e))
        PDF_FAULT(c, "an empty %s", pdf_role(c, e));
    for (const struct pdf_value *k = pdf_kids(c, e); k; k = k->next) {
        const struct pdf_value *kid = pdf_resolve(c->f, k);
        if (pdf_is_element(c, kid))
            pdf_check_element(c, kid, e);
    }
}

/* --- fonts */

static inline void pdf_check_font(struct pdf_checker *c, const struct pdf_value *font)
{
    const char *name = pdf_get(c->f, font, "BaseFont")->text;
    const struct pdf_value *child = pdf_get(c->f, font, "DescendantFonts")->child;
    const struct pdf_value *cid = pdf_resolve(c->f, child);
    const struct pdf_value *descriptor = pdf_get(c->f, cid, "FontDescriptor");
    if (!pdf_get(c->f, font, "ToUnicode")->stream)
        PDF_FAULT(c, "font %s has no ToUnicode", name);
    if (!pdf_get(c->f, descriptor, "FontFile2")->stream &&
        !pdf_get(c->f, descriptor, "FontFile3")->stream)
        PDF_FAULT(c, "font %s is not embedded", name);
    if (strlen(name) < 8 || name[6] != '+')
        PDF_FAULT(c, "font %s is not a subset", name);
    static const char *const keys[] = {"Ascent", "Descent",  "CapHeight",  "StemV",
                                       "Flags",  "FontBBox", "ItalicAngle"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!pdf_entry(descriptor, keys[i]))
            PDF_FAULT(c, "font %s has no %s", name, keys[i]);
}

/* Does the XMP packet say this? */
static inline bool pdf_says(const struct pdf_checker *c, const char *words)
{
    const struct pdf_value *xmp = pdf_get(c->f, c->catalog, "Metadata");
    return xmp->stream && memmem(xmp->stream, xmp->stream_length, words, strlen(words));
}

/* What a file that claims a part of PDF/A has and has not (ISO 19005-2, 6.2.3, 6.5, 6.6.2.3). */
static inline void pdf_check_claims(struct pdf_checker *c)
{
    const struct pdf_file *f = c->f;
    const struct pdf_value *intents = pdf_get(f, c->catalog, "OutputIntents");
    const struct pdf_value *intent = pdf_resolve(f, intents->child);
    const struct pdf_value *profile = pdf_get(f, intent, "DestOutputProfile");
    static const char *const forbidden[] = {"AA",           "OpenAction",     "OCProperties",
                                            "Requirements", "NeedsRendering", "Collection"};
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (pdf_entry(c->catalog, forbidden[i]))
            PDF_FAULT(c, "the catalog has %s", forbidden[i]);
    pdf_need(c, f->trailer && pdf_get(f, f->trailer, "ID")->child, "there is no ID");
    if (!pdf_says(c, "<pdfaid:part>"))
        return;
    pdf_need(c,
             pdf_is_name(pdf_get(f, intent, "S"), "GTS_PDFA1") && profile->stream &&
                 pdf_get(f, profile, "N")->number == 3,
             "there is no output intent for RGB");
    pdf_need(c,
             !pdf_says(c, "<prikaz:") ||
                 pdf_says(c, "<pdfaSchema:namespaceURI>urn:prikaz:meta:1#<"),
             "the schema of prikaz: is not described");
    pdf_need(c,
             !pdf_says(c, "<pdfuaid:part>") ||
                 pdf_says(c, "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<"),
             "the schema of pdfuaid: is not described");
    pdf_need(c, pdf_says(c, "<pdfaid:part>3<") == (pdf_get(f, c->catalog, "AF")->child != NULL),
             "attachments go with part 3 alone");
}

static inline void pdf_check_document(struct pdf_checker *c)
{
    const struct pdf_file *f = c->f;
    const struct pdf_value *cat = c->catalog;
    pdf_need(c, strcmp(pdf_get(f, pdf_get(f, cat, "MarkInfo"), "Marked")->text, "true") == 0,
             "MarkInfo does not say Marked true");
    pdf_check_language(c, pdf_get(f, cat, "Lang"));
    const struct pdf_value *metadata = pdf_get(f, cat, "Metadata");
    const void *xmp = metadata->stream;
    pdf_need(c, xmp, "there is no Metadata");
    pdf_need(c, xmp && memmem(xmp, metadata->stream_length, "<dc:title>", 10),
             "there is no dc:title");
    const struct pdf_value *show =
        pdf_get(f, pdf_get(f, cat, "ViewerPreferences"), "DisplayDocTitle");
    pdf_need(c, strcmp(show->text, "true") == 0, "DisplayDocTitle is not true");
    pdf_need(c, c->pages.len > 0, "there are no pages");
    pdf_check_claims(c);
}

static inline void pdf_check_tree(struct pdf_checker *c)
{
    const struct pdf_value *tree = pdf_get(c->f, c->catalog, "StructTreeRoot");
    pdf_collect_parents(c, pdf_get(c->f, tree, "ParentTree"));
    for (const struct pdf_value *k = pdf_kids(c, tree); k; k = k->next)
        pdf_check_element(c, pdf_resolve(c->f, k), tree);
    pdf_need(c, c->elements.len > 0, "the structure tree is empty");
}

/* Look at the file and append what is wrong with it. */
static inline void pdf_check_file(const struct pdf_file *f, struct buf *faults)
{
    struct pdf_checker c = {.f = f, .faults = faults};
    c.catalog = pdf_get(f, f->trailer, "Root");
    c.part1 = f->bytes.bytes && strncmp(f->bytes.bytes, "%PDF-1.4", 8) == 0;
    for (size_t i = 0; i < f->count; i++)
        if (f->objects[i] && pdf_is_name(pdf_get(f, f->objects[i], "Subtype"), "Type0")) {
            struct pdf_face *face = mem_alloc(sizeof *face);
            pdf_open_face(f, f->objects[i], face);
            VEC_PUSH(&c.faces, *face);
            free(face);
        }
    pdf_collect_pages(&c, pdf_get(f, c.catalog, "Pages"));
    pdf_check_document(&c);
    pdf_check_tree(&c);
    for (size_t i = 0; i < c.pages.len; i++) {
        c.number = i + 1;
        pdf_check_page(&c, c.pages.items[i]);
    }
    for (size_t i = 0; i < f->count; i++)
        if (f->objects[i] && pdf_is_name(pdf_get(f, f->objects[i], "Subtype"), "Type0"))
            pdf_check_font(&c, f->objects[i]);
    for (size_t i = 0; i < f->count; i++)
        if (f->objects[i])
            pdf_check_lengths(&c, f->objects[i], c.part1);
    for (size_t i = 0; i < c.faces.len; i++)
        pdf_check_widths(f, &c.faces.items[i], c.part1, faults);
    free(c.faces.items);
    free(c.pages.items);
    free(c.parents.items);
    free(c.elements.items);
}

#endif
