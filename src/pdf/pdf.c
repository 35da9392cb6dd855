/* The painter that makes PDF: its life from the first page to the finished file.
 *
 * While pages come, their content streams go compressed into the file and everything else is
 * noted down; when the document is complete, fonts are subset, links resolved, the structure
 * tree is written and the cross-reference closes the file. */
#include "pdf/doc.h"

#include <stdlib.h>
#include <string.h>

/* Kids of a node of the page tree: libharu's flat array ends at 32,767 pages. */
enum { PAGES_PER_NODE = 64 };

static void *haru_alloc(HPDF_UINT size)
{
    return mem_alloc(size);
}

static void haru_free(void *p)
{
    free(p);
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    struct buf *entries = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)buf_str(entries),
                             (HPDF_UINT)entries->len);
}

static void begin_file(struct pdf_doc *d)
{
    d->hpdf = HPDF_NewEx(NULL, haru_alloc, haru_free, 0, NULL);
    REQUIRE(d->hpdf);
    HPDF_SetPagesConfiguration(d->hpdf, PAGES_PER_NODE);
    d->hpdf->catalog->write_fn = write_entries;
    d->hpdf->catalog->attr = &d->catalog;
    HPDF_Dict_RemoveElement(d->hpdf->info, "Producer");
    d->hpdf->info->write_fn = write_entries;
    d->hpdf->info->attr = &d->info;
    d->queue = pdf_new_queue(d->options.one_thread);
    hash_begin(&d->hash);
    d->resources = pdf_new_dict(d);
    /* The bytes above 127 tell file transfer programs that this is not text (7.5.2). */
    buf_puts(&d->file, pdf_is_part1(d) ? "%PDF-1.4\n" : "%PDF-1.7\n");
    buf_puts(&d->file, "%\xE2\xE3\xCF\xD3\n");
}

/* ISO 32000-1, C.2 and ISO 19005-2, 6.1.13: sides of 3 to 14,400 units. */
static void check_size(struct pdf_doc *d, const struct area_page *page)
{
    static const mpt least = PT(3), most = PT(14400);
    if (page->width >= least && page->width <= most && page->height >= least &&
        page->height <= most)
        return;
    diag_add(d->diag, DIAG_ERROR, (struct src_loc){page->file, 0, 0}, "pdf-page-size",
             _("page %s is %lld by %lld mm: the sides of a page of PDF are between 1 and 5080 "
               "mm"),
             page->label, (long long)page->width * 254 / 720000,
             (long long)page->height * 254 / 720000);
    d->failed = true;
}

static void take_page(void *self, const struct area_page *page)
{
    struct pdf_doc *d = self;
    if (!d->failed)
        check_size(d, page);
    if (!d->failed)
        pdf_paint_page(d, page);
    pdf_check(d);
}

static void put_resources(struct pdf_doc *d)
{
    struct buf *out = d->resources.body;
    pdf_write_fonts(d);
    if (d->images.len || d->forms.len)
        buf_puts(out, "/XObject<<");
    for (size_t i = 0; i < d->images.len; i++)
        if (d->images.items[i].id && !d->images.items[i].failed)
            buf_printf(out, "/I%zu %u 0 R", i, (unsigned)d->images.items[i].id);
    for (size_t i = 0; i < d->forms.len; i++) {
        unsigned id = (unsigned)d->forms.items[i];
        buf_printf(out, "/X%u %u 0 R", id, id);
    }
    if (d->images.len || d->forms.len)
        buf_puts(out, ">>");
    if (d->patterns.len)
        buf_puts(out, "/Pattern<<");
    for (size_t i = 0; i < d->patterns.len; i++) {
        unsigned id = (unsigned)d->patterns.items[i];
        buf_printf(out, "/P%u %u 0 R", id, id);
    }
    if (d->patterns.len)
        buf_puts(out, ">>");
    if (d->alphas.len || d->masks.len)
        buf_puts(out, "/ExtGState<<");
    for (size_t i = 0; i < d->alphas.len; i++) {
        unsigned id = (unsigned)d->alphas.items[i].id;
        buf_printf(out, "/G%u %u 0 R", id, id);
    }
    for (size_t i = 0; i < d->masks.len; i++) {
        unsigned id = (unsigned)d->masks.items[i];
        buf_printf(out, "/G%u %u 0 R", id, id);
    }
    if (d->alphas.len || d->masks.len)
        buf_puts(out, ">>");
}

static void put_catalog(struct pdf_doc *d, const struct area_document *doc,
                        struct pdf_dict root)
{
    struct buf names = BUF_EMPTY;
    pdf_write_navigation(d, doc, &names);
    pdf_write_meta(d, doc);
    pdf_write_attachments(d, &names);
    if (names.len) {
        buf_puts(&d->catalog, "/Names<<");
        buf_put(&d->catalog, names.bytes, names.len);
        buf_puts(&d->catalog, ">>");
    }
    buf_printf(&d->catalog,
               "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"
               "/StructTreeRoot %u 0 R",
               (unsigned)root.id);
    buf_free(&names);
}

static bool finish(void *self, const struct area_document *doc)
{
    struct pdf_doc *d = self;
    struct pdf_dict root = pdf_new_dict(d);
    put_resources(d);
    put_catalog(d, doc, root);
    if (!pdf_check(d))
        return false;
    pdf_write_tags(d, doc, root);
    pdf_flush(d, true);
    return pdf_check(d);
}

struct area_painter *pdf_new_painter(const struct pdf_options *options, struct sink out,
                                     struct diag *diag)
{
    struct pdf_doc *d = mem_zalloc(sizeof *d);
    d->options = *options;
    d->out = out;
    d->diag = diag;
    d->painter = (struct area_painter){d, take_page, finish};
    begin_file(d);
    return &d->painter;
}

static void free_notes(struct pdf_note *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_free(&items[i].text);
    free(items);
}

static void free_lists(struct pdf_doc *d)
{
    for (size_t i = 0; i < d->links.len; i++) {
        free(d->links.items[i].id);
        free(d->links.items[i].uri);
        free(d->links.items[i].field);
    }
    for (size_t i = 0; i < d->dests.len; i++)
        free(d->dests.items[i].id);
    free_notes(d->link_texts.items, d->link_texts.len);
    free_notes(d->labels_seen.items, d->labels_seen.len);
    free(d->links.items);
    free(d->dests.items);
    free(d->images.items);
    free(d->alphas.items);
    free(d->patterns.items);
    free(d->forms.items);
    free(d->masks.items);
    free(d->packs.items);
    free(d->pages.items);
    free(d->marks.items);
    free(d->figures.items);
}

void pdf_free_painter(struct area_painter *painter)
{
    if (!painter)
        return;
    struct pdf_doc *d = painter->self;
    HPDF_Free(d->hpdf);
    pdf_free_queue(d->queue);
    pdf_free_fonts(d);
    free_lists(d);
    buf_free(&d->file);
    buf_free(&d->content);
    buf_free(&d->catalog);
    buf_free(&d->info);
    buf_free(&d->labels);
    free(d);
}
