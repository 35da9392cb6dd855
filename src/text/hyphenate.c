/* Hyphens by Liang's method, from the pattern files Debian installs for libhyphen.
 *
 * Model. A pattern is a string of letters with digits between them («.об1ра»); a full stop is
 * the edge of a word. Every pattern is matched at every place of the word; between two letters
 * the greatest digit of all matches counts, and a hyphen may stand where it is odd. The
 * exceptions of a TeX \hyphenation list («ас-бест»), which the Russian file carries within it,
 * become patterns of the whole word with digits greater than any other: 9 at a hyphen, 8 elsewhere.
 *
 * Method. The patterns form a trie: children of a node are a chain of siblings in the order they
 * came, 12 bytes a node; the children of the root, which everything starts from, are found by
 * letter. Reading the 4,500 Russian patterns takes under a millisecond, the 11,000 English
 * ones about two.
 *
 * Rejected: libhyphen itself, which expects files prepared by its substrings.pl and loses points
 * with the Russian file as installed (обще=образовательных for об=ще=об=ра=зо=ва=тель=ных),
 * because it looks at the longest match and not at all; a table of all children per node, faster
 * by little and larger by ten times.
 *
 * Reference: F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983; Правила русской орфографии и
 * пунктуации, 1956, § 117-119 (no part without a vowel, no single letter, no ь ъ й at the start). */
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "text/face.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LETTERS_MAX = 255,
    PATTERN_MAX = 64,       /* letters; the longest one installed has 28 */
    WORD_LETTERS_MAX = 128, /* longer ones are not words */
    DIRECT = 0x530,         /* Latin, Greek and Cyrillic letters are numbered by table */
    FILE_MAX = 4 * 1024 * 1024
};

struct node {
    uint32_t sibling, child; /* 0: none */
    uint32_t digits : 24;    /* index into digits, 0: no pattern ends here */
    uint32_t letter : 8;
};

struct text_hyphenator {
    char *file;
    bool russian;
    size_t least; /* letters that stay together at either end */
    struct {
        struct node *items;
        size_t len, cap;
    } nodes;
    struct {
        unsigned char *items; /* of a pattern: how many, then as many digits */
        size_t len, cap;
    } digits;
    unsigned char number[DIRECT]; /* of a letter, 0: in no pattern; 1 is the full stop */
    unsigned letter_count;
    uint32_t first[LETTERS_MAX + 1]; /* the root's children */
};

/* A pattern taken apart: values[i] stands before letters[i]. */
struct pattern {
    uint32_t letters[PATTERN_MAX];
    unsigned char values[PATTERN_MAX + 1];
    size_t n;
    bool bad;
};

enum charset { UTF8, KOI8_R, LATIN1, LATIN2 };

/* KOI8-R 0xC0..0xDF; the capitals follow in the same order. */
static const char KOI8_LOWER[] = "юабцдефгхийклмнопярстужвьызшэщчъ";

static uint32_t decode_koi8(unsigned char c)
{
    if (c == 0xA3 || c == 0xB3)
        return 0x451;
    if (c < 0xC0)
        return c;
    const char *p = KOI8_LOWER + 2 * (size_t)(c & 0x1F); /* two bytes a letter */
    return utf8_next(&p, KOI8_LOWER + sizeof KOI8_LOWER - 1);
}

/* ISO 8859-2 from 0xA1 on; two bytes each. */
static const char LATIN2_HIGH[] = "Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\xC2\xAD"
                                  "ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎ"
                                  "ĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ"
                                  "˙";

static uint32_t decode_latin2(unsigned char c)
{
    if (c < 0xA1)
        return c;
    const char *p = LATIN2_HIGH + 2 * (size_t)(c - 0xA1);
    return utf8_next(&p, LATIN2_HIGH + sizeof LATIN2_HIGH - 1);
}

static uint32_t next_char(const char **p, const char *end, enum charset charset)
{
    if (charset == UTF8)
        return utf8_next(p, end);
    unsigned char c = (unsigned char)*(*p)++;
    if (charset == LATIN2)
        return decode_latin2(c);
    return charset == KOI8_R ? decode_koi8(c) : c;
}

