/* Letters regardless of case, without the C library's locale. */
#ifndef PRIKAZ_PLAN_LETTER_H
#define PRIKAZ_PLAN_LETTER_H

#include <stdint.h>

/* Latin and Russian capitals as small letters, ё as е; everything else as it is. */
static inline uint32_t plan_fold_letter(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F)) /* А to Я */
        return c + 32;
    return c == 0x401 || c == 0x451 ? 0x435 : c; /* Ё, ё */
}

#endif
