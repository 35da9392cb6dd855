/* Feeds the builder: by SAX from bytes, or by a walk over an xmlDoc that is freed on the way. */
#include "fo/builder.h"
#include "fo/pack.h"
#include "base/feed.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <stdlib.h>
#include <string.h>

/* Attributes of one element for the builder: kept and reused. */
struct attr_list {
    struct fo_attr *items;
    size_t len, cap;
};

/* What entities may blow a document up to, beyond its own size; and what a reference inside an
 * entity costs of it, so that a bomb of many small steps is stopped within milliseconds (the
 * parser's own guard is off, because it limits the depth of elements too). */
enum { ENTITY_SLACK = 10 * 1000 * 1000, ENTITY_STEP = 2000 };

struct sax {
    struct fo_builder *builder;
    struct diag *diag;
    const char *file;
    xmlParserCtxt *parser;
    struct attr_list attrs;
    size_t budget; /* bytes of text still allowed */
    bool failed;   /* a fault of syntax was reported */
    bool begun;    /* an element was */
    struct feed feed;
};

static int line_of(const struct sax *s)
{
    return s->parser->input ? s->parser->input->line : 0;
}

static void stop_if_done(struct sax *s)
{
    if (s->builder->stopped || s->failed)
        xmlStopParser(s->parser);
}

static void fail(struct sax *s, int line, int col, const char *text, size_t n)
{
    struct src_loc loc = {s->file, line, col};
    if (!s->failed)
        diag_add(s->diag, DIAG_ERROR, loc, "xml", "%.*s", (int)n, text);
    s->failed = true;
}

static void sax_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                      int ns_count, const xmlChar **ns, int attr_count, int defaulted,
                      const xmlChar **attrs)
{
    struct sax *s = ((xmlParserCtxt *)ctx)->_private;
    (void)ns_count;
    (void)ns;
    (void)defaulted;
    const char *mislabelling = s->begun ? NULL : feed_find_mislabelling(&s->feed);
    s->begun = true;
    if (mislabelling) {
        fail(s, line_of(s), 0, mislabelling, strlen(mislabelling));
        stop_if_done(s);
        return;
    }
    s->attrs.len = 0;
    for (int i = 0; i < attr_count; i++) {
        const xmlChar **a = attrs + (size_t)i * 5;
        struct fo_attr attr = {(const char *)a[2],
                               (const char *)a[1],
                               (const char *)a[0],
                               {(const char *)a[3], (size_t)(a[4] - a[3])}};
        VEC_PUSH(&s->attrs, attr);
    }
    struct fo_event ev = {(const char *)uri, (const char *)prefix, (const char *)name,
                          s->attrs.items,    s->attrs.len,         line_of(s)};
    fo_builder_start(s->builder, &ev);
    stop_if_done(s);
}

static void sax_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct sax *s = ((xmlParserCtxt *)ctx)->_private;
    (void)name;
    (void)prefix;
    (void)uri;
    fo_builder_end(s->builder, line_of(s));
}

static bool spend(struct sax *s, size_t bytes)
{
    static const char *const bomb = N_("entities make the document much larger than its file; "
                                       "it is not read");
    if (s->failed)
        return false;
    if (bytes <= s->budget) {
        s->budget -= bytes;
        return true;
    }
    fail(s, line_of(s), 0, _(bomb), strlen(_(bomb)));
    stop_if_done(s);
    return false;
}

static void sax_text(void *ctx, const xmlChar *bytes, int len)
{
    struct sax *s = ((xmlParserCtxt *)ctx)->_private;
    if (spend(s, (size_t)len))
        fo_builder_text(s->builder, (const char *)bytes, (size_t)len, 0);
}

/* Content of entities is parsed in contexts of its own: stopping the parser does not stop them,
 * but having no entities left does. */
static xmlEntity *sax_find_entity(void *ctx, const xmlChar *name)
{
    xmlParserCtxt *parser = ctx;
    struct sax *s = parser->_private;
    xmlEntity *entity = xmlSAX2GetEntity(ctx, name);
    bool nested = parser != s->parser || parser->depth > 0;
    size_t cost = entity && entity->length > 0 ? (size_t)entity->length : 0;
    if (spend(s, cost + (nested ? ENTITY_STEP : 0)))
        return entity;
    parser->wellFormed = 0; /* or the parser would look for the entity itself */
    return NULL;
}

