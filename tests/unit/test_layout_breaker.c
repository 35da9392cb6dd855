/* The breaker: total fit, costs, additions at a break, pages one by one. */
#include "layout/breaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

struct list {
    struct brk_item items[256];
    size_t len;
    mpt room;
};

static void box(struct list *l, mpt width)
{
    l->items[l->len++] = (struct brk_item){.kind = BRK_BOX, .width = width};
}

static void glue(struct list *l, mpt width, mpt stretch, mpt shrink)
{
    l->items[l->len++] = (struct brk_item){
        .kind = BRK_GLUE, .width = width, .stretch = stretch, .shrink = shrink};
}

static struct brk_item *penalty(struct list *l, int32_t cost)
{
    l->items[l->len] = (struct brk_item){.kind = BRK_PENALTY, .cost = cost};
    return &l->items[l->len++];
}

static struct brk_params params(struct list *l, bool force)
{
    return (struct brk_params){.items = l->items,
                               .stride = sizeof *l->items,
                               .count = l->len,
                               .room = l->room,
                               .threshold = 1000,
                               .hyphens = true,
                               .force = force};
}

/* `n` words of 10 with spaces of 4 +2 -1 between them, justified but for the last line. */
static void words(struct list *l, int n)
{
    for (int i = 0; i < n; i++) {
        box(l, 10);
        if (i + 1 < n) {
            penalty(l, 0);
            glue(l, 4, 2, 1);
        }
    }
    glue(l, 0, 1000, 0);
    penalty(l, BRK_FORCED);
}

static void lines_are_even(void **s)
{
    (void)s;
    struct list l = {.room = 38}; /* three words are 38 wide */
    struct arena *a = arena_new();
    size_t n;
    words(&l, 9);
    struct brk_params bp = params(&l, false);
    struct brk_break *b = brk_find(&bp, a, &n);
    assert_non_null(b);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(b[i].ratio, 0);
        assert_false(b[i].overfull);
    }
    arena_free(a);
}

/* First fit would set three words and leave one alone with a gap; total fit shrinks. */
static void total_fit_looks_ahead(void **s)
{
    (void)s;
    struct list l = {.room = 36};
    struct arena *a = arena_new();
    size_t n;
    words(&l, 6);
    struct brk_params bp = params(&l, false);
    struct brk_break *b = brk_find(&bp, a, &n);
    assert_non_null(b);
    assert_int_equal(n, 2);
    assert_int_equal(b[0].ratio, -1000);
    arena_free(a);
}

static void nothing_acceptable_gives_up_unless_forced(void **s)
{
    (void)s;
    struct list l = {.room = 30};
    struct arena *a = arena_new();
    size_t n;
    box(&l, 50);
    penalty(&l, 0);
    box(&l, 10);
    penalty(&l, BRK_FORCED);
    struct brk_params bp = params(&l, false);
    assert_null(brk_find(&bp, a, &n));
    bp.force = true;
    struct brk_break *b = brk_find(&bp, a, &n);
    assert_int_equal(n, 2);
    assert_true(b[0].overfull);
    assert_false(b[1].overfull);
    arena_free(a);
}

static void a_hyphen_needs_room(void **s)
{
    (void)s;
    struct list l = {.room = 20};
    struct arena *a = arena_new();
    size_t n;
    box(&l, 18);
    struct brk_item *p = penalty(&l, 0);
    p->flagged = true;
    p->before = 3; /* 18 + 3 > 20 */
    box(&l, 10);
    penalty(&l, BRK_FORCED);
    struct brk_params bp = params(&l, true);
    struct brk_break *b = brk_find(&bp, a, &n);
    assert_true(b[0].overfull);
    l.items[1].before = 2;
    b = brk_find(&bp, a, &n);
    assert_false(b[0].overfull);
    assert_int_equal(n, 2);
    arena_free(a);
}

/* Rows of 10 on pages of 35: three on a page, the first break is certain before the end. */
static void pages_are_found_one_by_one(void **s)
{
    (void)s;
    struct list l = {.room = 35};
    for (int i = 0; i < 8; i++) {
        box(&l, 10);
        penalty(&l, i == 7 ? BRK_FORCED : 0);
    }
    struct brk_params bp = params(&l, true);
    struct brk_break b;
    assert_true(brk_find_first(&bp, false, &b));
    assert_int_equal(b.pos, 5);
    bp.count = 6; /* three rows: more might still fit */
    assert_false(brk_find_first(&bp, false, &b));
    bp.count = l.len;
    bp.first_item = 12; /* the last two rows */
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 15);
}

/* A repeated header (`after`) takes room on each later page, a footer (`before`) on each but
 * the last. */
static void additions_at_a_break_count(void **s)
{
    (void)s;
    struct list l = {.room = 35};
    for (int i = 0; i < 6; i++) {
        box(&l, 10);
        struct brk_item *p = penalty(&l, i == 5 ? BRK_FORCED : 0);
        if (i < 5)
            p->after = 8;
    }
    struct brk_params bp = params(&l, true);
    struct brk_break b;
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 5);
    bp.first_item = 6;
    bp.first_after = 8;
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 9); /* 8 + 10 + 10, a third row does not fit */
    for (int i = 0; i < 5; i++)
        l.items[2 * i + 1].before = 6;
    bp.first_item = 0;
    bp.first_after = 0;
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 3); /* 10 + 10 + 6 */
}

