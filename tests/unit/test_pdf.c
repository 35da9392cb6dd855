/* The PDF stage as other programs see its files: text, fonts, places, metadata, navigation,
 * conformance. The structure is tested in test_pdf_structure.c. */
#include "base/hash.h"
#include "base/hashblock.h"
#include "pdf/doc.h"
#include "unit/test_pdf_checker.h"
#include "unit/test_pdf_sample.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* What a command prints, on both outputs; its status into `*status` if that is not NULL. */
static char *run(int *status, const char *format, const char *path)
{
    char command[1024], chunk[4096];
    struct buf out = BUF_EMPTY;
    snprintf(command, sizeof command, format, path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, pipe)) > 0;)
        buf_put(&out, chunk, n);
    int code = pclose(pipe);
    if (status)
        *status = code / 256;
    char *text = mem_strdup(buf_str(&out));
    buf_free(&out);
    return text;
}

static void assert_prints(const char *format, const char *path, const char *expected)
{
    char *text = run(NULL, format, path);
    assert_string_equal(text, expected);
    free(text);
}

/* A page of one line in `font` at `size`, justified to `width` unless that is 0; the file. */
struct one_line {
    const char *family, *text;
    mpt size, width, spacing;
    mpt end; /* filled in: where the line ends from its beginning */
};

static char *line_file(struct one_line *l)
{
    struct buf out = BUF_EMPTY;
    struct diag *diag = diag_new();
    struct pdf_options options = {.profile = PDF_A2A, .date = INT64_MIN};
    struct area_painter *painter = pdf_new_painter(&options, buf_sink(&out), diag);
    struct sheet s;
    sheet_open(&s, painter);
    sheet_new_page(&s, "1");
    struct area *a = sheet_place(area_add(&s.page, AREA_TEXT), 50000, 100000, 0, 0);
    a->tag = sheet_tag(&s, s.root, "P");
    a->as.text.font = text_find_font(s.fonts, l->family, 400, false, NULL);
    a->as.text.letter_spacing = l->spacing;
    sheet_text(&s, a, l->text, l->size, l->width);
    l->end = a->width;
    sheet_end_page(&s);
    struct area_document doc = {.language = "ru", .tags = s.root, .source_name = "line"};
    assert_true(painter->finish(painter->self, &doc));
    pdf_free_painter(painter);
    sheet_close(&s);
    assert_int_equal(diag_worst(diag), DIAG_NONE);
    diag_free(diag);
    char *path = sample_path();
    sample_save(path, out.bytes, out.len);
    buf_free(&out);
    return path;
}

/* --- places */

static const struct pdf_value *find_object(const struct pdf_file *f, const char *key,
                                           const char *name)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->objects[i] && pdf_is_name(pdf_get(f, f->objects[i], key), name))
            return f->objects[i];
    return &pdf_nothing;
}

/* The width of a code by the font dictionary, in 1/1000 em. */
static double code_width(const struct pdf_file *f, const struct pdf_value *font, long code)
{
    for (const struct pdf_value *w = pdf_get(f, font, "W")->child; w && w->next;
         w = w->next->next) {
        long at = w->number;
        for (const struct pdf_value *v = w->next->child; v; v = v->next, at++)
            if (at == code)
                return strtod(v->text, NULL);
    }
    fail_msg("code %ld has no width", code);
    return 0;
}

/* Where a viewer is at the end of the page's only line, in points from its beginning. */
static double viewer_end(const struct pdf_file *f, mpt size, mpt spacing)
{
    const struct pdf_value *font = find_object(f, "Subtype", "CIDFontType2");
    const struct pdf_value *content = pdf_get(f, find_object(f, "Type", "Page"), "Contents");
    struct pdf_cursor at = {f->arena, content->stream,
                            content->stream + content->stream_length};
    double x = 0;
    for (pdf_skip_space(&at); at.at < at.end; pdf_skip_space(&at)) {
        const struct pdf_value *v = pdf_read_value(&at);
        for (const struct pdf_value *i = v->kind == PDF_ARRAY ? v->child : NULL; i;
             i = i->next) {
            if (i->kind == PDF_NUMBER)
                x -= strtod(i->text, NULL) * (double)size / 1e6;
            for (size_t k = 0; i->kind == PDF_STRING && k < i->length; k++)
                x += code_width(f, font, (unsigned char)i->text[k]) * (double)size / 1e6 +
                     (double)spacing / 1e3;
        }
    }
    return x;
}

