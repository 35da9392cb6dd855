/* Deadlines as iCalendar: see ics.h. Lines end with CR LF and are folded after 75 octets, between
 * characters (RFC 5545, 3.1); commas, semicolons, backslashes and line breaks in texts are escaped
 * (3.3.11). An event lasts its due day alone (3.6.1: DTSTART;VALUE=DATE without an end): a bar
 * over the whole year for every «ежегодно» would bury the days that matter. */
#include "plan/ics.h"

#include <stdlib.h>
#include <string.h>

enum {
    FOLD = 75,     /* octets of a line, its end not counted (3.1) */
    SUMMARY = 180, /* octets of a title in the summary; the description has all of it */
};

/* One content line, folded. */
static void put_line(struct buf *out, const char *line)
{
    size_t n = strlen(line), room = FOLD;
    while (n > room) {
        size_t cut = room;
        while (cut > 1 && ((unsigned char)line[cut] & 0xC0) == 0x80)
            cut--;
        buf_put(out, line, cut);
        buf_puts(out, "\r\n ");
        line += cut;
        n -= cut;
        room = FOLD - 1; /* the space at its beginning counts */
    }
    buf_puts(out, line);
    buf_puts(out, "\r\n");
}

static void put_text(struct buf *line, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n')
            buf_puts(line, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            buf_printf(line, "\\%c", c);
        else if (c >= 0x20 && c != 0x7F)
            buf_putc(line, (char)c);
    }
}

/* «NAME:text» */
static void put_property(struct buf *out, const char *name, const char *text)
{
    struct buf line = BUF_EMPTY;
    buf_printf(&line, "%s:", name);
    put_text(&line, text, strlen(text));
    put_line(out, buf_str(&line));
    buf_free(&line);
}

static void put_compact(struct buf *line, plan_day day)
{
    struct plan_date d = plan_split_day(day);
    buf_printf(line, "%04d%02d%02d", d.year, d.month, d.day);
}

void plan_begin_ics(const struct plan_calendar *c)
{
    put_line(c->out, "BEGIN:VCALENDAR");
    put_line(c->out, "VERSION:2.0");
    put_line(c->out, "PRODID:-//prikaz//calendar//RU");
    put_line(c->out, "CALSCALE:GREGORIAN");
    put_line(c->out, "METHOD:PUBLISH");
}

void plan_end_ics(const struct plan_calendar *c)
{
    put_line(c->out, "END:VCALENDAR");
}

static void put_uid(struct buf *out, const struct plan_measures *all,
                    const struct plan_measure *m, plan_day due)
{
    struct buf line = BUF_EMPTY;
    buf_puts(&line, "UID:");
    put_text(&line, m->id, strlen(m->id));
    buf_putc(&line, '-');
    put_compact(&line, due);
    buf_putc(&line, '@');
    put_text(&line, all->name, strlen(all->name));
    put_line(out, buf_str(&line));
    buf_free(&line);
}

/* «1.3. Проведение анализа…», cut between words. */
static void put_summary(struct buf *out, const struct plan_measure *m)
{
    struct buf line = BUF_EMPTY;
    size_t n = strlen(m->title);
    bool is_cut = n > SUMMARY;
    for (n = is_cut ? SUMMARY : n; is_cut && n && m->title[n] != ' ';)
        n--;
    buf_puts(&line, "SUMMARY:");
    if (*m->number) {
        put_text(&line, m->number, strlen(m->number));
        buf_putc(&line, ' ');
    }
    put_text(&line, m->title, is_cut && !n ? strlen(m->title) : n);
    buf_puts(&line, is_cut && n ? "…" : "");
    put_line(out, buf_str(&line));
    buf_free(&line);
}

static void put_description(struct buf *out, const struct plan_measures *all,
                            const struct plan_measure *m)
{
    struct buf text = BUF_EMPTY;
    buf_puts(&text, m->title);
    buf_printf(&text, "\n%s", m->deadline);
    for (size_t i = 0; i < m->party_count; i++)
        buf_printf(&text, "%s%s", i ? ", " : "\n", m->parties[i]);
    if (*m->section)
        buf_printf(&text, "\n%s", m->section);
    buf_printf(&text, "\n%s", all->title);
    put_property(out, "DESCRIPTION", buf_str(&text));
    buf_free(&text);
}

/* The parties, parted by commas (3.8.1.2). */
static void put_categories(struct buf *out, const struct plan_measure *m)
{
    struct buf line = BUF_EMPTY;
    for (size_t i = 0; i < m->party_count; i++) {
        buf_puts(&line, i ? "," : "CATEGORIES:");
        put_text(&line, m->parties[i], strlen(m->parties[i]));
    }
    if (line.len)
        put_line(out, buf_str(&line));
    buf_free(&line);
}

static void put_day_line(struct buf *out, const char *name, plan_day day, const char *rest)
{
    struct buf line = BUF_EMPTY;
    buf_puts(&line, name);
    put_compact(&line, day);
    buf_puts(&line, rest);
    put_line(out, buf_str(&line));
    buf_free(&line);
}

/* The argument, else the document's date, else the first day of the period: never the clock. */
static plan_day choose_stamp(const struct plan_calendar *c, const struct plan_measures *all)
{
    plan_day date;
    if (c->has_stamp)
        return c->stamp;
    return plan_read_day(all->date, &date) ? date : c->period.from;
}

static void put_event(const struct plan_calendar *c, const struct plan_measures *all,
                      const struct plan_item *item)
{
    put_line(c->out, "BEGIN:VEVENT");
    put_uid(c->out, all, item->measure, item->due);
    put_day_line(c->out, "DTSTAMP:", choose_stamp(c, all), "T000000Z");
    put_day_line(c->out, "DTSTART;VALUE=DATE:", item->due, "");
    put_summary(c->out, item->measure);
    put_description(c->out, all, item->measure);
    put_categories(c->out, item->measure);
    put_line(c->out, "TRANSP:TRANSPARENT");
    put_line(c->out, "END:VEVENT");
}

void plan_put_ics(const struct plan_calendar *c, const struct plan_measures *measures)
{
    const struct plan_records none = {0};
    struct plan_items items = {0};
    struct plan_question question = {
        .measures = measures, .records = &none, .period = c->period, .on = c->period.from};
    plan_assess(&question, &items, c->diag);
    for (size_t i = 0; i < items.len; i++)
        if (items.items[i].has_due && items.items[i].due >= c->period.from &&
            items.items[i].due <= c->period.to)
            put_event(c, measures, &items.items[i]);
    free(items.items);
}
