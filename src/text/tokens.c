/* Office text taken apart: words with the punctuation around them, each with what it looks like.
 *
 * A token is what stands between spaces (no-break ones too). Its core is the token without
 * opening and closing punctuation; a full stop directly after the core is kept as a bit, because
 * it may be part of an abbreviation, and any other mark after it means that the phrase ends. */
#include "base/mem.h"
#include "text/office.h"

static bool is_opening(uint32_t c)
{
    return c == 0xAB || c == '"' || c == '\'' || c == '(' || c == '[' || c == '{' ||
           c == 0x201E || c == 0x201C || c == 0x2018 || c == 0x2039;
}

static bool is_closing(uint32_t c)
{
    switch (c) {
    case 0xBB:
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
    case 0x201C:
    case 0x201D:
    case 0x2019:
    case 0x203A:
    case 0x2026:
        return true;
    default:
        return false;
    }
}

static bool is_sign(uint32_t c)
{
    return c == 0x2116 || c == 0xA7;
}

static bool is_after_number(uint32_t c)
{
    return c == '%' || c == 0x2030 || c == 0xB0 || c == 0x2103 || c == 0x20BD || c == 0x20AC ||
           c == '$';
}

static void trim_token(const uint32_t *cps, struct token *t)
{
    t->core = t->start;
    t->core_end = t->end;
    while (t->core < t->core_end && is_opening(cps[t->core]))
        t->core++;
    t->bits |= t->core > t->start ? T_OPENED : 0;
    bool dot = false;
    while (t->core_end > t->core) {
        uint32_t c = cps[t->core_end - 1];
        if (c != '.' && !is_closing(c))
            break;
        t->bits |= dot || c != '.' ? T_CLOSED : 0;
        dot = c == '.';
        t->core_end--;
    }
    t->bits |= dot ? T_DOT : 0;
}

static void read_signs(const uint32_t *cps, struct token *t)
{
    if (t->core == t->core_end)
        return;
    if (is_sign(cps[t->core_end - 1]))
        t->bits |= T_SIGN;
    while (t->core < t->core_end && is_sign(cps[t->core])) {
        t->bits |= T_SIGNED;
        t->core++;
    }
}

/* Nothing but dashes, or a dash and something. */
static void read_dashes(const uint32_t *cps, struct token *t)
{
    size_t i = t->start;
    while (i < t->end && text_is_dash(cps[i]))
        i++;
    if (i > t->start)
        t->bits |= i == t->end ? T_DASH : T_DASHED;
}

static size_t skip_digits(const uint32_t *cps, size_t i, size_t end)
{
    while (i < end && text_is_digit(cps[i]))
        i++;
    return i;
}

static bool is_year(const uint32_t *cps, size_t n)
{
    return n == 4 && ((cps[0] == '1' && cps[1] >= '7') || (cps[0] == '2' && cps[1] <= '1'));
}

static bool is_day(const uint32_t *cps, size_t n)
{
    if (n == 1)
        return cps[0] != '0';
    return n == 2 && (cps[0] < '3' || (cps[0] == '3' && cps[1] <= '1'));
}

/* 16.02.2021 */
static bool is_date(const uint32_t *cps, size_t n)
{
    return n >= 8 && n <= 10 && cps[n - 5] == '.' && is_year(cps + n - 4, 4) &&
           (cps[1] == '.' || cps[2] == '.');
}

/* What may stand between the digits of one number or range. */
static bool is_number_joint(uint32_t c)
{
    return c == '.' || c == ',' || c == ':' || c == '/' || text_is_dash(c) || c == 0x2212;
}

static uint32_t classify_digits(const uint32_t *cps, size_t n, size_t first)
{
    uint32_t bits = 0;
    bits |= is_year(cps, first) ? T_YEAR : 0;
    if (first < n)
        return bits | (is_date(cps, n) ? T_DATE | T_YEAR : 0);
    bits |= is_day(cps, n) ? T_DAY : 0;
    bits |= n <= 3 ? T_HEAD : 0;
    return bits;
}

/* The end of digit groups joined by single marks: «2020-2022», «1 602,5» up to the space. */
static size_t skip_number(const uint32_t *cps, size_t i, size_t end)
{
    i = skip_digits(cps, i, end);
    while (i + 1 < end && is_number_joint(cps[i]) && text_is_digit(cps[i + 1]))
        i = skip_digits(cps, i + 1, end);
    return i;
}

