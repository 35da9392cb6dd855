/* The grid of a table: which cell stands in which slot, and which border wins between two.
 * Internal to table.c, borders.c, autowidth.c, changing.c. */
#ifndef PRIKAZ_LAYOUT_TABLE_H
#define PRIKAZ_LAYOUT_TABLE_H

#include "layout/model.h"

/* All rows of a table in order: header, bodies, footer. */
struct grid_row {
    const struct fo_node *node; /* fo:table-row */
    const struct fo_node *part; /* header, body or footer */
    bool first, last;           /* of its part */
};

struct grid {
    const struct fo_node *table;
    int32_t columns, row_count;
    struct grid_row *rows;
    const struct fo_node **slots;        /* row_count x columns: the cell there, NULL empty */
    const struct fo_node **column_nodes; /* by column; NULL */
    int32_t header_end, body_end;        /* row indices */
};

/* Rows and slots of `table`; row spans are cut at the end of their part. */
struct grid *grid_new(struct arena *a, const struct fo_node *table);

/* Rows the cell at (row, column) spans within its part. */
int32_t grid_cell_rows(const struct grid *g, int32_t row, const struct fo_node *cell);

/* The four borders of the cell at (row, column) after collapsing (CSS 2.1, 17.6.2). */
void grid_collapse(const struct grid *g, int32_t row, const struct fo_node *cell,
                   struct fo_border out[4]);

/* The border above (FO_BEFORE) or below (FO_AFTER) the cell of a body where a break cuts it. */
struct fo_border grid_border_at_break(const struct grid *g, const struct fo_node *cell,
                                      enum fo_side side);

/* A table whose rows are being laid out. */
struct table_builder {
    struct pass *p;
    struct grid *grid;
    struct table *t;
    struct arena *arena;
    const struct place *place;
    int32_t keep;     /* of the table on the breaks between its rows */
    mpt least_height; /* of the last row of what is laid out, borders and padding included */
};

/* Rows [from, to) as a list of their own, for repeating; NULL when there are none. */
struct vlist *table_rows_apart(struct table_builder *b, int32_t from, int32_t to, mpt *height);

/* Take note of a header or footer that retrieves markers of the table, and reserve its height:
 * table.c calls it when the lists of both are there, with what it has of the builder. */
void changing_new(struct table_builder *b);

/* Edges of the columns from x on for a table `width` wide; `given`: the width was given. */
void table_columns(struct pass *p, const struct grid *g, struct table *t, mpt width,
                   bool given);

#endif
