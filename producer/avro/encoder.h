/* producer/avro/encoder.h - articles as Avro records. */
#ifndef PRODUCER_AVRO_ENCODER_H
#define PRODUCER_AVRO_ENCODER_H

#include <avro.h>

#include "base/buffer.h"
#include "transform/article.h"

/*
 * Turns articles to Avro's binary form and back by one schema; what can be
 * made once is made once. One a worker.
 */
struct article_encoder;

/*
 * An encoder for schema (JSON), which is schemas/article.avsc or differs from
 * it in docs, defaults and aliases only. schema is borrowed for the call. The
 * caller frees *out, which is written only on FAULT_NONE.
 *
 * FAULT_CONFIG     avro-c does not read it, or its fields are not those of
 *                  struct article; note says which
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault article_encoder_new(struct slice schema,
					  struct article_encoder **out,
					  struct fault_note *note);
void article_encoder_free(struct article_encoder *encoder);

/*
 * The record of article, as avro-c sees it: nothing is copied, the value reads
 * the article where it lies, and lives as long as it.
 */
avro_value_t article_value(const struct article *article);

/*
 * Append the record of article to out in Avro's binary form ("Binary
 * Encoding"), without framing: what framing_header() gives goes first.
 * After a fault out holds what it held.
 *
 * FAULT_RECORD_TOO_LARGE  it would pass out->limit
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault article_encode(struct article_encoder *encoder,
				     const struct article *article,
				     struct buffer *out);

/*
 * Read a record back, for people to look at. body comes from outside: it is
 * checked byte by byte against the schema first, since avro-c trusts lengths
 * and leaks what it read before it fails. Memory is bounded by body.len.
 *
 * body is borrowed for the call; the record belongs to the encoder, until the
 * next call for it. False: body is no whole record of this schema, or memory
 * is out; *out is not written.
 */
bool article_decode(struct article_encoder *encoder, struct slice body,
		    avro_value_t *out);

/*
 * As article_decode(), of the first of the records in *rest, as a block of a
 * container file holds them; *rest is then what follows it. False: neither is
 * written.
 */
bool article_decode_next(struct article_encoder *encoder, struct slice *rest,
			 avro_value_t *out);

#endif
