/* One font file: mapped into memory, its tables checked, its metrics read.
 *
 * A font file is input like any other and may be damaged. HarfBuzz checks the tables it reads
 * itself; the few fields read here go through read_i16 and its like, which give 0 outside a
 * table, and every metric has a stand-in derived from the em for the case that it is missing or
 * absurd. A face without units, glyphs or outlines is refused. */
#include "text/face.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

/* A metric further than this many ems from the baseline is damage, not design. */
enum { METRIC_EMS_MAX = 8 };

/* The bounds of unitsPerEm (OpenType, table head). */
enum { UPEM_MIN = 16, UPEM_MAX = 16384 };

struct table {
    hb_blob_t *blob;
    const unsigned char *bytes;
    unsigned len;
};

static struct table open_table(hb_face_t *face, hb_tag_t tag)
{
    struct table t = {.blob = hb_face_reference_table(face, tag)};
    t.bytes = (const unsigned char *)hb_blob_get_data(t.blob, &t.len);
    return t;
}

static void close_table(struct table *t)
{
    hb_blob_destroy(t->blob);
}

static uint32_t read_u16(const struct table *t, unsigned at)
{
    if (t->len < 2 || at > t->len - 2)
        return 0;
    return (uint32_t)t->bytes[at] << 8 | t->bytes[at + 1];
}

static int32_t read_i16(const struct table *t, unsigned at)
{
    return (int16_t)(uint16_t)read_u16(t, at);
}

static uint32_t read_u32(const struct table *t, unsigned at)
{
    return read_u16(t, at) << 16 | read_u16(t, at + 2);
}

static bool has_table(hb_face_t *face, hb_tag_t tag, unsigned least)
{
    struct table t = open_table(face, tag);
    bool found = t.len >= least;
    close_table(&t);
    return found;
}

static bool is_within(int32_t v, int32_t least, int32_t most)
{
    return v >= least && v <= most;
}

/* `v` if it lies in its bounds, else the stand-in. */
static int32_t sane(int32_t v, int32_t least, int32_t most, int32_t stand_in)
{
    return is_within(v, least, most) ? v : stand_in;
}

/* The top of a flat letter, for fonts whose OS/2 table does not tell its height. */
static int32_t measure_height(hb_font_t *font, uint32_t cp, int32_t stand_in)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t e;
    if (!hb_font_get_nominal_glyph(font, cp, &glyph) ||
        !hb_font_get_glyph_extents(font, glyph, &e))
        return stand_in;
    return e.y_bearing;
}

static void read_head(struct text_font_info *info, hb_face_t *face)
{
    struct table head = open_table(face, HB_TAG('h', 'e', 'a', 'd'));
    int32_t far = info->units_per_em * METRIC_EMS_MAX;
    for (unsigned i = 0; i < 4; i++)
        info->box[i] = sane(read_i16(&head, 36 + 2 * i), -far, far, i < 2 ? 0 : far / 8);
    uint32_t style = read_u16(&head, 44);
    info->weight = style & 1 ? 700 : 400;
    info->italic = style & 2;
    close_table(&head);
}

static void read_hhea(struct text_font_info *info, hb_face_t *face)
{
    struct table hhea = open_table(face, HB_TAG('h', 'h', 'e', 'a'));
    info->ascender = read_i16(&hhea, 4);
    info->descender = read_i16(&hhea, 6);
    info->line_gap = read_i16(&hhea, 8);
    close_table(&hhea);
}

static void read_post(struct text_font_info *info, hb_face_t *face)
{
    struct table post = open_table(face, HB_TAG('p', 'o', 's', 't'));
    int32_t angle = (int32_t)read_u32(&post, 4); /* 16.16 degrees */
    if (is_within(angle, -60 * 65536, 60 * 65536))
        info->italic_angle = (int32_t)((int64_t)angle * 1000 / 65536);
    info->italic = info->italic || info->italic_angle != 0;
    info->underline_position = read_i16(&post, 8);
    info->underline_thickness = read_i16(&post, 10);
    info->fixed = read_u32(&post, 12) != 0;
    close_table(&post);
}