static void lines_end_where_layout_says(void **state)
{
    static const mpt sizes[] = {6000, 10500, 12000, 14000, 14500, 22000, 36000};
    (void)state;
    for (size_t i = 0; i < 4 * sizeof sizes / sizeof *sizes; i++) {
        struct one_line l = {
            "Liberation Serif",
            "Туда, где АВТОР и ТАРА: план (дорожная карта) к 2013 г. \xE2\x80\x94 "
            "AVAST, Tomorrow, ещё раз о том же самом, и так далее.",
            sizes[i / 4],
            i & 1 ? 900000 + 777 * (mpt)i : 0,
            i & 2 ? 1234 : 0,
            0};
        char *path = line_file(&l);
        struct pdf_file f;
        assert_true(pdf_open(&f, path));
        /* The space that ends the page's last line lies beyond. */
        double end = viewer_end(&f, l.size, l.spacing) - 0.25 * (double)l.size / 1e3 -
                     (double)l.spacing / 1e3;
        double off = end - (double)l.end / 1e3;
        if (off > 0.01 || off < -0.01)
            fail_msg("at %g pt the line ends %g pt beside its place", (double)l.size / 1e3,
                     off);
        pdf_close(&f);
        sample_remove(path);
    }
}

/* --- text */

static void text_is_extracted_exactly(void **state)
{
    (void)state;
    struct one_line l = {"Liberation Serif",
                         "№ 5 «ёж» \xE2\x80\x93 10\xC2\xA0%, fi ffl fb, \xC3\xA9 e\xCC\x81",
                         14000,
                         0,
                         0,
                         0};
    char *path = line_file(&l);
    assert_prints("pdftotext -raw -nopgbrk '%s' - 2>&1", path,
                  "№ 5 «ёж» – 10 %, fi ffl fb, \xC3\xA9 e\xCC\x81\n");
    sample_remove(path);
}

/* What a character of a private use area is nobody knows: it says itself as ActualText, alone and
 * in a word; tests/unit/test_pdf_checker.h looks for it. */
static void private_characters_have_actual_text(void **state)
{
    (void)state;
    struct one_line l = {
        "Liberation Serif", "а\xEF\x80\x84 \xEF\x80\x84 а\xEF\x80\x84", 14000, 0, 0, 0};
    char *path = line_file(&l);
    struct pdf_file f;
    struct buf faults = BUF_EMPTY;
    assert_true(pdf_open(&f, path));
    pdf_check_file(&f, &faults);
    assert_null(strstr(buf_str(&faults), "private"));
    pdf_close(&f);
    buf_free(&faults);
    assert_prints("qpdf --qdf '%s' - | grep -a -c '/Span<</ActualText'", path, "3\n");
    assert_prints("pdftotext -raw -nopgbrk '%s' -", path,
                  "а\xEF\x80\x84 \xEF\x80\x84 а\xEF\x80\x84\n");
    sample_remove(path);
}

static void more_than_255_characters_of_a_face(void **state)
{
    (void)state;
    struct buf text = BUF_EMPTY, expected = BUF_EMPTY;
    for (uint32_t cp = 0x21; cp < 0x250; cp++)
        if (cp < 0x7F || cp > 0xAD)
            buf_put_utf8(&text, cp);
    for (uint32_t cp = 0x400; cp < 0x450; cp++)
        buf_put_utf8(&text, cp);
    struct buf spaced = BUF_EMPTY;
    size_t n = 0;
    for (const char *p = buf_str(&text), *end = p + text.len; p < end; n++) {
        if (n && n % 20 == 0)
            buf_putc(&spaced, ' ');
        buf_put_utf8(&spaced, utf8_next(&p, end));
    }
    struct one_line l = {"DejaVu Serif", buf_str(&spaced), 1000, 0, 0, 0};
    char *path = line_file(&l);
    buf_put(&expected, spaced.bytes, spaced.len);
    buf_putc(&expected, '\n');
    assert_prints("pdftotext -raw -nopgbrk '%s' -", path, buf_str(&expected));
    int status;
    char *fonts = run(&status, "pdffonts '%s' | grep -c 'DejaVuSerif .* yes yes yes '", path);
    assert_string_equal(fonts, "3\n"); /* of 592 characters */
    free(fonts);
    sample_remove(path);
    buf_free(&text);
    buf_free(&spaced);
    buf_free(&expected);
}

