/* White space of a paragraph (7.17): which of its characters stay.
 *
 * The rules are the block's own, and they look at one run of text between two objects or inlines at
 * a time: spaces collapse within it, so that «a <inline> b» has two. A space belongs to a line feed
 * that stays, or to the beginning or the end of the paragraph, when nothing but white space parts
 * them; whether it is ignored there is for white-space-treatment to say, also where white space does
 * not collapse. */
#include "layout/para.h"

struct treatment {
    struct para *para;
    enum fo_linefeed feed;
    enum fo_white_space_treatment spaces;
    bool collapse;
    bool
        after_feed; /* nothing but white space since the paragraph's beginning or a line feed */
    size_t known;   /* the characters before this one are before a line feed, or not */
    bool before_feed;
};

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\r';
}

/* What a leader repeats stands in the midst of a line. */
static bool is_within_line(const struct para *para)
{
    return para->run.block->type == FO_LEADER;
}

bool space_ends_dropped(const struct para *para, bool before_feed)
{
    if (is_within_line(para))
        return false;
    enum fo_white_space_treatment t = para->style->inh.white_space_treatment;
    return t == FO_WS_IGNORE || t == FO_WS_IGNORE_SURROUNDING_LINEFEED ||
           t == (before_feed ? FO_WS_IGNORE_BEFORE_LINEFEED : FO_WS_IGNORE_AFTER_LINEFEED);
}

/* Nothing but white space stands between character i and a line feed or the paragraph's end. */
static bool is_before_feed(struct treatment *t, const struct space_run *run, size_t i)
{
    const uint32_t *cps = t->para->cps;
    if (i < t->known)
        return t->before_feed;
    for (i++; i < run->to &&
              (is_blank(cps[i]) || (cps[i] == '\n' && t->feed != FO_LINEFEED_PRESERVE));)
        i++;
    t->known = i;
    t->before_feed = i < run->to ? cps[i] == '\n' || cps[i] == SPACE_FEED : run->ends;
    return t->before_feed;
}

static bool is_ignored(struct treatment *t, const struct space_run *run, size_t i)
{
    switch (t->spaces) {
    case FO_WS_IGNORE:
        return true;
    case FO_WS_IGNORE_BEFORE_LINEFEED:
        return is_before_feed(t, run, i);
    case FO_WS_IGNORE_AFTER_LINEFEED:
        return t->after_feed;
    case FO_WS_IGNORE_SURROUNDING_LINEFEED:
        return t->after_feed || is_before_feed(t, run, i);
    case FO_WS_PRESERVE:
        break;
    }
    return false;
}

/* What a line feed becomes that is not a space. */
static uint32_t treat_feed(struct treatment *t)
{
    if (t->feed == FO_LINEFEED_IGNORE)
        return SPACE_GONE;
    if (t->feed == FO_LINEFEED_ZWSP)
        return 0x200B;
    t->after_feed = true;
    return SPACE_FEED;
}

static void treat_run(struct treatment *t, const struct space_run *run)
{
    uint32_t *cps = t->para->cps;
    bool in_space = false;
    if (run->of_block)
        t->after_feed = run->begins;
    for (size_t i = run->from; i < run->to; i++) {
        if (is_blank(cps[i]) || (cps[i] == '\n' && t->feed == FO_LINEFEED_SPACE)) {
            bool gone = (in_space && t->collapse) || is_ignored(t, run, i);
            cps[i] = gone ? SPACE_GONE : ' ';
            in_space |= !gone;
        } else if (cps[i] == '\n') {
            cps[i] = treat_feed(t);
            in_space &= cps[i] == SPACE_GONE;
        } else {
            in_space = false;
            t->after_feed = cps[i] == SPACE_FEED;
        }
    }
}

/* Spaces at the ends of the last inlines are before the paragraph's end too. */
static void treat_end(const struct para *para)
{
    for (size_t i = para->cp_count;
         i-- > 0 && (para->cps[i] == ' ' || para->cps[i] == SPACE_GONE);)
        para->cps[i] = SPACE_GONE;
}

void space_treat(struct para *para, const struct space_run *runs, size_t count)
{
    const struct fo_inherited *inh = &para->style->inh;
    struct treatment t = {.para = para,
                          .feed = inh->linefeed_treatment,
                          .spaces = inh->white_space_treatment,
                          .collapse = inh->white_space_collapse,
                          .after_feed = !is_within_line(para)};
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i ? runs[i - 1].to : 0; k < runs[i].from; k++)
            t.after_feed = para->cps[k] == SPACE_EDGE;
        treat_run(&t, &runs[i]);
    }
    if (space_ends_dropped(para, true))
        treat_end(para);
}
