/* Days as numbers: see day.h. The count goes by years that begin with March, so that the day a
 * leap year adds is a year's last. */
#include "plan/day.h"

bool plan_is_date(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] + (month == 2 && leap);
}

plan_day plan_count_days(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719468;
}

struct plan_date plan_split_day(plan_day day)
{
    int32_t n = day + 719468;                    /* from 1 March of the year 0 */
    int32_t era = n / 146097, rest = n % 146097; /* eras of 400 years */
    int32_t y = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int32_t in_year = rest - (365 * y + y / 4 - y / 100), m = (5 * in_year + 2) / 153;
    struct plan_date date = {.day = in_year - (153 * m + 2) / 5 + 1,
                             .month = m < 10 ? m + 3 : m - 9,
                             .year = era * 400 + y + (m >= 10)};
    return date;
}

plan_day plan_month_end(int year, int month)
{
    return month == 12 ? plan_count_days(year, 12, 31)
                       : plan_count_days(year, month + 1, 1) - 1;
}

bool plan_read_day(const char *s, plan_day *day)
{
    static const char shape[] = "00.00.0000";
    for (int i = 0; shape[i]; i++)
        if (shape[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != shape[i])
            return false;
    int d = (s[0] - '0') * 10 + s[1] - '0', m = (s[3] - '0') * 10 + s[4] - '0', y = 0;
    for (int i = 6; i < 10; i++)
        y = y * 10 + s[i] - '0';
    if (s[10] || !plan_is_date(y, m, d))
        return false;
    *day = plan_count_days(y, m, d);
    return true;
}

void plan_put_day(struct buf *out, plan_day day)
{
    struct plan_date date = plan_split_day(day);
    buf_printf(out, "%02d.%02d.%04d", date.day, date.month, date.year);
}
