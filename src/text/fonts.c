/* Fonts found: from a list of family names to one installed face.
 *
 * Model. fontconfig knows where fonts lie and keeps a cache of what is in them; the choice among
 * them is ours, so that it depends on the installed files alone and not on fontconfig's rules,
 * which differ between machines and users. Its configuration is therefore a short one of our own
 * (the usual folders, and /etc/fonts/local.conf for further ones); reading it and the caches
 * takes 0.5 ms where the full configuration takes 6 ms. Only FONTCONFIG_FILE in the environment
 * brings the full one back: who sets it wants it, and tests of folders of their own do.
 *
 * Method. For each family of the list: the family itself, if installed; else a family with the
 * same advance widths (Liberation Serif for Times New Roman), so that lines and pages stay as
 * they were meant; else the next family. A generic name is a list of families, Liberation first.
 * Within a family the nearest face by width, slant and weight (weight by the rules of CSS Fonts
 * 3, 5.2); of equal ones the first by path. No bold or slanted shapes are made up where a family
 * lacks them: the nearest face is taken and a note says so.
 *
 * Rejected: FcFontMatch and FcFontSort, whose order follows the configuration; fixed paths of
 * font files, which save nothing (the caches are read in less time than ten failed opens) and
 * would overlook a real Times New Roman in a folder of the user. */
#include "text/face.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char FOLDERS[] = "<?xml version=\"1.0\"?><fontconfig>"
                              "<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
                              "<dir prefix=\"xdg\">fonts</dir><dir>~/.fonts</dir>"
                              "<include ignore_missing=\"yes\">/etc/fonts/local.conf</include>"
                              "<cachedir>/var/cache/fontconfig</cachedir>"
                              "<cachedir prefix=\"xdg\">fontconfig</cachedir></fontconfig>";

/* Families of equal advance widths: where `name` is missing, `twin` is no substitution at all. */
static const struct {
    const char *name, *twin;
} TWINS[] = {
    {"Times New Roman", "Liberation Serif"},
    {"Times New Roman", "Tinos"},
    {"Times", "Liberation Serif"},
    {"PT Astra Serif", "Liberation Serif"},
    {"Arial", "Liberation Sans"},
    {"Arial", "Arimo"},
    {"Helvetica", "Liberation Sans"},
    {"Arial Narrow", "Liberation Sans Narrow"},
    {"Courier New", "Liberation Mono"},
    {"Courier New", "Cousine"},
    {"Courier", "Liberation Mono"},
    {"Calibri", "Carlito"},
    {"Cambria", "Caladea"},
};

static const struct {
    const char *name, *family;
} GENERICS[] = {
    {"serif", "Liberation Serif"},     {"serif", "PT Serif"},
    {"serif", "DejaVu Serif"},         {"sans-serif", "Liberation Sans"},
    {"sans-serif", "PT Sans"},         {"sans-serif", "DejaVu Sans"},
    {"monospace", "Liberation Mono"},  {"monospace", "PT Mono"},
    {"monospace", "DejaVu Sans Mono"},
};

/* An answered question, with the note that goes with the answer. */
struct text_query {
    struct text_query *next;
    const char *families;
    int weight;
    bool italic;
    const struct text_font *font;
    const char *missing; /* the family replaced by another, or NULL */
    bool noted;          /* the answer needs a note */
};

struct text_fonts *text_new_fonts(void)
{
    struct arena *arena = arena_new();
    struct text_fonts *fonts = ARENA_NEW(arena, struct text_fonts);
    fonts->arena = arena;
    fonts->buffer = hb_buffer_create();
    return fonts;
}

void text_free_fonts(struct text_fonts *fonts)
{
    if (!fonts)
        return;
    for (size_t i = 0; i < fonts->candidate_count; i++)
        text_close_face(fonts->candidates[i].font);
    for (size_t i = 0; i < fonts->hyphenator_count; i++)
        text_free_hyphenator(fonts->hyphenators[i].hyphenator);
    free(fonts->candidates);
    hb_buffer_destroy(fonts->buffer);
    if (fonts->config)
        FcConfigDestroy(fonts->config);
    arena_free(fonts->arena);
}

static FcConfig *load_config(void)
{
    if (getenv("FONTCONFIG_FILE"))
        return FcInitLoadConfigAndFonts();
    FcConfig *config = FcConfigCreate();
    if (!config)
        return NULL;
    if (!FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)FOLDERS, FcFalse) ||
        !FcConfigBuildFonts(config)) {
        FcConfigDestroy(config);
        return FcInitLoadConfigAndFonts();
    }
    return config;
}

static int pattern_int(const FcPattern *p, const char *object, int stand_in)
{
    int v;
    return FcPatternGetInteger(p, object, 0, &v) == FcResultMatch ? v : stand_in;
}

static bool pattern_bool(const FcPattern *p, const char *object, bool stand_in)
{
    FcBool v;
    return FcPatternGetBool(p, object, 0, &v) == FcResultMatch ? v == FcTrue : stand_in;
}

