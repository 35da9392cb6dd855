/* Where lines of Russian office text should not break: rules as penalties.
 *
 * Model. UAX #14 says where a line may break at all; it knows characters and no words, and so
 * parts «И.О.» from «Фамилия», «№» from «5», «г.» from «Талица» and starts lines with a dash. The
 * rules below speak of words. Text is taken apart into tokens (tokens.c), each with bits for what
 * it looks like (a number, initials, a capitalised word) and what the lexicon knows of it (a
 * month, a unit, an abbreviation of a place). A break between two tokens is judged by the rows of
 * BETWEEN, one inside a token by the rows of INSIDE. A row names what it asks of the left and the
 * right token, as masks of which any bit suffices, and a test where bits are not enough; the
 * greatest penalty of all rows that apply is the break's. Nothing is rewritten: copied text has the
 * characters of the source.
 *
 * Penalties. The breaker minimises the sum of squares, so what counts is the order of magnitude:
 *   60..150     a matter of taste: worth a little looser spacing, never an ugly line
 *   200..500    ought to stay together: worth a clearly looser line
 *   1000..5000  parted only where the alternative is text outside its column; a page-wide line
 *               never comes to that
 *   NEVER       parted nowhere. Kept for what is short: an unbreakable unit longer than a narrow
 *               table column would stick out, which is worse than any break. Hence «16 февраля» is
 *               never parted, «февраля 2021» at 5000.
 *
 * Ambiguities decided by the neighbours, each with a test of its own:
 *   - «г.» is a year's after a year («2021 г. Школы»), a town's before a capital letter
 *     («№2 г. Туапсе»), a gram's otherwise. «т.», «ч.», «с.», «п.», «д.» likewise.
 *   - A number is a label, not an amount, after «№», «п.», «приложение» or a list of such («№ 5,
 *     8, 10 г.Туапсе»): no unit follows a label.
 *   - Initials between two capitalised words belong to the following one («Начальник А.В. Носко»),
 *     unless that has initials of its own («Сапегина С.Ю. Яровикова А.А.»); the break before them
 *     then costs 5000, because the word before may be the surname.
 *   - «и т. д. Контроль»: the «д.» of a tail is no «деревня».
 *   - The first word of a paragraph may be a list's number, letter or dash: it keeps to the text.
 *   - «п р и к а з ы в а ю», «П Р И К А З» are one word each, not prepositions.
 *   - Real documents forget spaces («г.Туапсе», «ВПР,ДКР», «2023года», «образования ,ОО») and full
 *     stops («А.А,»). Initials need no final stop; a comma without a space after it is a place
 *     to break at 2000, since else «ВПР,ДКР,ИС(И)» would be one word of any length.
 *
 * Rejected. Putting no-break spaces into the text: they are of fixed width in many viewers'
 * selections, change what is searched and copied, and cannot say «rather not». Sending all to
 * the line breaking classes of a tailored UAX #14: it sees two characters at a time. Part-of-speech
 * tagging for surnames: the capital letter is as good in orders, and can be explained. Rules for
 * whole names («Иван Иванович»): nobody asks for them and they would make long units.
 *
 * References: ГОСТ Р 7.0.97 and the instructions on record keeping that forbid parting initials
 * from the surname, «№» from its number and the parts of a date; А. Э. Мильчин, Л. К. Чельцова,
 * Справочник издателя и автора, «Технические правила переноса»; UAX #14. */
#include "base/mem.h"
#include "text/office.h"

#include <assert.h>
#include <stdlib.h>

/* A break in question: before token `r`, or before character `at` inside it. */
struct place {
    const uint32_t *cps;
    const struct token *tokens;
    size_t count, r, at;
};

struct rule {
    const char *name;
    text_break penalty;
    /* Any bit of each mask that is not 0; none of `left_not`. */
    uint32_t left, right, left_words, right_words, left_not;
    bool (*test)(const struct place *p); /* NULL: the masks suffice */
};

