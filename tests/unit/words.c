/* Words of a PDF matched to the words of the original: see words.h.
 *
 * Method. `pdftotext -raw` gives the words as they were painted, which is the order of the
 * document but for one thing: a row cut by the edge of a page comes as the upper parts of all its
 * cells, then the lower parts on the next page. So the words of the pages are kept as tokens that
 * lines use up. Page numbers and repeated header rows are taken out first (and must be there).
 * Then each line has to begin at the first token still free; where it breaks off in the middle it
 * may go on at the first free token of the next page. At the end no token may be left. A word
 * broken at the end of a printed line is glued again, with or without the hyphen.
 * Looking for each line anywhere in the text was rejected: «УО» stands in a table fifty times, and
 * a lost one would be found in the next row. */
#include "unit/words.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands for the character at `s`, whose length goes to *len; NULL: itself. */
static const char *plain(const char *s, size_t *len)
{
    static const struct {
        const char *from, *to;
    } folds[] = {
        {"\u00a0", " "}, {"\u2007", " "}, {"\u2009", " "}, {"\u202f", " "}, {"\u00ad", ""},
        {"\u200b", ""},  {"\u2060", ""},  {"\ufeff", ""},  {"\u2011", "-"}, {"\u2212", "-"},
    };
    for (size_t i = 0; i < sizeof folds / sizeof folds[0]; i++) {
        size_t n = strlen(folds[i].from);
        if (strncmp(s, folds[i].from, n) == 0) {
            *len = n;
            return folds[i].to;
        }
    }
    *len = 1;
    return NULL;
}

void words_fold(char *text)
{
    char *to = text; /* no fold is longer than what it replaces */
    for (const char *s = text; *s;) {
        size_t len = 0;
        const char *as = plain(s, &len);
        if (as) {
            size_t n = strlen(as);
            memcpy(to, as, n);
            to += n;
        } else {
            *to++ = *s;
        }
        s += len;
    }
    *to = '\0';
}

struct words words_split(char *line)
{
    struct words w = {0};
    size_t room = strlen(line) / 2 + 1;
    w.at = mem_alloc(room * sizeof *w.at);
    char *save = NULL;
    for (char *s = strtok_r(line, " \t\r\n", &save); s; s = strtok_r(NULL, " \t\r\n", &save))
        w.at[w.count++] = s;
    return w;
}

static void add_token(struct tokens *t, const char *s, size_t len)
{
    if (t->count == t->room) {
        t->room = 2 * t->room;
        t->at = mem_realloc(t->at, t->room * sizeof *t->at);
    }
    struct token *k = &t->at[t->count++];
    *k = (struct token){.text = mem_alloc(len + 1), .page = t->pages};
    memcpy(k->text, s, len);
    k->text[len] = '\0';
}

struct tokens words_tokenize(char *text)
{
    struct tokens t = {.pages = 1, .room = 1024};
    t.at = mem_alloc(t.room * sizeof *t.at);
    words_fold(text);
    for (const char *s = text; *s;) {
        size_t len = strcspn(s, " \t\r\n\f");
        if (len > 0)
            add_token(&t, s, len);
        s += len;
        if (*s == '\n' && t.count > 0)
            t.at[t.count - 1].line_end = true;
        if (*s == '\f' && s[1] != '\0')
            t.pages++;
        s += *s != '\0';
    }
    return t;
}

void words_free_tokens(struct tokens *t)
{
    for (size_t i = 0; i < t->count; i++)
        free(t->at[i].text);
    free(t->at);
    *t = (struct tokens){0};
}

static bool is_free(const struct tokens *t, size_t i, int page)
{
    return i < t->count && !t->at[i].used && !t->at[i].stray && t->at[i].page == page;
}

static bool is_marker(const char *s)
{
    static const char *const signs[] = {"-", "–", "—", "•", "·", "●", "▪"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strcmp(s, signs[i]) == 0)
            return true;
    }
    return false;
}

