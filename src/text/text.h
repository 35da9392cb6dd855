/* Text: fonts found, words shaped, places where a line may break, hyphens.
 *
 * Words, not runs, are shaped: a word is shaped once per font in 1/1000 em and shared by
 * pointer, so that a table of thousands of rows repeats no work. */
#ifndef PRIKAZ_TEXT_TEXT_H
#define PRIKAZ_TEXT_TEXT_H

#include "base/diag.h"
#include "base/mpt.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All fonts of a process: found through fontconfig, opened when first needed, never closed
 * before text_free_fonts. Not thread-safe. */
struct text_fonts;

/* One font file's face. Borrowed from text_fonts; equal faces are equal pointers. */
struct text_font;

struct text_fonts *text_new_fonts(void);
void text_free_fonts(struct text_fonts *fonts);

/* The face for a family list («Times New Roman, serif»), a weight 100..900 and a slant; the
 * first family that is installed or has a metric twin (fontconfig's «same metrics» aliases),
 * then the generic one. Never NULL unless no font is installed at all. When the first family
 * named was replaced by a face that is not its metric twin, a note is added to `diag` once;
 * `diag` may be NULL. The pointer lives as long as `fonts`. */
const struct text_font *text_find_font(struct text_fonts *fonts, const char *families,
                                       int weight, bool italic, struct diag *diag);

/* The face that shows `cp` when `wanted` was asked for: `wanted` itself, or a face from the
 * fallback list (PT Serif, PT Sans, DejaVu Serif, DejaVu Sans of like weight and slant; those of
 * its kind first when `wanted` is sans-serif or of fixed pitch), then what fontconfig knows of;
 * NULL if no installed font has the character. The caller reports. Spaces, joiners and the soft
 * hyphen need no glyph, and another hyphen may stand in for U+2010 and U+2011: all these are
 * shown by `wanted`. */
const struct text_font *text_cover(struct text_fonts *fonts, const struct text_font *wanted,
                                   uint32_t cp);
/* How many of the characters from the first on `font` is known to show itself: at most those up to
 * the first of which text_cover has not been asked yet. */
size_t text_count_common(const struct text_font *font, const uint32_t *cps, size_t n);

/* The files a document depends on through its text: call text_forget_use before it, and after it
 * text_list_used gives the path of every font file and pattern file that was given out since,
 * some perhaps twice. text_list_installed gives every font file there is to choose from, in the
 * order of paths. */
void text_forget_use(struct text_fonts *fonts);
void text_list_used(const struct text_fonts *fonts, void (*each)(void *self, const char *path),
                    void *self);
void text_list_installed(struct text_fonts *fonts, void (*each)(void *self, const char *path),
                         void *self);

/* What the area and PDF stages need of a face. Values in 1/1000 em, cut off towards zero from the
 * file's own units, as PDF has them. */
struct text_font_info {
    const char *file;               /* path */
    int index;                      /* of the face in a collection */
    const char *name;               /* PostScript name, «LiberationSerif-Bold» */
    const char *family;             /* family name for messages */
    int weight;                     /* 100..900 */
    bool italic, fixed, serif, cff; /* cff: OpenType with CFF outlines */
    int32_t units_per_em;           /* 1000 */
    int32_t ascender, descender;    /* OS/2 sTypo; descender negative */
    int32_t line_gap;
    int32_t cap_height, x_height;                    /* OS/2, or measured on H and x */
    int32_t underline_position, underline_thickness; /* position below the baseline: negative */
    int32_t strikeout_position, strikeout_thickness;
    int32_t subscript_offset, superscript_offset; /* both positive */
    int32_t box[4];                               /* xMin yMin xMax yMax */
    int32_t italic_angle;                         /* 1/1000 degree */
    uint32_t glyph_count;
    const unsigned char *data; /* the whole file, borrowed */
    size_t size;
};
const struct text_font_info *text_font_info(const struct text_font *font);

/* An em-relative value in mpt at font size `size` [mpt]. */
mpt text_scale(const struct text_font *font, int32_t units, mpt size);

