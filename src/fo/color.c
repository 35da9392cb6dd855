/* Colours by name and in hexadecimal: those of CSS, and system colours. */
#include "base/color.h"
#include "fo/expr.h"

/* What CSS 2 calls system colours: paper has no desktop, so these are a plain light one. */
static const struct color system_names[] = {
    {"activeborder", 0x808080},
    {"activecaption", 0xC0C0C0},
    {"appworkspace", 0xFFFFFF},
    {"background", 0xFFFFFF},
    {"buttonface", 0xD3D3D3},
    {"buttonhighlight", 0xFFFFFF},
    {"buttonshadow", 0x808080},
    {"buttontext", 0x000000},
    {"captiontext", 0x000000},
    {"graytext", 0x808080},
    {"highlight", 0x000080},
    {"highlighttext", 0xFFFFFF},
    {"inactiveborder", 0xD3D3D3},
    {"inactivecaption", 0xD3D3D3},
    {"inactivecaptiontext", 0x808080},
    {"infobackground", 0xFFFFE0},
    {"infotext", 0x000000},
    {"menu", 0xD3D3D3},
    {"menutext", 0x000000},
    {"scrollbar", 0xD3D3D3},
    {"threeddarkshadow", 0x696969},
    {"threedface", 0xD3D3D3},
    {"threedhighlight", 0xFFFFFF},
    {"threedlightshadow", 0xD3D3D3},
    {"threedshadow", 0x808080},
    {"window", 0xFFFFFF},
    {"windowframe", 0x000000},
    {"windowtext", 0x000000},
};

bool fo_color_find(struct fo_slice name, uint32_t *rgb)
{
    return color_find((struct color_key){name.s, name.len}, rgb);
}

bool fo_color_system(struct fo_slice name, uint32_t *rgb)
{
    return color_search(system_names, sizeof system_names / sizeof *system_names,
                        (struct color_key){name.s, name.len}, rgb);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool fo_color_hex(struct fo_slice digits, uint32_t *rgb)
{
    uint32_t v = 0;
    if (digits.len != 3 && digits.len != 6)
        return false;
    for (size_t i = 0; i < digits.len; i++) {
        int d = hex_digit(digits.s[i]);
        if (d < 0)
            return false;
        v = v << 4 | (uint32_t)d;
        if (digits.len == 3)
            v = v << 4 | (uint32_t)d;
    }
    *rgb = v;
    return true;
}
