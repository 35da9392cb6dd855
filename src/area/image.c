/* Looks at PNG and JPEG files: see image.h.
 *
 * The files come from clerks, mailboxes and scanners, so nothing in them is trusted: every
 * read goes through the bounds in `struct scan`, and a number that decides about memory later
 * (the pixel size) is limited here. References: PNG, ISO/IEC 15948; JPEG, ITU-T T.81, B;
 * JFIF 1.02; Exif is not read. */
#include "area/image.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* A4 at 1,000 dpi has 97 million. */
#define MOST_PIXELS INT64_C(100000000)
/* A resolution outside these is a mistake of the writing program. */
enum { LEAST_DPI = 10, MOST_DPI = 10000 };

struct entry {
    struct entry *next;
    struct area_image image;
    struct buf bytes;
    char *path;
    const char *why;       /* it is not usable; NULL: it is */
    enum diag_level level; /* how grave that is */
};

struct area_images {
    struct entry *first;
    int32_t count;
};

struct area_images *area_new_images(void)
{
    return mem_zalloc(sizeof(struct area_images));
}

void area_free_images(struct area_images *images)
{
    if (!images)
        return;
    for (struct entry *e = images->first, *next; e; e = next) {
        next = e->next;
        buf_free(&e->bytes);
        free(e->path);
        free(e);
    }
    free(images);
}

static uint32_t be16(const unsigned char *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p)
{
    return be16(p) << 16 | be16(p + 2);
}

static int32_t sane_dpi(uint64_t dpi)
{
    return dpi >= LEAST_DPI && dpi <= MOST_DPI ? (int32_t)dpi : 0;
}

static const char *set_size(struct area_image *image, uint32_t width, uint32_t height)
{
    if (!width || !height)
        return _("the picture has no pixels");
    if (width > INT32_MAX || height > INT32_MAX ||
        (int64_t)width * (int64_t)height > MOST_PIXELS)
        return _("the picture has more than 100 million pixels: scale it down");
    image->pixel_width = (int32_t)width;
    image->pixel_height = (int32_t)height;
    return NULL;
}

/* IHDR: 11.2.2. */
static const char *png_header(struct area_image *image, const unsigned char *p, uint32_t n)
{
    static const unsigned char allowed[7] = {0x1F, 0, 0x18, 0x0F, 0x18, 0, 0x18};
    if (n != 13 || p[9] > 6 || p[10] || p[11] || p[12] > 1)
        return _("the PNG header is damaged");
    unsigned depth_bit = p[8] == 1    ? 1
                         : p[8] == 2  ? 2
                         : p[8] == 4  ? 4
                         : p[8] == 8  ? 8
                         : p[8] == 16 ? 16
                                      : 0;
    if (!(allowed[p[9]] & depth_bit))
        return _("the PNG header is damaged");
    image->grey = p[9] == 0 || p[9] == 4;
    image->alpha = p[9] >= 4;
    return set_size(image, be32(p), be32(p + 4));
}

/* pHYs: pixels a metre, 11.3.5.3. */
static void png_resolution(struct area_image *image, const unsigned char *p, uint32_t n)
{
    if (n != 9 || p[8] != 1)
        return;
    image->dpi_x = sane_dpi(((uint64_t)be32(p) * 254 + 5000) / 10000);
    image->dpi_y = sane_dpi(((uint64_t)be32(p + 4) * 254 + 5000) / 10000);
}

