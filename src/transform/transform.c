/* Stylesheets compiled once and applied to checked documents: see transform.h.
 *
 * What a stylesheet can do is what a document may depend on: read files below the folder that
 * holds its own folder (templates/order/order.xsl reads templates/...) and below the document's
 * folder; nothing is written, nothing comes from the network. EXSLT's common, sets, strings,
 * math, functions and dynamic modules are there; not math:random, and no dates, because their
 * functions without an argument read the clock. */
#include "transform/transform.h"
#include "transform/qr.h"
#include "transform/report.h"
#include "transform/variables.h"
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxml/uri.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/functions.h>
#include <libxslt/documents.h>
#include <libxslt/imports.h>
#include <libxslt/keys.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>

#define PX_NAMESPACE "urn:prikaz:fo"
/* Elements that do something; those of PX_NAMESPACE are made like any other. */
#define T_NAMESPACE "urn:prikaz:transform"

/* Templates called within templates: a document of 1,000 levels needs 2,000. */
enum { MOST_CALLS = 3000 };

/* Places asked for between two looks at the result: some pages of a roadmap. The first look is
 * later, because what is taken before the end is packed, which a short document is not worth. */
enum { GROWN_FIRST = 1000, GROWN_EVERY = 200 };

struct name {
    char *path;
    struct name *next;
};

/* A file of the templates that document() gave, kept for the next document with the tables of
 * xsl:key that have been made of it. */
struct data {
    struct data *next;
    char *path;
    xmlDoc *doc;
    void *keys;
    int key_count;
    bool is_noted; /* as one that the document at hand has used */
};

struct sheet {
    struct sheet *next;
    char *path;
    struct data *data; /* by each stylesheet for itself: its xsl:strip-space has been applied */
    xsltStylesheet *compiled;
    struct name *files; /* the stylesheet and what it includes, in the order of opening */
};

struct transform_cache {
    struct sheet *sheets;
    xsltSecurityPrefs *security;
};

/* What the library's callbacks, which have no argument of ours, must know: one transform runs
 * at a time in a process. */
struct scope {
    char *sheets_folder, *document_folder; /* real paths, or NULL */
    char *entry;                           /* path of the document, as read knows it */
    struct sheet *sheet;                   /* whose files are noted; NULL when applying */
    struct sheet *applied;                 /* whose data are kept; NULL when compiling */
    const struct transform_files *files;
    struct report *report;
    int places; /* to be asked for before the result is looked at */
};
static struct scope *scope;

static void note_file(const char *path)
{
    if (!scope->sheet && scope->files->opened)
        scope->files->opened(scope->files->self, path);
    if (!scope->sheet)
        return;
    struct name **at = &scope->sheet->files;
    while (*at && strcmp((*at)->path, path) != 0)
        at = &(*at)->next;
    if (*at)
        return;
    *at = mem_zalloc(sizeof **at);
    (*at)->path = mem_strdup(path);
}

static bool is_below(const char *folder, const char *real)
{
    return folder && file_is_below(folder, real);
}

/* Why the file may not be read, and how grave that is; NULL when it may. */
static const char *why_not(const char *path, enum diag_level *level)
{
    *level = DIAG_ERROR;
    if (strstr(path, "://"))
        return _("only files, nothing from the network");
    char *real = realpath(path, NULL);
    int error = errno;
    bool may = real && (scope->files->any_folder || is_below(scope->sheets_folder, real) ||
                        is_below(scope->document_folder, real));
    bool is_there = real != NULL;
    free(real);
    if (!is_there) {
        *level = file_error_level(error);
        return file_error_text(error);
    }
    return may ? NULL : _("it lies outside the folders of the templates and of the document");
}

static struct data *find_data(const struct sheet *sheet, const char *path)
{
    struct data *d = sheet ? sheet->data : NULL;
    while (d && strcmp(d->path, path) != 0)
        d = d->next;
    return d;
}

