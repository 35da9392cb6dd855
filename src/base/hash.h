/* Identifiers of content. */
#ifndef PRIKAZ_BASE_HASH_H
#define PRIKAZ_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_SIZE = 16 };

/* The first 16 bytes of SHA-256 (FIPS 180-4). */
void hash_bytes(const void *bytes, size_t n, unsigned char digest[HASH_SIZE]);

#endif
