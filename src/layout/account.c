/* The account of characters, kept in sanitizer builds: what the flows hold must be on the pages.
 *
 * A painter between layout and the painter proper counts the letters of all tagged text; after the
 * last page each letter of the flows must have been seen at least as often as it stands there.
 * Letters are counted without regard to case (text-transform), blanks not at all. What is not
 * compared: content that shows elsewhere or as often as it fits (markers, leaders), artifacts,
 * what is hidden, and everything after a fault that keeps pages from being made. */
#include "layout/account.h"
#include "layout/para.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS = 0x110000 };

struct account {
    struct area_painter painter, *inner;
    uint32_t *due, *seen; /* by letter */
};

static uint32_t folded(uint32_t cp)
{
    return case_lower(case_upper(cp));
}

/* Characters that show nothing, or that a line may drop. */
static bool is_blank(uint32_t cp)
{
    return cp <= ' ' || cp == 0xA0 || cp == 0xAD || cp == 0x200B || cp == 0x2028 ||
           cp == 0x2029 || cp == 0x2060 || cp == 0xFEFF || cp == 0xFFFC;
}

static void count(uint32_t *letters, uint32_t cp)
{
    if (cp < LETTERS && !is_blank(cp))
        letters[folded(cp)]++;
}

static bool is_artifact(const struct fo_node *n)
{
    return n->role && (strcmp(n->role, "Artifact") == 0 || strcmp(n->role, "artifact") == 0);
}

static void count_flow(uint32_t *due, const struct fo_node *n)
{
    if (n->type == FO_MARKER || n->type == FO_LEADER || is_artifact(n) ||
        n->style->inh.visibility)
        return;
    if (n->type == FO_TEXT)
        for (const char *s = n->as.text.bytes, *end = s + n->as.text.len; s < end;)
            count(due, utf8_next(&s, end));
    else if (n->type == FO_CHARACTER)
        count(due, n->as.character.cp);
    for (const struct fo_node *k = n->child; k; k = k->next)
        count_flow(due, k);
}

static void count_areas(uint32_t *seen, const struct area *a, const struct area_tag *inherited)
{
    for (; a; a = a->next) {
        const struct area_tag *tag = area_tag_of(a, inherited);
        if (a->type == AREA_GROUP)
            count_areas(seen, a->as.group.child, tag);
        if (a->type != AREA_TEXT || !tag)
            continue;
        for (size_t i = 0; i < a->as.text.count; i++) {
            const struct text_word *w = a->as.text.words[i].word;
            for (size_t k = 0; k < w->cp_count; k++)
                count(seen, w->cps[k]);
        }
    }
}

static void count_page(void *self, const struct area_page *page)
{
    struct account *a = self;
    count_areas(a->seen, page->child, NULL);
    a->inner->page(a->inner->self, page);
}

static bool finish(void *self, const struct area_document *doc)
{
    struct account *a = self;
    return a->inner->finish(a->inner->self, doc);
}

struct area_painter *account_open(const struct fo_document *doc, struct area_painter *inner)
{
    struct account *a = mem_zalloc(sizeof *a);
    a->inner = inner;
    a->painter = (struct area_painter){a, count_page, finish};
    a->due = mem_zalloc(LETTERS * sizeof *a->due);
    a->seen = mem_zalloc(LETTERS * sizeof *a->seen);
    for (const struct fo_node *k = doc->root->child; k; k = k->next)
        for (const struct fo_node *f = k->child; f; f = f->next)
            if (k->type == FO_PAGE_SEQUENCE && f->type == FO_FLOW)
                count_flow(a->due, f);
    return &a->painter;
}

void account_close(struct area_painter *painter, bool complete)
{
    struct account *a = painter->self;
    bool lost = false;
    for (uint32_t cp = 0; cp < LETTERS && complete; cp++) {
        if (a->seen[cp] >= a->due[cp])
            continue;
        fprintf(stderr, "layout lost U+%04X: %u of %u are on the pages\n", (unsigned)cp,
                (unsigned)a->seen[cp], (unsigned)a->due[cp]);
        lost = true;
    }
    free(a->due);
    free(a->seen);
    free(a);
    REQUIRE(!lost);
}