/* Entities of the document's own subset are expanded; nothing outside it is ever read. */
static void sax_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id,
                       const xmlChar *system_id, xmlChar *content)
{
    struct sax *s = ((xmlParserCtxt *)ctx)->_private;
    if (type == XML_INTERNAL_GENERAL_ENTITY || type == XML_INTERNAL_PARAMETER_ENTITY) {
        xmlSAX2EntityDecl(ctx, name, type, public_id, system_id, content);
        return;
    }
    struct src_loc loc = {s->file, line_of(s), 0};
    diag_add(s->diag, DIAG_ERROR, loc, "xml", _("the external entity %s is not read"),
             (const char *)name);
}

static void sax_error(void *ctx, const xmlError *e)
{
    struct sax *s = ((xmlParserCtxt *)ctx)->_private;
    if (e->level < XML_ERR_ERROR || s->builder->stopped || s->failed)
        return;
    char *text = feed_explain(&s->feed, e);
    struct src_loc at = feed_locate(&s->feed, e, s->file);
    fail(s, at.line, at.col, text, strlen(text));
    free(text);
}

static void sax_error_trampoline(void *ctx, xmlError *e)
{
    sax_error(ctx, e);
}

static void set_handlers(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof *sax);
    xmlSAXVersion(sax, 2);
    sax->startElementNs = sax_start;
    sax->endElementNs = sax_end;
    sax->characters = sax_text;
    sax->cdataBlock = sax_text;
    sax->ignorableWhitespace = sax_text;
    sax->entityDecl = sax_entity;
    sax->getEntity = sax_find_entity;
    sax->reference = NULL;
    sax->comment = NULL;
    sax->processingInstruction = NULL;
    sax->externalSubset = NULL;
    sax->serror = sax_error_trampoline;
}

/* The parser's own limits of depth and size give way to the builder's, which are the same for
 * both ways in. */
static bool parse(struct sax *s, const char *bytes, size_t len)
{
    if (len > INT32_MAX) {
        static const char *const large = N_("the file is larger than 2 GB");
        fail(s, 0, 0, _(large), strlen(_(large)));
        return false;
    }
    if (!len) {
        static const char *const empty = N_("the file is empty");
        fail(s, 0, 0, _(empty), strlen(_(empty)));
        return false;
    }
    s->parser = xmlNewParserCtxt();
    REQUIRE(s->parser);
    feed_open(&s->feed, s->parser, bytes, len, NULL);
    xmlCtxtUseOptions(s->parser, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_HUGE);
    set_handlers(s->parser->sax);
    s->parser->_private = s;
    s->parser->userData = s->parser;
    /* faults of a character encoding go to no parser's handler, but to the thread's */
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(s->parser, sax_error_trampoline);
    xmlParseDocument(s->parser);
    xmlSetStructuredErrorFunc(old_context, old);
    bool good = s->parser->wellFormed && !s->failed;
    xmlFreeDoc(s->parser->myDoc);
    s->parser->myDoc = NULL;
    xmlFreeParserCtxt(s->parser);
    return good;
}

struct fo_document *fo_build_memory(const char *bytes, size_t len, const char *file,
                                    struct diag *diag)
{
    struct sax s = {.builder = fo_builder_new(file, diag),
                    .diag = diag,
                    .file = file,
                    .budget = len * 10 + ENTITY_SLACK};
    bool good = parse(&s, bytes, len);
    if (!good && !s.failed && !s.builder->stopped) {
        static const char *const broken = N_("the file is not well-formed XML");
        fail(&s, 0, 0, _(broken), strlen(_(broken)));
    }
    free(s.attrs.items);
    return fo_builder_finish(s.builder, good);
}

struct fo_feed {
    struct fo_builder *builder;
    struct fo_pack *pack; /* where events wait; NULL: they go to the builder at once */
    bool whole;           /* all has been taken */
    const char *file;
    struct diag *diag;
    struct attr_list attrs;
    struct {
        xmlChar **items; /* values that had to be put together */
        size_t len, cap;
    } copies;
    struct {
        const xmlNode **items; /* elements begun and not ended, from the root */
        size_t len, cap;
    } open;
};

static struct fo_slice attr_value(struct fo_feed *f, xmlAttr *a)
{
    const xmlNode *only = a->children;
    if (!only)
        return (struct fo_slice){"", 0};
    if (!only->next && only->type == XML_TEXT_NODE && only->content)
        return (struct fo_slice){(const char *)only->content,
                                 strlen((const char *)only->content)};
    xmlChar *copy = xmlNodeListGetString(a->doc, a->children, 1);
    if (!copy)
        return (struct fo_slice){"", 0};
    VEC_PUSH(&f->copies, copy);
    return (struct fo_slice){(const char *)copy, strlen((const char *)copy)};
}

static int node_line(xmlNode *node)
{
    long line = xmlGetLineNo(node);
    return line > 0 && line < INT32_MAX ? (int)line : 0;
}

