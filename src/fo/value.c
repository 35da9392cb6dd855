/* Turns declared values into fields of a style: the general way, driven by the property's row. */
#include "fo/style.h"

#include <string.h>

void *fo_field_at(struct fo_work *work, const struct fo_prop *prop)
{
    return (char *)work + prop->offset;
}

size_t fo_field_size(enum fo_field field)
{
    static const size_t sizes[] = {
        [FO_FIELD_NONE] = 0,
        [FO_FIELD_MPT] = sizeof(mpt),
        [FO_FIELD_LENGTH] = sizeof(struct fo_length),
        [FO_FIELD_SPACE] = sizeof(struct fo_space),
        [FO_FIELD_RANGE] = sizeof(struct fo_range),
        [FO_FIELD_PADDING] = sizeof(struct fo_padding),
        [FO_FIELD_BORDER] = sizeof(struct fo_border),
        [FO_FIELD_KEEP] = sizeof(struct fo_keep),
        [FO_FIELD_INT] = sizeof(int32_t),
        [FO_FIELD_SHORT] = sizeof(int16_t),
        [FO_FIELD_BOOL] = sizeof(bool),
        [FO_FIELD_COLOR] = sizeof(uint32_t),
        [FO_FIELD_CHAR] = sizeof(uint32_t),
        [FO_FIELD_STRING] = sizeof(const char *),
    };
    return sizes[field];
}

bool fo_find_word(const struct fo_word *words, struct fo_slice name, int32_t *value)
{
    for (; words && words->name; words++)
        if (fo_slice_is(name, words->name)) {
            *value = words->value;
            return true;
        }
    return false;
}

int fo_slice_shown(struct fo_slice s)
{
    enum { SHOWN = 80 };
    size_t n = s.len > SHOWN ? SHOWN : s.len;
    while (n < s.len && n > 0 && (s.s[n] & 0xC0) == 0x80)
        n--;
    return (int)n;
}

void fo_report_value(struct fo_context *cx, const struct fo_decl *d, const char *why)
{
    const struct fo_prop *prop = d->prop;
    enum diag_level level = prop->flags & FO_PROP_STRICT ? DIAG_ERROR : DIAG_WARNING;
    const char *kept = prop->initial;
    if (prop->flags & FO_PROP_INHERITED && cx->parent_style)
        kept = NULL;
    if (!why)
        why = _("there is no such value, or it is not supported");
    if (prop->flags & FO_PROP_SHORTHAND)
        fo_report(cx, level, "fo-value", _("%s=\"%.*s\": %s; the shorthand is ignored"),
                  prop->name, fo_slice_shown(d->value), d->value.s, why);
    else if (kept)
        fo_report(cx, level, "fo-value", _("%s=\"%.*s\": %s; the initial value %s is used"),
                  prop->name, fo_slice_shown(d->value), d->value.s, why, kept);
    else if (prop->flags & FO_PROP_INHERITED)
        fo_report(cx, level, "fo-value", _("%s=\"%.*s\": %s; the inherited value is used"),
                  prop->name, fo_slice_shown(d->value), d->value.s, why);
    else
        fo_report(cx, level, "fo-value", _("%s=\"%.*s\": %s; it is ignored"), prop->name,
                  fo_slice_shown(d->value), d->value.s, why);
}

/* A width is copied without the style and colour it lies beside. */
static void copy_field(void *to, const void *from, enum fo_field field)
{
    if (field == FO_FIELD_BORDER) {
        ((struct fo_border *)to)->width = ((const struct fo_border *)from)->width;
        ((struct fo_border *)to)->retain = ((const struct fo_border *)from)->retain;
    } else {
        memcpy(to, from, fo_field_size(field));
    }
}

static struct fo_value length_value(const struct fo_length *l)
{
    struct fo_value v = {.kind = FO_VALUE_NUMERIC, .power = l->unit == FO_UNIT_NUMBER ? 0 : 1};
    if (l->unit == FO_UNIT_PERCENT)
        v.percent = l->v * 1000;
    else
        v.number = l->v * 1000;
    if (l->unit == FO_UNIT_SUM)
        v.percent = (int64_t)l->pct * 1000;
    if (l->unit == FO_UNIT_AUTO)
        return (struct fo_value){.kind = FO_VALUE_WORD, .text = {"auto", 4}};
    return v;
}

