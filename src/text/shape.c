/* Words shaped by HarfBuzz, each once.
 *
 * A document of thousands of table rows consists of a few thousand different words, so a word is
 * looked up in a hash table of its face (key: characters, language, flags) and only a new one is
 * shaped. Words live in the arena of the fonts. The hash decides where a word is stored and never
 * what comes out.
 *
 * What HarfBuzz says about a damaged font is bounded before it is believed: glyph numbers the
 * face does not have become glyph 0, offsets and advances of more than a few ems are cut, and a
 * word of more glyphs than the border can count is set letter by letter instead. */
#include "text/face.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 65535, ADVANCE_EMS_MAX = 16, BUCKETS_FIRST = 256 };

struct entry {
    const struct text_word *word; /* NULL: free */
    hb_language_t language;
    uint32_t hash;
    unsigned flags;
};

struct text_word_cache {
    struct entry *entries;
    size_t size, used; /* size is a power of two */
};

struct request {
    struct text_font *font;
    const uint32_t *cps;
    size_t n;
    hb_language_t language;
    unsigned flags;
};

void text_free_words(struct text_word_cache *words)
{
    if (!words)
        return;
    free(words->entries);
    free(words);
}

static uint32_t hash_word(const struct request *r)
{
    uint64_t h = r->flags + 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < r->n; i++)
        h = (h ^ r->cps[i]) * 0x100000001B3u;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    return (uint32_t)(h >> 32);
}

/* The entry of the request, or the free one where it belongs. */
static struct entry *find_entry(struct text_word_cache *c, const struct request *r,
                                uint32_t hash)
{
    size_t mask = c->size - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct entry *e = &c->entries[i];
        if (!e->word || (e->hash == hash && e->flags == r->flags &&
                         e->language == r->language && e->word->cp_count == r->n &&
                         memcmp(e->word->cps, r->cps, r->n * sizeof *r->cps) == 0))
            return e;
    }
}

static void grow_cache(struct text_word_cache *c)
{
    struct text_word_cache old = *c;
    c->size = old.size ? old.size * 2 : BUCKETS_FIRST;
    c->entries = mem_zalloc(c->size * sizeof *c->entries);
    for (size_t i = 0; i < old.size; i++) {
        if (!old.entries[i].word)
            continue;
        size_t at = old.entries[i].hash & (c->size - 1);
        while (c->entries[at].word)
            at = (at + 1) & (c->size - 1);
        c->entries[at] = old.entries[i];
    }
    free(old.entries);
}

/* The script of the first character that has one: the language's rules hang on it. */
static hb_script_t find_script(const uint32_t *cps, size_t n)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (size_t i = 0; i < n; i++) {
        hb_script_t s = hb_unicode_script(unicode, cps[i]);
        if (s != HB_SCRIPT_COMMON && s != HB_SCRIPT_INHERITED && s != HB_SCRIPT_UNKNOWN)
            return s;
    }
    return HB_SCRIPT_COMMON;
}

static void fill_buffer(hb_buffer_t *buffer, const struct request *r)
{
    hb_buffer_clear_contents(buffer);
    for (size_t i = 0; i < r->n; i++)
        hb_buffer_add(buffer, text_stand_in(r->font, r->cps[i]), (unsigned)i);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, find_script(r->cps, r->n));
    hb_buffer_set_language(buffer, r->language);
}

