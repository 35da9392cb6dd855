/* Fonts: which face a family list leads to, what its metrics are, and damaged files.
 *
 * Assumes fonts-liberation, fonts-paratype and fonts-dejavu-core. Choices that depend on what is
 * installed are tested with a folder of fonts of their own, through FONTCONFIG_FILE. */
#include "text/face.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *name_of(struct text_fonts *fonts, const char *families, int weight,
                           bool italic)
{
    const struct text_font *font = text_find_font(fonts, families, weight, italic, NULL);
    return font ? text_font_info(font)->name : "none";
}

static void test_families_lead_to_faces(void **state)
{
    static const struct {
        const char *families;
        int weight;
        bool italic;
        const char *name;
    } rows[] = {
        {"Liberation Serif", 400, false, "LiberationSerif"},
        {"liberation serif", 700, false, "LiberationSerif-Bold"},
        {"Times New Roman", 400, false, "LiberationSerif"},
        {"Times New Roman, serif", 700, true, "LiberationSerif-BoldItalic"},
        {"'Times New Roman'", 400, true, "LiberationSerif-Italic"},
        {"\"Arial\" , sans-serif", 600, false, "LiberationSans-Bold"},
        {"Helvetica", 400, false, "LiberationSans"},
        {"Courier New", 400, false, "LiberationMono"},
        {"serif", 400, false, "LiberationSerif"},
        {"sans-serif", 400, false, "LiberationSans"},
        {"monospace", 800, false, "LiberationMono-Bold"},
        {"PT Serif", 500, false, "PTSerif-Regular"},
        {"DejaVu Sans", 400, false, "DejaVuSans"},
        {"No Such Family", 400, false, "LiberationSerif"},
        {"No Such Family, Arial", 400, false, "LiberationSans"},
        {"", 400, false, "LiberationSerif"},
        {" , ,", 400, false, "LiberationSerif"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(name_of(*state, rows[i].families, rows[i].weight, rows[i].italic),
                            rows[i].name);
}

static void test_equal_faces_are_equal_pointers(void **state)
{
    const struct text_font *font = text_find_font(*state, "Times New Roman", 400, false, NULL);
    assert_ptr_equal(font, text_find_font(*state, "serif", 400, false, NULL));
    assert_ptr_equal(font, text_find_font(*state, "Liberation Serif", 500, false, NULL));
}

static void check_notes(struct text_fonts *fonts, const char *families, int weight,
                        const char *code)
{
    struct diag *diag = diag_new();
    text_find_font(fonts, families, weight, false, diag);
    text_find_font(fonts, families, weight, false, diag);
    size_t n;
    const struct diag_item *items = diag_items(diag, &n);
    assert_int_equal(n, code ? 1 : 0);
    if (code) {
        assert_string_equal(items[0].code, code);
        assert_int_equal(items[0].level, DIAG_NOTE);
    }
    diag_free(diag);
}

static void test_substitution_is_noted_once(void **state)
{
    check_notes(*state, "No Such Family, serif", 400, "font-replaced");
    check_notes(*state, "No Such Family, serif", 400, "font-replaced"); /* the next document */
    check_notes(*state, "Times New Roman", 400, NULL);
    check_notes(*state, "serif", 400, NULL);
    check_notes(*state, "PT Serif Caption", 700, "font-style");
}

static void test_metrics_are_those_of_the_file(void **state)
{
    const struct text_font_info *info =
        text_font_info(text_find_font(*state, "Liberation Serif", 400, false, NULL));
    assert_int_equal(info->units_per_em, 1000);
    assert_int_equal(info->ascender, 693);   /* 1420 of 2048 */
    assert_int_equal(info->descender, -215); /* -442 of 2048, cut off towards zero */
    assert_int_equal(info->line_gap, 149);
    assert_int_equal(info->cap_height, 654);
    assert_in_range(info->x_height, 440, 490);
    assert_true(info->underline_position < 0 && info->underline_thickness > 0);
    assert_true(info->subscript_offset > 0 && info->superscript_offset > 0);
    assert_true(info->serif && !info->fixed && !info->italic && !info->cff);
    assert_int_equal(info->weight, 400);
    assert_string_equal(info->family, "Liberation Serif");
    assert_true(info->size > 100000 && info->data[0] == 0 && info->data[1] == 1);
    assert_true(info->glyph_count > 500);
    info = text_font_info(text_find_font(*state, "monospace", 700, true, NULL));
    assert_true(info->fixed && info->italic && info->weight == 700 && info->italic_angle < 0);
    info = text_font_info(text_find_font(*state, "Arial", 400, false, NULL));
    assert_true(!info->serif && !info->fixed);
}

static void test_scale_rounds(void **state)
{
    const struct text_font *font = text_find_font(*state, "serif", 400, false, NULL);
    assert_int_equal(text_scale(font, 1000, PT(12)), PT(12));
    assert_int_equal(text_scale(font, 1, 14600), 15); /* 14.6 */
    assert_int_equal(text_scale(font, -1, 14600), -15);
    assert_int_equal(text_scale(font, 0, PT(14)), 0);
}

/* --- fonts of one's own ------------------------------------------------------------------ */

struct bytes {
    unsigned char *data;
    size_t size;
};

static struct bytes copy_font(const char *family)
{
    struct text_fonts *fonts = text_new_fonts();
    const struct text_font_info *info =
        text_font_info(text_find_font(fonts, family, 400, false, NULL));
    struct bytes b = {mem_alloc(info->size), info->size};
    memcpy(b.data, info->data, info->size);
    text_free_fonts(fonts);
    return b;
}

static uint32_t be16(const unsigned char *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static unsigned char *find_table(const struct bytes *b, const char *tag)
{
    for (size_t i = 0; i < be16(b->data + 4); i++) {
        unsigned char *row = b->data + 12 + 16 * i;
        if (memcmp(row, tag, 4) == 0)
            return b->data + (be16(row + 8) << 16 | be16(row + 10));
    }
    return NULL;
}

/* Write `name` over every family name (ids 1, 4 and 16) long enough to take it. */
static void rename_family(const struct bytes *b, const char *name)
{
    unsigned char *table = find_table(b, "name"), *strings = table + be16(table + 4);
    size_t n = strlen(name);
    for (size_t i = 0; i < be16(table + 2); i++) {
        unsigned char *row = table + 6 + 12 * i;
        uint32_t id = be16(row + 6), wide = be16(row) != 1;
        if ((id != 1 && id != 16) || be16(row + 8) < n * (1 + wide))
            continue;
        unsigned char *s = strings + be16(row + 10);
        for (size_t k = 0; k < n; k++) {
            if (wide)
                *s++ = 0;
            *s++ = (unsigned char)name[k];
        }
        row[8] = 0;
        row[9] = (unsigned char)(n * (1 + wide));
    }
}

/* A folder of fonts that fontconfig takes for all there are. */
struct folder {
    char path[256], config[300];
    char *files[4];
    size_t count;
};

static void write_file(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void open_folder(struct folder *folder)
{
    memset(folder, 0, sizeof *folder);
    const char *above = getenv("TMPDIR");
    snprintf(folder->path, sizeof folder->path, "%s/prikaz-fonts-XXXXXX",
             above ? above : P_tmpdir);
    assert_non_null(mkdtemp(folder->path));
    snprintf(folder->config, sizeof folder->config, "%s/fonts.conf", folder->path);
    char text[1024];
    int n = snprintf(text, sizeof text,
                     "<?xml version=\"1.0\"?><fontconfig><dir>%s</dir></fontconfig>\n",
                     folder->path);
    write_file(folder->config, text, (size_t)n);
    setenv("FONTCONFIG_FILE", folder->config, 1);
}

static void add_font(struct folder *folder, const char *name, const void *bytes, size_t n)
{
    char *path = NULL;
    assert_true(asprintf(&path, "%s/%s", folder->path, name) > 0);
    write_file(path, bytes, n);
    folder->files[folder->count++] = path;
}

static void close_folder(struct folder *folder)
{
    unsetenv("FONTCONFIG_FILE");
    for (size_t i = 0; i < folder->count; i++) {
        unlink(folder->files[i]);
        free(folder->files[i]);
    }
    unlink(folder->config);
    rmdir(folder->path);
}

static void test_a_real_family_wins_over_its_twin(void **state)
{
    (void)state;
    struct bytes font = copy_font("Liberation Serif");
    struct folder folder;
    open_folder(&folder);
    add_font(&folder, "a.ttf", font.data, font.size);
    rename_family(&font, "Times New Roman");
    add_font(&folder, "z.ttf", font.data, font.size);
    struct text_fonts *fonts = text_new_fonts();
    struct diag *diag = diag_new();
    const struct text_font *real = text_find_font(fonts, "Times New Roman", 400, false, diag);
    assert_string_equal(text_font_info(real)->family, "Times New Roman");
    assert_string_equal(
        text_font_info(text_find_font(fonts, "serif", 400, false, diag))->family,
        "Liberation Serif");
    assert_int_equal(diag_worst(diag), DIAG_NONE);
    diag_free(diag);
    text_free_fonts(fonts);
    close_folder(&folder);
    free(font.data);
}

static void test_no_font_is_null(void **state)
{
    (void)state;
    struct folder folder;
    open_folder(&folder);
    struct text_fonts *fonts = text_new_fonts();
    assert_null(text_find_font(fonts, "Times New Roman, serif", 400, false, NULL));
    text_free_fonts(fonts);
    close_folder(&folder);
}

/* What fontconfig listed and the file no longer is: the next best face is taken. */
static void test_a_file_that_will_not_open_is_passed_over(void **state)
{
    (void)state;
    struct bytes font = copy_font("Liberation Serif");
    struct folder folder;
    open_folder(&folder);
    add_font(&folder, "a.ttf", font.data, font.size);
    add_font(&folder, "b.ttf", font.data, font.size);
    struct text_fonts *fonts = text_new_fonts();
    size_t n;
    text_list_candidates(fonts, &n);
    assert_int_equal(n, 2);
    write_file(folder.files[0], "gone", 4);
    const struct text_font *found = text_find_font(fonts, "serif", 400, false, NULL);
    assert_non_null(found);
    assert_string_equal(text_font_info(found)->file, folder.files[1]);
    text_free_fonts(fonts);
    close_folder(&folder);
    free(font.data);
}

/* --- damaged files ------------------------------------------------------------------------ */

/* Everything that reads the face. */
static void use_font(struct text_fonts *fonts, const struct text_font *font)
{
    static const uint32_t word[] = {0x41F, 0x440, 'V',   'A',   'f',
                                    'i',   0xAD,  0x438, 0x306, 0x2011};
    const struct text_font_info *info = text_font_info(font);
    assert_in_range(info->units_per_em, 16, 16384);
    assert_true(info->ascender > 0 && info->descender <= 0 && info->x_height > 0);
    assert_true(info->name[0] != '\0' && info->family != NULL);
    const struct text_word *w = text_shape(font, word, sizeof word / sizeof *word, "ru", 0);
    for (size_t i = 0; i < w->glyph_count; i++) {
        assert_true(w->glyphs[i].id < info->glyph_count);
        assert_true(w->glyphs[i].cluster < w->cp_count);
    }
    text_shape(font, word, 6, NULL, TEXT_NO_KERNING | TEXT_NO_LIGATURES);
    text_cover(fonts, font, 0x416);
}

static void open_damaged(struct text_fonts *fonts, const struct bytes *font)
{
    int fd = memfd_create("font", 0);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    assert_int_equal(write(fd, font->data, font->size), (ssize_t)font->size);
    struct text_font *opened = text_open_face(fonts, path, 0);
    if (opened)
        use_font(fonts, opened);
    text_close_face(opened);
    close(fd);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Bits flipped in the directory and the heads of the tables, where a bit means most, and
 * anywhere. */
static void test_flipped_bits_are_survived(void **state)
{
    (void)state;
    struct bytes font = copy_font("Liberation Serif"),
                 damaged = {mem_alloc(font.size), font.size};
    uint32_t seed = 1;
    /* Fonts of their own, so that the fallbacks stay sound and the words of a face that is gone
     * are not met again. */
    struct text_fonts *fonts = text_new_fonts();
    uint32_t tables = be16(font.data + 4);
    for (int round = 0; round < 200; round++) {
        memcpy(damaged.data, font.data, font.size);
        for (uint32_t flips = 1 + next_random(&seed) % 40; flips; flips--) {
            uint32_t at = next_random(&seed) % (uint32_t)font.size;
            if (round % 2) {
                unsigned char *row =
                    font.data + 12 + 16 * (size_t)(next_random(&seed) % tables);
                at = (be16(row + 8) << 16 | be16(row + 10)) + next_random(&seed) % 96;
            }
            if (round % 5 == 0)
                at = next_random(&seed) % 400;
            damaged.data[at % font.size] ^= (unsigned char)(1u << next_random(&seed) % 8);
        }
        open_damaged(fonts, &damaged);
    }
    text_free_fonts(fonts);
    free(damaged.data);
    free(font.data);
}

static void test_cut_files_are_survived(void **state)
{
    (void)state;
    struct bytes font = copy_font("Liberation Sans");
    struct text_fonts *fonts = text_new_fonts();
    static const size_t sizes[] = {0, 1, 4, 11, 12, 13, 100, 300, 400, 5000, 50000, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct bytes cut = {font.data, sizes[i]};
        open_damaged(fonts, &cut);
    }
    assert_null(text_open_face(fonts, "/nonexistent.ttf", 0));
    assert_null(text_open_face(fonts, "/", 0));
    text_free_fonts(fonts);
    free(font.data);
}

/* Tables whose values are absurd and well-formed. */
static void test_absurd_metrics_are_mended(void **state)
{
    (void)state;
    struct bytes font = copy_font("Liberation Serif");
    memset(find_table(&font, "OS/2") + 2, 0x7F, 70);
    memset(find_table(&font, "hhea") + 4, 0x80, 6);
    memset(find_table(&font, "post") + 4, 0x77, 8);
    memset(find_table(&font, "head") + 36, 0xFF, 10);
    struct text_fonts *fonts = text_new_fonts();
    open_damaged(fonts, &font);
    memset(find_table(&font, "head") + 18, 0, 2); /* no units: HarfBuzz takes 1000 */
    open_damaged(fonts, &font);
    text_free_fonts(fonts);
    free(font.data);
}

static int set_up(void **state)
{
    unsetenv("FONTCONFIG_FILE");
    *state = text_new_fonts();
    return 0;
}

static int tear_down(void **state)
{
    text_free_fonts(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_families_lead_to_faces),
        cmocka_unit_test(test_equal_faces_are_equal_pointers),
        cmocka_unit_test(test_substitution_is_noted_once),
        cmocka_unit_test(test_metrics_are_those_of_the_file),
        cmocka_unit_test(test_scale_rounds),
        cmocka_unit_test(test_a_real_family_wins_over_its_twin),
        cmocka_unit_test(test_no_font_is_null),
        cmocka_unit_test(test_a_file_that_will_not_open_is_passed_over),
        cmocka_unit_test(test_flipped_bits_are_survived),
        cmocka_unit_test(test_cut_files_are_survived),
        cmocka_unit_test(test_absurd_metrics_are_mended),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