static void lines_and_hyphens_join(void **state)
{
    (void)state;
    char *path = sample_file(PDF_A2A, SAMPLE_TEXT);
    char *text = run(NULL, "pdfinfo -struct-text '%s'", path);
    assert_non_null(strstr(text, "от 29 декабря 2012\xC2\xA0г. № 273-ФЗ «Об образовании в "
                                 "Российской Федерации» и социально-экономическим развитием:"));
    assert_non_null(strstr(text, "/ListNumbering /Decimal"));
    free(text);
    assert_prints("pdftotext -raw -nopgbrk -f 1 -l 1 '%s' - | sed -n 3,4p", path,
                  "2012 г. № 273-ФЗ «Об образова\xC2\xAD\n"
                  "нии в Российской Федерации» и социально-\n");
    sample_remove(path);
}

/* --- the file */

static void same_input_gives_same_bytes(void **state)
{
    (void)state;
    struct buf a = BUF_EMPTY, b = BUF_EMPTY, other = BUF_EMPTY;
    assert_true(sample_make(PDF_A2A, SAMPLE_WHOLE, &a, NULL));
    assert_true(sample_make(PDF_A2A, SAMPLE_WHOLE, &b, NULL));
    assert_true(sample_make(PDF_A2A, SAMPLE_TEXT, &other, NULL));
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.bytes, b.bytes, a.len);
    REQUIRE(a.bytes && other.bytes);
    const char *id = memmem(a.bytes, a.len, "/ID[", 4);
    const char *other_id = memmem(other.bytes, other.len, "/ID[", 4);
    assert_non_null(id);
    assert_memory_equal(id + 4, id + 4 + 34, 34);
    assert_memory_not_equal(id + 4, other_id + 4, 34);
    buf_free(&a);
    buf_free(&b);
    buf_free(&other);
}

static void other_programs_are_content(void **state)
{
    (void)state;
    for (int profile = PDF_PLAIN; profile <= PDF_A3A; profile++) {
        char *path = sample_file((enum pdf_profile)profile, SAMPLE_WHOLE);
        int status;
        assert_prints("pdftotext '%s' - 2>&1 >/dev/null", path, "");
        assert_prints("pdftoppm -r 20 '%s' 2>&1 >/dev/null", path, "");
        assert_prints("mutool draw -q -r 20 -F pbm -o /dev/null '%s' 2>&1 | grep -v ICC", path,
                      "");
        char *text = run(&status, "qpdf --check '%s' 2>&1", path);
        assert_int_equal(status, 0);
        assert_null(strstr(text, "WARNING"));
        free(text);
        sample_remove(path);
    }
}

/* The driver's status 77: it cannot run here. CI sets PRIKAZ_NEEDS_JAVA, which allows no skip. */
static void preflight_accepts_part_1(void **state)
{
    (void)state;
    char *a = sample_file(PDF_A1A, SAMPLE_WHOLE), *b = sample_file(PDF_A1B, SAMPLE_WHOLE);
    struct buf names = BUF_EMPTY;
    buf_printf(&names, "'%s' '%s'", a, b);
    int status;
    char *text = run(&status, "sh tests/house/preflight.sh %s 2>&1", buf_str(&names));
    bool skipped = status == 77 && !getenv("PRIKAZ_NEEDS_JAVA");
    if (skipped)
        print_message("%s", text);
    else if (status)
        fail_msg("%s", text);
    free(text);
    buf_free(&names);
    sample_remove(a);
    sample_remove(b);
    if (skipped)
        skip();
}

