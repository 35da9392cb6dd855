/* src/base: arenas, growing arrays and buffers, UTF-8, lengths, collected faults. */
#include "base/buf.h"
#include "base/hash.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/mpt.h"
#include "base/pool.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* --- mem -------------------------------------------------------------------------------- */

static void arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t size = 1; size < 3000; size = size * 3 + 1) {
        unsigned char *p = arena_alloc(a, size);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
    }
    arena_free(a);
}

static void arena_keeps_what_was_taken_before(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    struct arena *a = arena_new();
    char **strings = mem_alloc(COUNT * sizeof *strings);
    for (int i = 0; i < COUNT; i++)
        strings[i] = arena_printf(a, "%d-%s", i, i % 100 ? "x" : "a longer one");
    for (int i = 0; i < COUNT; i++) {
        char expected[40];
        snprintf(expected, sizeof expected, "%d-%s", i, i % 100 ? "x" : "a longer one");
        assert_string_equal(strings[i], expected);
    }
    free(strings);
    arena_free(a);
}

static void arena_takes_a_piece_larger_than_any_block(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    size_t size = (size_t)5 << 20;
    char *p = arena_alloc(a, size);
    p[size - 1] = 1;
    assert_true(arena_used(a) >= size);
    char *q = arena_strdup(a, "after");
    assert_string_equal(q, "after");
    arena_free(a);
    arena_free(NULL);
}

static void arena_copies_ends_with_nul(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
    assert_string_equal(arena_strndup(a, "", 0), "");
    int numbers[] = {1, 2, 3};
    assert_memory_equal(arena_copy(a, numbers, sizeof numbers), numbers, sizeof numbers);
    assert_non_null(arena_copy(a, NULL, 0));
    arena_free(a);
}

/* FIPS 180-4's own example, and the same bytes in pieces of every length. */
static void hashes_of_pieces_are_those_of_the_whole(void **state)
{
    (void)state;
    static const unsigned char abc[HASH_SIZE] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01,
                                                 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde,
                                                 0x5d, 0xae, 0x22, 0x23};
    unsigned char bytes[1000], whole[HASH_SIZE], parts[HASH_SIZE];
    hash_bytes("abc", 3, whole);
    assert_memory_equal(whole, abc, HASH_SIZE);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 31);
    for (size_t n = 1; n < 300; n++) {
        struct hash h;
        hash_begin(&h);
        for (size_t at = 0; at < sizeof bytes; at += n)
            hash_add(&h, bytes + at, at + n < sizeof bytes ? n : sizeof bytes - at);
        hash_end(&h, parts);
        hash_bytes(bytes, sizeof bytes, whole);
        assert_memory_equal(parts, whole, HASH_SIZE);
    }
}

/* Pieces of every size, freed and grown in a fixed order: each keeps its bytes and no two share
 * any. */
static void pool_pieces_keep_their_bytes(void **state)
{
    (void)state;
    enum { PIECES = 500, STEPS = 20000 };
    static struct {
        unsigned char *bytes;
        size_t size;
    } pieces[PIECES];
    uint32_t seed = 54;
    for (int step = 0; step < STEPS; step++) {
        seed = seed * 1103515245 + 12345;
        size_t i = (seed >> 16) % PIECES, size = (seed >> 8) % (step % 16 ? 200 : 3000);
        unsigned char mark = (unsigned char)(i * 7 + 1);
        size_t kept = size < pieces[i].size ? size : pieces[i].size;
        if (step % 3 == 0) {
            pool_free(pieces[i].bytes);
            pieces[i].bytes = pool_alloc(size);
            kept = 0;
        } else {
            pieces[i].bytes = pool_realloc(pieces[i].bytes, size);
        }
        assert_non_null(pieces[i].bytes);
        assert_int_equal((uintptr_t)pieces[i].bytes % sizeof(int64_t), 0);
        for (size_t k = 0; k < kept; k++)
            assert_int_equal(pieces[i].bytes[k], mark);
        memset(pieces[i].bytes, mark, size);
        pieces[i].size = size;
    }
    size_t before = pool_size();
    for (size_t i = 0; i < PIECES; i++)
        pool_free(pieces[i].bytes);
    char *copy = pool_strdup("отдел");
    assert_string_equal(copy, "отдел");
    pool_free(copy);
    pool_free(NULL);
    assert_int_equal(pool_size(), before); /* what was freed is given out again */
}

/* A megabyte of pieces, all but one freed, goes back but for what lies beside that one and what
 * new pieces are cut from. */