static bool word_value(const struct fo_prop *prop, int32_t stored, struct fo_value *v)
{
    for (const struct fo_word *w = prop->words; w && w->name; w++)
        if (w->value == stored) {
            *v = (struct fo_value){.kind = FO_VALUE_WORD, .text = {w->name, strlen(w->name)}};
            return true;
        }
    *v = (struct fo_value){.kind = FO_VALUE_NUMERIC, .number = stored * FO_MICRO};
    return prop->words == NULL || prop->flags & (FO_TAKE_INTEGER | FO_TAKE_NUMBER);
}

/* A finished field as a value that expressions can go on with. */
static bool field_value(const struct fo_prop *prop, const void *field, struct fo_value *v)
{
    const char *s;
    switch (prop->field) {
    case FO_FIELD_MPT:
        *v = (struct fo_value){
            .kind = FO_VALUE_NUMERIC, .number = *(const mpt *)field * 1000, .power = 1};
        return true;
    case FO_FIELD_LENGTH:
        *v = length_value(field);
        return true;
    case FO_FIELD_SPACE:
        *v = (struct fo_value){.kind = FO_VALUE_NUMERIC,
                               .number = ((const struct fo_space *)field)->opt * 1000,
                               .power = 1};
        return true;
    case FO_FIELD_RANGE:
        *v = length_value(&((const struct fo_range *)field)->opt);
        return true;
    case FO_FIELD_PADDING:
        *v = length_value(&((const struct fo_padding *)field)->len);
        return true;
    case FO_FIELD_BORDER:
        *v = (struct fo_value){.kind = FO_VALUE_NUMERIC,
                               .number = ((const struct fo_border *)field)->width * 1000,
                               .power = 1};
        return true;
    case FO_FIELD_INT:
        return word_value(prop, *(const int32_t *)field, v);
    case FO_FIELD_BOOL:
        return word_value(prop, *(const bool *)field, v);
    case FO_FIELD_COLOR:
        *v = (struct fo_value){.kind = FO_VALUE_COLOR, .color = *(const uint32_t *)field};
        return true;
    case FO_FIELD_STRING:
        s = *(const char *const *)field;
        s = s ? s : "none";
        *v = (struct fo_value){.kind = FO_VALUE_STRING, .text = {s, strlen(s)}};
        return true;
    default:
        return false;
    }
}

struct lookup {
    struct fo_context *cx;
    const struct fo_decl *d;
};

/* The nearest list-item above, or the list-block where the item is missing. */
static const struct fo_style *list_style(const struct fo_context *cx)
{
    for (const struct fo_node *n = cx->parent; n; n = n->parent)
        if (n->type == FO_LIST_ITEM || n->type == FO_LIST_BLOCK)
            return n->style;
    return NULL;
}

/* label-end() and body-start() (7.30.11): from the indents of the list they stand in. */
static bool list_function(struct fo_expr_env *env, struct fo_context *cx, bool label,
                          struct fo_value *out)
{
    const struct fo_style *list = list_style(cx);
    if (!cx->parent || cx->parent->type != FO_LIST_ITEM)
        cx->depends = true;
    if (!list) {
        env->error = N_("label-end() and body-start() have a meaning only in a list");
        return false;
    }
    struct fo_value distance = length_value(&list->inh.label_distance);
    struct fo_value separation = length_value(&list->inh.label_separation);
    *out = length_value(&list->inh.start_indent);
    out->number += distance.number;
    out->percent += distance.percent;
    if (label) {
        out->number = separation.number - out->number;
        out->percent = 100 * FO_MICRO + separation.percent - out->percent;
    }
    return true;
}

/* The style in which the ancestor nearest to us had the property specified; initial: NULL. */
static const struct fo_style *nearest_style(struct fo_context *cx, const struct fo_prop *prop)
{
    cx->depends = true;
    if (!cx->nearest)
        return cx->parent_style;
    for (const struct fo_specified *s = cx->nearest; s; s = s->up)
        for (size_t i = 0; i < fo_prop_count; i++)
            if (s->bits[i / 64] >> (i % 64) & 1 && fo_props[i].field == prop->field &&
                fo_props[i].offset == prop->offset)
                return s->style;
    return NULL;
}

