/* Shaped words and covered characters. Assumes fonts-liberation, fonts-paratype and
 * fonts-dejavu-core. */
#include "base/utf8.h"
#include "text/face.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct text_font *serif(struct text_fonts *fonts)
{
    return text_find_font(fonts, "Times New Roman", 400, false, NULL);
}

static size_t decode(const char *s, uint32_t *cps)
{
    const char *end = s + strlen(s);
    size_t n = 0;
    while (s < end)
        cps[n++] = utf8_next(&s, end);
    return n;
}

static const struct text_word *shape(const struct text_font *font, const char *s,
                                     unsigned flags)
{
    uint32_t cps[256] = {0};
    size_t n = decode(s, cps);
    return text_shape(font, cps, n, "ru", flags);
}

static int64_t sum_of(const struct text_word *w)
{
    int64_t sum = 0;
    for (size_t i = 0; i < w->glyph_count; i++)
        sum += w->glyphs[i].advance;
    return sum;
}

static void test_a_word_is_shaped_once(void **state)
{
    const struct text_font *font = serif(*state);
    const struct text_word *w = shape(font, "Приказ", 0);
    assert_ptr_equal(w, shape(font, "Приказ", 0));
    assert_ptr_not_equal(w, shape(font, "Приказы", 0));
    assert_ptr_not_equal(w, shape(font, "Приказ", TEXT_NO_KERNING));
    assert_ptr_equal(w->font, font);
    assert_int_equal(w->cp_count, 6);
    assert_int_equal(w->glyph_count, 6);
    assert_int_equal(w->cps[0], 0x41F);
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(w->glyphs[i].cluster, i);
        assert_true(w->glyphs[i].id != 0 && w->glyphs[i].advance > 0);
    }
    assert_int_equal(w->advance, sum_of(w));
}

/* Enough words for the table to grow several times; all are found again. */
static void test_many_words_keep_their_place(void **state)
{
    enum { WORDS = 5000 };
    const struct text_font *font = serif(*state);
    static const struct text_word *words[WORDS];
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < WORDS; i++) {
            uint32_t cps[3] = {0x430 + i % 32, 0x430 + i / 32 % 32, 0x430 + i / 1024};
            const struct text_word *w = text_shape(font, cps, 3, "ru", 0);
            if (pass == 0)
                words[i] = w;
            assert_ptr_equal(w, words[i]);
            assert_memory_equal(w->cps, cps, sizeof cps);
        }
}

static void test_kerning_can_be_turned_off(void **state)
{
    const struct text_font *font = serif(*state);
    assert_true(shape(font, "AVAVA", 0)->advance <
                shape(font, "AVAVA", TEXT_NO_KERNING)->advance);
    const struct text_font *sans = text_find_font(*state, "DejaVu Sans", 400, false, NULL);
    assert_int_equal(shape(sans, "ffi", TEXT_NO_LIGATURES)->glyph_count, 3);
}

static void test_ligatures_keep_clusters(void **state)
{
    const struct text_font *sans = text_find_font(*state, "DejaVu Sans", 400, false, NULL);
    const struct text_word *w = shape(sans, "afib", 0);
    assert_int_equal(w->cp_count, 4);
    assert_int_equal(w->glyph_count, 3);
    assert_int_equal(w->glyphs[1].cluster, 1);
    assert_int_equal(w->glyphs[2].cluster, 3);
}

static void test_spaces_and_nothing_are_words(void **state)
{
    const struct text_font *font = serif(*state);
    const struct text_word *space = shape(font, " ", 0);
    assert_true(space->advance > 0);
    assert_int_equal(shape(font, "\u00A0", 0)->advance, space->advance);
    assert_int_equal(shape(font, "", 0)->advance, 0);
    assert_int_equal(shape(font, "", 0)->glyph_count, 0);
    assert_true(shape(font, "\u2003", 0)->advance > space->advance);
}

static void test_invisible_characters_leave_no_glyph(void **state)
{
    const struct text_font *font = serif(*state);
    assert_int_equal(shape(font, "ин\u00ADфо", 0)->glyph_count, 4);
    assert_int_equal(shape(font, "ин\u00ADфо", 0)->cp_count, 5);
    assert_int_equal(shape(font, "ин\u00ADфо", 0)->advance, shape(font, "инфо", 0)->advance);
    assert_int_equal(shape(font, "\u00AD", 0)->glyph_count, 0);
    assert_int_equal(shape(font, "\u200B\u2060\uFEFF", 0)->advance, 0);
}

static void test_hyphens_stand_in_for_each_other(void **state)
{
    const struct text_font *font = serif(*state);
    const struct text_word *w = shape(font, "а\u2011б", 0);
    assert_int_equal(w->glyph_count, 3);
    assert_true(w->glyphs[1].id != 0);
    assert_int_equal(w->cps[1], 0x2011);
    assert_ptr_equal(text_cover(*state, font, 0x2011), font);
}

