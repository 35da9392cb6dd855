/* Validation: the schema compiled and kept, every fault told once, references checked.
 *
 * Why W3C XML Schema and not RELAX NG: thirteen mistakes a clerk makes (element forgotten, in
 * the wrong place, misspelt, in the wrong order; attribute forgotten, unknown, with a wrong
 * value; date in the wrong form; text where only elements may stand; unknown emphasis; an id
 * twice; a reference to nothing; no namespace) were given to both validators of libxml2. RELAX
 * NG answered with «failed to validate attributes», «Expecting an element, got nothing», «Did
 * not expect element X there», two or three messages a fault, none of which names what is
 * missing or allowed. XSD gave one message a fault with a stable code that names the missing
 * child, the missing attribute, the allowed values. What it does not check are IDREFs: that is
 * done here, on the attributes which the validator has typed.
 *
 * A schema may consist of several files: xs:include is replaced by what is in the file before
 * libxml2 sees it, so that one document holds everything messages need (see model.h). Parts
 * must use the same targetNamespace and elementFormDefault as the whole. */
#include "read/model.h"
#include "read/stage.h"
#include "base/file.h"
#include "base/thread.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/xmlschemas.h>

struct schema {
    struct schema *next;
    char *path;
    struct read_document *source; /* the files, and the merged document */
    xmlSchema *compiled;
};

/* A schema that a second thread loads. What it says is not told: if the schema is at fault it is
 * loaded once more by those who need it. */
struct loading {
    bool runs;
    pthread_t thread;
    char *path;
    struct schema *schema; /* NULL: at fault */
};

struct read_cache {
    struct schema *schemas;
    struct loading loading;
};

struct read_cache *read_new_cache(void)
{
    return mem_zalloc(sizeof(struct read_cache));
}

static void free_schema(struct schema *s)
{
    xmlSchemaFree(s->compiled);
    read_free_document(s->source);
    free(s->path);
    free(s);
}

static void end_loading(struct read_cache *cache);

void read_free_cache(struct read_cache *cache)
{
    if (cache)
        end_loading(cache);
    while (cache && cache->schemas) {
        struct schema *s = cache->schemas;
        cache->schemas = s->next;
        free_schema(s);
    }
    free(cache);
}

void read_list_schemas(const struct read_cache *cache,
                       void (*each)(void *self, const char *path), void *self)
{
    for (const struct schema *s = cache->schemas; s; s = s->next)
        for (const struct read_file *f = s->source->files; f; f = f->next)
            each(self, f->path);
}

static xmlDoc *parse_file(struct read_context *ctx, const char *path)
{
    struct buf bytes = BUF_EMPTY;
    const char *file = read_note_file(ctx->out, path);
    int error = file_read(file, &bytes);
    struct src_loc at = {file, 0, 0};
    if (error)
        diag_add(ctx->diag, DIAG_SYSTEM, at, "read-schema", _("cannot read the schema: %s"),
                 file_error_text(error));
    struct read_source source = {file, &bytes, 0, false};
    xmlDoc *doc = error ? NULL : read_parse(ctx, &source, NULL);
    buf_free(&bytes);
    return doc;
}

/* Prefixes in values («xs:date») are looked up among the ancestors: take them along. */
static void copy_namespaces(const xmlNode *from, xmlNode *to)
{
    for (const xmlNs *ns = from->nsDef; ns; ns = ns->next)
        xmlNewNs(to, ns->href, ns->prefix); /* NULL when it has that prefix already */
}

static bool merge(struct read_context *ctx, xmlDoc *doc, const char *file);

/* Put the declarations of the included schema in the place of `inc`. */
static bool merge_part(struct read_context *ctx, xmlNode *inc, const char *file)
{
    xmlChar *location = xmlGetNoNsProp(inc, (const xmlChar *)"schemaLocation");
    char *path = file_beside(file, location ? (const char *)location : "");
    xmlFree(location);
    for (const struct read_file *f = ctx->out->files; f; f = f->next)
        if (strcmp(f->path, path) == 0) { /* there already, as xs:include has it */
            free(path);
            return true;
        }
    xmlDoc *part = parse_file(ctx, path);
    bool good = part && merge(ctx, part, path);
    xmlNode *root = good ? xmlDocGetRootElement(part) : NULL;
    const char *name = read_note_file(ctx->out, path);
    for (xmlNode *n = root ? root->children : NULL, *next; n; n = next) {
        next = n->next;
        if (n->type != XML_ELEMENT_NODE)
            continue;
        copy_namespaces(root, n);
        xmlUnlinkNode(n);
        xmlSetTreeDoc(n, inc->doc);
        n->_private = n->_private ? n->_private : (void *)name;
        xmlAddPrevSibling(inc, n);
    }
    xmlReconciliateNs(inc->doc, inc->parent);
    xmlFreeDoc(part);
    free(path);
    return good;
}

