/* Ways through the document: links, named destinations, outline, page labels
 * (ISO 32000-1, 12.3 and 12.4).
 *
 * Destinations are direct arrays everywhere, as PDFBox preflight wants them. */
#include "pdf/doc.h"

#include <stdlib.h>
#include <string.h>

/* Names in one leaf of the name tree. */
enum { LEAF = 64 };

/* Ranges in one leaf of the number tree of page labels: two items each, of the 8,191 an array of
 * part 1 may have; 4,000 leaves of theirs are as many pages as PDF/A has objects. */
enum { RANGES = 2000 };

static int by_id(const void *a, const void *b)
{
    const struct pdf_dest *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    if (order)
        return order;
    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    return x->y > y->y ? -1 : x->y < y->y;
}

/* Sort, and keep the first place of each id. */
static void sort_dests(struct pdf_doc *d)
{
    size_t kept = 0;
    if (d->dests.len)
        qsort(d->dests.items, d->dests.len, sizeof *d->dests.items, by_id);
    for (size_t i = 0; i < d->dests.len; i++) {
        if (kept && strcmp(d->dests.items[kept - 1].id, d->dests.items[i].id) == 0)
            free(d->dests.items[i].id);
        else
            d->dests.items[kept++] = d->dests.items[i];
    }
    d->dests.len = kept;
}

