/* prikaz record and prikaz status as a clerk meets them, on a roadmap in a folder of the test's. */
#include "base/file.h"
#include "unit/folder.h"
#include "unit/run.h"
#include "unit/tagtext.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { SECONDS = 30, MOST_ARGUMENTS = 8 };

static char program[PATH_MAX];

static const char roadmap[] =
    "<appendix xmlns='urn:prikaz:1' kind='план'>\n<title>ПЛАН<br/>работы</title>\n<roadmap>\n"
    "<section><title>Первый</title>\n"
    "<measure><action>Создать группу.</action><deadline>до 01.03.2021</deadline>"
    "<responsible>УО, школы</responsible></measure>\n"
    "<measure><action>Проверить: <list marker='-'><item>раз;</item><item>два.</item></list>"
    "</action><deadline>ежеквартально</deadline><responsible>УО</responsible></measure>\n"
    "<measure id='own'><action>Отпраздновать.</action><deadline means='до 25.12.2021'>к ёлке"
    "</deadline><responsible>Школы</responsible></measure>\n"
    "</section>\n</roadmap>\n</appendix>\n";
static const char execution[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
    "<execution xmlns=\"urn:prikaz:1\" of=\"plan\"\r\n  year=\"2021\"><!-- </execution -->\r\n"
    "\t<record measure=\"1.1\" date=\"26.02.2021\"  status=\"done\"/>\r\n</execution>\r\n";

static int call_with(struct run *run, va_list args)
{
    const char *argv[MOST_ARGUMENTS + 2] = {program};
    for (int n = 1; n <= MOST_ARGUMENTS; n++)
        if (!(argv[n] = va_arg(args, const char *)))
            break;
    assert_true(run_program(argv, "en", SECONDS, run));
    assert_false(run->timed_out);
    return run->status;
}

/* Run with the arguments, ended by NULL; the status. Free *run with run_free. */
static int call(struct run *run, ...)
{
    va_list args;
    va_start(args, run);
    int status = call_with(run, args);
    va_end(args);
    return status;
}

static void assert_has(struct buf *b, const char *words)
{
    if (!strstr(buf_str(b), words))
        fail_msg("«%s» is not in:\n%s", words, buf_str(b));
}

static int start(void **state)
{
    (void)state;
    folder_write("plan.xml", roadmap);
    folder_write("e.xml", execution);
    return 0;
}

static void assert_file(const char *name, const char *expected)
{
    struct buf text = BUF_EMPTY;
    assert_int_equal(file_read(name, &text), 0);
    assert_string_equal(buf_str(&text), expected);
    buf_free(&text);
}

static void status_tells_how_it_stands(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(call(&run, "status", "e.xml", "--on=01.07.2021", NULL), 0);
    assert_int_equal(run.err.len, 0);
    assert_string_equal(buf_str(&run.out), "plan: ПЛАН работы, year 2021, on 01.07.2021\n"
                                           "overdue 2, due 1, done 1, not yet 2\n"
                                           "\n"
                                           "УО: overdue 2, due 1, done 1, not yet 1\n"
                                           "  overdue\n"
                                           "    1.2.  31.03.2021  Проверить: раз; два.\n"
                                           "    1.2.  30.06.2021  Проверить: раз; два.\n"
                                           "  due\n"
                                           "    1.2.  30.09.2021  Проверить: раз; два.\n"
                                           "  done\n"
                                           "    1.1.  01.03.2021  Создать группу.\n"
                                           "\n"
                                           "школы: done 1, not yet 1\n"
                                           "  done\n"
                                           "    1.1.  01.03.2021  Создать группу.\n");
    run_free(&run);
    assert_int_equal(call(&run, "status", "e.xml", "--on=01.12.2021", "--format=json", NULL),
                     0);
    assert_has(&run.out, "\"id\": \"own\", \"number\": \"1.3.\"");
    assert_has(&run.out, "\"due\": \"2021-12-25\", \"state\": \"due\"");
    run_free(&run);
}

static void a_record_is_put_at_the_end(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(call(&run, "record", "e.xml", "--measure=1.2", "--date=30.03.2021",
                          "--status=partly", "--percent=50", "--note=«a» & <b>", NULL),
                     0);
    run_free(&run);
    struct buf wanted = BUF_EMPTY;
    const char *end = strstr(execution, "</execution>");
    buf_put(&wanted, execution, (size_t)(end - execution));
    buf_puts(&wanted, "\t<record measure=\"1.2\" date=\"30.03.2021\" status=\"partly\" "
                      "percent=\"50\">\r\n\t  <note>«a» &amp; &lt;b&gt;</note>\r\n"
                      "\t</record>\r\n");
    buf_puts(&wanted, end);
    assert_file("e.xml", buf_str(&wanted));
    buf_free(&wanted);
}

static void an_empty_root_is_opened(void **state)
{
    (void)state;
    struct run run;
    folder_write("e.xml", "<execution xmlns='urn:prikaz:1' of='plan' year='2021'/>\n");
    assert_int_equal(call(&run, "record", "e.xml", "--measure=own", "--date=24.12.2021",
                          "--status=done", NULL),
                     0);
    run_free(&run);
    assert_file("e.xml", "<execution xmlns='urn:prikaz:1' of='plan' year='2021'>\n"
                         "  <record measure=\"own\" date=\"24.12.2021\" status=\"done\"/>\n"
                         "</execution>\n");
}

static void a_file_that_is_not_there_is_begun(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(call(&run, "record", "new.xml", "--of=plan", "--measure=7.7",
                          "--date=11.01.2022", "--status=done", NULL),
                     1);
    assert_has(&run.err, "plan has no measure «7.7»");
    run_free(&run);
    assert_int_equal(access("new.xml", F_OK), -1);
    assert_int_equal(call(&run, "record", "new.xml", "--of=plan", "--year=2021",
                          "--measure=1.1", "--date=11.01.2022", "--status=done", NULL),
                     0);
    assert_has(&run.err, "new.xml: note: the file is new: it is about «plan»");
    run_free(&run);
    assert_file("new.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<execution xmlns=\"urn:prikaz:1\" of=\"plan\" year=\"2021\">\n"
                           "  <record measure=\"1.1\" date=\"11.01.2022\" status=\"done\"/>\n"
                           "</execution>\n");
    unlink("new.xml");
    assert_int_equal(call(&run, "record", "new.xml", "--measure=1.1", "--date=11.01.2022",
                          "--status=done", NULL),
                     1);
    assert_has(&run.err, "is not found");
    run_free(&run);
}

static void a_spreadsheet_is_taken_whole_or_not(void **state)
{
    (void)state;
    struct run run;
    folder_write("a.csv", "measure;date;status\n1.2;30.03.2021;done\n7.7;30.03.2021;done\n");
    assert_int_equal(call(&run, "record", "e.xml", "--csv=a.csv", NULL), 1);
    assert_has(&run.err, "a.csv:3: error: plan has no measure «7.7»");
    run_free(&run);
    assert_file("e.xml", execution);
    folder_write("a.csv", "measure;date;status\n1.2;30.03.2021;done\n1.2;30.06.2021;done\n");
    assert_int_equal(call(&run, "record", "e.xml", "--csv=a.csv", NULL), 0);
    run_free(&run);
    assert_int_equal(call(&run, "status", "e.xml", "--on=01.07.2021", NULL), 0);
    assert_has(&run.out, "\ndue 1, done 3, not yet 2\n");
    run_free(&run);
}

static void slips_are_told(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(call(&run, "status", "e.xml", "--on=30.02.2021", NULL), 2);
    run_free(&run);
    assert_int_equal(call(&run, "status", "plan.xml", "--on=01.02.2021", NULL), 1);
    assert_has(&run.err, "its root is <appendix>");
    run_free(&run);
    folder_write("e.xml", "<execution xmlns='urn:prikaz:1' of='plam' year='2021'/>");
    assert_int_equal(call(&run, "status", "e.xml", "--on=01.02.2021", NULL), 1);
    assert_has(&run.err, "«plam» is not found");
    run_free(&run);
    folder_write("e.xml", "<p:execution xmlns:p='urn:prikaz:1' of='plan' year='2021'>"
                          "</p:execution>");
    assert_int_equal(call(&run, "record", "e.xml", "--measure=1.1", "--date=01.02.2021",
                          "--status=done", NULL),
                     1);
    assert_has(&run.err, "nothing was written");
    run_free(&run);
}

/* Lines end with CR LF, are at most 75 octets, and break between characters. */
static void assert_lines(const char *text)
{
    for (const char *p = text, *end; *p; p = end + 2) {
        end = strstr(p, "\r\n");
        assert_non_null(end);
        assert_true(end - p <= 75);
        assert_null(memchr(p, '\n', (size_t)(end - p)));
        assert_false(((unsigned char)p[*p == ' '] & 0xC0) == 0x80);
    }
}

/* The text with folded lines joined; the caller frees. */
static struct buf unfold(struct buf *text)
{
    struct buf out = BUF_EMPTY;
    for (const char *p = buf_str(text); *p; p++)
        if (strncmp(p, "\r\n ", 3) == 0)
            p += 2;
        else
            buf_putc(&out, *p);
    return out;
}

static void a_calendar_is_one_event_a_deadline(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(
        call(&run, "calendar", "plan.xml", "--year=2021", "--stamp=05.02.2021", NULL), 0);
    assert_int_equal(run.err.len, 0);
    assert_lines(buf_str(&run.out));
    struct buf text = unfold(&run.out);
    assert_has(&text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:");
    assert_has(&text, "BEGIN:VEVENT\r\nUID:roadmap-1.1-20210301@plan\r\n"
                      "DTSTAMP:20210205T000000Z\r\nDTSTART;VALUE=DATE:20210301\r\n"
                      "SUMMARY:1.1. Создать группу.\r\n"
                      "DESCRIPTION:Создать группу.\\nдо 01.03.2021\\nУО\\, школы\\n1. Первый"
                      "\\nПЛАН работы\r\nCATEGORIES:УО,школы\r\nTRANSP:TRANSPARENT\r\n"
                      "END:VEVENT\r\n");
    assert_has(&text, "Проверить: раз\\; два.");
    assert_has(&text, "UID:own-20211225@plan\r\n");
    size_t events = 0;
    for (const char *p = buf_str(&text); (p = strstr(p, "BEGIN:VEVENT")); p++)
        events++;
    assert_int_equal(events, 6);
    buf_free(&text);
    run_free(&run);
}

static void a_calendar_is_of_a_year(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(
        call(&run, "calendar", "plan.xml", "--school-year=2021", "-o", "s.ics", NULL), 0);
    run_free(&run);
    struct buf text = BUF_EMPTY;
    assert_int_equal(file_read("s.ics", &text), 0);
    assert_has(&text, "DTSTART;VALUE=DATE:20220630");
    assert_null(strstr(buf_str(&text), "DTSTART;VALUE=DATE:20210630"));
    buf_free(&text);
    assert_int_equal(call(&run, "calendar", "plan.xml", NULL), 2);
    run_free(&run);
    assert_int_equal(call(&run, "calendar", "none.xml", "--year=2021", "-o", "n.ics", NULL), 3);
    assert_int_not_equal(access("n.ics", F_OK), 0);
    run_free(&run);
}

/* The words are there in this order. */
static void assert_order(struct buf *text, const char *const *words)
{
    const char *at = buf_str(text);
    for (; at && *words; words++) {
        const char *next = strstr(at, *words);
        if (!next)
            fail_msg("no «%s» in its place in:\n%s", *words, buf_str(text));
        at = next ? next + strlen(*words) : NULL;
    }
}

/* By month, by party («УО» begins no cell of its own there, «школы» and «Школы» are one), and
 * what has no day. */
static void a_calendar_is_printed(void **state)
{
    (void)state;
    struct run run;
    assert_int_equal(call(&run, "calendar", "plan.xml", "--year=2021", "-o", "2021.pdf", NULL),
                     0);
    assert_int_equal(run.err.len, 0);
    run_free(&run);
    struct buf text = BUF_EMPTY;
    assert_true(tagtext_read("2021.pdf", &text));
    static const char *const words[] = {"КАЛЕНДАРНЫЙ ПЛАН",
                                        "на 2021 год",
                                        "ПЛАН работы",
                                        "Сроки по месяцам",
                                        "Март 2021 года",
                                        "01.03.2021",
                                        "1.1.",
                                        "Создать группу.",
                                        "до 01.03.2021",
                                        "31.03.2021",
                                        "Проверить: раз; два.",
                                        "ежеквартально",
                                        "Июнь 2021 года",
                                        "Декабрь 2021 года",
                                        "25.12.2021",
                                        "Отпраздновать.",
                                        "к ёлке",
                                        "31.12.2021",
                                        "По ответственным исполнителям",
                                        "УО",
                                        "31.03, 30.06, 30.09, 31.12",
                                        "Школы",
                                        "Создать группу.",
                                        "Отпраздновать.",
                                        NULL};
    assert_order(&text, words);
    assert_null(strstr(buf_str(&text), "Без определённого дня"));
    buf_free(&text);
    assert_int_equal(call(&run, "calendar", "plan.xml", "--school-year=2020", "--format=pdf",
                          "-o", "school", NULL),
                     0);
    run_free(&run);
    assert_true(tagtext_read("school", &text));
    static const char *const school[] = {"на 2020/2021 учебный год", "Сентябрь 2020 года",
                                         "Июнь 2021 года", NULL};
    assert_order(&text, school);
    buf_free(&text);
    assert_int_equal(call(&run, "calendar", "plan.xml", "--year=2021", "--format=doc", NULL),
                     2);
    run_free(&run);
    assert_int_equal(call(&run, "calendar", "none.xml", "--year=2021", "-o", "n.pdf", NULL), 3);
    assert_int_not_equal(access("n.pdf", F_OK), 0);
    run_free(&run);
}

static void what_has_no_day_is_printed_too(void **state)
{
    (void)state;
    struct run run;
    folder_write(
        "day.xml",
        "<order xmlns='urn:prikaz:1' kind='приказ' date='27.01.2021' number='5 &amp; 6'>"
        "<issuer><body>УО</body></issuer><heading>О плане</heading><point>План.</point>"
        "<signature><post>Начальник</post><name>А.А. Ли</name></signature>"
        "<appendix><roadmap>"
        "<measure><action>Следить.</action><deadline>постоянно</deadline><responsible/></"
        "measure>"
        "<measure><action>Помочь.</action><deadline>по мере необходимости</deadline>"
        "<responsible>УО</responsible></measure></roadmap></appendix></order>");
    assert_int_equal(
        call(&run, "calendar", "day.xml", "plan.xml", "--year=2021", "-o", "d.pdf", NULL), 0);
    run_free(&run);
    struct buf text = BUF_EMPTY;
    assert_true(tagtext_read("d.pdf", &text));
    static const char *const words[] = {"Приказ от\302\24027.01.2021 №\302\2405 & 6 «О плане»",
                                        "По месяцам",
                                        "Документ",
                                        "Март 2021 года",
                                        "Без определённого дня",
                                        "Постоянно",
                                        "Следить.",
                                        "По обстоятельствам",
                                        "Помочь.",
                                        NULL};
    assert_order(&text, words);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(status_tells_how_it_stands, start),
        cmocka_unit_test_setup(a_record_is_put_at_the_end, start),
        cmocka_unit_test_setup(an_empty_root_is_opened, start),
        cmocka_unit_test_setup(a_file_that_is_not_there_is_begun, start),
        cmocka_unit_test_setup(a_spreadsheet_is_taken_whole_or_not, start),
        cmocka_unit_test_setup(slips_are_told, start),
        cmocka_unit_test_setup(a_calendar_is_one_event_a_deadline, start),
        cmocka_unit_test_setup(a_calendar_is_of_a_year, start),
        cmocka_unit_test_setup(a_calendar_is_printed, start),
        cmocka_unit_test_setup(what_has_no_day_is_printed_too, start),
    };
    if (!realpath(run_program_path(), program))
        return 1;
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
