/* What the files of the PDF stage share: the document while it is written.
 *
 * libharu numbers the objects, keeps the page tree and writes dictionaries; the text of most
 * dictionaries is made here (see struct pdf_dict), and streams go to the file as soon as they
 * are complete, so that a long document does not stay in memory uncompressed. Nothing of this
 * header is seen outside src/pdf. */
#ifndef PRIKAZ_PDF_DOC_H
#define PRIKAZ_PDF_DOC_H

#include "base/hash.h"
#include "pdf/pdf.h"

#include <hpdf.h>
#include <libdeflate.h>

#define PDF_VEC(type)                                                                          \
    struct {                                                                                   \
        type *items;                                                                           \
        size_t len, cap;                                                                       \
    }

/* An indirect dictionary: libharu's object number and the text between << and >>. */
struct pdf_dict {
    uint32_t id;
    struct buf *body; /* owned by libharu's object; NULL for an array of zeros */
};

/* A mapping between coordinate systems: a..d in 1/1000000, e and f [mpt]. */
struct pdf_matrix {
    int64_t a, b, c, d;
    mpt e, f;
};

/* A character code of a font: what it shows and what it says. */
struct pdf_code {
    uint32_t glyph;
    uint32_t next;       /* another code of the same glyph with another text; 0 none */
    int32_t advance;     /* [1/1000 em], as layout and the font dictionary have it */
    uint32_t cp_count;   /* 0: not used yet */
    const uint32_t *cps; /* borrowed from the shaped word */
};

/* What a word looks like in a content stream wherever it stands: codes, and adjustments between
 * them, without the first and the last bracket of its strings. */
struct pdf_spelled {
    uint32_t at, length; /* in the font's `spelled` */
    int32_t advance;     /* of the viewer [1/1000 em] */
    bool known, fixed;   /* fixed: it does look the same everywhere */
};

/* A face, or as much of it as one-byte codes reach: the next 255 codes are in `more`. */
struct pdf_font {
    const struct text_font *face;
    const struct text_font_info *info;
    struct pdf_font *more, *next; /* next: in pdf_doc.fonts */
    uint32_t id, number;          /* object; N of the resource name FN */
    struct pdf_code *items;
    size_t len, cap;
    uint32_t *first; /* by glyph: its first code, 0 none */
    void *hb;        /* hb_font_t */
    struct buf spelled;
    PDF_VEC(struct pdf_spelled *)
    words; /* of a face's first part: by number of the word, in
                                            blocks that are NULL until they are needed */
};

/* A piece of marked content; its MCID is its place among its page's. */
struct pdf_mark {
    uint32_t tag, page;
};

struct pdf_page {
    uint32_t id, contents;           /* objects */
    uint32_t first_mark, mark_count; /* in pdf_doc.marks */
    uint32_t first_link, link_count; /* in pdf_doc.links */
    uint32_t labelled;               /* start of its label in pdf_doc.labels */
    const char *file;                /* the source of what is on it */
    mpt width, height;
};

/* A link or a signature field as painted; written when all destinations are known. */
struct pdf_link {
    struct pdf_dict dict;
    uint32_t tag; /* of role Link or Form; 0: an element is made for it */
    uint32_t page;
    mpt box[4]; /* left, bottom, right, top in page coordinates */
    char *id, *uri;
    char *field; /* name of a signature field; NULL: a link */
    int line;    /* in the page's source */
};

struct pdf_dest {
    char *id;
    uint32_t page;
    mpt y; /* page coordinates */
};

/* Where a figure stands, for its bounding box. */
struct pdf_figure {
    uint32_t tag, page;
    mpt box[4];
};

/* What a tag's painted text tells: the text of a link, or what a list's labels are. */
struct pdf_note {
    uint32_t tag;
    uint32_t label; /* first character of a label */
    struct buf text;
};

struct pdf_image {
    uint32_t id; /* 0: not written yet */
    bool failed;
};

struct pdf_alpha {
    uint8_t fill, stroke; /* 255 opaque */
    uint32_t id;          /* ExtGState; the resource name GN has this N */
};

struct pdf_doc {
    struct area_painter painter;
    struct pdf_options options;
    struct sink out;
    struct diag *diag;
    bool failed;
    HPDF_Doc hpdf;
    struct buf file;    /* what has not been given to `out` yet */
    size_t given;       /* bytes before it */
    struct hash hash;   /* of those */
    struct buf content; /* of the page being painted */
    struct pdf_queue *queue;
    PDF_VEC(uint32_t) packs;  /* offsets of streams that are no objects of libharu's */
    struct buf catalog, info; /* entries of these dictionaries of libharu's */
    struct pdf_dict resources;
    uint32_t cmap;                    /* of fonts with codes of one byte; 0: none yet */
    struct pdf_font *fonts;           /* the last one made comes first */
    PDF_VEC(struct pdf_image) images; /* by area_image.number */
    PDF_VEC(struct pdf_alpha) alphas;
    PDF_VEC(uint32_t) patterns; /* objects */
    PDF_VEC(uint32_t) forms;    /* objects */
    PDF_VEC(uint32_t) masks;    /* ExtGState objects with soft masks; named as alphas are */
    PDF_VEC(struct pdf_page) pages;
    PDF_VEC(struct pdf_mark) marks;
    PDF_VEC(struct pdf_link) links;
    PDF_VEC(struct pdf_dest) dests;
    PDF_VEC(struct pdf_figure) figures;
    PDF_VEC(struct pdf_note) link_texts, labels_seen;
    struct buf labels; /* page labels, each ended by a NUL */
};

