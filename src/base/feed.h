/* Bytes in memory given to libxml2's parser, with a limit that it has not itself. */
#ifndef PRIKAZ_BASE_FEED_H
#define PRIKAZ_BASE_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <libxml/parser.h>

/* More attributes or namespaces than anybody writes in one tag; twice as many are refused. */
enum { FEED_MOST_ATTRIBUTES = 5000 };

/* What the parser has not asked for yet. Lives as long as it parses; the bytes are borrowed. */
struct feed {
    const char *bytes;
    size_t len;
    const xmlParserCtxt *parser;
    bool
        is_crowded; /* a tag with too many attributes: the parser was told the bytes had ended */
};

/* Make the bytes what `parser` reads next. `url` becomes the parser's; NULL: nameless. */
void feed_open(struct feed *feed, xmlParserCtxt *parser, char *url);

/* What to say when the parser complains and is_crowded: a sentence in the user's language. */
const char *feed_crowded_text(void);

#endif
