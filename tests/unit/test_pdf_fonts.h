/* What PDF/A and PDF/UA ask of fonts (ISO 19005-2, 6.2.11; ISO 14289-1, 7.21): every code shown leads
 * to a glyph of the embedded program that is not .notdef and as wide as the font says, and says a
 * text, in a span with ActualText when that is private; a CIDSet has the codes that are used. */
#ifndef PRIKAZ_TESTS_PDF_FONTS_H
#define PRIKAZ_TESTS_PDF_FONTS_H

#include "unit/test_pdf_reader.h"

enum { PDF_CODES = 65536 };

/* A font as far as the checks need it. */
struct pdf_face {
    const struct pdf_value *font, *program; /* program: FontFile2; NULL: CFF */
    const struct pdf_value *map, *set;      /* CIDToGIDMap, CIDSet; NULL: there is none */
    bool wide;                              /* codes of two bytes */
    short width[PDF_CODES];                 /* -1: the font does not say */
    bool is_private[PDF_CODES];             /* text of a private use area */
};

static inline unsigned pdf_u16(const struct pdf_value *v, size_t at)
{
    const unsigned char *p = (const unsigned char *)v->stream;
    /* The reader takes a last line end for one of qpdf's. */
    unsigned high = at < v->stream_length ? p[at] : '\n';
    unsigned low = at + 1 < v->stream_length ? p[at + 1] : '\n';
    return high << 8 | low;
}

/* Where a table of a TrueType program begins; 0: it has none. */
static inline size_t pdf_table(const struct pdf_value *program, const char *tag)
{
    unsigned count = pdf_u16(program, 4);
    for (size_t i = 0, at = 12; i < count; i++, at += 16)
        if (at + 16 <= program->stream_length && memcmp(program->stream + at, tag, 4) == 0)
            return (size_t)pdf_u16(program, at + 8) << 16 | pdf_u16(program, at + 10);
    return 0;
}

/* The advance of a glyph in 1/1000 em, as the program has it; -1: it has no such glyph. */
static inline int pdf_advance(const struct pdf_value *program, unsigned glyph)
{
    size_t head = pdf_table(program, "head"), hhea = pdf_table(program, "hhea");
    size_t hmtx = pdf_table(program, "hmtx"), maxp = pdf_table(program, "maxp");
    if (!head || !hhea || !hmtx || !maxp || glyph >= pdf_u16(program, maxp + 4))
        return -1;
    unsigned metrics = pdf_u16(program, hhea + 34), em = pdf_u16(program, head + 18);
    unsigned row = glyph < metrics ? glyph : metrics - 1;
    return em ? (int)(pdf_u16(program, hmtx + 4 * (size_t)row) * 1000 / em) : -1;
}

/* «1[722 500] 40[333]» */
static inline void pdf_read_widths(struct pdf_face *face, const struct pdf_value *w)
{
    for (const struct pdf_value *v = w->child; v && v->next; v = v->next->next) {
        long code = v->number;
        for (const struct pdf_value *k = v->next->child; k && code < PDF_CODES; k = k->next)
            face->width[code++] = (short)k->number;
    }
}

/* «<code> <text>» a line, the text as UTF-16; surrogates from DB80 on are of planes 15 and 16. */
static inline void pdf_read_texts(struct pdf_face *face, const struct pdf_value *map)
{
    const char *at = map->stream, *end = at ? at + map->stream_length : NULL;
    for (; at < end; at = memchr(at, '\n', (size_t)(end - at)), at = at ? at + 1 : end) {
        char text[128];
        unsigned code, unit;
        if (sscanf(at, "<%4x> <%127[0-9A-F]>", &code, text) != 2 &&
            sscanf(at, "<%4x><%127[0-9A-F]>", &code, text) != 2)
            continue;
        for (const char *u = text; sscanf(u, "%4x", &unit) == 1 && strlen(u) >= 4; u += 4)
            if ((unit >= 0xE000 && unit <= 0xF8FF) || (unit >= 0xDB80 && unit <= 0xDBFF))
                face->is_private[code & 65535] = true;
    }
}

static inline void pdf_open_face(const struct pdf_file *f, const struct pdf_value *font,
                                 struct pdf_face *face)
{
    const struct pdf_value *cid = pdf_resolve(f, pdf_get(f, font, "DescendantFonts")->child);
    const struct pdf_value *descriptor = pdf_get(f, cid, "FontDescriptor");
    const struct pdf_value *program = pdf_get(f, descriptor, "FontFile2");
    const struct pdf_value *map = pdf_get(f, cid, "CIDToGIDMap");
    const struct pdf_value *set = pdf_get(f, descriptor, "CIDSet");
    face->font = font;
    face->program = program->stream ? program : NULL;
    face->map = map->stream ? map : NULL;
    face->set = set->stream ? set : NULL;
    face->wide = pdf_is_name(pdf_get(f, font, "Encoding"), "Identity-H");
    for (size_t i = 0; i < PDF_CODES; i++)
        face->width[i] = -1;
    memset(face->is_private, 0, sizeof face->is_private);
    pdf_read_widths(face, pdf_get(f, cid, "W"));
    pdf_read_texts(face, pdf_get(f, font, "ToUnicode"));
}

/* Codes that have a width: to a glyph that is there, not .notdef, and as wide. */
static inline void pdf_check_widths(const struct pdf_file *f, const struct pdf_face *face,
                                    bool part1, struct buf *faults)
{
    const char *name = pdf_get(f, face->font, "BaseFont")->text;
    if (face->program && !face->map)
        buf_printf(faults, "font %s has no CIDToGIDMap\n", name);
    if (part1 && !face->set)
        buf_printf(faults, "font %s has no CIDSet\n", name);
    for (unsigned code = 0; code < PDF_CODES; code++) {
        if (face->width[code] < 0)
            continue;
        unsigned glyph = face->map ? pdf_u16(face->map, 2 * (size_t)code) : code;
        int advance = face->program ? pdf_advance(face->program, glyph) : face->width[code];
        int off = advance - face->width[code];
        if (glyph == 0)
            buf_printf(faults, "font %s: code %u is .notdef\n", name, code);
        else if (advance < 0)
            buf_printf(faults, "font %s: code %u has no glyph\n", name, code);
        else if (off > 1 || off < -1)
            buf_printf(faults, "font %s: code %u is %d wide, not %d\n", name, code, advance,
                       face->width[code]);
        size_t byte = code / 8;
        if (face->set && byte < face->set->stream_length &&
            !(face->set->stream[byte] & 0x80 >> code % 8))
            buf_printf(faults, "font %s: code %u is not in CIDSet\n", name, code);
    }
}

/* Every code of a string that is shown, where ActualText says the text or does not. */
static inline void pdf_check_shown(const struct pdf_file *f, const struct pdf_face *face,
                                   const struct pdf_value *string, bool said,
                                   struct buf *faults)
{
    size_t step = face->wide ? 2 : 1;
    for (size_t i = 0; i + step <= string->length; i += step) {
        const unsigned char *p = (const unsigned char *)string->text + i;
        unsigned code = face->wide ? (unsigned)p[0] << 8 | p[1] : p[0];
        if (face->width[code] < 0)
            buf_printf(faults, "font %s: code %u is shown and has no width\n",
                       pdf_get(f, face->font, "BaseFont")->text, code);
        if (face->is_private[code] && !said)
            buf_printf(faults, "font %s: code %u is private and has no ActualText\n",
                       pdf_get(f, face->font, "BaseFont")->text, code);
    }
}

#endif