/* A costly break is taken only where no other is on the page. */
static void keeps_are_broken_last(void **s)
{
    (void)s;
    struct list l = {.room = 35};
    box(&l, 10);
    penalty(&l, 0);
    box(&l, 10);
    penalty(&l, BRK_KEEP_ALWAYS);
    box(&l, 10);
    penalty(&l, BRK_KEEP_ALWAYS);
    box(&l, 10);
    penalty(&l, BRK_FORCED);
    struct brk_params bp = params(&l, true);
    struct brk_break b;
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 1);
    bp.first_item = 2; /* what is kept together fits a page of its own */
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 7);
    bp.room = 25; /* now it does not: the keep gives way, nothing is lost */
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 5);
}

static void glue_after_a_break_is_dropped(void **s)
{
    (void)s;
    struct list l = {.room = 35};
    box(&l, 10);
    penalty(&l, 0);
    glue(&l, 30, 0, 0);
    box(&l, 30);
    penalty(&l, BRK_FORCED);
    struct brk_params bp = params(&l, true);
    struct brk_break b;
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 1);
    assert_int_equal(brk_skip(&bp, 1), 3);
    bp.first_item = 3;
    assert_true(brk_find_first(&bp, true, &b));
    assert_false(b.overfull);
}

/* Widows that shrink well are still worse than a page that stays short. */
static void shrinking_does_not_buy_a_forbidden_break(void **s)
{
    (void)s;
    struct list l = {.room = 34};
    box(&l, 10);
    penalty(&l, 0);
    glue(&l, 5, 0, 2);
    box(&l, 10);
    penalty(&l, 0);
    box(&l, 10);
    penalty(&l, BRK_NEVER); /* 35 - 2 would fit */
    box(&l, 10);
    penalty(&l, BRK_FORCED);
    struct brk_params bp = params(&l, true);
    struct brk_break b;
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 4);
}

/* Small ratios count: the fuller page wins over one stretched by a fifth. */
static void small_ratios_are_told_apart(void **s)
{
    (void)s;
    struct list l = {.room = 300};
    for (int i = 0; i < 16; i++) {
        box(&l, 14);
        penalty(&l, i == 15 ? BRK_FORCED : 0);
        if (i < 15)
            glue(&l, 6, 54, 0);
    }
    struct brk_params bp = params(&l, true);
    struct brk_break b;
    bp.loose_end = true;
    assert_true(brk_find_first(&bp, true, &b));
    assert_int_equal(b.pos, 14 * 3 + 1);
}

static mpt first_is_lower(void *self, int32_t part)
{
    (void)self;
    return part == 0 ? 30 : 50;
}

static void parts_have_rooms_of_their_own(void **s)
{
    (void)s;
    struct list l = {.room = 30};
    struct arena *a = arena_new();
    size_t n;
    for (int i = 0; i < 13; i++) {
        box(&l, 10);
        penalty(&l, i < 12 ? 0 : BRK_FORCED);
    }
    struct brk_params bp = params(&l, true);
    bp.room_of = first_is_lower;
    bp.loose_end = true;
    struct brk_break *b = brk_find(&bp, a, &n);
    assert_int_equal(n, 3);
    assert_int_equal(b[0].pos, 5);
    assert_int_equal(b[1].pos, 15);
    assert_false(b[1].overfull);
    arena_free(a);
}

/* A page that is squeezed is good, and stays so when the next one can only be short. */
static void a_good_page_is_not_given_up_for_a_short_one_after_it(void **s)
{
    (void)s;
    struct list l = {.room = 30};
    struct brk_break first;
    box(&l, 10);
    for (int i = 0; i < 2; i++) {
        penalty(&l, 0);
        glue(&l, 4, 0, 4);
        box(&l, i == 0 ? 10 : 8);
    }
    for (int i = 0; i < 4; i++) {
        penalty(&l, 0);
        box(&l, 20);
    }
    penalty(&l, BRK_FORCED);
    struct brk_params bp = params(&l, true);
    bp.loose_end = true;
    assert_true(brk_find_first(&bp, true, &first));
    assert_int_equal(first.pos, 7);
    assert_int_equal(first.ratio, -750);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_even),
        cmocka_unit_test(total_fit_looks_ahead),
        cmocka_unit_test(nothing_acceptable_gives_up_unless_forced),
        cmocka_unit_test(a_hyphen_needs_room),
        cmocka_unit_test(pages_are_found_one_by_one),
        cmocka_unit_test(additions_at_a_break_count),
        cmocka_unit_test(keeps_are_broken_last),
        cmocka_unit_test(shrinking_does_not_buy_a_forbidden_break),
        cmocka_unit_test(small_ratios_are_told_apart),
        cmocka_unit_test(glue_after_a_break_is_dropped),
        cmocka_unit_test(parts_have_rooms_of_their_own),
        cmocka_unit_test(a_good_page_is_not_given_up_for_a_short_one_after_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