/* The region an object is placed in: of a flow's or static content's name, outside of both the
 * region-body. NULL when there is none. */
static const struct fo_node *region_of(const struct fo_context *cx)
{
    bool placed = cx->type == FO_FLOW || cx->type == FO_STATIC_CONTENT;
    const char *name = placed ? cx->reference : NULL;
    const char *master = cx->type == FO_PAGE_SEQUENCE ? cx->reference : NULL;
    const struct fo_node *n = cx->parent;
    for (; n && n->type != FO_ROOT; n = n->parent)
        if (n->type == FO_FLOW || n->type == FO_STATIC_CONTENT)
            name = n->as.flow.region;
        else if (n->type == FO_PAGE_SEQUENCE)
            master = n->as.page_sequence.master;
    const struct fo_node *set = n ? n->child : NULL;
    while (set && set->type != FO_LAYOUT_MASTER_SET)
        set = set->next;
    return set && master ? fo_find_region(set, master, name) : NULL;
}

/* from-page-master-region() (5.10.4): of two properties, and without an argument. */
static bool region_function(struct fo_expr_env *env, const struct lookup *l,
                            struct fo_slice arg, struct fo_value *out)
{
    static const char *const names[] = {"writing-mode", "reference-orientation"};
    const struct fo_prop *prop = l->d->prop;
    l->cx->depends = true;
    const struct fo_node *region = region_of(l->cx);
    bool is_mode = strcmp(prop->name, names[0]) == 0;
    if (arg.len || (!is_mode && strcmp(prop->name, names[1]) != 0))
        env->error = N_("from-page-master-region() is a value of writing-mode and "
                        "reference-orientation alone, and takes no argument");
    else if (!region)
        env->error = N_("there is no region of a page master to take it from");
    else if (is_mode)
        return word_value(prop, 0, out);
    else
        return field_value(prop, (const char *)region->style + prop->offset, out);
    return false;
}

static bool source_style(struct fo_expr_env *env, struct fo_slice fn,
                         const struct fo_prop *prop, const struct fo_style **style)
{
    struct fo_context *cx = ((struct lookup *)env->closure)->cx;
    *style = cx->parent_style;
    if (fo_slice_is(fn, "from-parent"))
        return true;
    if (fo_slice_is(fn, "inherited-property-value")) {
        if (!(prop->flags & FO_PROP_INHERITED))
            env->error = N_("the property is not one that is inherited");
        return !env->error;
    }
    if (fo_slice_is(fn, "system-font")) { /* paper has no desktop: the initial font */
        *style = NULL;
        return true;
    }
    if (fo_slice_is(fn, "from-nearest-specified-value")) {
        *style = nearest_style(cx, prop);
        return true;
    }
    if (fo_slice_is(fn, "from-table-column")) {
        cx->depends = true;
        *style = cx->column;
        return true;
    }
    env->error = N_("the function is not supported");
    return false;
}

/* A percentage in the width of a table is one of what it stands in, and in that of a column one of
 * the table: there the table's width is all of it. */
static bool is_whole_table(const struct lookup *l, const struct fo_prop *prop,
                           const struct fo_style *style)
{
    const struct fo_length *width = &style->own.inline_size.opt;
    return l->cx->type == FO_TABLE_COLUMN && style == l->cx->parent_style &&
           prop->offset == offsetof(struct fo_style, own.inline_size) &&
           l->d->prop->offset == offsetof(struct fo_work, local.column_width) &&
           (width->unit == FO_UNIT_PERCENT || width->unit == FO_UNIT_SUM);
}

