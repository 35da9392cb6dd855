/* Probing of PNG and JPEG: what is read from sound files, and that no broken one passes or
 * breaks the program. Every test file is made here. */
#include "area/image.h"
#include "base/file.h"
#include "unit/test_pdf_sample.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <zlib.h>

/* The smallest sound JPEG: 8 x 8 grey pixels of one value, 200 by 100 dots an inch. */
static const unsigned char jpeg_head[] = {0xFF, 0xD8, 0xFF, 0xE0, 0, 16,  'J', 'F', 'I', 'F',
                                          0,    1,    1,    1,    0, 200, 0,   100, 0,   0};
static const unsigned char jpeg_frame[] = {0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0};
static const unsigned char jpeg_tail[] = {
    0xFF, 0xC4, 0, 20,   0x00, 1, 0,    0,    0, 0, 0, 0, 0, 0, 0,  0, 0,    0,    0,
    0,    0,    0, 0xFF, 0xC4, 0, 20,   0x10, 1, 0, 0, 0, 0, 0, 0,  0, 0,    0,    0,
    0,    0,    0, 0,    0,    0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x3F, 0xFF, 0xD9};

static void make_jpeg(struct buf *b)
{
    static const unsigned char table_head[] = {0xFF, 0xDB, 0, 67, 0};
    buf_put(b, jpeg_head, sizeof jpeg_head);
    buf_put(b, table_head, sizeof table_head);
    for (int i = 0; i < 64; i++)
        buf_putc(b, 1);
    buf_put(b, jpeg_frame, sizeof jpeg_frame);
    buf_put(b, jpeg_tail, sizeof jpeg_tail);
}

/* The position of the frame header in what make_jpeg makes. */
enum { FRAME = sizeof jpeg_head + 5 + 64 };

static struct area_image *load_bytes(struct area_images *table, const struct buf *b,
                                     const char **why)
{
    struct area_image_fault fault;
    char *path = sample_path();
    sample_save(path, b->bytes, b->len);
    struct area_image *image = area_load_image(table, path, &fault);
    *why = fault.why;
    sample_remove(path);
    return image;
}

/* Is it refused, with a reason? */
static bool is_refused(const struct buf *b)
{
    const char *why = NULL;
    struct area_images *table = area_new_images();
    bool refused = !load_bytes(table, b, &why) && why && *why;
    area_free_images(table);
    return refused;
}

static void read_png(struct buf *b, bool alpha)
{
    char *path = sample_png(alpha);
    assert_int_equal(file_read(path, b), 0);
    sample_remove(path);
}

static void png_is_read(void **state)
{
    (void)state;
    const char *why;
    struct buf b = BUF_EMPTY;
    struct area_images *table = area_new_images();
    read_png(&b, true);
    const struct area_image *image = load_bytes(table, &b, &why);
    assert_non_null(image);
    assert_null(why);
    assert_false(image->jpeg);
    assert_true(image->alpha);
    assert_false(image->grey);
    assert_int_equal(image->pixel_width, 16);
    assert_int_equal(image->pixel_height, 8);
    assert_int_equal(image->dpi_x, 0);
    area_free_images(table);
    buf_free(&b);
}

/* A chunk with its length and checksum, put before what stands at `at`. */
static void insert_chunk(struct buf *b, size_t at, const char *name, const void *body,
                         uint32_t n)
{
    struct buf whole = BUF_EMPTY, chunk = BUF_EMPTY;
    buf_put(&chunk, name, 4);
    buf_put(&chunk, body, n);
    uint32_t numbers[2] = {n, (uint32_t)crc32(0, (const Bytef *)chunk.bytes, (uInt)chunk.len)};
    buf_put(&whole, b->bytes, at);
    for (int i = 0; i < 2; i++) {
        for (int shift = 24; shift >= 0; shift -= 8)
            buf_putc(&whole, (char)(unsigned char)(numbers[i] >> shift));
        if (i == 0)
            buf_put(&whole, chunk.bytes, chunk.len);
    }
    buf_put(&whole, b->bytes + at, b->len - at);
    buf_free(&chunk);
    buf_free(b);
    *b = whole;
}

static void png_resolution_is_read(void **state)
{
    (void)state;
    /* 11811 pixels a metre are 300 an inch. */
    static const unsigned char metre[9] = {0, 0, 0x2E, 0x23, 0, 0, 0x17, 0x12, 1};
    const char *why;
    struct buf b = BUF_EMPTY;
    struct area_images *table = area_new_images();
    read_png(&b, false);
    insert_chunk(&b, 33, "pHYs", metre, sizeof metre);
    const struct area_image *image = load_bytes(table, &b, &why);
    assert_non_null(image);
    assert_int_equal(image->dpi_x, 300);
    assert_int_equal(image->dpi_y, 150);
    area_free_images(table);
    buf_free(&b);
}

