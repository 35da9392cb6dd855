/* Events kept packed.
 *
 * A stylesheet needs its document to the end, and the tree of formatting objects is as large as
 * the document: held together they are what a report of ten thousand pages takes most memory
 * for. So what a long transform gives is written down here, in blocks that deflate's quickest level
 * makes twenty times smaller (but for the first ones, which do not matter), and becomes a tree when the document has been freed. Names are
 * interned and written down as addresses, which mean something only as long as the pack lives. */
#include "fo/pack.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <libdeflate.h>
#include <libxml/dict.h>

/* Events in one block: enough for deflate to see what is alike. */
enum { BLOCK = 256 * 1024 };

/* So many blocks stay as they are: 2 MB of memory, of documents of a hundred pages all. */
enum { PLAIN_BLOCKS = 8 };

enum { DEFLATE_LEVEL = 1 };

enum { START = 's', TEXT = 't', END = 'e' };

struct block {
    char *bytes;
    size_t size, unpacked; /* equal: it is not packed */
};

struct fo_pack {
    xmlDict *names;
    struct libdeflate_compressor *deflate; /* NULL: not needed yet */
    struct buf events;                     /* of the block at hand */
    struct {
        struct block *items;
        size_t len, cap;
    } blocks;
};

struct fo_pack *fo_pack_new(void)
{
    struct fo_pack *p = mem_zalloc(sizeof *p);
    p->names = xmlDictCreate();
    REQUIRE(p->names);
    return p;
}

void fo_pack_free(struct fo_pack *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->blocks.len; i++)
        free(p->blocks.items[i].bytes);
    free(p->blocks.items);
    libdeflate_free_compressor(p->deflate);
    buf_free(&p->events);
    xmlDictFree(p->names);
    free(p);
}

/* False: it does not become smaller. */
static bool pack_block(struct fo_pack *p, struct block *b)
{
    if (!p->deflate)
        p->deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    REQUIRE(p->deflate);
    b->bytes = mem_alloc(b->unpacked);
    b->size = libdeflate_deflate_compress(p->deflate, p->events.bytes, b->unpacked, b->bytes,
                                          b->unpacked - 1);
    if (b->size == 0) {
        free(b->bytes);
        return false;
    }
    b->bytes = mem_realloc(b->bytes, b->size);
    return true;
}

static void close_block(struct fo_pack *p)
{
    struct block b = {.unpacked = p->events.len};
    if (!b.unpacked)
        return;
    if (p->blocks.len < PLAIN_BLOCKS || !pack_block(p, &b)) {
        b.bytes = mem_realloc(p->events.bytes, b.unpacked);
        b.size = b.unpacked;
        p->events = (struct buf)BUF_EMPTY;
    }
    VEC_PUSH(&p->blocks, b);
    buf_clear(&p->events);
}

/* An event ends: a block never breaks inside one. */
static void end_event(struct fo_pack *p)
{
    if (p->events.len >= BLOCK)
        close_block(p);
}

static void put_name(struct fo_pack *p, const char *name)
{
    const xmlChar *own = name ? xmlDictLookup(p->names, (const xmlChar *)name, -1) : NULL;
    buf_put(&p->events, &own, sizeof own);
}

static void put_slice(struct fo_pack *p, const char *bytes, size_t len)
{
    buf_put(&p->events, &len, sizeof len);
    buf_put(&p->events, bytes, len);
}

void fo_pack_start(struct fo_pack *p, const struct fo_event *ev)
{
    buf_putc(&p->events, START);
    put_name(p, ev->uri);
    put_name(p, ev->prefix);
    put_name(p, ev->name);
    buf_put(&p->events, &ev->line, sizeof ev->line);
    buf_put(&p->events, &ev->attr_count, sizeof ev->attr_count);
    for (size_t i = 0; i < ev->attr_count; i++) {
        const struct fo_attr *a = &ev->attrs[i];
        put_name(p, a->uri);
        put_name(p, a->prefix);
        put_name(p, a->name);
        put_slice(p, a->value.s, a->value.len);
    }
    end_event(p);
}

void fo_pack_text(struct fo_pack *p, const char *bytes, size_t len)
{
    buf_putc(&p->events, TEXT);
    put_slice(p, bytes, len);
    end_event(p);
}

void fo_pack_end(struct fo_pack *p)
{
    buf_putc(&p->events, END);
    end_event(p);
}

/* What is left of a block's events. */
struct cursor {
    const char *at, *end;
    struct {
        struct fo_attr *items;
        size_t len, cap;
    } attrs;
};

static void take(struct cursor *c, void *to, size_t n)
{
    REQUIRE((size_t)(c->end - c->at) >= n);
    memcpy(to, c->at, n);
    c->at += n;
}

static const char *take_name(struct cursor *c)
{
    const char *name;
    take(c, &name, sizeof name);
    return name;
}

static struct fo_slice take_slice(struct cursor *c)
{
    struct fo_slice slice;
    take(c, &slice.len, sizeof slice.len);
    REQUIRE((size_t)(c->end - c->at) >= slice.len);
    slice.s = c->at;
    c->at += slice.len;
    return slice;
}

static void replay_start(struct cursor *c, struct fo_builder *b)
{
    struct fo_event ev = {.uri = take_name(c)};
    ev.prefix = take_name(c);
    ev.name = take_name(c);
    take(c, &ev.line, sizeof ev.line);
    take(c, &ev.attr_count, sizeof ev.attr_count);
    c->attrs.len = 0;
    for (size_t i = 0; i < ev.attr_count; i++) {
        struct fo_attr a = {.uri = take_name(c)};
        a.prefix = take_name(c);
        a.name = take_name(c);
        a.value = take_slice(c);
        VEC_PUSH(&c->attrs, a);
    }
    ev.attrs = c->attrs.items;
    fo_builder_start(b, &ev);
}

static void replay_event(struct cursor *c, struct fo_builder *b)
{
    char type = *c->at++;
    if (type == START) {
        replay_start(c, b);
    } else if (type == TEXT) {
        struct fo_slice text = take_slice(c);
        fo_builder_text(b, text.s, text.len, 0);
    } else {
        fo_builder_end(b, 0);
    }
}

static void unpack_block(struct libdeflate_decompressor *inflate, struct block *block)
{
    if (block->size == block->unpacked)
        return;
    char *events = mem_alloc(block->unpacked);
    REQUIRE(libdeflate_deflate_decompress(inflate, block->bytes, block->size, events,
                                          block->unpacked, NULL) == LIBDEFLATE_SUCCESS);
    free(block->bytes);
    block->bytes = events;
}

void fo_pack_replay(struct fo_pack *p, struct fo_builder *b)
{
    struct cursor c = {0};
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    REQUIRE(inflate);
    close_block(p);
    buf_free(&p->events);
    for (size_t i = 0; i < p->blocks.len; i++) {
        struct block *block = &p->blocks.items[i];
        unpack_block(inflate, block);
        for (c.at = block->bytes, c.end = c.at + block->unpacked; c.at < c.end && !b->stopped;)
            replay_event(&c, b);
        free(block->bytes);
        block->bytes = NULL;
    }
    libdeflate_free_decompressor(inflate);
    free(c.attrs.items);
}
