/* A PDF read back for tests, from what `qpdf --qdf --object-streams=disable` makes of it:
 * objects as trees of values. Only sound files come here, so the reader is short and trusts. */
#ifndef PRIKAZ_TESTS_PDF_READER_H
#define PRIKAZ_TESTS_PDF_READER_H

#include "base/buf.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum pdf_kind {
    PDF_NULL,
    PDF_WORD,
    PDF_NUMBER,
    PDF_NAME,
    PDF_STRING,
    PDF_ARRAY,
    PDF_DICT,
    PDF_REF
};

/* A value; of an array or dictionary the items are a list (names and values by turns). */
struct pdf_value {
    enum pdf_kind kind;
    const char *text; /* word, name without its slash, string's bytes */
    size_t length;
    long number; /* also a reference's object; numbers are cut to whole ones */
    struct pdf_value *child, *next;
    const char *stream; /* of an object that has one */
    size_t stream_length;
};

struct pdf_file {
    struct arena *arena;
    struct buf bytes;
    struct pdf_value **objects; /* by number, NULL where there is none */
    size_t count;
    struct pdf_value *trailer;
};

static const struct pdf_value pdf_nothing = {.kind = PDF_NULL, .text = ""};

struct pdf_cursor {
    struct arena *arena;
    const char *at, *end;
};

static inline bool pdf_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static inline void pdf_skip_space(struct pdf_cursor *c)
{
    while (c->at < c->end && (pdf_is_space(*c->at) || *c->at == '%')) {
        if (*c->at == '%')
            while (c->at < c->end && *c->at != '\n')
                c->at++;
        else
            c->at++;
    }
}

static inline bool pdf_is_regular(char c)
{
    return !pdf_is_space(c) && !strchr("()<>[]{}/%", c);
}

static inline struct pdf_value *pdf_new_value(struct pdf_cursor *c, enum pdf_kind kind)
{
    struct pdf_value *v = ARENA_NEW(c->arena, struct pdf_value);
    v->kind = kind;
    v->text = "";
    return v;
}

static inline int pdf_unescape(struct pdf_cursor *c)
{
    char e = *c->at++;
    if (e >= '0' && e <= '7') {
        int v = e - '0';
        for (int i = 0; i < 2 && *c->at >= '0' && *c->at <= '7'; i++)
            v = v * 8 + *c->at++ - '0';
        return v & 255;
    }
    if (e == '\n')
        return -1;
    return e == 'n'   ? '\n'
           : e == 'r' ? '\r'
           : e == 't' ? '\t'
           : e == 'b' ? '\b'
           : e == 'f' ? '\f'
                      : e;
}

static inline struct pdf_value *pdf_read_string(struct pdf_cursor *c)
{
    struct pdf_value *v = pdf_new_value(c, PDF_STRING);
    struct buf b = BUF_EMPTY;
    int depth = 1;
    for (c->at++; c->at < c->end;) {
        char ch = *c->at++;
        if (ch == '\\') {
            int e = pdf_unescape(c);
            if (e >= 0)
                buf_putc(&b, (char)e);
            continue;
        }
        depth += ch == '(' ? 1 : ch == ')' ? -1 : 0;
        if (!depth)
            break;
        buf_putc(&b, ch);
    }
    v->length = b.len;
    v->text = arena_strndup(c->arena, buf_str(&b), b.len);
    buf_free(&b);
    return v;
}

static inline struct pdf_value *pdf_read_hex(struct pdf_cursor *c)
{
    struct pdf_value *v = pdf_new_value(c, PDF_STRING);
    struct buf b = BUF_EMPTY;
    char pair[3] = {0};
    int n = 0;
    for (c->at++; c->at < c->end && *c->at != '>'; c->at++) {
        if (pdf_is_space(*c->at))
            continue;
        pair[n++] = *c->at;
        if (n == 2) {
            buf_putc(&b, (char)strtol(pair, NULL, 16));
            n = 0;
        }
    }
    c->at++;
    v->length = b.len;
    v->text = arena_strndup(c->arena, buf_str(&b), b.len);
    buf_free(&b);
    return v;
}

static inline struct pdf_value *pdf_read_value(struct pdf_cursor *c);

static inline struct pdf_value *pdf_read_list(struct pdf_cursor *c, enum pdf_kind kind)
{
    struct pdf_value *v = pdf_new_value(c, kind), **end = &v->child, *last = NULL,
                     *before = NULL;
    c->at += kind == PDF_DICT ? 2 : 1;
    for (pdf_skip_space(c); c->at < c->end && *c->at != ']' && *c->at != '>';
         pdf_skip_space(c)) {
        struct pdf_value *item = pdf_read_value(c);
        bool reference =
            item->kind == PDF_WORD && strcmp(item->text, "R") == 0 && before && last;
        if (reference) { /* «12 0 R»: three items become one */
            before->kind = PDF_REF;
            before->next = NULL;
            end = &before->next;
            last = before;
            before = NULL;
            continue;
        }
        *end = item;
        end = &item->next;
        before = last;
        last = item;
    }
    c->at += kind == PDF_DICT ? 2 : 1;
    return v;
}

