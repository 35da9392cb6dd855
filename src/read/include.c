/* XInclude 1.1 as far as a clerk needs it: whole files, as elements or as text, with a fallback.
 *
 * libxml2 has an XInclude of its own. It was measured and set aside: it copies what it includes,
 * so that lines past 65,535 are lost with the text nodes that carry them; it marks the place by
 * xml:base attributes, which then must be allowed by the schema, or not at all, and then no
 * message can name the file; it opens files where it likes; and a missing file or a circle gives
 * three messages, the useful one at the wrong line. Here the nodes themselves are moved, with
 * all files' strings in one dictionary, and the root of every file carries its path in
 * `_private` (see read.h).
 *
 * A file is named relative to the file that includes it and must lie, symbolic links followed,
 * in the folder tree of the entry document, unless any_folder. Only local files are read; an
 * xpointer is refused in words. Circles are found on the chain of real paths from the entry
 * document down. Files that include each other twice at every level would double the work with
 * each level, so inclusions and their bytes are counted. */
#include "read/stage.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>

/* A report of a region includes some hundred parts. */
enum { MOST_INCLUSIONS = 10000, MOST_BYTES = 256 * 1024 * 1024 };

/* The file being worked on and those that include it. */
struct chain {
    const struct chain *up;
    const char *file; /* as opened, lives with the document */
    char *real;
    int depth; /* at which its root hangs */
};

static bool expand(struct read_context *ctx, xmlDoc *doc, const struct chain *chain);

static bool fault(struct read_context *ctx, const xmlNode *inc, const char *file,
                  const char *message)
{
    struct src_loc at = {file, (int)xmlGetLineNo(inc), 0};
    diag_add(ctx->diag, DIAG_ERROR, at, "read-include", "%s", message);
    return false;
}

__attribute__((format(printf, 4, 5))) static bool fault_about(struct read_context *ctx,
                                                              const xmlNode *inc,
                                                              const char *file,
                                                              const char *format, ...)
{
    char text[PATH_MAX + 256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return fault(ctx, inc, file, text);
}

static int depth_of(const xmlNode *node)
{
    int depth = 0;
    for (const xmlNode *n = node->parent; n && n->type == XML_ELEMENT_NODE; n = n->parent)
        depth++;
    return depth;
}

static char *attribute(const xmlNode *node, const char *name)
{
    return (char *)xmlGetNoNsProp(node, (const xmlChar *)name);
}

/* The path an include names, as it will be opened; the caller frees. NULL: told. */
static char *resolve_href(struct read_context *ctx, const xmlNode *inc, const char *file)
{
    char *href = attribute(inc, "href"), *pointer = attribute(inc, "xpointer");
    char *path = NULL;
    const char *local = href && strncmp(href, "file://", 7) == 0 ? href + 7 : href;
    if (!href || !*href)
        fault(ctx, inc, file, _("xi:include has no href: the name of the file is missing"));
    else if (pointer || strchr(href, '#'))
        fault(ctx, inc, file,
              _("xi:include can include whole files only: xpointer is not supported"));
    else if (strstr(local, "://"))
        fault_about(ctx, inc, file,
                    _("cannot include «%s»: only files, nothing from the network"), href);
    else {
        char *name = xmlURIUnescapeString(local, 0, NULL);
        path = file_beside(file, name ? name : local);
        xmlFree(name);
    }
    xmlFree(href);
    xmlFree(pointer);
    return path;
}

/* Is the file at `real` one we may read here? */
static bool may_include(struct read_context *ctx, const xmlNode *inc, const struct chain *chain,
                        const char *path, const char *real)
{
    for (const struct chain *c = chain; c; c = c->up)
        if (strcmp(c->real, real) == 0)
            return fault_about(ctx, inc, chain->file, _("«%s» includes itself in a circle"),
                               path);
    if (!ctx->options->any_folder && !file_is_below(ctx->tree, real))
        return fault_about(ctx, inc, chain->file,
                           _("«%s» lies outside the document's folder; move it there or give "
                             "--any-folder"),
                           path);
    if (ctx->inclusions > MOST_INCLUSIONS)
        return false; /* told */
    if (++ctx->inclusions > MOST_INCLUSIONS)
        return fault_about(ctx, inc, chain->file, _("more than %d files are included"),
                           MOST_INCLUSIONS);
    return true;
}

/* The real namespace «xml» is kept in the document; a moved tree must not point to the old one. */
static void adopt_xml_namespace(xmlDoc *doc, xmlNode *root)
{
    static const xmlChar *const xml = (const xmlChar *)"xml";
    for (xmlNode *n = root; n;) {
        if (n->type == XML_ELEMENT_NODE)
            for (xmlAttr *a = n->properties; a; a = a->next)
                if (a->ns && xmlStrEqual(a->ns->href, XML_XML_NAMESPACE))
                    a->ns = xmlSearchNs(doc, root, xml);
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n && n != root && !n->next)
            n = n->parent;
        n = n == root ? NULL : n ? n->next : NULL;
    }
}

