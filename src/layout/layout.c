/* The document: passes until the page numbers referred to are stable, then pages to the
 * painter.
 *
 * Method. A document without references to page numbers is laid out once, and its pages are
 * painted as they are made. With references, passes without a painter come first: each reads
 * the numbers the one before it found; when a pass finds what it read, the pages are painted.
 * Rejected: to reserve room for the widest number (lines would differ from what is printed). */
#include "layout/account.h"
#include "layout/para.h"
#include "layout/run.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { PASSES_MOST = 5 };

static bool has_citations(const struct fo_node *n)
{
    for (; n; n = n->next)
        if (n->type == FO_PAGE_NUMBER_CITATION || n->type == FO_PAGE_NUMBER_CITATION_LAST ||
            has_citations(n->child))
            return true;
    return false;
}

/* ---- the outline */

static const char *title_of(struct pass *p, const struct fo_node *title)
{
    struct buf b = BUF_EMPTY;
    for (const struct fo_node *k = title->child; k; k = k->next)
        if (k->type == FO_TEXT)
            buf_put(&b, k->as.text.bytes, k->as.text.len);
    const char *text = arena_strdup(p->arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static struct area_bookmark *bookmarks(struct pass *p, const struct fo_node *parent)
{
    struct area_bookmark *first = NULL, **last = &first;
    for (const struct fo_node *k = parent->child; k; k = k->next) {
        if (k->type != FO_BOOKMARK)
            continue;
        struct area_bookmark *b = ARENA_NEW(p->arena, struct area_bookmark);
        for (const struct fo_node *t = k->child; t; t = t->next)
            if (t->type == FO_BOOKMARK_TITLE)
                b->title = title_of(p, t);
        b->id = k->as.bookmark.internal;
        b->uri = k->as.bookmark.external;
        b->closed = k->as.bookmark.closed;
        b->file = k->loc.file;
        b->line = k->loc.line;
        b->child = bookmarks(p, k);
        *last = b;
        last = &b->next;
    }
    return first;
}

static const struct fo_node *child_of(const struct fo_node *n, enum fo_type type)
{
    for (const struct fo_node *k = n->child; k; k = k->next)
        if (k->type == type)
            return k;
    return NULL;
}

/* ---- what the painter hears at the end */

static const struct area_meta *meta_of(struct pass *p)
{
    const struct area_meta *first = NULL, **last = &first;
    for (const struct fo_meta *m = p->doc->meta; m; m = m->next) {
        struct area_meta *copy = ARENA_NEW(p->arena, struct area_meta);
        copy->name = m->name;
        copy->value = m->value;
        *last = copy;
        last = &copy->next;
    }
    return first;
}

static bool finish(struct pass *p)
{
    const struct fo_node *root = p->doc->root;
    const struct fo_node *tree = child_of(root, FO_BOOKMARK_TREE);
    struct area_document doc = {.language = p->doc->language,
                                .meta = meta_of(p),
                                .tags = p->root_tag,
                                .tag_count = p->tag_count,
                                .bookmarks = tree ? bookmarks(p, tree) : NULL,
                                .source_name = root->loc.file};
    return p->painter->finish(p->painter->self, &doc);
}

/* ---- passes */

static void run_pass(struct pass *p)
{
    struct pass_state *s = p->state;
    s->pages = s->sequences = 0;
    s->next_number = 1;
    s->markers.len = s->cuts.len = 0;
    s->open_markers = s->page_markers = 0;
    tags_forget(p->doc->root);
    p->root_tag = ARENA_NEW(p->arena, struct area_tag);
    area_set_role(p->root_tag, "Document", NULL);
    p->root_tag->number = p->tag_count = 1;
    p->root_tag->columns = p->root_tag->rows = 1;
    for (const struct fo_node *k = p->doc->root->child; k; k = k->next)
        if (k->type == FO_PAGE_SEQUENCE)
            page_sequence(p, k);
}

static void next_pass(struct pass_state *s)
{
    free(s->known.items);
    s->known = s->found;
    s->found = (struct id_places){NULL, 0, 0};
}

/* Passes without a painter, until the numbers stay what they were. */
static void settle_numbers(struct pass *p)
{
    struct area_painter *painter = p->painter;
    struct diag *diag = p->diag;
    bool stable = false;
    p->painter = NULL;
    p->diag = diag_new();
    for (int i = 0; i < PASSES_MOST && !stable; i++) {
        run_pass(p);
        stable = ids_are_stable(p->state);
        next_pass(p->state);
    }
    diag_free(p->diag);
    p->diag = diag;
    p->painter = painter;
    if (!stable)
        diag_add(diag, DIAG_WARNING, p->doc->root->loc, "numbers-unstable",
                 _("page numbers still change after %d passes; those of the last are shown"),
                 PASSES_MOST);
}

bool layout_document(struct fo_document *doc, struct text_fonts *fonts,
                     const struct layout_options *options, struct area_painter *painter,
                     struct diag *diag, struct layout_result *result)
{
    static const struct layout_options no_options;
    struct pass_state state = {0};
    struct pass p = {.doc = doc,
                     .fonts = fonts,
                     .options = options ? options : &no_options,
                     .painter = painter,
                     .diag = diag,
                     .result = result,
                     .state = &state};
    memset(result, 0, sizeof *result);
    result->arena = arena_new();
    p.arena = arena_new();
    p.images = area_new_images();
    if (has_citations(doc->root->child))
        settle_numbers(&p);
#ifdef __SANITIZE_ADDRESS__
    p.painter = account_open(doc, painter);
#endif
    run_pass(&p);
    result->pages = state.pages;
    bool ok = finish(&p) && !state.failed && state.pages > 0;
#ifdef __SANITIZE_ADDRESS__
    account_close(p.painter, ok);
#endif
    free(state.known.items);
    free(state.found.items);
    free(state.markers.items);
    free(state.cuts.items);
    area_free_images(p.images);
    para_free_rooms(&p);
    arena_free(p.arena);
    return ok;
}

void layout_free_result(struct layout_result *result)
{
    arena_free(result->arena);
    *result = (struct layout_result){0};
}