static const struct token NOTHING = {.bits = T_CLOSED};

static const struct token *token_at(const struct place *p, size_t i)
{
    return i < p->count ? &p->tokens[i] : &NOTHING; /* also for i = 0 - 1 */
}

static const struct token *left(const struct place *p)
{
    return &p->tokens[p->r - 1];
}

static const struct token *right(const struct place *p)
{
    return &p->tokens[p->r];
}

static bool is_letter_token(const struct place *p, size_t i, uint32_t letter)
{
    const struct token *t = token_at(p, i);
    return (t->bits & T_SINGLE) && text_to_small(p->cps[t->core]) == letter;
}

static bool has_all(uint32_t bits, uint32_t mask)
{
    return (bits & mask) == mask;
}

/* How far back a list «№ 5, 8, 10» is followed. */
enum { LIST_MAX = 8 };

/* A number that names something instead of counting: after №, «п.», «приложение». */
static bool is_labelled(const struct place *p, size_t i)
{
    for (size_t back = 0; back < LIST_MAX && i < p->count; back++, i--) {
        const struct token *t = &p->tokens[i], *before = token_at(p, i - 1);
        if ((t->bits & T_SIGNED) || (before->bits & T_SIGN))
            return true;
        if ((before->words & W_ITEM) && (before->bits & T_DOT))
            return true;
        if ((before->bits & (T_LOWER | T_CAPITAL)) &&
            text_is_numbered_noun(p->cps + before->core, before->core_end - before->core))
            return true;
        if (!(before->bits & T_NUMBER) || !(before->bits & T_CLOSED))
            return false;
    }
    return false;
}

/* Token `i` is the unit, or the «г.», of the number before it. */
static bool is_unit(const struct place *p, size_t i)
{
    const struct token *t = token_at(p, i), *number = token_at(p, i - 1);
    if (!(number->bits & T_NUMBER) || (number->bits & (T_CLOSED | T_DOT)))
        return false;
    bool ambiguous = (t->words & (W_PLACE | W_ITEM)) && (t->bits & T_DOT);
    if (!ambiguous)
        return t->words & (W_UNIT | W_SCALE | W_YEAR);
    if (is_labelled(p, i - 1))
        return false;
    if ((t->words & W_YEAR) && (number->bits & T_YEAR))
        return true;
    return (t->words & (W_UNIT | W_SCALE)) && (!(t->words & W_PLACE) || (t->bits & T_CLOSED) ||
                                               !(token_at(p, i + 1)->bits & T_CAPITAL));
}

/* «др.», «т.п.», or the «т.» of «т. д.»: the end of an enumeration. */
static bool is_tail(const struct place *p, size_t i)
{
    const struct token *t = token_at(p, i);
    if ((t->words & W_TAIL) && ((t->bits & T_DOT) || t->core_end - t->core > 2))
        return true;
    return is_letter_token(p, i, 0x442) && (t->bits & T_DOT) &&
           (is_letter_token(p, i + 1, 0x434) || is_letter_token(p, i + 1, 0x43F) ||
            is_letter_token(p, i + 1, 0x447));
}

/* The «пр.» of «и пр.», the «д.» of «т. д.»: no place, whatever follows. */
static bool ends_tail(const struct place *p, size_t i)
{
    const struct token *t = token_at(p, i), *before = token_at(p, i - 1);
    if ((t->words & W_TAIL) && is_letter_token(p, i - 1, 0x438))
        return true;
    return is_letter_token(p, i - 1, 0x442) && (before->bits & T_DOT);
}

static bool is_surname(const struct token *t)
{
    return (t->bits & (T_CAPITAL | T_CAPITALS)) && !(t->words & (W_SHORT | W_PARTICLE));
}

