/* A document with everything the PDF stage writes, on two pages, made by hand. */
#ifndef PRIKAZ_TESTS_PDF_SAMPLE_H
#define PRIKAZ_TESTS_PDF_SAMPLE_H

#include "unit/test_pdf_pages.h"

#include <png.h>
#include <unistd.h>

enum { SAMPLE_TEXT, SAMPLE_WHOLE };

/* A new file's path in the folder for temporary files; the caller frees, and removes the file. */
static inline char *sample_path(void)
{
    char *path = mem_strdup(P_tmpdir "/prikaz-test-XXXXXX");
    int fd = mkstemp(path);
    REQUIRE(fd >= 0);
    close(fd);
    return path;
}

static inline void sample_remove(char *path)
{
    unlink(path);
    free(path);
}

static inline void sample_save(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    REQUIRE(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
}

/* A PNG of 16 x 8 pixels whose left half can be seen through when `alpha`. */
static inline char *sample_png(bool alpha)
{
    unsigned char rows[8][16][4];
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 16; x++) {
            rows[y][x][0] = (unsigned char)(x * 16);
            rows[y][x][1] = (unsigned char)(y * 32);
            rows[y][x][2] = 128;
            rows[y][x][3] = alpha && x < 8 ? 100 : 255;
        }
    png_image png = {.version = PNG_IMAGE_VERSION, .width = 16, .height = 8};
    png.format = PNG_FORMAT_RGBA;
    char *path = sample_path();
    REQUIRE(png_image_write_to_file(&png, path, 0, rows, 0, NULL));
    return path;
}

static inline void sample_border(struct area *box, enum area_line_style style, mpt width)
{
    box->as.box.background = AREA_TRANSPARENT;
    for (int i = 0; i < 4; i++)
        box->as.box.border[i] = (struct area_border){style, width, 0x336699};
}

static inline void sample_head(struct sheet *s, const char *number)
{
    struct area *a = sheet_line(s, NULL, number, 40000);
    a->x = 290000;
}

static inline void sample_link(struct sheet *s, const struct area_tag *tag, mpt y,
                               const char *id, const char *uri)
{
    struct area *a = sheet_place(area_add(&s->page, AREA_LINK), 85040, y - 12000, 90000, 16000);
    a->tag = tag;
    a->as.link.id = id;
    a->as.link.uri = uri;
}

static inline void sample_dest(struct sheet *s, const char *id, mpt y)
{
    struct area *a = sheet_place(area_add(&s->page, AREA_DEST), 85040, y, 0, 0);
    a->as.dest.id = id;
}

/* A line that ends with a hyphen that is not in the word. */
static inline struct area *sample_broken_line(struct sheet *s, const struct area_tag *tag,
                                              const char *text, mpt y)
{
    static const uint32_t hyphen = '-';
    struct area *a = sheet_line(s, tag, text, y);
    size_t n = a->as.text.count;
    struct area_word *words = ARENA_ARRAY(s->page.arena, struct area_word, n + 1);
    memcpy(words, a->as.text.words, n * sizeof *words);
    words[n] = (struct area_word){text_shape(s->serif, &hyphen, 1, "ru", 0), a->width,
                                  AREA_WORD_HYPHEN};
    a->as.text.words = words;
    a->as.text.count = n + 1;
    return a;
}

static inline void sample_paragraphs(struct sheet *s)
{
    struct area_tag *h1 = sheet_tag(s, s->root, "H1"), *p = sheet_tag(s, s->root, "P");
    sample_dest(s, "top", 70000);
    sheet_line(s, h1, "РАСПОРЯЖЕНИЕ № 310-р", 80000);
    sheet_line(s, p, "В соответствии с Федеральным законом от 29 декабря", 120000);
    sample_broken_line(s, p, "2012\xC2\xA0г. № 273-ФЗ «Об образова", 136100);
    sheet_line(s, p, "нии в Российской Федерации» и социально-", 152200);
    struct area_tag *link = sheet_tag(s, p, "Link");
    sheet_line(s, p, "экономическим развитием:", 168300);
    sheet_line(s, link, "приложение 1", 184400);
    sample_link(s, link, 184400, "app", NULL);
    struct area_tag *site = sheet_tag(s, p, "Link"), *note = sheet_tag(s, p, "Note");
    sheet_line(s, site, "сайт", 200500);
    sample_link(s, site, 200500, NULL, "http://пример.рф/а?б=1");
    note->language = "es-419";
    sheet_line(s, note, "сноска", 216600);
    sheet_tag(s, s->root, "P"); /* never painted */
}

