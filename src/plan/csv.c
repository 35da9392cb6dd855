/* Records of a spreadsheet: see csv.h. What the file's encoding and separator are is not asked but
 * seen: bytes that are not UTF-8 are windows-1251 (a text of Russian words in the one is never
 * valid in the other), and the separator is what stands most often in the line of names. */
#include "plan/csv.h"
#include "base/utf8.h"
#include "plan/letter.h"

#include <stdlib.h>
#include <string.h>

enum column {
    MEASURE,
    DATE,
    STATUS,
    TO,
    PERCENT,
    VALUE,
    TARGET,
    EVIDENCE,
    LINK,
    RESPONSIBLE,
    NOTE,
    COLUMNS
};

static const struct {
    const char *name;
    enum column column;
} column_names[] = {
    {"measure", MEASURE},
    {"мероприятие", MEASURE},
    {"номер", MEASURE},
    {"№", MEASURE},
    {"№ п/п", MEASURE},
    {"date", DATE},
    {"дата", DATE},
    {"status", STATUS},
    {"статус", STATUS},
    {"состояние", STATUS},
    {"to", TO},
    {"перенесено на", TO},
    {"новый срок", TO},
    {"percent", PERCENT},
    {"процент", PERCENT},
    {"%", PERCENT},
    {"value", VALUE},
    {"значение", VALUE},
    {"target", TARGET},
    {"цель", TARGET},
    {"целевое значение", TARGET},
    {"evidence", EVIDENCE},
    {"подтверждение", EVIDENCE},
    {"документ", EVIDENCE},
    {"link", LINK},
    {"ссылка", LINK},
    {"responsible", RESPONSIBLE},
    {"ответственный", RESPONSIBLE},
    {"исполнитель", RESPONSIBLE},
    {"note", NOTE},
    {"примечание", NOTE},
    {"причина", NOTE},
};

/* --- encoding ---------------------------------------------------------------------------- */

static bool is_utf8(const char *p, const char *end)
{
    while (p < end) {
        const char *at = p;
        if (utf8_next(&p, end) == 0xFFFD &&
            !(p - at == 3 && memcmp(at, "\xEF\xBF\xBD", 3) == 0))
            return false;
    }
    return true;
}

/* windows-1251 as Unicode: the upper half's first 64 signs; then come the letters А to я. */
static uint32_t decode_1251(unsigned char c)
{
    static const uint16_t signs[64] = {
        0x402,  0x403,  0x201A, 0x453,  0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409,
        0x2039, 0x40A,  0x40C,  0x40B,  0x40F,  0x452,  0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0xFFFD, 0x2122, 0x459,  0x203A, 0x45A,  0x45C,  0x45B,  0x45F,  0xA0,
        0x40E,  0x45E,  0x408,  0xA4,   0x490,  0xA6,   0xA7,   0x401,  0xA9,   0x404,  0xAB,
        0xAC,   0xAD,   0xAE,   0x407,  0xB0,   0xB1,   0x406,  0x456,  0x491,  0xB5,   0xB6,
        0xB7,   0x451,  0x2116, 0x454,  0xBB,   0x458,  0x405,  0x455,  0x457};
    return c < 0x80 ? c : c < 0xC0 ? signs[c - 0x80] : 0x410U + c - 0xC0;
}

