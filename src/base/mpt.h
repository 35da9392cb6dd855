/* Lengths: integers in thousandths of a point, so that layout is the same on every machine. */
#ifndef PRIKAZ_BASE_MPT_H
#define PRIKAZ_BASE_MPT_H

#include <stdint.h>

/* A length in 1/1000 pt. What a document says is clamped to +-MPT_MAX (about 35 km) when it is
 * read, so that millions of such lengths add up without overflow. */
typedef int64_t mpt;

#define MPT_MAX ((mpt)100000000000)
#define PT(n)   ((mpt)(n)*1000)

static inline mpt mpt_clamp(mpt v)
{
    return v > MPT_MAX ? MPT_MAX : v < -MPT_MAX ? -MPT_MAX : v;
}

static inline mpt mpt_min(mpt a, mpt b)
{
    return a < b ? a : b;
}

static inline mpt mpt_max(mpt a, mpt b)
{
    return a > b ? a : b;
}

/* v * num / den, rounded half away from zero; |v * num| must fit 63 bits, den > 0. */
static inline mpt mpt_scale(mpt v, int64_t num, int64_t den)
{
    int64_t p = v * num;
    return p >= 0 ? (p + den / 2) / den : -((-p + den / 2) / den);
}

#endif