static void read_number(const uint32_t *cps, struct token *t)
{
    size_t i = t->core, end = t->core_end;
    if (i < end && (cps[i] == '+' || cps[i] == 0x2212 || cps[i] == 0xB1 || cps[i] == '~'))
        i++;
    if (i == end || !text_is_digit(cps[i]))
        return;
    size_t first = skip_digits(cps, i, end), stop = skip_number(cps, i, end);
    t->bits |= first - i == 3 ? T_TRIPLE : 0;
    size_t letters = stop;
    if (stop < end && text_is_dash(cps[stop]))
        letters++;
    if (letters < end && text_is_letter(cps[letters])) {
        bool joined = letters == stop;
        t->bits |= joined && is_year(cps + i, first - i) ? T_GLUED_YEAR : 0;
        t->bits |= !joined && end - letters <= 3 ? T_ORDINAL : 0;
        return;
    }
    while (stop < end && (is_after_number(cps[stop]) || cps[stop] == '+'))
        stop++;
    if (stop == end)
        t->bits |= T_NUMBER | classify_digits(cps + i, end - i, first - i);
}

static bool is_roman_digit(uint32_t c)
{
    return c == 'I' || c == 'V' || c == 'X' || c == 'L' || c == 'C' || c == 'D' || c == 'M';
}

static bool is_roman(const uint32_t *cps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_roman_digit(cps[i]) && !(i > 0 && i + 1 < n && text_is_dash(cps[i])))
            return false;
    return n > 0;
}

/* И; И.О; Ж.-П; А.А; Дж: the final full stop is outside the core. */
static bool is_initials(const uint32_t *cps, size_t n)
{
    size_t i = 0, letters = 0;
    while (i < n) {
        if (letters && text_is_dash(cps[i]))
            i++;
        if (i == n || !text_is_capital(cps[i]))
            return false;
        i += i + 1 < n && cps[i] == 0x414 && cps[i + 1] == 0x436 ? 2 : 1; /* Дж */
        letters++;
        if (i < n && cps[i++] != '.')
            return false;
    }
    return letters > 0 && letters <= 4;
}

static void read_letters(const uint32_t *cps, struct token *t)
{
    size_t n = t->core_end - t->core, small = 0, capital = 0, dashes = 0;
    const uint32_t *core = cps + t->core;
    if (n == 0 || !text_is_letter(core[0]))
        return;
    t->bits |= text_is_small(core[0]) ? T_LOWER : 0;
    t->bits |= n == 1 ? T_SINGLE : 0;
    for (size_t i = 0; i < n; i++) {
        small += text_is_small(core[i]);
        capital += text_is_capital(core[i]);
        dashes += text_is_dash(core[i]);
    }
    if (small + capital == n && t->core == t->start + ((t->bits & T_OPENED) != 0))
        t->bits |= T_PLAIN;
    if (small == 0 && is_roman(core, n))
        t->bits |= T_ROMAN;
    if (is_initials(core, n) && ((t->bits & T_DOT) || n > 2))
        t->bits |= T_INITIALS;
    else if (small + capital + dashes == n && text_is_capital(core[0]))
        t->bits |= small == 0 && capital > 1 ? T_CAPITALS : small > 0 ? T_CAPITAL : 0;
}

/* 1.2; 3.1.4: the number of a point below the first level. */
static bool is_point_number(const uint32_t *cps, const struct token *t)
{
    size_t dots = 0;
    for (size_t i = t->core; i < t->core_end; i++) {
        if (cps[i] != '.' && !text_is_digit(cps[i]))
            return false;
        dots += cps[i] == '.';
    }
    return dots > 0 && !(t->bits & (T_DATE | T_CLOSED));
}

/* «1.», «1.2», «1)», «а)», «I.» before the first word of a paragraph. */
static bool is_label(const uint32_t *cps, const struct token *t)
{
    bool bracket = t->core_end < t->end && cps[t->core_end] == ')' && !(t->bits & T_OPENED);
    bool dot = (t->bits & T_DOT) && !(t->bits & (T_CLOSED | T_DATE));
    if (t->bits & T_NUMBER)
        return bracket || dot || is_point_number(cps, t);
    return bracket ? (t->bits & (T_ROMAN | T_SINGLE)) != 0 : dot && (t->bits & T_ROMAN);
}

