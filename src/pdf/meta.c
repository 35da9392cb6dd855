/* What the file says about itself: Info, XMP, output intent (ISO 19005-2, 6.6 and 6.2.3;
 * ISO 16684-1).
 *
 * Info and XMP say the same, entry by entry. The registration number and date of an order have
 * no place in the standard schemas, so they stand in a schema of our own, «urn:prikaz:meta:1#»,
 * which the file describes as PDF/A asks for (6.6.2.3.3): number (Text), date (Text, as the
 * document writes it). */
#include "pdf/doc.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

#define PRODUCER "prikaz, libharu " HPDF_VERSION_TEXT
#define CREATOR  "prikaz"

/* From Debian's icc-profiles-free: the sRGB profile, free to embed. */
#define ICC_PROFILE "/usr/share/color/icc/sRGB.icc"
#define ICC_PACKAGE "icc-profiles-free"

void pdf_put_date(struct buf *out, int64_t date, bool xmp)
{
    /* Civil date from days: eras of 400 years beginning on 1 March (Howard Hinnant's method). */
    int64_t day = date / 86400, second = date % 86400;
    if (second < 0) {
        second += 86400;
        day--;
    }
    day += 719468;
    int64_t era = (day >= 0 ? day : day - 146096) / 146097, of_era = day - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t shifted = (5 * of_year + 2) / 153, month = shifted < 10 ? shifted + 3 : shifted - 9;
    buf_printf(out, xmp ? "%04d-%02d-%02dT%02d:%02d:%02dZ" : "D:%04d%02d%02d%02d%02d%02dZ",
               (int)(years + era * 400 + (month <= 2)), (int)month,
               (int)(of_year - (153 * shifted + 2) / 5 + 1), (int)(second / 3600),
               (int)(second / 60 % 60), (int)(second % 60));
}

/* The value of a name, NULL when it is absent or empty. */
static const char *find_meta(const struct area_document *doc, const char *name)
{
    for (const struct area_meta *m = doc->meta; m; m = m->next)
        if (strcmp(m->name, name) == 0)
            return m->value && *m->value ? m->value : NULL;
    return NULL;
}

/* PDF/UA wants a title (ISO 14289-1, 7.1); the file's name is better than none. */
static const char *title_of(const struct area_document *doc)
{
    const char *title = find_meta(doc, "title");
    if (title)
        return title;
    if (!doc->source_name)
        return "Document";
    const char *slash = strrchr(doc->source_name, '/');
    return slash ? slash + 1 : doc->source_name;
}

static void put_info_text(struct buf *out, const char *key, const char *value)
{
    if (!value)
        return;
    buf_puts(out, key);
    pdf_put_text(out, value);
}

static void write_info(struct pdf_doc *d, const struct area_document *doc)
{
    struct buf *out = &d->info;
    put_info_text(out, "/Title", title_of(doc));
    put_info_text(out, "/Author", find_meta(doc, "author"));
    put_info_text(out, "/Subject", find_meta(doc, "subject"));
    put_info_text(out, "/Keywords", find_meta(doc, "keywords"));
    put_info_text(out, "/Creator", CREATOR);
    put_info_text(out, "/Producer", PRODUCER);
    if (d->options.date == INT64_MIN)
        return;
    buf_puts(out, "/CreationDate(");
    pdf_put_date(out, d->options.date, false);
    buf_puts(out, ")/ModDate(");
    pdf_put_date(out, d->options.date, false);
    buf_puts(out, ")");
}

static void put_xml(struct buf *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '&')
            buf_puts(out, "&amp;");
        else if (*s == '<')
            buf_puts(out, "&lt;");
        else if (*s == '>')
            buf_puts(out, "&gt;");
        else
            buf_putc(out, *s);
    }
}

/* <open>value<close>, or nothing. */
static void put_property(struct buf *out, const char *open, const char *value,
                         const char *close)
{
    if (!value)
        return;
    buf_puts(out, open);
    put_xml(out, value);
    buf_puts(out, close);
}

