/* Empty signature fields (ISO 32000-1, 12.7.4.5): a place that any signing program fills in by
 * an incremental update, so that the file stays as it was made.
 *
 * Field and widget annotation are one dictionary, as the field has one place. PDF/A wants an
 * appearance even of an empty field (ISO 19005-1, 6.9; ISO 19005-2, 6.3.3): an empty form of its
 * size. The name screen readers announce is TU (ISO 14289-1, 7.18.1). */
#include "pdf/doc.h"

static uint32_t write_appearance(struct pdf_doc *d, const struct pdf_link *field)
{
    struct buf entries = BUF_EMPTY, nothing = BUF_EMPTY;
    uint32_t id = pdf_new_dict(d).id;
    const mpt box[4] = {0, 0, field->box[2] - field->box[0], field->box[3] - field->box[1]};
    buf_puts(&entries, "/Type/XObject/Subtype/Form/BBox");
    pdf_put_box(&entries, box);
    buf_puts(&entries, "/Resources<<>>");
    pdf_write_stream(d, id, buf_str(&entries), &nothing, true);
    buf_free(&entries);
    return id;
}

void pdf_write_field(struct pdf_doc *d, const struct pdf_link *field)
{
    struct buf *out = field->dict.body;
    buf_puts(out, "/Subtype/Widget/FT/Sig/T");
    pdf_put_text(out, field->field);
    buf_puts(out, "/TU");
    pdf_put_text(out, field->field);
    buf_puts(out, "/P");
    pdf_put_ref(out, d->pages.items[field->page].id);
    buf_puts(out, "/AP<</N");
    pdf_put_ref(out, write_appearance(d, field));
    buf_puts(out, ">>");
}

void pdf_write_form(struct pdf_doc *d)
{
    bool any = false;
    for (size_t i = 0; i < d->links.len; i++) {
        const struct pdf_link *field = &d->links.items[i];
        if (!field->field)
            continue;
        /* SigFlags 1: there is at least one signature field. */
        if (!any)
            buf_puts(&d->catalog, "/AcroForm<</SigFlags 1/Fields[");
        any = true;
        pdf_put_ref(&d->catalog, field->dict.id);
    }
    if (any)
        buf_puts(&d->catalog, "]>>");
}
