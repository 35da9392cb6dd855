/* Resolves styles: from the attributes of an object and its parent's style to an interned one.
 *
 * Attributes become declarations of longhands; these are sorted so that font-size (what em means)
 * comes first, then color, then the rest, and among declarations of one field the more precise
 * one comes last: border before border-top before border-before-width before border-top-width
 * (XSL 1.1, 5.2 and 5.3.1). Each is then assigned in turn.
 *
 * Two tables make this cheap for documents of a hundred thousand objects and a few dozen kinds:
 * finished styles are interned by content, so that equal is identical; and a cache from (parent
 * style, type, attribute texts) to the style skips the whole work when an object looks like one
 * before it. Objects whose values depend on more than that, or had faults, stay out of it. */
#include "fo/style.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Entries of the cache beyond which it starts anew: attributes that never repeat must not pile
 * up. */
enum { NAMES_SIZE = 1024, CACHE_MAX = 8192, CACHE_SIZE = 4 * CACHE_MAX };
enum { RANK_LONGHAND = 20 };

struct cached {
    uint64_t hash;
    const struct fo_style *parent, *style;
    enum fo_type type, parent_type;
    uint64_t given[FO_PROPS_MAX / 64];
    size_t n;
    struct fo_decl *decls;
};

struct fo_styles {
    struct arena *arena;
    uint16_t names[NAMES_SIZE]; /* row + 1 by hash of the name; 0 empty */
    const char **strings;
    size_t string_count, string_cap;
    const struct fo_style **styles;
    size_t style_count, style_cap;
    struct fo_work initial;
    struct arena *cache_arena;
    struct cached **cache;
    size_t cache_count;
};

static uint64_t hash_bytes(uint64_t h, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t v;
        memcpy(&v, p, 8);
        h = (h ^ v) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    for (; n; n--, p++)
        h = (h ^ *p) * UINT64_C(0x100000001B3);
    return h ^ h >> 32;
}

static uint64_t hash_slice(struct fo_slice s)
{
    return hash_bytes(UINT64_C(0xCBF29CE484222325), s.s, s.len);
}

static void index_names(struct fo_styles *styles)
{
    for (size_t i = 0; i < fo_prop_count; i++) {
        struct fo_slice name = {fo_props[i].name, strlen(fo_props[i].name)};
        size_t at = (size_t)hash_slice(name) % NAMES_SIZE;
        while (styles->names[at])
            at = (at + 1) % NAMES_SIZE;
        styles->names[at] = (uint16_t)(i + 1);
    }
}

static const struct fo_prop *find_whole(const struct fo_styles *styles, struct fo_slice name)
{
    size_t at = (size_t)hash_slice(name) % NAMES_SIZE;
    for (; styles->names[at]; at = (at + 1) % NAMES_SIZE) {
        const struct fo_prop *prop = &fo_props[styles->names[at] - 1];
        if (fo_slice_is(name, prop->name))
            return prop;
    }
    return NULL;
}

/* Which fields have which components. */
static const struct part_name {
    const char *name;
    enum fo_part part;
    unsigned fields; /* 1 << enum fo_field */
} part_names[] = {
    {"minimum", FO_PART_MINIMUM, 1U << FO_FIELD_SPACE | 1U << FO_FIELD_RANGE},
    {"optimum", FO_PART_OPTIMUM,
     1U << FO_FIELD_SPACE | 1U << FO_FIELD_RANGE | 1U << FO_FIELD_MPT | 1U << FO_FIELD_LENGTH},
    {"maximum", FO_PART_MAXIMUM, 1U << FO_FIELD_SPACE | 1U << FO_FIELD_RANGE},
    {"precedence", FO_PART_PRECEDENCE, 1U << FO_FIELD_SPACE},
    {"conditionality", FO_PART_CONDITIONALITY,
     1U << FO_FIELD_SPACE | 1U << FO_FIELD_BORDER | 1U << FO_FIELD_PADDING},
    {"length", FO_PART_LENGTH, 1U << FO_FIELD_BORDER | 1U << FO_FIELD_PADDING},
    {"within-line", FO_PART_WITHIN_LINE, 1U << FO_FIELD_KEEP},
    {"within-column", FO_PART_WITHIN_COLUMN, 1U << FO_FIELD_KEEP},
    {"within-page", FO_PART_WITHIN_PAGE, 1U << FO_FIELD_KEEP},
};