/* The initials at `i` have a surname after them: a capitalised word without own initials. */
static bool is_before_surname(const struct place *p, size_t i)
{
    const struct token *next = token_at(p, i + 1);
    if ((token_at(p, i)->bits & T_CLOSED) || (next->bits & T_OPENED) || !is_surname(next))
        return false;
    return !(token_at(p, i + 2)->bits & T_INITIALS) || (next->bits & (T_CLOSED | T_DOT));
}

static bool test_first_left(const struct place *p)
{
    return left(p)->bits & T_FIRST;
}

static bool test_surname_right(const struct place *p)
{
    return is_surname(right(p)) && !(right(p)->bits & T_OPENED);
}

static bool test_surname_left(const struct place *p)
{
    return is_surname(left(p));
}

static bool test_surname_sure(const struct place *p)
{
    size_t last = p->r;
    while (last + 1 < p->count && (p->tokens[last + 1].bits & T_INITIALS) &&
           !(p->tokens[last].bits & T_CLOSED))
        last++;
    return is_surname(left(p)) && !is_before_surname(p, last);
}

static bool test_small_pair(const struct place *p)
{
    return has_all(left(p)->bits, T_SINGLE | T_DOT | T_LOWER) &&
           has_all(right(p)->bits, T_SINGLE | T_DOT | T_LOWER) && !(left(p)->bits & T_CLOSED);
}

static bool test_and_tail(const struct place *p)
{
    return (is_letter_token(p, p->r - 1, 0x438) || is_letter_token(p, p->r - 1, 0x432)) &&
           is_tail(p, p->r);
}

static bool test_before_and_tail(const struct place *p)
{
    return is_letter_token(p, p->r, 0x438) && is_tail(p, p->r + 1);
}

static bool test_tail(const struct place *p)
{
    return is_tail(p, p->r);
}

static bool test_unit_right(const struct place *p)
{
    return is_unit(p, p->r);
}

/* The abbreviation on the left is no unit and no tail, and something nameable follows. */
static bool test_place(const struct place *p)
{
    const uint32_t named = T_CAPITAL | T_CAPITALS | T_OPENED | T_NUMBER | T_SIGNED | T_ORDINAL;
    const struct token *r = right(p);
    bool abbreviation = (r->words & (W_PLACE | W_TITLE)) && (r->bits & T_DOT);
    return (left(p)->bits & T_DOT) && ((r->bits & named) || abbreviation) &&
           !is_unit(p, p->r - 1) && !ends_tail(p, p->r - 1);
}

static bool test_item(const struct place *p)
{
    const struct token *l = left(p);
    return ((l->bits & T_DOT) || (l->words & W_BARE)) && !is_unit(p, p->r - 1) &&
           !ends_tail(p, p->r - 1);
}

static bool test_title(const struct place *p)
{
    const struct token *l = left(p);
    return ((l->bits & T_DOT) || (l->words & W_BARE)) && !is_unit(p, p->r - 1);
}

/* «п. 3 ст. 16»: one reference in two parts. */
static bool test_labelled(const struct place *p)
{
    return (right(p)->bits & T_DOT) && is_labelled(p, p->r - 1) &&
           (token_at(p, p->r + 1)->bits & (T_NUMBER | T_ROMAN));
}

static bool test_enclosed(const struct place *p)
{
    return has_all(right(p)->bits, T_OPENED | T_CLOSED);
}

static bool test_not_opened(const struct place *p)
{
    return !(right(p)->bits & T_OPENED);
}

/* «8 (34371) 2-14-58». */
static bool test_phone(const struct place *p)
{
    const struct token *l = left(p), *r = right(p);
    if (p->cps[l->start] == '(')
        return p->cps[l->end - 1] == ')' && !(r->bits & (T_HEAD | T_OPENED));
    uint32_t last = p->cps[l->end - 1];
    return p->cps[r->start] == '(' && l->end - l->start <= 2 && (last == '8' || last == '7');
}

static bool test_after_day(const struct place *p)
{
    return token_at(p, p->r - 2)->bits & (T_DAY | T_ORDINAL);
}

