/* tests/unit/article_files.h - two Avro files of articles, made and opened. */
#ifndef TESTS_UNIT_ARTICLE_FILES_H
#define TESTS_UNIT_ARTICLE_FILES_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "producer/avro/container.h"
#include "producer/avro/encoder.h"
#include "schemas/embedded.h"
#include "stage/diff/article_file.h"
#include "tests/unit/sample_article.h"
#include "tests/unit/suite.h"

enum { SIDES = 2, MANY = 8 };

static char paths[SIDES][64];
static struct article_file *files[SIDES];
static struct article_encoder *encoder;
static struct buffer bytes;
static struct fault_note note;

/* Set up and tear down what is above; the files are empty. */
static inline void files_begin(void)
{
	for (int i = 0; i < SIDES; i++) {
		snprintf(paths[i], sizeof paths[i],
			 P_tmpdir "/articles-XXXXXX");
		int fd = mkstemp(paths[i]);
		ck_assert_int_ge(fd, 0);
		close(fd);
		files[i] = NULL;
	}
	buffer_init(&bytes, SIZE_MAX);
	note.text[0] = '\0';
	ck_assert(!article_encoder_new(embedded_article_schema(), &encoder,
				       &note));
}

static inline void files_end(void)
{
	for (int i = 0; i < SIDES; i++) {
		article_file_close(files[i]);
		unlink(paths[i]);
	}
	article_encoder_free(encoder);
	buffer_release(&bytes);
}

static inline void write_bytes(int side, struct slice text)
{
	FILE *file = fopen(paths[side], "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text.ptr, 1, text.len, file), text.len);
	ck_assert_int_eq(fclose(file), 0);
}

/* A container file of the articles, in bytes and at the side's path. */
static inline void write_articles(int side, const struct article *articles,
				  size_t count)
{
	struct container container;
	struct buffer record;

	container_init(&container);
	buffer_init(&record, SIZE_MAX);
	buffer_clear(&bytes);
	container_start(&container, embedded_article_schema(), &bytes);
	for (size_t i = 0; i < count; i++) {
		buffer_clear(&record);
		ck_assert(!article_encode(encoder, &articles[i], &record));
		ck_assert(!container_add(&container, buffer_slice(&record),
					 &bytes));
	}
	container_finish(&container, &bytes);
	write_bytes(side, buffer_slice(&bytes));
	buffer_release(&record);
	container_release(&container);
}

/* Articles of raw/0, one for each digit, its offset. */
static inline void write_offsets(int side, const char *offsets)
{
	struct article articles[MANY];
	size_t count = strlen(offsets);

	for (size_t i = 0; i < count; i++) {
		articles[i] = sample_bare_article();
		articles[i].lineage.offset = offsets[i] - '0';
	}
	write_articles(side, articles, count);
}

static inline enum fault open_files(void)
{
	enum fault fault = FAULT_NONE;

	for (int i = 0; !fault && i < SIDES; i++)
		fault = article_file_open(paths[i], &files[i], &note);
	return fault;
}

#endif
