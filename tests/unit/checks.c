/* Assertions on areas: the dump is read back into a list of areas, then each line is held against
 * it. See checks.h for the language. */
#include "unit/checks.h"
#include "base/mem.h"
#include "base/mpt.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TOKENS = 40, MAX_DEPTH = 64 };

/* --- the dump, read back ---------------------------------------------------------------- */

struct item {
    const char *kind, *text, *font, *role;
    int page, line, depth;
    mpt x, y, width, height, size;
    bool hyphen;
};

struct dump {
    struct arena *arena;
    struct item *items;
    size_t len, cap;
    int pages;
    char **page_text; /* from index 1 */
    char *text;       /* of all pages */
};

/* A token of a dump's or an assertion's line. */
struct token {
    enum { WORD, STRING, NUMBER, RELATION } type;
    const char *s; /* without quotes; of a number its unit */
    mpt value, half;
};

/* A decimal number without unit, in 1/1000, and half of its last place. */
static const char *read_number(const char *p, mpt *value, mpt *half)
{
    bool negative = *p == '-';
    p += negative;
    mpt v = 0, place = 1000;
    for (; isdigit((unsigned char)*p) && v < MPT_MAX; p++)
        v = v * 10 + PT(*p - '0');
    if (*p == '.')
        for (p++; isdigit((unsigned char)*p); p++) {
            place /= 10;
            v += (*p - '0') * place;
        }
    *value = negative ? -v : v;
    *half = place > 1 ? place / 2 : 1;
    return p;
}

static const char *read_string(const char *p, struct arena *a, struct token *t)
{
    struct buf b = BUF_EMPTY;
    for (p++; *p && *p != '"'; p++) {
        if (*p == '\\' && p[1])
            p++;
        buf_putc(&b, *p);
    }
    *t = (struct token){STRING, arena_strdup(a, buf_str(&b)), 0, 0};
    buf_free(&b);
    return *p ? p + 1 : p;
}

static const char *read_token(const char *p, struct arena *a, struct token *t)
{
    if (*p == '"')
        return read_string(p, a, t);
    const char *start = p;
    if (isdigit((unsigned char)*p) || (*p == '-' && isdigit((unsigned char)p[1]))) {
        t->type = NUMBER;
        start = p = read_number(p, &t->value, &t->half);
    } else {
        t->type = strchr("=!<>", *p) ? RELATION : WORD;
    }
    p += strcspn(p, t->type == RELATION ? " \t\"0123456789-" : " \t\"=!<>");
    t->s = arena_strndup(a, start, (size_t)(p - start));
    return p;
}

/* Tokens of a line; in the dump «[TD]», «->» and the like are words. */
static size_t split(const char *p, struct arena *a, struct token *tokens)
{
    size_t n = 0;
    while (n < MAX_TOKENS) {
        p += strspn(p, " \t\r");
        if (!*p || *p == '#')
            break;
        tokens[n] = (struct token){WORD, "", 0, 0};
        p = read_token(p, a, &tokens[n++]);
    }
    return n;
}

/* What follows «kind x y» in the dump of an area: sizes, names, role, line. */
static void read_rest(const char *p, struct arena *a, struct item *it)
{
    struct token t = {WORD, "", 0, 0};
    int numbers = 0;
    while (*(p += strspn(p, " "))) {
        if (*p == '[' || *p == '@') {
            size_t n = strcspn(p, " ");
            if (*p == '[')
                it->role = arena_strndup(a, p + 1, n - 2);
            else
                it->line = atoi(p + 1);
            p += n;
        } else if (*p == '"') {
            p = read_string(p, a, &t);
            if (!it->text)
                it->text = t.s;
        } else if (isdigit((unsigned char)*p) || *p == '-') {
            p = read_token(p, a, &t);
            if (numbers < 2)
                *(numbers ? (it->font ? &it->size : &it->height) : &it->width) = t.value;
            numbers++;
        } else {
            size_t n = strcspn(p, " ");
            if (strcmp(it->kind, "text") == 0 && !it->font && n > 1)
                it->font = arena_strndup(a, p, n);
            it->hyphen |= n == 6 && strncmp(p, "hyphen", n) == 0;
            if ((*it->kind == 'l' || *it->kind == 'd') && !it->text && n > 1 && p[1] != '>')
                it->text = arena_strndup(a, p, n);
            p += n;
        }
    }
}

