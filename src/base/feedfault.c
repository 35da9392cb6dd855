/* The parser's complaints in a clerk's words.
 *
 * libxml2 gives a code, a place and an English sentence; the first fault counts, what follows is
 * noise. Where the code says too little the bytes are looked at: a document of Word, another
 * encoding than the first line names, zero bytes. What is not known here keeps libxml2's words. */
#include "base/feed.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <libxml/xmlerror.h>

static bool is_utf8(const struct feed *feed)
{
    const char *at = feed->all, *end = feed->all + feed->all_len;
    while (at < end) {
        const char *start = at;
        if (utf8_next(&at, end) == 0xFFFD &&
            (at - start != 3 || memcmp(start, "\xef\xbf\xbd", 3) != 0))
            return false;
    }
    return true;
}

/* Is the file's encoding UTF-8 or UTF-16, as far as its first line says? */
static bool is_unicode(const xmlParserCtxt *parser)
{
    const xmlChar *said = parser->encoding; /* of these two only */
    if (!said && parser->inputNr > 0)
        said = parser->inputTab[0]->encoding;
    return !said || xmlStrncasecmp(said, BAD_CAST "UTF", 3) == 0;
}

/* Does the first line name an encoding of one byte a letter, and the file is UTF-8? Without this it
 * would be printed as «РџСЂРёРєР°Р·». Text that is both by chance has no Russian word in it. */
const char *feed_find_mislabelling(const struct feed *feed)
{
    const char *at = feed->all, *end = feed->all + feed->all_len;
    if (is_unicode(feed->parser))
        return NULL;
    while (at < end && !(*at & 0x80))
        at++;
    return at < end && is_utf8(feed)
               ? _("the first line names another encoding, but the file is UTF-8; "
                   "write encoding=\"UTF-8\" there")
               : NULL;
}

/* The sentences for what goes wrong in practice; NULL: libxml2's own words. */
static const char *plain_sentence(int code)
{
    switch (code) {
    case XML_ERR_DOCUMENT_END:
        return _("there is something after the end of the root element, or an end tag is "
                 "missing");
    case XML_ERR_NAME_REQUIRED:
        return _("after «<» or «&» a name must follow; write «<» in text as &lt; and «&» as "
                 "&amp;");
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        return _("«&» in text is written as &amp;");
    case XML_ERR_LT_IN_ATTRIBUTE:
        return _("a quotation mark is missing at the end of an attribute's value, or «<» in it "
                 "is not written as &lt;");
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
        return _("an attribute's value must stand in quotation marks: name=\"value\"");
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
        return _("a quotation mark is missing at the end of an attribute's value");
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
        return _("an attribute has no value: write name=\"value\"");
    case XML_ERR_GT_REQUIRED:
        return _("«>» is missing at the end of a tag");
    case XML_ERR_SPACE_REQUIRED:
        return _("a space is missing between attributes");
    case XML_ERR_COMMENT_NOT_FINISHED:
        return _("a comment has no end: «-->» is missing");
    case XML_ERR_HYPHEN_IN_COMMENT:
        return _("«--» cannot stand inside a comment");
    case XML_ERR_RESERVED_XML_NAME:
        return _("«<?xml …?>» must be the very first thing in the file");
    case XML_ERR_STRING_NOT_STARTED:
    case XML_ERR_STRING_NOT_CLOSED:
    case XML_ERR_EQUAL_REQUIRED:
    case XML_ERR_VERSION_MISSING:
    case XML_ERR_XMLDECL_NOT_STARTED:
    case XML_ERR_XMLDECL_NOT_FINISHED:
        return _("the first line «<?xml …?>» is not written correctly");
    case XML_ERR_PI_NOT_STARTED:
        return _("after «<?» a name must follow");
    case XML_I18N_CONV_FAILED:
        return _(
            "there is a byte here that the encoding named in the first line does not have");
    case XML_ERR_CDATA_NOT_FINISHED:
        return _("«<![CDATA[» has no end: «]]>» is missing");
    case XML_ERR_UNKNOWN_VERSION:
        return _("the first line must say version=\"1.0\"");
    case XML_ERR_NAME_TOO_LONG:
        return _("a name is longer than 50,000 bytes");
    case XML_ERR_NO_MEMORY: /* which there is, see base/malloc.c: what the parser says here is */
        return _("a text without elements in it is longer than 10 million bytes");
    case XML_ERR_MISPLACED_CDATA_END:
        return _("«]]>» in text is written as ]]&gt;");
    default:
        return NULL;
    }
}

/* Sentences that name something from the document; false: none of these. */
static bool put_named_fault(struct buf *out, const xmlError *e)
{
    switch (e->code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        buf_printf(out, _("<%s> opened in line %d is closed by </%s>"), e->str1, e->int1,
                   e->str2);
        return true;
    case XML_ERR_TAG_NOT_FINISHED:
        if (!e->str1)
            return false;
        buf_printf(out, _("the file ends before <%s>, opened in line %d, is closed"), e->str1,
                   e->int1);
        return true;
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        buf_printf(out,
                   _("&%s; is unknown in XML; write the character itself or its number (&#160; "
                     "is a no-break space)"),
                   e->str1);
        return true;
    case XML_ERR_ATTRIBUTE_REDEFINED:
        buf_printf(out, _("the attribute %s is given twice"), e->str1);
        return true;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        buf_printf(out, _("the prefix «%s:» is not declared; xmlns:%s=\"…\" is missing"),
                   e->str1, e->str1);
        return true;
    case XML_NS_ERR_QNAME:
        buf_printf(out, _("«%s:» cannot begin the name of an element or attribute"),
                   e->str1 ? e->str1 : "");
        return true;
    case XML_ERR_UNSUPPORTED_ENCODING:
        buf_printf(out, _("the encoding «%s» is unknown; save the file as UTF-8"),
                   e->str1 ? e->str1 : "?");
        return true;
    default:
        return false;
    }
}