/* The text in UTF-8, without a byte order mark and without NUL. */
static void decode(const struct buf *bytes, struct buf *out)
{
    const char *p = bytes->bytes ? bytes->bytes : "", *end = p + bytes->len;
    if (bytes->len >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        p += 3;
    bool plain = is_utf8(p, end);
    for (; p < end; p++)
        if (!*p)
            buf_putc(out, ' ');
        else if (plain)
            buf_putc(out, *p);
        else
            buf_put_utf8(out, decode_1251((unsigned char)*p));
}

/* --- cells ------------------------------------------------------------------------------- */

struct scanner {
    const char *p;
    char separator;
    int line; /* of p, from 1 */
    struct arena *arena;
    const char *file;
    struct diag *diag;
};

struct row {
    const char **items;
    size_t len, cap;
    int line;
};

static char find_separator(const char *text)
{
    static const char candidates[] = ";,\t";
    size_t most = 0;
    char best = ';';
    for (const char *c = candidates; *c; c++) {
        size_t n = 0;
        for (const char *p = text; *p && *p != '\n'; p++)
            n += *p == *c;
        if (n > most) {
            most = n;
            best = *c;
        }
    }
    return best;
}

/* A cell in quotation marks, where two stand for one; p is after the first. */
static void scan_quoted(struct scanner *s, struct buf *cell)
{
    int first = s->line;
    for (; *s->p; s->p++) {
        if (*s->p == '"' && *++s->p != '"')
            return;
        if (*s->p == '\n')
            s->line++;
        buf_putc(cell, *s->p == '\n' || *s->p == '\r' ? ' ' : *s->p);
    }
    diag_add(s->diag, DIAG_ERROR, (struct src_loc){s->file, first, 0}, "csv-quote",
             _("a quotation mark is not closed; the rest of the file is taken for one cell"));
}

/* The text without white space around it. */
static const char *keep_cell(struct scanner *s, struct buf *cell)
{
    const char *text = buf_str(cell);
    size_t n = cell->len;
    while (n && strchr(" \t\r", text[n - 1]))
        n--;
    while (n && strchr(" \t\r", *text))
        text++, n--;
    return arena_strndup(s->arena, text, n);
}

/* The next line's cells; false at the end of the file. */
static bool scan_row(struct scanner *s, struct row *row)
{
    struct buf cell = BUF_EMPTY;
    row->len = 0;
    row->line = s->line;
    if (!*s->p)
        return false;
    for (bool more = true; more;) {
        buf_clear(&cell);
        if (*s->p == '"') {
            s->p++;
            scan_quoted(s, &cell);
        }
        for (; *s->p && *s->p != s->separator && *s->p != '\n'; s->p++)
            buf_putc(&cell, *s->p);
        VEC_PUSH(row, keep_cell(s, &cell));
        more = *s->p == s->separator;
        s->p += more;
    }
    s->line += *s->p == '\n';
    s->p += *s->p == '\n';
    buf_free(&cell);
    return true;
}

/* --- rows -------------------------------------------------------------------------------- */

static void put_folded(struct buf *out, const char *text)
{
    for (const char *p = text, *end = p + strlen(p); p < end;)
        buf_put_utf8(out, plan_fold_letter(utf8_next(&p, end)));
}

static enum column find_column(const char *name)
{
    struct buf folded = BUF_EMPTY;
    enum column found = COLUMNS;
    put_folded(&folded, name);
    for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++)
        if (strcmp(column_names[i].name, buf_str(&folded)) == 0)
            found = column_names[i].column;
    buf_free(&folded);
    return found;
}

/* Where each column is, from the first line; -1: it is not there. False: told. */
static bool read_names(const struct scanner *s, const struct row *row, int places[COLUMNS])
{
    static const char *const needed[] = {"measure", "date", "status"};
    struct src_loc at = {s->file, row->line, 0};
    bool good = true;
    for (int i = 0; i < COLUMNS; i++)
        places[i] = -1;
    for (size_t i = 0; i < row->len; i++) {
        enum column column = find_column(row->items[i]);
        if (column != COLUMNS)
            places[column] = (int)i;
        else if (*row->items[i])
            diag_add(s->diag, DIAG_WARNING, at, "csv-column",
                     _("the column «%s» is unknown and left out"), row->items[i]);
    }
    for (int i = MEASURE; i <= STATUS; i++)
        if (places[i] < 0) {
            diag_add(s->diag, DIAG_ERROR, at, "csv-names",
                     _("the first line names no column «%s»"), needed[i]);
            good = false;
        }
    return good;
}

/* A cell's text; NULL when it is empty or missing. */
static const char *find_cell(const struct row *row, const int places[COLUMNS],
                             enum column column)
{
    int i = places[column];
    return i >= 0 && (size_t)i < row->len && *row->items[i] ? row->items[i] : NULL;
}

