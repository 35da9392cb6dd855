/* What a schema says about one element, for messages. */
#ifndef PRIKAZ_READ_MODEL_H
#define PRIKAZ_READ_MODEL_H

#include "base/buf.h"

#include <libxml/tree.h>
#include <stdbool.h>

/* Called for every element declared in a content model, in the schema's order; `name` is local.
 * `required`: the content model cannot do without it. */
typedef void read_child_fn(void *self, const char *name, bool required, xmlNode *declaration);
typedef void read_attribute_fn(void *self, const char *name, xmlNode *declaration);

/* The xs:element that declares a node of a document, found along its ancestors; NULL. */
xmlNode *read_find_declaration(xmlDoc *schema, const xmlNode *node);
/* The xs:attribute that declares an attribute of it; NULL. */
xmlNode *read_find_attribute(xmlDoc *schema, const xmlNode *node, const char *name);
/* Is there an element of this name anywhere in the schema? */
bool read_knows_element(xmlDoc *schema, const char *name);

/* Called for every xs:element with a name, global or not, perhaps several of one name: may text
 * stand in it? Where not, blanks between its elements say nothing. */
void read_each_element(xmlDoc *schema, void (*fn)(void *self, const char *name, bool text),
                       void *self);

void read_each_child(xmlNode *declaration, read_child_fn *fn, void *self);
void read_each_attribute(xmlNode *declaration, read_attribute_fn *fn, void *self);
void read_each_root(xmlDoc *schema, read_child_fn *fn, void *self);

/* Append what the values of an element or attribute declaration look like, in the user's
 * language: the enumeration «a, b, c», or the first line of the type's documentation, or a
 * phrase for a built-in type. False: nothing can be said. */
bool read_describe_values(xmlNode *declaration, struct buf *out);

#endif