/* A glyph of a shaped word, in 1/1000 em. */
struct text_glyph {
    uint32_t id;
    int32_t advance, dx, dy;
    uint32_t cluster; /* index of its first code point in the word */
};

/* A word shaped with one face: immutable, shared. `advance` is the sum of all advances. */
struct text_word {
    const struct text_font *font;
    int32_t advance;
    uint16_t glyph_count, cp_count;
    const struct text_glyph *glyphs;
    const uint32_t *cps;
    uint32_t number; /* among those of its face, from 1, in the order of first use */
    struct {         /* what text_hyphenate_word found last */
        const struct text_hyphenator *by; /* NULL: nothing yet */
        uint64_t points;
        uint16_t from, n;
        uint8_t remain, push;
    } hyphens;
};

enum { TEXT_NO_KERNING = 1, TEXT_NO_LIGATURES = 2 };

/* The word `cps[0..n)` shaped with `font` (left to right; n at most 65535; longer words are the
 * caller's to cut). Characters the face lacks become glyph 0: ask text_cover first. Invisible ones
 * (soft hyphen, joiners) leave no glyph, so a word may have none. `language` is a BCP 47 tag or
 * NULL. Cached: the pointer lives as long as the fonts. A space or U+00A0 is a word too. */
const struct text_word *text_shape(const struct text_font *font, const uint32_t *cps, size_t n,
                                   const char *language, unsigned flags);

/* Where a line may break before character i, for i in 0..n. Values for `breaks[i]`:
 * a penalty 0..TEXT_BREAK_WORST the breaker adds to its own, or one of the two limits. */
typedef int16_t text_break;
enum { TEXT_BREAK_MUST = -10000, TEXT_BREAK_WORST = 9999, TEXT_BREAK_NEVER = 10000 };

/* Fill breaks[0..n] (n + 1 values; [0] is NEVER, [n] is MUST) by UAX #14 (libunibreak), with
 * U+FFFC (an inline object) as class CB->ID-like, for the text `cps[0..n)` in `language`.
 * MUST inside the text only after U+000A and U+2028.
 *
 * `office` adds the rules of Russian office text, as penalties and not by changing the text:
 * never between initials and surname in either order («И.О. Фамилия», «Фамилия И.О.», with or
 * without spaces), after № § п. пп. ст. ч. г. ул. д. с. пос. and their like before what they
 * name, between a number and its unit or sign («50 %», «5 кг», «10 000», «2021 г.», «18 марта»),
 * inside «2020–2021» and «9-х», before a dash; and, weaker (a penalty), after short prepositions and
 * conjunctions. Rules and penalties are the tables in office.c: up to 150 is taste, 1000 and more
 * a last resort. A soft hyphen is a break at 50 before the character after it, with or without
 * `office`. */
void text_find_breaks(const uint32_t *cps, size_t n, const char *language, bool office,
                      text_break *breaks);

/* Hyphenation by Liang's method with the patterns of a language. NULL if there are none. */
struct text_hyphenator;
/* Borrowed from `fonts`' process-wide cache, loaded at first use. */
const struct text_hyphenator *text_find_hyphenator(struct text_fonts *fonts,
                                                   const char *language);
/* Set points[i] for each place where a hyphen may stand before cps[i] of the word (0 < i < n).
 * Punctuation around it and hyphens in it are allowed: each run of letters is a word; addresses,
 * words with soft hyphens and letters joined to digits are left whole.
 * At least `remain` characters before and `push` after it (hyphenation-remain-/-push-character-count);
 * for ru: ё as е, words in capitals skipped, no part without a vowel. Returns how many. */
size_t text_hyphenate(const struct text_hyphenator *h, const uint32_t *cps, size_t n,
                      size_t remain, size_t push, bool *points);

/* The same for letters [from, from + n) of a shaped word, which keeps what was found: words come
 * again and again. */
struct text_letters {
    const struct text_word *word;
    size_t from, n;
};
size_t text_hyphenate_word(const struct text_hyphenator *h, const struct text_letters *letters,
                           size_t remain, size_t push, bool *points);

#endif