/* A number and the lower-case word it counts or qualifies. A year does neither («в 2020 не
 * писали»), but for the school year. */
static bool test_counted(const struct place *p)
{
    const struct token *l = left(p), *r = right(p);
    if (l->bits & T_YEAR)
        return r->words & W_SCHOOL;
    if ((r->words & (W_SHORT | W_PARTICLE)) ||
        ((l->bits & T_SINGLE) && p->cps[r->core] < 0x400))
        return false;
    return !(l->bits & T_NUMBER) || !is_labelled(p, p->r - 1);
}

static bool test_numbered_noun(const struct place *p)
{
    const struct token *l = left(p);
    return text_is_numbered_noun(p->cps + l->core, l->core_end - l->core);
}

static bool test_range(const struct place *p)
{
    return token_at(p, p->r - 2)->bits & T_NUMBER;
}

static bool test_open_range(const struct place *p)
{
    const struct token *l = left(p);
    return text_is_digit(p->cps[l->start]) && text_is_dash(p->cps[l->end - 1]);
}

static bool test_one_letter(const struct place *p)
{
    return left(p)->bits & T_SINGLE;
}

static bool test_quote(const struct place *p)
{
    uint32_t c = p->cps[right(p)->start];
    return c == 0xAB || c == '"' || c == 0x201E;
}

/* A dash after a colon or semicolon is the sign of a list written into one paragraph. */
static bool test_after_colon(const struct place *p)
{
    const struct token *before = token_at(p, p->r - 2);
    uint32_t c = before == &NOTHING ? 0 : p->cps[before->end - 1];
    return c == ':' || c == ';';
}

/* Ends of phrases: nothing leans over a comma; a full stop is judged by the rows themselves. */
#define ENDS  T_CLOSED
#define STOPS (T_CLOSED | T_DOT)
#define NEVER TEXT_BREAK_NEVER

