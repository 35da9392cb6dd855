/* src/fo/CONFORMANCE.md says of every object and property what the tables in the code say, and
 * forgets none; and the tables are sound. */
#include "base/buf.h"
#include "fo/objects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PAGE "src/fo/CONFORMANCE.md"

static struct buf page = BUF_EMPTY;

static int read_page(void **state)
{
    (void)state;
    FILE *f = fopen(PAGE, "rb");
    char piece[4096];
    size_t n;
    if (!f)
        return -1;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_put(&page, piece, n);
    fclose(f);
    return 0;
}

static int free_page(void **state)
{
    (void)state;
    buf_free(&page);
    return 0;
}

/* A row of the tables: «| `name` | status | limits |». */
struct row {
    char name[80], status[20];
    bool has_limits;
};

static bool read_row(const char *line, struct row *row)
{
    size_t n = strcspn(line, "\n");
    int limits = 0;
    memset(row, 0, sizeof *row);
    if (sscanf(line, "| `%79[^`]` | %19[a-z] | %n", row->name, row->status, &limits) != 2 ||
        !limits)
        return false;
    row->has_limits = (size_t)limits < n && line[limits] != '|';
    return true;
}

/* The row of a name, NULL status when there is none; counts twins. */
static int find_row(const char *name, struct row *found)
{
    int count = 0;
    for (const char *p = buf_str(&page); *p; p += strcspn(p, "\n") + 1) {
        struct row row;
        if (read_row(p, &row) && strcmp(row.name, name) == 0) {
            *found = row;
            count++;
        }
        if (!p[strcspn(p, "\n")])
            break;
    }
    return count;
}

static void expect_row(const char *name, const char *status)
{
    struct row row = {"", "", false};
    int n = find_row(name, &row);
    if (n != 1)
        fail_msg(PAGE ": `%s` stands there %d times", name, n);
    if (strcmp(row.status, status) != 0)
        fail_msg(PAGE ": `%s` is %s in the code, not %s", name, status, row.status);
    if (strcmp(status, "supported") != 0 && !row.has_limits)
        fail_msg(PAGE ": `%s` is %s: how far?", name, status);
}

static const char *prop_status(const struct fo_prop *prop)
{
    return prop->flags & FO_PROP_REFUSED   ? "refused"
           : prop->flags & FO_PROP_PARTIAL ? "partial"
                                           : "supported";
}

/* Components that have rows of their own belong to the compound property. */
static bool is_component(const struct fo_prop *prop)
{
    return strchr(prop->name, '.') != NULL;
}

static void every_object_is_on_the_page(void **state)
{
    static const char *const statuses[] = {"supported", "partial", "refused"};
    (void)state;
    for (size_t i = 0; i < fo_object_count; i++) {
        char name[80];
        snprintf(name, sizeof name, "fo:%s", fo_objects[i].name);
        expect_row(name, statuses[fo_objects[i].status]);
    }
}

static void every_property_is_on_the_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < fo_prop_count; i++)
        if (!is_component(&fo_props[i]))
            expect_row(fo_props[i].name, prop_status(&fo_props[i]));
}

static bool is_known(const char *name)
{
    if (strncmp(name, "fo:", 3) == 0)
        return fo_find_object(name + 3) != NULL;
    for (size_t i = 0; i < fo_prop_count; i++)
        if (strcmp(fo_props[i].name, name) == 0)
            return true;
    return false;
}

static void the_page_names_nothing_else(void **state)
{
    int rows = 0;
    (void)state;
    for (const char *p = buf_str(&page); *p; p += strcspn(p, "\n") + 1) {
        struct row row;
        if (read_row(p, &row)) {
            rows++;
            if (!is_known(row.name))
                fail_msg(PAGE ": the code has no `%s`", row.name);
        }
        if (!p[strcspn(p, "\n")])
            break;
    }
    assert_true(rows > 300);
}

/* Chapter 6 of XSL 1.1 has 81 objects, and 7.5 to 7.31 have 272 properties. */
static void nothing_of_the_recommendation_is_missing(void **state)
{
    size_t own = 0, components = 0;
    (void)state;
    for (size_t i = 0; i < fo_prop_count; i++) {
        own += (fo_props[i].flags & FO_PROP_OWN) != 0;
        components += is_component(&fo_props[i]);
    }
    assert_int_equal(fo_object_count, 81);
    assert_int_equal(fo_prop_count - own - components, 272);
}

static void names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < fo_prop_count; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(fo_props[i].name, fo_props[k].name);
    for (size_t i = 0; i < fo_object_count; i++)
        assert_ptr_equal(fo_find_object(fo_objects[i].name), &fo_objects[i]);
}

/* What the code relies on: the place of a row suits its flags, and twins share one. */
static void rows_are_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < fo_prop_count; i++) {
        const struct fo_prop *p = &fo_props[i];
        bool stored = p->field != FO_FIELD_NONE, in_style = p->offset < sizeof(struct fo_style);
        if (p->flags & FO_PROP_LOCAL)
            assert_true(p->offset >= offsetof(struct fo_work, local));
        if (stored && p->flags & FO_PROP_INHERITED)
            assert_true(p->offset < offsetof(struct fo_style, own));
        else if (stored && in_style)
            assert_true(p->offset >= offsetof(struct fo_style, own));
        if (p->flags & FO_PROP_REFUSED)
            assert_false(stored);
        if (p->flags & FO_PROP_SHORTHAND)
            assert_true(p->special != NULL && !p->initial);
    }
}

static void every_type_has_one_object(void **state)
{
    (void)state;
    for (enum fo_type t = 0; t < FO_TYPE_COUNT; t++) {
        size_t n = 0;
        for (size_t i = 0; i < fo_object_count; i++)
            n += fo_objects[i].type == t;
        assert_int_equal(n, t != FO_TEXT);
        assert_true(fo_node_size(t) <= sizeof(struct fo_node));
        assert_string_not_equal(fo_type_name(t), "?");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_object_is_on_the_page),
        cmocka_unit_test(every_property_is_on_the_page),
        cmocka_unit_test(the_page_names_nothing_else),
        cmocka_unit_test(nothing_of_the_recommendation_is_missing),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(rows_are_sound),
        cmocka_unit_test(every_type_has_one_object),
    };
    return cmocka_run_group_tests(tests, read_page, free_page);
}
