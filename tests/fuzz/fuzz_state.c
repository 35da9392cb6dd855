/* The record of earlier builds, damaged: bytes to a state, which written and read again must be
 * the same. The input is what stands before the last line: with a true sum, as no mutation
 * would find it. */
#include "base/mem.h"
#include "build/state.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void put_end(struct buf *text)
{
    unsigned char hash[HASH_SIZE];
    hash_bytes(buf_str(text), text->len, hash);
    buf_puts(text, "end ");
    for (size_t i = 0; i < HASH_SIZE; i++)
        buf_printf(text, "%02x", hash[i]);
    buf_puts(text, " \n");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const folder = "/srv/orders/output/";
    struct buf text = BUF_EMPTY;
    build_free_state(build_parse_state((const char *)bytes, size, folder));
    buf_put(&text, bytes, size);
    put_end(&text);
    struct build_state *state = build_parse_state(buf_str(&text), text.len, folder);
    buf_free(&text);
    if (!state)
        return 0;
    struct buf first = BUF_EMPTY, second = BUF_EMPTY;
    build_sort_state(state);
    build_write_state(state, folder, &first);
    struct build_state *again = build_parse_state(buf_str(&first), first.len, folder);
    REQUIRE(again);
    build_write_state(again, folder, &second);
    REQUIRE(first.len == second.len && memcmp(first.bytes, second.bytes, first.len) == 0);
    build_free_state(again);
    build_free_state(state);
    buf_free(&first);
    buf_free(&second);
    return 0;
}