/* Text in any encoding to a text node; NULL when it is not text. */
static xmlNode *make_text(xmlDoc *doc, const struct buf *bytes, const char *encoding)
{
    xmlCharEncodingHandler *handler = xmlFindCharEncodingHandler(encoding ? encoding : "UTF-8");
    if (!handler)
        return NULL;
    xmlParserInputBuffer *in = xmlAllocParserInputBuffer(XML_CHAR_ENCODING_NONE);
    REQUIRE(in);
    in->encoder = handler;
    xmlNode *node = NULL;
    bool good = !bytes->len || xmlParserInputBufferPush(in, (int)bytes->len, bytes->bytes) >= 0;
    const char *text = (const char *)xmlBufContent(in->buffer);
    if (!text)
        text = "";
    if (good && strlen(text) == xmlBufUse(in->buffer) && xmlCheckUTF8((const xmlChar *)text)) {
        bool marked = strncmp(text, "\xEF\xBB\xBF", 3) == 0; /* a byte order mark is no text */
        node = xmlNewDocText(doc, (const xmlChar *)(marked ? text + 3 : text));
    }
    xmlFreeParserInputBuffer(in);
    return node;
}

static xmlNode *load_text(struct read_context *ctx, xmlNode *inc, const struct chain *chain,
                          const struct buf *bytes)
{
    char *encoding = attribute(inc, "encoding");
    xmlNode *node = make_text(inc->doc, bytes, encoding);
    xmlFree(encoding);
    if (!node)
        fault(ctx, inc, chain->up->file,
              _("the included file is not text in the encoding given (UTF-8 when none is)"));
    return node;
}

/* The root of an included document, already part of `inc`'s document and expanded. */
static xmlNode *load_xml(struct read_context *ctx, xmlNode *inc, const struct chain *chain,
                         const struct buf *bytes)
{
    struct read_source source = {chain->file, bytes, chain->depth, false};
    xmlDoc *part = read_parse(ctx, &source, NULL);
    if (!part)
        return NULL;
    xmlNode *root = NULL;
    if (expand(ctx, part, chain)) {
        root = xmlDocGetRootElement(part);
        xmlUnlinkNode(root);
        xmlSetTreeDoc(root, inc->doc);
        adopt_xml_namespace(inc->doc, root);
    }
    xmlFreeDoc(part);
    return root;
}

static xmlNode *find_fallback(const xmlNode *inc)
{
    for (xmlNode *n = inc->children; n; n = n->next)
        if (read_is_element(n, READ_XI_NAMESPACE, "fallback"))
            return n;
    return NULL;
}

/* Put the fallback's children in the place of the include. Returns the first element among
 * them, which the walk goes on with; texts may have merged with their neighbours. */
static xmlNode *use_fallback(xmlNode *inc, xmlNode *fallback)
{
    xmlNode *first = NULL;
    for (xmlNode *n = fallback->children, *after; n; n = after) {
        after = n->next;
        if (!first && n->type == XML_ELEMENT_NODE)
            first = n;
        xmlUnlinkNode(n);
        xmlAddPrevSibling(inc, n);
    }
    xmlUnlinkNode(inc);
    xmlFreeNode(inc);
    return first;
}