static const struct rule BETWEEN[] = {
    {"a dash starts no line", NEVER, .right = T_DASH | T_DASHED},
    {"a list's dash keeps to its text", NEVER, .left = T_DASH, .test = test_first_left},
    {"a list's number keeps to its text", NEVER, .left = T_LABEL},
    {"№ and § with what they number", NEVER, .left = T_SIGN, .left_not = ENDS},
    {"letter-spaced word", NEVER, .left = T_SPACED, .right = T_SPACED, .left_not = STOPS},
    {"initials together", NEVER, .left = T_INITIALS, .right = T_INITIALS, .left_not = ENDS},
    {"initials with surname", NEVER, .left = T_INITIALS, .right = T_CAPITAL | T_CAPITALS,
     .left_not = ENDS, .test = test_surname_right},
    {"surname with initials", NEVER, .left = T_CAPITAL | T_CAPITALS, .right = T_INITIALS,
     .left_not = STOPS, .test = test_surname_sure},
    {"word before initials and surname", 5000, .left = T_CAPITAL | T_CAPITALS,
     .right = T_INITIALS, .left_not = STOPS, .test = test_surname_left},
    {"т. е., н. э.: letters together", NEVER, .left = T_SINGLE, .right = T_SINGLE,
     .test = test_small_pair},
    {"и др., в т. ч.: tail together", NEVER, .left = T_SINGLE, .left_not = STOPS,
     .test = test_and_tail},
    {"обл., т. п. with the word before", 1000, .right = T_LOWER, .left_not = ENDS,
     .test = test_tail},
    {"word before «и др.»", 400, .right = T_SINGLE, .left_not = STOPS,
     .test = test_before_and_tail},
    {"г., ул., пос. with the name", NEVER, .left_words = W_PLACE, .left_not = ENDS,
     .test = test_place},
    {"п., ст., рис. with the number", NEVER, .left_words = W_ITEM, .left_not = ENDS,
     .right = T_NUMBER | T_ROMAN | T_SIGNED | T_ORDINAL | T_OPENED, .test = test_item},
    {"наб. реки, ул. имени", 500, .left_words = W_PLACE, .right = T_LOWER,
     .left_not = ENDS | T_SINGLE, .test = test_item},
    {"им., зам., и.о. with what follows", NEVER, .left_words = W_TITLE, .left_not = ENDS,
     .test = test_title},
    {"number with its sign", NEVER, .left = T_NUMBER, .right = T_PERCENT, .left_not = STOPS},
    {"groups of thousands", NEVER, .left = T_HEAD, .right = T_TRIPLE, .left_not = STOPS,
     .test = test_not_opened},
    {"number with its unit or year word", NEVER, .left = T_NUMBER, .left_not = STOPS,
     .right_words = W_UNIT | W_SCALE | W_YEAR, .test = test_unit_right},
    {"тыс. руб., кв. м", NEVER, .left_words = W_SCALE, .left_not = ENDS,
     .right_words = W_UNIT | W_YEAR},
    {"тыс. человек", 300, .left_words = W_SCALE, .right = T_LOWER, .left_not = ENDS},
    {"day with month", NEVER, .left = T_DAY | T_ORDINAL, .right_words = W_MONTH,
     .left_not = STOPS},
    {"month with year, in a date", 5000, .left_words = W_MONTH, .left_not = ENDS,
     .right = T_YEAR | T_GLUED_YEAR, .test = test_after_day},
    {"month with year", 1000, .left_words = W_MONTH, .left_not = ENDS,
     .right = T_YEAR | T_GLUED_YEAR},
    {"number with what it counts", 200, .left = T_NUMBER | T_ROMAN | T_ORDINAL,
     .right = T_LOWER, .left_not = STOPS, .test = test_counted},
    {"9 «А»", 300, .left = T_NUMBER, .right = T_SINGLE, .left_not = STOPS,
     .test = test_enclosed},
    {"п. 3 ст. 16", 200, .left = T_NUMBER, .left_not = STOPS, .right_words = W_ITEM,
     .test = test_labelled},
    {"telephone numbers", 3000, .left = T_NUMBER, .right = T_NUMBER, .test = test_phone},
    {"«___» февраля ____ г.", 3000, .left = T_BLANK, .right_words = W_MONTH | W_YEAR},
    {"«___» ________ 2021", 3000, .left = T_BLANK, .right = T_BLANK | T_YEAR},
    {"пункт 3, приложение 1", 2000, .left = T_LOWER | T_CAPITAL | T_CAPITALS,
     .right = T_NUMBER | T_ROMAN, .left_not = STOPS, .test = test_numbered_noun},
    {"приложение № 1", 500, .left = T_LOWER | T_CAPITAL | T_CAPITALS, .right = T_SIGNED,
     .left_not = STOPS, .test = test_numbered_noun},
    {"date with №", 400, .left = T_YEAR | T_GLUED_YEAR, .right = T_SIGNED, .left_not = ENDS},
    {"year word with №", 400, .left_words = W_YEAR, .right = T_SIGNED, .left_not = ENDS},
    {"word before №", 150, .left = T_LOWER | T_CAPITAL | T_CAPITALS, .right = T_SIGNED,
     .left_not = STOPS},
    {"«: - пункт; - пункт»: a list's dash inside a paragraph", 500, .left = T_DASH,
     .test = test_after_colon},
    {"1 – 5: number after a range's dash", 500, .left = T_DASH, .right = T_NUMBER,
     .test = test_range},
    {"2017- 2020", 1000, .left = 0, .right = T_NUMBER, .test = test_open_range},
    {"МКУ «Название»", 100, .left = T_CAPITALS, .right = T_OPENED, .left_not = STOPS,
     .test = test_quote},
    {"не, ни with what they deny", 200, .left_words = W_NOT, .left_not = STOPS},
    {"one-letter preposition or conjunction", 150, .left_words = W_SHORT, .left_not = STOPS,
     .test = test_one_letter},
    {"preposition or conjunction", 80, .left_words = W_SHORT, .left_not = STOPS},
    {"же, ли, бы with the word before", 2000, .right_words = W_PARTICLE, .left_not = STOPS},
};

