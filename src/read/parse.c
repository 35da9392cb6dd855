/* One file's bytes to an xmlDoc; libxml2's first complaint is told (base/feed.h).
 *
 * The tree is built by libxml2's own SAX handlers; ours stand before some of them. They refuse
 * nesting deeper than READ_MAX_DEPTH, and every way in which a few bytes become many: entities
 * may stand for text and markup of at most ENTITY_LONGEST bytes, may not name other entities,
 * may not be external, and may expand to ENTITY_TOTAL bytes in all. That leaves the use clerks
 * have for them (a long name abbreviated) and makes bombs impossible instead of detecting them.
 *
 * After the first fault the parser is stopped: what follows a missing end tag is noise. */
#include "read/stage.h"
#include "base/blank.h"
#include "base/feed.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>

enum { ENTITY_LONGEST = 1000, ENTITY_TOTAL = 1000000 };

struct parse_state {
    struct read_context *ctx;
    const struct read_source *source;
    bool *is_fo;
    bool failed;
    bool is_schema;
    int skipped; /* how deep in an annotation that is left out; 0: not in one */
    size_t expanded;
    struct feed feed;
};

static struct src_loc here(const xmlParserCtxt *parser, const struct parse_state *s)
{
    struct src_loc loc = {s->source->file, 0, 0};
    if (parser->input) {
        loc.line = parser->input->line;
        loc.col = parser->input->col;
    }
    return loc;
}

/* Stop with a sentence of our own. `message` is a translated format of at most one %s. */
__attribute__((format(printf, 3, 4))) static void
refuse(xmlParserCtxt *parser, const char *code, const char *format, ...)
{
    struct parse_state *s = parser->_private;
    if (!s->failed) {
        char text[512];
        va_list args;
        va_start(args, format);
        vsnprintf(text, sizeof text, format, args);
        va_end(args);
        diag_add(s->ctx->diag, DIAG_ERROR, here(parser, s), code, "%s", text);
    }
    s->failed = true;
    xmlStopParser(parser);
}

/* Text where none may stand will be told: at the line where it begins, while the parser is where
 * it ends. The blanks before it, with which the node would begin, are left out. */
static void add_misplaced(xmlParserCtxt *parser, const xmlChar *text, int n)
{
    const xmlNode *before = parser->node->last;
    xmlSAX2Characters(parser, text, n);
    xmlNode *node = parser->node->last;
    if (node == before || node->line == UINT16_MAX)
        return; /* a further piece of the same text; lines above that are kept elsewhere */
    int blank = (int)strspn((const char *)node->content, " \t\r\n");
    node->line = (unsigned short)(node->line - blank_count_lines((const char *)text + blank,
                                                                 (size_t)(n - blank)));
}

/* Of a document: blanks where only elements may stand are left out. */
static void on_text(void *self, const xmlChar *text, int n)
{
    xmlParserCtxt *parser = self;
    const struct parse_state *s = parser->_private;
    const xmlNode *in = parser->node;
    if (!in || !in->ns || !read_is_bare(s->ctx, in->name) ||
        strcmp((const char *)in->ns->href, READ_NAMESPACE) != 0)
        xmlSAX2Characters(self, text, n);
    else if (!blank_is_all((const char *)text, (size_t)n))
        add_misplaced(parser, text, n);
}

static void leave_out_blanks(const xmlParserCtxt *parser, const char *root)
{
    const struct parse_state *s = parser->_private;
    read_find_bare(s->ctx, root);
    if (s->ctx->bare.len == 0)
        return;
    parser->sax->characters = on_text;
    parser->sax->ignorableWhitespace = on_text; /* the same: the parser tells them not apart */
}

static void on_characters(void *self, const xmlChar *text, int n)
{
    const xmlParserCtxt *parser = self;
    const struct parse_state *s = parser->_private;
    if (!s->skipped)
        xmlSAX2Characters(self, text, n);
}

static void on_end(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    const xmlParserCtxt *parser = self;
    struct parse_state *s = parser->_private;
    if (s->skipped)
        s->skipped--;
    else
        xmlSAX2EndElementNs(self, name, prefix, uri);
}

