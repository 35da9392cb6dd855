/* Wordings of deadlines to days: see deadline.h.
 *
 * Model. A wording is cut into tokens: numbers, words in lower case, dates like 01.12.2021 and the
 * signs «-», «,», «/»; brackets, quotes and full stops are dropped and «2023года» is two tokens.
 * The tokens are matched against the rows of one table, in order, and the first row that takes
 * all of them says what is meant. A row's pattern is words of:
 *
 *     слово     this word               соглас*   a word that begins so
 *     a|b       one of these            x?        x, or nothing
 *     Y         a year, 1900 to 2199    G         год, года, г., гг., or nothing
 *     M         months: «март», «март-май», «сентябрь, октябрь»
 *     D         a day of a month        Q         1, I, первый: which quarter or half
 *     N         how many (один, 2)      DATE      ДД.ММ.ГГГГ
 *     ...       anything                ~         anything without figures and months
 *
 * «~» keeps a qualifier from hiding a date: «ежегодно по отдельному плану» is every year, but in
 * «ежегодно, в последний день мая» something was said that would be lost, so it is unclear.
 *
 * Method. The row's action makes spans. What is tied to a year is kept when it meets the period;
 * what recurs is made for all years around the period and kept when its last day is in it. So a
 * school year in a calendar year is the one that ends there, and a calendar year in a school year
 * the one whose December is in it: either way each comes up once in consecutive periods.
 *
 * Conventions, where offices leave it open: «ежегодно», «2021 год» are due on 31 December; twice a
 * school year is by 31 December and by its end, 31 August; school quarters end with October,
 * December, March and May; «N раз в …» that does not divide the time into whole months is due at
 * the end of it; «1 раз в 3 года» is counted from the period's year; «до сентября» ends with 31
 * August. «до 2025 года» is left unclear: some mean the year's end, some its beginning. So
 * are «Совещание УО» and «Нормативные актаы ОО», which stand in a column of deadlines but name no
 * time.
 *
 * Rejected: a grammar with a parser (the wordings are a few dozen phrases, not a language), and
 * correcting misspelt words by distance («март» and «мая» are two letters apart). Beginnings of
 * words are enough for what is found in real documents («Согласнр Плану»). */
#include "plan/deadline.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "plan/letter.h"

#include <stdlib.h>
#include <string.h>

/* --- tokens ------------------------------------------------------------------------------ */

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_DATE, TOKEN_SIGN };

enum {
    MOST_TOKENS = 48, /* a longer text is no deadline, except to «...» */
    LONGEST = 64      /* bytes kept of a word: 31 letters */
};

struct token {
    enum token_kind kind;
    char text[LONGEST];
    int number;
    plan_day date;
};

struct tokens {
    struct token items[MOST_TOKENS];
    int len;
    bool is_cut; /* there was more */
};

