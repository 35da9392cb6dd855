/* Bytes for the parser, piece by piece: libxml2's own functions for memory copy them whole.
 *
 * The parser compares every attribute of a tag with every other, and every namespace with those
 * in force: two megabytes in one tag cost a minute. No handler is called before the tag is read;
 * but its tables grow while it asks for bytes, and there it is told that there are no more. */
#include "base/feed.h"
#include "base/mem.h"

#include <string.h>
#include <libxml/parserInternals.h>

/* Places that an attribute and a namespace take in the parser's tables, which grow twofold. */
enum { ATTRIBUTE_PLACES = 5, NAMESPACE_PLACES = 2, GROWTH = 2 };

static bool is_crowded(const xmlParserCtxt *parser)
{
    return parser->maxatts > GROWTH * ATTRIBUTE_PLACES * FEED_MOST_ATTRIBUTES ||
           parser->nsMax > GROWTH * NAMESPACE_PLACES * FEED_MOST_ATTRIBUTES;
}

static int read_some(void *self, char *out, int size)
{
    struct feed *feed = self;
    feed->is_crowded = feed->is_crowded || is_crowded(feed->parser);
    if (feed->is_crowded)
        return 0;
    size_t n = feed->rest_len < (size_t)size ? feed->rest_len : (size_t)size;
    memcpy(out, feed->rest, n);
    feed->rest += n;
    feed->rest_len -= n;
    return (int)n;
}

void feed_open(struct feed *feed, xmlParserCtxt *parser, const char *bytes, size_t n, char *url)
{
    *feed = (struct feed){bytes, bytes, n, n, parser, false};
    xmlParserInputBuffer *input =
        xmlParserInputBufferCreateIO(read_some, NULL, feed, XML_CHAR_ENCODING_NONE);
    REQUIRE(input);
    xmlParserInput *stream = xmlNewIOInputStream(parser, input, XML_CHAR_ENCODING_NONE);
    REQUIRE(stream);
    stream->filename = url;
    REQUIRE(inputPush(parser, stream) >= 0);
}
