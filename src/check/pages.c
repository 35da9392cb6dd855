/* The pages as rules see them: an XML document, written by a painter.
 *
 *   <pages profile="…">                                       profile as the document names it
 *     <page number="2" width="210" height="297" left="30" top="20" right="200" bottom="277"
 *           hyphens="0">                                     lengths in mm, from the top left
 *       <block role="P" of="order signature post" file="…" line="28" lines="2" left="30" top="50"
 *              right="200" bottom="62" size="14" hyphens="0">text</block>
 *       <box name="electronic" left="…" top="…" right="…" bottom="…"/>
 *
 * A block is the text of one structure element on one page: a paragraph, a heading, a cell's
 * paragraph; `of` names the source elements it was made of, from the root. Without a role it is
 * an artifact, a page number. `size` is that of its smallest letters in pt. A page has the outermost
 * edges of its blocks and the sum of their hyphens, so that a rule need not look at each block. */
#include "check/check.h"
#include "base/buf.h"
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

struct place {
    const char *file;
    int line;
    const xmlNode *node;
    size_t order;
};

/* The block being gathered. */
struct block {
    const struct area_tag *tag;
    bool is_open;
    const char *file;
    int line, lines;
    mpt left, top, right, bottom, size, baseline;
    int hyphens;
    struct buf text;
};

struct check_pages {
    xmlDoc *doc;
    xmlNode *page;
    struct block block;
    struct { /* of all blocks of the page */
        mpt left, top, right, bottom;
        int32_t hyphens;
    } extent;
    struct area_painter painter;
    struct {
        struct place *items;
        size_t len, cap;
    } places;
};

/* --- from lines to source elements ------------------------------------------------------- */

static int compare_places(const void *pa, const void *pb)
{
    const struct place *a = pa, *b = pb;
    int c = strcmp(a->file, b->file);
    if (c)
        return c;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void note_places(struct check_pages *pages, const xmlNode *node, const char *file)
{
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *own = node->_private ? node->_private : file;
        struct place place = {own, (int)xmlGetLineNo(node), node, pages->places.len};
        if (own)
            VEC_PUSH(&pages->places, place);
        note_places(pages, node->children, own);
    }
}