/* Letters in lower case, of the scripts the patterns are written in. */
static uint32_t fold(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + 32;
    if ((c >= 0x410 && c <= 0x42F) || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c + (c & 1);
    if (c >= 0x100 && c <= 0x177 && c != 0x130 && c != 0x138)
        return c | 1;
    return c;
}

static bool is_capital(uint32_t c)
{
    return fold(c) != c;
}

static unsigned letter_number(const struct text_hyphenator *h, uint32_t c)
{
    return c < DIRECT ? h->number[c] : 0;
}

static unsigned add_letter(struct text_hyphenator *h, uint32_t c)
{
    if (c >= DIRECT)
        return 0;
    if (!h->number[c] && h->letter_count < LETTERS_MAX)
        h->number[c] = (unsigned char)++h->letter_count;
    return h->number[c];
}

static uint32_t new_node(struct text_hyphenator *h, unsigned letter)
{
    struct node n = {0, 0, 0, letter & 0xFF};
    VEC_PUSH(&h->nodes, n);
    return (uint32_t)(h->nodes.len - 1);
}

static uint32_t find_child(const struct text_hyphenator *h, uint32_t node, unsigned letter)
{
    uint32_t c = h->nodes.items[node].child;
    while (c && h->nodes.items[c].letter != letter)
        c = h->nodes.items[c].sibling;
    return c;
}

static uint32_t add_child(struct text_hyphenator *h, uint32_t node, unsigned letter)
{
    uint32_t c = node ? find_child(h, node, letter) : h->first[letter];
    if (c)
        return c;
    c = new_node(h, letter);
    if (!node) {
        h->first[letter] = c;
        return c;
    }
    h->nodes.items[c].sibling = h->nodes.items[node].child;
    h->nodes.items[node].child = c;
    return c;
}

static void add_pattern(struct text_hyphenator *h, const struct pattern *p)
{
    if (p->bad || p->n == 0 || h->digits.len + PATTERN_MAX + 2 >= 1u << 24)
        return;
    uint32_t node = 0;
    for (size_t i = 0; i < p->n; i++) {
        unsigned letter = add_letter(h, p->letters[i]);
        if (!letter)
            return;
        node = add_child(h, node, letter);
    }
    const uint32_t before = h->nodes.items[node].digits;
    h->nodes.items[node].digits = (uint32_t)h->digits.len & 0xFFFFFF;
    VEC_PUSH(&h->digits, (unsigned char)(p->n + 1));
    for (size_t i = 0; i <= p->n; i++) {
        unsigned char old = before ? h->digits.items[before + 1 + i] : 0;
        VEC_PUSH(&h->digits, old > p->values[i] ? old : p->values[i]);
    }
}

static void push_letter(struct pattern *p, uint32_t c)
{
    if (p->n == PATTERN_MAX) {
        p->bad = true;
        return;
    }
    p->letters[p->n++] = fold(c);
    p->values[p->n] = 0;
}

/* Empty; of the arrays only what is used is written. */
static void begin_pattern(struct pattern *p)
{
    p->n = 0;
    p->values[0] = 0;
    p->bad = false;
}

static void read_pattern(struct pattern *p, const char *s, const char *end,
                         enum charset charset)
{
    begin_pattern(p);
    while (s < end) {
        uint32_t c = next_char(&s, end, charset);
        if (c >= '0' && c <= '9')
            p->values[p->n] = (unsigned char)(c - '0');
        else if (c == '.' || c == '\'' || c >= 'A')
            push_letter(p, c);
        else
            p->bad = true; /* «=» and «/» of patterns that change letters, and whatever else */
    }
}

/* «ас-бест» as .а8с9б8е8с8т. */
static void read_exception(struct pattern *p, const char *s, const char *end,
                           enum charset charset)
{
    begin_pattern(p);
    push_letter(p, '.');
    bool hyphen = false;
    while (s < end) {
        uint32_t c = next_char(&s, end, charset);
        if (c == '-') {
            hyphen = true;
            continue;
        }
        size_t before = p->n;
        push_letter(p, c);
        p->values[before] = before == 1 ? 0 : hyphen ? 9 : 8;
        hyphen = false;
    }
    push_letter(p, '.');
}

static bool starts_with(const char *s, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - s) >= n && memcmp(s, word, n) == 0;
}

/* Words in capitals concern compounds, or say how many letters to leave together, which is the
 * caller's to say (XSL 7.16.3 and 7.16.4; 2 where nothing is said). True if the line was such a
 * word. */