static void run_harfbuzz(hb_buffer_t *buffer, const struct request *r)
{
    static const hb_feature_t NO_KERNING[] = {
        {HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
    static const hb_feature_t NO_LIGATURES[] = {
        {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
    hb_feature_t features[3];
    unsigned n = 0;
    if (r->flags & TEXT_NO_KERNING)
        features[n++] = NO_KERNING[0];
    if (r->flags & TEXT_NO_LIGATURES) {
        features[n++] = NO_LIGATURES[0];
        features[n++] = NO_LIGATURES[1];
    }
    hb_shape(r->font->hb, buffer, features, n);
    REQUIRE(hb_buffer_allocation_successful(buffer));
}

static int32_t bound(int32_t v, int32_t most)
{
    return v > most ? most : v < -most ? -most : v;
}

/* An advance in 1/1000 em: the glyph's own width and what kerning adds are each cut off, as
 * the widths in a PDF are, so that lines are as long as they are painted. */
static int32_t milli_advance(const struct text_font *font, uint32_t glyph, int32_t advance)
{
    int32_t own = hb_font_get_glyph_h_advance(font->hb, glyph);
    return text_milli(font, own) + text_milli(font, advance - own);
}

static void copy_glyphs(const struct request *r, struct text_word *word, struct text_glyph *to)
{
    unsigned n;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(r->font->fonts->buffer, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(r->font->fonts->buffer, &n);
    int32_t most = r->font->info.units_per_em * ADVANCE_EMS_MAX;
    int64_t sum = 0;
    for (unsigned i = 0; i < n; i++) {
        to[i].id = infos[i].codepoint < r->font->info.glyph_count ? infos[i].codepoint : 0;
        to[i].cluster = infos[i].cluster < r->n ? infos[i].cluster : 0;
        to[i].advance = bound(milli_advance(r->font, to[i].id, at[i].x_advance), most);
        to[i].dx = bound(text_milli(r->font, at[i].x_offset), most);
        to[i].dy = bound(text_milli(r->font, at[i].y_offset), most);
        sum += to[i].advance;
    }
    word->advance = sum > INT32_MAX ? INT32_MAX : sum < 0 ? 0 : (int32_t)sum;
}

/* One glyph a character, no rules applied. */
static void set_letters(const struct request *r, struct text_word *word, struct text_glyph *to)
{
    int32_t most = r->font->info.units_per_em * ADVANCE_EMS_MAX;
    int64_t sum = 0;
    for (size_t i = 0; i < r->n; i++) {
        hb_codepoint_t id = 0;
        hb_font_get_nominal_glyph(r->font->hb, r->cps[i], &id);
        to[i].id = id < r->font->info.glyph_count ? id : 0;
        to[i].cluster = (uint32_t)i;
        to[i].advance = bound(milli_advance(r->font, to[i].id,
                                            hb_font_get_glyph_h_advance(r->font->hb, to[i].id)),
                              most);
        sum += to[i].advance;
    }
    word->advance = sum > INT32_MAX ? INT32_MAX : sum < 0 ? 0 : (int32_t)sum;
}

static const struct text_word *shape_word(const struct request *r)
{
    struct text_fonts *fonts = r->font->fonts;
    fill_buffer(fonts->buffer, r);
    run_harfbuzz(fonts->buffer, r);
    unsigned n = hb_buffer_get_length(fonts->buffer);
    bool plain = n > WORD_MAX;
    struct text_word *word = ARENA_NEW(fonts->arena, struct text_word);
    struct text_glyph *glyphs =
        ARENA_ARRAY(fonts->arena, struct text_glyph, plain ? r->n : (size_t)n);
    word->font = r->font;
    word->number = (uint32_t)r->font->words->used;
    word->cp_count = (uint16_t)r->n;
    word->cps = arena_copy(fonts->arena, r->cps, r->n * sizeof *r->cps);
    word->glyphs = glyphs;
    word->glyph_count = (uint16_t)(plain ? r->n : n);
    if (plain)
        set_letters(r, word, glyphs);
    else
        copy_glyphs(r, word, glyphs);
    return word;
}

/* HarfBuzz's name of a language; the last one is remembered, since documents keep to one. NULL
 * must not become the locale's language. */
static hb_language_t find_language(struct text_fonts *fonts, const char *language)
{
    if (!language || !*language)
        return HB_LANGUAGE_INVALID;
    size_t n = strlen(language);
    if (n >= sizeof fonts->language)
        return HB_LANGUAGE_INVALID;
    if (strcmp(fonts->language, language) != 0) {
        memcpy(fonts->language, language, n + 1);
        fonts->hb_language = hb_language_from_string(language, (int)n);
    }
    return fonts->hb_language;
}

const struct text_word *text_shape(const struct text_font *font, const uint32_t *cps, size_t n,
                                   const char *language, unsigned flags)
{
    REQUIRE(n <= WORD_MAX);
    /* A face is only const to its users: its cache of words is filled as it is needed. */
    struct text_font *face = (struct text_font *)(uintptr_t)font;
    struct request r = {face, cps, n, find_language(face->fonts, language), flags};
    if (!face->words)
        face->words = mem_zalloc(sizeof *face->words);
    if (face->words->used * 2 >= face->words->size)
        grow_cache(face->words);
    uint32_t hash = hash_word(&r);
    struct entry *e = find_entry(face->words, &r, hash);
    if (!e->word) {
        face->words->used++;
        *e = (struct entry){shape_word(&r), r.language, hash, flags};
    }
    return e->word;
}