const struct fo_prop *fo_styles_find(const struct fo_styles *styles, struct fo_slice name,
                                     enum fo_part *part)
{
    *part = FO_PART_ALL;
    const struct fo_prop *prop = find_whole(styles, name);
    const char *dot = prop ? NULL : memchr(name.s, '.', name.len);
    if (!dot)
        return prop;
    struct fo_slice tail = {dot + 1, (size_t)(name.s + name.len - dot - 1)};
    prop = find_whole(styles, (struct fo_slice){name.s, (size_t)(dot - name.s)});
    for (size_t i = 0; prop && i < sizeof part_names / sizeof *part_names; i++)
        if (fo_slice_is(tail, part_names[i].name) && part_names[i].fields >> prop->field & 1) {
            *part = part_names[i].part;
            return prop;
        }
    return NULL;
}

const char *fo_styles_intern(struct fo_styles *styles, struct fo_slice s)
{
    if (styles->string_count * 2 >= styles->string_cap) {
        size_t cap = styles->string_cap ? styles->string_cap * 2 : 256;
        const char **to = mem_zalloc(cap * sizeof *to);
        for (size_t i = 0; i < styles->string_cap; i++)
            if (styles->strings[i]) {
                struct fo_slice old = {styles->strings[i], strlen(styles->strings[i])};
                size_t at = (size_t)hash_slice(old) & (cap - 1);
                while (to[at])
                    at = (at + 1) & (cap - 1);
                to[at] = styles->strings[i];
            }
        free(styles->strings);
        styles->strings = to;
        styles->string_cap = cap;
    }
    size_t at = (size_t)hash_slice(s) & (styles->string_cap - 1);
    for (; styles->strings[at]; at = (at + 1) & (styles->string_cap - 1))
        if (fo_slice_is(s, styles->strings[at]))
            return styles->strings[at];
    styles->string_count++;
    return styles->strings[at] = arena_strndup(styles->arena, s.s, s.len);
}

static uint64_t hash_style(const struct fo_style *style)
{
    return hash_bytes(UINT64_C(0xCBF29CE484222325), style, sizeof *style);
}

static void grow_styles(struct fo_styles *styles)
{
    size_t cap = styles->style_cap ? styles->style_cap * 2 : 256;
    const struct fo_style **to = mem_zalloc(cap * sizeof(void *));
    for (size_t i = 0; i < styles->style_cap; i++)
        if (styles->styles[i]) {
            size_t at = (size_t)hash_style(styles->styles[i]) & (cap - 1);
            while (to[at])
                at = (at + 1) & (cap - 1);
            to[at] = styles->styles[i];
        }
    free(styles->styles);
    styles->styles = to;
    styles->style_cap = cap;
}

/* Compared as bytes: padding is zero, because a style is made by copying whole structures over
 * zeroed memory and assigning members one by one. */
static const struct fo_style *intern_style(struct fo_styles *styles, const struct fo_style *s)
{
    if (styles->style_count * 2 >= styles->style_cap)
        grow_styles(styles);
    size_t at = (size_t)hash_style(s) & (styles->style_cap - 1);
    for (; styles->styles[at]; at = (at + 1) & (styles->style_cap - 1))
        /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
        if (memcmp(styles->styles[at], s, sizeof *s) == 0)
            return styles->styles[at];
    styles->style_count++;
    return styles->styles[at] = arena_copy(styles->arena, s, sizeof *s);
}

static void assign_initial(struct fo_context *cx, const struct fo_prop *prop)
{
    struct fo_slice rest = {prop->initial, strlen(prop->initial)};
    const char *bar = strchr(prop->initial, '|');
    struct fo_decl d = {prop, bar ? FO_PART_MINIMUM : FO_PART_ALL, 0, rest};
    for (; bar; bar = memchr(rest.s, '|', rest.len), d.part++) {
        size_t n = (size_t)(bar - rest.s);
        d.value = (struct fo_slice){rest.s, n};
        fo_assign(cx, &d);
        rest.s += n + 1;
        rest.len -= n + 1;
    }
    d.value = rest;
    fo_assign(cx, &d);
}

