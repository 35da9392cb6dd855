/* Areas appended in painting order, and what a text area says. */
#include "area/area.h"
#include "base/buf.h"

#include <string.h>

/* Words closer than this part of an em belong to one word of the language: kerned halves,
 * a word cut where its font changes. The narrowest space in use is an eighth. */
enum { APART = 10 };

static enum area_role role_bit(const char *role)
{
    static const struct {
        const char *name;
        enum area_role bit;
    } roles[] = {{"TD", AREA_TD},
                 {"P", AREA_P},
                 {"TR", AREA_TR},
                 {"TH", AREA_TH},
                 {"LI", AREA_LI},
                 {"Lbl", AREA_LBL},
                 {"LBody", AREA_LBODY},
                 {"L", AREA_L},
                 {"Link", AREA_LINK_ROLE},
                 {"Span", AREA_INLINE},
                 {"Reference", AREA_INLINE},
                 {"Quote", AREA_INLINE},
                 {"Code", AREA_INLINE},
                 {"Div", AREA_GROUPING},
                 {"Sect", AREA_GROUPING},
                 {"Document", AREA_GROUPING},
                 {"Part", AREA_GROUPING},
                 {"Art", AREA_GROUPING},
                 {"BlockQuote", AREA_GROUPING},
                 {"Index", AREA_GROUPING},
                 {"NonStruct", AREA_GROUPING},
                 {"Private", AREA_GROUPING},
                 {"BibEntry", AREA_GROUPING},
                 {"Table", AREA_TABLE},
                 {"THead", AREA_THEAD},
                 {"TBody", AREA_TBODY},
                 {"TFoot", AREA_TFOOT},
                 {"Caption", AREA_CAPTION},
                 {"Figure", AREA_FIGURE},
                 {"Note", AREA_NOTE},
                 {"TOC", AREA_TOC},
                 {"TOCI", AREA_TOCI},
                 {"H", AREA_H},
                 {"Formula", AREA_FORMULA},
                 {"Form", AREA_FORM}};
    if (role[0] == 'H' && role[1] >= '1' && role[1] <= '6' && !role[2])
        return AREA_HEADING;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i].name, role) == 0)
            return roles[i].bit;
    return AREA_OTHER;
}

void area_set_role(struct area_tag *tag, const char *role, struct area_tag *parent)
{
    tag->role = role;
    tag->parent = parent;
    tag->role_bit = role_bit(role);
    tag->roles_around = tag->role_bit | (parent ? parent->roles_around : 0);
}

struct area *area_add(struct area_page *page, enum area_type type)
{
    struct area *a = ARENA_NEW(page->arena, struct area);
    a->type = type;
    if (page->last_child)
        page->last_child->next = a;
    else
        page->child = a;
    page->last_child = a;
    return a;
}

struct area *area_add_to_group(struct arena *arena, struct area *group, enum area_type type)
{
    REQUIRE(group->type == AREA_GROUP);
    struct area *a = ARENA_NEW(arena, struct area);
    a->type = type;
    if (group->as.group.last_child)
        group->as.group.last_child->next = a;
    else
        group->as.group.child = a;
    group->as.group.last_child = a;
    return a;
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F;
}

bool area_word_is_apart(const struct area *text, size_t i)
{
    if (i == 0)
        return false;
    const struct area_word *last = &text->as.text.words[i - 1], *word = last + 1;
    const struct text_word *a = last->word, *b = word->word;
    if (!a->cp_count || !b->cp_count || is_space(a->cps[a->cp_count - 1]) ||
        is_space(b->cps[0]))
        return false;
    mpt size = text->as.text.size;
    mpt end = last->x + text_scale(a->font, a->advance, size) +
              a->glyph_count * text->as.text.letter_spacing;
    return word->x - end >= size / APART;
}

void area_put_text(const struct area *text, struct buf *out)
{
    for (size_t i = 0; i < text->as.text.count; i++) {
        const struct area_word *w = &text->as.text.words[i];
        size_t n = w->word->cp_count;
        if (area_word_is_apart(text, i))
            buf_putc(out, ' ');
        if (n && w->flags & AREA_WORD_HYPHEN)
            n--;
        for (size_t k = 0; k < n; k++)
            buf_put_utf8(out, w->word->cps[k]);
    }
}
