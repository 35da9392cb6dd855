/* Associated files: the document's source and data inside the PDF (ISO 19005-3, 6.8). */
#include "pdf/doc.h"

#include <stdlib.h>
#include <string.h>

static uint32_t write_content(struct pdf_doc *d, const struct pdf_attachment *a)
{
    struct buf entries = BUF_EMPTY, bytes = BUF_EMPTY;
    uint32_t id = pdf_new_dict(d).id;
    buf_puts(&entries, "/Type/EmbeddedFile/Subtype");
    pdf_put_name(&entries, a->mime ? a->mime : "application/octet-stream");
    /* ModDate is required (ISO 19005-3, 6.8); without a date of the document it is day 0. */
    buf_printf(&entries, "/Params<</Size %zu/ModDate(", a->size);
    pdf_put_date(&entries, d->options.date == INT64_MIN ? 0 : d->options.date, false);
    buf_puts(&entries, ")>>");
    buf_put(&bytes, a->bytes, a->size);
    pdf_write_stream(d, id, buf_str(&entries), &bytes, true);
    buf_free(&entries);
    buf_free(&bytes);
    return id;
}

static uint32_t write_file(struct pdf_doc *d, const struct pdf_attachment *a)
{
    uint32_t content = write_content(d, a);
    struct pdf_dict dict = pdf_new_dict(d);
    buf_puts(dict.body, "/Type/Filespec/F");
    pdf_put_text(dict.body, a->name);
    buf_puts(dict.body, "/UF");
    pdf_put_text(dict.body, a->name);
    if (a->description) {
        buf_puts(dict.body, "/Desc");
        pdf_put_text(dict.body, a->description);
    }
    buf_printf(dict.body, "/AFRelationship/%s/EF<</F %u 0 R/UF %u 0 R>>",
               a->is_source ? "Source" : "Data", (unsigned)content, (unsigned)content);
    return dict.id;
}

struct named {
    const char *name;
    uint32_t id;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

void pdf_write_attachments(struct pdf_doc *d, struct buf *names)
{
    size_t n = d->options.attachment_count;
    if (!n || d->options.profile != PDF_A3A)
        return;
    struct named *files = mem_alloc(n * sizeof *files);
    buf_puts(&d->catalog, "/AF[");
    for (size_t i = 0; i < n; i++) {
        const struct pdf_attachment *a = &d->options.attachments[i];
        files[i] = (struct named){a->name, write_file(d, a)};
        pdf_put_ref(&d->catalog, files[i].id);
    }
    buf_putc(&d->catalog, ']');
    qsort(files, n, sizeof *files, by_name);
    buf_puts(names, "/EmbeddedFiles<</Names[");
    for (size_t i = 0; i < n; i++) {
        pdf_put_bytes(names, files[i].name, strlen(files[i].name));
        pdf_put_ref(names, files[i].id);
    }
    buf_puts(names, "]>>");
    free(files);
}