static void test_missing_characters_are_glyph_0(void **state)
{
    const struct text_word *w = shape(serif(*state), "a\u4E00", 0);
    assert_int_equal(w->glyph_count, 2);
    assert_int_equal(w->glyphs[1].id, 0);
}

/* The decomposed й is the composed one where the face has it. */
static void test_letters_are_composed(void **state)
{
    const struct text_font *font = serif(*state);
    const struct text_word *w = shape(font, "и\u0306", 0);
    assert_int_equal(w->glyph_count, 1);
    assert_int_equal(w->glyphs[0].id, shape(font, "й", 0)->glyphs[0].id);
}

static void test_language_of_the_locale_is_no_matter(void **state)
{
    const struct text_font *font = serif(*state);
    static const uint32_t cps[] = {0x433, 0x434, 0x43F, 0x442};
    const struct text_word *none = text_shape(font, cps, 4, NULL, 0);
    const struct text_word *odd =
        text_shape(font, cps, 4, "a-tag-longer-than-any-language-tag-may-be", 0);
    assert_ptr_equal(none, odd);
    assert_ptr_not_equal(none, text_shape(font, cps, 4, "sr", 0));
    assert_ptr_equal(none, text_shape(font, cps, 4, "", 0));
}

static void test_the_longest_word(void **state)
{
    enum { LONGEST = 65535 };
    uint32_t *cps = mem_alloc(LONGEST * sizeof *cps);
    for (size_t i = 0; i < LONGEST; i++)
        cps[i] = i % 2 ? 0x43E : 0x436;
    const struct text_word *w = text_shape(serif(*state), cps, LONGEST, "ru", 0);
    assert_int_equal(w->cp_count, LONGEST);
    assert_int_equal(w->glyph_count, LONGEST);
    assert_int_equal(w->advance, sum_of(w));
    free(cps);
}

static void check_cover(struct text_fonts *fonts, const struct text_font *font, uint32_t cp,
                        const char *name)
{
    const struct text_font *found = text_cover(fonts, font, cp);
    assert_string_equal(found ? text_font_info(found)->name : "none", name);
    assert_ptr_equal(found, text_cover(fonts, font, cp));
}

static void test_missing_characters_are_found_elsewhere(void **state)
{
    const struct text_font *font = serif(*state);
    const struct text_font *bold = text_find_font(*state, "serif", 700, true, NULL);
    const struct text_font *sans = text_find_font(*state, "sans-serif", 400, false, NULL);
    check_cover(*state, font, 0x416, "LiberationSerif");
    check_cover(*state, font, 0x2116, "LiberationSerif");
    check_cover(*state, font, 0x2610, "DejaVuSans"); /* ballot box */
    assert_int_equal(text_font_info(text_cover(*state, bold, 0x2610))->weight, 700);
    check_cover(*state, sans, 0x2610, "DejaVuSans");
    check_cover(*state, font, 0x10FFFE, "none");
    check_cover(*state, font, 0x10FFFE, "none");
}

static void test_the_rouble_is_shown(void **state)
{
    const struct text_font *found = text_cover(*state, serif(*state), 0x20BD);
    assert_non_null(found);
    assert_true(text_has_glyph(found, 0x20BD));
    if (found != serif(*state))
        assert_string_equal(text_font_info(found)->name, "PTSerif-Regular");
}

static void test_characters_without_glyphs_need_none(void **state)
{
    static const uint32_t cps[] = {0xAD,   0x200B, 0x200D, 0x2060, 0xFEFF,
                                   0xFE0F, 0xA0,   0x202F, 0x2009, 0x2011};
    for (size_t i = 0; i < sizeof cps / sizeof *cps; i++)
        assert_ptr_equal(text_cover(*state, serif(*state), cps[i]), serif(*state));
}

static int set_up(void **state)
{
    setlocale(LC_ALL, "");
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
        cmocka_unit_test(test_a_word_is_shaped_once),
        cmocka_unit_test(test_many_words_keep_their_place),
        cmocka_unit_test(test_kerning_can_be_turned_off),
        cmocka_unit_test(test_ligatures_keep_clusters),
        cmocka_unit_test(test_spaces_and_nothing_are_words),
        cmocka_unit_test(test_invisible_characters_leave_no_glyph),
        cmocka_unit_test(test_hyphens_stand_in_for_each_other),
        cmocka_unit_test(test_missing_characters_are_glyph_0),
        cmocka_unit_test(test_letters_are_composed),
        cmocka_unit_test(test_language_of_the_locale_is_no_matter),
        cmocka_unit_test(test_the_longest_word),
        cmocka_unit_test(test_missing_characters_are_found_elsewhere),
        cmocka_unit_test(test_the_rouble_is_shown),
        cmocka_unit_test(test_characters_without_glyphs_need_none),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
