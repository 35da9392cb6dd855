/* Events kept packed.
 *
 * A stylesheet needs its document to the end, and the tree of formatting objects is as large as
 * the document: held together they are what a report of ten thousand pages takes most memory
 * for. So what a long transform gives is written down here, in blocks that zlib's quickest level
 * makes twenty times smaller, and becomes a tree when the document has been freed. Names are
 * interned and written down as addresses, which mean something only as long as the pack lives. */
#include "fo/pack.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/dict.h>
#include <zlib.h>

/* Events in one block: enough for zlib to see what is alike. */
enum { BLOCK = 256 * 1024 };

enum { START = 's', TEXT = 't', END = 'e' };

struct block {
    unsigned char *bytes;
    size_t size, unpacked;
};

struct fo_pack {
    xmlDict *names;
    struct buf events; /* of the block at hand */
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
    buf_free(&p->events);
    xmlDictFree(p->names);
    free(p);
}

static void close_block(struct fo_pack *p)
{
    uLong most = compressBound(p->events.len);
    struct block b = {mem_alloc(most), most, p->events.len};
    uLongf size = most;
    REQUIRE(compress2(b.bytes, &size, (const Bytef *)p->events.bytes, p->events.len,
                      Z_BEST_SPEED) == Z_OK);
    b.size = size;
    b.bytes = mem_realloc(b.bytes, size);
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

void fo_pack_replay(struct fo_pack *p, struct fo_builder *b)
{
    struct cursor c = {0};
    char *events = NULL;
    close_block(p);
    buf_free(&p->events);
    for (size_t i = 0; i < p->blocks.len; i++) {
        struct block *block = &p->blocks.items[i];
        uLongf size = block->unpacked;
        events = mem_realloc(events, size);
        REQUIRE(uncompress((Bytef *)events, &size, block->bytes, block->size) == Z_OK);
        REQUIRE(size == block->unpacked);
        free(block->bytes);
        block->bytes = NULL;
        for (c.at = events, c.end = events + size; c.at < c.end && !b->stopped;)
            replay_event(&c, b);
    }
    free(events);
    free(c.attrs.items);
}