/* Fill `c` from a pattern; false for fonts that cannot be set or embedded as they are: bitmaps,
 * variable fonts and their instances, Type 1, web fonts. */
static bool describe_candidate(FcPattern *p, struct text_candidate *c)
{
    FcChar8 *file, *format;
    if (FcPatternGetString(p, FC_FILE, 0, &file) != FcResultMatch ||
        FcPatternGetString(p, FC_FONTFORMAT, 0, &format) != FcResultMatch)
        return false;
    if (strcmp((const char *)format, "TrueType") != 0 &&
        strcmp((const char *)format, "CFF") != 0)
        return false;
    int index = pattern_int(p, FC_INDEX, 0);
    if (index < 0 || index > 0xFFFF || pattern_bool(p, FC_VARIABLE, false) ||
        !pattern_bool(p, FC_SCALABLE, true))
        return false;
    *c = (struct text_candidate){.pattern = p, .file = (const char *)file, .index = index};
    c->weight = FcWeightToOpenType(pattern_int(p, FC_WEIGHT, FC_WEIGHT_NORMAL));
    c->width = pattern_int(p, FC_WIDTH, FC_WIDTH_NORMAL);
    c->italic = pattern_int(p, FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN;
    return true;
}

static int compare_candidates(const void *pa, const void *pb)
{
    const struct text_candidate *a = pa, *b = pb;
    int order = strcmp(a->file, b->file);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

struct text_candidate *text_list_candidates(struct text_fonts *fonts, size_t *n)
{
    if (!fonts->config) {
        fonts->config = load_config();
        REQUIRE(fonts->config);
        FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetSystem);
        int found = set ? set->nfont : 0;
        fonts->candidates = mem_alloc((size_t)found * sizeof *fonts->candidates);
        for (int i = 0; i < found; i++)
            if (describe_candidate(set->fonts[i], &fonts->candidates[fonts->candidate_count]))
                fonts->candidate_count++;
        qsort(fonts->candidates, fonts->candidate_count, sizeof *fonts->candidates,
              compare_candidates);
    }
    *n = fonts->candidate_count;
    return fonts->candidates;
}

struct text_font *text_open_candidate(struct text_fonts *fonts, struct text_candidate *c)
{
    if (!c->font && !c->broken) {
        c->font = text_open_face(fonts, c->file, c->index);
        c->broken = !c->font;
    }
    return c->font;
}

/* CSS Fonts 3, 5.2: 400 and 500 stand in for each other first; light ones look for lighter,
 * heavy ones for heavier faces first. */
static int weight_distance(int have, int want)
{
    if ((want == 400 && have == 500) || (want == 500 && have == 400))
        return 1;
    bool away = want > 500 ? have < want : have > want;
    return abs(have - want) + (away ? 1000 : 0);
}

int64_t text_style_distance(const struct text_candidate *c, int weight, bool italic)
{
    int64_t width = abs(c->width - FC_WIDTH_NORMAL);
    return width * 100000 + (c->italic != italic ? 10000 : 0) +
           weight_distance(c->weight, weight);
}

static int small_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/* Font names are compared without regard to case, in ASCII, which all but a few keep to. */
static bool is_same_name(const char *a, const char *b)
{
    for (; small_ascii(*a) == small_ascii(*b); a++, b++)
        if (!*a)
            return true;
    return false;
}

static bool has_family(const struct text_candidate *c, const char *family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(c->pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (is_same_name((const char *)name, family))
            return true;
    return false;
}

/* The nearest face among those of `family` (NULL: of all) that opens. */
static const struct text_font *find_nearest(struct text_fonts *fonts, const char *family,
                                            int weight, bool italic)
{
    size_t n;
    struct text_candidate *all = text_list_candidates(fonts, &n);
    for (;;) {
        struct text_candidate *best = NULL;
        int64_t least = INT64_MAX;
        for (size_t i = 0; i < n; i++) {
            if (all[i].broken || (family && !has_family(&all[i], family)))
                continue;
            int64_t distance = text_style_distance(&all[i], weight, italic);
            if (distance < least) {
                least = distance;
                best = &all[i];
            }
        }
        if (!best)
            return NULL;
        const struct text_font *font = text_open_candidate(fonts, best);
        if (font)
            return font;
    }
}

const struct text_font *text_find_family(struct text_fonts *fonts, const char *family,
                                         int weight, bool italic)
{
    return find_nearest(fonts, family, weight, italic);
}

static const struct text_font *find_generic(struct text_fonts *fonts, const char *name,
                                            const struct text_query *q)
{
    const struct text_font *font = NULL;
    for (size_t i = 0; i < sizeof GENERICS / sizeof *GENERICS && !font; i++)
        if (is_same_name(GENERICS[i].name, name))
            font = find_nearest(fonts, GENERICS[i].family, q->weight, q->italic);
    return font;
}

/* The family itself, its twin, or what a generic name stands for. */
static const struct text_font *find_named(struct text_fonts *fonts, const char *name,
                                          const struct text_query *q)
{
    const struct text_font *font = find_nearest(fonts, name, q->weight, q->italic);
    for (size_t i = 0; i < sizeof TWINS / sizeof *TWINS && !font; i++)
        if (is_same_name(TWINS[i].name, name))
            font = find_nearest(fonts, TWINS[i].twin, q->weight, q->italic);
    return font ? font : find_generic(fonts, name, q);
}

/* The next name of a comma-separated list, without blanks and quotes around it; NULL at the
 * end. `*list` moves past it. */
static const char *next_family(struct arena *arena, const char **list)
{
    static const char AROUND[] = " \t\r\n'\"";
    while (**list) {
        size_t len = strcspn(*list, ",");
        const char *s = *list, *end = s + len;
        *list = end + (*end == ',');
        while (s < end && strchr(AROUND, *s))
            s++;
        while (end > s && strchr(AROUND, end[-1]))
            end--;
        if (end > s)
            return arena_strndup(arena, s, (size_t)(end - s));
    }
    return NULL;
}

/* A bold face was asked for and none was found. */
static bool is_lighter(const struct text_query *q)
{
    return q->weight >= 600 && q->font->info.weight < 600;
}

static void answer_query(struct text_fonts *fonts, struct text_query *q)
{
    const char *list = q->families, *first = NULL, *name;
    while (!q->font && (name = next_family(fonts->arena, &list))) {
        q->font = find_named(fonts, name, q);
        if (!first) {
            first = name;
            q->missing = q->font ? NULL : name;
        }
    }
    if (!q->font)
        q->font = find_generic(fonts, "serif", q);
    if (!q->font)
        q->font = find_nearest(fonts, NULL, q->weight, q->italic);
    q->noted = q->font && (q->missing || is_lighter(q) || (q->italic && !q->font->info.italic));
}

static uint32_t hash_query(const char *families, int weight, bool italic)
{
    uint32_t h = 2166136261u ^ (uint32_t)weight ^ (italic ? 0x8000u : 0);
    for (; *families; families++)
        h = (h ^ (unsigned char)*families) * 16777619u;
    return h % TEXT_QUERY_BUCKETS;
}

/* Only for questions that have an answer. */
static void report_query(const struct text_query *q, struct diag *diag)
{
    struct src_loc nowhere = {NULL, 0, 0};
    const struct text_font_info *info = &q->font->info;
    if (q->missing)
        diag_add(diag, DIAG_NOTE, nowhere, "font-replaced",
                 _("font family «%s» is not installed; «%s» is used instead"), q->missing,
                 info->family);
    if (q->italic && !info->italic)
        diag_add(diag, DIAG_NOTE, nowhere, "font-style",
                 _("font family «%s» has no italic face; «%s» is used instead"), info->family,
                 info->name);
    if (is_lighter(q))
        diag_add(diag, DIAG_NOTE, nowhere, "font-style",
                 _("font family «%s» has no bold face; «%s» is used instead"), info->family,
                 info->name);
}

const struct text_font *text_find_font(struct text_fonts *fonts, const char *families,
                                       int weight, bool italic, struct diag *diag)
{
    struct text_query **bucket = &fonts->queries[hash_query(families, weight, italic)];
    struct text_query *q = *bucket;
    while (q &&
           (q->weight != weight || q->italic != italic || strcmp(q->families, families) != 0))
        q = q->next;
    if (!q) {
        q = ARENA_NEW(fonts->arena, struct text_query);
        q->families = arena_strdup(fonts->arena, families);
        q->weight = weight;
        q->italic = italic;
        answer_query(fonts, q);
        q->next = *bucket;
        *bucket = q;
    }
    if (diag && q->noted)
        report_query(q, diag);
    return text_note_use(q->font);
}

/* A face is const to its users only: this mark is the collection's. */
const struct text_font *text_note_use(const struct text_font *font)
{
    if (font)
        ((struct text_font *)(uintptr_t)font)->used = true;
    return font;
}

void text_forget_use(struct text_fonts *fonts)
{
    for (size_t i = 0; i < fonts->candidate_count; i++)
        if (fonts->candidates[i].font)
            fonts->candidates[i].font->used = false;
    for (size_t i = 0; i < fonts->hyphenator_count; i++)
        fonts->hyphenators[i].used = false;
}

void text_list_used(const struct text_fonts *fonts, void (*each)(void *self, const char *path),
                    void *self)
{
    for (size_t i = 0; i < fonts->candidate_count; i++)
        if (fonts->candidates[i].font && fonts->candidates[i].font->used)
            each(self, fonts->candidates[i].file);
    for (size_t i = 0; i < fonts->hyphenator_count; i++)
        if (fonts->hyphenators[i].hyphenator && fonts->hyphenators[i].used)
            each(self, text_hyphenator_file(fonts->hyphenators[i].hyphenator));
}

void text_list_installed(struct text_fonts *fonts, void (*each)(void *self, const char *path),
                         void *self)
{
    size_t n;
    const struct text_candidate *all = text_list_candidates(fonts, &n);
    for (size_t i = 0; i < n; i++)
        each(self, all[i].file);
}
