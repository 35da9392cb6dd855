/* What a schema says about one element, for messages. */
#ifndef PRIKAZ_READ_MODEL_H
#define PRIKAZ_READ_MODEL_H

#include "base/buf.h"

#include <libxml/tree.h>
#include <stdbool.h>

/* Called for every element declared in a content model, in the schema's order; `name` is local.
 * `required`: the content model cannot do without it. */
typedef void model_child_fn(void *self, const char *name, bool required, xmlNode *declaration);
typedef void model_attribute_fn(void *self, const char *name, xmlNode *declaration);

/* The xs:element that declares a node of a document, found along its ancestors; NULL. */
xmlNode *model_find_element(xmlDoc *schema, const xmlNode *node);
/* The xs:attribute that declares an attribute of it; NULL. */
xmlNode *model_find_attribute(xmlDoc *schema, const xmlNode *node, const char *name);
/* Is there an element of this name anywhere in the schema? */
bool model_knows_element(xmlDoc *schema, const char *name);

void model_each_child(xmlNode *declaration, model_child_fn *fn, void *self);
void model_each_attribute(xmlNode *declaration, model_attribute_fn *fn, void *self);
void model_each_root(xmlDoc *schema, model_child_fn *fn, void *self);

/* Append what the values of an element or attribute declaration look like, in the user's
 * language: the enumeration «a, b, c», or the first line of the type's documentation, or a
 * phrase for a built-in type. False: nothing can be said. */
bool model_describe_values(xmlNode *declaration, struct buf *out);

#endif