/* The outermost element that begins on the line; NULL. */
static const xmlNode *find_element(const struct check_pages *pages, const char *file, int line)
{
    size_t low = 0, high = pages->places.len;
    const struct place wanted = {file, line, NULL, 0};
    while (file && low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_places(&pages->places.items[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct place *p = low < pages->places.len ? &pages->places.items[low] : NULL;
    return file && p && p->line == line && strcmp(p->file, file) == 0 ? p->node : NULL;
}

static void put_path(const xmlNode *node, struct buf *out)
{
    if (!node || node->type != XML_ELEMENT_NODE)
        return;
    put_path(node->parent, out);
    if (out->len)
        buf_putc(out, ' ');
    buf_puts(out, (const char *)node->name);
}

/* --- writing ----------------------------------------------------------------------------- */

static void set_text(xmlNode *node, const char *name, const char *value)
{
    xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)(value ? value : ""));
}

static void set_number(xmlNode *node, const char *name, int64_t value)
{
    struct buf text = BUF_EMPTY;
    buf_putd(&text, value);
    set_text(node, name, buf_str(&text));
    buf_free(&text);
}

/* A length in thousandths of a unit; num / den turns 1/1000 pt into them. */
static void set_length(xmlNode *node, const char *name, mpt value, int num, int den)
{
    struct buf text = BUF_EMPTY;
    buf_put_milli(&text, mpt_scale(value, num, den));
    set_text(node, name, buf_str(&text));
    buf_free(&text);
}

static void set_mm(xmlNode *node, const char *name, mpt value)
{
    set_length(node, name, value, 254, 720); /* 25.4 mm are 72 pt */
}

static mpt least(mpt a, mpt b)
{
    return a < b ? a : b;
}

static mpt most(mpt a, mpt b)
{
    return a > b ? a : b;
}

static void close_block(struct check_pages *pages)
{
    struct block *b = &pages->block;
    if (!b->is_open)
        return;
    xmlNode *node = xmlNewTextChild(pages->page, NULL, (const xmlChar *)"block",
                                    (const xmlChar *)buf_str(&b->text));
    struct buf path = BUF_EMPTY;
    put_path(find_element(pages, b->file, b->line), &path);
    set_text(node, "role", b->tag ? b->tag->role : "");
    set_text(node, "of", buf_str(&path));
    set_text(node, "file", b->file);
    set_number(node, "line", b->line);
    set_number(node, "lines", b->lines);
    set_mm(node, "left", b->left);
    set_mm(node, "top", b->top);
    set_mm(node, "right", b->right);
    set_mm(node, "bottom", b->bottom);
    set_length(node, "size", b->size, 1, 1);
    set_number(node, "hyphens", b->hyphens);
    pages->extent.left = least(pages->extent.left, b->left);
    pages->extent.top = least(pages->extent.top, b->top);
    pages->extent.right = most(pages->extent.right, b->right);
    pages->extent.bottom = most(pages->extent.bottom, b->bottom);
    pages->extent.hyphens += b->hyphens;
    buf_free(&path);
    buf_clear(&b->text);
    b->is_open = false;
}

/* --- painting ---------------------------------------------------------------------------- */

/* The structure element that is a paragraph of its own, above links, labels and the like. */
static const struct area_tag *block_tag(const struct area_tag *tag)
{
    static const char *const inline_roles[] = {"Span", "Link",  "Reference",
                                               "Lbl",  "LBody", "Note"};
    for (; tag; tag = tag->parent) {
        bool is_inline = false;
        for (size_t i = 0; i < sizeof inline_roles / sizeof *inline_roles; i++)
            is_inline = is_inline || strcmp(tag->role, inline_roles[i]) == 0;
        if (!is_inline)
            break;
    }
    return tag;
}

static void add_text(struct check_pages *pages, const struct area_page *page,
                     const struct area *a, mpt dx, mpt dy)
{
    struct block *b = &pages->block;
    const struct area_tag *tag = block_tag(a->tag);
    mpt left = dx + a->x, baseline = dy + a->y, size = a->as.text.size;
    /* Letters reach about 7/10 above their line and 2/10 below it. */
    mpt top = baseline - size * 7 / 10, bottom = baseline + size * 2 / 10;
    if (!b->is_open || b->tag != tag) {
        close_block(pages);
        struct buf text = b->text;
        *b = (struct block){.tag = tag,
                            .is_open = true,
                            .file = page->file,
                            .line = a->line,
                            .lines = 1,
                            .left = left,
                            .top = top,
                            .right = left + a->width,
                            .bottom = bottom,
                            .size = size,
                            .baseline = baseline};
        b->text = text;
    } else {
        /* A superscript is no line of its own. */
        bool is_below = baseline > b->baseline + size / 2;
        b->lines += is_below;
        if (is_below)
            buf_putc(&b->text, ' ');
        b->baseline = is_below ? baseline : b->baseline;
        b->left = least(b->left, left);
        b->top = least(b->top, top);
        b->right = most(b->right, left + a->width);
        b->bottom = most(b->bottom, bottom);
        b->size = least(b->size, size);
    }
    for (size_t i = 0; i < a->as.text.count; i++)
        b->hyphens += (a->as.text.words[i].flags & AREA_WORD_HYPHEN) != 0;
    area_put_text(a, &b->text);
}

static void add_box(struct check_pages *pages, const struct area_page *page,
                    const struct area *a, mpt dx, mpt dy)
{
    close_block(pages);
    xmlNode *node = xmlNewChild(pages->page, NULL, (const xmlChar *)"box", NULL);
    set_text(node, "name", a->as.report.name);
    set_text(node, "file", page->file);
    set_number(node, "line", a->line);
    set_mm(node, "left", dx + a->x);
    set_mm(node, "top", dy + a->y);
    set_mm(node, "right", dx + a->x + a->width);
    set_mm(node, "bottom", dy + a->y + a->height);
}

/* Turned and scaled groups are drawings and stamps: what is in them is left out. */
static void add_areas(struct check_pages *pages, const struct area_page *page,
                      const struct area *a, mpt dx, mpt dy)
{
    for (; a; a = a->next) {
        if (a->type == AREA_TEXT)
            add_text(pages, page, a, dx, dy);
        else if (a->type == AREA_REPORT)
            add_box(pages, page, a, dx, dy);
        else if (a->type == AREA_GROUP && !a->as.group.transformed && !a->as.group.rotation)
            add_areas(pages, page, a->as.group.child, dx + a->x, dy + a->y);
    }
}

static void take_page(void *self, const struct area_page *page)
{
    struct check_pages *pages = self;
    pages->page =
        xmlNewChild(xmlDocGetRootElement(pages->doc), NULL, (const xmlChar *)"page", NULL);
    set_number(pages->page, "number", page->index + 1);
    set_number(pages->page, "sequence", page->sequence + 1);
    set_text(pages->page, "file", page->file);
    set_mm(pages->page, "width", page->width);
    set_mm(pages->page, "height", page->height);
    pages->extent.left = page->width;
    pages->extent.top = page->height;
    pages->extent.right = pages->extent.bottom = 0;
    pages->extent.hyphens = 0;
    add_areas(pages, page, page->child, 0, 0);
    close_block(pages);
    set_mm(pages->page, "left", pages->extent.left);
    set_mm(pages->page, "top", pages->extent.top);
    set_mm(pages->page, "right", pages->extent.right);
    set_mm(pages->page, "bottom", pages->extent.bottom);
    set_number(pages->page, "hyphens", pages->extent.hyphens);
}

static bool finish(void *self, const struct area_document *doc)
{
    (void)self, (void)doc;
    return true;
}

struct check_pages *check_new_pages(const xmlDoc *source)
{
    struct check_pages *pages = mem_zalloc(sizeof *pages);
    const xmlNode *root = xmlDocGetRootElement(source);
    note_places(pages, root, NULL);
    if (pages->places.len)
        qsort(pages->places.items, pages->places.len, sizeof *pages->places.items,
              compare_places);
    pages->painter = (struct area_painter){pages, take_page, finish};
    pages->doc = xmlNewDoc((const xmlChar *)"1.0");
    pages->doc->URL = source->URL ? xmlStrdup(source->URL) : NULL;
    xmlNode *top = xmlNewDocRawNode(pages->doc, NULL, (const xmlChar *)"pages", NULL);
    xmlDocSetRootElement(pages->doc, top);
    xmlChar *profile = xmlGetNoNsProp(root, (const xmlChar *)"profile");
    if (profile)
        xmlNewProp(top, (const xmlChar *)"profile", profile);
    xmlFree(profile);
    return pages;
}

struct area_painter *check_pages_painter(struct check_pages *pages)
{
    return &pages->painter;
}

xmlDoc *check_pages_doc(struct check_pages *pages)
{
    return pages->doc;
}

void check_free_pages(struct check_pages *pages)
{
    if (!pages)
        return;
    buf_free(&pages->block.text);
    free(pages->places.items);
    xmlFreeDoc(pages->doc);
    free(pages);
}
