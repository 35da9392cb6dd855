/* Inside the text stage: what a face and the collection of faces are made of. */
#ifndef PRIKAZ_TEXT_FACE_H
#define PRIKAZ_TEXT_FACE_H

#include "base/mem.h"
#include "text/text.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>

/* Faces a missing character is looked for in, before all others: the four of text_cover's list
 * and their fixed-pitch cousins. */
enum { TEXT_FALLBACKS_MAX = 8 };

/* Latin and Cyrillic: characters below this are asked for so often that the answer is kept. */
enum { TEXT_COMMON_CHARS = 0x500 };

struct text_word_cache;

struct text_font {
    struct text_font_info info;
    int32_t upem; /* units per em of the file; everything outside is in 1/1000 em */
    hb_blob_t *blob;
    hb_face_t *face;
    hb_font_t *hb;
    struct text_fonts *fonts;
    struct text_word_cache *words;
    bool used; /* given out since text_forget_use */
    const struct text_font *fallbacks[TEXT_FALLBACKS_MAX];
    size_t fallback_count;
    bool fallbacks_known;
    bool shows[TEXT_COMMON_CHARS]; /* true once text_cover has found that the face does */
};

/* Remember that the face is given out; NULL is allowed. Returns it. */
const struct text_font *text_note_use(const struct text_font *font);

/* Units of the font's file in 1/1000 em, cut off towards zero. */
int32_t text_milli(const struct text_font *font, int32_t units);

/* A font file as fontconfig's cache describes it. */
struct text_candidate {
    FcPattern *pattern; /* owned by the configuration */
    const char *file;   /* borrowed from the pattern */
    int index, weight, width;
    bool italic;
    bool broken; /* could not be opened: do not try again */
    struct text_font *font;
};

struct text_query;
struct text_covering;
enum { TEXT_QUERY_BUCKETS = 64, TEXT_COVER_BUCKETS = 256, TEXT_LANGUAGES_MAX = 8 };

struct text_fonts {
    struct arena *arena;
    FcConfig *config; /* NULL until a font is first asked for */
    struct text_candidate *candidates;
    size_t candidate_count;
    struct text_query *queries[TEXT_QUERY_BUCKETS];
    struct text_covering *coverings[TEXT_COVER_BUCKETS];
    hb_buffer_t *buffer; /* reused by text_shape */
    char language[32];   /* the last one asked for, and what HarfBuzz calls it */
    hb_language_t hb_language;
    struct {
        char name[16];
        struct text_hyphenator *hyphenator; /* NULL: there are no patterns */
        bool used;
    } hyphenators[TEXT_LANGUAGES_MAX];
    size_t hyphenator_count;
};

/* Open face `index` of `file`; NULL when it is not a font whose outlines can be embedded or its
 * basic tables contradict each other. Close with text_close_face. */
struct text_font *text_open_face(struct text_fonts *fonts, const char *file, int index);
void text_close_face(struct text_font *font);

/* Whether the face has a glyph of its own for `cp`. */
bool text_has_glyph(const struct text_font *font, uint32_t cp);

/* The character to shape instead of `cp` where a face lacks one of the hyphens, else `cp`. */
uint32_t text_stand_in(const struct text_font *font, uint32_t cp);

/* All installed candidates, sorted by file and index; loaded at the first call. */
struct text_candidate *text_list_candidates(struct text_fonts *fonts, size_t *n);

/* The opened face of a candidate, or NULL (and the candidate is marked broken). */
struct text_font *text_open_candidate(struct text_fonts *fonts, struct text_candidate *c);

/* How far a candidate is from the style asked for; 0 is exact. */
int64_t text_style_distance(const struct text_candidate *c, int weight, bool italic);

/* The face of one installed family nearest to the style, or NULL. */
const struct text_font *text_find_family(struct text_fonts *fonts, const char *family,
                                         int weight, bool italic);

void text_free_words(struct text_word_cache *words);
void text_free_hyphenator(struct text_hyphenator *h);

/* The hyphenator read from one file of patterns (libhyphen's .dic format), or NULL; `language`
 * decides whether the rules of Russian apply. */
struct text_hyphenator *text_load_hyphenator(const char *file, const char *language);

/* The file the patterns were read from; borrowed. */
const char *text_hyphenator_file(const struct text_hyphenator *h);

#endif