static bool begins_with(const struct feed *feed, const char *bytes)
{
    size_t n = strlen(bytes);
    return feed->all_len >= n && memcmp(feed->all, bytes, n) == 0;
}

/* What other programs write, by its first bytes. */
static const char *name_format(const struct feed *feed)
{
    static const struct {
        const char *begin, *says;
    } formats[] = {
        {"PK\3\4", N_("this is a document of Word or LibreOffice (.docx, .odt) or an archive, "
                      "not an XML description")},
        {"\xd0\xcf\x11\xe0",
         N_("this is an old document of Word (.doc), not an XML description")},
        {"{\\rtf", N_("this is an RTF document, not an XML description")},
        {"%PDF-", N_("this is a PDF file, not an XML description")},
        {"\x1f\x8b", N_("this is a packed file (.gz), not an XML description")},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (begins_with(feed, formats[i].begin))
            return _(formats[i].says);
    return NULL;
}

/* Are there zero bytes where no encoding has them? The parser takes the first for the end. */
static bool has_zero_bytes(const struct feed *feed)
{
    bool wide =
        feed->all_len >= 4 && (memchr(feed->all, 0, 4) || begins_with(feed, "\xff\xfe") ||
                               begins_with(feed, "\xfe\xff"));
    return !wide && memchr(feed->all, 0, feed->all_len);
}

/* Why there is no root element. */
static const char *explain_empty(const struct feed *feed)
{
    const char *at = feed->all, *end = feed->all + feed->all_len;
    const char *format = name_format(feed);
    if (format)
        return format;
    at += begins_with(feed, "\xef\xbb\xbf") ? 3 : 0;
    while (at < end && *at && strchr(" \t\r\n", *at))
        at++;
    if (at == end)
        return _("the file is empty");
    if (!*at || has_zero_bytes(feed))
        return _("the file has zero bytes: it is not text, or its encoding is not declared");
    return *at == '<' ? _("the file has no root element")
                      : _("this is not XML: the file does not begin with «<»");
}

/* Bytes of another encoding often look like a control character or like the end first; so do those
 * of a file that says it were UTF-8 and is not. */
static bool is_wrong_encoding(const struct feed *feed, int code)
{
    return (code == XML_ERR_INVALID_CHAR || code == XML_ERR_INTERNAL_ERROR) &&
           is_unicode(feed->parser) && !is_utf8(feed);
}

/* A sentence for what names nothing from the document; NULL. */
static const char *explain(const struct feed *feed, const xmlError *error)
{
    const char *message = error->message ? error->message : "";
    if (feed->is_crowded)
        return _("there are thousands of attributes in one tag; at most 5,000 can be read");
    if (error->code == XML_ERR_DOCUMENT_EMPTY)
        return explain_empty(feed);
    if (has_zero_bytes(feed) ||
        (error->code == XML_ERR_INVALID_CHAR && strstr(message, "Char 0x0 ")))
        return _("the file has zero bytes: it is not text, or its encoding is not declared");
    if (error->code == XML_ERR_INVALID_ENCODING || is_wrong_encoding(feed, error->code))
        return _("the text is not UTF-8; save the file as UTF-8 or begin it with <?xml "
                 "version=\"1.0\" encoding=\"windows-1251\"?>");
    const char *mislabelling = feed_find_mislabelling(feed);
    if (mislabelling)
        return mislabelling;
    if (error->code == XML_ERR_INVALID_CHAR)
        return _("there is a control character that XML does not allow");
    if (error->code == XML_ERR_ATTRIBUTE_NOT_FINISHED && strstr(message, "too long"))
        return _("the value of an attribute is longer than 10 million bytes");
    return plain_sentence(error->code);
}

char *feed_explain(const struct feed *feed, const xmlError *error)
{
    struct buf out = BUF_EMPTY;
    const char *sentence = explain(feed, error);
    const char *message = error->message ? error->message : "";
    if (sentence)
        buf_puts(&out, sentence);
    else if (!put_named_fault(&out, error))
        buf_printf(&out, _("this is not well-formed XML: %.*s"), (int)strcspn(message, "\n"),
                   message);
    return out.bytes;
}

/* The line of the bytes that a message about an encoding names: «… bytes 0x98 0x3C 0x2F 0x68»; 0:
 * none is named. */
static int find_named_bytes(const struct feed *feed, const char *message)
{
    unsigned named[4];
    char bytes[4];
    const char *list = message ? strstr(message, "bytes 0x") : NULL;
    if (!list || sscanf(list, "bytes %x %x %x %x", named, named + 1, named + 2, named + 3) != 4)
        return 0;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)named[i];
    const char *end = memmem(feed->all, feed->all_len, bytes, sizeof bytes);
    int line = 1;
    for (const char *at = feed->all; end && at < end; at++)
        line += *at == '\n';
    return end ? line : 0;
}

struct src_loc feed_locate(const struct feed *feed, const xmlError *error, const char *file)
{
    struct src_loc at = {file, error->line, error->int2};
    const xmlParserInput *input = feed->parser->input;
    int line = error->code == XML_I18N_CONV_FAILED ? find_named_bytes(feed, error->message) : 0;
    if (line)
        at = (struct src_loc){file, line, 0};
    else if (!error->line && input)
        at = (struct src_loc){file, input->line, 0};
    return at;
}