static bool look_up(struct fo_expr_env *env, struct fo_slice fn, struct fo_slice arg,
                    struct fo_value *out)
{
    const struct lookup *l = env->closure;
    struct fo_context *cx = l->cx;
    if (fo_slice_is(fn, "label-end") || fo_slice_is(fn, "body-start"))
        return list_function(env, cx, fo_slice_is(fn, "label-end"), out);
    if (fo_slice_is(fn, "from-page-master-region"))
        return region_function(env, l, arg, out);
    if (fo_slice_is(fn, "merge-property-values")) {
        env->error = N_("merge-property-values() has a meaning only in fo:multi-properties, "
                        "which is not supported: paper does not switch");
        return false;
    }
    enum fo_part part = l->d->part;
    const struct fo_prop *prop = l->d->prop;
    if (arg.len)
        prop = fo_styles_find(cx->styles, arg, &part);
    const struct fo_style *style = NULL;
    if (!prop || prop->offset >= sizeof(struct fo_style) || prop->field == FO_FIELD_NONE) {
        env->error = N_("the function knows no such property of an object");
        return false;
    }
    if (!source_style(env, fn, prop, &style))
        return false;
    if (!style)
        style = &fo_styles_initial(cx->styles)->style;
    if (is_whole_table(l, prop, style)) {
        *out =
            (struct fo_value){.kind = FO_VALUE_NUMERIC, .percent = 100 * FO_MICRO, .power = 1};
        return true;
    }
    const void *field = (const char *)style + prop->offset;
    if (prop->field == l->d->prop->field && part == FO_PART_ALL && l->d->part == FO_PART_ALL &&
        prop->words == l->d->prop->words) {
        if (!field_value(prop, field, out))
            *out = (struct fo_value){.kind = FO_VALUE_FIELD};
        out->field = field;
        return true;
    }
    if (field_value(prop, field, out))
        return true;
    env->error = N_("the property has no simple value");
    return false;
}

bool fo_evaluate(struct fo_context *cx, const struct fo_decl *d, struct fo_value *v)
{
    struct lookup closure = {cx, d};
    struct fo_expr_env env = {
        .em = cx->work.style.inh.font_size, .closure = &closure, .lookup = look_up};
    if (d->prop->flags & FO_EARLY_SIZE) {
        env.has_base = true;
        env.em = env.base = cx->parent_style
                                ? cx->parent_style->inh.font_size
                                : fo_styles_initial(cx->styles)->style.inh.font_size;
    }
    if (fo_expr_eval(&env, d->value, v))
        return true;
    fo_report_value(cx, d, _(env.error));
    return false;
}

static int32_t clamp32(int64_t v)
{
    return v > INT32_MAX ? INT32_MAX : v < INT32_MIN ? INT32_MIN : (int32_t)v;
}

static bool refuse(struct fo_context *cx, const struct fo_decl *d, const char *why)
{
    fo_report_value(cx, d, why);
    return false;
}

/* A number without a unit where a length is wanted counts as points, as 1px does. */
static bool to_length(struct fo_context *cx, const struct fo_decl *d, const struct fo_value *v,
                      struct fo_length *out)
{
    const struct fo_prop *prop = d->prop;
    out->pct = 0;
    bool shared = v->kind == FO_VALUE_NUMERIC && v->share != 0;
    if (shared && prop->flags & FO_TAKE_SHARE && !v->percent) {
        out->unit = FO_UNIT_PROP;
        out->v = fo_expr_milli(v->number);
        out->pct = clamp32(fo_expr_milli(v->share));
        return out->pct > 0 || refuse(cx, d, _("the value is negative"));
    }
    if (v->kind != FO_VALUE_NUMERIC || shared || !(prop->flags & FO_TAKE_LENGTH))
        return refuse(cx, d, _("a length is expected"));
    if (v->power == 0 && v->number != 0)
        fo_report(cx, DIAG_WARNING, "fo-value",
                  _("%s=\"%.*s\": a length needs a unit; points are assumed"), prop->name,
                  fo_slice_shown(d->value), d->value.s);
    if (v->percent && !(prop->flags & FO_TAKE_PERCENT))
        return refuse(cx, d, _("percentages are not supported here"));
    out->v = fo_expr_milli(v->number);
    if ((out->v < prop->min && !v->percent) || (v->percent < 0 && prop->min == 0 && !out->v))
        return refuse(cx, d, _("the value is negative"));
    out->unit = FO_UNIT_MPT;
    if (v->percent) {
        int32_t pct = clamp32(fo_expr_milli(v->percent));
        out->unit = out->v ? FO_UNIT_SUM : FO_UNIT_PERCENT;
        if (out->v)
            out->pct = pct;
        else
            out->v = pct;
    } else if (v->power == 1 && v->number == 0 && memchr(d->value.s, '%', d->value.len) &&
               prop->flags & FO_TAKE_PERCENT) {
        out->unit = FO_UNIT_PERCENT; /* 0% of a width not yet known is not 0pt of it */
    }
    return true;
}

