/* The end of the file: objects, cross-reference, trailer.
 *
 * libharu writes each object's text, but not the file, because its own way of saving knows no
 * object streams: a tagged page has a hundred structure elements of a hundred bytes each, which
 * as plain objects are three quarters of a file and deflate to a tenth inside object streams
 * (ISO 32000-1, 7.5.7). PDF/A-1 is PDF 1.4, which has neither these nor cross-reference
 * streams, so it gets plain objects and the classic table.
 *
 * Structure elements never become libharu objects (six times the time and memory): they are a
 * run of numbers after libharu's last one, and their text is asked for when it is written. */
#include "pdf/doc.h"

#include <stdlib.h>
#include <string.h>

/* Objects in one object stream: enough for deflate to see what is alike, and few enough that
 * a viewer that needs one does not unpack the whole document. */
enum { PACK = 255 };

enum slot_type { SLOT_FREE, SLOT_PLAIN, SLOT_PACKED };

struct slot {
    enum slot_type type;
    uint32_t where; /* offset in the file, or the object stream's number */
    uint32_t index; /* in the object stream */
};

struct saver {
    struct pdf_doc *d;
    PDF_VEC(struct slot) slots; /* by object number */
    uint32_t next_id;           /* for object streams */
    struct buf heads, bodies;   /* of the object stream being filled */
    uint32_t packed;
    HPDF_Stream stream; /* libharu writes objects here: into `text` */
    struct buf text;
};

static HPDF_STATUS take_bytes(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
    buf_put(stream->attr, bytes, n);
    return HPDF_OK;
}

static struct slot *slot_of(struct saver *s, uint32_t id)
{
    while (s->slots.len <= id)
        VEC_PUSH(&s->slots, ((struct slot){SLOT_FREE, 0, 0}));
    return &s->slots.items[id];
}

static void begin_plain(struct saver *s, uint32_t id)
{
    struct buf *out = &s->d->file;
    REQUIRE(pdf_offset(s->d) < UINT32_MAX);
    *slot_of(s, id) = (struct slot){SLOT_PLAIN, (uint32_t)pdf_offset(s->d), 0};
    buf_putd(out, id);
    buf_puts(out, " 0 obj\n");
}

/* Write the object stream that has been filled. */
static void flush_pack(struct saver *s)
{
    if (!s->packed)
        return;
    struct buf entries = BUF_EMPTY;
    buf_printf(&entries, "/Type/ObjStm/N %u/First %zu", (unsigned)s->packed, s->heads.len);
    buf_put(&s->heads, s->bodies.bytes, s->bodies.len);
    pdf_write_stream(s->d, s->next_id++, buf_str(&entries), &s->heads, true);
    buf_free(&entries);
    buf_clear(&s->heads);
    buf_clear(&s->bodies);
    s->packed = 0;
}

/* One object's text: into the object stream, or as it is in part 1. */
static void save_text(struct saver *s, uint32_t id, const struct buf *text)
{
    if (pdf_is_part1(s->d)) {
        begin_plain(s, id);
        buf_put(&s->d->file, text->bytes, text->len);
        buf_puts(&s->d->file, "\nendobj\n");
        pdf_flush(s->d, false);
        return;
    }
    *slot_of(s, id) = (struct slot){SLOT_PACKED, s->next_id, s->packed++};
    buf_putd(&s->heads, id);
    buf_putc(&s->heads, ' ');
    buf_putd(&s->heads, (int64_t)s->bodies.len);
    buf_putc(&s->heads, ' ');
    buf_put(&s->bodies, text->bytes, text->len);
    buf_putc(&s->bodies, '\n');
    if (s->packed == PACK)
        flush_pack(s);
}

/* An object of libharu's: in the file already, unused (libharu makes a length object for every
 * page's content), or to be written. */
