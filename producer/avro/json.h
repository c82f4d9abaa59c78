/* producer/avro/json.h - the JSON form of an Avro record, for people and tools.
 */
#ifndef PRODUCER_AVRO_JSON_H
#define PRODUCER_AVRO_JSON_H

#include <avro.h>

#include "base/buffer.h"

/* How a schema's records are written as JSON; never changes once made. */
struct json_form;

/*
 * The form of schema's records (JSON), whose logical types avro-c forgets.
 * schema is borrowed for the call. The caller frees *out, which is written
 * only on FAULT_NONE.
 *
 * FAULT_CONFIG     it is no JSON; note says where
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault json_form_new(struct slice schema, struct json_form **out,
				    struct fault_note *note);
void json_form_free(struct json_form *form);

enum json_style {
	JSON_STYLE_LINE,   /* one line */
	JSON_STYLE_PRETTY, /* two spaces a level */
};

/*
 * Append the record, as article_value() or article_decode() gave it, and a
 * newline to out. Names and order are the schema's. A timestamp-millis is an
 * instant by RFC 3339, a date "2025-09-09", a fixed hex; what is null, an
 * empty array or an empty map is left out. UTF-8 stays; only what RFC 8259
 * demands is escaped.
 *
 *	{"uri":"tag:example.org,2025:1","date":"2025-09-09"}
 *
 * Returns out->fault: FAULT_RECORD_TOO_LARGE, FAULT_NO_MEMORY.
 */
MUST_CHECK enum fault json_form_print(const struct json_form *form,
				      const avro_value_t *record,
				      enum json_style style,
				      struct buffer *out);

/*
 * Append the JSON form of one field of the record, on one line without a
 * newline: outer's, or inner's where outer is itself a record. Null where the
 * field is null. The names must be the schema's.
 *
 *	"lineage", "format" -> "wire-text" in its quotes
 *
 * Returns out->fault, as json_form_print().
 */
MUST_CHECK enum fault json_form_print_field(const struct json_form *form,
					    const avro_value_t *record,
					    const char *outer,
					    const char *inner, /* or NULL */
					    struct buffer *out);

#endif
