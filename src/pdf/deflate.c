/* Streams compressed by a second thread while the document goes on, and put into the file.
 *
 * Deflating is a fifth of the work of a long document and needs nothing but the bytes, so a
 * stream given to pdf_write_stream is copied into a slot of a ring; the thread deflates the slots
 * in their order, and the caller puts what is done into the file, in the same order. So the bytes
 * of the file do not depend on who was faster. Only the caller touches the document, allocates
 * and can fail: the thread gets a buffer of the size that suffices in any case. A ring of a few
 * slots bounds the memory; who finds it full waits for the oldest.
 *
 * The thread begins when several streams wait (a short document never needs it) and is not woken
 * for each, which would cost as much as deflating it. Without a thread (PDF made by many processes
 * at once, one core, none to be had) the streams are deflated as they come. Large ones, pictures
 * above all, are never copied: they wait until the ring is empty. */
#include "base/thread.h"
#include "pdf/doc.h"

#include <stdlib.h>

enum {
    SLOTS = 8,
    ENOUGH = 4,         /* this many that wait are worth waking the thread */
    LARGE = 256 * 1024, /* bytes that are not copied */
    STACK = 256 * 1024  /* libdeflate keeps its tables elsewhere */
};

/* Level 7 saves 0.3 % of a file and takes 0.7 % longer for the whole run; 4 is 4 % larger. */
enum { DEFLATE_LEVEL = 6 };

struct slot {
    uint32_t id;
    bool deflate;
    struct buf entries, bytes, packed;
};

struct pdf_queue {
    struct libdeflate_compressor *deflate;
    struct buf packed; /* of what is deflated by the caller */
    struct slot slots[SLOTS];
    size_t put, written;  /* streams given to the ring; put into the file */
    bool wanted, running; /* there may be a thread; there is one */
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t work, progress;
    size_t ready, done; /* streams the thread may take; has deflated */
    bool asleep, waited, over;
};

struct pdf_queue *pdf_new_queue(bool one_thread)
{
    struct pdf_queue *q = mem_zalloc(sizeof *q);
    q->deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    REQUIRE(q->deflate);
    q->wanted = !one_thread && thread_has_cores();
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->work, NULL);
    pthread_cond_init(&q->progress, NULL);
    return q;
}

static void reserve(struct pdf_queue *q, struct buf *packed, size_t n)
{
    buf_clear(packed);
    buf_reserve(packed, libdeflate_zlib_compress_bound(q->deflate, n));
}

/* Into `packed`, which has room for it. */
static void deflate_into(struct pdf_queue *q, struct buf *packed, const void *bytes, size_t n)
{
    packed->len =
        libdeflate_zlib_compress(q->deflate, bytes ? bytes : "", n, packed->bytes, packed->cap);
    REQUIRE(packed->len > 0);
}

static void put_stream(struct pdf_doc *d, uint32_t id, const char *entries,
                       const struct buf *bytes, bool deflated)
{
    struct buf *out = &d->file;
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(d->hpdf->xref, id);
    REQUIRE(pdf_offset(d) < UINT32_MAX);
    if (entry)
        entry->byte_offset = (HPDF_UINT)pdf_offset(d);
    else
        VEC_PUSH(&d->packs, (uint32_t)pdf_offset(d));
    buf_putd(out, id);
    buf_puts(out, " 0 obj\n<<");
    buf_puts(out, entries);
    buf_puts(out, deflated ? "/Filter/FlateDecode/Length " : "/Length ");
    buf_putd(out, (int64_t)bytes->len);
    buf_puts(out, ">>\nstream\r\n");
    buf_put(out, bytes->bytes, bytes->len);
    buf_puts(out, "\nendstream\nendobj\n");
    pdf_flush(d, false);
}

static void *run_thread(void *self)
{
    struct pdf_queue *q = self;
    pthread_mutex_lock(&q->lock);
    for (;;) {
        while (q->done == q->ready && !q->over) {
            q->asleep = true;
            pthread_cond_wait(&q->work, &q->lock);
            q->asleep = false;
        }
        if (q->over)
            break;
        struct slot *s = &q->slots[q->done % SLOTS];
        pthread_mutex_unlock(&q->lock);
        if (s->deflate)
            deflate_into(q, &s->packed, s->bytes.bytes, s->bytes.len);
        pthread_mutex_lock(&q->lock);
        q->done++;
        if (q->waited)
            pthread_cond_signal(&q->progress);
    }
    pthread_mutex_unlock(&q->lock);
    return NULL;
}