static bool is_keyword(const char *s, const char *end)
{
    static const char *const WORDS[] = {"LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUND",
                                        "NOHYPHEN", "NEXTLEVEL"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (starts_with(s, end, WORDS[i]))
            return true;
    return false;
}

static bool read_charset(const char *s, const char *end, enum charset *charset)
{
    if (starts_with(s, end, "UTF-8"))
        *charset = UTF8;
    else if (starts_with(s, end, "KOI8-R"))
        *charset = KOI8_R;
    else if (starts_with(s, end, "ISO8859-1") && end - s == 9)
        *charset = LATIN1;
    else if (starts_with(s, end, "ISO8859-2"))
        *charset = LATIN2;
    else
        return false;
    return true;
}

static void read_line(struct text_hyphenator *h, const char *s, const char *end,
                      enum charset charset, bool *exceptions)
{
    if (s == end || *s == '%' || *s == '#' || *s == '\\' || *s == '}') {
        *exceptions = starts_with(s, end, "\\hyphenation");
        return;
    }
    if (is_keyword(s, end))
        return;
    struct pattern p;
    if (*exceptions)
        read_exception(&p, s, end, charset);
    else
        read_pattern(&p, s, end, charset);
    add_pattern(h, &p);
}

static bool read_patterns(struct text_hyphenator *h, const char *s, const char *end)
{
    enum charset charset = UTF8;
    bool first = true, exceptions = false;
    while (s < end) {
        const char *newline = memchr(s, '\n', (size_t)(end - s));
        const char *stop = newline ? newline : end;
        const char *trimmed = stop;
        while (trimmed > s && (trimmed[-1] == '\r' || trimmed[-1] == ' '))
            trimmed--;
        if (!first)
            read_line(h, s, trimmed, charset, &exceptions);
        else if (!read_charset(s, trimmed, &charset))
            return false;
        first = false;
        s = stop + (newline != NULL);
    }
    return !first;
}

static bool read_file(const char *name, struct buf *b)
{
    FILE *f = fopen(name, "rbe");
    if (!f && file_error_level(errno) == DIAG_SYSTEM)
        file_die(name, errno);
    if (!f)
        return false;
    char block[16384];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0 && b->len < FILE_MAX)
        buf_put(b, block, n);
    int error = ferror(f) ? errno : 0;
    if (error && file_error_level(error) == DIAG_SYSTEM)
        file_die(name, error);
    fclose(f);
    return !error && b->len < FILE_MAX;
}

static bool is_russian(const char *language)
{
    return strncmp(language, "ru", 2) == 0 && (language[2] == '\0' || language[2] == '-');
}

struct text_hyphenator *text_load_hyphenator(const char *file, const char *language)
{
    struct buf b = BUF_EMPTY;
    struct text_hyphenator *h = NULL;
    if (!read_file(file, &b))
        goto out;
    h = mem_zalloc(sizeof *h);
    h->file = mem_strdup(file);
    h->russian = is_russian(language);
    h->least = h->russian ? 2 : 1;
    add_letter(h, '.');
    new_node(h, 0);
    VEC_PUSH(&h->digits, 0);
    if (!read_patterns(h, b.bytes, b.bytes + b.len)) {
        text_free_hyphenator(h);
        h = NULL;
    }
out:
    buf_free(&b);
    return h;
}

void text_free_hyphenator(struct text_hyphenator *h)
{
    if (!h)
        return;
    free(h->nodes.items);
    free(h->digits.items);
    free(h->file);
    free(h);
}

/* The region whose patterns a language without a region of its own gets. */
static const char *default_region(const char *language)
{
    static const struct {
        const char *language, *region;
    } REGIONS[] = {{"ru", "RU"}, {"en", "US"}, {"uk", "UA"}, {"be", "BY"}, {"de", "DE"},
                   {"fr", "FR"}, {"es", "ES"}, {"it", "IT"}, {"nl", "NL"}, {"pl", "PL"},
                   {"cs", "CZ"}, {"sk", "SK"}, {"sl", "SI"}, {"hr", "HR"}, {"hu", "HU"},
                   {"ro", "RO"}, {"sv", "SE"}, {"da", "DK"}, {"pt", "PT"}, {"bg", "BG"},
                   {"no", "NO"}, {"nb", "NO"}};
    for (size_t i = 0; i < sizeof REGIONS / sizeof *REGIONS; i++)
        if (strcmp(REGIONS[i].language, language) == 0)
            return REGIONS[i].region;
    return NULL;
}