static const char *to_line_end(const char *p)
{
    return p + strcspn(p, "\n");
}

/* Where the areas of each depth have their origin. */
struct origins {
    mpt x[MAX_DEPTH], y[MAX_DEPTH];
};

static void read_area(struct dump *d, const char *line, struct origins *o)
{
    struct item it = {.page = d->pages};
    size_t spaces = strspn(line, " "), n = strcspn(line + spaces, " ");
    it.depth = (int)spaces / 2;
    it.kind = arena_strndup(d->arena, line + spaces, n);
    const char *p = line + spaces + n;
    mpt half;
    if (strcmp(it.kind, "page") == 0) {
        d->pages++;
        it.page = d->pages;
        p += strspn(p, " ");
        p += strcspn(p, " "); /* the number is counted here */
    } else if (strcmp(it.kind, "bookmark") != 0) {
        p = read_number(p + strspn(p, " "), &it.x, &half);
        p = read_number(p + strspn(p, " "), &it.y, &half);
    }
    read_rest(p, d->arena, &it);
    int depth = it.depth < MAX_DEPTH - 1 ? it.depth : MAX_DEPTH - 2;
    it.x += o->x[depth];
    it.y += o->y[depth];
    o->x[depth + 1] = strcmp(it.kind, "group") == 0 ? it.x : 0;
    o->y[depth + 1] = strcmp(it.kind, "group") == 0 ? it.y : 0;
    if (it.text || strcmp(it.kind, "text") != 0)
        VEC_PUSH(d, it);
}

/* Append an area's text as a reader would: see checks.h. */
static void join(struct buf *b, const struct item *before, const struct item *it)
{
    if (before && before->hyphen && b->len) {
        size_t n = b->len >= 3 && memcmp(b->bytes + b->len - 3, "\xE2\x80\x90", 3) == 0 ? 3 : 1;
        if (n == 3 || b->bytes[b->len - 1] == '-')
            b->bytes[b->len -= n] = '\0';
    } else if (before) {
        mpt gap = it->x - before->x - before->width;
        if (it->y != before->y || gap > 500 || gap < -500)
            buf_putc(b, ' ');
    }
    buf_puts(b, it->text);
}

static void collect_text(struct dump *d)
{
    struct buf page = BUF_EMPTY, all = BUF_EMPTY;
    d->page_text = ARENA_ARRAY(d->arena, char *, d->pages + 1);
    const struct item *before = NULL, *before_on_page = NULL;
    size_t i = 0;
    for (int number = 0; number <= d->pages; number++) {
        buf_clear(&page);
        before_on_page = NULL;
        for (; i < d->len && d->items[i].page == number; i++) {
            if (strcmp(d->items[i].kind, "text") != 0)
                continue;
            join(&page, before_on_page, &d->items[i]);
            join(&all, before, &d->items[i]);
            before = before_on_page = &d->items[i];
        }
        d->page_text[number] = arena_strdup(d->arena, buf_str(&page));
    }
    d->text = arena_strdup(d->arena, buf_str(&all));
    buf_free(&page);
    buf_free(&all);
}

static struct dump read_dump(const char *text)
{
    struct dump d = {.arena = arena_new()};
    struct origins o = {{0}, {0}};
    while (*text) {
        const char *end = to_line_end(text);
        if (end > text)
            read_area(&d, arena_strndup(d.arena, text, (size_t)(end - text)), &o);
        text = *end ? end + 1 : end;
    }
    collect_text(&d);
    return d;
}

static void free_dump(struct dump *d)
{
    free(d->items);
    arena_free(d->arena);
}

/* --- assertions ------------------------------------------------------------------------- */

struct line {
    struct token tokens[MAX_TOKENS];
    size_t count, at;
    const struct run *run;
    const struct dump *dump;
    const char *why; /* it does not hold, or NULL */
};

static const struct token *next(struct line *l)
{
    static const struct token none = {WORD, "", 0, 0};
    return l->at < l->count ? &l->tokens[l->at++] : &none;
}