static void put_dublin_core(struct buf *out, const struct area_document *doc)
{
    buf_puts(out, "<rdf:Description rdf:about=\"\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                  "<dc:format>application/pdf</dc:format>\n");
    put_property(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", title_of(doc),
                 "</rdf:li></rdf:Alt></dc:title>\n");
    put_property(out, "<dc:creator><rdf:Seq><rdf:li>", find_meta(doc, "author"),
                 "</rdf:li></rdf:Seq></dc:creator>\n");
    put_property(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                 find_meta(doc, "subject"), "</rdf:li></rdf:Alt></dc:description>\n");
    put_property(out, "<dc:language><rdf:Bag><rdf:li>", doc->language,
                 "</rdf:li></rdf:Bag></dc:language>\n");
    buf_puts(out, "</rdf:Description>\n");
}

static void put_basic(const struct pdf_doc *d, struct buf *out, const struct area_document *doc)
{
    buf_puts(out, "<rdf:Description rdf:about=\"\" "
                  "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
                  "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
                  "<xmp:CreatorTool>" CREATOR "</xmp:CreatorTool>\n"
                  "<pdf:Producer>" PRODUCER "</pdf:Producer>\n");
    put_property(out, "<pdf:Keywords>", find_meta(doc, "keywords"), "</pdf:Keywords>\n");
    if (d->options.date != INT64_MIN) {
        static const char *const names[] = {"CreateDate", "ModifyDate"};
        for (int i = 0; i < 2; i++) {
            buf_printf(out, "<xmp:%s>", names[i]);
            pdf_put_date(out, d->options.date, true);
            buf_printf(out, "</xmp:%s>\n", names[i]);
        }
    }
    buf_puts(out, "</rdf:Description>\n");
}

static void put_claims(struct buf *out, enum pdf_profile profile)
{
    static const char *const levels[] = {[PDF_A1A] = "1A",
                                         [PDF_A1B] = "1B",
                                         [PDF_A2A] = "2A",
                                         [PDF_A2B] = "2B",
                                         [PDF_A3A] = "3A"};
    if (profile == PDF_PLAIN)
        return;
    buf_printf(out,
               "<rdf:Description rdf:about=\"\" "
               "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
               "<pdfaid:part>%c</pdfaid:part>\n"
               "<pdfaid:conformance>%c</pdfaid:conformance>\n</rdf:Description>\n",
               levels[profile][0], levels[profile][1]);
    if (profile == PDF_A2A)
        buf_puts(out, "<rdf:Description rdf:about=\"\" "
                      "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                      "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n");
}

static void put_own(struct buf *out, const struct area_document *doc)
{
    const char *number = find_meta(doc, "number"), *date = find_meta(doc, "date");
    if (!number && !date)
        return;
    buf_puts(out, "<rdf:Description rdf:about=\"\" xmlns:prikaz=\"urn:prikaz:meta:1#\">\n");
    put_property(out, "<prikaz:number>", number, "</prikaz:number>\n");
    put_property(out, "<prikaz:date>", date, "</prikaz:date>\n");
    buf_puts(out, "</rdf:Description>\n");
}

struct extension_property {
    const char *name, *type, *category, *description;
};

static void put_extension(struct buf *out, const char *schema, const char *uri,
                          const char *prefix, const struct extension_property *p)
{
    buf_printf(
        out,
        "<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>%s</pdfaSchema:schema>\n"
        "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>\n"
        "<pdfaSchema:prefix>%s</pdfaSchema:prefix>\n<pdfaSchema:property><rdf:Seq>\n",
        schema, uri, prefix);
    for (; p->name; p++)
        buf_printf(out,
                   "<rdf:li rdf:parseType=\"Resource\">\n"
                   "<pdfaProperty:name>%s</pdfaProperty:name>\n"
                   "<pdfaProperty:valueType>%s</pdfaProperty:valueType>\n"
                   "<pdfaProperty:category>%s</pdfaProperty:category>\n"
                   "<pdfaProperty:description>%s</pdfaProperty:description>\n</rdf:li>\n",
                   p->name, p->type, p->category, p->description);
    buf_puts(out, "</rdf:Seq></pdfaSchema:property>\n</rdf:li>\n");
}

/* Descriptions of the schemas PDF/A does not know by itself (ISO 19005-2, 6.6.2.3.3). */
static void put_extensions(struct buf *out, enum pdf_profile profile, bool own)
{
    static const struct extension_property ua[] = {
        {"part", "Integer", "internal", "Part of ISO 14289 the file conforms to"},
        {NULL, NULL, NULL, NULL}};
    static const struct extension_property order[] = {
        {"number", "Text", "external", "Registration number of the document"},
        {"date", "Text", "external", "Registration date of the document"},
        {NULL, NULL, NULL, NULL}};
    if (profile == PDF_PLAIN || (!own && profile != PDF_A2A))
        return;
    buf_puts(out, "<rdf:Description rdf:about=\"\" "
                  "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
                  "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
                  "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                  "<pdfaExtension:schemas><rdf:Bag>\n");
    if (profile == PDF_A2A)
        put_extension(out, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/",
                      "pdfuaid", ua);
    if (own)
        put_extension(out, "Registration of an order", "urn:prikaz:meta:1#", "prikaz", order);
    buf_puts(out, "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

/* Part 1 forbids to compress the packet (ISO 19005-1, 6.7.2); later parts do not. */
static void write_xmp(struct pdf_doc *d, const struct area_document *doc)
{
    struct buf xmp = BUF_EMPTY;
    enum pdf_profile profile = d->options.profile;
    buf_puts(&xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    put_dublin_core(&xmp, doc);
    put_basic(d, &xmp, doc);
    put_claims(&xmp, profile);
    put_own(&xmp, doc);
    put_extensions(&xmp, profile, find_meta(doc, "number") || find_meta(doc, "date"));
    buf_puts(&xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    uint32_t id = pdf_new_dict(d).id;
    pdf_write_stream(d, id, "/Type/Metadata/Subtype/XML", &xmp, !pdf_is_part1(d));
    buf_puts(&d->catalog, "/Metadata");
    pdf_put_ref(&d->catalog, id);
    buf_free(&xmp);
}

static bool is_rgb_profile(const struct buf *icc)
{
    return icc->len > 128 && memcmp(icc->bytes + 36, "acsp", 4) == 0 &&
           memcmp(icc->bytes + 16, "RGB ", 4) == 0;
}

static void write_intent(struct pdf_doc *d)
{
    struct buf icc = BUF_EMPTY;
    int error = file_read(ICC_PROFILE, &icc);
    if (error || !is_rgb_profile(&icc)) {
        diag_add(d->diag, DIAG_SYSTEM, (struct src_loc){0}, "icc-profile",
                 _("the colour profile %s cannot be read (%s): install the package %s"),
                 ICC_PROFILE, error ? file_error_text(error) : _("it is no RGB profile"),
                 ICC_PACKAGE);
        d->failed = true;
        buf_free(&icc);
        return;
    }
    uint32_t id = pdf_new_dict(d).id;
    pdf_write_stream(d, id, "/N 3", &icc, true);
    buf_printf(&d->catalog,
               "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
               "/Info(sRGB)/DestOutputProfile %u 0 R>>]",
               (unsigned)id);
    buf_free(&icc);
}

/* Part 1 of PDF/UA wants a language of everything (ISO 14289-1, 7.2); «und» claims none. */
static void write_language(struct pdf_doc *d, const struct area_document *doc)
{
    bool known = doc->language && pdf_is_language(doc->language);
    if (!known && d->options.profile != PDF_PLAIN)
        diag_add(d->diag, DIAG_WARNING, (struct src_loc){doc->source_name, 0, 0}, "language",
                 _("the document does not say its language: write xml:lang on fo:root, so that "
                   "it can be read aloud"));
    pdf_put_language(d, &d->catalog, known ? doc->language : "und");
}

void pdf_write_meta(struct pdf_doc *d, const struct area_document *doc)
{
    write_info(d, doc);
    write_xmp(d, doc);
    if (d->options.profile != PDF_PLAIN)
        write_intent(d);
    write_language(d, doc);
}