/* Every row's initial value goes the way a document's would, so that the table is the only place
 * that knows it. */
static void make_initial(struct fo_styles *styles)
{
    struct fo_context *cx = mem_zalloc(sizeof *cx);
    cx->styles = styles;
    cx->type = FO_ROOT;
    cx->work.style.inh.font_size = PT(12);
    for (size_t i = 0; i < fo_prop_count; i++) {
        const struct fo_prop *prop = &fo_props[i];
        if (prop->initial && prop->field != FO_FIELD_NONE && !(prop->flags & FO_PROP_TWIN))
            assign_initial(cx, prop);
    }
    REQUIRE(!cx->reported);
    memset(cx->work.aux.margin_set, 0, sizeof cx->work.aux.margin_set);
    memset(cx->work.aux.space_set, 0, sizeof cx->work.aux.space_set);
    memcpy(&styles->initial, &cx->work, sizeof cx->work);
    free(cx);
}

struct fo_styles *fo_styles_new(struct arena *arena)
{
    struct fo_styles *styles = mem_zalloc(sizeof *styles);
    styles->arena = arena;
    index_names(styles);
    make_initial(styles);
    return styles;
}

void fo_styles_drop_cache(struct fo_styles *styles)
{
    arena_free(styles->cache_arena);
    free(styles->cache);
    styles->cache_arena = NULL;
    styles->cache = NULL;
    styles->cache_count = 0;
}

void fo_styles_free(struct fo_styles *styles)
{
    if (!styles)
        return;
    fo_styles_drop_cache(styles);
    free(styles->strings);
    free(styles->styles);
    free(styles);
}

const struct fo_work *fo_styles_initial(const struct fo_styles *styles)
{
    return &styles->initial;
}

size_t fo_styles_count(const struct fo_styles *styles)
{
    return styles->style_count;
}

/* Formats cut names by bytes; half a character at the cut is taken out. */
static void drop_broken(char *text)
{
    const char *end = text + strlen(text);
    char *to = text;
    for (const char *p = text; p < end;) {
        const char *start = p;
        uint32_t cp = utf8_next(&p, end);
        size_t n = (size_t)(p - start);
        if (cp == 0xFFFD && n < 3)
            continue;
        memmove(to, start, n);
        to += n;
    }
    *to = '\0';
}

void fo_say(struct diag *diag, enum diag_level level, struct src_loc loc, const char *code,
            const char *fmt, va_list ap)
{
    char text[1024];
    vsnprintf(text, sizeof text, fmt, ap);
    drop_broken(text);
    diag_add(diag, level, loc, code, "%s", text);
}

void fo_report(struct fo_context *cx, enum diag_level level, const char *code, const char *fmt,
               ...)
{
    va_list ap;
    cx->reported = true;
    if (!cx->diag)
        return;
    va_start(ap, fmt);
    fo_say(cx->diag, level, cx->loc, code, fmt, ap);
    va_end(ap);
}

static uint64_t hash_context(const struct fo_context *cx)
{
    uint64_t h = hash_bytes((uint64_t)cx->type, &cx->parent_style, sizeof(void *));
    enum fo_type parent = cx->parent ? cx->parent->type : FO_TYPE_COUNT;
    h = hash_bytes(h, &parent, sizeof parent);
    for (size_t i = 0; i < cx->decls.n; i++) {
        const struct fo_decl *d = &cx->decls.d[i];
        h = hash_bytes(h, &d->prop, sizeof(void *));
        h = hash_bytes(h + d->part, d->value.s, d->value.len);
    }
    return h;
}

static bool same_decls(const struct cached *c, const struct fo_decls *decls)
{
    if (c->n != decls->n)
        return false;
    for (size_t i = 0; i < c->n; i++) {
        const struct fo_decl *a = &c->decls[i], *b = &decls->d[i];
        if (a->prop != b->prop || a->part != b->part || a->value.len != b->value.len ||
            memcmp(a->value.s, b->value.s, a->value.len) != 0)
            return false;
    }
    return true;
}