static void jpeg_is_read(void **state)
{
    (void)state;
    const char *why;
    struct buf b = BUF_EMPTY;
    struct area_images *table = area_new_images();
    make_jpeg(&b);
    const struct area_image *image = load_bytes(table, &b, &why);
    assert_non_null(image);
    assert_true(image->jpeg);
    assert_true(image->grey);
    assert_int_equal(image->pixel_width, 8);
    assert_int_equal(image->dpi_x, 200);
    assert_int_equal(image->dpi_y, 100);
    area_free_images(table);
    buf_free(&b);
}

static void truncated_files_are_refused(void **state)
{
    (void)state;
    for (int jpeg = 0; jpeg < 2; jpeg++) {
        struct buf b = BUF_EMPTY;
        if (jpeg)
            make_jpeg(&b);
        else
            read_png(&b, true);
        for (size_t n = b.len; n-- > 0;) {
            b.len = n;
            if (!is_refused(&b))
                fail_msg("%s of %zu bytes passes", jpeg ? "JPEG" : "PNG", n);
        }
        buf_free(&b);
    }
}

/* Any change of a PNG's byte breaks a checksum or the signature. */
static void changed_png_is_refused(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    read_png(&b, false);
    for (size_t i = 0; i < b.len; i++) {
        b.bytes[i] ^= 0x10;
        if (!is_refused(&b))
            fail_msg("the PNG passes with byte %zu changed", i);
        b.bytes[i] ^= 0x10;
    }
    buf_free(&b);
}

/* Changed JPEGs may pass, but must not be read beyond their end (the sanitizers look). */
static void changed_jpeg_is_survived(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    make_jpeg(&b);
    for (size_t i = 0; i < b.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            b.bytes[i] = (char)(b.bytes[i] ^ 1 << bit);
            is_refused(&b);
            b.bytes[i] = (char)(b.bytes[i] ^ 1 << bit);
        }
    buf_free(&b);
}

static void unusable_jpegs_are_refused(void **state)
{
    static const struct {
        size_t at;
        unsigned char value;
    } changes[] = {
        {FRAME + 1, 0xC3}, /* lossless */
        {FRAME + 4, 12},   /* twelve bits */
        {FRAME + 6, 0},    /* no rows */
        {FRAME + 9, 4},    /* four channels */
    };
    (void)state;
    struct buf b = BUF_EMPTY;
    make_jpeg(&b);
    assert_false(is_refused(&b));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char was = b.bytes[changes[i].at];
        b.bytes[changes[i].at] = (char)changes[i].value;
        assert_true(is_refused(&b));
        b.bytes[changes[i].at] = was;
    }
    buf_free(&b);
}

static void huge_pictures_are_refused(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    make_jpeg(&b);
    memcpy(b.bytes + FRAME + 5, "\x2F\xFF\x2F\xFF", 4); /* 12287 x 12287 */
    assert_true(is_refused(&b));
    buf_free(&b);
}

static void other_files_are_refused(void **state)
{
    static const char *const texts[] = {"", "GIF89a", "<svg/>", "\x89PNG\r\n\x1A\n",
                                        "\xFF\xD8"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf b = BUF_EMPTY;
        buf_puts(&b, texts[i]);
        assert_true(is_refused(&b));
        buf_free(&b);
    }
}

static void one_path_is_one_image(void **state)
{
    (void)state;
    struct area_image_fault fault;
    struct area_images *table = area_new_images();
    char *a = sample_png(false), *b = sample_png(true);
    struct area_image *first = area_load_image(table, a, &fault);
    struct area_image *second = area_load_image(table, b, &fault);
    assert_ptr_equal(area_load_image(table, a, &fault), first);
    assert_int_equal(first->number, 0);
    assert_int_equal(second->number, 1);
    assert_null(area_load_image(table, "no/such/picture.png", &fault));
    assert_non_null(fault.why);
    assert_int_equal(fault.level, DIAG_ERROR);
    sample_remove(a);
    sample_remove(b);
    area_free_images(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(png_is_read),
        cmocka_unit_test(png_resolution_is_read),
        cmocka_unit_test(jpeg_is_read),
        cmocka_unit_test(truncated_files_are_refused),
        cmocka_unit_test(changed_png_is_refused),
        cmocka_unit_test(changed_jpeg_is_survived),
        cmocka_unit_test(unusable_jpegs_are_refused),
        cmocka_unit_test(huge_pictures_are_refused),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(one_path_is_one_image),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