/* The rows that ask for a bit, as a set of row numbers: which rows a pair of tokens meets is then
 * a matter of a few ands and ors, and only those with a test are looked at. */
enum { BETWEEN_COUNT = sizeof BETWEEN / sizeof *BETWEEN, MASK_BITS = 32 };
static_assert(BETWEEN_COUNT <= 64, "a set of rows is one integer");

struct rows {
    uint64_t of_bit[MASK_BITS]; /* rows that ask for this bit, among others */
    uint64_t always;            /* rows that ask for nothing here */
};

static struct {
    struct rows left, right, left_words, right_words;
    uint64_t left_not[MASK_BITS];
    bool ready;
} between;

static void index_mask(struct rows *rows, uint32_t mask, uint64_t row)
{
    if (!mask)
        rows->always |= row;
    for (int bit = 0; bit < MASK_BITS; bit++)
        if (mask >> bit & 1)
            rows->of_bit[bit] |= row;
}

static void index_rules(void)
{
    for (size_t i = 0; i < BETWEEN_COUNT; i++) {
        uint64_t row = UINT64_C(1) << i;
        index_mask(&between.left, BETWEEN[i].left, row);
        index_mask(&between.right, BETWEEN[i].right, row);
        index_mask(&between.left_words, BETWEEN[i].left_words, row);
        index_mask(&between.right_words, BETWEEN[i].right_words, row);
        for (int bit = 0; bit < MASK_BITS; bit++)
            if (BETWEEN[i].left_not >> bit & 1)
                between.left_not[bit] |= row;
    }
    between.ready = true;
}

static uint64_t rows_of(const uint64_t *of_bit, uint32_t bits)
{
    uint64_t found = 0;
    for (; bits; bits &= bits - 1)
        found |= of_bit[__builtin_ctz(bits)];
    return found;
}

static uint64_t rows_met(const struct rows *rows, uint32_t bits)
{
    return rows->always | rows_of(rows->of_bit, bits);
}

/* Two plain words the lexicon does not know, which is most of a text: no row applies. */
static bool is_plain_pair(const struct place *p)
{
    const uint32_t plain =
        T_LOWER | T_CAPITAL | T_PLAIN | T_OPENED | T_CLOSED | T_DOT | T_FIRST;
    const struct token *a = left(p), *b = right(p);
    return !((a->bits | b->bits) & ~plain) && !(a->words | b->words);
}

static text_break judge_between(const struct place *p, text_break penalty)
{
    if (is_plain_pair(p))
        return penalty;
    const struct token *a = left(p), *b = right(p);
    uint64_t rows = rows_met(&between.left, a->bits) & rows_met(&between.right, b->bits) &
                    rows_met(&between.left_words, a->words) &
                    rows_met(&between.right_words, b->words) &
                    ~rows_of(between.left_not, a->bits);
    for (; rows; rows &= rows - 1) {
        const struct rule *r = &BETWEEN[__builtin_ctzll(rows)];
        if (r->penalty > penalty && (!r->test || r->test(p)))
            penalty = r->penalty;
    }
    return penalty;
}

/* Rules inside a token speak of the characters around the break; lengths of the parts are
 * counted up to this many letters. */
enum { PART_MAX = 8 };

static size_t letters_before(const struct place *p, size_t at)
{
    size_t n = 0, start = right(p)->start;
    while (n < PART_MAX && at > start + n && text_is_letter(p->cps[at - n - 1]))
        n++;
    return n;
}

static size_t letters_after(const struct place *p, size_t at)
{
    size_t n = 0, end = right(p)->end;
    while (n < PART_MAX && at + n < end && text_is_letter(p->cps[at + n]))
        n++;
    return n;
}