static bool take_letters(const char **s, char *to, size_t most, unsigned char case_bit)
{
    size_t n = 0;
    for (; ((**s | 0x20) >= 'a') && ((**s | 0x20) <= 'z') && n < most; (*s)++)
        to[n++] = (char)((**s & ~0x20) | case_bit);
    to[n] = '\0';
    return n >= 2;
}

static struct text_hyphenator *load_language(const char *tag)
{
    char language[4], region[3] = "", file[64];
    const char *s = tag, *fallback;
    if (!take_letters(&s, language, 3, 0x20) || (*s && *s != '-' && *s != '_'))
        return NULL;
    struct text_hyphenator *h = NULL;
    if (*s && (s++, take_letters(&s, region, 2, 0)) && (!*s || *s == '-')) {
        snprintf(file, sizeof file, "/usr/share/hyphen/hyph_%s_%s.dic", language, region);
        h = text_load_hyphenator(file, language);
    }
    if (!h && (fallback = default_region(language))) {
        snprintf(file, sizeof file, "/usr/share/hyphen/hyph_%s_%s.dic", language, fallback);
        h = text_load_hyphenator(file, language);
    }
    if (!h) {
        snprintf(file, sizeof file, "/usr/share/hyphen/hyph_%s.dic", language);
        h = text_load_hyphenator(file, language);
    }
    return h;
}

static const struct text_hyphenator *give_out(struct text_fonts *fonts, size_t i)
{
    fonts->hyphenators[i].used = true;
    return fonts->hyphenators[i].hyphenator;
}

const struct text_hyphenator *text_find_hyphenator(struct text_fonts *fonts,
                                                   const char *language)
{
    if (!language || strlen(language) >= sizeof fonts->hyphenators[0].name)
        return NULL;
    for (size_t i = 0; i < fonts->hyphenator_count; i++)
        if (strcmp(fonts->hyphenators[i].name, language) == 0)
            return give_out(fonts, i);
    if (fonts->hyphenator_count == TEXT_LANGUAGES_MAX)
        return NULL;
    size_t i = fonts->hyphenator_count++;
    memcpy(fonts->hyphenators[i].name, language, strlen(language) + 1);
    fonts->hyphenators[i].hyphenator = load_language(language);
    return give_out(fonts, i);
}

const char *text_hyphenator_file(const struct text_hyphenator *h)
{
    return h->file;
}

/* The number of a character in a word, 0 (which matches nothing) if no pattern has it; ё is е
 * where the patterns do not know it. */
static unsigned word_letter(const struct text_hyphenator *h, uint32_t c)
{
    c = fold(c);
    unsigned n = letter_number(h, c);
    return n || c != 0x451 ? n : letter_number(h, 0x435);
}

/* Raise values[0..n] by all patterns that match letters[0..n) from `from` on. */
static void match_from(const struct text_hyphenator *h, const unsigned char *letters,
                       size_t from, size_t n, unsigned char *values)
{
    uint32_t node = h->first[letters[from]];
    for (size_t i = from + 1; node; i++) {
        const unsigned char *d = h->digits.items + h->nodes.items[node].digits;
        for (size_t k = 0; k < *d; k++)
            if (d[k + 1] > values[from + k])
                values[from + k] = d[k + 1];
        if (i == n)
            return;
        node = find_child(h, node, letters[i]);
    }
}

static bool is_russian_vowel(uint32_t c)
{
    switch (fold(c)) {
    case 0x430: /* а */
    case 0x435: /* е */
    case 0x438: /* и */
    case 0x43E: /* о */
    case 0x443: /* у */
    case 0x44B: /* ы */
    case 0x44D: /* э */
    case 0x44E: /* ю */
    case 0x44F: /* я */
    case 0x451: /* ё */
        return true;
    default:
        return false;
    }
}

/* ь, ъ and й belong to the letter before them. */
static bool leans_back(uint32_t c)
{
    c = fold(c);
    return c == 0x44C || c == 0x44A || c == 0x439;
}

static bool has_vowel(const uint32_t *cps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_russian_vowel(cps[i]))
            return true;
    return false;
}

/* A run of letters in which two are capitals is an abbreviation or a heading. */
static bool is_in_capitals(const uint32_t *cps, size_t n)
{
    size_t capitals = 0;
    for (size_t i = 0; i < n; i++)
        capitals += is_capital(cps[i]);
    return capitals > 1 || (capitals == 1 && !is_capital(cps[0]));
}

