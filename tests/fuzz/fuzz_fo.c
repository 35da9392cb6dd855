/* XSL-FO from anybody: bytes to the fo tree, its dump, its pages. */
#include "area/area.h"
#include "base/buf.h"
#include "base/diag.h"
#include "fo/build.h"
#include "layout/layout.h"
#include "text/text.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void lay_out(struct fo_document *doc, struct diag *diag)
{
    static struct text_fonts *fonts; /* opened once: fontconfig takes longer than a document */
    if (!fonts)
        fonts = text_new_fonts();
    struct buf out = BUF_EMPTY;
    struct layout_options options = {.folder = "tests/cases/layout"};
    struct layout_result result = {0};
    struct area_painter *painter = area_new_dump(&out);
    layout_document(doc, fonts, &options, painter, diag, &result);
    layout_free_result(&result);
    free(painter);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct diag *diag = diag_new();
    struct fo_document *doc = fo_build_memory((const char *)bytes, size, "fuzz.fo", diag);
    if (doc) {
        struct buf out = BUF_EMPTY;
        fo_dump(doc, &out);
        buf_free(&out);
        lay_out(doc, diag);
        fo_free_document(doc);
    }
    diag_free(diag);
    return 0;
}
