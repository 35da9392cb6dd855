/* Which program this is. */
#ifndef PRIKAZ_BUILD_PROGRAM_H
#define PRIKAZ_BUILD_PROGRAM_H

#include "base/hash.h"

/* A hash that differs between programs that may give different bytes: of the build identifiers
 * (or, where one is missing, the names, sizes and times) of the program and of every library it
 * has loaded. */
void build_identify_program(unsigned char hash[HASH_SIZE]);

#endif