/* A document's own files may change from one run to the next, those of the templates do not
 * while the stylesheet is compiled. */
static void keep_data(const char *path, xmlDoc *doc)
{
    char *real = scope->applied ? realpath(path, NULL) : NULL;
    if (real && is_below(scope->sheets_folder, real)) {
        struct data *d = mem_zalloc(sizeof *d);
        *d = (struct data){scope->applied->data, mem_strdup(path), doc, NULL, 0, true};
        scope->applied->data = d;
    }
    free(real);
}

/* Kept data are there before document() asks for them: reading them again would strip and count
 * their nodes and make their keys, which takes a fiftieth of a transform. */
static void offer_data(const struct sheet *sheet, xsltTransformContext *ctxt)
{
    for (struct data *d = sheet->data; d; d = d->next) {
        xsltDocument *loaded = xsltNewDocument(ctxt, d->doc);
        REQUIRE(loaded);
        loaded->keys = d->keys;
        loaded->nbKeysComputed = d->key_count;
        d->keys = NULL;
        d->key_count = 0;
        d->is_noted = false;
    }
}

/* What is kept is not freed with the context; keys are when they may be unfinished. */
static void spare_data(const struct sheet *sheet, const xsltTransformContext *ctxt)
{
    for (xsltDocument *loaded = ctxt->docList; loaded; loaded = loaded->next)
        for (struct data *d = sheet->data; d; d = d->next)
            if (d->doc == loaded->doc) {
                loaded->main = 1;
                if (d->keys || ctxt->state != XSLT_STATE_OK)
                    continue;
                d->keys = loaded->keys;
                d->key_count = loaded->nbKeysComputed;
                loaded->keys = NULL;
            }
}

/* A document has used those of the kept data that it has nodes of. */
static void note_data(const xmlXPathObject *result)
{
    const xmlNodeSet *nodes =
        result && result->type == XPATH_NODESET ? result->nodesetval : NULL;
    for (int i = 0; nodes && scope->applied && i < nodes->nodeNr; i++)
        for (struct data *d = scope->applied->data; d; d = d->next)
            if (d->doc == nodes->nodeTab[i]->doc && !d->is_noted) {
                d->is_noted = true;
                note_file(d->path);
            }
}

/* libxslt's way to every file: the stylesheet's parts and what document() names. */
static xmlDoc *load(const xmlChar *uri, xmlDict *dict, int options, void *ctxt,
                    xsltLoadType type)
{
    (void)options, (void)ctxt, (void)type;
    if (!scope)
        return NULL;
    const char *name = (const char *)uri;
    char *path =
        xmlURIUnescapeString(strncmp(name, "file:///", 8) == 0 ? name + 7 : name, 0, NULL);
    xmlDoc *doc = NULL;
    enum diag_level level;
    const char *why = why_not(path, &level);
    if (why) {
        transform_report_file(scope->report, path, level, why);
    } else {
        struct data *kept = find_data(scope->applied, path);
        if (kept)
            kept->is_noted = true;
        note_file(path);
        doc = kept ? kept->doc : scope->files->load(scope->files->self, path, dict);
        if (!doc)
            transform_report_told(scope->report);
        else if (!kept)
            keep_data(path, doc);
    }
    xmlFree(path);
    return doc;
}

/* Templates ask for places all the time, so this is when the result is looked at. The last text
 * is remembered by libxslt, which would add to it after it has been taken. */
static void offer_result(xsltTransformContext *transform)
{
    const struct transform_files *files = scope->files;
    if (!files->grown || !transform || --scope->places > 0)
        return;
    scope->places = GROWN_EVERY;
    files->grown(files->self, transform->output);
    transform->lasttext = NULL;
}

/* Where a node stands: «12» for line 12 of the document itself and «part.xml:12» for what was
 * included from part.xml (read keeps that name in `_private` of the included root); «» for
 * nodes of other documents and of variables. */
