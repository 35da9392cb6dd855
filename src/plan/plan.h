/* Measures of roadmaps, records of what was done, and how both stand on a day. */
#ifndef PRIKAZ_PLAN_PLAN_H
#define PRIKAZ_PLAN_PLAN_H

#include "base/diag.h"
#include "base/mem.h"
#include "plan/deadline.h"

/* All strings are in the arena of the list they belong to, never NULL unless it is said. */
struct plan_measure {
    const char *number, *id; /* as printed («1.3.»); «roadmap-1.3» */
    const char *title;
    const char *deadline; /* in the document's words */
    const char *when;     /* what these mean: the override, else the same */
    const char *section;  /* of the nearest section, «» when there is none */
    const char *const *parties;
    size_t party_count;
    plan_day since; /* when it came into force; INT32_MIN: not known */
    struct src_loc at;
};

struct plan_measures {
    const char *file, *title;
    const char *name;  /* the file's name without folder and .xml */
    const char *date;  /* of the document, ДД.ММ.ГГГГ or «» */
    const char *label; /* «Приказ от 27.01.2021 № 54»; «» when it has no number */
    struct plan_measure *items;
    size_t len, cap;
};

enum plan_mark { /* what a record says */
                 PLAN_DONE,
                 PLAN_PARTLY,
                 PLAN_NOT_DONE,
                 PLAN_POSTPONED,
                 PLAN_CANCELLED,
                 PLAN_MARKS
};

/* The mark of a word of the vocabulary («done») or, in a spreadsheet, of Russian («выполнено»);
 * PLAN_MARKS when there is none. */
enum plan_mark plan_find_mark(const char *word);
/* The word of the vocabulary. */
const char *plan_mark_name(enum plan_mark mark);

struct plan_record {
    const char *measure; /* number or id */
    plan_day date, to;   /* `to` is meant only when has_to */
    bool has_to;
    enum plan_mark mark;
    int percent;                                                       /* -1: not said */
    const char *value, *target, *responsible, *evidence, *link, *note; /* NULL: not said */
    struct src_loc at;
};

struct plan_records {
    struct plan_record *items;
    size_t len, cap;
};

/* A party list «УО, МКУ «ЦОД», школы» to names: parted by commas and semicolons outside of quotes
 * and brackets. Appends arena copies to *out. */
struct plan_names {
    const char **items;
    size_t len, cap;
};
void plan_split_parties(struct arena *arena, const char *list, struct plan_names *out);

/* The same name, the case of its first letter aside: a name may begin a cell or not. */
bool plan_same_party(const char *a, const char *b);

/* Measures by their names; free it before the list. */
struct plan_index;
struct plan_index *plan_new_index(const struct plan_measures *measures);
void plan_free_index(struct plan_index *index);

/* The measure with the id, or the only one with the number (the last full stop does not count).
 * NULL: none, or several; then *several is set. */
const struct plan_measure *plan_find_measure(const struct plan_index *index, const char *name,
                                             bool *several);

/* --- two editions ------------------------------------------------------------------------ */

enum {
    PLAN_EDIT_TITLE = 1,
    PLAN_EDIT_DEADLINE = 2,
    PLAN_EDIT_PARTIES = 4,
    PLAN_EDIT_NUMBER = 8
};

/* Dropped: `now` is NULL; added: `before` is NULL; changed: `what` says in what. */
struct plan_edit {
    const struct plan_measure *before, *now;
    unsigned what;
};

struct plan_edits {
    struct plan_edit *items;
    size_t len, cap;
};

/* What is another in the newer edition, appended to `out`: what was dropped or changed in the
 * order of the older one, then what was added. A measure that was there before keeps the day from
 * which it is in force. The caller frees out->items. */
void plan_compare_editions(const struct plan_measures *before, struct plan_measures *now,
                           struct plan_edits *out);

/* --- how it stands ----------------------------------------------------------------------- */

/* How one deadline of one measure stands. The order is that of lists for readers. */
enum plan_state {
    PLAN_STATE_OVERDUE,
    PLAN_STATE_DUE, /* its time runs, or it is due within 30 days */
    PLAN_STATE_PARTLY,
    PLAN_STATE_POSTPONED,
    PLAN_STATE_DONE,
    PLAN_STATE_CANCELLED,
    PLAN_STATE_LATER,      /* its time has not begun */
    PLAN_STATE_CONTINUOUS, /* no day, nothing recorded */
    PLAN_STATE_EVENT,      /* the same */
    PLAN_STATE_UNCLEAR,    /* the deadline is not understood */
    PLAN_STATES
};
const char *plan_state_name(enum plan_state state); /* for data: «overdue» */

struct plan_item {
    const struct plan_measure *measure;
    const struct plan_record *record;    /* the last one; NULL: none */
    const struct plan_record *indicator; /* the last one with a value; NULL: none */
    enum plan_state state;
    bool has_due, has_plan;
    plan_day from, due; /* `due` after postponing */
    plan_day planned;   /* due as the document has it; meant only when has_plan */
};

struct plan_items {
    struct plan_item *items;
    size_t len, cap;
};

/* What is asked. */
struct plan_question {
    const struct plan_measures *measures;
    const struct plan_measures *former; /* an edition before this one; NULL: there is none */
    const struct plan_records *records;
    struct plan_period period;
    plan_day on;
};

/* Every deadline of every measure in the period as it stands on the day `on`, in the order of
 * measures, then of days. Records after `on` are not looked at. Records without a measure or of
 * one of the former edition, two that contradict each other, deadlines that are not understood:
 * told in `diag`. */
void plan_assess(const struct plan_question *question, struct plan_items *out,
                 struct diag *diag);

/* How a measure stands as a report tells it; in the order of its columns. */
enum plan_standing {
    PLAN_STANDING_DONE,
    PLAN_STANDING_PARTLY,  /* not in full, whether its time is over or not */
    PLAN_STANDING_OVERDUE, /* its time is over and nothing was done */
    PLAN_STANDING_POSTPONED,
    PLAN_STANDING_CANCELLED,
    PLAN_STANDING_LATER, /* a deadline is still to come */
    PLAN_STANDING_OPEN,  /* no day, and nothing recorded */
    PLAN_STANDING_NONE,  /* not due in the year: it is not among the planned ones */
    PLAN_STANDINGS
};
const char *plan_standing_name(enum plan_standing standing); /* for data: «done» */
enum plan_standing plan_weigh_item(const struct plan_item *item);

struct plan_outcome {
    const struct plan_measure *measure;
    enum plan_standing standing;
    const struct plan_item *items; /* its deadlines */
    size_t count;
    const struct plan_record *record;    /* that explains it; NULL: none */
    const struct plan_record *indicator; /* the last with a value; NULL: none */
};

struct plan_outcomes {
    struct plan_outcome *items;
    size_t len, cap;
};

/* One outcome a measure, in their order; `items` must stay as long. The caller frees. */
void plan_weigh(const struct plan_measures *measures, const struct plan_items *items,
                struct plan_outcomes *out);

/* A record's value is its target or more (of words: the same). */
bool plan_is_reached(const struct plan_record *record);

/* How many stand how; starts with zeroes. */
struct plan_tally {
    size_t measures[PLAN_STANDINGS], deadlines[PLAN_STANDINGS];
    size_t indicators, reached;
};
void plan_count_outcome(struct plan_tally *tally, const struct plan_outcome *outcome);
void plan_count_item(struct plan_tally *tally, const struct plan_item *item);
/* All but those that are not due. */
size_t plan_count_planned(const size_t counts[PLAN_STANDINGS]);

#endif