/* Stylesheets and schemas are read for what they do: comments and blank lines between elements
 * are half of their nodes and would be dropped later one by one. */
static void leave_out_layout(xmlParserCtxt *parser, const xmlChar *name, const xmlChar *uri)
{
    struct parse_state *s = parser->_private;
    s->is_schema = strcmp((const char *)uri, READ_XSD_NAMESPACE) == 0;
    if (strcmp((const char *)uri, READ_NAMESPACE) == 0)
        leave_out_blanks(parser, (const char *)name);
    if (!s->is_schema && strcmp((const char *)uri, READ_XSL_NAMESPACE) != 0)
        return;
    parser->sax->comment = NULL;
    parser->sax->ignorableWhitespace = xmlSAX2IgnorableWhitespace;
    if (s->is_schema) {
        parser->sax->characters = on_characters;
        parser->sax->endElementNs = on_end;
    }
}

/* Annotations are three fifths of the schema; messages need those of simple types. */
static bool is_left_out(const xmlParserCtxt *parser, const struct parse_state *s,
                        const xmlChar *name)
{
    return s->skipped ||
           (s->is_schema && strcmp((const char *)name, "annotation") == 0 && parser->node &&
            strcmp((const char *)parser->node->name, "simpleType") != 0);
}

static void on_start(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int ns_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **attributes)
{
    xmlParserCtxt *parser = self;
    struct parse_state *s = parser->_private;
    if (parser->nodeNr == 0 && s->is_fo && uri &&
        strcmp((const char *)uri, READ_FO_NAMESPACE) == 0 &&
        strcmp((const char *)name, "root") == 0) {
        *s->is_fo = true;
        xmlStopParser(parser);
        return;
    }
    if (parser->nodeNr + s->source->depth >= READ_MAX_DEPTH) {
        refuse(parser, "read-depth", _("elements are nested deeper than %d levels"),
               READ_MAX_DEPTH);
        return;
    }
    const char *mislabelling = parser->nodeNr == 0 ? feed_find_mislabelling(&s->feed) : NULL;
    if (mislabelling) {
        refuse(parser, "read-xml", "%s", mislabelling);
        return;
    }
    if (parser->nodeNr == 0 && uri)
        leave_out_layout(parser, name, uri);
    if (is_left_out(parser, s, name)) {
        s->skipped++;
        return;
    }
    xmlSAX2StartElementNs(self, name, prefix, uri, ns_count, namespaces, attribute_count,
                          defaulted, attributes);
}

static void on_entity(void *self, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system_id, xmlChar *content)
{
    xmlParserCtxt *parser = self;
    const char *text = (const char *)content;
    if (type != XML_INTERNAL_GENERAL_ENTITY)
        refuse(parser, "read-entity",
               _("the entity «%s» would read another file; use xi:include instead"),
               (const char *)name);
    else if (text && strlen(text) > ENTITY_LONGEST)
        refuse(parser, "read-entity", _("the entity «%s» is longer than %d bytes"),
               (const char *)name, ENTITY_LONGEST);
    else if (text && strchr(text, '&'))
        refuse(parser, "read-entity",
               _("the entity «%s» names another entity, which is not allowed"),
               (const char *)name);
    else
        xmlSAX2EntityDecl(self, name, type, public_id, system_id, content);
}

static void on_unparsed_entity(void *self, const xmlChar *name, const xmlChar *public_id,
                               const xmlChar *system_id, const xmlChar *notation)
{
    (void)public_id, (void)system_id, (void)notation;
    refuse(self, "read-entity",
           _("the entity «%s» would read another file; use xi:include instead"),
           (const char *)name);
}