static inline void sample_list(struct sheet *s)
{
    struct area_tag *list = sheet_tag(s, s->root, "L");
    for (int i = 0; i < 2; i++) {
        struct area_tag *item = sheet_tag(s, list, "LI");
        struct area_tag *label = sheet_tag(s, item, "Lbl"), *body = sheet_tag(s, item, "LBody");
        sheet_line(s, label, i ? "2)" : "1)", 240000 + i * 16000);
        sheet_line(s, sheet_tag(s, body, "P"), i ? "второе" : "первое", 240000 + i * 16000)->x =
            120000;
    }
}

/* A link over two lines that breaks without a space, and one with a leader in it. */
static inline void sample_long_links(struct sheet *s)
{
    struct area_tag *p = sheet_tag(s, s->root, "P"), *site = sheet_tag(s, p, "Link");
    sheet_line(s, site, "www.site.ru/", 400000);
    sheet_line(s, site, "news.html", 416000);
    sample_link(s, site, 400000, NULL, "http://www.site.ru/news.html");
    sample_link(s, site, 416000, NULL, "http://www.site.ru/news.html");
    struct area_tag *item = sheet_tag(s, sheet_tag(s, s->root, "P"), "Link");
    struct area *text = sheet_line(s, item, "Page ", 432000);
    struct area *dots = sheet_line(s, item, "..........", 432000);
    dots->x = text->x + text->width;
    sheet_line(s, item, "7", 432000)->x = dots->x + dots->width;
    sample_link(s, item, 432000, "top", NULL);
}

static inline struct area_tag *sample_cell(struct sheet *s, struct area_tag *row,
                                           const char *role, const char *text, mpt x, mpt y)
{
    struct area_tag *cell = sheet_tag(s, row, role);
    struct area *box =
        sheet_place(area_add(&s->page, AREA_BOX), x - 5000, y - 15000, 140000, 20000);
    sample_border(box, AREA_LINE_SOLID, 500);
    box->tag = cell;
    if (strcmp(role, "TH") == 0)
        cell->scope = "Column";
    if (*text) {
        struct area *a = sheet_line(s, sheet_tag(s, cell, "P"), text, y);
        a->x = x;
    }
    return cell;
}

static inline struct area_tag *sample_table(struct sheet *s)
{
    struct area_tag *table = sheet_tag(s, s->root, "Table");
    struct area_tag *head = sheet_tag(s, table, "THead"), *row = sheet_tag(s, head, "TR");
    sample_cell(s, row, "TH", "Мероприятие", 85040, 300000);
    sample_cell(s, row, "TH", "Срок", 225040, 300000);
    struct area_tag *body = sheet_tag(s, table, "TBody");
    row = sheet_tag(s, body, "TR");
    sample_cell(s, row, "TD", "Раздел", 85040, 320000)->columns = 2;
    row = sheet_tag(s, body, "TR");
    sample_cell(s, row, "TD", "Ремонт", 85040, 340000)->rows = 2;
    sample_cell(s, row, "TD", "", 225040, 340000);
    row = sheet_tag(s, body, "TR");
    sample_cell(s, row, "TD", "2013", 225040, 360000);
    return body;
}

static inline void sample_picture(struct sheet *s, struct area_images *images, bool alpha,
                                  mpt y)
{
    struct area_image_fault fault;
    char *path = sample_png(alpha);
    struct area_tag *figure = sheet_tag(s, s->root, "Figure");
    figure->alt = "Герб «района»";
    struct area *a = sheet_place(area_add(&s->page, AREA_IMAGE), 85040, y, 80000, 40000);
    a->tag = figure;
    a->as.image = area_load_image(images, path, &fault);
    REQUIRE(a->as.image);
    sample_remove(path);
}

static inline struct area *sample_path_area(struct sheet *s, struct area *group, bool clip)
{
    static const mpt square[] = {0, 0, 40000, 0, 40000, 40000, 0, 40000};
    struct area *a = area_add_to_group(s->page.arena, group, AREA_PATH);
    a->as.path = ARENA_NEW(s->page.arena, struct area_path);
    *a->as.path = (struct area_path){.ops = "MLLLZ",
                                     .points = square,
                                     .op_count = 5,
                                     .point_count = 4,
                                     .fill = 0xCC0000,
                                     .fill_alpha = 128,
                                     .stroke = 0x0000CC,
                                     .stroke_alpha = 255,
                                     .stroke_width = 2000,
                                     .miter_limit = 4000,
                                     .clip = clip};
    sheet_place(a, 0, 0, 40000, 40000);
    return a;
}

/* A drawing: a turned and clipped group with paths and a word. */
static inline void sample_drawing(struct sheet *s, int32_t rotation, mpt x)
{
    struct area_tag *figure = sheet_tag(s, s->root, "Figure");
    figure->alt = "Чертёж";
    struct area *g = sheet_place(area_add(&s->page, AREA_GROUP), x, 450000, 100000, 60000);
    g->tag = figure;
    g->as.group.rotation = rotation;
    g->as.group.clip = true;
    sample_path_area(s, g, true);
    sample_path_area(s, g, false);
    struct area *t = area_add_to_group(s->page.arena, g, AREA_TEXT);
    t->x = 5000;
    t->y = 20000;
    sheet_text(s, t, "верх", 10000, 0);
}

