/* Private to src/fo: the builder, which eats events of a parser or of a walk over an xmlDoc. */
#ifndef PRIKAZ_FO_BUILDER_H
#define PRIKAZ_FO_BUILDER_H

#include "fo/build.h"
#include "fo/objects.h"

#include "base/buf.h"

#define FO_NAMESPACE  "http://www.w3.org/1999/XSL/Format"
#define FOX_NAMESPACE "http://xmlgraphics.apache.org/fop/extensions"
#define SVG_NAMESPACE "http://www.w3.org/2000/svg"
#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/* Elements in elements: hand-written and generated documents stay far below it, and every stage
 * after this one may recurse. */
enum { FO_DEPTH_MAX = 1000 };

struct fo_attr {
    const char *uri; /* NULL: none */
    const char *prefix, *name;
    struct fo_slice value;
};

/* The start of an element. Borrowed for the time of the call. */
struct fo_event {
    const char *uri, *prefix, *name;
    const struct fo_attr *attrs;
    size_t attr_count;
    int line; /* 0: unknown */
};

/* Attributes of objects inside fo:marker, kept because their meaning depends on where the marker
 * is retrieved (6.13.6). */
struct fo_spec {
    const struct fo_node *node; /* NULL after the last */
    size_t n;
    const struct fo_decl *decls;
};

/* Occupancy of a table under construction: table.c. */
struct fo_grid;

/* An open element. */
struct fo_frame {
    const struct fo_object *object;
    struct fo_node *node;
    uint64_t children; /* what may stand here: wrappers take it from where they are */
    bool text;
    bool in_static, in_flow, in_marker, in_table_ends; /* some ancestor is one */
    bool in_row;                                       /* of a body in a flow */
    struct fo_specified given;
    struct fo_grid *grid;          /* of the nearest table */
    const struct fo_style *column; /* of the column the nearest cell is in; NULL */
    struct src_loc at;             /* px:at in force; line 0: none */
    int text_line;                 /* where character data would start; 0 unknown */
};

/* A reference to an id, to be checked at the end. */
struct fo_reference {
    const char *id;
    struct src_loc loc;
};

struct fo_builder {
    struct fo_document *doc;
    struct diag *diag;
    const char *file;
    struct fo_frame *frames; /* FO_DEPTH_MAX + 1 of them */
    int depth;               /* frames in use */
    int elements;            /* open elements, those left out too */
    int skipping;            /* open elements inside one that is left out; 0: not skipping */
    struct {
        struct src_loc loc;
        char name[64];           /* empty: what is being left out has been reported */
        bool seen;               /* with something that would be seen on paper */
        bool on_no_page;         /* whatever it holds would be on no page */
    } other;                     /* an element of another namespace that is being left out */
    int foreign;                 /* open elements inside an instream-foreign-object */
    xmlNode *foreign_at;         /* where the copy of it is being built */
    struct fo_meta_reader *meta; /* inside fo:declarations */
    struct buf text;
    struct fo_context *cx;
    struct {
        struct fo_decl *items;
        size_t len, cap;
    } locals;
    struct {
        struct fo_spec *items;
        size_t len, cap;
    } specs; /* of the open marker */
    struct {
        struct fo_reference *items;
        size_t len, cap;
    } references;
    const char **ids; /* hash table of interned strings */
    size_t id_count, id_cap;
    bool fox_noted; /* attributes of another formatter were met */
    bool stopped;   /* nothing more is wanted */
};

/* Events. After `stopped` they do nothing. */
void fo_builder_start(struct fo_builder *b, const struct fo_event *ev);
void fo_builder_text(struct fo_builder *b, const char *bytes, size_t len, int line);
void fo_builder_end(struct fo_builder *b, int line);

/* `id` is an interned string. */
bool fo_builder_has_id(const struct fo_builder *b, const char *id);
struct fo_builder *fo_builder_new(const char *file, struct diag *diag);
/* Close what is open, check the whole, and give away the document; NULL when there is nothing to
 * lay out. Frees the builder. */
struct fo_document *fo_builder_finish(struct fo_builder *b, bool whole);

__attribute__((format(printf, 5, 6))) void fo_fault(struct fo_builder *b, enum diag_level level,
                                                    struct src_loc loc, const char *code,
                                                    const char *fmt, ...);

/* table.c */
struct fo_grid *fo_grid_new(struct fo_node *table);
void fo_grid_free(struct fo_grid *grid);
void fo_grid_add_column(struct fo_builder *b, struct fo_grid *grid, struct fo_node *column);
void fo_grid_begin_section(struct fo_grid *grid, struct fo_node *section);
void fo_grid_end_section(struct fo_builder *b, struct fo_grid *grid);
void fo_grid_begin_row(struct fo_grid *grid, struct fo_node *row);
/* The row that a cell right below a section belongs to is to be begun. */
bool fo_grid_needs_row(const struct fo_grid *grid, bool starts_row);
struct fo_node *fo_grid_row(const struct fo_grid *grid);
void fo_grid_end_row(struct fo_grid *grid);
/* Resolve the column number of a cell; false when there is no place for it. */
bool fo_grid_place_cell(struct fo_builder *b, struct fo_grid *grid, struct fo_node *cell);
/* The style of the column for from-table-column(), by number and span; NULL: none. */
const struct fo_style *fo_grid_column_style(const struct fo_grid *grid, int32_t number,
                                            int32_t columns);
/* The number the next cell without one would get. */
int32_t fo_grid_next_number(const struct fo_grid *grid);

/* meta.c */
struct fo_meta_reader *fo_meta_new(struct fo_builder *b);
void fo_meta_free(struct fo_meta_reader *m);
void fo_meta_start(struct fo_meta_reader *m, const struct fo_event *ev);
void fo_meta_text(struct fo_meta_reader *m, const char *bytes, size_t len);
void fo_meta_end(struct fo_meta_reader *m);
/* Open elements inside fo:declarations. */
int fo_meta_depth(const struct fo_meta_reader *m);

/* foreign.c */
void fo_foreign_start(struct fo_builder *b, const struct fo_event *ev);
void fo_foreign_text(struct fo_builder *b, const char *bytes, size_t len);
void fo_foreign_end(struct fo_builder *b);

/* check.c */
/* What needs the whole tree: masters, regions, references. False: nothing to lay out. */
bool fo_check_document(struct fo_builder *b);
/* What a finished element must have had in it. */
void fo_check_content(struct fo_builder *b, struct fo_node *node);

#endif
