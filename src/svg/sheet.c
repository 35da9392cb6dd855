/* Simple style sheets: type, class and id selectors, lists of them, descendants and children.
 *
 * A rule's declarations count more the more specific its selector is and the later it stands
 * (CSS 2.1, 6.4.3); «!important» is kept with the declaration. At-rules and selectors with
 * attributes or pseudo-classes are reported and left out. */
#include "svg/model.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CLASSES = 4, MOST_RULES = 1000, MOST_STEPS = 16 };

/* One step of a selector: «path.grid#a»; what it stands in goes before it. */
struct step {
    const char *type, *id; /* NULL: any */
    const char *classes[MOST_CLASSES];
    int class_count;
    bool child; /* of the step before it, directly */
};

struct rule {
    struct step steps[MOST_STEPS]; /* from the outside in */
    int step_count, specificity;
    size_t order;
    const struct svg_declaration *declarations;
    size_t count;
};

struct listed {
    const struct rule *rule;
};

struct svg_sheet {
    struct listed *items;
    size_t len, cap;
    bool sorted;
};

void svg_free_sheet(struct svg_sheet *sheet)
{
    if (sheet)
        free(sheet->items);
    free(sheet);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static struct svg_scan trimmed(struct svg_scan s)
{
    svg_skip_space(&s);
    while (s.end > s.p && is_space(s.end[-1]))
        s.end--;
    return s;
}

static char *copy(struct arena *arena, struct svg_scan s)
{
    return arena_strndup(arena, s.p, (size_t)(s.end - s.p));
}

/* --- declarations ------------------------------------------------------------------------- */

/* Up to `stop` outside quotes and parentheses; the text's end when there is none. */
static struct svg_scan take_until(struct svg_scan *s, char stop)
{
    struct svg_scan part = {s->p, s->p};
    char quote = '\0';
    int depth = 0;
    for (; s->p < s->end && (quote || depth || *s->p != stop); s->p++) {
        char c = *s->p;
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '(')
            depth++;
        else if (c == ')' && depth)
            depth--;
    }
    part.end = s->p;
    if (s->p < s->end)
        s->p++;
    return part;
}

/* Take «!important» off the end of a value. */
static bool take_important(struct svg_scan *value)
{
    static const char word[] = "important";
    const size_t n = sizeof word - 1;
    if ((size_t)(value->end - value->p) <= n ||
        !svg_is_word((struct svg_scan){value->end - n, value->end}, word))
        return false;
    const char *p = value->end - n;
    while (p > value->p && is_space(p[-1]))
        p--;
    if (p == value->p || p[-1] != '!')
        return false;
    value->end = p - 1;
    *value = trimmed(*value);
    return true;
}

void svg_parse_declarations(struct arena *arena, struct svg_scan text,
                            struct svg_declarations *list)
{
    while (text.p < text.end) {
        struct svg_scan one = take_until(&text, ';');
        struct svg_scan name = trimmed(take_until(&one, ':')), value = trimmed(one);
        if (name.p == name.end || value.p == value.end)
            continue;
        struct svg_declaration d = {.important = take_important(&value)};
        d.name = copy(arena, name);
        d.value = copy(arena, value);
        VEC_PUSH(list, d);
    }
}

/* --- selectors ---------------------------------------------------------------------------- */

/* Names may have any character beyond ASCII too. */
static struct svg_scan take_name(struct svg_scan *s)
{
    struct svg_scan name = {s->p, s->p};
    while (s->p < s->end && !is_space(*s->p) && !strchr(".#>,:[+~*()\"'", *s->p))
        s->p++;
    name.end = s->p;
    return name;
}

/* One step; false when it holds something that is not supported. */
static bool parse_step(struct arena *arena, struct svg_scan *s, struct rule *rule)
{
    struct step *step = &rule->steps[rule->step_count++];
    const char *before = s->p;
    if (!svg_scan_char(s, '*') && s->p < s->end && *s->p != '.' && *s->p != '#') {
        step->type = copy(arena, take_name(s));
        rule->specificity += *step->type ? 1 : 0;
    }
    while (s->p < s->end && (*s->p == '.' || *s->p == '#')) {
        bool id = *s->p++ == '#';
        struct svg_scan name = take_name(s);
        if (name.p == name.end || (!id && step->class_count == MOST_CLASSES))
            return false;
        if (id)
            step->id = copy(arena, name);
        else
            step->classes[step->class_count++] = copy(arena, name);
        rule->specificity += id ? 10000 : 100;
    }
    return s->p > before && (s->p == s->end || is_space(*s->p) || *s->p == '>');
}

static bool parse_selector(struct arena *arena, struct svg_scan s, struct rule *rule)
{
    bool child = false;
    s = trimmed(s);
    if (s.p == s.end)
        return false;
    while (s.p < s.end) {
        if (rule->step_count == MOST_STEPS || !parse_step(arena, &s, rule))
            return false;
        rule->steps[rule->step_count - 1].child = child;
        svg_skip_space(&s);
        child = svg_scan_char(&s, '>');
        svg_skip_space(&s);
    }
    return !child;
}

static void add_rules(struct svg_reader *r, const xmlNode *node, struct svg_scan selectors,
                      struct svg_scan body)
{
    struct svg_declarations list = {0};
    svg_parse_declarations(r->arena, body, &list);
    const struct svg_declaration *kept =
        list.len ? arena_copy(r->arena, list.items, list.len * sizeof *list.items) : NULL;
    while (selectors.p < selectors.end && r->sheet->len < MOST_RULES) {
        struct svg_scan one = trimmed(take_until(&selectors, ','));
        struct rule *rule = ARENA_NEW(r->arena, struct rule);
        *rule = (struct rule){.order = r->sheet->len, .declarations = kept, .count = list.len};
        if (parse_selector(r->arena, one, rule))
            VEC_PUSH(r->sheet, ((struct listed){rule}));
        else
            svg_report(r, DIAG_WARNING, node, "svg-style",
                       _("the selector «%.*s» is not supported; its rule is left out"),
                       (int)(one.end - one.p < 60 ? one.end - one.p : 60), one.p);
    }
    free(list.items);
}