static void pool_trim_keeps_what_is_in_use(void **state)
{
    (void)state;
    enum { PIECES = 1200, SIZE = 900 };
    static char *pieces[PIECES];
    for (int i = 0; i < PIECES; i++)
        pieces[i] = pool_alloc(SIZE);
    size_t before = pool_size();
    memset(pieces[PIECES / 2], 'x', SIZE);
    for (int i = 0; i < PIECES; i++)
        if (i != PIECES / 2)
            pool_free(pieces[i]);
    pool_trim();
    assert_true(pool_size() < before * 2 / 3);
    for (int i = 0; i < SIZE; i++)
        assert_int_equal(pieces[PIECES / 2][i], 'x');
    for (int i = 0; i < PIECES; i++)
        if (i != PIECES / 2)
            pieces[i] = memset(pool_alloc(SIZE), i, SIZE);
    for (int i = 0; i < PIECES; i++)
        pool_free(pieces[i]);
}

static void vec_push_grows(void **state)
{
    (void)state;
    struct {
        int *items;
        size_t len, cap;
    } v = {NULL, 0, 0};
    for (int i = 0; i < 1000; i++)
        VEC_PUSH(&v, i);
    assert_int_equal(v.len, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v.items[i], i);
    free(v.items);
}

/* Run `f` in a child with its messages closed; its exit status. */
static int status_of(void (*f)(void))
{
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(99);
        f();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void take_past_the_limit(void)
{
    mem_limit(1000000);
    struct arena *a = arena_new();
    for (int i = 0; i < 3; i++)
        arena_alloc(a, 600000);
}

static void take_up_to_the_limit(void)
{
    mem_limit(1000000);
    for (int i = 0; i < 100; i++) {
        struct arena *a = arena_new();
        arena_alloc(a, 900000);
        arena_free(a);
    }
}

static void mem_limit_ends_the_program(void **state)
{
    (void)state;
    assert_int_equal(status_of(take_past_the_limit), EXIT_SYSTEM);
    assert_int_equal(status_of(take_up_to_the_limit), 0);
}

static void break_an_invariant(void)
{
    REQUIRE(1 + 1 == 3);
}

static void require_ends_the_program(void **state)
{
    (void)state;
    assert_int_equal(status_of(break_an_invariant), EXIT_SYSTEM);
    REQUIRE(1 + 1 == 2);
}

/* --- buf -------------------------------------------------------------------------------- */

static void buf_collects_pieces(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    assert_string_equal(buf_str(&b), "");
    buf_puts(&b, "abc");
    buf_putc(&b, '-');
    buf_put(&b, "x\0y", 3);
    assert_int_equal(b.len, 7);
    assert_memory_equal(buf_str(&b), "abc-x\0y", 8);
    buf_clear(&b);
    assert_string_equal(buf_str(&b), "");
    for (int i = 0; i < 10000; i++)
        buf_printf(&b, "%d%s", i % 10, i % 2 ? "," : "");
    assert_int_equal(b.len, 15000);
    assert_memory_equal(b.bytes, "01,23,45,67,89,01,", 18);
    buf_free(&b);
    assert_int_equal(b.len, 0);
}

static void assert_putd(int64_t n, const char *expected)
{
    struct buf b = BUF_EMPTY;
    buf_putd(&b, n);
    assert_string_equal(buf_str(&b), expected);
    buf_free(&b);
}

static void buf_writes_integers(void **state)
{
    (void)state;
    assert_putd(0, "0");
    assert_putd(-1, "-1");
    assert_putd(1234567890123, "1234567890123");
    assert_putd(INT64_MAX, "9223372036854775807");
    assert_putd(INT64_MIN, "-9223372036854775808");
}

static void assert_milli(int64_t n, const char *expected)
{
    struct buf b = BUF_EMPTY;
    buf_put_milli(&b, n);
    assert_string_equal(buf_str(&b), expected);
    buf_free(&b);
}

static void buf_writes_lengths_without_trailing_zeros(void **state)
{
    (void)state;
    assert_milli(0, "0");
    assert_milli(12000, "12");
    assert_milli(12500, "12.5");
    assert_milli(12050, "12.05");
    assert_milli(12345, "12.345");
    assert_milli(-1, "-0.001");
    assert_milli(-12500, "-12.5");
    assert_milli(INT64_MIN, "-9223372036854775.808");
}

static void buf_writes_utf8(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    const uint32_t cps[] = {0x24,  0x7F,   0x80,   0x416,   0x7FF,
                            0x800, 0x2116, 0xFFFD, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof cps / sizeof *cps; i++)
        buf_put_utf8(&b, cps[i]);
    const char *p = buf_str(&b), *end = p + b.len;
    for (size_t i = 0; i < sizeof cps / sizeof *cps; i++)
        assert_int_equal(utf8_next(&p, end), cps[i]);
    assert_ptr_equal(p, end);
    buf_clear(&b);
    buf_put_utf8(&b, 0x2116);
    assert_string_equal(buf_str(&b), "№");
    buf_free(&b);
}

/* --- utf8 ------------------------------------------------------------------------------- */

/* All code points of `bytes`, up to `max`; the count. */
static size_t decode(const char *bytes, size_t n, uint32_t *cps, size_t max)
{
    const char *p = bytes, *end = bytes + n;
    size_t count = 0;
    while (p < end && count < max) {
        const char *before = p;
        cps[count++] = utf8_next(&p, end);
        assert_true(p > before && p <= end);
    }
    return count;
}

static void utf8_decodes_well_formed_text(void **state)
{
    (void)state;
    uint32_t cps[8] = {0};
    assert_int_equal(decode("aЖ№𝄞", strlen("aЖ№𝄞"), cps, 8), 4);
    assert_int_equal(cps[0], 'a');
    assert_int_equal(cps[1], 0x416);
    assert_int_equal(cps[2], 0x2116);
    assert_int_equal(cps[3], 0x1D11E);
}

static void utf8_replaces_ill_formed_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = {
        {"\x80", 1},             /* a continuation alone */
        {"\xC0\x80", 2},         /* overlong */
        {"\xE0\x80\x80", 3},     /* overlong */
        {"\xF0\x80\x80\x80", 4}, /* overlong */
        {"\xED\xA0\x80", 3},     /* a surrogate */
        {"\xF4\x90\x80\x80", 4}, /* above U+10FFFF */
        {"\xF8\x88\x80\x80", 4},
        {"\xFF", 1},
        {"\xD0", 1}, /* cut off */
        {"\xE2\x84", 2},
        {"\xF0\x9D\x84", 3},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t cps[8] = {0};
        size_t n = decode(bad[i].bytes, bad[i].len, cps, 8);
        assert_true(n >= 1);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(cps[k], 0xFFFD);
    }
}