static void word_length(int32_t word, struct fo_length *out)
{
    out->pct = 0;
    if (word == FO_WORD_AUTO) {
        out->unit = FO_UNIT_AUTO;
        out->v = 0;
    } else if (word <= FO_WORD_SCALE) {
        out->unit = FO_UNIT_SCALE;
        out->v = FO_WORD_SCALE - word;
    } else {
        out->unit = FO_UNIT_PERCENT;
        out->v = word;
    }
}

static void put_length(struct fo_length *to, const struct fo_length *from)
{
    to->v = from->v;
    to->pct = from->pct;
    to->unit = from->unit;
}

/* Which bits of space_set stand for minimum, optimum, maximum. */
static uint8_t part_bit(enum fo_part part)
{
    return part == FO_PART_MINIMUM   ? 1
           : part == FO_PART_OPTIMUM ? 2
           : part == FO_PART_MAXIMUM ? 4
                                     : 7;
}

static void put_space(struct fo_context *cx, const struct fo_decl *d, mpt v)
{
    struct fo_space *s = fo_field_at(&cx->work, d->prop);
    struct fo_own *own = &cx->work.style.own;
    const struct fo_space *all[] = {&own->space_before, &own->space_after, &own->space_start,
                                    &own->space_end, &cx->work.style.inh.word_spacing};
    uint8_t bits = part_bit(d->part);
    if (bits & 1)
        s->min = v;
    if (bits & 2)
        s->opt = v;
    if (bits & 4)
        s->max = v;
    for (int i = 0; i < 5; i++)
        if (all[i] == s)
            cx->work.aux.space_set[i] |= bits;
}

static void put_range(struct fo_context *cx, const struct fo_decl *d,
                      const struct fo_length *len)
{
    struct fo_range *r = fo_field_at(&cx->work, d->prop);
    uint8_t bits = part_bit(d->part);
    if (bits & 1)
        put_length(&r->min, len);
    if (bits & 2)
        put_length(&r->opt, len);
    if (bits & 4)
        put_length(&r->max, len);
}

static bool set_conditionality(struct fo_context *cx, const struct fo_decl *d)
{
    static const struct fo_word words[] = {{"discard", 0}, {"retain", 1}, {NULL, 0}};
    void *field = fo_field_at(&cx->work, d->prop);
    int32_t v = 0;
    if (!fo_find_word(words, d->value, &v))
        return refuse(cx, d, _("discard or retain is expected"));
    if (d->prop->field == FO_FIELD_SPACE)
        ((struct fo_space *)field)->retain = v;
    else if (d->prop->field == FO_FIELD_BORDER)
        ((struct fo_border *)field)->retain = v;
    else
        ((struct fo_padding *)field)->retain = v;
    return true;
}

static bool set_space_precedence(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_space *s = fo_field_at(&cx->work, d->prop);
    struct fo_value v;
    if (fo_slice_is(d->value, "force")) {
        s->precedence = INT16_MAX;
        return true;
    }
    if (!fo_evaluate(cx, d, &v))
        return false;
    if (v.kind != FO_VALUE_NUMERIC || v.power != 0)
        return refuse(cx, d, _("force or an integer is expected"));
    int64_t n = fo_expr_milli(v.number) / 1000;
    s->precedence = (int16_t)(n >= INT16_MAX ? INT16_MAX - 1 : n < INT16_MIN ? INT16_MIN : n);
    return true;
}

static void put_keep(struct fo_context *cx, const struct fo_decl *d, int32_t v)
{
    struct fo_keep *k = fo_field_at(&cx->work, d->prop);
    if (d->part == FO_PART_ALL || d->part == FO_PART_WITHIN_LINE)
        k->line = v;
    if (d->part == FO_PART_ALL || d->part == FO_PART_WITHIN_COLUMN)
        k->column = v;
    if (d->part == FO_PART_ALL || d->part == FO_PART_WITHIN_PAGE)
        k->page = v;
}