static void put_place(struct buf *text, const xsltTransformContext *transform,
                      const xmlNode *node)
{
    if (node && node->type == XML_ATTRIBUTE_NODE)
        node = node->parent;
    if (!node || node->type == XML_NAMESPACE_DECL || !transform ||
        node->doc != transform->initialContextDoc)
        return;
    const char *file = NULL;
    for (const xmlNode *n = node; n && !file; n = n->parent)
        file = n->type == XML_ELEMENT_NODE ? n->_private : NULL;
    if (file && scope->entry && strcmp(file, scope->entry) != 0)
        buf_printf(text, "%s:", file);
    buf_putd(text, xmlGetLineNo(node));
}

/* px:at(node?): the place of the node, of the current one without an argument. */
static void px_at(xmlXPathParserContext *ctxt, int nargs)
{
    const xmlNode *node = ctxt->context->node;
    xmlXPathObject *set = NULL;
    if (nargs > 1) {
        xmlXPathSetArityError(ctxt);
        return;
    }
    if (nargs == 1) {
        set = valuePop(ctxt);
        bool any =
            set && set->type == XPATH_NODESET && set->nodesetval && set->nodesetval->nodeNr;
        if (any)
            xmlXPathNodeSetSort(set->nodesetval);
        node = any ? set->nodesetval->nodeTab[0] : NULL;
    }
    struct buf text = BUF_EMPTY;
    xsltTransformContext *transform = xsltXPathGetTransformContext(ctxt);
    offer_result(transform);
    put_place(&text, transform, node);
    valuePush(ctxt, xmlXPathNewCString(buf_str(&text)));
    buf_free(&text);
    xmlXPathFreeObject(set);
}

/* t:place: the attribute px:at, with the place of the current node, for the element that is
 * being made. In XSLT's own words it takes ten times as long, once for every paragraph. */
static void t_place(xsltTransformContext *transform, xmlNode *node, xmlNode *instruction,
                    xsltElemPreComp *precomputed)
{
    static const xmlChar *const uri = (const xmlChar *)PX_NAMESPACE;
    (void)instruction, (void)precomputed;
    xmlNode *made = transform->insert;
    if (!made || made->type != XML_ELEMENT_NODE)
        return;
    xmlNs *ns = xmlSearchNsByHref(made->doc, made, uri);
    if (!ns)
        ns = xmlNewNs(made, uri, (const xmlChar *)"px");
    struct buf text = BUF_EMPTY;
    offer_result(transform);
    put_place(&text, transform, node);
    xmlSetNsProp(made, ns, (const xmlChar *)"at", (const xmlChar *)buf_str(&text));
    buf_free(&text);
}

/* document() for file names as clerks give them: «мой профиль.xml» is not a URI, and libxslt's
 * own function would return nothing without a word. Such a name is escaped first; of several
 * nodes the first counts then, and stays the base of the name unless there is another. */
static void escaping_document(xmlXPathParserContext *ctxt, int nargs)
{
    if (nargs < 1 || nargs > 2) {
        xmlXPathSetArityError(ctxt);
        return;
    }
    xmlXPathObject *base = nargs == 2 ? valuePop(ctxt) : NULL, *name = valuePop(ctxt);
    xmlChar *text = xmlXPathCastToString(name);
    xmlChar *escaped = xmlURIEscapeStr(text, (const xmlChar *)"/:?#%[]@!$&'()*+,;=");
    if (xmlStrEqual(text, escaped)) {
        valuePush(ctxt, name);
    } else {
        valuePush(ctxt, xmlXPathNewString(escaped));
        if (!base && name->type == XPATH_NODESET)
            base = name;
        else
            xmlXPathFreeObject(name);
    }
    if (base)
        valuePush(ctxt, base);
    xsltDocumentFunction(ctxt, base ? 2 : 1);
    note_data(ctxt->value);
    xmlFree(text);
    xmlFree(escaped);
}