/* A word of small letters and nothing else, which most are. */
static bool is_small_word(const uint32_t *cps, size_t n)
{
    size_t i = 0;
    while (i < n && text_is_small(cps[i]))
        i++;
    return i == n;
}

static void read_token(const uint32_t *cps, struct token *t)
{
    size_t n = t->end - t->start;
    if (n > 1 && is_small_word(cps + t->start, n)) {
        t->core = t->start;
        t->core_end = t->end;
        t->bits |= T_LOWER | T_PLAIN;
        t->words = text_look_up_word(cps + t->start, n);
        return;
    }
    read_dashes(cps, t);
    if (t->bits & T_DASH) {
        t->core = t->start;
        t->core_end = t->end;
        return;
    }
    trim_token(cps, t);
    read_signs(cps, t);
    if (t->core == t->core_end)
        return;
    uint32_t c = cps[t->core];
    t->bits |= c == '_' ? T_BLANK : 0;
    if (is_after_number(c) && !(t->bits & T_OPENED))
        t->bits |= T_PERCENT;
    read_number(cps, t);
    read_letters(cps, t);
    t->words = text_look_up_word(cps + t->core, t->core_end - t->core);
    if ((t->bits & T_FIRST) && is_label(cps, t))
        t->bits |= T_LABEL;
}

/* «п р и к а з ы в а ю», «П Р И К А З», «А К Т»: four single letters in a row, or three
 * capitals, are one letter-spaced word. */
static void mark_spaced(struct token *tokens, size_t first, size_t end, size_t capitals)
{
    if (end - first < 4 && !(end - first == 3 && capitals == 3))
        return;
    for (size_t i = first; i < end; i++)
        tokens[i].bits |= T_SPACED;
}

/* Whether a single letter goes on with the word of the letters before it: one case throughout,
 * but for a first capital. */
static bool goes_on(const uint32_t *cps, const struct token *tokens, size_t first, size_t i)
{
    const struct token *t = &tokens[i], *before = &tokens[i - (i > first)];
    if (i == first)
        return true;
    bool capital = text_is_capital(cps[t->core]);
    return !(t->bits & T_OPENED) && !(before->bits & T_CLOSED) &&
           (capital == text_is_capital(cps[before->core]) || (!capital && i == first + 1));
}

static bool is_spaced_letter(const struct token *t)
{
    return (t->bits & T_SINGLE) && !(t->bits & T_DOT);
}

static void find_spaced(const uint32_t *cps, struct token *tokens, size_t n)
{
    for (size_t first = 0, end; first < n; first = end) {
        size_t capitals = 0;
        for (end = first;
             end < n && is_spaced_letter(&tokens[end]) && goes_on(cps, tokens, first, end);
             end++)
            capitals += text_is_capital(cps[tokens[end].core]);
        mark_spaced(tokens, first, end, capitals);
        end += end == first;
    }
}

static bool starts_paragraph(const uint32_t *cps, size_t i)
{
    while (i > 0 && text_is_space(cps[i - 1])) {
        if (cps[i - 1] == '\n' || cps[i - 1] == 0x2028)
            return true;
        i--;
    }
    return i == 0;
}

size_t text_count_tokens(const uint32_t *cps, size_t n)
{
    size_t count = 0;
    bool before = true;
    for (size_t i = 0; i < n; i++) {
        bool space = text_is_space(cps[i]);
        count += before & !space;
        before = space;
    }
    return count;
}

size_t text_read_tokens(const uint32_t *cps, size_t n, struct token *tokens)
{
    size_t count = 0;
    for (size_t i = 0; i < n;) {
        if (text_is_space(cps[i])) {
            i++;
            continue;
        }
        struct token *t = &tokens[count++];
        *t = (struct token){.start = i};
        while (i < n && !text_is_space(cps[i]))
            i++;
        t->end = i;
        bool after_dash = count > 1 && (t[-1].bits & T_FIRST) && (t[-1].bits & T_DASH);
        t->bits = after_dash || starts_paragraph(cps, t->start) ? T_FIRST : 0;
        read_token(cps, t);
    }
    find_spaced(cps, tokens, count);
    return count;
}