static void begin_element(struct fo_feed *f, xmlNode *node)
{
    f->attrs.len = 0;
    for (xmlAttr *a = node->properties; a; a = a->next) {
        struct fo_attr attr = {a->ns ? (const char *)a->ns->href : NULL,
                               a->ns ? (const char *)a->ns->prefix : NULL,
                               (const char *)a->name, attr_value(f, a)};
        VEC_PUSH(&f->attrs, attr);
    }
    struct fo_event ev = {node->ns ? (const char *)node->ns->href : NULL,
                          node->ns ? (const char *)node->ns->prefix : NULL,
                          (const char *)node->name,
                          f->attrs.items,
                          f->attrs.len,
                          node_line(node)};
    if (f->pack)
        fo_pack_start(f->pack, &ev);
    else
        fo_builder_start(f->builder, &ev);
    while (f->copies.len)
        xmlFree(f->copies.items[--f->copies.len]);
    VEC_PUSH(&f->open, node);
}

static void end_element(struct fo_feed *f)
{
    if (f->pack)
        fo_pack_end(f->pack);
    else
        fo_builder_end(f->builder, 0);
    f->open.len--;
}

static void give_text(struct fo_feed *f, const char *text)
{
    if (f->pack)
        fo_pack_text(f->pack, text, strlen(text));
    else
        fo_builder_text(f->builder, text, strlen(text), 0);
}

static bool is_open(const struct fo_feed *f, const xmlNode *node, size_t level)
{
    return level < f->open.len && f->open.items[level] == node;
}

/* One step: from `node`, which is a leaf or has been left, to the next one; frees it. */
static xmlNode *leave(struct fo_feed *f, xmlNode *node, const xmlNode *top, size_t *level)
{
    while (node) {
        xmlNode *next = node->next, *parent = node->parent;
        bool last = node == top;
        if (node->type == XML_ELEMENT_NODE) {
            end_element(f);
        }
        xmlUnlinkNode(node);
        xmlFreeNode(node);
        if (last)
            return NULL;
        if (next)
            return next;
        node = parent;
        (*level)--;
    }
    return NULL;
}

/* A node that is complete, `level` elements deep, and what is in it; it is freed. */
static void eat(struct fo_feed *f, xmlNode *top, size_t level)
{
    for (xmlNode *node = top; node && !f->builder->stopped;) {
        if (node->type == XML_ELEMENT_NODE) {
            if (!is_open(f, node, level))
                begin_element(f, node);
            if (node->children) {
                node = node->children;
                level++;
                continue;
            }
        } else if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
                   node->content) {
            give_text(f, (const char *)node->content);
        }
        node = leave(f, node, top, &level);
    }
}

struct fo_feed *fo_begin_feed(const char *file, struct diag *diag)
{
    struct fo_feed *f = mem_zalloc(sizeof *f);
    f->builder = fo_builder_new(file, diag);
    f->file = file;
    f->diag = diag;
    return f;
}

/* The elements down to `last` that have not begun, outermost first. */
static void open_down_to(struct fo_feed *f, xmlNode *node, size_t level)
{
    if (is_open(f, node, level))
        return;
    if (level)
        open_down_to(f, node->parent, level - 1);
    begin_element(f, node);
}

void fo_feed_grown(struct fo_feed *f, xmlDoc *doc)
{
    xmlNode *node = xmlDocGetRootElement(doc);
    if (!f->pack)
        f->pack = fo_pack_new();
    for (size_t level = 0; node && node->type == XML_ELEMENT_NODE && !f->builder->stopped;
         level++, node = node->last) {
        if (node->children == node->last)
            continue;
        open_down_to(f, node, level);
        while (node->children != node->last && !f->builder->stopped)
            eat(f, node->children, level + 1);
    }
}

void fo_feed_rest(struct fo_feed *f, xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    f->whole = root != NULL;
    if (root) {
        eat(f, root, 0);
        return;
    }
    struct src_loc loc = {f->file, 0, 0};
    diag_add(f->diag, DIAG_ERROR, loc, "fo-structure", _("there is no <fo:root>"));
}

struct fo_document *fo_end_feed(struct fo_feed *f)
{
    if (f->pack && f->whole)
        fo_pack_replay(f->pack, f->builder);
    struct fo_document *doc = fo_builder_finish(f->builder, f->whole);
    fo_pack_free(f->pack);
    free(f->attrs.items);
    free(f->copies.items);
    free(f->open.items);
    free(f);
    return doc;
}

struct fo_document *fo_build(xmlDoc *doc, const char *file, struct diag *diag)
{
    struct fo_feed *f = fo_begin_feed(file, diag);
    fo_feed_rest(f, doc);
    return fo_end_feed(f);
}
