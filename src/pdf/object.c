/* Objects and their syntax: dictionaries with raw bodies inside libharu, strings and names
 * escaped (ISO 32000-1, 7.3). */
#include "pdf/doc.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static HPDF_STATUS write_body(HPDF_Dict dict, HPDF_Stream stream)
{
    struct buf *body = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)buf_str(body), (HPDF_UINT)body->len);
}

static void free_body(HPDF_Dict dict)
{
    buf_free(dict->attr);
    free(dict->attr);
}

struct pdf_dict pdf_new_dict(struct pdf_doc *d)
{
    HPDF_Dict dict = HPDF_Dict_New(d->hpdf->mmgr);
    struct buf *body = mem_zalloc(sizeof *body);
    REQUIRE(dict);
    dict->attr = body;
    dict->write_fn = write_body;
    dict->free_fn = free_body;
    REQUIRE(HPDF_Xref_Add(d->hpdf->xref, dict) == HPDF_OK);
    return (struct pdf_dict){dict->header.obj_id & 0xFFFFFF, body};
}

bool pdf_check(struct pdf_doc *d)
{
    HPDF_STATUS error = HPDF_GetError(d->hpdf);
    if (error == HPDF_OK)
        return !d->failed;
    if (!d->failed)
        diag_add(d->diag, DIAG_SYSTEM, (struct src_loc){0}, "pdf-library",
                 _("the PDF library failed with code %04lX; nothing was written"), error);
    d->failed = true;
    return false;
}

void pdf_flush(struct pdf_doc *d, bool all)
{
    enum { MUCH = 64 * 1024 };
    if (d->failed || d->file.len < (all ? 1 : MUCH))
        return;
    hash_add(&d->hash, d->file.bytes, d->file.len);
    d->given += d->file.len;
    d->failed = !d->out.put(d->out.self, d->file.bytes, d->file.len);
    buf_clear(&d->file);
}

void pdf_put_ref(struct buf *out, uint32_t id)
{
    buf_putc(out, ' ');
    buf_putd(out, id);
    buf_puts(out, " 0 R");
}

void pdf_put_num(struct buf *out, mpt v)
{
    buf_putc(out, ' ');
    buf_put_milli(out, mpt_max(mpt_min(v, PDF_FARTHEST), -PDF_FARTHEST));
}

void pdf_put_box(struct buf *out, const mpt box[4])
{
    buf_putc(out, '[');
    for (int i = 0; i < 4; i++)
        pdf_put_num(out, box[i]);
    buf_putc(out, ']');
}

static void put_escaped(struct buf *out, unsigned char c)
{
    if (c == '(' || c == ')' || c == '\\')
        buf_putc(out, '\\');
    if (c == '\r')
        buf_puts(out, "\\r");
    else
        buf_putc(out, (char)c);
}

void pdf_put_bytes(struct buf *out, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    buf_putc(out, '(');
    for (size_t i = 0; i < n; i++)
        put_escaped(out, p[i]);
    buf_putc(out, ')');
}

static void put_unit(struct buf *out, uint32_t unit)
{
    put_escaped(out, (unsigned char)(unit >> 8));
    put_escaped(out, (unsigned char)unit);
}

static void put_utf16(struct buf *out, uint32_t cp)
{
    if (cp < 0x10000) {
        put_unit(out, cp);
        return;
    }
    put_unit(out, 0xD800 + ((cp - 0x10000) >> 10));
    put_unit(out, 0xDC00 + (cp & 0x3FF));
}

static bool is_plain(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
            return false;
    return true;
}

void pdf_put_text(struct buf *out, const char *utf8)
{
    const char *end = utf8 + strlen(utf8);
    if (is_plain(utf8)) {
        pdf_put_bytes(out, utf8, (size_t)(end - utf8));
        return;
    }
    buf_puts(out, "(\xFE\xFF");
    while (utf8 < end)
        put_utf16(out, utf8_next(&utf8, end));
    buf_putc(out, ')');
}

void pdf_put_cps(struct buf *out, const uint32_t *cps, size_t n)
{
    buf_puts(out, "(\xFE\xFF");
    for (size_t i = 0; i < n; i++)
        put_utf16(out, cps[i]);
    buf_putc(out, ')');
}

void pdf_put_name(struct buf *out, const char *name)
{
    static const char special[] = "()<>[]{}/%#";
    buf_putc(out, '/');
    for (; *name; name++) {
        unsigned char c = (unsigned char)*name;
        bool letter = (unsigned)(c | 32) - 'a' < 26;
        if (!letter && (c <= ' ' || c > '~' || strchr(special, c)))
            buf_printf(out, "#%02X", c);
        else
            buf_putc(out, (char)c);
    }
}

bool pdf_is_language(const char *code)
{
    size_t run = 0;
    for (bool first = true;; code++) {
        unsigned char c = (unsigned char)*code, lower = c | 32;
        if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9' && !first)) {
            run++;
            continue;
        }
        if (run < 1 || run > 8 || (c && c != '-'))
            return false;
        if (!c)
            return true;
        run = 0;
        first = false;
    }
}

void pdf_put_language(const struct pdf_doc *d, struct buf *out, const char *code)
{
    size_t length = strlen(code), digit = strcspn(code, "0123456789");
    if (pdf_is_part1(d) && digit < length)
        for (length = digit; length && code[length] != '-';)
            length--;
    buf_puts(out, "/Lang");
    pdf_put_bytes(out, code, length);
}
