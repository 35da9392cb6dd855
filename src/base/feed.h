/* Bytes in memory given to libxml2's parser, with a limit that it has not itself. */
#ifndef PRIKAZ_BASE_FEED_H
#define PRIKAZ_BASE_FEED_H

#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <libxml/parser.h>

/* More attributes or namespaces than anybody writes in one tag; twice as many are refused. */
enum { FEED_MOST_ATTRIBUTES = 5000 };

/* The bytes and what the parser has not asked for yet. Lives as long as it parses; the bytes are
 * borrowed. */
struct feed {
    const char *all, *rest;
    size_t all_len, rest_len;
    const xmlParserCtxt *parser;
    bool
        is_crowded; /* a tag with too many attributes: the parser was told the bytes had ended */
};

/* Make `n` bytes what `parser` reads next. `url` becomes the parser's; NULL: nameless. */
void feed_open(struct feed *feed, xmlParserCtxt *parser, const char *bytes, size_t n,
               char *url);

/* What a complaint of the parser means, as a sentence in the user's language. The caller frees. */
char *feed_explain(const struct feed *feed, const xmlError *error);

/* Where it is: of bytes that an encoding does not have, too, which the parser places too early. */
struct src_loc feed_locate(const struct feed *feed, const xmlError *error, const char *file);

/* To be asked at the root element: what is wrong when the first line names an encoding of one byte a
 * letter and the file is UTF-8, which the parser does not see; borrowed. NULL: nothing. */
const char *feed_find_mislabelling(const struct feed *feed);

#endif
