/* A .svg file as an xmlDoc: no network, no entities, nothing outside the file.
 *
 * Drawing programs of old write a document type with entities for their namespaces; such files
 * are refused rather than half understood: saving them as plain SVG mends them. */
#include "svg/model.h"

#include "base/feed.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>

/* A scanned coat of arms turned into outlines has a few megabytes. */
enum { LARGEST_FILE = 16 * 1024 * 1024 };

struct loading {
    struct src_loc at; /* of the first fault: libxml2's line; or of the file's name */
    bool has_entity;
    char message[400];
    int line;
    struct feed feed;
};

static void on_entity(void *self, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system_id, xmlChar *content)
{
    xmlParserCtxt *parser = self;
    struct loading *l = parser->_private;
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    l->has_entity = true;
    xmlStopParser(parser);
}

static void on_external_subset(void *self, const xmlChar *name, const xmlChar *public_id,
                               const xmlChar *system_id)
{
    (void)self, (void)name, (void)public_id, (void)system_id;
}

static void on_error(void *self, xmlErrorPtr error)
{
    xmlParserCtxt *parser = self;
    struct loading *l = parser->_private;
    if (l->message[0] || error->level < XML_ERR_ERROR || !error->message)
        return;
    char *text = feed_explain(&l->feed, error);
    snprintf(l->message, sizeof l->message, "%s", text);
    free(text);
    l->line = error->line;
}

static xmlDoc *parse(const struct buf *bytes, struct loading *l)
{
    static const int options =
        XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT;
    xmlParserCtxt *parser = xmlNewParserCtxt();
    REQUIRE(parser);
    parser->_private = l;
    parser->sax->entityDecl = on_entity;
    parser->sax->externalSubset = on_external_subset;
    parser->sax->serror = on_error;
    xmlCtxtUseOptions(parser, options);
    feed_open(&l->feed, parser, buf_str((struct buf *)bytes), bytes->len, NULL);
    xmlParseDocument(parser);
    xmlDoc *doc = parser->myDoc;
    parser->myDoc = NULL;
    if (doc && (!parser->wellFormed || l->has_entity)) {
        xmlFreeDoc(doc);
        doc = NULL;
    }
    xmlFreeParserCtxt(parser);
    return doc;
}

static void report_fault(const struct loading *l, struct diag *diag, const char *path)
{
    if (l->has_entity)
        diag_add(diag, DIAG_ERROR, l->at, "svg-unreadable",
                 _("the drawing %s cannot be used: it declares entities; save it as plain SVG"),
                 path);
    else
        diag_add(diag, DIAG_ERROR, l->at, "svg-unreadable",
                 _("the drawing %s cannot be used: line %d: %s"), path, l->line,
                 l->message[0] ? l->message : _("this is not XML"));
}

struct svg_image *svg_read_file(struct arena *arena, const char *path, struct src_loc loc,
                                struct diag *diag)
{
    struct buf bytes = BUF_EMPTY;
    struct loading l = {.at = loc};
    struct svg_image *image = NULL;
    xmlDoc *doc = NULL;
    int error = file_read(path, &bytes);
    if (error || bytes.len > LARGEST_FILE) {
        diag_add(diag, error ? file_error_level(error) : DIAG_ERROR, loc, "svg-unreadable",
                 _("the drawing %s cannot be used: %s"), path,
                 error ? file_error_text(error) : _("it is larger than 16 MB"));
        goto out;
    }
    doc = parse(&bytes, &l);
    if (!doc)
        report_fault(&l, diag, path);
    else
        image = svg_read(arena, xmlDocGetRootElement(doc), arena_strdup(arena, path), diag);
out:
    xmlFreeDoc(doc);
    buf_free(&bytes);
    return image;
}
