/* Small fo documents for the unit tests of src/fo. */
#ifndef PRIKAZ_TESTS_FO_SAMPLE_H
#define PRIKAZ_TESTS_FO_SAMPLE_H

#include "fo/build.h"
#include "fo/fo.h"

/* A document and what was said about it. */
struct fo_sample {
    struct fo_document *doc; /* NULL when there is nothing to lay out */
    struct diag *diag;
};

/* All of a file; `root` is what stands in it. */
void fo_sample_parse(struct fo_sample *s, const char *text);
/* The same as an xmlDoc that is eaten. */
void fo_sample_walk(struct fo_sample *s, const char *text);
/* A document of one page sequence whose flow has this content; `root_attrs` on fo:root. */
void fo_sample_flow(struct fo_sample *s, const char *root_attrs, const char *content);
void fo_sample_free(struct fo_sample *s);

/* The object with this id; the test fails when there is none. */
const struct fo_node *fo_sample_find(const struct fo_sample *s, const char *id);
const struct fo_inherited *fo_sample_inh(const struct fo_sample *s, const char *id);
const struct fo_own *fo_sample_own(const struct fo_sample *s, const char *id);

/* How many messages there are; the text of number `i`, as «line: message». */
size_t fo_sample_faults(const struct fo_sample *s);
/* The test fails unless some message of this level stands at this line (0: any) and has this
 * piece of text. */
void fo_sample_expect(const struct fo_sample *s, enum diag_level level, int line,
                      const char *piece);
/* The test fails, and shows them, when there are messages. */
void fo_sample_expect_quiet(const struct fo_sample *s);

#define FO_SAMPLE_OPEN                                                                         \
    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:px='urn:prikaz:fo' "          \
    "xmlns:fox='http://xmlgraphics.apache.org/fop/extensions' "
#define FO_SAMPLE_MASTERS                                                                      \
    "<fo:layout-master-set><fo:simple-page-master master-name='a' page-width='400pt' "         \
    "page-height='600pt'><fo:region-body/></fo:simple-page-master></fo:layout-master-set>"

#endif
