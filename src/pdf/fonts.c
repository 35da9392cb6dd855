/* Fonts as composite fonts of our own making (ISO 32000-1, 9.7), subset by HarfBuzz.
 *
 * A character code stands for a pair of glyph and text, numbered in the order of first use, and
 * a CIDToGIDMap leads from there to the glyphs of the subset. So ToUnicode is exact without
 * ActualText where one glyph serves several characters (space and no-break space, hyphen and
 * soft hyphen), codes are dense, and content streams can be written before it is known which
 * glyphs the document uses. Compared with keeping the font's own glyph numbers
 * (HB_SUBSET_FLAGS_RETAIN_GIDS) the size is the same within 120 bytes a face: empty loca and
 * hmtx rows deflate to nothing, the map costs what they cost.
 *
 * Codes have one byte, by a CMap of our own that maps them to the same numbers: pages are 8 %
 * smaller than with the two bytes of Identity-H. A face of whose glyphs a document uses more
 * than 255 becomes two fonts or more.
 *
 * OpenType fonts with CFF outlines have no such map (9.7.4.2): there the code is the glyph
 * number in two bytes, the subset keeps the numbers, and a glyph's second text is said by
 * ActualText.
 *
 * Hinting is dropped: it is two thirds of a Liberation subset, and no viewer in use needs it
 * at the sizes of office text. */
#include "pdf/doc.h"
#include "base/hash.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>

/* Codes of one font, 0 being no character. */
enum { MOST_CODES = 256 };

