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

/* The same from a document that grows at its end, as the result of a stylesheet does: what is
 * complete is taken out of it from time to time and kept packed, so that neither it nor the tree is
 * in memory together with what it is made from. */
struct fo_feed;
struct fo_feed *fo_begin_feed(const char *file, struct diag *diag);
/* Take the nodes that have a next sibling: nothing will be added to them any more. */
void fo_feed_grown(struct fo_feed *feed, xmlDoc *doc);
/* `doc` is complete: take the rest. The empty `doc` stays the caller's. */
void fo_feed_rest(struct fo_feed *feed, xmlDoc *doc);
/* The tree; NULL when there is nothing to lay out, or the rest was not taken. Frees the feed. */
struct fo_document *fo_end_feed(struct fo_feed *feed);

/* The same from the bytes of a .fo file, by SAX, without an xmlDoc. */
struct fo_document *fo_build_memory(const char *bytes, size_t len, const char *file,
                                    struct diag *diag);

#endif