static inline void sample_second_page(struct sheet *s, struct area_tag *body,
                                      struct area_images *images)
{
    struct area_tag *row = sheet_tag(s, body, "TR");
    sample_cell(s, row, "TD", "Продолжение", 85040, 100000);
    sample_cell(s, row, "TD", "2014", 225040, 100000);
    sample_dest(s, "app", 130000);
    sample_dest(s, "roadmap-1.3", 150000);
    sheet_line(s, sheet_tag(s, s->root, "H2"), "Приложение 1", 140000);
    sample_picture(s, images, false, 160000);
    sample_picture(s, images, true, 220000);
    for (int i = 0; i < 4; i++)
        sample_drawing(s, i * 90, 60000 + i * 120000);
    for (int i = 0; i < 8; i++)
        sample_border(
            sheet_place(area_add(&s->page, AREA_BOX), 60000 + i * 60000, 550000, 50000, 40000),
            (enum area_line_style)(i + 1), 3000);
    struct area *rule = sheet_place(area_add(&s->page, AREA_RULE), 85040, 620000, 100000, 500);
    rule->as.rule.style = AREA_LINE_DOTTED;
    sample_link(s, NULL, 45000, "top", NULL); /* in the running header */
    sample_link(s, NULL, 40000300, "top",
                NULL); /* far below the page, as the next line's end */
    sheet_text(s, sheet_line(s, sheet_tag(s, s->root, "P"), "", 640000), "за краем", 16000,
               1000000123);
}

static const struct area_meta sample_meta[] = {
    {"title", "Об утверждении «дорожной карты» & плана", &sample_meta[1]},
    {"author", "Администрация района", &sample_meta[2]},
    {"subject", "образование", &sample_meta[3]},
    {"keywords", "план, <срок>", &sample_meta[4]},
    {"number", "310-р", &sample_meta[5]},
    {"date", "18.03.2021", NULL},
};

static struct area_bookmark sample_inner = {.title = "Дорожная карта", .id = "roadmap-1.3"};
static struct area_bookmark sample_last = {
    .title = "Приложение", .id = "app", .closed = true, .child = &sample_inner};
static struct area_bookmark sample_first = {
    .title = "Распоряжение", .id = "top", .next = &sample_last};

static const struct pdf_attachment sample_files[] = {
    {"приказ.xml", "text/xml", "исходный текст", true, (const unsigned char *)"<order/>", 8},
    {"data.csv", "text/csv", NULL, false, (const unsigned char *)"a;b\n", 4},
};

/* Paint the sample. */
static inline bool sample_paint(struct sheet *s, struct area_painter *painter, int extent)
{
    struct area_images *images = area_new_images();
    sheet_open(s, painter);
    sheet_new_page(s, "1");
    sample_paragraphs(s);
    sample_list(s);
    struct area_tag *body = sample_table(s);
    sample_long_links(s);
    sheet_end_page(s);
    sheet_new_page(s, "2");
    sample_head(s, "- 2 -");
    if (extent == SAMPLE_WHOLE)
        sample_second_page(s, body, images);
    sheet_end_page(s);
    struct area_document doc = {.language = "ru-RU",
                                .meta = sample_meta,
                                .tags = s->root,
                                .tag_count = s->tags,
                                .bookmarks = extent == SAMPLE_WHOLE ? &sample_first : NULL,
                                .source_name = "input/приказ.xml"};
    bool fine = painter->finish(painter->self, &doc);
    sheet_close(s);
    area_free_images(images);
    return fine;
}

/* The sample as PDF; `diag` may be NULL. */
static inline bool sample_make(enum pdf_profile profile, int extent, struct buf *out,
                               struct diag *diag)
{
    struct diag *own = diag ? NULL : diag_new();
    struct pdf_options options = {.profile = profile,
                                  .date = 1616025600,
                                  .attachments = sample_files,
                                  .attachment_count = 2};
    struct area_painter *painter = pdf_new_painter(&options, buf_sink(out), diag ? diag : own);
    struct sheet s;
    bool fine = sample_paint(&s, painter, extent);
    pdf_free_painter(painter);
    diag_free(own);
    return fine;
}

/* The same in a file; the caller removes it with sample_remove. */
static inline char *sample_file(enum pdf_profile profile, int extent)
{
    struct buf out = BUF_EMPTY;
    char *path = sample_path();
    REQUIRE(sample_make(profile, extent, &out, NULL));
    sample_save(path, out.bytes, out.len);
    buf_free(&out);
    return path;
}

#endif
