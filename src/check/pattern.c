/* Regular expressions over code points.
 *
 * The C library's depend on the locale, which no stage may; libxml2's match whole strings only.
 * A pattern is compiled to a small program which all its threads run in step over the text
 * (K. Thompson, «Regular expression search algorithm», 1968), so that no pattern and no text
 * takes exponential time. Backtracking was rejected: it does, and it recurses for every character.
 * There are no groups to be read afterwards, so a thread is a place in the program; the longest
 * match at the first place wins. What follows, (?=…), is a program of its own inside, run from
 * where the thread stands. */
#include "check/pattern.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum op { OP_SET, OP_SPLIT, OP_JUMP, OP_START, OP_END, OP_EDGE, OP_AHEAD, OP_MATCH };

struct range {
    uint32_t low, high;
};

struct inst {
    enum op op;
    size_t to, other;   /* SPLIT: both; JUMP, AHEAD: to is where the program goes on */
    size_t first, last; /* SET: its ranges */
    bool not_;          /* SET, AHEAD */
};

/* Latin and Cyrillic letters and what is between them; a match may always begin with others. */
enum { FIRSTS = 0x530 };

struct pattern {
    struct {
        struct inst *items;
        size_t len, cap;
    } code;
    bool firsts[FIRSTS + 1]; /* characters it may begin with; the last stands for all others */
    bool leads[256];         /* bytes that begin one of these */
    bool begins_empty;       /* it matches nothing, or begins with the end of the text */
    struct {
        struct range *items;
        size_t len, cap;
    } ranges;
};

/* --- compiling --------------------------------------------------------------------------- */

struct parser {
    struct pattern *p;
    const char *start, *at, *end;
    bool failed;
};

static const struct {
    char name;
    struct range ranges[5]; /* until high is 0 */
} classes[] = {
    {'d', {{'0', '9'}}},
    {'s', {{'\t', '\r'}, {' ', ' '}, {0xA0, 0xA0}, {0x2000, 0x200A}, {0x202F, 0x202F}}},
    {'w', {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}, {0xC0, 0x52F}}},
    {'p', {{0x400, 0x52F}}},
    {'P', {{0x400, 0x42F}}},
    {'l', {{0x430, 0x45F}}},
    {'a', {{'A', 'Z'}, {'a', 'z'}}},
};

static size_t emit(struct parser *s, enum op op)
{
    struct inst i = {.op = op};
    VEC_PUSH(&s->p->code, i);
    return s->p->code.len - 1;
}

static void add_range(struct parser *s, uint32_t low, uint32_t high)
{
    struct range r = {low, high};
    VEC_PUSH(&s->p->ranges, r);
}

/* The class \c; false when there is none of that name. */
static bool add_class(struct parser *s, char name)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (classes[i].name == name) {
            for (size_t k = 0; k < 5 && classes[i].ranges[k].high; k++)
                add_range(s, classes[i].ranges[k].low, classes[i].ranges[k].high);
            return true;
        }
    return false;
}

static bool looks_at(const struct parser *s, const char *text)
{
    size_t n = strlen(text);
    return (size_t)(s->end - s->at) >= n && memcmp(s->at, text, n) == 0;
}

static bool take(struct parser *s, const char *text)
{
    if (!looks_at(s, text))
        return false;
    s->at += strlen(text);
    return true;
}

/* One character or class inside [ ]; false when it is a class, which ends no range. */
static bool take_member(struct parser *s, uint32_t *c)
{
    if (take(s, "\\")) {
        if (s->at < s->end && add_class(s, *s->at)) {
            s->at++;
            return false;
        }
        s->failed |= s->at == s->end;
    }
    *c = s->at < s->end ? utf8_next(&s->at, s->end) : 0;
    return true;
}

static void parse_set(struct parser *s)
{
    size_t set = emit(s, OP_SET), first = s->p->ranges.len;
    bool is_not = take(s, "^");
    while (s->at < s->end && !looks_at(s, "]")) {
        uint32_t low = 0, high = 0;
        if (!take_member(s, &low))
            continue;
        high = low;
        if (looks_at(s, "-") && !looks_at(s, "-]")) {
            s->at++;
            s->failed |= !take_member(s, &high);
        }
        add_range(s, low, high);
    }
    s->failed |= !take(s, "]");
    struct inst *i = &s->p->code.items[set];
    i->first = first;
    i->last = s->p->ranges.len;
    i->not_ = is_not;
}

static void parse_choice(struct parser *s);

static void parse_group(struct parser *s)
{
    bool is_not = looks_at(s, "?!"), is_ahead = is_not || looks_at(s, "?=");
    size_t ahead = 0;
    if (is_ahead) {
        s->at += 2;
        ahead = emit(s, OP_AHEAD);
        s->p->code.items[ahead].not_ = is_not;
    }
    parse_choice(s);
    if (is_ahead) {
        emit(s, OP_MATCH);
        s->p->code.items[ahead].to = s->p->code.len;
    }
    s->failed |= !take(s, ")");
}