static bool merge(struct read_context *ctx, xmlDoc *doc, const char *file)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    bool good = true;
    for (xmlNode *n = root->children, *next; n; n = next) {
        next = n->next;
        if (!read_is_element(n, READ_XSD_NAMESPACE, "include"))
            continue;
        good = merge_part(ctx, n, file) && good;
        xmlUnlinkNode(n);
        xmlFreeNode(n);
    }
    return good;
}

/* A fault in the schema itself: its author's, in libxml2's words. */
static void on_schema_fault(void *self, xmlErrorPtr error)
{
    struct src_loc at = read_locate_node(error->node);
    size_t n = error->message ? strcspn(error->message, "\n") : 0;
    diag_add(self, error->level == XML_ERR_WARNING ? DIAG_WARNING : DIAG_ERROR, at,
             "read-schema", _("the schema is at fault: %.*s"), (int)n, error->message);
}

static xmlSchema *compile(xmlDoc *doc, struct diag *diag)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewDocParserCtxt(doc);
    REQUIRE(parser);
    xmlSchemaSetParserStructuredErrors(parser, on_schema_fault, diag);
    xmlSchema *schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    return schema;
}

static struct schema *load_schema(const char *path, struct diag *diag)
{
    struct schema *s = mem_zalloc(sizeof *s);
    s->path = mem_strdup(path);
    s->source = mem_zalloc(sizeof *s->source);
    s->source->arena = arena_new();
    struct read_context ctx = {.out = s->source, .diag = diag, .dict = xmlDictCreate()};
    xmlDoc *doc = s->source->doc = parse_file(&ctx, path);
    if (doc && merge(&ctx, doc, path))
        s->compiled = compile(doc, diag);
    xmlDictFree(ctx.dict);
    if (s->compiled)
        return s;
    free_schema(s);
    return NULL;
}

static void *run_thread(void *self)
{
    struct loading *l = self;
    struct diag *diag = diag_new();
    read_silence_library();
    l->schema = load_schema(l->path, diag);
    diag_free(diag);
    return NULL;
}

static char *schema_path(const char *templates)
{
    struct buf path = BUF_EMPTY;
    buf_printf(&path, "%s/prikaz.xsd", templates);
    return path.bytes;
}

/* Begin to load it in a second thread; false when it is there or there is no core for it. */
static bool begin_loading(struct read_cache *cache, const char *templates)
{
    enum { STACK = 1024 * 1024 }; /* libxml2 goes down with the schema, some ten levels */
    struct loading *l = &cache->loading;
    if (cache->schemas || l->runs || !thread_has_cores())
        return false;
    l->schema = NULL;
    l->path = schema_path(templates);
    l->runs = thread_begin(&l->thread, STACK, run_thread, l);
    if (!l->runs)
        free(l->path);
    return l->runs;
}

/* What the second thread has loaded is in the cache. */
static void end_loading(struct read_cache *cache)
{
    struct loading *l = &cache->loading;
    if (!l->runs)
        return;
    REQUIRE(pthread_join(l->thread, NULL) == 0);
    l->runs = false;
    free(l->path);
    if (l->schema) {
        l->schema->next = cache->schemas;
        cache->schemas = l->schema;
    }
}

static struct schema *find_schema(struct read_cache *cache, const char *path, struct diag *diag)
{
    end_loading(cache);
    for (struct schema *s = cache->schemas; s; s = s->next)
        if (strcmp(s->path, path) == 0)
            return s;
    struct schema *s = load_schema(path, diag);
    if (s) {
        s->next = cache->schemas;
        cache->schemas = s;
    }
    return s;
}

static const struct schema *schema_of(struct read_context *ctx, struct read_cache *cache)
{
    char *path = schema_path(ctx->options->templates);
    const struct schema *schema = find_schema(cache, path, ctx->diag);
    free(path);
    return schema;
}

static int by_address(const void *a, const void *b)
{
    const xmlChar *x = *(const xmlChar *const *)a, *y = *(const xmlChar *const *)b;
    return (uintptr_t)x < (uintptr_t)y ? -1 : x != y;
}

static bool has_name(const struct read_names *names, const xmlChar *name)
{
    return names->len &&
           bsearch(&name, names->items, names->len, sizeof *names->items, by_address);
}

bool read_is_bare(const struct read_context *ctx, const xmlChar *name)
{
    return has_name(&ctx->bare, name);
}

/* Declarations by what their elements hold. */
struct sorting {
    xmlDict *dict;
    struct read_names text, bare;
};

static void sort_declaration(void *self, const char *name, bool text)
{
    struct sorting *s = self;
    struct read_names *names = text ? &s->text : &s->bare;
    VEC_PUSH(names, xmlDictLookup(s->dict, (const xmlChar *)name, -1));
}

