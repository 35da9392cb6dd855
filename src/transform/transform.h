/* A checked document and its template become XSL-FO (libxslt, EXSLT). */
#ifndef PRIKAZ_TRANSFORM_TRANSFORM_H
#define PRIKAZ_TRANSFORM_TRANSFORM_H

#include "base/diag.h"

#include <libxml/tree.h>

/* Stylesheets compiled once a process. */
struct transform_cache;
struct transform_cache *transform_new_cache(void);
void transform_free_cache(struct transform_cache *cache);

/* How files are read: every stylesheet and every document it names; which files may be read is
 * decided before. And who takes the result. */
struct transform_files {
    /* Parse the file, strings in `dict` when it is not NULL; NULL after telling why. */
    xmlDoc *(*load)(void *self, const char *path, xmlDict *dict);
    /* Called with the path of each file read, of compiled stylesheets too; may be NULL. */
    void (*opened)(void *self, const char *path);
    /* Called now and then while the result grows at its end; may be NULL. Nodes that have a next
     * sibling are complete and may be taken out of it. */
    void (*grown)(void *self, xmlDoc *result);
    void *self;
    bool any_folder; /* any file may be read, not only those of the two folders */
};

/* Compile the stylesheet at `path`, unless it has been; transform_apply does so itself. False on
 * error, which has been told. */
bool transform_compile(struct transform_cache *cache, const char *path,
                       const struct transform_files *files, struct diag *diag);

/* Apply the stylesheet at `path` to `doc`. Stylesheets may read below their own folder and below
 * the document's; they may not write or use the network. `params` are name, value pairs ended
 * by NULL; values are strings. In templates px:at(.) gives «file:line» of a source node.
 * xsl:message goes to `diag`: terminate="yes" is an error. NULL on error. */
xmlDoc *transform_apply(struct transform_cache *cache, const char *path, xmlDoc *doc,
                        const char *const *params, const struct transform_files *files,
                        struct diag *diag);

#endif