static bool next_is(struct line *l, const char *word)
{
    if (l->at >= l->count || l->tokens[l->at].type != WORD ||
        strcmp(l->tokens[l->at].s, word) != 0)
        return false;
    l->at++;
    return true;
}

static const char *next_string(struct line *l)
{
    const struct token *t = next(l);
    if (t->type == STRING)
        return t->s;
    l->why = "a text in quotes is missing";
    return "";
}

static const char *next_relation(struct line *l)
{
    if (l->at < l->count && l->tokens[l->at].type == RELATION)
        return next(l)->s;
    return "=";
}

/* Compare; `half`: what counts as equal. */
static bool compare(mpt a, const char *relation, mpt b, mpt half)
{
    if (strcmp(relation, "=") == 0)
        return a >= b - half && a <= b + half;
    if (strcmp(relation, "!=") == 0)
        return a < b - half || a > b + half;
    if (strcmp(relation, "<=") == 0)
        return a <= b;
    if (strcmp(relation, ">=") == 0)
        return a >= b;
    return relation[0] == '<' ? a < b : a > b;
}

/* «REL N» against a count. */
static bool fits_count(struct line *l, int64_t count)
{
    const char *relation = next_relation(l);
    const struct token *t = next(l);
    if (t->type != NUMBER || *t->s) {
        l->why = "a number is missing";
        return false;
    }
    return compare(count * 1000, relation, t->value, 0);
}

/* «REL LENGTH» against a length. */
static bool fits_length(struct line *l, mpt length)
{
    static const struct {
        const char *unit;
        int64_t num, den; /* pt */
    } units[] = {{"", 1, 1}, {"pt", 1, 1}, {"mm", 720, 254}, {"cm", 7200, 254}, {"in", 72, 1}};
    const char *relation = next_relation(l);
    const struct token *t = next(l);
    for (size_t i = 0; t->type == NUMBER && i < sizeof units / sizeof *units; i++)
        if (strcmp(t->s, units[i].unit) == 0)
            return compare(length, relation, mpt_scale(t->value, units[i].num, units[i].den),
                           mpt_scale(t->half, units[i].num, units[i].den));
    l->why = "a length is missing (pt, mm, cm, in)";
    return false;
}

static int64_t count_of(const char *text, const char *wanted)
{
    int64_t n = 0;
    for (const char *p = text; *wanted && (p = strstr(p, wanted)); p += strlen(wanted))
        n++;
    return n;
}

static int64_t message_lines(const struct run *run)
{
    int64_t n = 0;
    for (size_t i = 0; i < run->err.len; i++)
        n += run->err.bytes[i] == '\n';
    return n;
}

/* All that is said of an area from here to the end of the line. */
static bool fits(struct line *l, const struct item *it)
{
    bool good = true;
    while (l->at < l->count && !l->why) {
        if (next_is(l, "page"))
            good &= fits_count(l, it->page);
        else if (next_is(l, "line"))
            good &= fits_count(l, it->line);
        else if (next_is(l, "x"))
            good &= fits_length(l, it->x);
        else if (next_is(l, "y"))
            good &= fits_length(l, it->y);
        else if (next_is(l, "width"))
            good &= fits_length(l, it->width);
        else if (next_is(l, "height"))
            good &= fits_length(l, it->height);
        else if (next_is(l, "right"))
            good &= fits_length(l, it->x + it->width);
        else if (next_is(l, "bottom"))
            good &= fits_length(l, it->y + it->height);
        else if (next_is(l, "size"))
            good &= fits_length(l, it->size);
        else if (next_is(l, "font"))
            good &= strcmp(it->font ? it->font : "", next_string(l)) == 0;
        else if (next_is(l, "role"))
            good &= strcmp(it->role ? it->role : "", next_string(l)) == 0;
        else
            l->why = "not understood: page line x y width height right bottom size font role";
    }
    return good;
}