void read_find_bare(struct read_context *ctx, const char *root)
{
    struct sorting s = {.dict = ctx->dict};
    const struct read_options *options = ctx->options;
    bool first = !ctx->knows_bare && options && options->cache;
    if (first && options->meanwhile && begin_loading(options->cache, options->templates)) {
        options->meanwhile(options->self, root);
        read_silence_library();
    }
    const struct schema *schema = first ? schema_of(ctx, ctx->options->cache) : NULL;
    ctx->knows_bare = true;
    if (!schema)
        return;
    read_each_element(schema->source->doc, sort_declaration, &s);
    if (s.text.len)
        qsort(s.text.items, s.text.len, sizeof *s.text.items, by_address);
    for (size_t i = 0; i < s.bare.len; i++)
        if (!has_name(&s.text, s.bare.items[i]))
            VEC_PUSH(&ctx->bare, s.bare.items[i]);
    if (ctx->bare.len)
        qsort(ctx->bare.items, ctx->bare.len, sizeof *ctx->bare.items, by_address);
    free(s.text.items);
    free(s.bare.items);
}

/* Faults found so far in one document: at most one for an attribute and one for a content. */
struct findings {
    struct diag *diag;
    xmlDoc *schema;
    struct finding {
        const void *node;
        char *attribute; /* NULL: the element itself */
    } * items;
    size_t len, cap;
};

static void on_fault(void *self, xmlErrorPtr error)
{
    struct findings *f = self;
    if (error->level == XML_ERR_WARNING || !error->node)
        return;
    struct finding item = {error->node, read_quoted_word(error->message, "attribute '")};
    for (size_t i = 0; i < f->len; i++) {
        const char *a = f->items[i].attribute, *b = item.attribute;
        if (f->items[i].node == item.node && (a && b ? strcmp(a, b) == 0 : a == b)) {
            free(item.attribute);
            return;
        }
    }
    VEC_PUSH(f, item);
    read_explain(error, f->schema, f->diag);
}

static bool validate(const struct schema *schema, xmlDoc *doc, struct diag *diag)
{
    struct findings found = {.diag = diag, .schema = schema->source->doc};
    xmlSchemaValidCtxt *valid = xmlSchemaNewValidCtxt(schema->compiled);
    REQUIRE(valid);
    xmlSchemaSetValidStructuredErrors(valid, on_fault, &found);
    int faults = xmlSchemaValidateDoc(valid, doc);
    xmlSchemaFreeValidCtxt(valid);
    if (faults < 0)
        mem_die("xmlSchemaValidateDoc", __FILE__, __LINE__);
    for (size_t i = 0; i < found.len; i++)
        free(found.items[i].attribute);
    free(found.items);
    return faults == 0;
}

static bool check_reference(const xmlNode *node, const char *id, struct diag *diag)
{
    if (xmlGetID(node->doc, (const xmlChar *)id))
        return true;
    diag_add(diag, DIAG_ERROR, read_locate_node(node), "read-reference",
             _("<%s> refers to «%s», but nothing has the id «%s»"), (const char *)node->name,
             id, id);
    return false;
}

/* An attribute of type IDREF or IDREFS: every word in it. */
static bool check_attribute(const xmlNode *node, const xmlAttr *a, struct diag *diag)
{
    static const char *const space = " \t\r\n";
    char *value = (char *)xmlNodeGetContent((const xmlNode *)a), *rest = NULL;
    bool good = true;
    for (char *w = strtok_r(value, space, &rest); w; w = strtok_r(NULL, space, &rest))
        good = check_reference(node, w, diag) && good;
    xmlFree(value);
    return good;
}

static bool check_references(xmlDoc *doc, struct diag *diag)
{
    bool good = true;
    for (const xmlNode *n = xmlDocGetRootElement(doc), *next; n; n = next) {
        const xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL;
        for (; a; a = a->next)
            if (a->atype == XML_ATTRIBUTE_IDREF || a->atype == XML_ATTRIBUTE_IDREFS)
                good = check_attribute(n, a, diag) && good;
        next = n->type == XML_ELEMENT_NODE ? n->children : NULL;
        for (; !next && n && n->type != XML_DOCUMENT_NODE; n = n->parent)
            next = n->next;
    }
    return good;
}

bool read_validate(struct read_context *ctx, struct read_cache *cache, xmlDoc *doc)
{
    struct read_cache *own = cache ? NULL : read_new_cache();
    const struct schema *schema = schema_of(ctx, cache ? cache : own);
    bool good = false;
    if (schema) {
        for (const struct read_file *f = schema->source->files; f; f = f->next)
            read_note_file(ctx->out, f->path);
        good = validate(schema, doc, ctx->diag) && check_references(doc, ctx->diag);
    }
    read_free_cache(own);
    return good;
}
