/* Fixed-point arithmetic: the same drawing gives the same numbers on every machine.
 *
 * Lengths are millionths of a user unit, factors of matrices billionths, products 128 bits wide;
 * everything saturates at SVG_MAX. Sine and cosine are Taylor series on 0..45 degrees with 60
 * binary places: ten terms leave an error below the last place of a factor, and no table is
 * needed. */
#include "svg/model.h"

enum { SERIES_BITS = 60 };
#define SERIES_ONE (INT64_C(1) << SERIES_BITS)

/* pi / 180 in units of 2^-60. */
#define RADIAN INT64_C(20122276272436452)

svg_num svg_clamp(svg_wide v)
{
    return v > SVG_MAX ? SVG_MAX : v < -SVG_MAX ? -SVG_MAX : (svg_num)v;
}

static svg_wide divide(svg_wide v, svg_wide by)
{
    if (by < 0) {
        v = -v;
        by = -by;
    }
    return v >= 0 ? (v + by / 2) / by : -((-v + by / 2) / by);
}

svg_num svg_scale(svg_num v, int64_t num, int64_t den)
{
    return svg_clamp(divide((svg_wide)v * num, den));
}

/* Digit by digit, in base four. */
int64_t svg_root(svg_wide square)
{
    svg_wide root = 0, bit = (svg_wide)1 << 124;
    while (bit > square)
        bit >>= 2;
    for (; bit; bit >>= 2) {
        if (square >= root + bit) {
            square -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return (int64_t)root;
}

svg_num svg_length_of(svg_num x, svg_num y)
{
    return svg_clamp(svg_root((svg_wide)x * x + (svg_wide)y * y));
}

/* x - x^3/3! + ... (odd) or 1 - x^2/2! + ...; x up to 0.8 in units of 2^-60. */
static int64_t series(int64_t x, bool odd)
{
    svg_wide square = ((svg_wide)x * x) >> SERIES_BITS;
    svg_wide term = odd ? x : SERIES_ONE, sum = term;
    for (int n = odd ? 2 : 1; n < 20; n += 2) {
        term = -((term * square) >> SERIES_BITS) / ((svg_wide)n * (n + 1));
        sum += term;
    }
    return (int64_t)divide(sum * SVG_UNIT, SERIES_ONE);
}

void svg_find_sine(svg_num degrees, int64_t *sine, int64_t *cosine)
{
    const svg_num right = 90 * SVG_ONE, turn = 4 * right;
    svg_num rest = degrees % turn;
    if (rest < 0)
        rest += turn;
    int quarter = (int)(rest / right);
    rest %= right;
    bool steep = rest > right / 2;
    int64_t x = (int64_t)((svg_wide)(steep ? right - rest : rest) * RADIAN / SVG_ONE);
    int64_t s = series(x, !steep), c = series(x, steep);
    *sine = quarter == 0 ? s : quarter == 1 ? c : quarter == 2 ? -s : -c;
    *cosine = quarter == 0 ? c : quarter == 1 ? -s : quarter == 2 ? -c : s;
}

/* p q + r s of factors. */
static int64_t factor(int64_t p, int64_t q, int64_t r, int64_t s)
{
    svg_wide v = divide((svg_wide)p * q + (svg_wide)r * s, SVG_UNIT);
    const svg_wide most = (svg_wide)SVG_UNIT * SVG_UNIT;
    return (int64_t)(v > most ? most : v < -most ? -most : v);
}

struct svg_matrix svg_concat(const struct svg_matrix *outer, const struct svg_matrix *inner)
{
    struct svg_point move = svg_apply(outer, (struct svg_point){inner->e, inner->f});
    return (struct svg_matrix){factor(outer->a, inner->a, outer->c, inner->b),
                               factor(outer->b, inner->a, outer->d, inner->b),
                               factor(outer->a, inner->c, outer->c, inner->d),
                               factor(outer->b, inner->c, outer->d, inner->d),
                               move.x,
                               move.y};
}

struct svg_point svg_apply(const struct svg_matrix *m, struct svg_point p)
{
    svg_wide x = divide((svg_wide)m->a * p.x + (svg_wide)m->c * p.y, SVG_UNIT);
    svg_wide y = divide((svg_wide)m->b * p.x + (svg_wide)m->d * p.y, SVG_UNIT);
    return (struct svg_point){svg_clamp(x + m->e), svg_clamp(y + m->f)};
}

/* Quotient of the determinant, as a factor: clamped as factors are. */
static int64_t quotient(int64_t v, svg_wide determinant)
{
    svg_wide q = divide((svg_wide)v * SVG_UNIT * SVG_UNIT, determinant);
    const svg_wide most = (svg_wide)SVG_UNIT * SVG_UNIT;
    return (int64_t)(q > most ? most : q < -most ? -most : q);
}

bool svg_invert(const struct svg_matrix *m, struct svg_matrix *inverse)
{
    svg_wide determinant = (svg_wide)m->a * m->d - (svg_wide)m->b * m->c;
    if (determinant > -SVG_UNIT && determinant < SVG_UNIT)
        return false;
    *inverse = (struct svg_matrix){quotient(m->d, determinant),
                                   -quotient(m->b, determinant),
                                   -quotient(m->c, determinant),
                                   quotient(m->a, determinant),
                                   0,
                                   0};
    struct svg_point move = svg_apply(inverse, (struct svg_point){m->e, m->f});
    inverse->e = -move.x;
    inverse->f = -move.y;
    return true;
}

int64_t svg_growth(const struct svg_matrix *m)
{
    svg_wide determinant = (svg_wide)m->a * m->d - (svg_wide)m->b * m->c;
    return svg_root(determinant < 0 ? -determinant : determinant);
}

void svg_box_add(struct svg_box *box, struct svg_point p)
{
    box->x1 = p.x < box->x1 ? p.x : box->x1;
    box->y1 = p.y < box->y1 ? p.y : box->y1;
    box->x2 = p.x > box->x2 ? p.x : box->x2;
    box->y2 = p.y > box->y2 ? p.y : box->y2;
}

struct svg_box svg_box_apply(const struct svg_matrix *m, const struct svg_box *box)
{
    struct svg_box around = SVG_NO_BOX;
    for (int corner = 0; corner < 4; corner++)
        svg_box_add(&around, svg_apply(m, (struct svg_point){corner & 1 ? box->x2 : box->x1,
                                                             corner & 2 ? box->y2 : box->y1}));
    return around;
}
