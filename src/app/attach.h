/* The files a document was made of, as attachments of its PDF. */
#ifndef PRIKAZ_APP_ATTACH_H
#define PRIKAZ_APP_ATTACH_H

#include "base/diag.h"
#include "pdf/pdf.h"
#include "read/read.h"

/* Attachments with their bytes. */
struct app_attachments {
    struct pdf_attachment *items;
    size_t count;
    struct buf *contents; /* of the items, owned */
};

/* Names of files, owned. */
struct app_paths {
    char **items;
    size_t len, cap;
};

/* Read the document's file and every file it includes, in the order in which they were opened, and
 * the files of `data`, from which it is computed, all without those of the folder `templates`. An
 * attachment has the file's last name, with a number
 * before it when that is taken, and is described by the path from the folder of the first.
 * `source` must outlive them. False: told. Free in either case. */
bool app_attach_files(const struct read_document *source, const struct app_paths *data,
                      const char *templates, struct app_attachments *out, struct diag *diag);
void app_free_attachments(struct app_attachments *attachments);

#endif
