/* What the files of the read stage share. */
#ifndef PRIKAZ_READ_STAGE_H
#define PRIKAZ_READ_STAGE_H

#include "read/read.h"

#include <libxml/xmlerror.h>

#define READ_XSD_NAMESPACE "http://www.w3.org/2001/XMLSchema"
#define READ_FO_NAMESPACE  "http://www.w3.org/1999/XSL/Format"
#define READ_XSL_NAMESPACE "http://www.w3.org/1999/XSL/Transform"
#define READ_XI_NAMESPACE  "http://www.w3.org/2001/XInclude"

/* Deeper than any order by far, and shallow enough for the recursion in libxslt. */
enum { READ_MAX_DEPTH = 1000 };

/* One document being read. */
struct read_context {
    struct read_document *out;
    const struct read_options *options;
    struct diag *diag;
    char *tree;         /* real path of the entry document's folder, ends with a slash */
    xmlDict *dict;      /* of all its files, so that nodes may move between documents */
    size_t total_bytes; /* of all files included, counting repeats */
    int inclusions;
    /* Names, from the dictionary and in the order of their addresses, of elements in which no text
     * may stand: blanks and line ends in them, a quarter of a roadmap's tree, are left out. */
    struct read_names {
        const xmlChar **items;
        size_t len, cap;
    } bare;
    bool knows_bare;
};

/* Remember that `path` was opened. Returns the copy that lives with the document. */
const char *read_note_file(struct read_document *d, const char *path);

/* Parse the bytes of one file. `depth` is how deep it will hang in the including documents.
 * With `is_fo` not NULL, stop at a root fo:root, set *is_fo and return NULL. NULL on error,
 * which has been told. `file` must outlive the result. */
struct read_source {
    const char *file;
    const struct buf *bytes;
    int depth;
    bool without_comments;
};
xmlDoc *read_parse(struct read_context *ctx, const struct read_source *source, bool *is_fo);

/* Replace every xi:include in `doc`, whose file is ctx->out->path. False on error. */
bool read_include(struct read_context *ctx, xmlDoc *doc);

/* Fill in ctx->bare, once, from <templates>/prikaz.xsd; `root` is the name of the first file's
 * root element. */
void read_find_bare(struct read_context *ctx, const char *root);
/* Is the name, from the dictionary, one of those? */
bool read_is_bare(const struct read_context *ctx, const xmlChar *name);

/* Validate against <templates>/prikaz.xsd and check references. False on error. */
bool read_validate(struct read_context *ctx, struct read_cache *cache, xmlDoc *doc);

/* What a parser says without a handler of its own is not for standard error. */
void read_silence_library(void);

/* Turn one fault found by libxml2's schema validator into a sentence; `schema` is the schema's
 * merged document. */
void read_explain(const xmlError *error, xmlDoc *schema, struct diag *diag);

/* The word between `before` and the next single quote in a message of libxml2's; NULL if there
 * is none. The caller frees. */
char *read_quoted_word(const char *message, const char *before);

/* The element's namespace and local name. */
bool read_is_element(const xmlNode *node, const char *ns, const char *name);

#endif