/* The slot of the cache: what is there, or where it would go. */
static struct cached **find_cached(const struct fo_context *cx, uint64_t hash)
{
    struct fo_styles *styles = cx->styles;
    enum fo_type parent = cx->parent ? cx->parent->type : FO_TYPE_COUNT;
    if (!styles->cache)
        styles->cache = mem_zalloc(CACHE_SIZE * sizeof(void *));
    size_t at = (size_t)hash % CACHE_SIZE;
    for (; styles->cache[at]; at = (at + 1) % CACHE_SIZE) {
        const struct cached *c = styles->cache[at];
        if (c->hash == hash && c->parent == cx->parent_style && c->type == cx->type &&
            c->parent_type == parent && same_decls(c, &cx->decls))
            break;
    }
    return &styles->cache[at];
}

/* Keep the declarations as they came, before the shorthands were taken apart. */
static struct cached *remember(const struct fo_context *cx, uint64_t hash)
{
    struct fo_styles *styles = cx->styles;
    if (styles->cache_count >= CACHE_MAX)
        fo_styles_drop_cache(styles);
    if (!styles->cache_arena)
        styles->cache_arena = arena_new();
    struct cached *c = ARENA_NEW(styles->cache_arena, struct cached);
    c->hash = hash;
    c->parent = cx->parent_style;
    c->type = cx->type;
    c->parent_type = cx->parent ? cx->parent->type : FO_TYPE_COUNT;
    c->n = cx->decls.n;
    c->decls = arena_copy(styles->cache_arena, cx->decls.d, c->n * sizeof *c->decls);
    for (size_t i = 0; i < c->n; i++)
        c->decls[i].value.s =
            arena_strndup(styles->cache_arena, c->decls[i].value.s, c->decls[i].value.len);
    return c;
}

void fo_declare(struct fo_context *cx, const char *name, int rank, struct fo_slice value)
{
    enum fo_part part = FO_PART_ALL;
    const struct fo_prop *prop =
        fo_styles_find(cx->styles, (struct fo_slice){name, strlen(name)}, &part);
    REQUIRE(prop);
    if (cx->decls.n == FO_DECLS_MAX)
        return;
    cx->decls.d[cx->decls.n++] = (struct fo_decl){prop, part, rank, value};
}

static int phase(const struct fo_decl *d)
{
    return d->prop->flags & FO_EARLY_SIZE ? 0 : d->prop->flags & FO_EARLY ? 1 : 2;
}

static bool goes_before(const struct fo_decl *a, const struct fo_decl *b)
{
    int pa = phase(a), pb = phase(b);
    return pa != pb ? pa < pb : a->rank < b->rank;
}

static void sort_decls(struct fo_decls *decls)
{
    for (size_t i = 1; i < decls->n; i++) {
        struct fo_decl d = decls->d[i];
        size_t j = i;
        for (; j > 0 && goes_before(&d, &decls->d[j - 1]); j--)
            decls->d[j] = decls->d[j - 1];
        decls->d[j] = d;
    }
}

static bool has_target(const struct fo_decl *d, const struct fo_prop *prop)
{
    return d->prop->field == prop->field && d->prop->offset == prop->offset;
}

/* An indent or a space that is given beats the margin that the shorthand margin="" comes to; one
 * that margin-left="" gives beats them (5.3.2). So the formatter most people know reads «may be
 * computed from the shorthand». */
static bool is_indented(const struct fo_decls *decls, const struct fo_decl *longhand)
{
    static const char *const names[] = {"space-before", "space-after", "start-indent",
                                        "end-indent"};
    size_t side = (longhand->prop->offset - offsetof(struct fo_work, aux.margin)) /
                  sizeof(struct fo_length);
    for (size_t i = 0; i < decls->n; i++)
        if (decls->d[i].rank >= RANK_LONGHAND &&
            strcmp(decls->d[i].prop->name, names[side]) == 0)
            return true;
    return false;
}

/* A component that is given makes its property an explicit one, whose other components are the
 * initial ones, whatever a shorthand says: padding="5pt" padding-before.conditionality="retain"
 * has no padding before. The formatter most people know has it so, and files rely on it. */
