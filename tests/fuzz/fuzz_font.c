/* A font that somebody installed: bytes to a face, words shaped with it, and its subset in a
 * PDF. */
#include "input.h"
#include "text/face.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void paint(const struct text_font *font, struct diag *diag)
{
    static const uint32_t words[][4] = {
        {'A', 'B', 'V', 0}, {0x41F, 0x440, 0x438, 0x2116}, {' ', 0, 0, 0}};
    struct arena *arena = arena_new();
    struct input_page p;
    input_start_page(&p, arena);
    struct area *area = area_add(&p.page, AREA_TEXT);
    area->tag = &p.figure;
    area->y = PT(100);
    area->width = PT(200);
    area->height = area->as.text.size = PT(12);
    area->as.text.font = font;
    area->as.text.count = sizeof words / sizeof *words;
    area->as.text.words = ARENA_ARRAY(arena, struct area_word, area->as.text.count);
    for (size_t i = 0; i < area->as.text.count; i++) {
        size_t n = 1;
        while (n < 4 && words[i][n])
            n++;
        area->as.text.words[i].word = text_shape(font, words[i], n, "ru", 0);
        area->as.text.words[i].x = PT(60) * (mpt)i;
    }
    input_paint_page(&p, diag);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text_fonts *fonts = text_new_fonts();
    struct diag *diag = diag_new();
    struct text_font *font = text_open_face(fonts, input_write_file(bytes, size, ".ttf"), 0);
    if (font) {
        paint(font, diag);
        text_close_face(font);
    }
    diag_free(diag);
    text_free_fonts(fonts);
    return 0;
}
