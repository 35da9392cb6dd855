/* SVG from anybody: bytes to a drawing, its areas, a page of PDF. */
#include "area/area.h"
#include "base/buf.h"
#include "pdf/pdf.h"
#include "svg/svg.h"

#include <stdint.h>
#include <stdlib.h>
#include <libxml/parser.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void give_page(struct area_painter *painter, const struct area_page *page,
                      struct area_tag *root)
{
    const struct area_document doc = {.tags = root, .tag_count = 2, .source_name = "fuzz"};
    painter->page(painter->self, page);
    painter->finish(painter->self, &doc);
}

static void paint(const struct svg_image *image, struct arena *arena, struct diag *diag)
{
    static struct text_fonts *fonts; /* opened once: fontconfig takes longer than a drawing */
    if (!fonts)
        fonts = text_new_fonts();
    struct buf out = BUF_EMPTY, dump = BUF_EMPTY;
    struct area_tag root = {.role = "Document", .columns = 1, .rows = 1, .number = 1};
    struct area_tag figure = {.role = "Figure", .parent = &root, .columns = 1, .rows = 1};
    figure.number = 2;
    root.child = root.last_child = &figure;
    struct area_page page = {
        .width = PT(500), .height = PT(500), .label = "1", .file = "fuzz", .arena = arena};
    struct svg_target target = {.arena = arena, .fonts = fonts, .diag = diag, .tag = &figure};
    target.group = area_add(&page, AREA_GROUP);
    svg_size(image, &target.width, &target.height);
    svg_paint(image, &target);
    struct area_painter *text = area_new_dump(&dump);
    const struct pdf_options options = {.profile = PDF_A1A};
    struct area_painter *pdf = pdf_new_painter(&options, &out, diag);
    give_page(text, &page, &root);
    give_page(pdf, &page, &root);
    free(text);
    pdf_free_painter(pdf);
    buf_free(&dump);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                               XML_PARSE_RECOVER | XML_PARSE_NOCDATA;
    struct diag *diag = diag_new();
    struct arena *arena = arena_new();
    xmlDoc *doc = xmlReadMemory((const char *)bytes, (int)size, NULL, NULL, options);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    struct svg_image *image = root ? svg_read(arena, root, "fuzz.svg", diag) : NULL;
    if (image)
        paint(image, arena, diag);
    xmlFreeDoc(doc);
    arena_free(arena);
    diag_free(diag);
    return 0;
}