static hb_font_t *open_face(const struct text_font_info *info)
{
    hb_blob_t *blob = hb_blob_create((const char *)info->data, (unsigned)info->size,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, (unsigned)info->index);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

static struct pdf_font *add_font(struct pdf_doc *d, const struct text_font *face)
{
    struct pdf_font *f = mem_zalloc(sizeof *f);
    f->face = face;
    f->info = text_font_info(face);
    f->hb = open_face(f->info);
    f->first = mem_zalloc(sizeof *f->first * (f->info->glyph_count + 1));
    f->number = d->fonts ? d->fonts->number + 1 : 1;
    VEC_PUSH(f, ((struct pdf_code){0}));
    f->next = d->fonts;
    d->fonts = f;
    return f;
}

struct pdf_font *pdf_find_font(struct pdf_doc *d, const struct text_font *face)
{
    struct pdf_font *found = NULL; /* of a face's parts the first: the last in the list */
    for (struct pdf_font *f = d->fonts; f; f = f->next)
        if (f->face == face)
            found = f;
    return found ? found : add_font(d, face);
}

void pdf_free_fonts(struct pdf_doc *d)
{
    for (struct pdf_font *f = d->fonts, *next; f; f = next) {
        next = f->next;
        hb_font_destroy(f->hb);
        free(f->first);
        free(f->items);
        for (size_t i = 0; i < f->words.len; i++)
            free(f->words.items[i]);
        free(f->words.items);
        buf_free(&f->spelled);
        free(f);
    }
}

/* A glyph's advance as layout counts it: in 1/1000 em, cut off towards zero. So the widths are
 * whole numbers (a validator allows a difference of one), and kerning comes out whole too. */
static int32_t nominal_advance(const struct pdf_font *f, uint32_t glyph)
{
    int64_t em = hb_face_get_upem(hb_font_get_face(f->hb));
    return (int32_t)((int64_t)hb_font_get_glyph_h_advance(f->hb, glyph) * 1000 / em);
}

static bool same_text(const struct pdf_code *code, const uint32_t *cps, uint32_t count)
{
    if (count == 1)
        return code->cp_count == 1 && code->cps[0] == cps[0];
    return code->cp_count == count && memcmp(code->cps, cps, count * sizeof *cps) == 0;
}

static void set_code(const struct pdf_font *f, struct pdf_code *code, uint32_t glyph)
{
    code->glyph = glyph;
    code->advance = nominal_advance(f, glyph);
}

static struct pdf_shown find_cff_code(struct pdf_font *f, uint32_t glyph, const uint32_t *cps,
                                      uint32_t count)
{
    while (f->len <= glyph)
        VEC_PUSH(f, ((struct pdf_code){0}));
    struct pdf_code *code = &f->items[glyph];
    if (!code->cp_count) {
        set_code(f, code, glyph);
        code->cps = cps;
        code->cp_count = count;
    }
    return (struct pdf_shown){f, glyph, same_text(code, cps, count)};
}

static struct pdf_shown add_code(struct pdf_font *f, uint32_t glyph, const uint32_t *cps,
                                 uint32_t count)
{
    struct pdf_code code = {.next = f->first[glyph], .cps = cps, .cp_count = count};
    set_code(f, &code, glyph);
    f->first[glyph] = (uint32_t)f->len;
    VEC_PUSH(f, code);
    return (struct pdf_shown){f, f->first[glyph], true};
}

struct pdf_shown pdf_find_code(struct pdf_doc *d, struct pdf_font *f, uint32_t glyph,
                               const uint32_t *cps, uint32_t count)
{
    if (glyph > f->info->glyph_count)
        glyph = 0;
    if (f->info->cff)
        return find_cff_code(f, glyph, cps, count);
    for (;; f = f->more) {
        for (uint32_t i = f->first[glyph]; i; i = f->items[i].next)
            if (same_text(&f->items[i], cps, count))
                return (struct pdf_shown){f, i, true};
        if (f->len < MOST_CODES)
            return add_code(f, glyph, cps, count);
        if (!f->more)
            f->more = add_font(d, f->face);
    }
}

static bool is_used(const struct pdf_code *code)
{
    return code->cp_count > 0;
}

/* The font program and the way from codes to its glyphs. */
struct subset {
    hb_blob_t *blob;
    struct buf map; /* CIDToGIDMap */
    char tag[7];
};

static void drop_tables(hb_subset_input_t *input)
{
    static const char tables[][5] = {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "name", "OS/2",
                                     "post", "cmap", "kern", "gasp", "DSIG", "LTSH", "hdmx",
                                     "VDMX", "FFTM", "meta", "PCLT", "STAT", "MATH", "avar",
                                     "HVAR", "MVAR", "vhea", "vmtx", "VORG", "COLR", "CPAL",
                                     "SVG ", "CBDT", "CBLC", "sbix", "EBDT", "EBLC"};
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        hb_set_add(drop, hb_tag_from_string(tables[i], 4));
}

/* A subset's name must differ from other subsets of the face (9.6.4): six letters from a hash
 * of the glyphs and codes in it. */
static void set_tag(struct subset *s, const struct pdf_font *f)
{
    unsigned char digest[16];
    struct buf glyphs = BUF_EMPTY;
    for (size_t i = 0; i < f->len; i++)
        buf_put(&glyphs, &f->items[i].glyph, sizeof f->items[i].glyph);
    hash_bytes(glyphs.bytes, glyphs.len, digest);
    for (int i = 0; i < 6; i++)
        s->tag[i] = (char)('A' + digest[i] % 26);
    buf_free(&glyphs);
}

static void set_map(struct subset *s, const struct pdf_font *f, const hb_subset_plan_t *plan)
{
    const hb_map_t *to_new = hb_subset_plan_old_to_new_glyph_mapping(plan);
    for (size_t i = 0; i < f->len; i++) {
        hb_codepoint_t glyph = hb_map_get(to_new, f->items[i].glyph);
        if (glyph == HB_MAP_VALUE_INVALID)
            glyph = 0;
        buf_putc(&s->map, (char)(unsigned char)(glyph >> 8));
        buf_putc(&s->map, (char)(unsigned char)glyph);
    }
}

/* The program as the PDF wants it: the whole TrueType file, or the bare CFF table. */
static hb_blob_t *program_of(const struct pdf_font *f, hb_face_t *face)
{
    if (f->info->cff)
        return hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
    return hb_face_reference_blob(face);
}

static bool make_subset(const struct pdf_font *f, struct subset *s)
{
    hb_face_t *face = hb_font_get_face(f->hb), *small = NULL;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_subset_plan_t *plan = NULL;
    REQUIRE(input);
    hb_subset_input_set_flags(input, f->info->cff ? HB_SUBSET_FLAGS_NO_HINTING |
                                                        HB_SUBSET_FLAGS_RETAIN_GIDS
                                                  : HB_SUBSET_FLAGS_NO_HINTING);
    drop_tables(input);
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (size_t i = 0; i < f->len; i++)
        if (is_used(&f->items[i]))
            hb_set_add(glyphs, f->items[i].glyph);
    plan = hb_subset_plan_create_or_fail(face, input);
    if (plan)
        small = hb_subset_plan_execute_or_fail(plan);
    if (small) {
        s->blob = program_of(f, small);
        set_map(s, f, plan);
        set_tag(s, f);
    }
    hb_face_destroy(small);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return s->blob && hb_blob_get_length(s->blob) > 0;
}

/* Table 123: fixed pitch 1, serif 2, symbolic 4 (the codes are no standard encoding),
 * italic 64. */
static int flags_of(const struct text_font_info *info)
{
    return 4 | (info->fixed ? 1 : 0) | (info->serif ? 2 : 0) | (info->italic ? 64 : 0);
}

static uint32_t write_program(struct pdf_doc *d, const struct pdf_font *f,
                              const struct subset *s)
{
    struct buf bytes = BUF_EMPTY, entries = BUF_EMPTY;
    unsigned n;
    const char *data = hb_blob_get_data(s->blob, &n);
    buf_put(&bytes, data, n);
    if (f->info->cff)
        buf_puts(&entries, "/Subtype/CIDFontType0C");
    else
        buf_printf(&entries, "/Length1 %u", n);
    uint32_t id = pdf_new_dict(d).id;
    pdf_write_stream(d, id, buf_str(&entries), &bytes, true);
    buf_free(&bytes);
    buf_free(&entries);
    return id;
}

/* The codes the program has, one bit each, first code in the highest bit (part 1 asks for it,
 * ISO 19005-1, 6.3.5). */
static uint32_t write_cid_set(struct pdf_doc *d, const struct pdf_font *f)
{
    struct buf bits = BUF_EMPTY;
    for (size_t i = 0; i < f->len; i += 8) {
        unsigned byte = i == 0 ? 0x80 : 0;
        for (size_t k = 0; k < 8 && i + k < f->len; k++)
            if (is_used(&f->items[i + k]))
                byte |= 0x80U >> k;
        buf_putc(&bits, (char)(unsigned char)byte);
    }
    uint32_t id = pdf_new_dict(d).id;
    pdf_write_stream(d, id, "", &bits, true);
    buf_free(&bits);
    return id;
}

/* «/BaseFont/ABCDEF+Name»: `key`, the subset's name, and what follows it. */
static void put_font_name(struct buf *out, const char *key, const struct pdf_font *f,
                          const struct subset *s)
{
    struct buf name = BUF_EMPTY;
    buf_printf(&name, "%s+%s", s->tag, f->info->name);
    buf_puts(out, key);
    pdf_put_name(out, buf_str(&name));
    buf_free(&name);
}

static uint32_t write_descriptor(struct pdf_doc *d, const struct pdf_font *f,
                                 const struct subset *s)
{
    const struct text_font_info *info = f->info;
    uint32_t program = write_program(d, f, s);
    uint32_t cid_set = pdf_is_part1(d) ? write_cid_set(d, f) : 0;
    struct pdf_dict dict = pdf_new_dict(d);
    put_font_name(dict.body, "/Type/FontDescriptor/FontName", f, s);
    buf_printf(dict.body, "/Flags %d/FontBBox[", flags_of(info));
    for (int i = 0; i < 4; i++)
        buf_printf(dict.body, "%s%d", i ? " " : "", (int)info->box[i]);
    buf_puts(dict.body, "]/ItalicAngle ");
    buf_put_milli(dict.body, info->italic_angle);
    /* StemV is in no font table; the usual estimate from the weight. */
    buf_printf(dict.body, "/Ascent %d/Descent %d/CapHeight %d/StemV %d", (int)info->ascender,
               (int)info->descender, (int)info->cap_height,
               50 + info->weight * info->weight / 4225);
    buf_puts(dict.body, info->cff ? "/FontFile3" : "/FontFile2");
    pdf_put_ref(dict.body, program);
    if (cid_set) {
        buf_puts(dict.body, "/CIDSet");
        pdf_put_ref(dict.body, cid_set);
    }
    return dict.id;
}

/* Widths as runs of used codes: «1[722 500] 40[333]» (9.7.4.3). */
static void put_widths(struct buf *out, const struct pdf_font *f)
{
    buf_puts(out, "/W[");
    for (size_t i = 0; i < f->len; i++) {
        const struct pdf_code *code = &f->items[i];
        if (!is_used(code))
            continue;
        if (i == 0 || !is_used(code - 1))
            buf_printf(out, "%s%zu[", out->bytes[out->len - 1] == '[' ? "" : " ", i);
        else
            buf_putc(out, ' ');
        buf_putd(out, code->advance);
        if (i + 1 == f->len || !is_used(code + 1))
            buf_putc(out, ']');
    }
    buf_putc(out, ']');
}

static uint32_t write_cid_font(struct pdf_doc *d, const struct pdf_font *f,
                               const struct subset *s)
{
    uint32_t descriptor = write_descriptor(d, f, s), map = 0;
    if (!f->info->cff) {
        map = pdf_new_dict(d).id;
        pdf_write_stream(d, map, "", &s->map, true);
    }
    struct pdf_dict dict = pdf_new_dict(d);
    buf_printf(dict.body, "/Type/Font/Subtype/CIDFontType%d", f->info->cff ? 0 : 2);
    put_font_name(dict.body, "/BaseFont", f, s);
    buf_printf(dict.body,
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW %d"
               "/FontDescriptor",
               (int)nominal_advance(f, 0));
    pdf_put_ref(dict.body, descriptor);
    put_widths(dict.body, f);
    if (map) {
        buf_puts(dict.body, "/CIDToGIDMap");
        pdf_put_ref(dict.body, map);
    }
    return dict.id;
}

/* A code in a ToUnicode map, of as many bytes as in the pages. */
static void put_code(struct buf *out, const struct pdf_font *f, size_t code)
{
    buf_printf(out, f->info->cff ? "<%04X>" : "<%02X>", (unsigned)code);
}

static void put_hex16(struct buf *out, uint32_t v)
{
    static const char digits[] = "0123456789ABCDEF";
    char s[4] = {digits[v >> 12 & 15], digits[v >> 8 & 15], digits[v >> 4 & 15],
                 digits[v & 15]};
    buf_put(out, s, 4);
}

static void put_unicode(struct buf *out, const struct pdf_code *code)
{
    for (uint32_t i = 0; i < code->cp_count; i++) {
        uint32_t cp = code->cps[i];
        if (cp >= 0x10000) {
            put_hex16(out, 0xD800 + ((cp - 0x10000) >> 10));
            cp = 0xDC00 + (cp & 0x3FF);
        }
        put_hex16(out, cp);
    }
}

/* A block of «<code> <text>» has at most a hundred rows (CMap specification, 1.4.1). */
static void put_bfchars(struct buf *out, const struct pdf_font *f)
{
    enum { ROWS = 100 };
    size_t used = 0, row = 0;
    for (size_t i = 0; i < f->len; i++)
        used += is_used(&f->items[i]);
    for (size_t i = 0; i < f->len; i++) {
        if (!is_used(&f->items[i]))
            continue;
        if (row % ROWS == 0)
            buf_printf(out, "%s%zu beginbfchar\n", row ? "endbfchar\n" : "",
                       used - row < ROWS ? used - row : (size_t)ROWS);
        row++;
        put_code(out, f, i);
        buf_putc(out, '<');
        put_unicode(out, &f->items[i]);
        buf_puts(out, ">\n");
    }
    if (row)
        buf_puts(out, "endbfchar\n");
}

/* 9.10.3 */
static uint32_t write_to_unicode(struct pdf_doc *d, const struct pdf_font *f)
{
    struct buf map = BUF_EMPTY;
    buf_puts(&map, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                   "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n");
    put_code(&map, f, 0);
    put_code(&map, f, f->info->cff ? 0xFFFF : 0xFF);
    buf_puts(&map, "\nendcodespacerange\n");
    put_bfchars(&map, f);
    buf_puts(&map, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    uint32_t id = pdf_new_dict(d).id;
    pdf_write_stream(d, id, "", &map, true);
    buf_free(&map);
    return id;
}

/* Codes of one byte are their own character numbers (9.7.5.4). One for all fonts. */
static uint32_t write_cmap(struct pdf_doc *d)
{
    static const char text[] =
        "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo 3 dict dup begin\n/Registry(Adobe)def\n/Ordering(Identity)def\n"
        "/Supplement 0 def\nend def\n/CMapName/OneByteIdentityH def\n/CMapType 1 def\n"
        "/WMode 0 def\n1 begincodespacerange\n<00><FF>\nendcodespacerange\n"
        "1 begincidrange\n<00><FF> 0\nendcidrange\nendcmap\n"
        "CMapName currentdict/CMap defineresource pop\nend\nend\n";
    struct buf map = BUF_EMPTY;
    buf_puts(&map, text);
    uint32_t id = pdf_new_dict(d).id;
    pdf_write_stream(d, id,
                     "/Type/CMap/CMapName/OneByteIdentityH/WMode 0/CIDSystemInfo"
                     "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
                     &map, true);
    buf_free(&map);
    return id;
}

static void put_encoding(struct pdf_doc *d, const struct pdf_font *f, struct buf *out)
{
    buf_puts(out, "/Encoding");
    if (f->info->cff) {
        buf_puts(out, "/Identity-H");
        return;
    }
    if (!d->cmap)
        d->cmap = write_cmap(d);
    pdf_put_ref(out, d->cmap);
}

static void write_font(struct pdf_doc *d, struct pdf_font *f)
{
    struct subset s = {.map = BUF_EMPTY};
    if (!make_subset(f, &s)) {
        diag_add(d->diag, DIAG_ERROR, (struct src_loc){f->info->file, 0, 0}, "font-subset",
                 _("the font %s cannot be subset and embedded: is its file damaged?"),
                 f->info->name);
        d->failed = true;
    } else {
        uint32_t cid_font = write_cid_font(d, f, &s), to_unicode = write_to_unicode(d, f);
        struct pdf_dict dict = pdf_new_dict(d);
        put_font_name(dict.body, "/Type/Font/Subtype/Type0/BaseFont", f, &s);
        if (f->info->cff)
            buf_puts(dict.body, "-Identity-H");
        put_encoding(d, f, dict.body);
        buf_printf(dict.body, "/DescendantFonts[%u 0 R]/ToUnicode %u 0 R", (unsigned)cid_font,
                   (unsigned)to_unicode);
        f->id = dict.id;
    }
    hb_blob_destroy(s.blob);
    buf_free(&s.map);
}

void pdf_write_fonts(struct pdf_doc *d)
{
    struct buf *out = d->resources.body;
    if (!d->fonts)
        return;
    for (struct pdf_font *f = d->fonts; f; f = f->next)
        write_font(d, f);
    buf_puts(out, "/Font<<");
    for (const struct pdf_font *f = d->fonts; f; f = f->next) {
        buf_printf(out, "/F%u", (unsigned)f->number);
        pdf_put_ref(out, f->id);
    }
    buf_puts(out, ">>");
}
