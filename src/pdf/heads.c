/* Headers of the cells of tables with section rows (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5).
 *
 * A TH with a Scope says that it heads its column or its row, and a reader needs no more. A row of
 * nothing but TH in the middle of a body («1. Проведение мониторинга» over the whole width) heads
 * the rows below it up to the next one, which no Scope says: there every TD names its headers by
 * their IDs, and all of them, since Headers replaces what Scope tells: the section's, those of its
 * columns, those of its row.
 *
 * Tables are taken when the structure is known; noted is what a cell cannot find by itself: of a
 * row its table, its section, and the cells of earlier rows that hang into it. The lists are made
 * again for each cell when it is written, which costs less than to keep them. */
#include "pdf/heads.h"

#include <stdlib.h>
#include <string.h>

/* A cell that reaches into a row from above; th: its tag's number, 0 a TD. */
struct hang {
    int32_t column, width, rows;
    uint32_t th;
};

struct pdf_heads {
    struct {
        uint32_t *items; /* numbers of tags */
        size_t len, cap;
    } ids;
    struct {
        struct column {
            uint32_t th;
            int32_t first, end;
        } * items;
        size_t len, cap;
    } columns; /* heads of columns, table by table */
    struct {
        uint32_t *items; /* numbers of tags */
        size_t len, cap;
    } sections;
    struct {
        struct row {
            uint32_t tag;
            uint32_t column, column_end;   /* its table's, in `columns` */
            uint32_t section, section_end; /* in `sections` */
            uint32_t hang, hang_end;       /* in `hangs` */
        } * items;
        size_t len, cap;
    } rows; /* of bodies with sections, below one */
    struct {
        struct hang *items;
        size_t len, cap;
    } hangs;
    int digits; /* of an ID */
};

/* The table being taken. */
struct taking {
    struct pdf_heads *heads;
    const uint32_t *index;
    struct {
        struct hang *items;
        size_t len, cap;
    } open; /* cells that reach into the next row */
    uint32_t column, section, section_end;
    bool in_section; /* the row before was a section's */
};

struct pdf_heads *pdf_new_heads(void)
{
    return mem_zalloc(sizeof(struct pdf_heads));
}

void pdf_free_heads(struct pdf_heads *heads)
{
    free(heads->ids.items);
    free(heads->columns.items);
    free(heads->sections.items);
    free(heads->rows.items);
    free(heads->hangs.items);
    free(heads);
}

static const struct area_tag *kept(const uint32_t *index, const struct area_tag *tag)
{
    while (tag && index[tag->number] == UINT32_MAX)
        tag = tag->next;
    return tag;
}

/* Nothing but headers. */
static bool is_section(const uint32_t *index, const struct area_tag *row)
{
    const struct area_tag *cell = kept(index, row->child);
    if (!cell)
        return false;
    for (; cell; cell = kept(index, cell->next))
        if (cell->role_bit != AREA_TH)
            return false;
    return true;
}

static bool has_sections(const uint32_t *index, const struct area_tag *part)
{
    for (const struct area_tag *row = kept(index, part->child); row;
         row = kept(index, row->next))
        if (row->role_bit == AREA_TR ? part->role_bit != AREA_THEAD && is_section(index, row)
                                     : row->role_bit == AREA_TBODY && has_sections(index, row))
            return true;
    return false;
}

/* The first column from `column` on into which nothing hangs. */
static int32_t skip_hanging(const struct hang *hangs, size_t count, int32_t column)
{
    for (size_t i = 0; i < count; i++)
        if (column >= hangs[i].column && column < hangs[i].column + hangs[i].width) {
            column = hangs[i].column + hangs[i].width;
            i = SIZE_MAX; /* from the first again */
        }
    return column;
}

/* Cells of the row begin to hang into the next one, and those from above reach one row less. */
static void hang_cells(struct taking *t, const struct area_tag *row)
{
    size_t before = t->open.len, left = 0;
    int32_t column = 0;
    for (const struct area_tag *cell = kept(t->index, row->child); cell;
         cell = kept(t->index, cell->next)) {
        column = skip_hanging(t->open.items, before, column);
        if (cell->rows > 1)
            VEC_PUSH(&t->open, ((struct hang){column, cell->columns, cell->rows,
                                              cell->role_bit == AREA_TH ? cell->number : 0}));
        column += cell->columns;
    }
    for (size_t i = 0; i < t->open.len; i++)
        if (--t->open.items[i].rows > 0)
            t->open.items[left++] = t->open.items[i];
    t->open.len = left;
}

static void take_head_row(struct taking *t, const struct area_tag *row)
{
    int32_t column = 0;
    for (const struct area_tag *cell = kept(t->index, row->child); cell;
         cell = kept(t->index, cell->next)) {
        column = skip_hanging(t->open.items, t->open.len, column);
        if (cell->role_bit == AREA_TH) {
            VEC_PUSH(&t->heads->columns,
                     ((struct column){cell->number, column, column + cell->columns}));
            VEC_PUSH(&t->heads->ids, cell->number);
        }
        column += cell->columns;
    }
}

/* A section that follows another one at once is below it. */
static void take_section(struct taking *t, const struct area_tag *row)
{
    struct pdf_heads *heads = t->heads;
    if (!t->in_section)
        t->section = (uint32_t)heads->sections.len;
    for (const struct area_tag *cell = kept(t->index, row->child); cell;
         cell = kept(t->index, cell->next)) {
        VEC_PUSH(&heads->sections, cell->number);
        VEC_PUSH(&heads->ids, cell->number);
    }
    t->section_end = (uint32_t)heads->sections.len;
}