static void save_object(struct saver *s, uint32_t id)
{
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(s->d->hpdf->xref, id);
    REQUIRE(entry);
    const HPDF_Obj_Header *header = entry->obj;
    if (entry->byte_offset) {
        *slot_of(s, id) = (struct slot){SLOT_PLAIN, entry->byte_offset, 0};
        return;
    }
    if (!header || (header->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_NUMBER) {
        *slot_of(s, id) = (struct slot){SLOT_FREE, 0, 0};
        return;
    }
    buf_clear(&s->text);
    HPDF_Obj_WriteValue(entry->obj, s->stream, NULL);
    save_text(s, id, &s->text);
}

static void save_run(struct saver *s, const struct pdf_run *run, uint32_t first)
{
    for (uint32_t i = 0; i < run->count; i++) {
        buf_clear(&s->text);
        buf_puts(&s->text, "<<");
        run->write(run->self, i, &s->text);
        buf_puts(&s->text, ">>");
        save_text(s, first + i, &s->text);
    }
}

static void put_trailer_entries(struct saver *s, struct buf *out)
{
    struct pdf_doc *d = s->d;
    unsigned char id[HASH_SIZE];
    pdf_flush(d, true);
    hash_end(&d->hash, id);
    buf_printf(out, "/Size %zu/Root %u 0 R/Info %u 0 R/ID[", s->slots.len,
               (unsigned)(d->hpdf->catalog->header.obj_id & 0xFFFFFF),
               (unsigned)(d->hpdf->info->header.obj_id & 0xFFFFFF));
    for (int half = 0; half < 2; half++) {
        buf_putc(out, '<');
        for (int i = 0; i < 16; i++)
            buf_printf(out, "%02X", id[i]);
        buf_putc(out, '>');
    }
    buf_putc(out, ']');
}

static void put_start(struct buf *out, size_t offset)
{
    buf_printf(out, "startxref\n%zu\n%%%%EOF\n", offset);
}

/* 7.5.4: every entry has twenty bytes. */
static void write_table(struct saver *s)
{
    struct buf *out = &s->d->file, entries = BUF_EMPTY;
    size_t start = pdf_offset(s->d);
    put_trailer_entries(s, &entries);
    buf_printf(out, "xref\n0 %zu\n", s->slots.len);
    for (size_t i = 0; i < s->slots.len; i++) {
        const struct slot *slot = &s->slots.items[i];
        buf_printf(out, "%010u %05u %c\r\n", (unsigned)slot->where,
                   slot->type == SLOT_FREE ? 65535U : 0U, slot->type == SLOT_FREE ? 'f' : 'n');
    }
    buf_puts(out, "trailer\n<<");
    buf_put(out, entries.bytes, entries.len);
    buf_puts(out, ">>\n");
    put_start(out, start);
    buf_free(&entries);
}

/* The rows of a cross-reference stream (7.5.8), each as the difference to the one before
 * (PNG's filter «up»), which deflates to a third. */
static void put_rows(const struct saver *s, struct buf *rows)
{
    unsigned char last[6] = {0};
    for (size_t i = 0; i < s->slots.len; i++) {
        const struct slot *slot = &s->slots.items[i];
        unsigned char row[6] = {
            (unsigned char)slot->type,          (unsigned char)(slot->where >> 24),
            (unsigned char)(slot->where >> 16), (unsigned char)(slot->where >> 8),
            (unsigned char)slot->where,         (unsigned char)slot->index};
        buf_putc(rows, 2);
        for (int k = 0; k < 6; k++)
            buf_putc(rows, (char)(unsigned char)(row[k] - last[k]));
        memcpy(last, row, sizeof last);
    }
}

static void write_xref_stream(struct saver *s)
{
    struct buf *out = &s->d->file, rows = BUF_EMPTY, entries = BUF_EMPTY;
    pdf_write_waiting(s->d);
    for (size_t i = 0; i < s->d->packs.len; i++)
        *slot_of(s, s->next_id - (uint32_t)(s->d->packs.len - i)) =
            (struct slot){SLOT_PLAIN, s->d->packs.items[i], 0};
    size_t start = pdf_offset(s->d);
    uint32_t id = s->next_id;
    *slot_of(s, id) = (struct slot){SLOT_PLAIN, (uint32_t)start, 0};
    put_trailer_entries(s, &entries);
    put_rows(s, &rows);
    const struct buf *packed = pdf_deflate(s->d, rows.bytes, rows.len);
    buf_printf(out,
               "%u 0 obj\n<</Type/XRef/W[1 4 1]/Filter/FlateDecode"
               "/DecodeParms<</Columns 6/Predictor 12>>/Length %zu",
               (unsigned)id, packed->len);
    buf_put(out, entries.bytes, entries.len);
    buf_puts(out, ">>\nstream\r\n");
    buf_put(out, packed->bytes, packed->len);
    buf_puts(out, "\nendstream\nendobj\n");
    put_start(out, start);
    buf_free(&rows);
    buf_free(&entries);
}

uint32_t pdf_first_of_run(const struct pdf_doc *d)
{
    return d->hpdf->xref->entries->count;
}

void pdf_save(struct pdf_doc *d, const struct pdf_run *run)
{
    struct saver s = {.d = d};
    uint32_t first = pdf_first_of_run(d);
    s.next_id = first + run->count;
    s.stream = HPDF_CallbackWriter_New(d->hpdf->mmgr, take_bytes, &s.text);
    REQUIRE(s.stream);
    pdf_write_waiting(d);
    slot_of(&s, 0);
    for (uint32_t id = 1; id < first; id++)
        save_object(&s, id);
    REQUIRE(pdf_first_of_run(d) == first);
    save_run(&s, run, first);
    if (pdf_is_part1(d)) {
        write_table(&s);
    } else {
        flush_pack(&s);
        write_xref_stream(&s);
    }
    HPDF_Stream_Free(s.stream);
    free(s.slots.items);
    buf_free(&s.heads);
    buf_free(&s.bodies);
    buf_free(&s.text);
}