/* Letters in lower case, every kind of dash as «-». */
static uint32_t fold(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ? '-' : plan_fold_letter(c);
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Day and month of two figures at most, the year of four or two, parted by full stops. */
static size_t scan_date(const char *s, plan_day *date)
{
    int part[3] = {0, 0, 0}, figures = 0;
    const char *p = s;
    for (int i = 0; i < 3; i++) {
        for (figures = 0; is_digit((unsigned char)*p) && figures < 5; figures++)
            part[i] = part[i] * 10 + (*p++ - '0');
        if (figures < 1 || figures > (i < 2 ? 2 : 4) || (i < 2 && *p++ != '.'))
            return 0;
    }
    int year = figures == 2 ? 2000 + part[2] : part[2];
    if (figures % 2 || !plan_is_date(year, part[1], part[0]))
        return 0;
    *date = plan_count_days(year, part[1], part[0]);
    return (size_t)(p - s);
}

static void scan_number(const char **p, struct token *t)
{
    size_t n = scan_date(*p, &t->date);
    t->kind = n ? TOKEN_DATE : TOKEN_NUMBER;
    *p += n;
    if (!n)
        for (; is_digit((unsigned char)**p); ++*p)
            t->number = t->number < 100000 ? t->number * 10 + (**p - '0') : t->number;
}

static void scan_word(const char **p, const char *end, struct token *t)
{
    struct buf word = BUF_EMPTY;
    t->kind = TOKEN_WORD;
    while (*p < end) {
        const char *next = *p;
        uint32_t c = fold(utf8_next(&next, end));
        if (!is_letter(c))
            break;
        if (word.len + 4 < LONGEST)
            buf_put_utf8(&word, c);
        *p = next;
    }
    memcpy(t->text, buf_str(&word), word.len + 1);
    buf_free(&word);
}

static void split(const char *wording, struct tokens *out)
{
    const char *p = wording, *end = p + strlen(p);
    out->len = 0;
    while (p < end && out->len < MOST_TOKENS) {
        struct token *t = &out->items[out->len];
        const char *next = p;
        uint32_t c = fold(utf8_next(&next, end));
        memset(t, 0, sizeof *t);
        if (is_digit(c)) {
            scan_number(&p, t);
        } else if (is_letter(c)) {
            scan_word(&p, end, t);
        } else {
            p = next;
            if (!strchr("-,;/", (int)(c < 128 ? c : '.')) || c == 0)
                continue;
            t->kind = TOKEN_SIGN;
            t->text[0] = c == ';' ? ',' : (char)c;
        }
        out->len++;
    }
    out->is_cut = p < end;
    while (out->len && out->items[out->len - 1].kind == TOKEN_SIGN)
        out->len--;
}

/* --- words with a value ------------------------------------------------------------------ */

struct named {
    const char *pattern; /* alternatives, as in the table of wordings */
    int value;
};

static const struct named months[] = {
    {"январ*", 1},   {"феврал*", 2},     {"март|марта|марте", 3},
    {"апрел*", 4},   {"май|мая|мае", 5}, {"июн*", 6},
    {"июл*", 7},     {"август*", 8},     {"сентябр*", 9},
    {"октябр*", 10}, {"ноябр*", 11},     {"декабр*", 12},
    {NULL, 0},
};

static const struct named counts[] = {
    {"один|одного|одну|одна", 1}, {"два|две|двух|дважды", 2}, {"три|трех|трижды", 3},
    {"четыре|четырех", 4},        {"пять|пяти", 5},           {NULL, 0},
};

static const struct named ordinals[] = {
    {"i|перв*", 1}, {"ii|втор*", 2}, {"iii|трет*", 3}, {"iv|четверт*", 4}, {NULL, 0},
};

/* Is the word one of the alternatives, `n` bytes of «a|b*»? */
static bool is_one_of(const char *word, const char *alternatives, size_t n)
{
    for (const char *p = alternatives, *end = p + n; p < end; p++) {
        const char *stop = memchr(p, '|', (size_t)(end - p));
        stop = stop ? stop : end;
        size_t len = (size_t)(stop - p);
        bool begins = len && p[len - 1] == '*';
        len -= begins;
        if (strncmp(word, p, len) == 0 && (begins || !word[len]))
            return true;
        p = stop;
    }
    return false;
}

/* The value of a word in a list, 0 when it is not there. */
static int find_value(const struct named *list, const struct token *t)
{
    if (t->kind != TOKEN_WORD)
        return 0;
    for (; list->pattern; list++)
        if (is_one_of(t->text, list->pattern, strlen(list->pattern)))
            return list->value;
    return 0;
}

/* --- matching ---------------------------------------------------------------------------- */

struct month_range {
    int first, last;
};

/* What the slots of a pattern took, in their order. */
struct found {
    int years[4], year_count;
    struct month_range months[12];
    int month_count;
    int days[2], day_count;
    int numbers[2], number_count; /* N and Q */
    plan_day dates[2];
    int date_count;
};

struct cursor {
    const struct token *at, *end;
    bool is_cut; /* there are tokens after `end` */
    struct found found;
};

static bool is_sign(const struct cursor *c, char sign)
{
    return c->at < c->end && c->at->kind == TOKEN_SIGN && c->at->text[0] == sign;
}

static int next_month(const struct cursor *c, int ahead)
{
    return c->at + ahead < c->end ? find_value(months, c->at + ahead) : 0;
}

/* «март», «март-май», «сентябрь, октябрь», «май и июнь». */
static bool take_months(struct cursor *c)
{
    struct found *f = &c->found;
    for (;;) {
        struct month_range range = {next_month(c, 0), next_month(c, 0)};
        if (!range.first || f->month_count == 12)
            return false;
        c->at++;
        if (is_sign(c, '-') && next_month(c, 1)) {
            range.last = next_month(c, 1);
            c->at += 2;
        }
        f->months[f->month_count++] = range;
        bool is_and = c->at < c->end && strcmp(c->at->text, "и") == 0;
        if (!(is_sign(c, ',') || is_and) || !next_month(c, 1))
            return true;
        c->at++;
    }
}

static bool take_year(struct cursor *c)
{
    struct found *f = &c->found;
    bool is_year = c->at < c->end && c->at->kind == TOKEN_NUMBER && c->at->number >= 1900 &&
                   c->at->number < 2200 && f->year_count < 4;
    if (is_year)
        f->years[f->year_count++] = (c->at++)->number;
    return is_year;
}

static bool take_day(struct cursor *c)
{
    struct found *f = &c->found;
    bool is_day = c->at < c->end && c->at->kind == TOKEN_NUMBER && c->at->number >= 1 &&
                  c->at->number <= 31 && f->day_count < 2;
    if (is_day)
        f->days[f->day_count++] = (c->at++)->number;
    return is_day;
}

static bool take_date(struct cursor *c)
{
    struct found *f = &c->found;
    bool is_date = c->at < c->end && c->at->kind == TOKEN_DATE && f->date_count < 2;
    if (is_date)
        f->dates[f->date_count++] = (c->at++)->date;
    return is_date;
}

/* A number up to `most`, in figures or as a word of the list. */
static bool take_number(struct cursor *c, const struct named *words, int most)
{
    struct found *f = &c->found;
    if (c->at >= c->end || f->number_count == 2)
        return false;
    int n = c->at->kind == TOKEN_NUMBER ? c->at->number : find_value(words, c->at);
    if (n < 1 || n > most)
        return false;
    f->numbers[f->number_count++] = n;
    c->at++;
    /* «1-й», «2-ое» */
    if (c->at[-1].kind == TOKEN_NUMBER && is_sign(c, '-') && c->at + 1 < c->end &&
        is_one_of(c->at[1].text, "й|ый|е|ое|го|м|ом", strlen("й|ый|е|ое|го|м|ом")))
        c->at += 2;
    return true;
}

/* The rest, with nothing in it that says a day. */
static bool take_qualifier(struct cursor *c)
{
    for (; c->at < c->end; c->at++)
        if (c->at->kind == TOKEN_NUMBER || c->at->kind == TOKEN_DATE ||
            find_value(months, c->at))
            return false;
    return !c->is_cut;
}

static bool take_word(struct cursor *c, const char *pattern, size_t n)
{
    bool is_it = c->at < c->end && (c->at->kind == TOKEN_WORD || c->at->kind == TOKEN_SIGN) &&
                 is_one_of(c->at->text, pattern, n);
    c->at += is_it;
    return is_it;
}

/* One element of a pattern, `n` bytes, without its question mark. */
static bool take(struct cursor *c, const char *element, size_t n)
{
    if (n == 4 && memcmp(element, "DATE", n) == 0)
        return take_date(c);
    if (n == 3 && memcmp(element, "...", n) == 0) {
        c->at = c->end;
        return true;
    }
    if (n == 1)
        switch (*element) {
        case 'Y':
            return take_year(c);
        case 'M':
            return take_months(c);
        case 'D':
            return take_day(c);
        case 'Q':
            return take_number(c, ordinals, 4);
        case 'N':
            return take_number(c, counts, 12);
        case '~':
            return take_qualifier(c);
        default:
            break;
        }
    return take_word(c, element, n);
}

static const char year_words[] = "год|года|году|годы|годов|годах|г|гг";

/* Match the pattern from here on to the end of the tokens; *c is where it ended. */
static bool match(struct cursor *c, const char *pattern)
{
    while (*pattern == ' ')
        pattern++;
    if (!*pattern)
        return c->at == c->end;
    size_t n = strcspn(pattern, " ");
    const char *rest = pattern + n;
    struct cursor with = *c;
    bool is_year_word = n == 1 && *pattern == 'G';
    bool optional = is_year_word || pattern[n - 1] == '?';
    bool taken = is_year_word ? take_word(&with, year_words, strlen(year_words))
                              : take(&with, pattern, n - optional);
    if (taken && match(&with, rest)) {
        *c = with;
        return true;
    }
    return optional && match(c, rest);
}

/* --- spans ------------------------------------------------------------------------------- */

struct reading {
    const struct plan_period *period;
    struct plan_spans *spans;
    int first_year, last_year; /* of the period */
};

struct plan_period plan_calendar_year(int year)
{
    return (struct plan_period){plan_count_days(year, 1, 1), plan_count_days(year, 12, 31)};
}

struct plan_period plan_school_year(int year)
{
    return (struct plan_period){plan_count_days(year, 9, 1), plan_count_days(year + 1, 8, 31)};
}

static void add_fixed(const struct reading *r, plan_day from, plan_day to)
{
    struct plan_span span = {from, to};
    if (from <= r->period->to && to >= r->period->from)
        VEC_PUSH(r->spans, span);
}

static void add_recurring(const struct reading *r, plan_day from, plan_day to)
{
    struct plan_span span = {from, to};
    if (to >= r->period->from && to <= r->period->to)
        VEC_PUSH(r->spans, span);
}

/* Months of a year or, when `year` is 0, of every year; from September to May is one span. */
static void add_months(const struct reading *r, int year, struct month_range m)
{
    int over = m.last < m.first;
    if (year)
        add_fixed(r, plan_count_days(year, m.first, 1), plan_month_end(year + over, m.last));
    for (int y = r->first_year - 1; !year && y <= r->last_year; y++)
        add_recurring(r, plan_count_days(y, m.first, 1), plan_month_end(y + over, m.last));
}

/* How a year is divided. School years begin with September, so do their parts' lists. */
enum unit { YEAR, HALF, THIRD, QUARTER, MONTH, SCHOOL_YEAR, SCHOOL_HALF, SCHOOL_QUARTER };

static const struct {
    int count;
    struct month_range parts[12];
} units[] = {
    [YEAR] = {1, {{1, 12}}},
    [HALF] = {2, {{1, 6}, {7, 12}}},
    [THIRD] = {3, {{1, 4}, {5, 8}, {9, 12}}},
    [QUARTER] = {4, {{1, 3}, {4, 6}, {7, 9}, {10, 12}}},
    [MONTH] = {12,
               {{1, 1},
                {2, 2},
                {3, 3},
                {4, 4},
                {5, 5},
                {6, 6},
                {7, 7},
                {8, 8},
                {9, 9},
                {10, 10},
                {11, 11},
                {12, 12}}},
    [SCHOOL_YEAR] = {1, {{9, 8}}},
    [SCHOOL_HALF] = {2, {{9, 12}, {1, 8}}},
    [SCHOOL_QUARTER] = {4, {{9, 10}, {11, 12}, {1, 3}, {4, 5}}},
};

/* One part of a unit: in the year, or school year, that begins in `year`; 0: in each. */
static void add_part(const struct reading *r, enum unit unit, int part, int year)
{
    struct month_range m = units[unit].parts[part];
    bool next = unit >= SCHOOL_YEAR && m.first < 9;
    add_months(r, year ? year + next : 0, m);
}

/* --- actions: false when the values make no sense ------------------------------------------ */

typedef bool action(const struct found *f, int argument, const struct reading *r);

/* Every part of the unit; of the captured year when there is one. */
static bool each(const struct found *f, int unit, const struct reading *r)
{
    for (int i = 0; i < units[unit].count; i++)
        add_part(r, (enum unit)unit, i, f->year_count ? f->years[0] : 0);
    return true;
}

/* «1 квартал», «I-II кварталы»: a part, or from one to another. */
static bool part(const struct found *f, int unit, const struct reading *r)
{
    int first = f->numbers[0], last = f->numbers[f->number_count - 1];
    if (first > units[unit].count || last > units[unit].count || first > last)
        return false;
    for (int i = first; i <= last; i++)
        add_part(r, (enum unit)unit, i - 1, f->year_count ? f->years[0] : 0);
    return true;
}

/* «2 раза в год»: into as many parts as there is a division for. */
static bool times(const struct found *f, int unit, const struct reading *r)
{
    static const struct {
        int whole, times, unit;
    } divisions[] = {{YEAR, 2, HALF},
                     {YEAR, 3, THIRD},
                     {YEAR, 4, QUARTER},
                     {YEAR, 12, MONTH},
                     {HALF, 2, QUARTER},
                     {HALF, 6, MONTH},
                     {QUARTER, 3, MONTH},
                     {SCHOOL_YEAR, 2, SCHOOL_HALF},
                     {SCHOOL_YEAR, 4, SCHOOL_QUARTER}};
    int n = f->number_count ? f->numbers[0] : 1;
    for (size_t i = 0; i < sizeof divisions / sizeof *divisions; i++)
        if (divisions[i].whole == unit && divisions[i].times == n)
            return each(f, divisions[i].unit, r);
    return each(f, unit, r);
}

/* «1 раз в 3 года»: three years from the period's. */
static bool every_years(const struct found *f, int argument, const struct reading *r)
{
    (void)argument;
    int years = f->numbers[f->number_count - 1];
    add_fixed(r, plan_count_days(r->first_year, 1, 1),
              plan_count_days(r->first_year + years - 1, 12, 31));
    return true;
}

/* «2021», «2020-2022»; «2020, 2021» is one span too. */
static bool years(const struct found *f, int is_school, const struct reading *r)
{
    int first = f->years[0], last = f->years[f->year_count - 1];
    if (first > last || (is_school && f->year_count == 2 && last != first + 1))
        return false;
    if (is_school)
        add_fixed(r, plan_count_days(first, 9, 1), plan_count_days(first + 1, 8, 31));
    else
        add_fixed(r, plan_count_days(first, 1, 1), plan_count_days(last, 12, 31));
    return true;
}

/* «до конца 2021 года» */
static bool year_end(const struct found *f, int argument, const struct reading *r)
{
    (void)argument;
    add_fixed(r, plan_count_days(f->years[0], 12, 31), plan_count_days(f->years[0], 12, 31));
    return true;
}

/* «март-апрель 2021 года»; without a year, every year's. */
static bool in_months(const struct found *f, int argument, const struct reading *r)
{
    (void)argument;
    for (int i = 0; i < f->month_count; i++)
        add_months(r, f->year_count ? f->years[0] : 0, f->months[i]);
    return true;
}

/* «с сентября по май», «с сентября 2021 по май 2022»: one span. */
static bool from_month(const struct found *f, int argument, const struct reading *r)
{
    (void)argument;
    if (f->month_count != 2)
        return false;
    struct month_range m = {f->months[0].first, f->months[1].last};
    if (f->year_count < 2) {
        add_months(r, f->year_count ? f->years[0] : 0, m);
        return true;
    }
    plan_day from = plan_count_days(f->years[0], m.first, 1);
    plan_day to = plan_month_end(f->years[1], m.last);
    add_fixed(r, from, to);
    return from <= to;
}

/* One day, of a year or of every year; false when a month has no such day. */
static bool add_day(const struct reading *r, int year, int month, int day)
{
    bool is_date = plan_is_date(year ? year : 2024, month, day);
    for (int y = year ? year : r->first_year; is_date && y <= (year ? year : r->last_year);
         y++) {
        bool is_short = !plan_is_date(y, month, day); /* 29 February */
        plan_day d = plan_count_days(y, month, day - is_short);
        if (year)
            add_fixed(r, d, d);
        else
            add_recurring(r, d, d);
    }
    return is_date;
}

/* «до 1 сентября 2021 года», «25 мая» */
static bool on_day(const struct found *f, int argument, const struct reading *r)
{
    (void)argument;
    return f->month_count == 1 && f->months[0].first == f->months[0].last &&
           add_day(r, f->year_count ? f->years[0] : 0, f->months[0].first, f->days[0]);
}

/* «до сентября», `argument` 0: ends with the month before; «до конца мая», 1: with the month. */
static bool before_month(const struct found *f, int argument, const struct reading *r)
{
    int year = f->year_count ? f->years[0] : 0, month = f->months[0].first - 1 + argument;
    if (f->month_count != 1 || f->months[0].first != f->months[0].last)
        return false;
    if (month == 0)
        return add_day(r, year ? year - 1 : 0, 12, 31);
    if (month == 2 && !year)
        return add_day(r, 0, 2, 29);
    return add_day(r, year, month, plan_split_day(plan_month_end(year ? year : 1, month)).day);
}

/* «до 01.12.2021», «01.09.2021-31.05.2022» */
static bool on_dates(const struct found *f, int argument, const struct reading *r)
{
    (void)argument;
    plan_day from = f->dates[0], to = f->dates[f->date_count - 1];
    add_fixed(r, from, to);
    return from <= to;
}

/* «с 1 по 20 марта 2021 года» */
static bool between_days(const struct found *f, int argument, const struct reading *r)
{
    (void)argument;
    int month = f->months[0].first, from = f->days[0], to = f->days[1];
    if (f->month_count != 1 || from > to)
        return false;
    for (int y = f->year_count ? f->years[0] : r->first_year; y <= r->last_year; y++) {
        if (!plan_is_date(y, month, to))
            return false;
        if (f->year_count) {
            add_fixed(r, plan_count_days(y, month, from), plan_count_days(y, month, to));
            break;
        }
        add_recurring(r, plan_count_days(y, month, from), plan_count_days(y, month, to));
    }
    return true;
}

/* --- the table --------------------------------------------------------------------------- */

static const struct wording {
    const char *pattern;
    enum plan_when when;
    action *act; /* for PLAN_DATES */
    int argument;
} wordings[] = {
    /* a day */
    {"в? срок? до|к|не? позднее|позже? DATE G", PLAN_DATES, on_dates, 0},
    {"DATE G", PLAN_DATES, on_dates, 0},
    {"с DATE G по|до DATE G", PLAN_DATES, on_dates, 0},
    {"DATE G - DATE G", PLAN_DATES, on_dates, 0},
    {"ежегодно? ,? в? срок? до|к|не? позднее|позже? D M Y? G", PLAN_DATES, on_day, 0},
    {"в? срок? до|к|не? позднее|позже? D M ,? ежегодно?", PLAN_DATES, on_day, 0},
    {"ежегодно? ,? D M Y? G", PLAN_DATES, on_day, 0},
    {"D M ,? ежегодно", PLAN_DATES, on_day, 0},
    {"с D по D M Y? G", PLAN_DATES, between_days, 0},
    {"D - D M Y? G", PLAN_DATES, between_days, 0},
    {"до|к конца|концу M Y? G", PLAN_DATES, before_month, 1},
    {"до M Y? G", PLAN_DATES, before_month, 0},
    /* months */
    {"ежегодно? ,? в? течение? M Y? G ежегодно?", PLAN_DATES, in_months, 0},
    {"ежегодно ,? в период с M по|до M", PLAN_DATES, from_month, 0},
    {"начало|середина|конец M Y? G", PLAN_DATES, in_months, 0},
    {"ежегодно? ,? с M Y? G по|до M Y? G", PLAN_DATES, from_month, 0},
    {"M Y G - M Y G", PLAN_DATES, from_month, 0},
    /* quarters and halves */
    {"ежегодно? ,? в? Q квартал* Y? G ежегодно?", PLAN_DATES, part, QUARTER},
    {"Q - Q квартал* Y? G", PLAN_DATES, part, QUARTER},
    {"Q ,|и Q квартал* Y? G", PLAN_DATES, part, QUARTER},
    {"ежегодно? ,? в? Q полугоди* Y? G", PLAN_DATES, part, HALF},
    {"в? Q полугоди* Y -|/ Y учебн*|уч G", PLAN_DATES, part, SCHOOL_HALF},
    {"в? Q полугоди* учебн*|уч G", PLAN_DATES, part, SCHOOL_HALF},
    {"в? Q учебн*|уч? четверт*", PLAN_DATES, part, SCHOOL_QUARTER},
    /* years */
    {"в? течение? Y учебн*|уч? G", PLAN_DATES, years, 0},
    {"в? течение? Y -|/ Y учебн*|уч G", PLAN_DATES, years, 1},
    {"в? течение? Y -|/ Y G", PLAN_DATES, years, 0},
    {"с Y G по Y G", PLAN_DATES, years, 0},
    {"Y ,|и Y G", PLAN_DATES, years, 0},
    {"до|к конца|концу Y G", PLAN_DATES, year_end, 0},
    /* again and again */
    {"в течение всего? учебн*|уч G", PLAN_DATES, each, SCHOOL_YEAR},
    {"каждый? весь? учебн*|уч G", PLAN_DATES, each, SCHOOL_YEAR},
    {"до|к|в конца|концу|конце учебн*|уч G", PLAN_DATES, each, SCHOOL_YEAR},
    {"в течение всего? календарного? года", PLAN_DATES, each, YEAR},
    {"до|к|в конца|концу|конце года", PLAN_DATES, each, YEAR},
    {"весь|каждый год", PLAN_DATES, each, YEAR},
    {"ежеквартально|ежегодно? по итогам каждой? учебн*|уч четверт*", PLAN_DATES, each,
     SCHOOL_QUARTER},
    {"каждый? каждую? учебн*|уч? четверть", PLAN_DATES, each, SCHOOL_QUARTER},
    {"ежеквартально ~", PLAN_DATES, each, QUARTER},
    {"в течение|каждый квартал*", PLAN_DATES, each, QUARTER},
    {"ежемесячно ~", PLAN_DATES, each, MONTH},
    {"в течение|каждый месяц*", PLAN_DATES, each, MONTH},
    {"N? раз* ,? в G", PLAN_DATES, times, YEAR},
    {"не? реже|менее? N? раз*|раз* в год ~", PLAN_DATES, times, YEAR},
    {"N? раз* в учебн*|уч G ~", PLAN_DATES, times, SCHOOL_YEAR},
    {"не реже|менее N? раз*|раз* в учебн*|уч год ~", PLAN_DATES, times, SCHOOL_YEAR},
    {"N? раз* в год|году ~", PLAN_DATES, times, YEAR},
    {"N? раз* в полугоди* ~", PLAN_DATES, times, HALF},
    {"не? реже|менее? N? раз* в квартал ~", PLAN_DATES, times, QUARTER},
    {"N? раз* в учебн*|уч? четверть ~", PLAN_DATES, times, SCHOOL_QUARTER},
    {"не? реже|менее? N? раз* в месяц ~", PLAN_DATES, times, MONTH},
    {"дважды в год ~", PLAN_DATES, each, HALF},
    {"N? раз* в N год|года|лет ~", PLAN_DATES, every_years, 0},
    {"ежегодно ~", PLAN_DATES, each, YEAR},
    /* always */
    {"постоянн* ~", PLAN_CONTINUOUS, NULL, 0},
    {"непрерывно|систематически|регулярно|ежедневно|еженедельно ~", PLAN_CONTINUOUS, NULL, 0},
    {"N? раз* в неделю ~", PLAN_CONTINUOUS, NULL, 0},
    {"на постоянной|регулярной|систематической основе ~", PLAN_CONTINUOUS, NULL, 0},
    {"весь период|срок ~", PLAN_CONTINUOUS, NULL, 0},
    {"в|на течение|протяжении всего ~", PLAN_CONTINUOUS, NULL, 0},
    {"в течение срока|периода ~", PLAN_CONTINUOUS, NULL, 0},
    /* when something happens, or another paper says */
    {"соглас* ...", PLAN_ON_EVENT, NULL, 0},
    {"в соответстви* ...", PLAN_ON_EVENT, NULL, 0},
    {"по отдельн*|индивидуальн* график*|план* ...", PLAN_ON_EVENT, NULL, 0},
    {"по мере|итогам|результатам|факту|потребности|необходимости ...", PLAN_ON_EVENT, NULL, 0},
    {"по запрос*|заяв*|требовани*|обращени*|график*|план*|приказ*|окончании|завершении ...",
     PLAN_ON_EVENT, NULL, 0},
    {"при|после ...", PLAN_ON_EVENT, NULL, 0},
    {"в случае|рамках|ходе|день|дни|период|установленн* ...", PLAN_ON_EVENT, NULL, 0},
};

static int compare_spans(const void *a, const void *b)
{
    const struct plan_span *x = a, *y = b;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

enum plan_when plan_read_deadline(const char *wording, const struct plan_period *period,
                                  struct plan_spans *spans)
{
    struct tokens tokens;
    size_t before = spans->len;
    struct reading r = {period, spans, plan_split_day(period->from).year,
                        plan_split_day(period->to).year};
    split(wording, &tokens);
    for (size_t i = 0; tokens.len && i < sizeof wordings / sizeof *wordings; i++) {
        const struct wording *w = &wordings[i];
        struct cursor c = {
            tokens.items, tokens.items + tokens.len, tokens.is_cut, {.year_count = 0}};
        if (!match(&c, w->pattern))
            continue;
        if (w->act && !w->act(&c.found, w->argument, &r)) {
            spans->len = before;
            return PLAN_UNCLEAR;
        }
        if (spans->len > before)
            qsort(spans->items + before, spans->len - before, sizeof *spans->items,
                  compare_spans);
        return w->when;
    }
    return PLAN_UNCLEAR;
}
