/* PNG and JPEG from anybody: bytes to an image that was looked at, and its PDF. */
#include "area/image.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void paint(struct area_image *image, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct input_page p;
    input_start_page(&p, arena);
    struct area *area = area_add(&p.page, AREA_IMAGE);
    area->width = area->height = PT(100);
    area->tag = &p.figure;
    area->as.image = image;
    input_paint_page(&p, diag);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct area_image_fault fault;
    struct area_images *table = area_new_images();
    struct diag *diag = diag_new();
    struct area_image *image =
        area_load_image(table, input_write_file(bytes, size, ".image"), &fault);
    /* What a few bytes claim to be is not decoded here to a hundred million pixels each time. */
    enum { MOST_PIXELS = 1000000 };
    if (image && (int64_t)image->pixel_width * image->pixel_height <= MOST_PIXELS)
        paint(image, diag);
    diag_free(diag);
    area_free_images(table);
    return 0;
}