static uint32_t char_before(const struct place *p)
{
    return p->cps[p->at - 1];
}

static bool is_at_dash(const struct place *p)
{
    return text_is_dash(char_before(p)) && p->at >= right(p)->start + 2;
}

static bool test_dash_follows(const struct place *p)
{
    return text_is_dash(p->cps[p->at]);
}

static bool test_dash_leads(const struct place *p)
{
    return text_is_dash(char_before(p)) && p->at < right(p)->start + 2;
}

static bool test_dash_number(const struct place *p)
{
    return is_at_dash(p) && text_is_digit(p->cps[p->at]);
}

static bool test_number_ending(const struct place *p)
{
    return is_at_dash(p) && text_is_digit(p->cps[p->at - 2]) && letters_after(p, p->at) <= 3;
}

static bool test_number_word(const struct place *p)
{
    return is_at_dash(p) && text_is_digit(p->cps[p->at - 2]);
}

static bool is_part(const uint32_t *cps, size_t n, const char *parts)
{
    for (const char *s = parts; *s;) {
        size_t i = 0;
        for (; *s && *s != ' '; s += 2, i++) { /* two bytes a Cyrillic letter */
            uint32_t c =
                (uint32_t)((unsigned char)s[0] & 0x1F) << 6 | ((unsigned char)s[1] & 0x3F);
            if (i >= n || text_to_small(cps[i]) != c)
                i = PART_MAX;
        }
        if (i == n)
            return true;
        s += *s == ' ';
    }
    return false;
}

/* «по-новому», «кто-то», «из-за», «всё-таки». */
static bool test_particle_part(const struct place *p)
{
    size_t before = letters_before(p, p->at - 1), after = letters_after(p, p->at);
    if (!is_at_dash(p))
        return false;
    return is_part(p->cps + p->at - 1 - before, before, "по кое кой из") ||
           is_part(p->cps + p->at, after, "то ка де таки с либо нибудь");
}

static bool test_letter_part(const struct place *p)
{
    return is_at_dash(p) && (letters_before(p, p->at - 1) == 1 || letters_after(p, p->at) == 1);
}

static bool test_short_part(const struct place *p)
{
    size_t before = letters_before(p, p->at - 1);
    return is_at_dash(p) && ((before > 0 && before < 3) || letters_after(p, p->at) < 3);
}

/* «п/п», «ж/д»: both parts short. */
static bool test_slash_short(const struct place *p)
{
    return char_before(p) == '/' && letters_before(p, p->at - 1) <= 2 &&
           letters_after(p, p->at) <= 2;
}

static bool test_slash_letter(const struct place *p)
{
    return char_before(p) == '/' && letters_before(p, p->at - 1) <= 1;
}

static bool test_slash(const struct place *p)
{
    return char_before(p) == '/';
}

static bool test_sign(const struct place *p)
{
    return char_before(p) == 0x2116 || char_before(p) == 0xA7;
}

static const struct rule INSIDE[] = {
    {"no line starts with a dash", NEVER, .test = test_dash_follows},
    {"a leading dash keeps to its word", NEVER, .test = test_dash_leads},
    {"№№, §§", NEVER, .test = test_sign},
    {"2020–2021, ГИА–9: dash and number", NEVER, .test = test_dash_number},
    {"9-х, 11-й: ending of a number", NEVER, .test = test_number_ending},
    {"25-летие", 500, .test = test_number_word},
    {"по-новому, кто-то, из-за", NEVER, .test = test_particle_part},
    {"part of one letter", NEVER, .test = test_letter_part},
    {"он-лайн: part of two letters", 2000, .test = test_short_part},
    {"август-сентябрь: after a hyphen", 60, .test = is_at_dash},
    {"п/п, ж/д", NEVER, .test = test_slash_short},
    {"и/или", 600, .test = test_slash_letter},
    {"общественного/независимого: after a slash", 200, .test = test_slash},
};

