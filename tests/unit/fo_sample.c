/* Small fo documents for the unit tests of src/fo: see the header. */
#include "unit/fo_sample.h"

#include "base/buf.h"

#include <libxml/parser.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void fo_sample_parse(struct fo_sample *s, const char *text)
{
    s->diag = diag_new();
    s->doc = fo_build_memory(text, strlen(text), "sample.fo", s->diag);
}

void fo_sample_walk(struct fo_sample *s, const char *text)
{
    xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), "sample.fo", NULL,
                                XML_PARSE_NOENT | XML_PARSE_HUGE);
    assert_non_null(doc);
    s->diag = diag_new();
    s->doc = fo_build(doc, "sample.fo", s->diag);
    assert_null(xmlDocGetRootElement(doc));
    xmlFreeDoc(doc);
}

void fo_sample_flow(struct fo_sample *s, const char *root_attrs, const char *content)
{
    struct buf text = BUF_EMPTY;
    buf_puts(&text, FO_SAMPLE_OPEN);
    buf_puts(&text, root_attrs);
    buf_puts(&text, ">" FO_SAMPLE_MASTERS "<fo:page-sequence master-reference='a'>"
                    "<fo:flow flow-name='xsl-region-body'>");
    buf_puts(&text, content);
    buf_puts(&text, "</fo:flow></fo:page-sequence></fo:root>");
    fo_sample_parse(s, buf_str(&text));
    buf_free(&text);
}

void fo_sample_free(struct fo_sample *s)
{
    fo_free_document(s->doc);
    diag_free(s->diag);
    s->doc = NULL;
    s->diag = NULL;
}

static const struct fo_node *find(const struct fo_node *n, const char *id)
{
    if (n->id && strcmp(n->id, id) == 0)
        return n;
    for (const struct fo_node *c = n->child; c; c = c->next) {
        const struct fo_node *found = find(c, id);
        if (found)
            return found;
    }
    return NULL;
}

const struct fo_node *fo_sample_find(const struct fo_sample *s, const char *id)
{
    assert_non_null(s->doc);
    const struct fo_node *n = find(s->doc->root, id);
    if (!n)
        fail_msg("no object has the id %s", id);
    return n;
}

const struct fo_inherited *fo_sample_inh(const struct fo_sample *s, const char *id)
{
    return &fo_sample_find(s, id)->style->inh;
}

const struct fo_own *fo_sample_own(const struct fo_sample *s, const char *id)
{
    return &fo_sample_find(s, id)->style->own;
}

size_t fo_sample_faults(const struct fo_sample *s)
{
    size_t n = 0;
    diag_items(s->diag, &n);
    return n;
}

static void show(const struct fo_sample *s)
{
    size_t n = 0;
    const struct diag_item *items = diag_items(s->diag, &n);
    for (size_t i = 0; i < n; i++)
        print_error("%d: [%d] %s\n", items[i].loc.line, (int)items[i].level, items[i].message);
}

void fo_sample_expect(const struct fo_sample *s, enum diag_level level, int line,
                      const char *piece)
{
    size_t n = 0;
    const struct diag_item *items = diag_items(s->diag, &n);
    for (size_t i = 0; i < n; i++)
        if (items[i].level == level && (!line || items[i].loc.line == line) &&
            strstr(items[i].message, piece))
            return;
    show(s);
    fail_msg("no message «%s»", piece);
}

void fo_sample_expect_quiet(const struct fo_sample *s)
{
    if (fo_sample_faults(s)) {
        show(s);
        fail_msg("there should be no messages");
    }
}
