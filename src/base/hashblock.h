/* SHA-256 block by block, in two ways that give the same: for hash.c and its test. */
#ifndef PRIKAZ_BASE_HASHBLOCK_H
#define PRIKAZ_BASE_HASHBLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The constants of the 64 rounds (FIPS 180-4, 4.2.2). */
extern const uint32_t hash_rounds[64];

/* Mix `n` blocks of 64 bytes into the state. */
void hash_blocks_portably(uint32_t state[8], const unsigned char *blocks, size_t n);

/* Whether the processor has instructions for it; without them the next function may not be called. */
bool hash_has_instructions(void);
void hash_blocks_by_instructions(uint32_t state[8], const unsigned char *blocks, size_t n);

#endif
