/* What the examples share: whole files, and how a refusal is told. */

#ifndef EXAMPLES_C_FILES_H
#define EXAMPLES_C_FILES_H

#include <firn.h>

/* The exit statuses of the examples. */
enum { WRITTEN = 0, REFUSED = 1, NO_FILE = 2 };

/* Complains that `path` cannot be read or written; answers NO_FILE. */
int cannot(const char* what, const char* path);

/* The bytes of a file, for free(); NULL when it cannot be read. */
char* read_file(const char* path, size_t* size);

/* First beside it, then in its place: nobody ever sees half a file. */
int write_file(const char* path, firn_view bytes);

/* Tells every violation of a refused batch or diff; any other error by itself. Frees it; answers
 * REFUSED. */
int refuse(const char* path, firn_error* error);

#endif /* EXAMPLES_C_FILES_H */
