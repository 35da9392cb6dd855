/* Images as external objects, each written once (ISO 32000-1, 8.9.5).
 *
 * JPEG goes into the file as it is. PNG is decoded with libpng's simplified interface (grey or
 * colour, eight bits, sRGB); libharu's own loader aborts on damaged files. Transparency becomes
 * a soft mask; part 1 of PDF/A has none, so there the picture is laid on white. */
#include "pdf/doc.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/* Pixels split into what is painted and how opaque it is. */
struct pixels {
    struct buf color, mask;
    bool opaque;
};

static void put_size(struct buf *out, const struct area_image *image)
{
    buf_printf(out, "/Type/XObject/Subtype/Image/BitsPerComponent 8/Width %d/Height %d",
               (int)image->pixel_width, (int)image->pixel_height);
}

static const char *space_of(const struct area_image *image)
{
    return image->grey ? "/ColorSpace/DeviceGray" : "/ColorSpace/DeviceRGB";
}

static void write_image(struct pdf_doc *d, uint32_t id, const struct area_image *image,
                        const struct buf *bytes, uint32_t mask)
{
    struct buf entries = BUF_EMPTY;
    put_size(&entries, image);
    buf_puts(&entries, space_of(image));
    if (mask) {
        buf_puts(&entries, "/SMask");
        pdf_put_ref(&entries, mask);
    }
    if (image->jpeg)
        buf_puts(&entries, "/Filter/DCTDecode");
    pdf_write_stream(d, id, buf_str(&entries), bytes, !image->jpeg);
    buf_free(&entries);
}

static uint32_t write_mask(struct pdf_doc *d, const struct area_image *image,
                           const struct buf *bytes)
{
    struct buf entries = BUF_EMPTY;
    uint32_t id = pdf_new_dict(d).id;
    put_size(&entries, image);
    buf_puts(&entries, "/ColorSpace/DeviceGray");
    pdf_write_stream(d, id, buf_str(&entries), bytes, true);
    buf_free(&entries);
    return id;
}

/* Decoded rows, all channels; NULL when the file is damaged. Freed by the caller. */
static unsigned char *decode_png(const struct area_image *image, png_uint_32 format)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    unsigned char *rows = NULL;
    if (!png_image_begin_read_from_memory(&png, image->bytes, image->size))
        return NULL;
    png.format = format;
    REQUIRE(png.width == (uint32_t)image->pixel_width &&
            png.height == (uint32_t)image->pixel_height);
    rows = mem_alloc((size_t)png.width * png.height * PNG_IMAGE_PIXEL_SIZE(png.format));
    if (!png_image_finish_read(&png, NULL, rows, 0, NULL)) {
        free(rows);
        rows = NULL;
    }
    png_image_free(&png);
    return rows;
}

static void split(const struct area_image *image, const unsigned char *rows, struct pixels *to,
                  bool on_white)
{
    size_t count = (size_t)image->pixel_width * (size_t)image->pixel_height;
    size_t colors = image->grey ? 1 : 3;
    to->opaque = true;
    for (size_t i = 0; i < count; i++, rows += colors + 1) {
        unsigned alpha = rows[colors];
        to->opaque = to->opaque && alpha == 255;
        for (size_t k = 0; k < colors; k++) {
            unsigned v = rows[k];
            if (on_white)
                v = (v * alpha + 255 * (255 - alpha) + 127) / 255;
            buf_putc(&to->color, (char)(unsigned char)v);
        }
        buf_putc(&to->mask, (char)(unsigned char)alpha);
    }
}

static bool write_png(struct pdf_doc *d, uint32_t id, const struct area_image *image)
{
    png_uint_32 format = image->grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    unsigned char *rows =
        decode_png(image, image->alpha ? format | PNG_FORMAT_FLAG_ALPHA : format);
    struct pixels pixels = {BUF_EMPTY, BUF_EMPTY, true};
    if (!rows)
        return false;
    if (image->alpha)
        split(image, rows, &pixels, pdf_is_part1(d));
    else
        buf_put(&pixels.color, rows,
                (size_t)image->pixel_width * (size_t)image->pixel_height *
                    (image->grey ? 1 : 3));
    uint32_t mask = pixels.opaque || pdf_is_part1(d) ? 0 : write_mask(d, image, &pixels.mask);
    write_image(d, id, image, &pixels.color, mask);
    buf_free(&pixels.color);
    buf_free(&pixels.mask);
    free(rows);
    return true;
}

static bool write_jpeg(struct pdf_doc *d, uint32_t id, const struct area_image *image)
{
    struct buf bytes = BUF_EMPTY;
    buf_put(&bytes, image->bytes, image->size);
    write_image(d, id, image, &bytes, 0);
    buf_free(&bytes);
    return true;
}

static struct pdf_image *image_slot(struct pdf_doc *d, const struct area_image *image)
{
    REQUIRE(image->number >= 0);
    while (d->images.len <= (size_t)image->number)
        VEC_PUSH(&d->images, ((struct pdf_image){0, false}));
    return &d->images.items[image->number];
}

uint32_t pdf_find_image(struct pdf_doc *d, const struct area_image *image, const char *file,
                        int line)
{
    struct pdf_image *slot = image_slot(d, image);
    if (slot->id || slot->failed)
        return slot->failed ? 0 : slot->id;
    uint32_t id = pdf_new_dict(d).id;
    bool fine = image->jpeg ? write_jpeg(d, id, image) : write_png(d, id, image);
    if (!fine)
        diag_add(d->diag, DIAG_ERROR, (struct src_loc){file, line, 0}, "image-damaged",
                 _("the picture %s is damaged and left out: save it anew"), image->file);
    slot->failed = !fine;
    slot->id = id;
    return fine ? id : 0;
}
