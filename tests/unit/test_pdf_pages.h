/* Pages made by hand for the tests of the PDF stage: a small document with everything in it. */
#ifndef PRIKAZ_TESTS_PDF_PAGES_H
#define PRIKAZ_TESTS_PDF_PAGES_H

#include "area/image.h"
#include "base/utf8.h"
#include "pdf/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A document while it is made; tags live in `arena`, areas in the page's. */
struct sheet {
    struct arena *arena;
    struct text_fonts *fonts;
    const struct text_font *serif, *bold;
    struct area_tag *root;
    struct area_page page;
    uint32_t tags;
    struct area_painter *painter;
};

static inline struct area_tag *sheet_tag(struct sheet *s, struct area_tag *parent,
                                         const char *role)
{
    struct area_tag *t = ARENA_NEW(s->arena, struct area_tag);
    area_set_role(t, role, parent);
    t->columns = t->rows = 1;
    t->number = ++s->tags;
    if (parent && parent->last_child)
        parent->last_child->next = t;
    else if (parent)
        parent->child = t;
    if (parent)
        parent->last_child = t;
    return t;
}

static inline void sheet_open(struct sheet *s, struct area_painter *painter)
{
    *s = (struct sheet){.arena = arena_new(), .fonts = text_new_fonts(), .painter = painter};
    s->serif = text_find_font(s->fonts, "Liberation Serif", 400, false, NULL);
    s->bold = text_find_font(s->fonts, "Liberation Serif", 700, false, NULL);
    s->root = sheet_tag(s, NULL, "Document");
}

static inline void sheet_close(struct sheet *s)
{
    text_free_fonts(s->fonts);
    arena_free(s->arena);
}

static inline struct area_page *sheet_new_page(struct sheet *s, const char *label)
{
    int32_t index = s->page.index;
    s->page = (struct area_page){.width = 595276,
                                 .height = 841890,
                                 .index = index,
                                 .label = label,
                                 .file = "test.xml",
                                 .arena = arena_new()};
    return &s->page;
}

static inline void sheet_end_page(struct sheet *s)
{
    s->painter->page(s->painter->self, &s->page);
    arena_free(s->page.arena);
    s->page.index++;
}

static inline struct area *sheet_place(struct area *a, mpt x, mpt y, mpt width, mpt height)
{
    a->x = x;
    a->y = y;
    a->width = width;
    a->height = height;
    return a;
}

/* One word a piece: parts between spaces, and each space. */
static inline size_t sheet_shape(struct sheet *s, const struct text_font *font,
                                 const char *text, struct area_word *words)
{
    uint32_t cps[256];
    size_t n = 0, count = 0;
    for (const char *p = text, *end = text + strlen(text); p <= end;) {
        uint32_t cp = p < end ? utf8_next(&p, end) : (p++, (uint32_t)0x20);
        bool space = cp == ' ' || cp == 0xA0;
        if (space && n)
            words[count++].word = text_shape(font, cps, n, "ru", 0);
        n = space ? 0 : n;
        if (space && p <= end)
            words[count++].word = text_shape(font, &cp, 1, "ru", 0);
        if (!space)
            cps[n++] = cp;
    }
    (void)s;
    return count;
}

/* A line of words at their natural distances, or, with `width`, justified to it. */
static inline struct area *sheet_text(struct sheet *s, struct area *a, const char *text,
                                      mpt size, mpt width)
{
    mpt x = 0, spaces = 0;
    const struct text_font *font = a->as.text.font ? a->as.text.font : s->serif;
    a->as.text.font = font;
    a->as.text.size = a->height = size;
    a->as.text.words = ARENA_ARRAY(s->page.arena, struct area_word, strlen(text) + 1);
    size_t n = a->as.text.count = sheet_shape(s, font, text, a->as.text.words);
    for (size_t i = 0; i < n; i++) {
        x += text_scale(font, a->as.text.words[i].word->advance, size) +
             a->as.text.letter_spacing * a->as.text.words[i].word->glyph_count;
        spaces += a->as.text.words[i].word->cps[0] == ' ';
    }
    mpt missing = width ? width - x : 0;
    x = 0;
    for (size_t i = 0; i < n; i++) {
        struct area_word *w = &a->as.text.words[i];
        w->x = x;
        x += text_scale(font, w->word->advance, size) +
             a->as.text.letter_spacing * w->word->glyph_count;
        if (missing && spaces && w->word->cps[0] == ' ') {
            mpt share = missing / spaces--;
            x += share;
            missing -= share;
        }
    }
    a->width = x;
    return a;
}

static inline struct area *sheet_line(struct sheet *s, const struct area_tag *tag,
                                      const char *text, mpt y)
{
    struct area *a = area_add(&s->page, AREA_TEXT);
    a->x = 85040;
    a->y = y;
    a->tag = tag;
    return sheet_text(s, a, text, 14000, 0);
}

#endif
