/* Reading one document: the file, its parts, its schema, in this order. */
#include "read/read.h"
#include "read/stage.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

/* Every file is opened by us and parsed from memory; whatever the library itself wants to open
 * (external entities, DTDs, xsi:schemaLocation) it does not get. */
static xmlParserInput *refuse_input(const char *url, const char *id, xmlParserCtxt *ctxt)
{
    (void)url, (void)id, (void)ctxt;
    return NULL;
}

static void drop_message(void *self, xmlErrorPtr error)
{
    (void)self, (void)error;
}

void read_silence_library(void)
{
    xmlSetStructuredErrorFunc(NULL, drop_message);
}

static void prepare_library(void)
{
    static bool done;
    if (done)
        return;
    done = true;
    xmlInitParser();
    xmlSetExternalEntityLoader(refuse_input);
    xmlParserMaxDepth = READ_MAX_DEPTH + 1; /* ours is checked first and says more */
}

const char *read_note_file(struct read_document *d, const char *path)
{
    struct read_file **at = &d->files;
    for (; *at; at = &(*at)->next)
        if (strcmp((*at)->path, path) == 0)
            return (*at)->path;
    *at = ARENA_NEW(d->arena, struct read_file);
    (*at)->path = arena_strdup(d->arena, path);
    return (*at)->path;
}

struct src_loc read_locate_node(const xmlNode *node)
{
    struct src_loc loc = {NULL, 0, 0};
    if (!node)
        return loc;
    loc.line = (int)xmlGetLineNo(node);
    if (loc.line < 0)
        loc.line = 0;
    for (const xmlNode *n = node; n; n = n->parent)
        if (n->type == XML_ELEMENT_NODE && n->_private) {
            loc.file = n->_private;
            return loc;
        }
    return loc;
}

bool read_is_element(const xmlNode *node, const char *ns, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns && node->ns->href &&
           strcmp((const char *)node->ns->href, ns) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

/* The entry file's bytes and its folder. */
static bool open_entry(struct read_context *ctx, struct buf *bytes)
{
    const char *path = ctx->out->path;
    struct src_loc at = {path, 0, 0};
    int error = file_read(path, bytes);
    if (!error) {
        ctx->tree = file_real_folder(path);
        error = ctx->tree ? 0 : errno;
    }
    if (error)
        diag_add(ctx->diag, DIAG_SYSTEM, at, "read-file", _("cannot read the file: %s"),
                 file_error_text(error));
    return error == 0;
}

/* From bytes to ctx->out->doc or is_fo. */
static bool read_entry(struct read_context *ctx)
{
    struct read_document *d = ctx->out;
    if (!open_entry(ctx, &d->bytes))
        return false;
    struct read_source source = {d->path, &d->bytes, 0, false};
    d->doc = read_parse(ctx, &source, &d->is_fo);
    if (d->is_fo)
        return true;
    buf_free(&d->bytes);
    return d->doc && read_include(ctx, d->doc) &&
           read_validate(ctx, ctx->options->cache, d->doc);
}

struct read_document *read_document(const char *path, const struct read_options *options,
                                    struct diag *diag)
{
    prepare_library();
    read_silence_library();
    struct read_document *d = mem_zalloc(sizeof *d);
    d->arena = arena_new();
    d->path = read_note_file(d, path);
    struct read_context ctx = {.out = d, .options = options, .diag = diag};
    ctx.dict = xmlDictCreate();
    REQUIRE(ctx.dict);
    bool good = read_entry(&ctx);
    xmlDictFree(ctx.dict);
    free(ctx.bare.items);
    free(ctx.tree);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (good)
        return d;
    read_free_document(d);
    return NULL;
}

xmlDoc *read_plain_file(const char *path, xmlDict *dict, struct diag *diag)
{
    prepare_library();
    struct read_context ctx = {.diag = diag, .dict = dict ? dict : xmlDictCreate()};
    REQUIRE(ctx.dict);
    struct buf bytes = BUF_EMPTY;
    struct src_loc at = {path, 0, 0};
    int error = file_read(path, &bytes);
    if (error)
        diag_add(diag, file_error_level(error), at, "read-file", _("cannot read the file: %s"),
                 file_error_text(error));
    struct read_source source = {path, &bytes, .without_comments = true};
    xmlDoc *doc = error ? NULL : read_parse(&ctx, &source, NULL);
    if (doc)
        xmlDocGetRootElement(doc)->_private = NULL; /* the path is borrowed */
    buf_free(&bytes);
    if (!dict)
        xmlDictFree(ctx.dict);
    return doc;
}

void read_drop_content(struct read_document *d)
{
    xmlFreeDoc(d->doc);
    d->doc = NULL;
    buf_free(&d->bytes);
}

void read_free_document(struct read_document *d)
{
    if (!d)
        return;
    read_drop_content(d);
    arena_free(d->arena);
    free(d);
}