static bool read_day(const struct scanner *s, const char *text, int line, plan_day *day)
{
    if (text && plan_read_day(text, day))
        return true;
    diag_add(s->diag, DIAG_ERROR, (struct src_loc){s->file, line, 0}, "csv-date",
             _("a day is written like 30.03.2021, not «%s»; the line is left out"),
             text ? text : "");
    return false;
}

/* «100», «100 %»; -1: not said; -2: told. */
static int read_percent(const struct scanner *s, const char *text, int line)
{
    if (!text)
        return -1;
    char *end;
    long n = strtol(text, &end, 10);
    end += strspn(end, " ");
    end += *end == '%';
    if (text[0] >= '0' && text[0] <= '9' && !*end && n <= 100)
        return (int)n;
    diag_add(s->diag, DIAG_ERROR, (struct src_loc){s->file, line, 0}, "csv-percent",
             _("per cent are a whole number from 0 to 100, not «%s»; the line is left out"),
             text);
    return -2;
}

static bool read_mark(const struct scanner *s, const char *text, int line, enum plan_mark *mark)
{
    struct buf folded = BUF_EMPTY;
    put_folded(&folded, text ? text : "");
    *mark = plan_find_mark(buf_str(&folded));
    buf_free(&folded);
    if (*mark == PLAN_MARKS)
        diag_add(s->diag, DIAG_ERROR, (struct src_loc){s->file, line, 0}, "csv-status",
                 _("the status «%s» is none of done, partly, not-done, postponed, cancelled; "
                   "the line is left out"),
                 text ? text : "");
    return *mark != PLAN_MARKS;
}

static void read_row(const struct scanner *s, const struct row *row, const int places[COLUMNS],
                     struct plan_records *out)
{
    const char *measure = find_cell(row, places, MEASURE), *to = find_cell(row, places, TO);
    struct plan_record r = {.measure = measure,
                            .has_to = to != NULL,
                            .value = find_cell(row, places, VALUE),
                            .target = find_cell(row, places, TARGET),
                            .evidence = find_cell(row, places, EVIDENCE),
                            .link = find_cell(row, places, LINK),
                            .responsible = find_cell(row, places, RESPONSIBLE),
                            .note = find_cell(row, places, NOTE),
                            .at = {s->file, row->line, 0}};
    if (!measure) {
        diag_add(s->diag, DIAG_ERROR, r.at, "csv-measure",
                 _("the measure is missing; the line is left out"));
        return;
    }
    r.percent = read_percent(s, find_cell(row, places, PERCENT), row->line);
    bool good = read_mark(s, find_cell(row, places, STATUS), row->line, &r.mark);
    good = read_day(s, find_cell(row, places, DATE), row->line, &r.date) && good;
    good = (!to || read_day(s, to, row->line, &r.to)) && good && r.percent != -2;
    if (good)
        VEC_PUSH(out, r);
}

static bool is_empty(const struct row *row)
{
    for (size_t i = 0; i < row->len; i++)
        if (*row->items[i])
            return false;
    return true;
}

void plan_read_csv(const char *file, const struct buf *bytes, struct arena *arena,
                   struct plan_records *out, struct diag *diag)
{
    struct buf text = BUF_EMPTY;
    struct row row = {0};
    int places[COLUMNS];
    decode(bytes, &text);
    struct scanner s = {.p = buf_str(&text),
                        .separator = find_separator(buf_str(&text)),
                        .line = 1,
                        .arena = arena,
                        .file = file,
                        .diag = diag};
    if (!scan_row(&s, &row))
        diag_add(diag, DIAG_ERROR, (struct src_loc){file, 0, 0}, "csv-empty",
                 _("the file is empty"));
    else if (read_names(&s, &row, places))
        while (scan_row(&s, &row))
            if (!is_empty(&row))
                read_row(&s, &row, places, out);
    free(row.items);
    buf_free(&text);
}