static text_break judge_inside(const struct place *p, text_break penalty)
{
    for (size_t i = 0; i < sizeof INSIDE / sizeof *INSIDE; i++)
        if (INSIDE[i].penalty > penalty && INSIDE[i].test(p))
            penalty = INSIDE[i].penalty;
    return penalty;
}

static bool is_latin(uint32_t c)
{
    return c < 128 && text_is_letter(c);
}

/* Where the part of an address that may break starts: after «https://», «www.» or at its first
 * character; 0 if the token is no address. */
static size_t find_address(const uint32_t *cps, const struct token *t)
{
    for (size_t i = t->core + 1; i + 1 < t->core_end; i++) {
        if (cps[i] == ':' && cps[i + 1] == '/' && is_latin(cps[i - 1]))
            return i + 3 < t->core_end ? i + 3 : t->core_end;
        if (cps[i] == '@' || (cps[i] == '.' && is_latin(cps[i - 1]) && is_latin(cps[i + 1])))
            return t->core + 1;
    }
    return 0;
}

/* After a slash and its like 300, after other marks 500, and two characters at least on either
 * side; elsewhere an address is one piece. */
static void judge_address(const uint32_t *cps, const struct token *t, size_t from,
                          text_break *breaks)
{
    for (size_t i = t->start + 1; i < t->end; i++) {
        uint32_t c = cps[i - 1], next = cps[i];
        breaks[i] = NEVER;
        if (i < from + 2 || i + 2 > t->core_end ||
            !(text_is_digit(next) || text_is_letter(next)))
            continue;
        if (c == '/' || c == '?' || c == '&' || c == '=' || c == '#')
            breaks[i] = 300;
        else if (c == '.' || c == '-' || c == '_' || c == '@' || c == ':')
            breaks[i] = 500;
    }
}

/* A comma or semicolon without a space after it: «ВПР,ДКР»; «образования ,ОО», where the break
 * before the comma is forbidden and the one after it is what was meant. */
static text_break judge_comma(const struct place *p)
{
    uint32_t c = char_before(p), next = p->cps[p->at];
    if ((c != ',' && c != ';') || !text_is_letter(next))
        return NEVER;
    if (p->at == right(p)->start + 1)
        return 500;
    uint32_t before = p->cps[p->at - 2];
    return text_is_letter(before) || before == '.' || before == ')' || before == 0xBB ? 2000
                                                                                      : NEVER;
}

static bool is_open(text_break b)
{
    return b >= 0 && b <= TEXT_BREAK_WORST;
}

static void judge_token(struct place *p, text_break *breaks)
{
    const struct token *t = right(p);
    if (t->bits & T_PLAIN)
        return;
    size_t address = find_address(p->cps, t);
    if (address) {
        judge_address(p->cps, t, address, breaks);
        return;
    }
    for (p->at = t->start + 1; p->at < t->end; p->at++) {
        text_break *b = &breaks[p->at];
        *b = is_open(*b) ? judge_inside(p, *b) : judge_comma(p);
    }
}

/* Texts of up to this many tokens need no memory of their own. */
enum { TOKENS_ON_STACK = 64 };

void text_apply_office_rules(const uint32_t *cps, size_t n, text_break *breaks)
{
    if (!between.ready)
        index_rules();
    struct token few[TOKENS_ON_STACK], *tokens = few;
    size_t most = text_count_tokens(cps, n);
    if (most > TOKENS_ON_STACK)
        tokens = mem_alloc(most * sizeof *tokens);
    struct place p = {.cps = cps, .tokens = tokens};
    p.count = text_read_tokens(cps, n, tokens);
    for (p.r = 0; p.r < p.count; p.r++) {
        size_t at = tokens[p.r].start;
        if (p.r > 0 && is_open(breaks[at]))
            breaks[at] = judge_between(&p, breaks[at]);
        judge_token(&p, breaks);
    }
    if (tokens != few)
        free(tokens);
}
