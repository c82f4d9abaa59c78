/* stage/diff/article_file.h - the articles of an Avro file, by lineage. */
#ifndef STAGE_DIFF_ARTICLE_FILE_H
#define STAGE_DIFF_ARTICLE_FILE_H

#include <avro.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/slice.h"

/* Where an article came from: what two files are joined by. */
struct origin {
	struct slice topic;
	int64_t partition, offset, part;
};

/* The origin that the record's lineage states; borrowed from the record. */
struct origin origin_of(const avro_value_t *record);

/* Below, at or above 0: by topic (bytes), partition, offset, part. */
int origin_order(const struct origin *a, const struct origin *b);

/* An open file. */
struct article_file;

/*
 * Open path, a container file as `transform --avro` and `replay --out` write
 * it. The caller closes *out, which is written only on FAULT_NONE.
 *
 * FAULT_FILE       it cannot be read, is damaged, or its records are not of
 *                  this version's schema; note says which, beginning with path
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault article_file_open(const char *path,
					struct article_file **out,
					struct fault_note *note);
void article_file_close(struct article_file *file);

/*
 * Read the next article. *out is the file's, until its next call; NULL at the
 * end. It is written only on FAULT_NONE. Memory is that of one block and one
 * article, however many there are.
 *
 * FAULT_FILE       as article_file_open()
 * FAULT_CONFIG     the article does not come after the one before it; note
 *                  says which it is
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault article_file_next(struct article_file *file,
					const avro_value_t **out,
					struct fault_note *note);

/* How far the file is read, and its size: 0 where that is not known. Bytes. */
uint64_t article_file_at(const struct article_file *file);
uint64_t article_file_size(const struct article_file *file);

#endif