/* How many tokens from `i` on make up the word; 0: they do not. */
static size_t match_word(const struct tokens *t, size_t i, const char *word, int page)
{
    if (!is_free(t, i, page))
        return 0;
    const char *s = t->at[i].text;
    if (strcmp(s, word) == 0 || (strcmp(word, "•") == 0 && is_marker(s)))
        return 1;
    size_t len = strlen(s);
    if (!t->at[i].line_end)
        return 0;
    size_t more = 0;
    if (strncmp(word, s, len) == 0 && word[len] != '\0')
        more = match_word(t, i + 1, word + len, page);
    if (more == 0 && s[len - 1] == '-' && len > 1 && strncmp(word, s, len - 1) == 0)
        more = match_word(t, i + 1, word + len - 1, page);
    return more ? more + 1 : 0;
}

void words_use(struct tokens *t, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        t->at[i].used = true;
}

size_t words_first_free(const struct tokens *t, int page)
{
    size_t i = 0;
    while (i < t->count && !(t->at[i].page >= page && is_free(t, i, t->at[i].page)))
        i++;
    return i;
}

size_t words_match_run(const struct tokens *t, struct words w, size_t start, size_t *ends)
{
    size_t i = start;
    size_t k = 0;
    int page = start < t->count ? t->at[start].page : 0;
    for (; k < w.count; k++) {
        size_t n = match_word(t, i, w.at[k], page);
        if (n == 0)
            break;
        i += n;
        ends[k] = i;
    }
    return k;
}

/* The words that the page did not have, on the next page. */
static bool match_rest(struct tokens *t, struct words rest, int page)
{
    size_t next = words_first_free(t, page + 1);
    return next < t->count && t->at[next].page == page + 1 && words_match_line(t, rest, next);
}

/* The same, when token `at` is the first half of the first word, cut by the edge of the page. */
static bool match_cut(struct tokens *t, struct words rest, size_t at)
{
    size_t len = is_free(t, at, t->at[at].page) ? strlen(t->at[at].text) : 0;
    char *word = rest.at[0];
    if (len > 1 && t->at[at].text[len - 1] == '-' && word[len - 1] != '-')
        len--;
    if (len == 0 || !t->at[at].line_end || strncmp(word, t->at[at].text, len) != 0 ||
        !word[len])
        return false;
    rest.at[0] = word + len;
    bool found = match_rest(t, rest, t->at[at].page);
    rest.at[0] = word;
    if (found)
        words_use(t, at, at + 1);
    return found;
}

bool words_match_line(struct tokens *t, struct words w, size_t start)
{
    if (start >= t->count)
        return false;
    size_t *ends = mem_alloc((w.count + 1) * sizeof *ends);
    size_t k = words_match_run(t, w, start, ends);
    bool found = k == w.count;
    for (; !found; k--) {
        struct words rest = {w.at + k, w.count - k};
        size_t at = k > 0 ? ends[k - 1] : start;
        found = (k > 0 && match_rest(t, rest, t->at[start].page)) ||
                (at < t->count && match_cut(t, rest, at));
        if (found || k == 0)
            break;
    }
    if (found && k > 0)
        words_use(t, start, ends[k - 1]);
    free(ends);
    return found;
}

size_t words_find_run(const struct tokens *t, struct words w, int page, size_t *end)
{
    size_t *ends = mem_alloc((w.count + 1) * sizeof *ends);
    size_t i = 0;
    for (; i < t->count; i++) {
        if (page != 0 && t->at[i].page != page)
            continue;
        if (words_match_run(t, w, i, ends) == w.count)
            break;
    }
    *end = i < t->count ? ends[w.count - 1] : i;
    free(ends);
    return i;
}

static bool take_page_number(struct tokens *t, int page)
{
    char number[16];
    snprintf(number, sizeof number, "%d", page);
    size_t first = words_first_free(t, page);
    size_t next = words_first_free(t, page + 1);
    if (first >= next)
        return false;
    size_t at = first;
    if (!t->at[first].line_end || strcmp(t->at[first].text, number) != 0)
        at = next - 1;
    if (strcmp(t->at[at].text, number) != 0 || (at > first && !t->at[at - 1].line_end))
        return false;
    words_use(t, at, at + 1);
    return true;
}

int words_take_page_numbers(struct tokens *t)
{
    for (int page = 2; page <= t->pages; page++) {
        if (!take_page_number(t, page))
            return page;
    }
    return 0;
}