static const struct pdf_dest *find_dest(const struct pdf_doc *d, const char *id)
{
    size_t low = 0, high = d->dests.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(d->dests.items[middle].id, id);
        if (order == 0)
            return &d->dests.items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void put_dest(const struct pdf_doc *d, const struct pdf_dest *dest, struct buf *out)
{
    buf_putc(out, '[');
    pdf_put_ref(out, d->pages.items[dest->page].id);
    buf_puts(out, "/XYZ null");
    pdf_put_num(out, dest->y);
    buf_puts(out, " null]");
}

/* An address in ASCII: what is not goes as %XX of its UTF-8 bytes (RFC 3986, RFC 3987). */
static void put_uri(struct buf *out, const char *uri)
{
    struct buf ascii = BUF_EMPTY;
    for (; *uri; uri++) {
        unsigned char c = (unsigned char)*uri;
        if (c <= ' ' || c > '~' || strchr("<>\"{}|\\^`", c))
            buf_printf(&ascii, "%%%02X", c);
        else
            buf_putc(&ascii, (char)c);
    }
    pdf_put_bytes(out, buf_str(&ascii), ascii.len);
    buf_free(&ascii);
}

/* Where a link or an outline item leads. */
struct target {
    const char *id, *uri;
    struct src_loc at; /* what names it */
};

static void put_target(struct pdf_doc *d, const struct target *t, struct buf *out)
{
    const char *id = t->id, *uri = t->uri;
    const struct pdf_dest *dest = id ? find_dest(d, id) : NULL;
    if (dest) {
        buf_puts(out, "/Dest");
        put_dest(d, dest, out);
    } else if (uri) {
        buf_puts(out, "/A<</S/URI/URI");
        put_uri(out, uri);
        buf_puts(out, ">>");
    } else if (id) {
        diag_add(d->diag, DIAG_WARNING, t->at, "link-target",
                 _("nothing has the id «%s»: the link or bookmark leads nowhere"), id);
    }
}

static int by_tag(const void *a, const void *b)
{
    const struct pdf_note *x = a, *y = b;
    return x->tag < y->tag ? -1 : x->tag > y->tag;
}

/* What the link says, which is what a screen reader announces (ISO 14289-1, 7.18.5). */
static void put_contents(const struct pdf_doc *d, const struct pdf_link *link, struct buf *out)
{
    const struct pdf_note key = {.tag = link->tag};
    struct pdf_note *note =
        d->link_texts.len && link->tag
            ? bsearch(&key, d->link_texts.items, d->link_texts.len, sizeof key, by_tag)
            : NULL;
    const char *fallback = link->uri ? link->uri : link->id;
    while (note && note->text.len && note->text.bytes[note->text.len - 1] == ' ')
        note->text.bytes[--note->text.len] = '\0'; /* the line's end */
    buf_puts(out, "/Contents");
    pdf_put_text(out, note && note->text.len ? buf_str(&note->text) : fallback);
}

static void write_link(struct pdf_doc *d, size_t i)
{
    const struct pdf_link *link = &d->links.items[i];
    struct buf *out = link->dict.body;
    buf_puts(out, "/Type/Annot/F 4/Rect");
    pdf_put_box(out, link->box);
    buf_printf(out, "/StructParent %zu", d->pages.len + i);
    if (link->field) {
        pdf_write_field(d, link);
        return;
    }
    buf_puts(out, "/Subtype/Link/Border[0 0 0]");
    put_contents(d, link, out);
    const struct target target = {
        link->id, link->uri, {d->pages.items[link->page].file, link->line, 0}};
    put_target(d, &target, out);
}

static void put_names(const struct pdf_doc *d, size_t first, size_t end, struct buf *out)
{
    buf_puts(out, "/Names[");
    for (size_t i = first; i < end; i++) {
        pdf_put_bytes(out, d->dests.items[i].id, strlen(d->dests.items[i].id));
        put_dest(d, &d->dests.items[i], out);
    }
    buf_putc(out, ']');
}

/* 7.9.6 */
static void write_dests(struct pdf_doc *d, struct buf *names)
{
    size_t count = d->dests.len;
    if (!count)
        return;
    struct pdf_dict root = pdf_new_dict(d);
    buf_puts(names, "/Dests");
    pdf_put_ref(names, root.id);
    if (count <= LEAF) {
        put_names(d, 0, count, root.body);
        return;
    }
    buf_puts(root.body, "/Kids[");
    for (size_t first = 0; first < count; first += LEAF) {
        size_t end = first + LEAF < count ? first + LEAF : count;
        const char *low = d->dests.items[first].id, *high = d->dests.items[end - 1].id;
        struct pdf_dict leaf = pdf_new_dict(d);
        buf_puts(leaf.body, "/Limits[");
        pdf_put_bytes(leaf.body, low, strlen(low));
        pdf_put_bytes(leaf.body, high, strlen(high));
        buf_putc(leaf.body, ']');
        put_names(d, first, end, leaf.body);
        pdf_put_ref(root.body, leaf.id);
    }
    buf_putc(root.body, ']');
}

/* The items of one level of the outline. */
struct level {
    uint32_t first, last;
    int32_t shown; /* items that are seen when the level is open */
};

static void put_item_link(struct buf *out, const char *key, uint32_t id)
{
    if (!id)
        return;
    buf_puts(out, key);
    pdf_put_ref(out, id);
}

static void put_level(struct buf *out, const struct level *level, bool closed)
{
    if (!level->first)
        return;
    put_item_link(out, "/First", level->first);
    put_item_link(out, "/Last", level->last);
    buf_printf(out, "/Count %d", (int)(closed ? -level->shown : level->shown));
}

/* A title on one line: however the source breaks it, spaces are one. */
static void put_title(struct buf *out, const char *title)
{
    struct buf line = BUF_EMPTY;
    for (const char *c = title; *c; c++) {
        if (!strchr(" \t\r\n", *c))
            buf_putc(&line, *c);
        else if (line.len && line.bytes[line.len - 1] != ' ')
            buf_putc(&line, ' ');
    }
    while (line.len && line.bytes[line.len - 1] == ' ')
        line.len--;
    buf_putc(&line, '\0');
    buf_puts(out, "/Title");
    pdf_put_text(out, line.bytes);
    buf_free(&line);
}

static struct level write_level(struct pdf_doc *d, const struct area_bookmark *b,
                                uint32_t parent)
{
    struct level level = {0, 0, 0};
    struct pdf_dict item = {0, NULL}, next;
    for (uint32_t last = 0; b; b = b->next, last = item.id, item = next) {
        if (!item.id)
            item = pdf_new_dict(d);
        next = b->next ? pdf_new_dict(d) : (struct pdf_dict){0, NULL};
        put_title(item.body, b->title ? b->title : "");
        put_item_link(item.body, "/Parent", parent);
        put_item_link(item.body, "/Prev", last);
        put_item_link(item.body, "/Next", next.id);
        put_target(d, &(struct target){b->id, b->uri, {b->file, b->line, 0}}, item.body);
        struct level below = write_level(d, b->child, item.id);
        put_level(item.body, &below, b->closed);
        level.first = level.first ? level.first : item.id;
        level.last = item.id;
        level.shown += 1 + (b->closed ? 0 : below.shown);
    }
    return level;
}

static void write_outline(struct pdf_doc *d, const struct area_bookmark *bookmarks)
{
    if (!bookmarks)
        return;
    struct pdf_dict root = pdf_new_dict(d);
    struct level top = write_level(d, bookmarks, root.id);
    put_level(root.body, &top, false);
    buf_puts(&d->catalog, "/PageMode/UseOutlines/Outlines");
    pdf_put_ref(&d->catalog, root.id);
}

/* The number a label is, 0 when it is not a plain decimal one. */
static int64_t decimal_label(const char *label)
{
    int64_t n = 0;
    if (*label == '0' || strlen(label) > 9)
        return 0;
    for (; *label; label++) {
        if (*label < '0' || *label > '9')
            return 0;
        n = n * 10 + (*label - '0');
    }
    return n;
}

/* The dictionary of the label of a range's first page. */
static void put_label(struct buf *out, const char *label, int64_t n)
{
    buf_puts(out, "<<");
    if (n) {
        buf_printf(out, "/S/D/St %lld", (long long)n);
    } else if (*label) {
        buf_puts(out, "/P");
        pdf_put_text(out, label);
    }
    buf_puts(out, ">>");
}

/* A leaf of the number tree is full: it goes to the kids of the root. */
static void write_label_leaf(struct pdf_doc *d, size_t first, size_t last,
                             const struct buf *nums, struct buf *kids)
{
    struct pdf_dict leaf = pdf_new_dict(d);
    buf_printf(leaf.body, "/Limits[%zu %zu]/Nums[", first, last);
    buf_put(leaf.body, nums->bytes, nums->len);
    buf_putc(leaf.body, ']');
    pdf_put_ref(kids, leaf.id);
}

/* 12.4.2: numbers that count on are one range; any other label is the prefix of a range of one
 * page without numbers. More ranges than a leaf has make a tree (7.9.7). */
static void write_page_labels(struct pdf_doc *d)
{
    struct buf nums = BUF_EMPTY, kids = BUF_EMPTY;
    int64_t expected = 0;
    size_t count = 0, first = 0, last = 0;
    for (size_t i = 0; i < d->pages.len; i++) {
        const char *label = d->labels.bytes + d->pages.items[i].labelled;
        int64_t n = decimal_label(label);
        bool counts_on = n && n == expected;
        expected = n ? n + 1 : 0;
        if (counts_on)
            continue;
        if (count == RANGES) {
            write_label_leaf(d, first, last, &nums, &kids);
            buf_clear(&nums);
            count = 0;
        }
        first = count++ ? first : i;
        last = i;
        buf_printf(&nums, "%zu", i);
        put_label(&nums, label, n);
    }
    if (kids.len)
        write_label_leaf(d, first, last, &nums, &kids);
    buf_puts(&d->catalog, kids.len ? "/PageLabels<</Kids[" : "/PageLabels<</Nums[");
    const struct buf *items = kids.len ? &kids : &nums;
    buf_put(&d->catalog, items->bytes, items->len);
    buf_puts(&d->catalog, "]>>");
    buf_free(&nums);
    buf_free(&kids);
}

void pdf_write_navigation(struct pdf_doc *d, const struct area_document *doc, struct buf *names)
{
    sort_dests(d);
    if (d->link_texts.len)
        qsort(d->link_texts.items, d->link_texts.len, sizeof *d->link_texts.items, by_tag);
    for (size_t i = 0; i < d->links.len; i++)
        write_link(d, i);
    pdf_write_form(d);
    write_dests(d, names);
    write_outline(d, doc->bookmarks);
    if (d->pages.len)
        write_page_labels(d);
}