/* Files are opened by load() alone; what a parser would open besides (external entities) is not. */
static xmlParserInput *refuse_input(const char *url, const char *id, xmlParserCtxt *ctxt)
{
    (void)url, (void)id, (void)ctxt;
    return NULL;
}

static void prepare_library(void)
{
    static bool done;
    if (done)
        return;
    done = true;
    xmlInitParser();
    xmlSetExternalEntityLoader(refuse_input);
    xsltInit();
    exsltCommonRegister();
    exsltSetsRegister();
    exsltStrRegister();
    exsltMathRegister();
    exsltFuncRegister();
    exsltDynRegister();
    xsltUnregisterExtModuleFunction((const xmlChar *)"random", EXSLT_MATH_NAMESPACE);
    xsltRegisterExtModuleFunction((const xmlChar *)"at", (const xmlChar *)PX_NAMESPACE, px_at);
    xsltRegisterExtModuleElement((const xmlChar *)"place", (const xmlChar *)T_NAMESPACE, NULL,
                                 t_place);
    xsltRegisterExtModuleFunction((const xmlChar *)"qr", (const xmlChar *)PX_NAMESPACE,
                                  transform_make_qr);
    xsltSetLoaderFunc(load);
    xsltMaxDepth = MOST_CALLS;
}

struct transform_cache *transform_new_cache(void)
{
    prepare_library();
    struct transform_cache *cache = mem_zalloc(sizeof *cache);
    cache->security = xsltNewSecurityPrefs();
    REQUIRE(cache->security);
    static const xsltSecurityOption none[] = {
        XSLT_SECPREF_WRITE_FILE, XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
        XSLT_SECPREF_WRITE_NETWORK};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        xsltSetSecurityPrefs(cache->security, none[i], xsltSecurityForbid);
    return cache;
}

static void free_sheet(struct sheet *sheet)
{
    while (sheet->files) {
        struct name *f = sheet->files;
        sheet->files = f->next;
        free(f->path);
        free(f);
    }
    while (sheet->data) {
        struct data *d = sheet->data;
        sheet->data = d->next;
        xsltDocument kept = {.keys = d->keys};
        xsltFreeDocumentKeys(&kept);
        xmlFreeDoc(d->doc);
        free(d->path);
        free(d);
    }
    xsltFreeStylesheet(sheet->compiled);
    free(sheet->path);
    free(sheet);
}

void transform_free_cache(struct transform_cache *cache)
{
    if (!cache)
        return;
    while (cache->sheets) {
        struct sheet *s = cache->sheets;
        cache->sheets = s->next;
        free_sheet(s);
    }
    xsltFreeSecurityPrefs(cache->security);
    free(cache);
}

/* The real folder of a file or NULL, which is told when the system has failed: that there is no
 * such folder is told when the file is opened. The caller frees. */
static char *find_folder(const char *path, struct diag *diag)
{
    char *real = file_real_folder(path);
    if (!real && file_error_level(errno) == DIAG_SYSTEM)
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){path, 0, 0}, "template-file",
                 _("cannot read the file: %s"), file_error_text(errno));
    return real;
}

/* The same of the folder above the one the stylesheet lies in. */
static char *folder_of_sheets(const char *path, struct diag *diag)
{
    char *up = file_beside(path, "../x"), *real = find_folder(up, diag);
    free(up);
    return real;
}

/* From file to compiled stylesheet; NULL when told. */
static xsltStylesheet *compile(const char *path)
{
    xmlChar *uri = xmlURIEscapeStr((const xmlChar *)path, (const xmlChar *)"/");
    xmlDoc *doc = load(uri, NULL, 0, NULL, XSLT_LOAD_START);
    xmlFree(uri);
    if (!doc)
        return NULL;
    xsltStylesheet *compiled = xsltParseStylesheetDoc(doc);
    if (!compiled)
        xmlFreeDoc(doc);
    return compiled;
}

