/* Text by tags (ISO 32000-1, 14.7 and 14.8): the content streams are read once, what is shown
 * within each marked-content id is kept as UTF-8 by the fonts' ToUnicode maps (9.10.3), and the
 * structure tree says in which order the ids belong together. */
#include "unit/tagtext.h"

#include "base/utf8.h"
#include "unit/test_pdf_reader.h"

enum { CODES = 65536, DEPTH = 64 };

/* What a font's codes mean. All its codes have as many bytes. */
struct code_map {
    const struct pdf_value *font;
    size_t code_bytes;
    char *meaning[CODES];
    struct code_map *next;
};

struct page_text {
    const struct pdf_value *page;
    struct buf *ids; /* by MCID */
    size_t count;
};

struct reader {
    struct pdf_file file;
    struct code_map *maps;
    struct page_text *pages;
    size_t page_count;
    struct buf *out;
};

/* ---- fonts */

/* A ToUnicode string is UTF-16BE. */
static char *utf8_of(struct arena *arena, const struct pdf_value *v)
{
    struct buf b = BUF_EMPTY;
    for (size_t i = 0; i + 1 < v->length; i += 2) {
        uint32_t cp = (uint32_t)(unsigned char)v->text[i] << 8 | (unsigned char)v->text[i + 1];
        if (cp >= 0xd800 && cp < 0xdc00 && i + 3 < v->length) {
            i += 2;
            uint32_t low =
                (uint32_t)(unsigned char)v->text[i] << 8 | (unsigned char)v->text[i + 1];
            cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
        }
        buf_put_utf8(&b, cp);
    }
    char *text = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static size_t code_of(const struct pdf_value *v)
{
    size_t code = 0;
    for (size_t i = 0; i < v->length; i++)
        code = code << 8 | (unsigned char)v->text[i];
    return code < CODES ? code : 0;
}

/* Only bfchar: prikaz writes no ranges, and an unknown code shows as U+FFFD. */
static void read_map(struct reader *r, struct code_map *map, const struct pdf_value *cmap)
{
    struct pdf_cursor at = {r->file.arena, cmap->stream, cmap->stream + cmap->stream_length};
    const struct pdf_value *code = NULL;
    bool inside = false;
    for (pdf_skip_space(&at); at.at < at.end; pdf_skip_space(&at)) {
        const struct pdf_value *v = pdf_read_value(&at);
        if (v->kind == PDF_WORD)
            inside = strcmp(v->text, "beginbfchar") == 0;
        else if (inside && v->kind == PDF_STRING && code) {
            map->meaning[code_of(code)] = utf8_of(r->file.arena, v);
            map->code_bytes = code->length;
        }
        code = inside && v->kind == PDF_STRING && !code ? v : NULL;
    }
}

static const struct code_map *map_of(struct reader *r, const struct pdf_value *font)
{
    for (struct code_map *m = r->maps; m; m = m->next)
        if (m->font == font)
            return m;
    struct code_map *map = mem_zalloc(sizeof *map);
    map->font = font;
    map->code_bytes = 1;
    map->next = r->maps;
    r->maps = map;
    const struct pdf_value *cmap = pdf_get(&r->file, font, "ToUnicode");
    if (cmap->stream)
        read_map(r, map, cmap);
    return map;
}

static void put_shown(struct buf *out, const struct code_map *map, const struct pdf_value *v)
{
    size_t step = map ? map->code_bytes : 1;
    for (size_t i = 0; i + step <= v->length; i += step) {
        size_t code = code_of(&(struct pdf_value){.text = v->text + i, .length = step});
        buf_puts(out, map && map->meaning[code] ? map->meaning[code] : "\ufffd");
    }
}

/* ---- pages */

struct content {
    struct reader *r;
    struct page_text *page;
    const struct pdf_value *fonts;
    const struct code_map *font;
    long open[DEPTH]; /* MCID; -1: none of its own */
    int depth;
};

static struct buf *id_text(struct page_text *page, long id)
{
    size_t need = (size_t)id + 1;
    if (need > page->count) {
        page->ids = mem_realloc(page->ids, need * sizeof *page->ids);
        while (page->count < need)
            page->ids[page->count++] = (struct buf)BUF_EMPTY;
    }
    return &page->ids[id];
}

static void open_mark(struct content *c, const struct pdf_value *properties)
{
    const struct pdf_value *id = properties ? pdf_entry(properties, "MCID") : NULL;
    long outer = c->depth > 0 ? c->open[c->depth - 1] : -1;
    REQUIRE(c->depth < DEPTH);
    c->open[c->depth++] = id ? id->number : outer;
}

static void show(struct content *c, const struct pdf_value *what)
{
    long id = c->depth > 0 ? c->open[c->depth - 1] : -1;
    if (id < 0 || !what)
        return;
    struct buf *out = id_text(c->page, id);
    if (what->kind == PDF_STRING)
        put_shown(out, c->font, what);
    for (const struct pdf_value *v = what->child; v; v = v->next)
        if (v->kind == PDF_STRING)
            put_shown(out, c->font, v);
}

static void operate(struct content *c, const char *op, const struct pdf_value *a,
                    const struct pdf_value *b)
{
    if (strcmp(op, "BDC") == 0)
        open_mark(c, b);
    else if (strcmp(op, "BMC") == 0)
        open_mark(c, NULL);
    else if (strcmp(op, "EMC") == 0 && c->depth > 0)
        c->depth--;
    else if (strcmp(op, "Tf") == 0 && a)
        c->font = map_of(c->r, pdf_get(&c->r->file, c->fonts, a->text));
    else if (strcmp(op, "Tj") == 0 || strcmp(op, "TJ") == 0)
        show(c, b);
}

static void read_content(struct content *c, const struct pdf_value *stream)
{
    struct pdf_cursor at = {c->r->file.arena, stream->stream,
                            stream->stream + stream->stream_length};
    const struct pdf_value *before = NULL, *last = NULL;
    for (pdf_skip_space(&at); at.at < at.end; pdf_skip_space(&at)) {
        const struct pdf_value *v = pdf_read_value(&at);
        if (v->kind == PDF_WORD)
            operate(c, v->text, before, last);
        before = v->kind == PDF_WORD ? NULL : last;
        last = v->kind == PDF_WORD ? NULL : v;
    }
}

static void read_pages(struct reader *r, const struct pdf_value *node)
{
    const struct pdf_file *f = &r->file;
    const struct pdf_value *kid = pdf_get(f, node, "Kids")->child;
    for (; kid; kid = kid->next)
        read_pages(r, pdf_resolve(f, kid));
    if (!pdf_is_name(pdf_get(f, node, "Type"), "Page"))
        return;
    r->pages = mem_realloc(r->pages, (r->page_count + 1) * sizeof *r->pages);
    struct page_text *page = &r->pages[r->page_count++];
    *page = (struct page_text){.page = node};
    struct content c = {.r = r, .page = page};
    c.fonts = pdf_get(f, pdf_get(f, node, "Resources"), "Font");
    read_content(&c, pdf_get(f, node, "Contents"));
}

/* ---- structure */

static void put_id(struct reader *r, const struct pdf_value *page, long id)
{
    for (size_t i = 0; i < r->page_count; i++) {
        const struct page_text *p = &r->pages[i];
        if (p->page == page && id >= 0 && (size_t)id < p->count)
            buf_puts(r->out, buf_str(&p->ids[id]));
    }
}

static bool is_inline(const struct pdf_value *role)
{
    return pdf_is_name(role, "Link") || pdf_is_name(role, "Span") ||
           pdf_is_name(role, "Reference") || pdf_is_name(role, "Em") ||
           pdf_is_name(role, "Strong");
}

static void put_element(struct reader *r, const struct pdf_value *e,
                        const struct pdf_value *page);

/* A kid is an MCID, a reference to one on a page, an annotation or an element (14.7.2). */
static void put_kid(struct reader *r, const struct pdf_value *k, const struct pdf_value *page)
{
    const struct pdf_value *v = pdf_resolve(&r->file, k);
    if (v->kind == PDF_NUMBER) {
        put_id(r, page, v->number);
    } else if (v->kind == PDF_ARRAY) {
        for (const struct pdf_value *i = v->child; i; i = i->next)
            put_kid(r, i, page);
    } else if (pdf_entry(v, "MCID")) {
        const struct pdf_value *own = pdf_get(&r->file, v, "Pg");
        put_id(r, own->kind == PDF_DICT ? own : page, pdf_get(&r->file, v, "MCID")->number);
    } else if (!pdf_is_name(pdf_get(&r->file, v, "Type"), "OBJR")) {
        put_element(r, v, page);
    }
}

static void put_element(struct reader *r, const struct pdf_value *e,
                        const struct pdf_value *page)
{
    const struct pdf_value *own = pdf_get(&r->file, e, "Pg");
    bool block = !is_inline(pdf_get(&r->file, e, "S"));
    if (block)
        buf_putc(r->out, '\n');
    const struct pdf_value *kids = pdf_entry(e, "K");
    if (kids)
        put_kid(r, kids, own->kind == PDF_DICT ? own : page);
    if (block)
        buf_putc(r->out, '\n');
}

static void reader_free(struct reader *r)
{
    for (size_t i = 0; i < r->page_count; i++) {
        for (size_t k = 0; k < r->pages[i].count; k++)
            buf_free(&r->pages[i].ids[k]);
        free(r->pages[i].ids);
    }
    free(r->pages);
    for (struct code_map *m = r->maps, *next; m; m = next) {
        next = m->next;
        free(m);
    }
    pdf_close(&r->file);
}

bool tagtext_read(const char *path, struct buf *text)
{
    struct reader r = {.out = text};
    bool good = pdf_open(&r.file, path);
    if (good) {
        const struct pdf_value *root = pdf_get(&r.file, r.file.trailer, "Root");
        const struct pdf_value *tree = pdf_get(&r.file, root, "StructTreeRoot");
        read_pages(&r, pdf_get(&r.file, root, "Pages"));
        good = tree->kind == PDF_DICT && pdf_entry(tree, "K");
        if (good)
            put_kid(&r, pdf_entry(tree, "K"), NULL);
    }
    reader_free(&r);
    return good;
}
