/* Decimal numbers of reports: see number.h. */
#include "plan/number.h"

#include <string.h>

enum { MOST_FIGURES = 12, MOST_DECIMALS = 6 };

typedef __int128 wide; /* products of two numbers have room */

/* Signs, spaces and points of UTF-8 text, by their bytes. */
static size_t starts_with(const char *s, const char *const *words)
{
    for (; *words; words++)
        if (strncmp(s, *words, strlen(*words)) == 0)
            return strlen(*words);
    return 0;
}

static const char *const spaces[] = {" ", "\n", "\t", "\r", "\u00A0", "\u202F", "\u2009", NULL};
static const char *const minuses[] = {"-", "−", "–", NULL};

static const char *skip_spaces(const char *s)
{
    for (size_t n; (n = starts_with(s, spaces));)
        s += n;
    return s;
}

/* Figures with spaces between them; returns what follows the last one. */
static const char *read_figures(const char *s, struct plan_number *n, int *count)
{
    const char *end = s;
    while (*s >= '0' && *s <= '9' && *count <= MOST_FIGURES) {
        n->units = n->units * 10 + (*s++ - '0');
        ++*count;
        end = s;
        s = skip_spaces(s);
    }
    return end;
}

bool plan_read_number(const char *text, struct plan_number *n)
{
    const char *s = skip_spaces(text);
    int count = 0;
    *n = (struct plan_number){0, 0};
    size_t sign = starts_with(s, minuses);
    s += *s == '+' ? 1 : sign;
    s = read_figures(skip_spaces(s), n, &count);
    int whole = count;
    if (count && (*s == ',' || *s == '.')) {
        for (s++; *s >= '0' && *s <= '9' && count <= MOST_FIGURES; s++, count++)
            n->units = n->units * 10 + (*s - '0');
        n->decimals = count - whole;
        if (!n->decimals)
            return false;
    }
    s = skip_spaces(s);
    s = skip_spaces(s + (*s == '%'));
    n->units = sign ? -n->units : n->units;
    return !*s && whole && count <= MOST_FIGURES && n->decimals <= MOST_DECIMALS;
}

static wide power(int n)
{
    wide p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

void plan_put_number(struct buf *out, struct plan_number n)
{
    int64_t scale = (int64_t)power(n.decimals);
    uint64_t size = n.units < 0 ? 0 - (uint64_t)n.units : (uint64_t)n.units;
    if (n.units < 0)
        buf_putc(out, '-');
    buf_printf(out, "%llu", (unsigned long long)(size / (uint64_t)scale));
    if (n.decimals)
        buf_printf(out, ".%0*llu", n.decimals, (unsigned long long)(size % (uint64_t)scale));
}

/* The same number with more decimals. */
static wide units_at(struct plan_number n, int decimals)
{
    return (wide)n.units * power(decimals - n.decimals);
}

static int longer(struct plan_number a, struct plan_number b)
{
    return a.decimals > b.decimals ? a.decimals : b.decimals;
}

int plan_compare_numbers(struct plan_number a, struct plan_number b)
{
    wide x = units_at(a, longer(a, b)), y = units_at(b, longer(a, b));
    return (x > y) - (x < y);
}

/* What has no room loses decimals, then stays at the greatest number there is. */
static struct plan_number narrow(wide units, int decimals)
{
    const wide most = INT64_MAX / 1000;
    for (; decimals > 0 && (units > most || units < -most); decimals--)
        units /= 10;
    if (units > most || units < -most)
        units = units > 0 ? most : -most;
    return (struct plan_number){(int64_t)units, decimals};
}

struct plan_number plan_add(struct plan_number a, struct plan_number b)
{
    int decimals = longer(a, b);
    return narrow(units_at(a, decimals) + units_at(b, decimals), decimals);
}

struct plan_number plan_subtract(struct plan_number a, struct plan_number b)
{
    b.units = -b.units;
    return plan_add(a, b);
}

bool plan_divide(struct plan_number a, struct plan_number b, int scale, int decimals,
                 struct plan_number *out)
{
    if (b.units == 0)
        return false;
    int both = longer(a, b);
    wide top = units_at(a, both) * scale * power(decimals), bottom = units_at(b, both);
    if (bottom < 0) {
        top = -top;
        bottom = -bottom;
    }
    wide half = bottom / 2;
    wide rounded = top >= 0 ? (top + half) / bottom : -((-top + half) / bottom);
    if (rounded > INT64_MAX / 1000 || rounded < -INT64_MAX / 1000)
        return false;
    *out = (struct plan_number){(int64_t)rounded, decimals};
    return true;
}
