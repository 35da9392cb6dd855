/* The words of a printed document as tokens that the lines of an expected text use up: words.c
 * says how, test_documents.c uses it. */
#ifndef PRIKAZ_TESTS_WORDS_H
#define PRIKAZ_TESTS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct token {
    char *text;
    int page;      /* from 1 */
    bool line_end; /* last of a printed line: a broken word may go on in the next token */
    bool used;     /* by a line of the expected text, or taken out */
    bool stray;    /* left behind by a line that failed */
};

struct tokens {
    struct token *at;
    size_t count, room;
    int pages;
};

struct words {
    char **at; /* point into the text that was split */
    size_t count;
};

/* All spaces become one, invisible signs go, in place: as tokens are. */
void words_fold(char *text);

/* The words of a line, which is cut to pieces. The caller frees `at`. */
struct words words_split(char *line);

/* Tokens of what pdftotext wrote: pages end with a form feed. `text` is folded in place.
 * Free with words_free_tokens. */
struct tokens words_tokenize(char *text);
void words_free_tokens(struct tokens *t);

/* The first free token on the page or after it; t->count when there is none. */
size_t words_first_free(const struct tokens *t, int page);

/* How many of the words the free tokens from `start` on match, on one page; ends[k] is where
 * word k stopped. */
size_t words_match_run(const struct tokens *t, struct words w, size_t start, size_t *ends);

/* Use up the tokens of a line that begins at `start`; where it breaks off it goes on at the
 * first free token of the next page. False, and nothing used, when it is not there. */
bool words_match_line(struct tokens *t, struct words w, size_t start);

/* Where all the words stand in one run on the page (0: any page); t->count: nowhere. */
size_t words_find_run(const struct tokens *t, struct words w, int page, size_t *end);

/* Mark tokens [from, to) used. */
void words_use(struct tokens *t, size_t from, size_t to);

/* Take the page number out of every page but the first: it is alone in the first or the last
 * printed line. The first page without one; 0: all have theirs. */
int words_take_page_numbers(struct tokens *t);

#endif