static const char *probe_png(struct area_image *image)
{
    const unsigned char *p = image->bytes + 8;
    size_t left = image->size - 8;
    bool data = false;
    for (bool first = true;; first = false) {
        if (left < 12 || be32(p) > left - 12)
            return _("the PNG file is cut short");
        uint32_t n = be32(p);
        const unsigned char *body = p + 8;
        if (crc32(crc32(0, NULL, 0), p + 4, n + 4) != be32(body + n))
            return _("the PNG file is damaged: a checksum is wrong");
        const char *why = NULL;
        if (first)
            why = memcmp(p + 4, "IHDR", 4) == 0 ? png_header(image, body, n)
                                                : _("the PNG header is damaged");
        else if (memcmp(p + 4, "pHYs", 4) == 0)
            png_resolution(image, body, n);
        else if (memcmp(p + 4, "tRNS", 4) == 0)
            image->alpha = true;
        else if (memcmp(p + 4, "IDAT", 4) == 0)
            data = true;
        else if (memcmp(p + 4, "IEND", 4) == 0)
            return data ? NULL : _("the PNG file holds no picture");
        if (why)
            return why;
        p = body + n + 4;
        left -= (size_t)n + 12;
    }
}

/* A frame header, T.81 B.2.2. */
static const char *jpeg_frame(struct area_image *image, unsigned marker, const unsigned char *p,
                              size_t n)
{
    if (marker > 0xC2)
        return _("this kind of JPEG (lossless or arithmetic) is not supported: save it as "
                 "an ordinary one");
    if (n < 6 || n != 6 + 3 * (size_t)p[5])
        return _("the JPEG header is damaged");
    if (p[0] != 8)
        return _("a JPEG with other than eight bits a channel is not supported");
    if (p[5] == 4)
        return _("a CMYK picture is not supported: save it as RGB");
    if (p[5] != 1 && p[5] != 3)
        return _("the JPEG header is damaged");
    image->grey = p[5] == 1;
    return set_size(image, be16(p + 3), be16(p + 1));
}

/* APP0 of JFIF: units and density. */
static void jpeg_resolution(struct area_image *image, const unsigned char *p, size_t n)
{
    if (n < 12 || memcmp(p, "JFIF", 5) != 0 || p[7] == 0 || p[7] > 2)
        return;
    uint64_t x = be16(p + 8), y = be16(p + 10);
    image->dpi_x = sane_dpi(p[7] == 1 ? x : (x * 254 + 50) / 100);
    image->dpi_y = sane_dpi(p[7] == 1 ? y : (y * 254 + 50) / 100);
}

/* Where the entropy-coded data from `at` end: at the next marker that is neither a stuffed
 * byte nor a restart marker; `size` when there is none. */
static size_t jpeg_skip_data(const unsigned char *bytes, size_t at, size_t size)
{
    while (at + 1 < size) {
        const unsigned char *ff = memchr(bytes + at, 0xFF, size - 1 - at);
        if (!ff)
            return size;
        at = (size_t)(ff - bytes);
        if (ff[1] != 0 && ff[1] != 0xFF && (ff[1] < 0xD0 || ff[1] > 0xD7))
            return at;
        at += ff[1] == 0xFF ? 1 : 2;
    }
    return size;
}

static bool is_frame(unsigned marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
           marker != 0xCC;
}

static const char *probe_jpeg(struct area_image *image)
{
    const unsigned char *bytes = image->bytes;
    size_t at = 2, size = image->size;
    bool frame = false, scan = false;
    for (;;) {
        while (at + 1 < size && bytes[at] == 0xFF && bytes[at + 1] == 0xFF)
            at++;
        if (at + 1 >= size)
            return _("the JPEG file is cut short");
        unsigned marker = bytes[at + 1];
        if (bytes[at] != 0xFF || marker < 0xC0 || marker == 0xD8)
            return _("the JPEG file is damaged");
        at += 2;
        if (marker == 0xD9)
            return frame && scan ? NULL : _("the JPEG file holds no picture");
        if (size - at < 2 || be16(bytes + at) < 2 || be16(bytes + at) > size - at)
            return _("the JPEG file is cut short");
        size_t n = be16(bytes + at) - 2;
        const unsigned char *body = bytes + at + 2;
        const char *why = NULL;
        if (is_frame(marker) && !frame) {
            why = jpeg_frame(image, marker, body, n);
            frame = true;
        } else if (marker == 0xE0) {
            jpeg_resolution(image, body, n);
        } else if (marker == 0xDA) {
            scan = true;
        }
        if (why)
            return why;
        at += n + 2;
        if (marker == 0xDA)
            at = jpeg_skip_data(bytes, at, size);
    }
}