/* Serifs by the IBM family class (1..5 and 7) or, where that is 0, by PANOSE. */
static bool has_serifs(const struct table *os2)
{
    uint32_t class = read_u16(os2, 30) >> 8;
    if (class)
        return class <= 7 && class != 6;
    uint32_t kind = read_u16(os2, 32) >> 8, style = read_u16(os2, 32) & 0xFF;
    return kind == 2 && style >= 2 && style <= 10;
}

static void read_os2(struct text_font_info *info, hb_face_t *face)
{
    struct table os2 = open_table(face, HB_TAG('O', 'S', '/', '2'));
    if (os2.len >= 78) {
        info->weight = sane((int32_t)read_u16(&os2, 4), 100, 900, info->weight);
        info->italic = info->italic || (read_u16(&os2, 62) & 1);
        info->serif = has_serifs(&os2);
        info->subscript_offset = read_i16(&os2, 16);
        info->superscript_offset = read_i16(&os2, 24);
        info->strikeout_thickness = read_i16(&os2, 26);
        info->strikeout_position = read_i16(&os2, 28);
        info->ascender = read_i16(&os2, 68);
        info->descender = read_i16(&os2, 70);
        info->line_gap = read_i16(&os2, 72);
    }
    if (os2.len >= 90 && read_u16(&os2, 0) >= 2) {
        info->x_height = read_i16(&os2, 86);
        info->cap_height = read_i16(&os2, 88);
    }
    close_table(&os2);
}

/* Replace what is missing or absurd by values usual in text faces. */
static void mend_metrics(struct text_font_info *info, hb_font_t *font)
{
    int32_t em = info->units_per_em, far = em * METRIC_EMS_MAX;
    if (!is_within(info->ascender, 1, far) || !is_within(info->descender, -far, 0)) {
        info->ascender = em * 4 / 5;
        info->descender = -em / 5;
    }
    info->line_gap = sane(info->line_gap, 0, far, 0);
    if (!is_within(info->cap_height, 1, far))
        info->cap_height = sane(measure_height(font, 'H', 0), 1, far, em * 7 / 10);
    if (!is_within(info->x_height, 1, far))
        info->x_height = sane(measure_height(font, 'x', 0), 1, far, em / 2);
    info->underline_position = sane(info->underline_position, -em, -1, -em / 10);
    info->underline_thickness = sane(info->underline_thickness, 1, em / 2, em / 20);
    info->strikeout_thickness =
        sane(info->strikeout_thickness, 1, em / 2, info->underline_thickness);
    info->strikeout_position = sane(info->strikeout_position, 1, em, info->x_height / 2);
    info->subscript_offset = sane(info->subscript_offset, 1, em, em / 7);
    info->superscript_offset = sane(info->superscript_offset, 1, em, em / 2);
}

/* PDF names (ISO 32000-1, 7.3.5) of printable ASCII need no escapes: keep only those. */
static void keep_plain(char *s)
{
    char *to = s;
    for (; *s; s++)
        if (*s > ' ' && *s < 127 && !strchr("()<>[]{}/%#", *s))
            *to++ = *s;
    *to = '\0';
}

static const char *read_name(struct text_font *font, hb_ot_name_id_t id)
{
    char name[256];
    unsigned len = sizeof name;
    hb_language_t english = hb_language_from_string("en", 2);
    hb_ot_name_get_utf8(font->face, id, english, &len, name);
    return arena_strdup(font->fonts->arena, len < sizeof name ? name : "");
}