static void put_int(struct fo_context *cx, const struct fo_decl *d, int32_t v)
{
    void *field = fo_field_at(&cx->work, d->prop);
    switch (d->prop->field) {
    case FO_FIELD_KEEP:
        put_keep(cx, d, v);
        break;
    case FO_FIELD_BOOL:
        *(bool *)field = v != 0;
        break;
    case FO_FIELD_SHORT:
        *(int16_t *)field = (int16_t)v;
        break;
    case FO_FIELD_INT:
        *(int32_t *)field = v;
        break;
    default:
        REQUIRE(d->prop->field == FO_FIELD_NONE);
    }
}

static void put_word(struct fo_context *cx, const struct fo_decl *d, int32_t word)
{
    void *field = fo_field_at(&cx->work, d->prop);
    struct fo_length len = {0};
    switch (d->prop->field) {
    case FO_FIELD_LENGTH:
        word_length(word, field);
        break;
    case FO_FIELD_RANGE:
        word_length(word, &len);
        put_range(cx, d, &len);
        break;
    case FO_FIELD_SPACE:
        put_space(cx, d, word);
        break;
    case FO_FIELD_BORDER:
        ((struct fo_border *)field)->width = word;
        break;
    case FO_FIELD_MPT:
        *(mpt *)field = word;
        break;
    case FO_FIELD_COLOR:
        *(uint32_t *)field = FO_TRANSPARENT;
        break;
    default:
        put_int(cx, d, word);
    }
}

/* Integers are rounded (5.9.? «the nearest integer»), and clamped to what the row allows. */
static void set_integer(struct fo_context *cx, const struct fo_decl *d,
                        const struct fo_value *v)
{
    if (v->kind != FO_VALUE_NUMERIC || v->power != 0 || !(d->prop->flags & FO_TAKE_INTEGER)) {
        fo_report_value(cx, d, NULL);
        return;
    }
    int64_t n = mpt_scale(fo_expr_milli(v->number), 1, 1000);
    int64_t clamped = n < d->prop->min ? d->prop->min : n > d->prop->max ? d->prop->max : n;
    if (n != clamped)
        fo_report(cx, clamped == FO_COLUMNS_MAX ? DIAG_ERROR : DIAG_WARNING, "fo-value",
                  _("%s=\"%.*s\" is not between %lld and %lld; %lld is used"), d->prop->name,
                  fo_slice_shown(d->value), d->value.s, (long long)d->prop->min,
                  (long long)d->prop->max, (long long)clamped);
    put_int(cx, d, (int32_t)clamped);
}

static void set_color(struct fo_context *cx, const struct fo_decl *d, const struct fo_value *v)
{
    uint32_t *field = fo_field_at(&cx->work, d->prop);
    if (v->kind == FO_VALUE_COLOR)
        *field = v->color;
    else if (v->kind != FO_VALUE_WORD || !fo_color_find(v->text, field))
        fo_report_value(cx, d, _("a colour is expected"));
}

static void set_length_field(struct fo_context *cx, const struct fo_decl *d,
                             const struct fo_value *v)
{
    struct fo_length len = {0};
    void *field = fo_field_at(&cx->work, d->prop);
    if (!to_length(cx, d, v, &len))
        return;
    switch (d->prop->field) {
    case FO_FIELD_MPT:
        *(mpt *)field = len.v;
        break;
    case FO_FIELD_SPACE:
        put_space(cx, d, len.v);
        break;
    case FO_FIELD_RANGE:
        put_range(cx, d, &len);
        break;
    case FO_FIELD_BORDER:
        ((struct fo_border *)field)->width = len.v;
        break;
    case FO_FIELD_PADDING:
        put_length(&((struct fo_padding *)field)->len, &len);
        break;
    default:
        put_length(field, &len);
    }
}

