/* What fo:declarations says about the document: px:meta, and the XMP packet other formatters
 * understand (x:xmpmeta with Dublin Core inside RDF). */
#include "fo/builder.h"

#include <stdlib.h>
#include <string.h>

#define DC_NAMESPACE  "http://purl.org/dc/elements/1.1/"
#define PDF_NAMESPACE "http://ns.adobe.com/pdf/1.3/"
#define XMP_NAMESPACE "http://ns.adobe.com/xap/1.0/"

struct fo_meta_reader {
    struct fo_builder *b;
    int depth;        /* open elements */
    const char *name; /* of the value being read; NULL: none */
    int name_depth;
    struct buf text;
};

/* XMP's names and ours. */
static const struct {
    const char *uri, *xmp, *name;
} names[] = {
    {DC_NAMESPACE, "title", "title"},
    {DC_NAMESPACE, "creator", "author"},
    {DC_NAMESPACE, "description", "subject"},
    {DC_NAMESPACE, "subject", "keywords"},
    {DC_NAMESPACE, "date", "date"},
    {PDF_NAMESPACE, "Keywords", "keywords"},
    {XMP_NAMESPACE, "CreatorTool", "creator"},
};

static const char *find_name(const char *uri, const char *xmp)
{
    for (size_t i = 0; uri && i < sizeof names / sizeof *names; i++)
        if (strcmp(uri, names[i].uri) == 0 && strcmp(xmp, names[i].xmp) == 0)
            return names[i].name;
    return NULL;
}

struct fo_meta_reader *fo_meta_new(struct fo_builder *b)
{
    struct fo_meta_reader *m = mem_zalloc(sizeof *m);
    m->b = b;
    return m;
}

void fo_meta_free(struct fo_meta_reader *m)
{
    if (!m)
        return;
    buf_free(&m->text);
    free(m);
}

int fo_meta_depth(const struct fo_meta_reader *m)
{
    return m->depth;
}

static void add(struct fo_meta_reader *m, struct fo_slice name, struct fo_slice value)
{
    struct fo_document *doc = m->b->doc;
    struct fo_meta **at = &doc->meta;
    value = fo_slice_trim(value);
    if (!name.len || !value.len)
        return;
    while (*at)
        at = &(*at)->next;
    *at = ARENA_NEW(doc->arena, struct fo_meta);
    (*at)->name = arena_strndup(doc->arena, name.s, name.len);
    (*at)->value = arena_strndup(doc->arena, value.s, value.len);
}

static void flush(struct fo_meta_reader *m)
{
    add(m, (struct fo_slice){m->name, strlen(m->name)},
        (struct fo_slice){buf_str(&m->text), m->text.len});
    buf_clear(&m->text);
}

static void own_meta(struct fo_meta_reader *m, const struct fo_event *ev)
{
    struct fo_slice name = {"", 0}, value = {"", 0};
    for (size_t i = 0; i < ev->attr_count; i++)
        if (strcmp(ev->attrs[i].name, "name") == 0)
            name = ev->attrs[i].value;
        else if (strcmp(ev->attrs[i].name, "value") == 0)
            value = ev->attrs[i].value;
    if (!name.len)
        fo_fault(m->b, DIAG_WARNING, m->b->cx->loc, "fo-required",
                 _("<px:meta> needs a name; it is ignored"));
    add(m, name, value);
}

void fo_meta_start(struct fo_meta_reader *m, const struct fo_event *ev)
{
    m->depth++;
    if (ev->uri && strcmp(ev->uri, FO_PX_NAMESPACE) == 0 && strcmp(ev->name, "meta") == 0) {
        own_meta(m, ev);
        return;
    }
    if (m->name)
        return;
    m->name = find_name(ev->uri, ev->name);
    m->name_depth = m->depth;
    buf_clear(&m->text);
    for (size_t i = 0; i < ev->attr_count; i++) {
        const char *name = find_name(ev->attrs[i].uri, ev->attrs[i].name);
        if (name)
            add(m, (struct fo_slice){name, strlen(name)}, ev->attrs[i].value);
    }
}

void fo_meta_text(struct fo_meta_reader *m, const char *bytes, size_t len)
{
    if (m->name)
        buf_put(&m->text, bytes, len);
}

/* Each rdf:li of a list, and the value that is no list, is one entry. */
void fo_meta_end(struct fo_meta_reader *m)
{
    if (m->name)
        flush(m);
    if (m->name && m->depth == m->name_depth)
        m->name = NULL;
    m->depth--;
}
