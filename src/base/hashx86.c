/* SHA-256 by the instructions of x86-64 processors made since 2017: six times as fast.
 *
 * The instructions want the eight words of the state as (a b e f) and (c d g h), do two rounds at
 * once and hand the halves to each other; four words of the schedule are made by two
 * instructions and an addition of the words in between (Intel 64 and IA-32 Architectures
 * Software Developer's Manual, SHA256RNDS2, SHA256MSG1, SHA256MSG2). Elsewhere the portable code
 * is all there is. */
#include "base/hashblock.h"
#include "base/mem.h"

#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,sse4.1")))

static bool ask_processor(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_SHA;
}

/* Asked once: a virtual machine takes microseconds to answer. */
bool hash_has_instructions(void)
{
    static enum { UNKNOWN, NO, YES } answer;
    if (answer == UNKNOWN)
        answer = ask_processor() ? YES : NO;
    return answer == YES;
}

/* Four rounds from `i` on with four words of the schedule. */
WITH_SHA static inline void four_rounds(__m128i *abef, __m128i *cdgh, __m128i words, int i)
{
    const __m128i *constants = (const __m128i *)(const void *)(hash_rounds + i);
    __m128i sum = _mm_add_epi32(words, _mm_loadu_si128(constants));
    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

/* The four words after w[0]…w[3], which hold sixteen. */
WITH_SHA static inline __m128i next_words(const __m128i w[4])
{
    __m128i sum =
        _mm_add_epi32(_mm_sha256msg1_epu32(w[0], w[1]), _mm_alignr_epi8(w[3], w[2], 4));
    return _mm_sha256msg2_epu32(sum, w[3]);
}

WITH_SHA static void mix_block(__m128i *abef, __m128i *cdgh, const unsigned char *block)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i w[4], before_abef = *abef, before_cdgh = *cdgh;
    for (int i = 0; i < 4; i++) {
        const __m128i *at = (const __m128i *)(const void *)(block + (size_t)i * 16);
        w[i] = _mm_shuffle_epi8(_mm_loadu_si128(at), big_endian);
        four_rounds(abef, cdgh, w[i], i * 4);
    }
    for (int i = 16; i < 64; i += 4) {
        __m128i next = next_words(w);
        four_rounds(abef, cdgh, next, i);
        w[0] = w[1];
        w[1] = w[2];
        w[2] = w[3];
        w[3] = next;
    }
    *abef = _mm_add_epi32(*abef, before_abef);
    *cdgh = _mm_add_epi32(*cdgh, before_cdgh);
}

WITH_SHA void hash_blocks_by_instructions(uint32_t state[8], const unsigned char *blocks,
                                          size_t n)
{
    __m128i *halves = (__m128i *)(void *)state;
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128(halves), 0xB1); /* c d a b, high first */
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(halves + 1), 0x1B);
    __m128i abef = _mm_alignr_epi8(abcd, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);
    for (size_t i = 0; i < n; i++)
        mix_block(&abef, &cdgh, blocks + i * 64);
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128(halves, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128(halves + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool hash_has_instructions(void)
{
    return false;
}

void hash_blocks_by_instructions(uint32_t state[8], const unsigned char *blocks, size_t n)
{
    (void)state, (void)blocks, (void)n;
    mem_die("no instructions for SHA-256", __FILE__, __LINE__);
}

#endif
