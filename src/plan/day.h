/* Days of the Gregorian calendar as numbers, without the C library's clock and locale. */
#ifndef PRIKAZ_PLAN_DAY_H
#define PRIKAZ_PLAN_DAY_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* A day: how many days it is after 1970-01-01. Years go from 1 to 9999. */
typedef int32_t plan_day;

struct plan_date {
    int year, month, day;
};

bool plan_is_date(int year, int month, int day);
/* The number of a date, which must be one. */
plan_day plan_count_days(int year, int month, int day);
struct plan_date plan_split_day(plan_day day);
/* The last day of a month. */
plan_day plan_month_end(int year, int month);

/* ДД.ММ.ГГГГ, nothing around it. */
bool plan_read_day(const char *s, plan_day *day);
/* The same, written. */
void plan_put_day(struct buf *out, plan_day day);

#endif
