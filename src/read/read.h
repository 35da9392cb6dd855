/* Bytes to a checked xmlDoc: parser, XInclude, schema, and the list of every file opened. */
#ifndef PRIKAZ_READ_READ_H
#define PRIKAZ_READ_READ_H

#include "base/diag.h"
#include "base/mem.h"

#include <libxml/tree.h>

/* One file that went into a document, in the order of opening, each once. */
struct read_file {
    const char *path; /* as opened */
    struct read_file *next;
};

struct read_document {
    struct arena *arena;
    xmlDoc *doc; /* XIncludes resolved; every node's line is that of its own file */
    struct read_file *files;
    bool is_fo;       /* the root is fo:root */
    const char *path; /* of the entry file */
};

struct read_options {
    bool any_folder;       /* allow includes outside the document's own folder tree */
    const char *templates; /* folder with schemas */
};

/* Read and check `path`. NULL when the document is at fault or unreadable; `diag` says why. No
 * network, no external entities; entity bombs and nesting over 1,000 levels are refused. */
struct read_document *read_document(const char *path, const struct read_options *options,
                                    struct diag *diag);
void read_free_document(struct read_document *d);

#endif