/* Read what `inc` names. NULL when told, or with *missing when the file is not there. */
static xmlNode *load(struct read_context *ctx, xmlNode *inc, const struct chain *chain,
                     bool *missing)
{
    char *path = resolve_href(ctx, inc, chain->file), *parse = attribute(inc, "parse");
    bool is_text = parse && strcmp(parse, "text") == 0;
    struct buf bytes = BUF_EMPTY;
    xmlNode *node = NULL;
    char *real = path ? realpath(path, NULL) : NULL;
    int error = path && !real ? errno : 0;
    if (real && may_include(ctx, inc, chain, path, real)) {
        struct chain link = {chain, read_note_file(ctx->out, path), real,
                             chain->depth + depth_of(inc)};
        error = file_read(path, &bytes);
        ctx->total_bytes += bytes.len;
        if (!error && ctx->total_bytes > MOST_BYTES)
            error = EFBIG;
        if (!error)
            node = is_text ? load_text(ctx, inc, &link, &bytes)
                           : load_xml(ctx, inc, &link, &bytes);
    }
    bool failed = error && file_error_level(error) == DIAG_SYSTEM;
    *missing = error && !failed && find_fallback(inc);
    if (failed)
        diag_add(ctx->diag, DIAG_SYSTEM,
                 (struct src_loc){chain->file, (int)xmlGetLineNo(inc), 0}, "read-include",
                 _("cannot include «%s»: %s"), path, file_error_text(error));
    else if (error && !*missing)
        fault_about(ctx, inc, chain->file, _("cannot include «%s»: %s"), path,
                    file_error_text(error));
    buf_free(&bytes);
    free(real);
    free(path);
    xmlFree(parse);
    return node;
}

/* The next node of a walk that does not enter `n`. */
static xmlNode *skip(xmlNode *n, const xmlNode *root)
{
    while (n && n != root && !n->next)
        n = n->parent;
    return !n || n == root ? NULL : n->next;
}

/* Replace one include; *next is where the walk goes on. False: told. */
static bool replace(struct read_context *ctx, xmlNode *inc, const struct chain *chain,
                    xmlNode **next)
{
    bool missing = false;
    const xmlNode *top = (const xmlNode *)inc->doc;
    xmlNode *after = skip(inc, top), *node = load(ctx, inc, chain, &missing);
    if (!node && !missing)
        return false;
    if (missing) {
        xmlNode *first = use_fallback(inc, find_fallback(inc));
        *next = first ? first : after;
        return true;
    }
    xmlReplaceNode(inc, node);
    xmlFreeNode(inc);
    *next = after;
    return true;
}

static bool expand(struct read_context *ctx, xmlDoc *doc, const struct chain *chain)
{
    bool good = true;
    xmlNode *top = (xmlNode *)doc;
    for (xmlNode *n = doc->children; n;) {
        if (read_is_element(n, READ_XI_NAMESPACE, "include")) {
            if (n->parent == top && find_fallback(n)) /* a root has exactly one element */
                return fault(ctx, n, chain->file,
                             _("xi:include as the root element cannot have a fallback"));
            xmlNode *next = NULL;
            bool done = replace(ctx, n, chain, &next);
            n = done ? next : skip(n, top);
            good = good && done;
        } else if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
        } else {
            n = skip(n, top);
        }
    }
    if (good && !xmlDocGetRootElement(doc)) {
        struct src_loc at = {chain->file, 1, 0};
        diag_add(ctx->diag, DIAG_ERROR, at, "read-include",
                 _("the document has no root element"));
        return false;
    }
    return good;
}

bool read_include(struct read_context *ctx, xmlDoc *doc)
{
    char *real = realpath(ctx->out->path, NULL);
    if (!real)
        diag_add(ctx->diag, DIAG_SYSTEM, (struct src_loc){ctx->out->path, 0, 0}, "read-file",
                 _("cannot read the file: %s"), file_error_text(errno));
    struct chain chain = {NULL, ctx->out->path, real, 0};
    bool good = real && expand(ctx, doc, &chain);
    free(real);
    return good;
}