static void utf8_goes_on_after_a_bad_byte(void **state)
{
    (void)state;
    uint32_t cps[8] = {0};
    size_t n = decode("\xD0Z\xE2Я", 5, cps, 8);
    assert_int_equal(n, 4);
    assert_int_equal(cps[0], 0xFFFD);
    assert_int_equal(cps[1], 'Z');
    assert_int_equal(cps[2], 0xFFFD);
    assert_int_equal(cps[3], 0x42F);
}

/* --- mpt -------------------------------------------------------------------------------- */

static void mpt_scale_rounds_half_away_from_zero(void **state)
{
    (void)state;
    assert_int_equal(mpt_scale(1, 1, 2), 1);
    assert_int_equal(mpt_scale(-1, 1, 2), -1);
    assert_int_equal(mpt_scale(1, 1, 3), 0);
    assert_int_equal(mpt_scale(-2, 1, 3), -1);
    assert_int_equal(mpt_scale(PT(72), 254, 720), 25400);
    assert_int_equal(mpt_scale(12000, 1491, 2048), 8736);
}

static void mpt_clamps_at_both_ends(void **state)
{
    (void)state;
    assert_int_equal(mpt_clamp(INT64_MAX), MPT_MAX);
    assert_int_equal(mpt_clamp(INT64_MIN), -MPT_MAX);
    assert_int_equal(mpt_clamp(-5), -5);
    assert_int_equal(mpt_min(-1, 1), -1);
    assert_int_equal(mpt_max(-1, 1), 1);
}

/* --- diag ------------------------------------------------------------------------------- */

static struct src_loc at(const char *file, int line, int col)
{
    return (struct src_loc){file, line, col};
}

/* What diag_print writes, malloc'ed. */
static char *printed(struct diag *d, bool colour)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    diag_print(d, out, colour);
    fclose(out);
    return text;
}