static inline bool pdf_is_part1(const struct pdf_doc *d)
{
    return d->options.profile == PDF_A1A || d->options.profile == PDF_A1B;
}

/* object.c */

/* A new indirect dictionary, its body empty. */
struct pdf_dict pdf_new_dict(struct pdf_doc *d);
/* Where in the file the next byte will stand. */
static inline size_t pdf_offset(const struct pdf_doc *d)
{
    return d->given + d->file.len;
}
/* Give to `out` what there is of the file; without `all` only if it is much. */
void pdf_flush(struct pdf_doc *d, bool all);
/* libharu's error is sticky: report it once; false when there is one. */
bool pdf_check(struct pdf_doc *d);

/* Part 1 knows numbers to 32,767 (ISO 19005-1, 6.1.12); no page and no picture needs more. [mpt] */
#define PDF_FARTHEST PT(32000)

void pdf_put_ref(struct buf *out, uint32_t id); /* « 12 0 R» */
void pdf_put_num(struct buf *out, mpt v);       /* a space and pt with three decimals */
/* A string as bytes, escaped: «(...)». */
void pdf_put_bytes(struct buf *out, const void *bytes, size_t n);
/* A text string (7.9.2.2): ASCII as it is, otherwise UTF-16BE with its mark. */
void pdf_put_text(struct buf *out, const char *utf8);
/* A name with everything escaped that has to be: «/text#2Fxml». */
void pdf_put_name(struct buf *out, const char *name);
/* The same from code points. */
void pdf_put_cps(struct buf *out, const uint32_t *cps, size_t n);
void pdf_put_box(struct buf *out, const mpt box[4]);
/* Has it the form of a language's code, «ru-RU» (RFC 3066, 2.1)? */
bool pdf_is_language(const char *code);
/* «/Lang(ru-RU)» of such a code. In part 1 it ends before a subtag with a digit, which RFC 1766 has
 * not yet («es-419» is «es»; ISO 19005-1, 6.8.4). */
void pdf_put_language(const struct pdf_doc *d, struct buf *out, const char *code);

/* deflate.c */

/* Compresses streams; with `one_thread`, in this thread alone. */
struct pdf_queue *pdf_new_queue(bool one_thread);
void pdf_free_queue(struct pdf_queue *q);
/* A stream object is complete: it goes to the file after those given before it, which may be
 * later. `entries` are those besides Length and Filter, `id` a dictionary made for it, or a number
 * above libharu's: its offset is then noted in `packs`. With `deflate` the bytes are compressed;
 * otherwise `entries` name their filter. */
void pdf_write_stream(struct pdf_doc *d, uint32_t id, const char *entries,
                      const struct buf *bytes, bool deflate);
/* All streams given so far are in the file after this. */
void pdf_write_waiting(struct pdf_doc *d);
/* The zlib stream of `bytes`; valid until the next call. */
const struct buf *pdf_deflate(struct pdf_doc *d, const void *bytes, size_t n);

/* save.c */

/* Writes the body of the i-th object of a run, without << and >>. */
struct pdf_run {
    void *self;
    uint32_t count;
    void (*write)(void *self, uint32_t i, struct buf *out);
};
/* The object number the first object of the run will have: after it is asked for, no object
 * may be made. */
uint32_t pdf_first_of_run(const struct pdf_doc *d);
/* Write all objects that are not in the file yet, then the run's, the cross-reference and the
 * trailer. */
void pdf_save(struct pdf_doc *d, const struct pdf_run *run);

/* fonts.c */
struct pdf_font *pdf_find_font(struct pdf_doc *d, const struct text_font *face);
/* What shows a glyph. */
struct pdf_shown {
    struct pdf_font *font; /* the face's part that has the code */
    uint32_t code;
    bool exact; /* false: the code says another text already (CFF); add ActualText */
};
/* The code for a glyph that stands for `cps`, which must live as long as the document. */
struct pdf_shown pdf_find_code(struct pdf_doc *d, struct pdf_font *font, uint32_t glyph,
                               const uint32_t *cps, uint32_t count);
/* Subset and write all fonts. */
void pdf_write_fonts(struct pdf_doc *d);
void pdf_free_fonts(struct pdf_doc *d);

/* image.c: the object of an image, decoded and written at its first use; 0 when it cannot be
 * decoded (reported). */
uint32_t pdf_find_image(struct pdf_doc *d, const struct area_image *image, const char *file,
                        int line);

/* page.c */
void pdf_paint_page(struct pdf_doc *d, const struct area_page *page);

/* tags.c */
/* Fill in the structure tree, whose root is `root`, and save: everything else must have been
 * made by now. */
void pdf_write_tags(struct pdf_doc *d, const struct area_document *doc, struct pdf_dict root);

/* nav.c: links, outline, page labels and named destinations; `names` is the catalog's
 * dictionary of that name. */
void pdf_write_navigation(struct pdf_doc *d, const struct area_document *doc,
                          struct buf *names);

/* field.c: the signature field of an annotation, and the form they all are in. */
void pdf_write_field(struct pdf_doc *d, const struct pdf_link *field);
void pdf_write_form(struct pdf_doc *d);

/* meta.c: Info, XMP, output intent. */
void pdf_write_meta(struct pdf_doc *d, const struct area_document *doc);
/* A moment as «D:20210318000000Z» (7.9.4) or, for XMP, «2021-03-18T00:00:00Z». */
void pdf_put_date(struct buf *out, int64_t date, bool xmp);

/* attach.c: the files that go along with the document (ISO 19005-3, 6.8). */
void pdf_write_attachments(struct pdf_doc *d, struct buf *names);

#endif