/* «text "…" …» and its like: does an area of the kind fit? */
static bool find_area(struct line *l, const char *kind)
{
    const char *wanted = NULL;
    if (l->at < l->count && l->tokens[l->at].type == STRING)
        wanted = next(l)->s;
    size_t start = l->at;
    bool found = false, any = false;
    for (size_t i = 0; i < l->dump->len && !found && !l->why; i++) {
        const struct item *it = &l->dump->items[i];
        if (strcmp(it->kind, kind) != 0 || (wanted && !(it->text && strstr(it->text, wanted))))
            continue;
        any = true;
        l->at = start;
        found = fits(l, it);
    }
    if (!any) { /* what is said must make sense all the same */
        l->at = start;
        fits(l, &(struct item){.kind = kind});
    }
    return found;
}

static bool holds_page(struct line *l)
{
    const struct token *t = next(l);
    mpt number = t->value / 1000;
    if (t->type != NUMBER || number < 1 || number > l->dump->pages) {
        l->why = "there is no such page";
        return false;
    }
    const char *text = l->dump->page_text[number];
    if (next_is(l, "contains"))
        return strstr(text, next_string(l)) != NULL;
    if (next_is(l, "lacks"))
        return strstr(text, next_string(l)) == NULL;
    for (size_t i = 0; i < l->dump->len; i++) {
        const struct item *it = &l->dump->items[i];
        if (strcmp(it->kind, "page") != 0 || it->page != number)
            continue;
        if (next_is(l, "label"))
            return strcmp(it->text ? it->text : "", next_string(l)) == 0;
        return l->at < l->count && fits(l, it);
    }
    return false;
}

static bool holds_order(struct line *l)
{
    const char *p = l->dump->text;
    while (p && l->at < l->count) {
        const char *wanted = next_string(l);
        p = strstr(p, wanted);
        p = p ? p + strlen(wanted) : p;
    }
    return p != NULL;
}

static bool is_area_kind(const char *s)
{
    static const char *const kinds[] = {"text",  "box",  "rule", "image",  "path",
                                        "group", "link", "dest", "report", "bookmark"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(s, kinds[i]) == 0)
            return true;
    return false;
}

static bool holds(struct line *l)
{
    bool none = next_is(l, "no");
    const struct token *t = next(l);
    if (t->type == WORD && is_area_kind(t->s))
        return find_area(l, t->s) != none;
    if (none || t->type != WORD) {
        l->why = "not understood";
        return false;
    }
    if (strcmp(t->s, "page") == 0)
        return holds_page(l);
    if (strcmp(t->s, "pages") == 0)
        return fits_count(l, l->dump->pages);
    if (strcmp(t->s, "status") == 0)
        return fits_count(l, l->run->status);
    if (strcmp(t->s, "messages") == 0)
        return fits_count(l, message_lines(l->run));
    if (strcmp(t->s, "message") == 0)
        return l->run->err.len && strstr(l->run->err.bytes, next_string(l));
    if (strcmp(t->s, "order") == 0)
        return holds_order(l);
    if (strcmp(t->s, "count") == 0) {
        const char *wanted = next_string(l);
        return fits_count(l, count_of(l->dump->text, wanted));
    }
    l->why = "not understood";
    return false;
}

static bool is_status(const char *line)
{
    return strncmp(line + strspn(line, " \t"), "status", 6) == 0;
}

bool checks_hold(const char *name, const char *checks, const struct run *run,
                 struct buf *faults)
{
    struct buf out = run->out;
    struct dump dump = read_dump(buf_str(&out));
    size_t before = faults->len;
    bool has_status = false;
    int number = 1;
    for (const char *p = checks; *p; number++) {
        const char *end = to_line_end(p);
        char *text = arena_strndup(dump.arena, p, (size_t)(end - p));
        struct line l = {.run = run, .dump = &dump};
        l.count = split(text, dump.arena, l.tokens);
        has_status |= is_status(text);
        bool good = l.count == 0 || holds(&l);
        if (!l.why && good && l.at < l.count)
            l.why = "not understood to its end";
        if (!good || l.why)
            buf_printf(faults, "%s:%d: %s: %s\n", name, number, l.why ? l.why : "does not hold",
                       text);
        p = *end ? end + 1 : end;
    }
    if (!has_status && run->status != 0)
        buf_printf(faults, "%s: exit status %d\n", name, run->status);
    if (!run->out.bytes)
        buf_free(&out);
    free_dump(&dump);
    return faults->len == before;
}