static void part_1_is_pdf_1_4(void **state)
{
    static const char *const later[] = {"/ObjStm", "/XRef", "/SMask", "/ca ", "/CA ", "/THead"};
    (void)state;
    struct buf one = BUF_EMPTY, two = BUF_EMPTY;
    assert_true(sample_make(PDF_A1A, SAMPLE_WHOLE, &one, NULL));
    assert_true(sample_make(PDF_A2A, SAMPLE_WHOLE, &two, NULL));
    REQUIRE(one.bytes && two.bytes);
    assert_memory_equal(one.bytes, "%PDF-1.4\n", 9);
    assert_memory_equal(two.bytes, "%PDF-1.7\n", 9);
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        assert_null(memmem(one.bytes, one.len, later[i], strlen(later[i])));
    assert_non_null(memmem(two.bytes, two.len, "/ObjStm", 7));
    assert_non_null(memmem(two.bytes, two.len, "/SMask", 6));
    buf_free(&one);
    buf_free(&two);
}

static void a_one_page_order_is_small(void **state)
{
    (void)state;
    struct buf out = BUF_EMPTY;
    assert_true(sample_make(PDF_A2A, SAMPLE_TEXT, &out, NULL));
    assert_in_range(out.len, 1000, 25000);
    buf_free(&out);
}

/* --- metadata */

static bool xmp_has(const struct pdf_value *xmp, const char *text)
{
    return xmp->stream && memmem(xmp->stream, xmp->stream_length, text, strlen(text)) != NULL;
}

static void info_and_xmp_say_the_same(void **state)
{
    static const char *const said[] = {
        "x-default\">Об утверждении «дорожной карты» &amp; плана</rdf:li>",
        "<rdf:Seq><rdf:li>Администрация района</rdf:li>",
        "<pdf:Keywords>план, &lt;срок&gt;</pdf:Keywords>",
        "<xmp:CreateDate>2021-03-18T00:00:00Z</xmp:CreateDate>",
        "<xmp:ModifyDate>2021-03-18T00:00:00Z</xmp:ModifyDate>",
        "<xmp:CreatorTool>prikaz</xmp:CreatorTool>",
        "<prikaz:number>310-р</prikaz:number>",
        "<prikaz:date>18.03.2021</prikaz:date>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaSchema:namespaceURI>urn:prikaz:meta:1#</pdfaSchema:namespaceURI>",
    };
    (void)state;
    struct pdf_file f;
    char *path = sample_file(PDF_A2A, SAMPLE_WHOLE);
    assert_true(pdf_open(&f, path));
    const struct pdf_value *xmp = pdf_get(&f, pdf_get(&f, f.trailer, "Root"), "Metadata");
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!xmp_has(xmp, said[i]))
            fail_msg("XMP lacks %s", said[i]);
    const struct pdf_value *info = pdf_get(&f, f.trailer, "Info");
    assert_string_equal(pdf_get(&f, info, "CreationDate")->text, "D:20210318000000Z");
    assert_string_equal(pdf_get(&f, info, "Creator")->text, "prikaz");
    pdf_close(&f);
    char *text = run(NULL, "pdfinfo '%s'", path);
    assert_non_null(strstr(text, "Об утверждении «дорожной карты» & плана\n"));
    assert_non_null(strstr(text, "Администрация района\n"));
    assert_non_null(strstr(text, "образование\n"));
    assert_non_null(strstr(text, "план, <срок>\n"));
    free(text);
    sample_remove(path);
}