static bool is_covered(const struct fo_decls *decls, const struct fo_decl *longhand)
{
    enum fo_field field = longhand->prop->field;
    if (longhand->rank < RANK_LONGHAND && longhand->prop->special == fo_set_margin)
        return is_indented(decls, longhand);
    if (longhand->rank >= RANK_LONGHAND ||
        (field != FO_FIELD_BORDER && field != FO_FIELD_PADDING))
        return false;
    bool component = false;
    for (size_t i = 0; i < decls->n; i++) {
        const struct fo_decl *d = &decls->d[i];
        if (d->rank < RANK_LONGHAND || !has_target(d, longhand->prop))
            continue;
        if (d->part == FO_PART_ALL)
            return false;
        component = true;
    }
    return component;
}

/* Shorthands are replaced by what they stand for; the declarations they add follow the others.
 * Ranks of longhands are above any shorthand's. */
static void expand_shorthands(struct fo_context *cx)
{
    size_t kept = 0, n = cx->decls.n;
    for (size_t i = 0; i < n; i++) {
        struct fo_decl *d = &cx->decls.d[i];
        d->rank = RANK_LONGHAND + (d->prop->flags & FO_PROP_ABSOLUTE ? 2 : 0) +
                  (d->part != FO_PART_ALL);
    }
    for (size_t i = 0; i < n; i++)
        if (cx->decls.d[i].prop->flags & FO_PROP_SHORTHAND) {
            struct fo_decl d = cx->decls.d[i];
            if (!d.prop->special(cx, &d))
                fo_report_value(cx, &d, NULL);
        }
    for (size_t i = 0; i < cx->decls.n; i++)
        if (!(cx->decls.d[i].prop->flags & FO_PROP_SHORTHAND) &&
            !is_covered(&cx->decls, &cx->decls.d[i]))
            cx->decls.d[kept++] = cx->decls.d[i];
    cx->decls.n = kept;
}

static void note_given(struct fo_context *cx)
{
    memset(cx->given, 0, sizeof cx->given);
    for (size_t i = 0; i < cx->decls.n; i++) {
        size_t bit = (size_t)(cx->decls.d[i].prop - fo_props);
        cx->given[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
}

static void begin_style(struct fo_context *cx)
{
    memcpy(&cx->work.style, &cx->styles->initial.style, sizeof cx->work.style);
    memcpy(&cx->work.aux, &cx->styles->initial.aux, sizeof cx->work.aux);
    if (cx->parent_style)
        memcpy(&cx->work.style.inh, &cx->parent_style->inh, sizeof cx->work.style.inh);
}

static void assign_all(struct fo_context *cx)
{
    size_t i = 0;
    for (; i < cx->decls.n && phase(&cx->decls.d[i]) < 2; i++)
        fo_assign(cx, &cx->decls.d[i]);
    for (int side = 0; side < 4; side++)
        cx->work.style.own.border[side].color = cx->work.style.inh.color;
    for (; i < cx->decls.n; i++)
        fo_assign(cx, &cx->decls.d[i]);
}

const struct fo_style *fo_resolve_style(struct fo_context *cx)
{
    uint64_t hash = hash_context(cx);
    struct cached **slot = find_cached(cx, hash);
    if (*slot) {
        memcpy(cx->given, (*slot)->given, sizeof cx->given);
        return (*slot)->style;
    }
    cx->reported = cx->depends = false;
    struct cached *entry = remember(cx, hash);
    expand_shorthands(cx);
    note_given(cx);
    sort_decls(&cx->decls);
    begin_style(cx);
    assign_all(cx);
    fo_finish_style(cx);
    const struct fo_style *style = intern_style(cx->styles, &cx->work.style);
    cx->styles->cache_count++;
    if (!cx->reported && !cx->depends) {
        entry->style = style;
        memcpy(entry->given, cx->given, sizeof cx->given);
        /* remember() may have emptied the table the slot was in */
        cx->decls.n = entry->n;
        memcpy(cx->decls.d, entry->decls, entry->n * sizeof *entry->decls);
        *find_cached(cx, hash) = entry;
    }
    return style;
}
