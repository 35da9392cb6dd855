/* Inside the text stage: words of office text taken apart, for the rules in office.c. */
#ifndef PRIKAZ_TEXT_OFFICE_H
#define PRIKAZ_TEXT_OFFICE_H

#include "text/text.h"

/* What a token is. The first group is read off its characters, the second off the lexicon. */
enum token_bits {
    T_NUMBER = 1 << 0,   /* 5; 37,2; 41%; 2020-2022; 16.02.2021 */
    T_YEAR = 1 << 1,     /* 2021, a range of years, a date that ends in a year */
    T_DATE = 1 << 2,     /* 16.02.2021 */
    T_DAY = 1 << 3,      /* 1..31 */
    T_ORDINAL = 1 << 4,  /* 9-х */
    T_ROMAN = 1 << 5,    /* XI */
    T_INITIALS = 1 << 6, /* И.О. */
    T_CAPITAL = 1 << 7,  /* Фамилия, Агуй-Шапсуг */
    T_CAPITALS = 1 << 8, /* ФГОС */
    T_LOWER = 1 << 9,    /* starts with a small letter */
    T_DASH = 1 << 10,    /* nothing but dashes */
    T_DASHED = 1 << 11,  /* starts with a dash, «–это», «-9» */
    T_SIGN = 1 << 12,    /* ends with № or § */
    T_SIGNED = 1 << 13,  /* starts with № or § */
    T_SINGLE = 1 << 14,  /* one letter, perhaps with a full stop */
    T_SPACED = 1 << 15,  /* one of a letter-spaced word: п р и к а з */
    T_LABEL = 1 << 16, /* first in its paragraph and a list's number or letter: «1.», «а)» */
    T_FIRST = 1 << 17,      /* first in its paragraph */
    T_OPENED = 1 << 18,     /* « or ( before it */
    T_CLOSED = 1 << 19,     /* a comma, a closing quote or the like after it */
    T_DOT = 1 << 20,        /* a full stop directly after it */
    T_PERCENT = 1 << 21,    /* starts with a sign that belongs to the number before it */
    T_TRIPLE = 1 << 22,     /* starts with exactly three digits: the «000» of «10 000» */
    T_HEAD = 1 << 23,       /* one to three digits and nothing else */
    T_GLUED_YEAR = 1 << 24, /* 2021г, 2023года */
    T_PLAIN = 1 << 25,      /* letters and the punctuation around them, no more */
    T_BLANK = 1 << 26       /* ____, to be filled in by hand */
};

enum word_bits {
    W_SHORT = 1 << 0,    /* preposition or conjunction that leans on the next word */
    W_PARTICLE = 1 << 1, /* leans on the word before: же, ли, бы */
    W_NOT = 1 << 2,      /* не, ни */
    W_MONTH = 1 << 3,
    W_YEAR = 1 << 4,   /* год, г., гг. */
    W_UNIT = 1 << 5,   /* кг, руб., чел. */
    W_SCALE = 1 << 6,  /* тыс., кв.: a unit follows */
    W_PLACE = 1 << 7,  /* г., ул., с.: a name follows; with a full stop */
    W_ITEM = 1 << 8,   /* п., ст., рис.: a number follows; with a full stop */
    W_TITLE = 1 << 9,  /* им., зам., и.о., врио: sticks to whatever follows */
    W_TAIL = 1 << 10,  /* др., т.д., обл.: sticks to what stands before */
    W_NOUN = 1 << 11,  /* приложени-, пункт-: numbered things, given by stem */
    W_BARE = 1 << 12,  /* an abbreviation written without a full stop: врио, г-н */
    W_SCHOOL = 1 << 13 /* учебный: of a year */
};

struct token {
    size_t start, end;     /* in the text, without spaces */
    size_t core, core_end; /* without quotes, brackets and punctuation around */
    uint32_t bits, words;
};

/* The classes of a word, its inner full stops included and the final one not; 0: unknown. */
uint32_t text_look_up_word(const uint32_t *cps, size_t n);
/* Whether the word is an inflected form of one given by its stem (W_NOUN). */
bool text_is_numbered_noun(const uint32_t *cps, size_t n);

/* How many tokens the text has, at most. */
size_t text_count_tokens(const uint32_t *cps, size_t n);
/* Take the text apart into `tokens`; returns how many there are. */
size_t text_read_tokens(const uint32_t *cps, size_t n, struct token *tokens);

/* Small facts about characters, in Russian and Latin script; asked of every character. */
static inline bool text_is_space(uint32_t c)
{
    if (c > 0xA0 && c < 0x2000)
        return false;
    return c == ' ' || c == 0xA0 || c == '\t' || c == '\n' || c == '\r' || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || (c >= 0x2000 && c <= 0x200B) || c == 0x3000;
}

static inline bool text_is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015);
}

static inline bool text_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool text_is_capital(uint32_t c)
{
    return (c >= 0x400 && c <= 0x42F) || (c >= 'A' && c <= 'Z');
}

static inline bool text_is_small(uint32_t c)
{
    return (c >= 0x430 && c <= 0x45F) || (c >= 'a' && c <= 'z');
}

static inline bool text_is_letter(uint32_t c)
{
    return (c >= 0x400 && c <= 0x45F) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline uint32_t text_to_small(uint32_t c)
{
    return !text_is_capital(c) ? c : c >= 0x400 && c <= 0x40F ? c + 80 : c + 32;
}

/* Raise breaks[0..n], already filled by UAX #14, by the rules of office text. */
void text_apply_office_rules(const uint32_t *cps, size_t n, text_break *breaks);

#endif