static void dates_are_right(void **state)
{
    static const struct {
        int64_t date;
        const char *pdf, *xmp;
    } cases[] = {
        {0, "D:19700101000000Z", "1970-01-01T00:00:00Z"},
        {951782400, "D:20000229000000Z", "2000-02-29T00:00:00Z"},
        {1616025599, "D:20210317235959Z", "2021-03-17T23:59:59Z"},
        {-1, "D:19691231235959Z", "1969-12-31T23:59:59Z"},
        {4107542400, "D:21000301000000Z", "2100-03-01T00:00:00Z"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = BUF_EMPTY;
        pdf_put_date(&out, cases[i].date, false);
        assert_string_equal(buf_str(&out), cases[i].pdf);
        buf_clear(&out);
        pdf_put_date(&out, cases[i].date, true);
        assert_string_equal(buf_str(&out), cases[i].xmp);
        buf_free(&out);
    }
}

static void hash_is_sha_256(void **state)
{
    static const unsigned char abc[16] = {0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA,
                                          0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22, 0x23};
    static const unsigned char million[16] = {0xCD, 0xC7, 0x6E, 0x5C, 0x99, 0x14, 0xFB, 0x92,
                                              0x81, 0xA1, 0xC7, 0xE2, 0x84, 0xD7, 0x3E, 0x67};
    (void)state;
    unsigned char digest[16];
    char *as = mem_alloc(1000000);
    memset(as, 'a', 1000000);
    hash_bytes("abc", 3, digest);
    assert_memory_equal(digest, abc, 16);
    hash_bytes(as, 1000000, digest);
    assert_memory_equal(digest, million, 16);
    free(as);
}

/* The processor that runs this may take one way only. */
static void both_ways_of_hashing_agree(void **state)
{
    (void)state;
    if (!hash_has_instructions())
        skip();
    unsigned char bytes[5 * 64];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * i * 37 + i * 11);
    for (size_t n = 0; n <= 5; n++) {
        uint32_t a[8] = {1, 2, 3, 4, 0xFFFFFFFF, 6, 7, 0x80000000}, b[8];
        memcpy(b, a, sizeof b);
        hash_blocks_portably(a, bytes, n);
        hash_blocks_by_instructions(b, bytes, n);
        assert_memory_equal(a, b, sizeof a);
    }
}

/* --- navigation and attachments */

static void ways_through_the_document(void **state)
{
    (void)state;
    char *path = sample_file(PDF_A2A, SAMPLE_WHOLE);
    assert_prints("pdfinfo -dests '%s' | tail -n +2 | tr -s ' '", path,
                  " 1 [ XYZ null 772 null ] \"top\"\n"
                  " 2 [ XYZ null 712 null ] \"app\"\n"
                  " 2 [ XYZ null 692 null ] \"roadmap-1.3\"\n");
    char *text = run(NULL, "mutool show '%s' outline", path);
    assert_string_equal(text, "|\t\"Распоряжение\"\t#page=1&zoom=nan,nan,70\n"
                              "+\t\"Приложение\"\t#page=2&zoom=nan,nan,130\n"
                              "|\t\t\"Дорожная карта\"\t#page=2&zoom=nan,nan,150\n");
    free(text);
    assert_prints("pdfinfo -url '%s' | sed -n 2p | tr -s ' '", path,
                  " 1 Annotation http://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D1%80%D1%84/"
                  "%D0%B0?%D0%B1=1\n");
    sample_remove(path);
}

/* As one would read it: without leader dots, and with a space where the text has one. */
static void links_say_their_text(void **state)
{
    (void)state;
    char *path = sample_file(PDF_A2A, SAMPLE_TEXT);
    assert_prints("qpdf --qdf --object-streams=disable '%s' - | grep -a -o '/Contents (.*'",
                  path,
                  "/Contents (www.site.ru/news.html)\n/Contents (www.site.ru/news.html)\n"
                  "/Contents (Page 7)\n");
    sample_remove(path);
}

static void attachments_are_associated(void **state)
{
    (void)state;
    struct pdf_file f;
    char *path = sample_file(PDF_A3A, SAMPLE_WHOLE);
    assert_prints("pdfdetach -list '%s'", path,
                  "2 embedded files\n1: data.csv\n2: приказ.xml\n");
    assert_true(pdf_open(&f, path));
    const struct pdf_value *af = pdf_get(&f, pdf_get(&f, f.trailer, "Root"), "AF");
    REQUIRE(af->child);
    const struct pdf_value *source = pdf_resolve(&f, af->child);
    const struct pdf_value *data = pdf_resolve(&f, af->child->next);
    assert_true(pdf_is_name(pdf_get(&f, source, "AFRelationship"), "Source"));
    assert_true(pdf_is_name(pdf_get(&f, data, "AFRelationship"), "Data"));
    const struct pdf_value *content = pdf_get(&f, pdf_get(&f, source, "EF"), "F");
    assert_int_equal(content->stream_length, 8);
    assert_memory_equal(content->stream, "<order/>", 8);
    pdf_close(&f);
    sample_remove(path);
}