/* What else offices have, by its first bytes: the reason tells what to do about it. */
static const char *other_kind(const struct area_image *image)
{
    static const struct {
        size_t at, len;
        const char *bytes, *why;
    } kinds[] = {
        {0, 4, "GIF8", N_("it is a GIF picture; save it as PNG")},
        {0, 2, "BM", N_("it is a BMP picture; save it as PNG")},
        {0, 4, "II*\0", N_("it is a TIFF picture; save it as PNG")},
        {0, 4, "MM\0*", N_("it is a TIFF picture; save it as PNG")},
        {8, 4, "WEBP", N_("it is a WebP picture; save it as PNG or JPEG")},
        {40, 4, " EMF", N_("it is an EMF drawing; save it as SVG")},
        {0, 4, "\xD7\xCD\xC6\x9A", N_("it is a WMF drawing; save it as SVG")},
        {0, 4, "%!PS", N_("it is PostScript; save it as SVG")},
        {0, 5, "%PDF-", N_("it is a PDF; save its page as SVG or PNG")},
    };
    if (!image->size)
        return _("the file is empty");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (image->size >= kinds[i].at + kinds[i].len &&
            memcmp(image->bytes + kinds[i].at, kinds[i].bytes, kinds[i].len) == 0)
            return _(kinds[i].why);
    return _("the file is neither a PNG nor a JPEG picture");
}

static const char *probe(struct area_image *image)
{
    static const unsigned char png[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    if (image->size >= 8 && memcmp(image->bytes, png, 8) == 0)
        return probe_png(image);
    if (image->size >= 4 && image->bytes[0] == 0xFF && image->bytes[1] == 0xD8) {
        image->jpeg = true;
        return probe_jpeg(image);
    }
    return other_kind(image);
}

static struct entry *find_entry(const struct area_images *table, const char *path)
{
    for (struct entry *e = table->first; e; e = e->next)
        if (strcmp(e->path, path) == 0)
            return e;
    return NULL;
}

static struct entry *add_entry(struct area_images *table, const char *path)
{
    struct entry *e = mem_zalloc(sizeof *e);
    e->path = mem_strdup(path);
    e->image.file = e->path;
    e->image.number = table->count++;
    e->next = table->first;
    table->first = e;
    return e;
}

static int sextet(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The bytes of a data: URI (RFC 2397) in base64; white space in it does not count. */
static const char *read_data(const char *uri, struct buf *out)
{
    const char *s = strstr(uri, ";base64,");
    if (!s)
        return _("the data in the address are not in base64");
    uint32_t bits = 0;
    int count = 0;
    for (s += 8; *s && *s != '='; s++) {
        int six = sextet(*s);
        if (six < 0)
            continue;
        bits = (bits << 6 | (uint32_t)six) & 0xFFFFFF;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        buf_putc(out, (char)(bits >> count & 0xFF));
    }
    return NULL;
}

static void load(struct entry *e)
{
    e->level = DIAG_ERROR;
    if (strncmp(e->path, "data:", 5) == 0) {
        e->why = read_data(e->path, &e->bytes);
    } else {
        int error = file_read(e->path, &e->bytes);
        e->why = error ? file_error_text(error) : NULL;
        e->level = error ? file_error_level(error) : DIAG_ERROR;
    }
    if (e->why)
        return;
    e->image.bytes = (const unsigned char *)buf_str(&e->bytes);
    e->image.size = e->bytes.len;
    e->why = probe(&e->image);
}

struct area_image *area_load_image(struct area_images *table, const char *path,
                                   struct area_image_fault *fault)
{
    struct entry *e = find_entry(table, path);
    if (!e) {
        e = add_entry(table, path);
        load(e);
    }
    *fault = (struct area_image_fault){e->why, e->level};
    return e->why ? NULL : &e->image;
}