static void read_names(struct text_font *font)
{
    struct text_font_info *info = &font->info;
    const char *slash = strrchr(info->file, '/');
    const char *base = slash ? slash + 1 : info->file;
    info->family = read_name(font, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
    if (!*info->family)
        info->family = read_name(font, HB_OT_NAME_ID_FONT_FAMILY);
    if (!*info->family)
        info->family = base;
    char *name =
        arena_strdup(font->fonts->arena, read_name(font, HB_OT_NAME_ID_POSTSCRIPT_NAME));
    keep_plain(name);
    if (!*name) {
        name = arena_strdup(font->fonts->arena, base);
        keep_plain(name);
    }
    info->name = *name ? name : "Font";
}

/* Outlines of either kind, and what every text face must have. */
static bool is_usable(struct text_font_info *info, hb_face_t *face)
{
    bool glyf = has_table(face, HB_TAG('g', 'l', 'y', 'f'), 1) &&
                has_table(face, HB_TAG('l', 'o', 'c', 'a'), 2);
    info->cff = !glyf && has_table(face, HB_TAG('C', 'F', 'F', ' '), 4);
    info->glyph_count = hb_face_get_glyph_count(face);
    info->units_per_em = (int32_t)hb_face_get_upem(face);
    return (glyf || info->cff) && info->glyph_count > 0 &&
           is_within(info->units_per_em, UPEM_MIN, UPEM_MAX) &&
           has_table(face, HB_TAG('h', 'e', 'a', 'd'), 54) &&
           has_table(face, HB_TAG('h', 'h', 'e', 'a'), 36) &&
           has_table(face, HB_TAG('h', 'm', 't', 'x'), 4) &&
           has_table(face, HB_TAG('c', 'm', 'a', 'p'), 4);
}

/* From the file's units to 1/1000 em. */
static void metrics_to_milli(struct text_font *font)
{
    struct text_font_info *i = &font->info;
    int32_t *values[] = {&i->ascender,
                         &i->descender,
                         &i->line_gap,
                         &i->cap_height,
                         &i->x_height,
                         &i->underline_position,
                         &i->underline_thickness,
                         &i->strikeout_position,
                         &i->strikeout_thickness,
                         &i->subscript_offset,
                         &i->superscript_offset,
                         &i->box[0],
                         &i->box[1],
                         &i->box[2],
                         &i->box[3]};
    for (size_t k = 0; k < sizeof values / sizeof *values; k++)
        *values[k] = text_milli(font, *values[k]);
    i->units_per_em = 1000;
}

struct text_font *text_open_face(struct text_fonts *fonts, const char *file, int index)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(file);
    if (!blob)
        return NULL;
    struct text_font *font = mem_zalloc(sizeof *font);
    font->fonts = fonts;
    font->blob = blob;
    font->face = hb_face_create(blob, (unsigned)index);
    font->hb = hb_font_create(font->face);
    struct text_font_info *info = &font->info;
    info->file = arena_strdup(fonts->arena, file);
    info->index = index;
    unsigned size = 0;
    info->data = (const unsigned char *)hb_blob_get_data(blob, &size);
    info->size = size;
    if (index < 0 || (unsigned)index >= hb_face_count(blob) || !is_usable(info, font->face)) {
        text_close_face(font);
        return NULL;
    }
    hb_font_set_scale(font->hb, info->units_per_em, info->units_per_em);
    read_names(font);
    read_head(info, font->face);
    read_hhea(info, font->face);
    read_post(info, font->face);
    read_os2(info, font->face);
    mend_metrics(info, font->hb);
    font->upem = info->units_per_em;
    metrics_to_milli(font);
    return font;
}

int32_t text_milli(const struct text_font *font, int32_t units)
{
    return (int32_t)((int64_t)units * 1000 / font->upem);
}

void text_close_face(struct text_font *font)
{
    if (!font)
        return;
    text_free_words(font->words);
    hb_font_destroy(font->hb);
    hb_face_destroy(font->face);
    hb_blob_destroy(font->blob);
    free(font);
}

const struct text_font_info *text_font_info(const struct text_font *font)
{
    return &font->info;
}

mpt text_scale(const struct text_font *font, int32_t units, mpt size)
{
    return mpt_scale(size, units, font->info.units_per_em);
}