static void begin_thread(struct pdf_queue *q)
{
    q->running = thread_begin(&q->thread, STACK, run_thread, q);
    q->wanted = q->running;
}

/* Let the thread have what is in the ring, when it is `enough`. Returns how many streams are
 * deflated; more than `after` if the caller has to wait for it. */
static size_t hand_over(struct pdf_queue *q, size_t enough, size_t after)
{
    pthread_mutex_lock(&q->lock);
    if (q->put - q->done >= enough)
        q->ready = q->put;
    if (q->asleep && q->ready > q->done)
        pthread_cond_signal(&q->work);
    q->waited = true;
    while (q->done < after)
        pthread_cond_wait(&q->progress, &q->lock);
    q->waited = false;
    size_t done = q->done;
    pthread_mutex_unlock(&q->lock);
    return done;
}

/* Put into the file what comes before `end`, which is deflated. */
static void write_done(struct pdf_doc *d, size_t end)
{
    struct pdf_queue *q = d->queue;
    for (; q->written < end; q->written++) {
        struct slot *s = &q->slots[q->written % SLOTS];
        put_stream(d, s->id, buf_str(&s->entries), s->deflate ? &s->packed : &s->bytes,
                   s->deflate);
    }
}

void pdf_write_waiting(struct pdf_doc *d)
{
    struct pdf_queue *q = d->queue;
    if (q->put == q->written)
        return;
    if (q->running) {
        write_done(d, hand_over(q, 1, q->put));
        return;
    }
    for (size_t i = q->written; i < q->put; i++) {
        struct slot *s = &q->slots[i % SLOTS];
        if (s->deflate)
            deflate_into(q, &s->packed, s->bytes.bytes, s->bytes.len);
    }
    q->ready = q->done = q->put;
    write_done(d, q->put);
}

const struct buf *pdf_deflate(struct pdf_doc *d, const void *bytes, size_t n)
{
    struct pdf_queue *q = d->queue;
    pdf_write_waiting(d);
    reserve(q, &q->packed, n);
    deflate_into(q, &q->packed, bytes, n);
    return &q->packed;
}

static void queue_stream(struct pdf_doc *d, uint32_t id, const char *entries,
                         const struct buf *bytes, bool deflate)
{
    struct pdf_queue *q = d->queue;
    struct slot *s = &q->slots[q->put % SLOTS];
    s->id = id;
    s->deflate = deflate;
    buf_clear(&s->entries);
    buf_puts(&s->entries, entries);
    buf_clear(&s->bytes);
    buf_put(&s->bytes, bytes->bytes, bytes->len);
    if (deflate)
        reserve(q, &s->packed, bytes->len);
    q->put++;
    if (!q->running && q->put - q->written >= ENOUGH)
        begin_thread(q);
    if (q->running)
        write_done(d, hand_over(q, ENOUGH, q->put - q->written == SLOTS ? q->written + 1 : 0));
    else if (!q->wanted)
        pdf_write_waiting(d);
}

void pdf_write_stream(struct pdf_doc *d, uint32_t id, const char *entries,
                      const struct buf *bytes, bool deflate)
{
    if (d->queue->wanted && bytes->len < LARGE) {
        queue_stream(d, id, entries, bytes, deflate);
        return;
    }
    pdf_write_waiting(d);
    if (deflate)
        bytes = pdf_deflate(d, bytes->bytes, bytes->len);
    put_stream(d, id, entries, bytes, deflate);
}

void pdf_free_queue(struct pdf_queue *q)
{
    if (q->running) {
        pthread_mutex_lock(&q->lock);
        q->over = true;
        pthread_cond_signal(&q->work);
        pthread_mutex_unlock(&q->lock);
        pthread_join(q->thread, NULL);
    }
    pthread_mutex_destroy(&q->lock);
    pthread_cond_destroy(&q->work);
    pthread_cond_destroy(&q->progress);
    for (size_t i = 0; i < SLOTS; i++) {
        buf_free(&q->slots[i].entries);
        buf_free(&q->slots[i].bytes);
        buf_free(&q->slots[i].packed);
    }
    buf_free(&q->packed);
    libdeflate_free_compressor(q->deflate);
    free(q);
}
