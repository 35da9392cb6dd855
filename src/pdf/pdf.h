/* Pages of areas become PDF. The only stage that knows libharu. */
#ifndef PRIKAZ_PDF_PDF_H
#define PRIKAZ_PDF_PDF_H

#include "area/area.h"
#include "base/buf.h"

/* The conformance asked for; PLAIN makes no claim but is tagged all the same. */
enum pdf_profile { PDF_PLAIN, PDF_A1A, PDF_A1B, PDF_A2A /* and PDF/UA-1 */, PDF_A2B, PDF_A3A };

struct pdf_attachment { /* PDF_A3A only */
    const char *name, *mime, *description;
    bool is_source; /* what the document was made from; otherwise its data */
    const unsigned char *bytes;
    size_t size;
};

struct pdf_options {
    enum pdf_profile profile;
    int64_t date; /* seconds since 1970, UTC: creation and modification; INT64_MIN: none */
    const struct pdf_attachment *attachments;
    size_t attachment_count;
    bool one_thread; /* other processes keep the other cores busy */
};

/* A painter that gives the file to `out` piece by piece, each page when it has been painted and the
 * rest when `finish` is called, which must return true for it to be one. Faults go to `diag`. Free
 * with pdf_free_painter. */
struct area_painter *pdf_new_painter(const struct pdf_options *options, struct sink out,
                                     struct diag *diag);
void pdf_free_painter(struct area_painter *painter);

#endif
