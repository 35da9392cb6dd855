/* One file's bytes to an xmlDoc, and libxml2's first complaint to one sentence.
 *
 * The tree is built by libxml2's own SAX handlers; ours stand before some of them. They refuse
 * nesting deeper than READ_MAX_DEPTH, and every way in which a few bytes become many: entities
 * may stand for text and markup of at most ENTITY_LONGEST bytes, may not name other entities,
 * may not be external, and may expand to ENTITY_TOTAL bytes in all. That leaves the use clerks
 * have for them (a long name abbreviated) and makes bombs impossible instead of detecting them.
 *
 * After the first fault the parser is stopped: what follows a missing end tag is noise. */
#include "read/stage.h"
#include "base/feed.h"

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

static bool is_blank(const xmlChar *text, int n)
{
    while (n > 0 && strchr(" \t\r\n", text[n - 1]))
        n--;
    return n == 0;
}

/* Of a document: blanks where only elements may stand are left out. */
static void on_text(void *self, const xmlChar *text, int n)
{
    const xmlParserCtxt *parser = self;
    const struct parse_state *s = parser->_private;
    const xmlNode *in = parser->node;
    if (is_blank(text, n) && in && in->ns && read_is_bare(s->ctx, in->name) &&
        strcmp((const char *)in->ns->href, READ_NAMESPACE) == 0)
        return;
    xmlSAX2Characters(self, text, n);
}