/* --- faults */

static void add_nothing(struct sheet *s, struct area_images *images)
{
    (void)s;
    (void)images;
}

/* The messages about a page with one area, made by `fill`; without one the language is at fault. */
static char *messages_of(void (*fill)(struct sheet *, struct area_images *))
{
    struct buf out = BUF_EMPTY, said = BUF_EMPTY;
    struct diag *diag = diag_new();
    struct area_images *images = area_new_images();
    struct pdf_options options = {.profile = PDF_A2A, .date = INT64_MIN};
    struct area_painter *painter = pdf_new_painter(&options, buf_sink(&out), diag);
    struct sheet s;
    sheet_open(&s, painter);
    sheet_new_page(&s, "1");
    fill(&s, images);
    sheet_end_page(&s);
    struct area_document doc = {.language = fill == add_nothing ? "x!" : "ru", .tags = s.root};
    assert_true(painter->finish(painter->self, &doc));
    pdf_free_painter(painter);
    sheet_close(&s);
    area_free_images(images);
    size_t n;
    const struct diag_item *items = diag_items(diag, &n);
    for (size_t i = 0; i < n; i++)
        buf_printf(&said, "%s ", items[i].code);
    diag_free(diag);
    assert_true(out.len > 0);
    buf_free(&out);
    char *text = mem_strdup(buf_str(&said));
    buf_free(&said);
    return text;
}

static void add_lost_link(struct sheet *s, struct area_images *images)
{
    (void)images;
    sample_link(s, sheet_tag(s, s->root, "Link"), 100000, "nowhere", NULL);
}

static void add_silent_figure(struct sheet *s, struct area_images *images)
{
    sample_picture(s, images, false, 100000);
    s->root->last_child->alt = NULL;
}

/* A PNG whose checksums are right and whose pixels are not. */
static void add_damaged_picture(struct sheet *s, struct area_images *images)
{
    sample_picture(s, images, false, 100000);
    struct area_image *image = s->page.last_child->as.image;
    unsigned char *bytes = arena_copy(s->arena, image->bytes, image->size);
    unsigned char *data = memmem(bytes, image->size, "IDAT", 4);
    memset(data + 6, 0xFF, 8);
    image->bytes = bytes;
}

static void faults_are_told(void **state)
{
    static void (*const fills[])(struct sheet *, struct area_images *) = {
        add_nothing, add_lost_link, add_silent_figure, add_damaged_picture};
    static const char *const codes[] = {"language ", "link-target ", "figure-alt ",
                                        "image-damaged "};
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char *said = messages_of(fills[i]);
        assert_string_equal(said, codes[i]);
        free(said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_where_layout_says),
        cmocka_unit_test(text_is_extracted_exactly),
        cmocka_unit_test(private_characters_have_actual_text),
        cmocka_unit_test(more_than_255_characters_of_a_face),
        cmocka_unit_test(lines_and_hyphens_join),
        cmocka_unit_test(same_input_gives_same_bytes),
        cmocka_unit_test(other_programs_are_content),
        cmocka_unit_test(preflight_accepts_part_1),
        cmocka_unit_test(part_1_is_pdf_1_4),
        cmocka_unit_test(a_one_page_order_is_small),
        cmocka_unit_test(info_and_xmp_say_the_same),
        cmocka_unit_test(dates_are_right),
        cmocka_unit_test(hash_is_sha_256),
        cmocka_unit_test(both_ways_of_hashing_agree),
        cmocka_unit_test(ways_through_the_document),
        cmocka_unit_test(links_say_their_text),
        cmocka_unit_test(attachments_are_associated),
        cmocka_unit_test(faults_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