static void take_data_row(struct taking *t, const struct area_tag *row)
{
    struct pdf_heads *heads = t->heads;
    if (t->section == t->section_end)
        return;
    uint32_t hang = (uint32_t)heads->hangs.len;
    for (size_t i = 0; i < t->open.len; i++)
        VEC_PUSH(&heads->hangs, t->open.items[i]);
    VEC_PUSH(&heads->rows,
             ((struct row){row->number, t->column, (uint32_t)heads->columns.len, t->section,
                           t->section_end, hang, (uint32_t)heads->hangs.len}));
    for (const struct area_tag *cell = kept(t->index, row->child); cell;
         cell = kept(t->index, cell->next))
        if (cell->role_bit == AREA_TH)
            VEC_PUSH(&heads->ids, cell->number);
}

static void take_row(struct taking *t, const struct area_tag *row, bool in_head)
{
    bool section = !in_head && is_section(t->index, row);
    if (in_head)
        take_head_row(t, row);
    else if (section)
        take_section(t, row);
    else
        take_data_row(t, row);
    t->in_section = section;
    hang_cells(t, row);
}

void pdf_add_heads(struct pdf_heads *heads, const struct area_tag *table, const uint32_t *index)
{
    struct taking t = {.heads = heads, .index = index, .column = (uint32_t)heads->columns.len};
    if (!has_sections(index, table))
        return;
    for (const struct area_tag *part = kept(index, table->child); part;
         part = kept(index, part->next)) {
        t.open.len = 0; /* no cell reaches into another part */
        t.in_section = false;
        if (part->role_bit == AREA_TR)
            take_row(&t, part, false);
        else if (part->role_bit != AREA_CAPTION)
            for (const struct area_tag *row = kept(index, part->child); row;
                 row = kept(index, row->next))
                take_row(&t, row, part->role_bit == AREA_THEAD);
        if (part->role_bit == AREA_TBODY)
            t.section = t.section_end; /* ends with its body */
    }
    free(t.open.items);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static int by_tag(const void *a, const void *b)
{
    uint32_t x = ((const struct row *)a)->tag, y = ((const struct row *)b)->tag;
    return x < y ? -1 : x > y;
}

/* Tables in cells come after the whole outer one, so the order is made here. */
void pdf_end_heads(struct pdf_heads *heads)
{
    size_t n = heads->ids.len;
    if (n)
        qsort(heads->ids.items, n, sizeof *heads->ids.items, by_number);
    if (heads->rows.len)
        qsort(heads->rows.items, heads->rows.len, sizeof *heads->rows.items, by_tag);
    for (heads->digits = 1; n > 10; n /= 10)
        heads->digits++;
}

size_t pdf_count_heads(const struct pdf_heads *heads)
{
    return heads->ids.len;
}

uint32_t pdf_head_at(const struct pdf_heads *heads, size_t place)
{
    return heads->ids.items[place];
}

void pdf_put_head_name(const struct pdf_heads *heads, size_t place, struct buf *out)
{
    buf_printf(out, "(h%0*zu)", heads->digits, place);
}

static const uint32_t *find_id(const struct pdf_heads *heads, uint32_t th)
{
    return heads->ids.len ? bsearch(&th, heads->ids.items, heads->ids.len,
                                    sizeof *heads->ids.items, by_number)
                          : NULL;
}

static void put_name_of(const struct pdf_heads *heads, uint32_t th, struct buf *out)
{
    const uint32_t *id = find_id(heads, th);
    if (id)
        pdf_put_head_name(heads, (size_t)(id - heads->ids.items), out);
}

void pdf_put_head_id(const struct pdf_heads *heads, const struct area_tag *cell,
                     struct buf *out)
{
    if (!find_id(heads, cell->number))
        return;
    buf_puts(out, "/ID");
    put_name_of(heads, cell->number, out);
}

/* The cell's first column; headers of its row that stand before it or hang into it are written on
 * the way, those after it too. */
static int32_t put_row_heads(const struct pdf_heads *heads, const struct row *row,
                             const struct area_tag *cell, struct buf *out)
{
    const struct hang *hangs = heads->hangs.items ? heads->hangs.items + row->hang : NULL;
    size_t count = hangs ? row->hang_end - row->hang : 0;
    int32_t column = 0, found = 0;
    for (size_t i = 0; i < count; i++)
        if (hangs[i].th)
            put_name_of(heads, hangs[i].th, out);
    for (const struct area_tag *c = cell->parent->child; c; c = c->next) {
        column = skip_hanging(hangs, count, column);
        if (c == cell)
            found = column;
        if (c->role_bit == AREA_TH)
            put_name_of(heads, c->number, out);
        column += c->columns;
    }
    return found;
}

void pdf_put_headers(const struct pdf_heads *heads, const struct area_tag *cell,
                     struct buf *out)
{
    const struct row key = {.tag = cell->parent ? cell->parent->number : 0};
    const struct row *row =
        heads->rows.len && cell->parent && cell->role_bit == AREA_TD
            ? bsearch(&key, heads->rows.items, heads->rows.len, sizeof key, by_tag)
            : NULL;
    if (!row)
        return;
    buf_puts(out, "/Headers[");
    for (uint32_t i = row->section; i < row->section_end; i++)
        put_name_of(heads, heads->sections.items[i], out);
    int32_t column = put_row_heads(heads, row, cell, out);
    for (uint32_t i = row->column; i < row->column_end; i++) {
        const struct column *c = &heads->columns.items[i];
        if (c->first < column + cell->columns && column < c->end)
            put_name_of(heads, c->th, out);
    }
    buf_putc(out, ']');
}