static void parse_one_char(struct parser *s)
{
    size_t set = emit(s, OP_SET), first = s->p->ranges.len;
    bool is_class = take(s, "\\") && s->at < s->end && add_class(s, *s->at);
    if (is_class) {
        s->at++;
    } else if (s->at < s->end) {
        uint32_t c = utf8_next(&s->at, s->end);
        add_range(s, c, c);
    } else {
        s->failed = true;
    }
    s->p->code.items[set].first = first;
    s->p->code.items[set].last = s->p->ranges.len;
}

/* What a star may stand behind. */
static void parse_atom(struct parser *s)
{
    if (take(s, "(")) {
        parse_group(s);
    } else if (take(s, "[")) {
        parse_set(s);
    } else if (take(s, "^")) {
        emit(s, OP_START);
    } else if (take(s, "$")) {
        emit(s, OP_END);
    } else if (take(s, "\\b")) {
        emit(s, OP_EDGE);
    } else if (take(s, ".")) {
        size_t set = emit(s, OP_SET);
        s->p->code.items[set].not_ = true; /* none of nothing */
    } else if (looks_at(s, "*") || looks_at(s, "+") || looks_at(s, "?")) {
        s->failed = true;
    } else {
        parse_one_char(s);
    }
}

/* Make room for one instruction at `at`; what lies behind moves, with the places in it. */
static void insert(struct parser *s, size_t at, struct inst inst)
{
    emit(s, OP_MATCH);
    struct inst *code = s->p->code.items;
    memmove(code + at + 1, code + at, (s->p->code.len - 1 - at) * sizeof *code);
    for (size_t i = at + 1; i < s->p->code.len; i++) {
        code[i].to++;
        code[i].other++;
    }
    code[at] = inst;
}

static void parse_repeated(struct parser *s)
{
    size_t at = s->p->code.len;
    parse_atom(s);
    if (take(s, "*")) {
        insert(s, at, (struct inst){.op = OP_SPLIT, .to = at + 1});
        size_t back = emit(s, OP_JUMP);
        s->p->code.items[back].to = at;
        s->p->code.items[at].other = s->p->code.len;
    } else if (take(s, "+")) {
        size_t split = emit(s, OP_SPLIT);
        s->p->code.items[split].to = at;
        s->p->code.items[split].other = s->p->code.len;
    } else if (take(s, "?")) {
        insert(s, at, (struct inst){.op = OP_SPLIT, .to = at + 1});
        s->p->code.items[at].other = s->p->code.len;
    }
}

static void parse_sequence(struct parser *s)
{
    while (s->at < s->end && !s->failed && !looks_at(s, "|") && !looks_at(s, ")"))
        parse_repeated(s);
}

static void parse_choice(struct parser *s)
{
    size_t at = s->p->code.len;
    parse_sequence(s);
    if (s->failed || !take(s, "|"))
        return;
    insert(s, at, (struct inst){.op = OP_SPLIT, .to = at + 1});
    size_t jump = emit(s, OP_JUMP);
    s->p->code.items[at].other = s->p->code.len;
    parse_choice(s);
    s->p->code.items[jump].to = s->p->code.len;
}

static bool holds(const struct pattern *p, const struct inst *i, uint32_t c)
{
    for (size_t k = i->first; k < i->last; k++)
        if (c >= p->ranges.items[k].low && c <= p->ranges.items[k].high)
            return !i->not_;
    return i->not_;
}

/* Gather what may be read first by a thread at `pc`; what must only be there counts as if it were.
 * `seen` has room for every instruction. */
static void find_firsts(struct pattern *p, size_t pc, bool *seen)
{
    for (; !seen[pc]; pc++) {
        const struct inst *i = &p->code.items[pc];
        seen[pc] = true;
        if (i->op == OP_SET) {
            for (uint32_t c = 0; c < FIRSTS; c++)
                p->firsts[c] |= holds(p, i, c);
            return;
        }
        p->begins_empty |= i->op == OP_MATCH || i->op == OP_END;
        if (i->op == OP_MATCH)
            return;
        if (i->op == OP_SPLIT)
            find_firsts(p, i->other, seen);
        if (i->op == OP_SPLIT || i->op == OP_JUMP || i->op == OP_AHEAD)
            pc = i->to - 1;
    }
}

static void find_leads(struct pattern *p)
{
    bool *seen = mem_zalloc(p->code.len);
    find_firsts(p, 0, seen);
    free(seen);
    p->firsts[FIRSTS] = true;
    for (uint32_t c = 0; c < FIRSTS; c++)
        p->leads[c < 0x80 ? c : 0xC0 | c >> 6] |= p->firsts[c];
    for (size_t lead = 0xC0 | FIRSTS >> 6; lead < 256; lead++)
        p->leads[lead] = true;
}

struct pattern *check_compile_pattern(const char *text, size_t *fault)
{
    struct parser s = {.start = text, .at = text, .end = text + strlen(text)};
    s.p = mem_zalloc(sizeof *s.p);
    parse_choice(&s);
    emit(&s, OP_MATCH);
    if (!s.failed && s.at == s.end) {
        find_leads(s.p);
        return s.p;
    }
    *fault = (size_t)(s.at - s.start);
    check_free_pattern(s.p);
    return NULL;
}

