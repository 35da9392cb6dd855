/* Events for the builder, kept until what they were made from is gone. */
#ifndef PRIKAZ_FO_PACK_H
#define PRIKAZ_FO_PACK_H

#include "fo/builder.h"

struct fo_pack;

struct fo_pack *fo_pack_new(void);
void fo_pack_free(struct fo_pack *p);
void fo_pack_start(struct fo_pack *p, const struct fo_event *ev);
void fo_pack_text(struct fo_pack *p, const char *bytes, size_t len);
void fo_pack_end(struct fo_pack *p);
/* Give all events to the builder, in their order; they are freed on the way. */
void fo_pack_replay(struct fo_pack *p, struct fo_builder *b);

#endif
