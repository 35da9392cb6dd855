/* Identifiers of content. */
#ifndef PRIKAZ_BASE_HASH_H
#define PRIKAZ_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_SIZE = 16 };

/* The first 16 bytes of SHA-256 (FIPS 180-4). */
void hash_bytes(const void *bytes, size_t n, unsigned char digest[HASH_SIZE]);

/* The same of bytes that come one after the other; as much is kept as is no whole block. */
struct hash {
    uint32_t state[8];
    uint64_t n;
    unsigned char rest[64];
};
void hash_begin(struct hash *h);
void hash_add(struct hash *h, const void *bytes, size_t n);
void hash_end(struct hash *h, unsigned char digest[HASH_SIZE]);

#endif