static void leave_out_blanks(const xmlParserCtxt *parser)
{
    const struct parse_state *s = parser->_private;
    read_find_bare(s->ctx);
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
static void leave_out_layout(xmlParserCtxt *parser, const xmlChar *uri)
{
    struct parse_state *s = parser->_private;
    s->is_schema = strcmp((const char *)uri, READ_XSD_NAMESPACE) == 0;
    if (strcmp((const char *)uri, READ_NAMESPACE) == 0)
        leave_out_blanks(parser);
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

/* Is the file's encoding UTF-8 or UTF-16, as far as its first line says? */
static bool is_unicode(const xmlParserCtxt *parser)
{
    const xmlChar *said = parser->encoding; /* of these two only */
    if (!said && parser->inputNr > 0)
        said = parser->inputTab[0]->encoding;
    return !said || xmlStrncasecmp(said, BAD_CAST "UTF", 3) == 0;
}

/* Does the first line name an encoding of one byte a letter, and the file is UTF-8? Without this it
 * would be printed as «РџСЂРёРєР°Р·». Text that is both by chance has no Russian word in it. */
static bool is_mislabelled(const xmlParserCtxt *parser, const struct parse_state *s)
{
    const char *text = buf_str((struct buf *)s->source->bytes), *at = text;
    if (is_unicode(parser))
        return false;
    while (*at && !(*at & 0x80))
        at++;
    return *at && xmlCheckUTF8((const xmlChar *)text);
}

static const char *const mislabelled =
    N_("the first line names another encoding, but the file is UTF-8; "
       "write encoding=\"UTF-8\" there");

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
    if (parser->nodeNr == 0 && is_mislabelled(parser, s)) {
        refuse(parser, "read-xml", "%s", _(mislabelled));
        return;
    }
    if (parser->nodeNr == 0 && uri)
        leave_out_layout(parser, uri);
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

/* The sentences for what goes wrong in practice; NULL: libxml2's own words. */
static const char *plain_sentence(int code)
{
    switch (code) {
    case XML_ERR_DOCUMENT_END:
        return _("there is something after the end of the root element, or an end tag is "
                 "missing");
    case XML_ERR_NAME_REQUIRED:
        return _("after «<» or «&» a name must follow; write «<» in text as &lt; and «&» as "
                 "&amp;");
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        return _("«&» in text is written as &amp;");
    case XML_ERR_LT_IN_ATTRIBUTE:
        return _("a quotation mark is missing at the end of an attribute's value, or «<» in it "
                 "is not written as &lt;");
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
        return _("an attribute's value must stand in quotation marks: name=\"value\"");
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
        return _("a quotation mark is missing at the end of an attribute's value");
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
        return _("an attribute has no value: write name=\"value\"");
    case XML_ERR_GT_REQUIRED:
        return _("«>» is missing at the end of a tag");
    case XML_ERR_SPACE_REQUIRED:
        return _("a space is missing between attributes");
    case XML_ERR_COMMENT_NOT_FINISHED:
        return _("a comment has no end: «-->» is missing");
    case XML_ERR_HYPHEN_IN_COMMENT:
        return _("«--» cannot stand inside a comment");
    case XML_ERR_RESERVED_XML_NAME:
        return _("«<?xml …?>» must be the very first thing in the file");
    case XML_ERR_STRING_NOT_STARTED:
    case XML_ERR_STRING_NOT_CLOSED:
    case XML_ERR_EQUAL_REQUIRED:
    case XML_ERR_VERSION_MISSING:
    case XML_ERR_XMLDECL_NOT_STARTED:
    case XML_ERR_XMLDECL_NOT_FINISHED:
        return _("the first line «<?xml …?>» is not written correctly");
    case XML_ERR_PI_NOT_STARTED:
        return _("after «<?» a name must follow");
    case XML_ERR_CDATA_NOT_FINISHED:
        return _("«<![CDATA[» has no end: «]]>» is missing");
    case XML_ERR_UNKNOWN_VERSION:
        return _("the first line must say version=\"1.0\"");
    case XML_ERR_NAME_TOO_LONG:
        return _("a name is longer than 50,000 bytes");
    case XML_ERR_NO_MEMORY: /* which there is, see base/malloc.c: what the parser says here is */
        return _("a text without elements in it is longer than 10 million bytes");
    case XML_ERR_MISPLACED_CDATA_END:
        return _("«]]>» in text is written as ]]&gt;");
    default:
        return NULL;
    }
}

/* Faults whose sentence names something from the document. */
static bool add_named_fault(struct diag *diag, struct src_loc at, const xmlError *e)
{
    switch (e->code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        diag_add(diag, DIAG_ERROR, at, "read-xml",
                 _("<%s> opened in line %d is closed by </%s>"), e->str1, e->int1, e->str2);
        return true;
    case XML_ERR_TAG_NOT_FINISHED:
        if (!e->str1)
            return false;
        diag_add(diag, DIAG_ERROR, at, "read-xml",
                 _("the file ends before <%s>, opened in line %d, is closed"), e->str1,
                 e->int1);
        return true;
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        diag_add(diag, DIAG_ERROR, at, "read-xml",
                 _("&%s; is unknown in XML; write the character itself or its number (&#160; "
                   "is a no-break space)"),
                 e->str1);
        return true;
    case XML_ERR_ATTRIBUTE_REDEFINED:
        diag_add(diag, DIAG_ERROR, at, "read-xml", _("the attribute %s is given twice"),
                 e->str1);
        return true;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        diag_add(diag, DIAG_ERROR, at, "read-xml",
                 _("the prefix «%s:» is not declared; xmlns:%s=\"…\" is missing"), e->str1,
                 e->str1);
        return true;
    case XML_NS_ERR_QNAME:
        diag_add(diag, DIAG_ERROR, at, "read-xml",
                 _("«%s:» cannot begin the name of an element or attribute"),
                 e->str1 ? e->str1 : "");
        return true;
    case XML_ERR_UNSUPPORTED_ENCODING:
        diag_add(diag, DIAG_ERROR, at, "read-xml",
                 _("the encoding «%s» is unknown; save the file as UTF-8"),
                 e->str1 ? e->str1 : "?");
        return true;
    default:
        return false;
    }
}

/* libxml2's words without their line end. */
static void add_other_fault(struct diag *diag, struct src_loc at, const char *message)
{
    size_t n = message ? strcspn(message, "\n") : 0;
    diag_add(diag, DIAG_ERROR, at, "read-xml", _("this is not well-formed XML: %.*s"), (int)n,
             message ? message : "");
}

/* What other programs write, by its first bytes. */
static const char *name_format(const char *bytes)
{
    static const struct {
        const char *begin, *says;
    } formats[] = {
        {"PK\3\4", N_("this is a document of Word or LibreOffice (.docx, .odt) or an archive, "
                      "not an XML description")},
        {"\xd0\xcf\x11\xe0",
         N_("this is an old document of Word (.doc), not an XML description")},
        {"{\\rtf", N_("this is an RTF document, not an XML description")},
        {"%PDF-", N_("this is a PDF file, not an XML description")},
        {"\x1f\x8b", N_("this is a packed file (.gz), not an XML description")},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strncmp(bytes, formats[i].begin, strlen(formats[i].begin)) == 0)
            return _(formats[i].says);
    return NULL;
}

/* Are there zero bytes where no encoding has them? The parser takes the first for the end. */
static bool has_zero_bytes(const struct buf *bytes)
{
    const char *text = buf_str((struct buf *)bytes);
    bool wide = bytes->len >= 4 && (memchr(text, 0, 4) || strncmp(text, "\xff\xfe", 2) == 0 ||
                                    strncmp(text, "\xfe\xff", 2) == 0);
    return !wide && memchr(text, 0, bytes->len);
}

/* Why there is no root element. */
static const char *explain_empty(const struct buf *bytes)
{
    const char *text = buf_str((struct buf *)bytes), *end = text + bytes->len;
    const char *format = name_format(text);
    if (format)
        return format;
    text += strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    text += strspn(text, " \t\r\n");
    if (text == end)
        return _("the file is empty");
    if (!*text || has_zero_bytes(bytes))
        return _("the file has zero bytes: it is not text, or its encoding is not declared");
    return *text == '<' ? _("the file has no root element")
                        : _("this is not XML: the file does not begin with «<»");
}

/* Bytes of another encoding often look like a control character or like the end first; so do those
 * of a file that says it were UTF-8 and is not. */
static bool is_wrong_encoding(const xmlParserCtxt *parser, const struct parse_state *s,
                              int code)
{
    return (code == XML_ERR_INVALID_CHAR || code == XML_ERR_INTERNAL_ERROR) &&
           is_unicode(parser) &&
           !xmlCheckUTF8((const xmlChar *)buf_str((struct buf *)s->source->bytes));
}

/* The parser's first complaint as a sentence; NULL when it names something of the document. */
static const char *explain(const xmlParserCtxt *parser, const xmlError *error)
{
    const struct parse_state *s = parser->_private;
    const char *message = error->message ? error->message : "";
    if (s->feed.is_crowded)
        return feed_crowded_text();
    if (error->code == XML_ERR_DOCUMENT_EMPTY)
        return explain_empty(s->source->bytes);
    if (has_zero_bytes(s->source->bytes) ||
        (error->code == XML_ERR_INVALID_CHAR && strstr(message, "Char 0x0 ")))
        return _("the file has zero bytes: it is not text, or its encoding is not declared");
    if (error->code == XML_ERR_INVALID_ENCODING || is_wrong_encoding(parser, s, error->code))
        return _("the text is not UTF-8; save the file as UTF-8 or begin it with <?xml "
                 "version=\"1.0\" encoding=\"windows-1251\"?>");
    if (is_mislabelled(parser, s))
        return _(mislabelled);
    if (error->code == XML_ERR_INVALID_CHAR)
        return _("there is a control character that XML does not allow");
    if (error->code == XML_ERR_ATTRIBUTE_NOT_FINISHED && strstr(message, "too long"))
        return _("the value of an attribute is longer than 10 million bytes");
    return plain_sentence(error->code);
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
    struct src_loc at = {s->source->file, error->line, error->int2};
    const char *sentence = explain(parser, error);
    if (sentence)
        diag_add(s->ctx->diag, DIAG_ERROR, at, "read-xml", "%s", sentence);
    else if (!add_named_fault(s->ctx->diag, at, error))
        add_other_fault(s->ctx->diag, at, error->message);
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
    feed_open(&s->feed, parser, (char *)url);
    xmlParseDocument(parser);
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
    state.feed.bytes = buf_str((struct buf *)source->bytes);
    state.feed.len = source->bytes->len;
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
        add_other_fault(ctx->diag, at, parser->lastError.message);
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
