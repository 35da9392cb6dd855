/* Characters a face lacks: what needs no glyph, what another character can stand in for, and
 * which other face has it. */
#include "text/face.h"

#include <assert.h>

/* The faces asked first, in text.h's order; with sans-serif or fixed-pitch text the faces of
 * that kind come before the others. */
static const struct {
    const char *family;
    enum { SERIF, SANS, FIXED } kind;
} FALLBACKS[] = {
    {"PT Serif", SERIF},   {"PT Sans", SANS},           {"DejaVu Serif", SERIF},
    {"DejaVu Sans", SANS}, {"DejaVu Sans Mono", FIXED},
};

/* What was found for one character beside one face. */
struct text_covering {
    struct text_covering *next;
    const struct text_font *wanted, *found;
    uint32_t cp;
};

bool text_has_glyph(const struct text_font *font, uint32_t cp)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(font->hb, cp, &glyph) && glyph != 0;
}

/* Characters that show nothing and need no glyph: soft hyphen, joiners, variation selectors. */
static bool is_invisible(uint32_t cp)
{
    return cp == 0xAD || cp == 0x34F || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) ||
           (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xFEFF;
}

/* Spaces of a fixed width: HarfBuzz makes them from the plain space. */
static bool is_fixed_space(uint32_t cp)
{
    return cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F ||
           cp == 0x3000;
}

uint32_t text_stand_in(const struct text_font *font, uint32_t cp)
{
    if ((cp == 0x2010 || cp == 0x2011) && !text_has_glyph(font, cp))
        return cp == 0x2011 && text_has_glyph(font, 0x2010) ? 0x2010 : '-';
    return cp;
}

/* Whether text_shape shows `cp` with this face. */
static bool can_show(const struct text_font *font, uint32_t cp)
{
    if (text_has_glyph(font, cp) || is_invisible(cp))
        return true;
    if (is_fixed_space(cp))
        return text_has_glyph(font, ' ');
    uint32_t instead = text_stand_in(font, cp);
    return instead != cp && text_has_glyph(font, instead);
}

static void add_fallbacks(struct text_font *font, int kind, bool same)
{
    const struct text_font_info *info = &font->info;
    for (size_t i = 0; i < sizeof FALLBACKS / sizeof *FALLBACKS; i++) {
        if (((int)FALLBACKS[i].kind == kind) != same)
            continue;
        const struct text_font *f =
            text_find_family(font->fonts, FALLBACKS[i].family, info->weight, info->italic);
        if (f && f != font)
            font->fallbacks[font->fallback_count++] = f;
    }
}

static void find_fallbacks(struct text_font *font)
{
    static_assert(sizeof FALLBACKS / sizeof *FALLBACKS <= TEXT_FALLBACKS_MAX, "room for all");
    font->fallbacks_known = true;
    int kind = font->info.fixed ? FIXED : font->info.serif ? SERIF : SANS;
    if (kind != SERIF)
        add_fallbacks(font, kind, true);
    add_fallbacks(font, kind == SERIF ? -1 : kind, false);
}

static bool offers(const struct text_candidate *c, uint32_t cp)
{
    FcCharSet *set;
    return !c->broken &&
           FcPatternGetCharSet(c->pattern, FC_CHARSET, 0, &set) == FcResultMatch &&
           FcCharSetHasChar(set, cp);
}

/* The candidate that offers `cp` and comes next after `last` in the order of distance, then of
 * the list; `*last` is the distance of the last one, `from` where it stood (n: none yet). */
static size_t next_offer(const struct text_font *wanted, uint32_t cp, int64_t *last,
                         size_t from)
{
    size_t n;
    const struct text_candidate *all = text_list_candidates(wanted->fonts, &n);
    int64_t least = INT64_MAX;
    size_t best = n;
    for (size_t i = 0; i < n; i++) {
        int64_t d = text_style_distance(&all[i], wanted->info.weight, wanted->info.italic);
        bool later = from == n || d > *last || (d == *last && i > from);
        if (later && d < least && offers(&all[i], cp)) {
            least = d;
            best = i;
        }
    }
    *last = least;
    return best;
}

/* The installed face nearest in style whose character set, as fontconfig knows it, has `cp`;
 * the file has the last word, since the cache may be older. */
static const struct text_font *find_anywhere(const struct text_font *wanted, uint32_t cp)
{
    size_t n;
    struct text_candidate *all = text_list_candidates(wanted->fonts, &n);
    int64_t last = 0;
    for (size_t i = n; (i = next_offer(wanted, cp, &last, i)) < n;) {
        const struct text_font *font = text_open_candidate(wanted->fonts, &all[i]);
        if (font && text_has_glyph(font, cp))
            return font;
    }
    return NULL;
}

/* A face is const to its users only: its caches are filled as they are needed. */
static struct text_font *own_face(const struct text_font *font)
{
    return (struct text_font *)(uintptr_t)font;
}

static const struct text_font *find_cover(const struct text_font *wanted, uint32_t cp)
{
    struct text_font *font = own_face(wanted);
    if (!font->fallbacks_known)
        find_fallbacks(font);
    for (size_t i = 0; i < font->fallback_count; i++)
        if (text_has_glyph(font->fallbacks[i], cp))
            return font->fallbacks[i];
    return find_anywhere(wanted, cp);
}

const struct text_font *text_cover(struct text_fonts *fonts, const struct text_font *wanted,
                                   uint32_t cp)
{
    if (cp < TEXT_COMMON_CHARS && wanted->shows[cp])
        return wanted;
    if (can_show(wanted, cp)) {
        if (cp < TEXT_COMMON_CHARS)
            own_face(wanted)->shows[cp] = true;
        return wanted;
    }
    struct text_covering **bucket = &fonts->coverings[cp % TEXT_COVER_BUCKETS];
    for (struct text_covering *c = *bucket; c; c = c->next)
        if (c->cp == cp && c->wanted == wanted)
            return text_note_use(c->found);
    struct text_covering *c = ARENA_NEW(fonts->arena, struct text_covering);
    c->wanted = wanted;
    c->cp = cp;
    c->found = find_cover(wanted, cp);
    c->next = *bucket;
    *bucket = c;
    return text_note_use(c->found);
}

size_t text_count_common(const struct text_font *font, const uint32_t *cps, size_t n)
{
    size_t i = 0;
    while (i < n && cps[i] < TEXT_COMMON_CHARS && font->shows[cps[i]])
        i++;
    return i;
}
