/* SHA-256 (FIPS 180-4): identifiers of content, a function of the bytes and nothing else.
 *
 * A checksum would do for telling versions apart, but registries compare identifiers of files
 * from many years; 128 bits of a cryptographic hash do not collide by accident. Blocks are mixed
 * in by the processor's own instructions where it has them (hashx86.c), else by the code here. */
#include "base/hash.h"
#include "base/hashblock.h"

#include <string.h>

const uint32_t hash_rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2};

static inline uint32_t turn(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void schedule(const unsigned char *block, uint32_t w[64])
{
    for (int i = 0; i < 16; i++, block += 4)
        w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 |
               block[3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[i - 7] +
               (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
    }
}

/* One round. The eight words move by one place a round: instead of moving them, the next round
 * is given them in the order they have then. */
#define ROUND(a, b, c, d, e, f, g, h, i)                                                       \
    do {                                                                                       \
        uint32_t t = (h) + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +                          \
                     ((g) ^ ((e) & ((f) ^ (g)))) + hash_rounds[i] + w[i];                      \
        (d) += t;                                                                              \
        (h) = t + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) +                                   \
              (((a) & (b)) | ((c) & ((a) | (b))));                                             \
    } while (0)

static void compress_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64];
    schedule(block, w);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i += 8) {
        ROUND(a, b, c, d, e, f, g, h, i);
        ROUND(h, a, b, c, d, e, f, g, i + 1);
        ROUND(g, h, a, b, c, d, e, f, i + 2);
        ROUND(f, g, h, a, b, c, d, e, i + 3);
        ROUND(e, f, g, h, a, b, c, d, i + 4);
        ROUND(d, e, f, g, h, a, b, c, i + 5);
        ROUND(c, d, e, f, g, h, a, b, i + 6);
        ROUND(b, c, d, e, f, g, h, a, i + 7);
    }
    const uint32_t done[8] = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; i++)
        state[i] += done[i];
}

void hash_blocks_portably(uint32_t state[8], const unsigned char *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        compress_block(state, blocks + i * 64);
}

static void compress_blocks(uint32_t state[8], const unsigned char *blocks, size_t n)
{
    if (hash_has_instructions())
        hash_blocks_by_instructions(state, blocks, n);
    else
        hash_blocks_portably(state, blocks, n);
}

void hash_begin(struct hash *h)
{
    *h = (struct hash){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void hash_add(struct hash *h, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    size_t has = h->n % 64;
    h->n += n;
    if (has + n >= 64 && has) {
        memcpy(h->rest + has, p, 64 - has);
        compress_blocks(h->state, h->rest, 1);
        p += 64 - has;
        n -= 64 - has;
        has = 0;
    }
    if (n >= 64) {
        compress_blocks(h->state, p, n / 64);
        p += n / 64 * 64;
        n %= 64;
    }
    if (n)
        memcpy(h->rest + has, p, n);
}

void hash_end(struct hash *h, unsigned char digest[HASH_SIZE])
{
    unsigned char tail[128] = {0};
    size_t rest = h->n % 64, size = rest < 56 ? 64 : 128;
    memcpy(tail, h->rest, rest);
    tail[rest] = 0x80;
    for (int i = 0; i < 8; i++)
        tail[size - 1 - (size_t)i] = (unsigned char)(h->n * 8 >> 8 * i);
    compress_blocks(h->state, tail, size / 64);
    for (int i = 0; i < HASH_SIZE; i++)
        digest[i] = (unsigned char)(h->state[i / 4] >> (24 - i % 4 * 8));
}

void hash_bytes(const void *bytes, size_t n, unsigned char digest[HASH_SIZE])
{
    struct hash h;
    hash_begin(&h);
    hash_add(&h, bytes, n);
    hash_end(&h, digest);
}
