/* stage/files.h - whole files into memory. */
#ifndef STAGE_FILES_H
#define STAGE_FILES_H

#include <glob.h>

#include "base/fault.h"
#include "base/slice.h"

/*
 * Read all of path, or of standard input for "-". The caller frees out->ptr,
 * which has a NUL behind its last byte.
 *
 * FAULT_FILE       it cannot be read; note says why
 * FAULT_TOO_LARGE  it has more than max_bytes; no more is read than that
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault file_read(const char *path, size_t max_bytes,
				struct slice *out, struct fault_note *note);

/*
 * The paths that operands (a NULL ends them) name, globs expanded; "-" alone
 * where there are none. What matches no file is kept as it is, for file_read()
 * to complain of. globfree(out) whatever came of it.
 *
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault files_expand(const char **operands, glob_t *out);

/* The last part of a path, or all of it where that ends in a slash: the same
 * file is the same story, wherever it is.
 *
 *	"samples/comet.json" -> "comet.json"
 */
struct slice file_base_name(const char *path);

#endif