static inline struct pdf_value *pdf_read_word(struct pdf_cursor *c)
{
    const char *from = c->at;
    bool name = *c->at == '/', number = !name;
    if (name || !pdf_is_regular(*c->at))
        c->at++;
    for (; c->at < c->end && pdf_is_regular(*c->at); c->at++)
        number = number && strchr("+-.0123456789", *c->at);
    struct pdf_value *v = pdf_new_value(c, name ? PDF_NAME : number ? PDF_NUMBER : PDF_WORD);
    v->text = arena_strndup(c->arena, from + name, (size_t)(c->at - from) - name);
    v->length = strlen(v->text);
    v->number = strtol(v->text, NULL, 10);
    return v;
}

static inline struct pdf_value *pdf_read_value(struct pdf_cursor *c)
{
    pdf_skip_space(c);
    if (*c->at == '(')
        return pdf_read_string(c);
    if (*c->at == '[')
        return pdf_read_list(c, PDF_ARRAY);
    if (*c->at == '<')
        return c->at[1] == '<' ? pdf_read_list(c, PDF_DICT) : pdf_read_hex(c);
    return pdf_read_word(c);
}

/* What a reference leads to; any other value is itself. Never NULL. */
static inline const struct pdf_value *pdf_resolve(const struct pdf_file *f,
                                                  const struct pdf_value *v)
{
    if (!v)
        return &pdf_nothing;
    if (v->kind != PDF_REF)
        return v;
    if (v->number < 0 || (size_t)v->number >= f->count || !f->objects[v->number])
        return &pdf_nothing;
    return f->objects[v->number];
}

/* An entry of a dictionary as it stands; NULL when it is missing. */
static inline const struct pdf_value *pdf_entry(const struct pdf_value *dict, const char *key)
{
    if (!dict || dict->kind != PDF_DICT)
        return NULL;
    for (const struct pdf_value *k = dict->child; k && k->next; k = k->next->next)
        if (strcmp(k->text, key) == 0)
            return k->next;
    return NULL;
}

static inline const struct pdf_value *pdf_get(const struct pdf_file *f,
                                              const struct pdf_value *dict, const char *key)
{
    return pdf_resolve(f, pdf_entry(dict, key));
}

static inline bool pdf_is_name(const struct pdf_value *v, const char *name)
{
    return v->kind == PDF_NAME && strcmp(v->text, name) == 0;
}

static inline void pdf_read_object(struct pdf_file *f, struct pdf_cursor *c, size_t number)
{
    struct pdf_value *v = pdf_read_value(c);
    pdf_skip_space(c);
    if (c->end - c->at > 6 && memcmp(c->at, "stream", 6) == 0) {
        v->stream = c->at + 6 + (c->at[6] == '\r' ? 2 : 1);
        const char *end = memmem(v->stream, (size_t)(c->end - v->stream), "\nendstream", 10);
        /* The stream itself may hold the word: Length decides where it is at hand. */
        const struct pdf_value *n = pdf_entry(v, "Length");
        v->stream_length = end ? (size_t)(end - v->stream) : 0;
        if (n && n->kind == PDF_NUMBER)
            v->stream_length = (size_t)n->number;
        c->at = v->stream + v->stream_length;
    }
    while (f->count <= number) {
        if ((f->count & (f->count - 1)) == 0) /* full: 0, 1, 2, 4 ... */
            f->objects =
                mem_realloc(f->objects, (f->count ? 2 * f->count : 1) * sizeof *f->objects);
        f->objects[f->count++] = NULL;
    }
    f->objects[number] = v;
}

/* «N 0 obj» at the beginning of a line, as qpdf writes it. */
static inline void pdf_parse(struct pdf_file *f)
{
    struct pdf_cursor c = {f->arena, f->bytes.bytes, f->bytes.bytes + f->bytes.len};
    while (c.at < c.end) {
        const char *line = c.at;
        char *after;
        long number = strtol(line, &after, 10);
        if (after > line && strncmp(after, " 0 obj\n", 7) == 0) {
            c.at = after + 7;
            pdf_read_object(f, &c, (size_t)number);
        } else if (strncmp(line, "trailer ", 8) == 0) {
            c.at = line + 8;
            f->trailer = pdf_read_value(&c);
        }
        const char *end = memchr(c.at, '\n', (size_t)(c.end - c.at));
        c.at = end ? end + 1 : c.end;
    }
}

/* Read what qpdf makes of the file at `path`. False when qpdf complains. */
static inline bool pdf_open(struct pdf_file *f, const char *path)
{
    char command[1024], chunk[65536];
    *f = (struct pdf_file){.arena = arena_new()};
    snprintf(command, sizeof command,
             "qpdf --qdf --object-streams=disable --no-original-object-ids '%s' -", path);
    FILE *pipe = popen(command, "r");
    if (!pipe)
        return false;
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, pipe)) > 0;)
        buf_put(&f->bytes, chunk, n);
    if (pclose(pipe) != 0)
        return false;
    buf_str(&f->bytes);
    pdf_parse(f);
    return f->trailer != NULL;
}

static inline void pdf_close(struct pdf_file *f)
{
    arena_free(f->arena);
    buf_free(&f->bytes);
    free(f->objects);
}

#endif