/* --- sheets ------------------------------------------------------------------------------- */

/* Comments become spaces; so do the signs that hid sheets from browsers of the nineties. */
static void blank_comments(char *s)
{
    for (char *p = s; *p; p++) {
        size_t n = 0;
        if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");
            n = end ? (size_t)(end + 2 - p) : strlen(p);
        } else if (strncmp(p, "<!--", 4) == 0) {
            n = 4;
        } else if (strncmp(p, "-->", 3) == 0) {
            n = 3;
        }
        if (n) {
            memset(p, ' ', n);
            p += n - 1;
        }
    }
}

/* Skip «@name ...;» or «@name ... { ... }». */
static void skip_at_rule(struct svg_scan *s)
{
    int depth = 0;
    for (; s->p < s->end; s->p++) {
        if (*s->p == '{')
            depth++;
        else if (*s->p == '}')
            depth--;
        if ((*s->p == ';' && depth == 0) || (*s->p == '}' && depth <= 0)) {
            s->p++;
            return;
        }
    }
}

void svg_add_sheet(struct svg_reader *r, const xmlNode *node, const char *text)
{
    char *plain = arena_strdup(r->arena, text);
    blank_comments(plain);
    struct svg_scan s = svg_scan_text(plain), name;
    if (!r->sheet)
        r->sheet = mem_zalloc(sizeof *r->sheet);
    while (!svg_at_end(&s)) {
        if (svg_scan_char(&s, '@')) {
            if (svg_scan_name(&s, &name))
                svg_report(r, DIAG_WARNING, node, "svg-style",
                           _("@%.*s in a style sheet is not supported; it is left out"),
                           (int)(name.end - name.p < 30 ? name.end - name.p : 30), name.p);
            skip_at_rule(&s);
            continue;
        }
        struct svg_scan selectors = take_until(&s, '{');
        struct svg_scan body = take_until(&s, '}');
        add_rules(r, node, selectors, body);
    }
    if (r->sheet->len >= MOST_RULES)
        svg_report(r, DIAG_WARNING, node, "svg-limit",
                   _("more than %d rules in the style sheets; the rest is left out"),
                   MOST_RULES);
}

/* --- matching ----------------------------------------------------------------------------- */

/* Is `word` among the words of `list`? */
static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; (p = strstr(p, word)); p += n)
        if ((p == list || is_space(p[-1])) && (!p[n] || is_space(p[n])))
            return true;
    return false;
}

/* What selectors look at in an element. */
struct subject {
    const xmlNode *node;
    xmlChar *id, *classes;
};

static struct subject subject_of(const xmlNode *node)
{
    return (struct subject){node, xmlGetNoNsProp((xmlNode *)node, (const xmlChar *)"id"),
                            xmlGetNoNsProp((xmlNode *)node, (const xmlChar *)"class")};
}

static void free_subject(struct subject *s)
{
    xmlFree(s->id);
    xmlFree(s->classes);
}

static bool fits_subject(const struct subject *s, const struct step *step)
{
    if (step->type && !xmlStrEqual(s->node->name, (const xmlChar *)step->type))
        return false;
    if (step->id && !(s->id && strcmp((const char *)s->id, step->id) == 0))
        return false;
    for (int i = 0; i < step->class_count; i++)
        if (!s->classes || !has_word((const char *)s->classes, step->classes[i]))
            return false;
    return true;
}

static bool fits_step(const xmlNode *node, const struct step *step)
{
    struct subject s = subject_of(node);
    bool fits = fits_subject(&s, step);
    free_subject(&s);
    return fits;
}

/* Do the steps up to `i` fit the ancestors of a node that fits step i + 1? Going out greedily is
 * right for descendants; a child step must fit where it stands, or the step inside it moves out. */
static bool fits_from(const struct svg_reader *r, const xmlNode *node, const struct rule *rule,
                      int i)
{
    for (; i >= 0; i--) {
        bool direct = rule->steps[i + 1].child;
        do {
            node = node == r->root ? NULL : node->parent;
        } while (node && !direct && !fits_step(node, &rule->steps[i]));
        if (!node || !fits_step(node, &rule->steps[i]))
            return false;
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct rule *x = ((const struct listed *)a)->rule,
                      *y = ((const struct listed *)b)->rule;
    if (x->specificity != y->specificity)
        return x->specificity < y->specificity ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

void svg_match_rules(struct svg_reader *r, const xmlNode *node, struct svg_declarations *list)
{
    struct svg_sheet *sheet = r->sheet;
    if (!sheet || !sheet->len)
        return;
    if (!sheet->sorted)
        qsort(sheet->items, sheet->len, sizeof *sheet->items, compare);
    sheet->sorted = true;
    struct subject subject = subject_of(node);
    for (size_t i = 0; i < sheet->len; i++) {
        const struct rule *rule = sheet->items[i].rule;
        int last = rule->step_count - 1;
        if (!fits_subject(&subject, &rule->steps[last]) || !fits_from(r, node, rule, last - 1))
            continue;
        for (size_t k = 0; k < rule->count; k++)
            VEC_PUSH(list, rule->declarations[k]);
    }
    free_subject(&subject);
}
