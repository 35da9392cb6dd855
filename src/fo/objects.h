/* Private to src/fo: the table of formatting objects, and nodes from attributes. */
#ifndef PRIKAZ_FO_OBJECTS_H
#define PRIKAZ_FO_OBJECTS_H

#include "fo/style.h"

enum fo_status { FO_SUPPORTED, FO_PARTIAL, FO_REFUSED };

struct fo_object {
    const char *name;  /* without prefix */
    enum fo_type type; /* FO_TYPE_COUNT when refused */
    enum fo_status status;
    uint64_t children; /* bits 1 << enum fo_type of what may stand in it */
    bool text;         /* character data may */
};

extern const struct fo_object fo_objects[];
extern const size_t fo_object_count;

/* NULL when XSL 1.1 has no such object. */
const struct fo_object *fo_find_object(const char *name);

/* Bytes that a node of the type takes: the union is cut to the member it uses. */
size_t fo_node_size(enum fo_type type);
/* A node of the type, appended to `parent`, which may be NULL. */
struct fo_node *fo_node_new(struct arena *arena, enum fo_type type, struct fo_node *parent,
                            struct src_loc loc);
/* Character data, appended to `parent`, whose style it has. */
struct fo_node *fo_text_new(struct arena *arena, struct fo_node *parent, struct src_loc loc,
                            struct fo_slice text);
void fo_node_remove(struct fo_node *node);
/* Give the node's own members the values of cx->work.local and .aux. */
void fo_fill_node(struct fo_node *node, const struct fo_work *work);
#endif