void check_free_pattern(struct pattern *p)
{
    if (!p)
        return;
    free(p->code.items);
    free(p->ranges.items);
    free(p);
}

/* --- searching --------------------------------------------------------------------------- */

struct threads {
    size_t *at; /* places in the program */
    size_t len;
    size_t *seen; /* for each place the last step in which it was added */
};

struct search {
    const struct pattern *p;
    const char *text;
    size_t len;
    size_t *room; /* of two lists of threads */
    size_t step;  /* grows with every character of every attempt */
};

static bool is_word(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c <= 0x52F);
}

static bool is_edge(const struct search *s, size_t at)
{
    bool before = false, after = false;
    if (at > 0) {
        size_t k = at - 1;
        while (k > 0 && ((unsigned char)s->text[k] & 0xC0) == 0x80)
            k--;
        const char *q = s->text + k;
        before = is_word(utf8_next(&q, s->text + s->len));
    }
    if (at < s->len) {
        const char *q = s->text + at;
        after = is_word(utf8_next(&q, s->text + s->len));
    }
    return before != after;
}

static bool match_here(struct search *s, size_t pc, size_t from, size_t *end);

static bool looks_ahead(const struct search *s, size_t pc, size_t from)
{
    size_t end;
    struct search inner = {.p = s->p, .text = s->text, .len = s->len};
    inner.room = mem_zalloc(4 * s->p->code.len * sizeof *inner.room);
    bool found = match_here(&inner, pc, from, &end);
    free(inner.room);
    return found;
}

/* Add the thread at `pc` and all places it comes to without reading. True when it has matched. */
static bool add_thread(struct search *s, struct threads *t, size_t pc, size_t at)
{
    const struct inst *i = &s->p->code.items[pc];
    if (t->seen[pc] == s->step)
        return false;
    t->seen[pc] = s->step;
    switch (i->op) {
    case OP_JUMP:
        return add_thread(s, t, i->to, at);
    case OP_SPLIT: {
        bool first = add_thread(s, t, i->to, at);
        return add_thread(s, t, i->other, at) || first;
    }
    case OP_START:
        return at == 0 && add_thread(s, t, pc + 1, at);
    case OP_END:
        return at == s->len && add_thread(s, t, pc + 1, at);
    case OP_EDGE:
        return is_edge(s, at) && add_thread(s, t, pc + 1, at);
    case OP_AHEAD:
        return looks_ahead(s, pc + 1, at) != i->not_ && add_thread(s, t, i->to, at);
    case OP_MATCH:
        return true;
    case OP_SET:
        t->at[t->len++] = pc;
        return false;
    }
    return false;
}

/* The longest match of the program at `pc` from `from` on. */
static bool match_here(struct search *s, size_t pc, size_t from, size_t *end)
{
    size_t n = s->p->code.len;
    size_t *room = s->room;
    struct threads now = {room, 0, room + n}, next = {room + 2 * n, 0, room + 3 * n};
    s->step++;
    bool found = add_thread(s, &now, pc, from);
    size_t at = from;
    *end = from;
    while (now.len && at < s->len) {
        const char *q = s->text + at;
        uint32_t c = utf8_next(&q, s->text + s->len);
        at = (size_t)(q - s->text);
        next.len = 0;
        s->step++;
        bool ends = false;
        for (size_t i = 0; i < now.len; i++) {
            const struct inst *inst = &s->p->code.items[now.at[i]];
            if (holds(s->p, inst, c))
                ends |= add_thread(s, &next, now.at[i] + 1, at);
        }
        if (ends) {
            found = true;
            *end = at;
        }
        struct threads spare = now;
        now = next;
        next = spare;
    }
    return found;
}

/* Whether a match may begin with the character at `from`: a look at that alone, which saves most
 * of the work. */
static bool may_begin(const struct search *s, size_t from)
{
    const struct pattern *p = s->p;
    const struct inst *first = p->code.items;
    if (first->op == OP_START && from > 0)
        return false;
    if (p->begins_empty)
        return true;
    if (from >= s->len)
        return false;
    const char *q = s->text + from;
    uint32_t c = utf8_next(&q, s->text + s->len);
    return p->firsts[c < FIRSTS ? c : FIRSTS] && (first->op != OP_EDGE || is_edge(s, from));
}

bool check_search_pattern(const struct pattern *p, const char *text, size_t len, size_t from,
                          size_t *start, size_t *end)
{
    struct search s = {.p = p, .text = text, .len = len};
    bool found = false;
    for (size_t at = from; !found && at <= len;) {
        while (!p->begins_empty && at < len && !p->leads[(unsigned char)text[at]])
            at++;
        *start = at;
        if (may_begin(&s, at)) {
            s.room = s.room ? s.room : mem_zalloc(4 * p->code.len * sizeof *s.room);
            found = match_here(&s, 0, at, end);
        }
        if (at == len)
            break;
        const char *q = text + at;
        utf8_next(&q, text + len);
        at = (size_t)(q - text);
    }
    free(s.room);
    return found;
}
