/* Upper and lower case for text-transform, for the alphabets of office documents: Latin, Greek,
 * Cyrillic. The C library's tables depend on the locale, which no stage may. */
#include "layout/para.h"

/* Blocks in which capital and small letter stand side by side. */
static bool is_paired(uint32_t cp)
{
    return (cp >= 0x100 && cp <= 0x137) || (cp >= 0x14A && cp <= 0x177) ||
           (cp >= 0x1E00 && cp <= 0x1E95) || (cp >= 0x460 && cp <= 0x481) ||
           (cp >= 0x48A && cp <= 0x4BF) || (cp >= 0x4D0 && cp <= 0x52F);
}

/* Blocks in which the capital is odd. */
static bool is_odd_paired(uint32_t cp)
{
    return (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E) ||
           (cp >= 0x4C1 && cp <= 0x4CE);
}

uint32_t case_upper(uint32_t cp)
{
    if ((cp >= 'a' && cp <= 'z') || (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7) ||
        (cp >= 0x430 && cp <= 0x44F) || (cp >= 0x3B1 && cp <= 0x3CB && cp != 0x3C2))
        return cp - 0x20;
    if (cp >= 0x450 && cp <= 0x45F)
        return cp - 0x50;
    if (is_paired(cp))
        return cp & ~1U;
    if (is_odd_paired(cp))
        return (cp & 1) ? cp : cp - 1;
    return cp == 0xFF ? 0x178 : cp == 0x4CF ? 0x4C0 : cp == 0x3C2 ? 0x3A3 : cp;
}

uint32_t case_lower(uint32_t cp)
{
    if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) ||
        (cp >= 0x410 && cp <= 0x42F) || (cp >= 0x391 && cp <= 0x3AB && cp != 0x3A2))
        return cp + 0x20;
    if (cp >= 0x400 && cp <= 0x40F)
        return cp + 0x50;
    if (is_paired(cp))
        return cp | 1U;
    if (is_odd_paired(cp))
        return (cp & 1) ? cp + 1 : cp;
    return cp == 0x178 ? 0xFF : cp == 0x4C0 ? 0x4CF : cp;
}