/* url(x), url('x'), or x itself; «none» and nothing are no value. */
static struct fo_slice plain_uri(struct fo_slice s)
{
    if (s.len > 5 && memcmp(s.s, "url(", 4) == 0 && s.s[s.len - 1] == ')')
        s = fo_slice_trim((struct fo_slice){s.s + 4, s.len - 5});
    if (s.len > 1 && (s.s[0] == '"' || s.s[0] == '\'') && s.s[s.len - 1] == s.s[0])
        s = (struct fo_slice){s.s + 1, s.len - 2};
    return fo_slice_trim(s);
}

static void set_text(struct fo_context *cx, const struct fo_decl *d)
{
    const char **field = fo_field_at(&cx->work, d->prop);
    struct fo_slice s = d->value;
    if (d->prop->flags & FO_TAKE_URI)
        s = plain_uri(s);
    bool none = s.len == 0 || (d->prop->initial && fo_slice_is(s, d->prop->initial) &&
                               fo_slice_is(s, "none"));
    *field = none ? NULL : fo_styles_intern(cx->styles, s);
}

static void set_value(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_value v;
    int32_t word = 0;
    void *field = fo_field_at(&cx->work, d->prop);
    if (fo_find_word(d->prop->words, d->value, &word)) {
        put_word(cx, d, word);
        return;
    }
    if (!fo_evaluate(cx, d, &v))
        return;
    if (v.field && d->part == FO_PART_ALL)
        copy_field(field, v.field, d->prop->field);
    else if (v.kind == FO_VALUE_WORD && fo_find_word(d->prop->words, v.text, &word))
        put_word(cx, d, word);
    else if (d->prop->field == FO_FIELD_COLOR)
        set_color(cx, d, &v);
    else if (d->prop->field >= FO_FIELD_KEEP || d->prop->field == FO_FIELD_NONE)
        set_integer(cx, d, &v);
    else
        set_length_field(cx, d, &v);
}

/* Refused properties are an event only when they would change something. */
static void set_refused(struct fo_context *cx, const struct fo_decl *d)
{
    const struct fo_prop *prop = d->prop;
    if (prop->initial && fo_slice_is(d->value, prop->initial))
        return;
    if (prop->flags & FO_PROP_NOTE)
        fo_report(cx, DIAG_NOTE, "fo-property", _("%s has no effect on paper; it is ignored"),
                  prop->name);
    else
        fo_report(cx, DIAG_WARNING, "fo-property",
                  _("the property %s is not supported; %s=\"%.*s\" is ignored"), prop->name,
                  prop->name, fo_slice_shown(d->value), d->value.s);
}

static bool set_inherited(struct fo_context *cx, const struct fo_decl *d)
{
    const struct fo_prop *prop = d->prop;
    if (prop->offset >= sizeof(struct fo_style))
        return refuse(cx, d, _("the property cannot be inherited here"));
    const struct fo_style *from =
        cx->parent_style ? cx->parent_style : &fo_styles_initial(cx->styles)->style;
    if (d->part == FO_PART_ALL)
        copy_field(fo_field_at(&cx->work, prop), (const char *)from + prop->offset,
                   prop->field);
    return true;
}

void fo_assign(struct fo_context *cx, const struct fo_decl *decl)
{
    struct fo_decl d = *decl;
    d.value = fo_slice_trim(d.value);
    if (d.value.len == 0 && decl->value.len > 0 && d.prop->flags & FO_TAKE_SPACE)
        d.value = (struct fo_slice){decl->value.s, 1};
    bool inherit = fo_slice_is(d.value, "inherit");
    if (d.prop->flags & FO_PROP_REFUSED && !inherit)
        set_refused(cx, &d);
    if (d.prop->flags & FO_PROP_REFUSED || (inherit && d.prop->field == FO_FIELD_NONE))
        return;
    if (inherit && !(d.prop->flags & FO_TAKE_TEXT && d.prop->flags & FO_PROP_LOCAL)) {
        set_inherited(cx, &d);
        return;
    }
    if (d.prop->special && d.prop->special(cx, &d))
        return;
    if (d.part == FO_PART_CONDITIONALITY)
        set_conditionality(cx, &d);
    else if (d.part == FO_PART_PRECEDENCE)
        set_space_precedence(cx, &d);
    else if (d.prop->flags & (FO_TAKE_TEXT | FO_TAKE_URI))
        set_text(cx, &d);
    else
        set_value(cx, &d);
}
