/* Where a line may break: UAX #14 through libunibreak, then the rules of office text.
 *
 * libunibreak looks up every character's class by search and takes 50 ns a character. Most of
 * a text is letters, between which it never breaks, and digits likewise (classes AL and NU, rules
 * LB28 and LB25), and between two words of letters a space never does anything but allow a break
 * after it (LB18): a run of plain words is handed over as one letter, a run of digits as one
 * digit, and the result spread again. That leaves about one character a word.
 *
 * Of the mandatory breaks only those after U+000A and U+2028 are kept; other characters that
 * force a line, which XML hardly lets through, allow a break. An inline object (U+FFFC) is shown
 * to the algorithm as an ideograph, which may have a break on either side but not before
 * closing punctuation; class CB would leave that open. */
#include "base/mem.h"
#include "text/office.h"

#include <linebreak.h>
#include <stdlib.h>

/* TeX's \hyphenpenalty: a soft hyphen is a hyphen the author wants. */
enum { SOFT_HYPHEN_PENALTY = 50, SOFT_HYPHEN = 0xAD, OBJECT = 0xFFFC, IDEOGRAPH = 0x4E00 };

enum { CHARS_ON_STACK = 512, PENDING = 1 };

/* Letters of class AL; ё and its like among them. */
static bool is_plain_letter(uint32_t c)
{
    return (c >= 0x400 && c <= 0x45F) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The end of the run that starts at `i`, and the one character that stands for it. */
static size_t skip_run(const uint32_t *cps, size_t i, size_t n, utf32_t *stand_in)
{
    uint32_t c = cps[i++];
    if (is_plain_letter(c)) {
        *stand_in = 'a';
        while (i < n && (is_plain_letter(cps[i]) ||
                         (cps[i] == ' ' && i + 1 < n && is_plain_letter(cps[i + 1]))))
            i++;
    } else if (text_is_digit(c)) {
        *stand_in = '0';
        while (i < n && text_is_digit(cps[i]))
            i++;
    } else {
        *stand_in = c == OBJECT ? IDEOGRAPH : c;
    }
    return i;
}

/* The value for the break after `c` that libunibreak calls `brk`. */
static text_break break_value(uint32_t c, char brk)
{
    if (brk == LINEBREAK_MUSTBREAK && (c == '\n' || c == 0x2028))
        return TEXT_BREAK_MUST;
    if (brk == LINEBREAK_MUSTBREAK || brk == LINEBREAK_ALLOWBREAK)
        return c == SOFT_HYPHEN ? SOFT_HYPHEN_PENALTY : 0;
    return TEXT_BREAK_NEVER;
}

static void fill_breaks(const uint32_t *cps, size_t n, const char *language, text_break *breaks)
{
    static bool ready;
    if (!ready) {
        init_linebreak();
        ready = true;
    }
    utf32_t few[CHARS_ON_STACK], *short_text = few;
    char few_brks[CHARS_ON_STACK], *brks = few_brks;
    if (n > CHARS_ON_STACK) {
        short_text = mem_alloc(n * sizeof *short_text);
        brks = mem_alloc(n);
    }
    size_t m = 0;
    for (size_t i = 0, end; i < n; i = end, m++) {
        end = skip_run(cps, i, n, &short_text[m]);
        while (++i < end)
            breaks[i] = cps[i - 1] == ' ' ? 0 : TEXT_BREAK_NEVER;
        breaks[end] = PENDING;
    }
    set_linebreaks_utf32(short_text, m, language, brks);
    m = 0;
    for (size_t i = 1; i <= n; i++)
        if (breaks[i] == PENDING)
            breaks[i] = break_value(cps[i - 1], brks[m++]);
    if (n > CHARS_ON_STACK) {
        free(short_text);
        free(brks);
    }
}

void text_find_breaks(const uint32_t *cps, size_t n, const char *language, bool office,
                      text_break *breaks)
{
    if (n > 0)
        fill_breaks(cps, n, language, breaks);
    if (office)
        text_apply_office_rules(cps, n, breaks);
    breaks[0] = TEXT_BREAK_NEVER;
    breaks[n] = TEXT_BREAK_MUST;
}
