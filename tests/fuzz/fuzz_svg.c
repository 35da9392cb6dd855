/* SVG from anybody: bytes to a drawing, its areas, a page of PDF. */
#include "base/buf.h"
#include "input.h"
#include "svg/svg.h"

#include <libxml/parser.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void paint(const struct svg_image *image, struct arena *arena, struct diag *diag)
{
    static struct text_fonts *fonts; /* opened once: fontconfig takes longer than a drawing */
    if (!fonts)
        fonts = text_new_fonts();
    struct input_page p;
    input_start_page(&p, arena);
    struct svg_target target = {.arena = arena, .fonts = fonts, .diag = diag, .tag = &p.figure};
    target.group = area_add(&p.page, AREA_GROUP);
    svg_size(image, &target.width, &target.height);
    svg_paint(image, &target);
    input_paint_page(&p, diag);
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