static xmlEntity *on_reference(void *self, const xmlChar *name)
{
    xmlParserCtxt *parser = self;
    struct parse_state *s = parser->_private;
    xmlEntity *entity = xmlSAX2GetEntity(self, name);
    if (entity && entity->etype == XML_INTERNAL_GENERAL_ENTITY && entity->content)
        s->expanded += strlen((const char *)entity->content);
    if (s->expanded > ENTITY_TOTAL) {
        refuse(parser, "read-entity", _("entities expand to more than %d bytes"), ENTITY_TOTAL);
        return NULL;
    }
    return entity;
}

/* An external subset is not read; the default handler would ask for it. */
static void on_external_subset(void *self, const xmlChar *name, const xmlChar *public_id,
                               const xmlChar *system_id)
{
    (void)self, (void)name, (void)public_id, (void)system_id;
}

static void on_error(void *self, xmlErrorPtr error)
{
    xmlParserCtxt *parser = self;
    struct parse_state *s = parser->_private;
    bool undeclared = error->code == XML_WAR_UNDECLARED_ENTITY;
    if (s->failed || (error->level < XML_ERR_ERROR && !undeclared) ||
        error->code == XML_ERR_USER_STOP || (s->is_fo && *s->is_fo))
        return;
    s->failed = true;
    struct src_loc at = feed_locate(&s->feed, error, s->source->file);
    char *sentence = feed_explain(&s->feed, error);
    diag_add(s->ctx->diag, DIAG_ERROR, at, "read-xml", "%s", sentence);
    free(sentence);
}

static void set_handlers(xmlParserCtxt *parser)
{
    xmlSAXHandler *sax = parser->sax;
    sax->startElementNs = on_start;
    sax->entityDecl = on_entity;
    sax->unparsedEntityDecl = on_unparsed_entity;
    sax->getEntity = on_reference;
    sax->externalSubset = on_external_subset;
    sax->serror = on_error;
    const struct parse_state *s = parser->_private;
    if (s->source->without_comments)
        sax->comment = NULL;
}

/* NULL when the bytes are not well-formed. */
static xmlDoc *parse_bytes(xmlParserCtxt *parser, const struct read_source *source)
{
    /* XML_PARSE_NOENT puts the text of our tame entities into the tree. */
    static const int options =
        XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
    struct parse_state *s = parser->_private;
    /* The URL is what stylesheets resolve names against; as such it must be escaped. */
    xmlChar *url = xmlURIEscapeStr((const xmlChar *)source->file, (const xmlChar *)"/");
    xmlCtxtUseOptions(parser, options);
    feed_open(&s->feed, parser, buf_str((struct buf *)source->bytes), source->bytes->len,
              (char *)url);
    /* Faults of a character encoding go to no parser's handler, but to the thread's. */
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(parser, on_error);
    xmlParseDocument(parser);
    xmlSetStructuredErrorFunc(old_context, old);
    xmlDoc *doc = parser->myDoc;
    parser->myDoc = NULL;
    if (parser->wellFormed)
        return doc;
    xmlFreeDoc(doc);
    return NULL;
}

xmlDoc *read_parse(struct read_context *ctx, const struct read_source *source, bool *is_fo)
{
    struct parse_state state = {.ctx = ctx, .source = source, .is_fo = is_fo};
    xmlParserCtxt *parser = xmlNewParserCtxt();
    REQUIRE(parser);
    xmlDictFree(parser->dict);
    parser->dict = ctx->dict;
    xmlDictReference(ctx->dict);
    parser->_private = &state;
    set_handlers(parser);
    xmlDoc *doc = parse_bytes(parser, source);
    bool is_root_fo = is_fo && *is_fo;
    if (!state.failed && !is_root_fo && (!doc || !parser->wellFormed)) {
        struct src_loc at = {source->file, 0, 0};
        char *sentence = feed_explain(&state.feed, &parser->lastError);
        diag_add(ctx->diag, DIAG_ERROR, at, "read-xml", "%s", sentence);
        free(sentence);
        state.failed = true;
    }
    xmlFreeParserCtxt(parser);
    if (!state.failed && !is_root_fo) {
        xmlDocGetRootElement(doc)->_private = (void *)source->file;
        return doc;
    }
    xmlFreeDoc(doc);
    return NULL;
}
