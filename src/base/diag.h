/* Faults in documents are values: collected while a document passes the stages, printed sorted.
 *
 * Messages are written in English in the code and translated by gettext where they are made:
 *     diag_add(d, DIAG_ERROR, loc, "fo-unknown", _("unknown element <%s>"), name);
 * A message says what is wrong *and the fallback taken or the mend*. */
#ifndef PRIKAZ_BASE_DIAG_H
#define PRIKAZ_BASE_DIAG_H

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define _(s)  gettext(s)
#define N_(s) (s)

/* Worse is greater; the worst one is the exit status (see diag_exit_status). */
enum diag_level { DIAG_NONE, DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_SYSTEM };

/* A place in a source file: file may be NULL (the program itself), line and col 0 when unknown.
 * The file name is borrowed; it must outlive the diag. */
struct src_loc {
    const char *file;
    int line, col;
};

struct diag_item {
    enum diag_level level;
    struct src_loc loc; /* file owned by the diag */
    const char *code; /* static: a short stable name of the kind of fault, «glyph-missing» */
    const char *message; /* owned by the diag */
    size_t order;        /* in which it came */
};

struct diag;

struct diag *diag_new(void);
void diag_free(struct diag *d);

/* Add one fault. The same code, place and message are kept once. More than 200 of one code
 * are counted and not kept. */
__attribute__((format(printf, 5, 6))) void diag_add(struct diag *d, enum diag_level level,
                                                    struct src_loc loc, const char *code,
                                                    const char *fmt, ...);

/* The worst level so far. */
enum diag_level diag_worst(const struct diag *d);
/* 0 fine (notes, warnings), 1 the document is at fault, 3 the system failed. */
int diag_exit_status(const struct diag *d);
/* All faults sorted by file, line, column, order; valid until the next diag_add. */
const struct diag_item *diag_items(struct diag *d, size_t *n);
/* «file:line:col: error: message», one a line; colour is the caller's decision. */
void diag_print(struct diag *d, FILE *out, bool colour);

#endif
