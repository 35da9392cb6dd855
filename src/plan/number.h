/* Decimal numbers as reports have them: «14 756», «37,2 %», «−2,2». Exact, without floating point. */
#ifndef PRIKAZ_PLAN_NUMBER_H
#define PRIKAZ_PLAN_NUMBER_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* units / 10^decimals. What is read has at most 12 figures, 6 of them decimals. */
struct plan_number {
    int64_t units;
    int decimals;
};

/* Read a number with a sign, spaces between its figures, a comma or a full stop, a per cent sign
 * after it. False: it is none, or has too many figures. */
bool plan_read_number(const char *text, struct plan_number *n);

/* «-2.2»: a full stop, as many decimals as it has. */
void plan_put_number(struct buf *out, struct plan_number n);

/* -1, 0, 1. */
int plan_compare_numbers(struct plan_number a, struct plan_number b);

/* As many decimals as the longer of the two has. */
struct plan_number plan_add(struct plan_number a, struct plan_number b);
struct plan_number plan_subtract(struct plan_number a, struct plan_number b);

/* a / b with `decimals` places, halves away from zero; `scale` 100 gives per cent. False: b is 0,
 * or the result has no room. */
bool plan_divide(struct plan_number a, struct plan_number b, int scale, int decimals,
                 struct plan_number *out);

#endif
