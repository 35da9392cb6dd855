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
    struct src_loc at;
};

struct plan_measures {
    const char *file, *title;
    const char *name; /* the file's name without folder and .xml */
    const char *date; /* of the document, ДД.ММ.ГГГГ or «» */
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

/* The measure with the id, or the only one with the number (the last full stop does not count).
 * NULL: none, or several; then *several is set. */
const struct plan_measure *plan_find_measure(const struct plan_measures *measures,
                                             const char *name, bool *several);

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
    const struct plan_record *record; /* the last one; NULL: none */
    enum plan_state state;
    bool has_due;
    plan_day from, due; /* `due` after postponing */
};

struct plan_items {
    struct plan_item *items;
    size_t len, cap;
};

/* Every deadline of every measure in the period as it stands on the day `on`, in the order of
 * measures, then of days. Records after `on` are not looked at. Records without a measure, two
 * that contradict each other, deadlines that are not understood: told in `diag`. */
void plan_assess(const struct plan_measures *measures, const struct plan_records *records,
                 const struct plan_period *period, plan_day on, struct plan_items *out,
                 struct diag *diag);

#endif
