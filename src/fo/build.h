/* XSL-FO to the fo tree: events of a parser, or a finished xmlDoc that is eaten as it is read. */
#ifndef PRIKAZ_FO_BUILD_H
#define PRIKAZ_FO_BUILD_H

#include "fo/fo.h"

#include <libxml/tree.h>

/* The namespace of what we add to XSL-FO; a formatter that does not know it ignores it. */
#define FO_PX_NAMESPACE "urn:prikaz:fo"

/* Build the tree from `doc`, whose root is fo:root, and free the nodes of `doc` on the way, so
 * that the two are never in memory together; the empty `doc` stays the caller's.
 * `px:at="12"` or `px:at="part.xml:12"` on an element sets the source line of it and of what
 * is in it (file NULL: `file`). Faults go to `diag`; elements outside the subset are reported
 * and left out, with errors. Returns NULL when there is nothing to lay out. */
struct fo_document *fo_build(xmlDoc *doc, const char *file, struct diag *diag);

/* The same from the bytes of a .fo file, by SAX, without an xmlDoc. */
struct fo_document *fo_build_memory(const char *bytes, size_t len, const char *file,
                                    struct diag *diag);

#endif