static void diag_sorts_by_place_and_order(void **state)
{
    (void)state;
    struct diag *d = diag_new();
    diag_add(d, DIAG_WARNING, at("b.xml", 2, 0), "w", "third");
    diag_add(d, DIAG_NOTE, at("a.xml", 10, 7), "n", "second");
    diag_add(d, DIAG_ERROR, at("b.xml", 2, 0), "e", "fourth %d", 4);
    diag_add(d, DIAG_NOTE, at(NULL, 0, 0), "n", "first");
    char *text = printed(d, false);
    assert_string_equal(text, "prikaz: note: first\n"
                              "a.xml:10:7: note: second\n"
                              "b.xml:2: warning: third\n"
                              "b.xml:2: error: fourth 4\n");
    free(text);
    diag_free(d);
}

static void diag_keeps_a_repeated_fault_once(void **state)
{
    (void)state;
    struct diag *d = diag_new();
    char file[] = "a.xml";
    for (int i = 0; i < 3; i++)
        diag_add(d, DIAG_ERROR, at(file, 1, 0), "e", "again");
    diag_add(d, DIAG_ERROR, at(file, 2, 0), "e", "again");
    file[0] = 'z'; /* the diag owns the names it gives out */
    size_t n;
    const struct diag_item *items = diag_items(d, &n);
    assert_int_equal(n, 2);
    assert_string_equal(items[0].loc.file, "a.xml");
    assert_int_equal(items[1].loc.line, 2);
    diag_free(d);
}

static void diag_counts_what_it_does_not_keep(void **state)
{
    (void)state;
    struct diag *d = diag_new();
    for (int i = 1; i <= 250; i++)
        diag_add(d, DIAG_WARNING, at("a.xml", i, 0), "many", "row %d", i);
    diag_add(d, DIAG_WARNING, at("a.xml", 1, 0), "other", "one more kind");
    size_t n;
    diag_items(d, &n);
    assert_int_equal(n, 201);
    char *text = printed(d, false);
    assert_non_null(strstr(text, "50 more messages of the kind «many»"));
    free(text);
    diag_free(d);
}

static void diag_worst_level_is_the_exit_status(void **state)
{
    (void)state;
    static const struct {
        enum diag_level level;
        int status;
    } steps[] = {{DIAG_NONE, 0},  {DIAG_NOTE, 0}, {DIAG_WARNING, 0},
                 {DIAG_ERROR, 1}, {DIAG_NOTE, 1}, {DIAG_SYSTEM, 3}};
    struct diag *d = diag_new();
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i].level != DIAG_NONE)
            diag_add(d, steps[i].level, at("a", (int)i, 0), "x", "y");
        assert_int_equal(diag_exit_status(d), steps[i].status);
    }
    assert_int_equal(diag_worst(d), DIAG_SYSTEM);
    diag_free(d);
    diag_free(NULL);
}

static void diag_colours_only_when_told(void **state)
{
    (void)state;
    struct diag *d = diag_new();
    diag_add(d, DIAG_ERROR, at("a", 1, 0), "x", "y");
    char *plain = printed(d, false), *coloured = printed(d, true);
    assert_null(strchr(plain, '\033'));
    assert_string_equal(coloured, "a:1: \033[31merror:\033[0m y\n");
    free(plain);
    free(coloured);
    diag_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_keeps_what_was_taken_before),
        cmocka_unit_test(arena_takes_a_piece_larger_than_any_block),
        cmocka_unit_test(arena_copies_ends_with_nul),
        cmocka_unit_test(hashes_of_pieces_are_those_of_the_whole),
        cmocka_unit_test(pool_pieces_keep_their_bytes),
        cmocka_unit_test(pool_trim_keeps_what_is_in_use),
        cmocka_unit_test(vec_push_grows),
        cmocka_unit_test(mem_limit_ends_the_program),
        cmocka_unit_test(require_ends_the_program),
        cmocka_unit_test(buf_collects_pieces),
        cmocka_unit_test(buf_writes_integers),
        cmocka_unit_test(buf_writes_lengths_without_trailing_zeros),
        cmocka_unit_test(buf_writes_utf8),
        cmocka_unit_test(utf8_decodes_well_formed_text),
        cmocka_unit_test(utf8_replaces_ill_formed_bytes),
        cmocka_unit_test(utf8_goes_on_after_a_bad_byte),
        cmocka_unit_test(mpt_scale_rounds_half_away_from_zero),
        cmocka_unit_test(mpt_clamps_at_both_ends),
        cmocka_unit_test(diag_sorts_by_place_and_order),
        cmocka_unit_test(diag_keeps_a_repeated_fault_once),
        cmocka_unit_test(diag_counts_what_it_does_not_keep),
        cmocka_unit_test(diag_worst_level_is_the_exit_status),
        cmocka_unit_test(diag_colours_only_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
