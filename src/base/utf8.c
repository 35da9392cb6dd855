/* UTF-8 to code points: see utf8.h. */
#include "base/utf8.h"

uint32_t utf8_next_any(const char **p, const char *end)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *s = (const unsigned char *)*p;
    uint32_t c = *s++;
    size_t more = c < 0x80                ? 0
                  : c >= 0xC2 && c < 0xE0 ? 1
                  : c >= 0xE0 && c < 0xF0 ? 2
                  : c >= 0xF0 && c < 0xF5 ? 3
                                          : 4;
    *p = (const char *)s;
    if (more == 0)
        return c;
    if (more == 4 || (size_t)(end - *p) < more)
        return 0xFFFD;
    uint32_t cp = c & (0x3FU >> more);
    for (size_t i = 0; i < more; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0xFFFD;
        cp = cp << 6 | (s[i] & 0x3F);
    }
    if (cp < least[more] || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
        return 0xFFFD;
    *p += more;
    return cp;
}