/* Where hyphens may stand in a run of letters, from `remain` to n - `push`. */
struct run {
    const uint32_t *cps;
    size_t n, remain, push;
    bool *points;
};

static size_t mark_points(const struct text_hyphenator *h, const struct run *r,
                          const unsigned char *values)
{
    size_t count = 0, last = 0;
    for (size_t i = r->remain; i + r->push <= r->n; i++) {
        if (values[i] % 2 == 0)
            continue;
        if (h->russian && (leans_back(r->cps[i]) || !has_vowel(r->cps + last, i - last) ||
                           !has_vowel(r->cps + i, r->n - i)))
            continue;
        r->points[i] = true;
        last = i;
        count++;
    }
    return count;
}

static size_t hyphenate_run(const struct text_hyphenator *h, const struct run *r)
{
    unsigned char letters[WORD_LETTERS_MAX + 2], values[WORD_LETTERS_MAX + 3] = {0};
    if (r->n > WORD_LETTERS_MAX || r->n < r->remain + r->push)
        return 0;
    if (h->russian && is_in_capitals(r->cps, r->n))
        return 0;
    letters[0] = letters[r->n + 1] = 1;
    for (size_t i = 0; i < r->n; i++)
        letters[i + 1] = (unsigned char)word_letter(h, r->cps[i]);
    for (size_t i = 0; i < r->n + 2; i++)
        match_from(h, letters, i, r->n + 2, values);
    return mark_points(h, r, values + 1);
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < DIRECT);
}

/* Not words: what has hyphens of its own choice, addresses. */
static bool is_left_alone(const uint32_t *cps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cps[i] == 0xAD || cps[i] == '@' || cps[i] == '_' ||
            (cps[i] == ':' && i + 1 < n && cps[i + 1] == '/'))
            return true;
    return false;
}

/* Characters that belong to the run beside them: «2023года», «н'я». */
static bool is_joined(uint32_t c)
{
    return (c >= '0' && c <= '9') || c == '\'' || c == 0x2019 || (c >= 0x300 && c < 0x370);
}

size_t text_hyphenate(const struct text_hyphenator *h, const uint32_t *cps, size_t n,
                      size_t remain, size_t push, bool *points)
{
    size_t count = 0;
    memset(points, 0, n * sizeof *points);
    if (is_left_alone(cps, n))
        return 0;
    struct run r = {.remain = remain > h->least ? remain : h->least,
                    .push = push > h->least ? push : h->least};
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && is_letter(cps[end]);)
            end++;
        bool joined = (i > 0 && is_joined(cps[i - 1])) || (end < n && is_joined(cps[end]));
        r.cps = cps + i;
        r.n = end - i;
        r.points = points + i;
        if (r.n > 1 && !joined)
            count += hyphenate_run(h, &r);
        if (end == i)
            end++;
    }
    return count;
}

/* Points kept with a word are bits. */
enum { KEPT_MOST = 64 };

size_t text_hyphenate_word(const struct text_hyphenator *h, const struct text_letters *letters,
                           size_t remain, size_t push, bool *points)
{
    const struct text_word *word = letters->word;
    size_t n = letters->n, count = 0;
    /* A word is const to its users only, as its face is. */
    struct text_word *own = (struct text_word *)(uintptr_t)word;
    bool small = n <= KEPT_MOST && remain <= UINT8_MAX && push <= UINT8_MAX;
    bool known = small && own->hyphens.by == h && own->hyphens.from == letters->from &&
                 own->hyphens.n == n && own->hyphens.remain == remain &&
                 own->hyphens.push == push;
    if (!known)
        count = text_hyphenate(h, word->cps + letters->from, n, remain, push, points);
    for (size_t i = 0; known && i < n; i++)
        count += points[i] = own->hyphens.points >> i & 1;
    if (known || !small)
        return count;
    own->hyphens.by = h;
    own->hyphens.points = 0;
    own->hyphens.from = (uint16_t)letters->from;
    own->hyphens.n = (uint16_t)n;
    own->hyphens.remain = (uint8_t)remain;
    own->hyphens.push = (uint8_t)push;
    for (size_t i = 0; i < n; i++)
        own->hyphens.points |= (uint64_t)points[i] << i;
    return count;
}