static struct sheet *load_sheet(const char *path, const struct transform_files *files,
                                struct diag *diag)
{
    struct sheet *sheet = mem_zalloc(sizeof *sheet);
    sheet->path = mem_strdup(path);
    struct scope own = {
        .sheets_folder = folder_of_sheets(path, diag), .sheet = sheet, .files = files};
    own.report = transform_start_report(path, NULL, diag);
    scope = &own;
    sheet->compiled = compile(path);
    scope = NULL;
    free(own.sheets_folder);
    if (transform_finish_report(own.report, false) && sheet->compiled)
        return sheet;
    free_sheet(sheet);
    return NULL;
}

static struct sheet *find_sheet(struct transform_cache *cache, const char *path,
                                const struct transform_files *files, struct diag *diag)
{
    for (struct sheet *s = cache->sheets; s; s = s->next)
        if (strcmp(s->path, path) == 0)
            return s;
    struct sheet *s = load_sheet(path, files, diag);
    if (s) {
        s->next = cache->sheets;
        cache->sheets = s;
    }
    return s;
}

bool transform_compile(struct transform_cache *cache, const char *path,
                       const struct transform_files *files, struct diag *diag)
{
    return find_sheet(cache, path, files, diag) != NULL;
}

/* Run it; *stopped when a message ended it. */
static xmlDoc *run(const struct transform_cache *cache, const struct sheet *sheet, xmlDoc *doc,
                   const char *const *params, bool *stopped)
{
    xsltTransformContext *ctxt = xsltNewTransformContext(sheet->compiled, doc);
    REQUIRE(ctxt);
    transform_attach_report(scope->report, ctxt);
    xsltSetCtxtSecurityPrefs(cache->security, ctxt);
    static const xmlChar *const document = (const xmlChar *)"document";
    xmlXPathRegisterFunc(ctxt->xpathCtxt, document, NULL); /* the old one away first */
    xmlXPathRegisterFunc(ctxt->xpathCtxt, document, escaping_document);
    offer_data(sheet, ctxt);
    transform_find_variables(ctxt);
    if (params)
        xsltQuoteUserParams(ctxt, (const char **)params);
    xmlDoc *result = xsltApplyStylesheetUser(sheet->compiled, doc, NULL, NULL, NULL, ctxt);
    *stopped = ctxt->state == XSLT_STATE_STOPPED;
    if (result && ctxt->state != XSLT_STATE_OK) {
        xmlFreeDoc(result);
        result = NULL;
    }
    spare_data(sheet, ctxt);
    xsltFreeTransformContext(ctxt);
    return result;
}

xmlDoc *transform_apply(struct transform_cache *cache, const char *path, xmlDoc *doc,
                        const char *const *params, const struct transform_files *files,
                        struct diag *diag)
{
    struct sheet *sheet = find_sheet(cache, path, files, diag);
    if (!sheet)
        return NULL;
    for (const struct name *f = sheet->files; f && files->opened; f = f->next)
        files->opened(files->self, f->path);
    struct scope own = {
        .sheets_folder = folder_of_sheets(path, diag), .applied = sheet, .files = files};
    own.places = GROWN_FIRST;
    own.entry = doc->URL ? xmlURIUnescapeString((const char *)doc->URL, 0, NULL) : NULL;
    own.document_folder = own.entry ? find_folder(own.entry, diag) : NULL;
    own.report = transform_start_report(path, own.entry, diag);
    scope = &own;
    bool stopped = false;
    xmlDoc *result = run(cache, sheet, doc, params, &stopped);
    scope = NULL;
    bool good = transform_finish_report(own.report, stopped);
    if (!result && good) {
        struct src_loc at = {path, 0, 0};
        diag_add(diag, DIAG_ERROR, at, "template", _("the template gave no result"));
    }
    if (result && !good) {
        xmlFreeDoc(result);
        result = NULL;
    }
    free(own.sheets_folder);
    free(own.document_folder);
    xmlFree(own.entry);
    return result;
}
