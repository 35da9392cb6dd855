/* Bytes to a checked xmlDoc: parser, XInclude, schema, and the list of every file opened. */
#ifndef PRIKAZ_READ_READ_H
#define PRIKAZ_READ_READ_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"

#include <libxml/tree.h>

/* The namespace of the clerk's vocabulary. */
#define READ_NAMESPACE "urn:prikaz:1"

/* One file that went into a document, in the order of opening, each once. */
struct read_file {
    const char *path; /* as opened */
    struct read_file *next;
};

struct read_document {
    struct arena *arena;
    /* XIncludes resolved; every node's line is that of its own file. The path of that
     * file is `_private` of the nearest element, going up from the node, that has one: the roots
     * of the files do. doc->URL is the entry file's path, escaped as a URI. */
    xmlDoc *doc; /* NULL when is_fo */
    struct read_file *files;
    bool is_fo;       /* the root is fo:root: neither parsed to the end nor checked */
    struct buf bytes; /* of the entry file, kept when is_fo */
    const char *path; /* of the entry file */
};

/* Schemas compiled once a process. */
struct read_cache;
struct read_cache *read_new_cache(void);
void read_free_cache(struct read_cache *cache);

/* The files of the schemas in the cache, in the order of opening. */
void read_list_schemas(const struct read_cache *cache,
                       void (*each)(void *self, const char *path), void *self);

struct read_options {
    bool any_folder;          /* allow includes outside the document's own folder tree */
    const char *templates;    /* folder with schemas */
    struct read_cache *cache; /* NULL: the schema is compiled for this document alone */
    /* NULL, or what is done while a second thread, where there is a core for it, loads a schema
     * that is not in the cache yet; `root` is the name of the document's root element. Not where
     * file_listen is on. */
    void (*meanwhile)(void *self, const char *root);
    void *self;
};

/* Read and check `path`. NULL when the document is at fault or unreadable; `diag` says why. No
 * network, no external entities; entity bombs and nesting over 1,000 levels are refused. */
struct read_document *read_document(const char *path, const struct read_options *options,
                                    struct diag *diag);
void read_free_document(struct read_document *d);

/* Free what was read and keep what is known of it: paths and the list of files. */
void read_drop_content(struct read_document *d);

/* Parse one file as it is, tamed like a document but neither completed by XInclude nor checked:
 * stylesheets and what they name. Strings go into `dict` when it is not NULL. NULL after telling
 * why. The caller frees. */
xmlDoc *read_plain_file(const char *path, xmlDict *dict, struct diag *diag);

/* The place of a node in the file it was written in; the file name lives as long as the
 * document. */
struct src_loc read_locate_node(const xmlNode *node);

#endif
