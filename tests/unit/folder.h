/* A folder of a test's own, in which it works and which is removed whole. */
#ifndef PRIKAZ_TESTS_FOLDER_H
#define PRIKAZ_TESTS_FOLDER_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Group set-up and tear-down for cmocka: make the folder and go there; go back and remove it. */
int folder_enter(void **state);
int folder_leave(void **state);

/* The folder the tests were started in, the project's. Borrowed. */
const char *folder_of_project(void);

/* Write a file, making the folders in its path; the test fails when it cannot. */
void folder_write(const char *path, const char *text);
void folder_write_bytes(const char *path, const void *bytes, size_t n);

/* A PNG of `side` by `side` pixels of noise, which nothing makes smaller: three bytes a pixel. */
void folder_write_noise(const char *path, unsigned side);

/* Is the file's content this text? */
bool folder_holds(const char *path, const char *text);

/* How many entries the folder has. */
int folder_count(const char *path);

#endif
