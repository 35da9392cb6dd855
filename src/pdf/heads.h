/* Which headers a table's cells have, where Scope alone does not tell. */
#ifndef PRIKAZ_PDF_HEADS_H
#define PRIKAZ_PDF_HEADS_H

#include "area/area.h"
#include "base/buf.h"

struct pdf_heads;

struct pdf_heads *pdf_new_heads(void);
void pdf_free_heads(struct pdf_heads *heads);

/* Take a table that holds what a table may, in document order. `index` tells by the number of a tag
 * whether it is left out (UINT32_MAX). */
void pdf_add_heads(struct pdf_heads *heads, const struct area_tag *table,
                   const uint32_t *index);
/* No more tables will come. */
void pdf_end_heads(struct pdf_heads *heads);

/* «/Headers[...]» of a TD, «/ID(...)» of a TH that one of these names; nothing of others. */
void pdf_put_headers(const struct pdf_heads *heads, const struct area_tag *cell,
                     struct buf *out);
void pdf_put_head_id(const struct pdf_heads *heads, const struct area_tag *cell,
                     struct buf *out);

/* The headers with an ID, in the order of these: how many, and the tag's number of each. */
size_t pdf_count_heads(const struct pdf_heads *heads);
uint32_t pdf_head_at(const struct pdf_heads *heads, size_t place);
/* The ID as a string of PDF. */
void pdf_put_head_name(const struct pdf_heads *heads, size_t place, struct buf *out);

#endif
