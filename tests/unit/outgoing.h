/* tests/unit/outgoing.h - reading a record on its way out. */
#ifndef TESTS_UNIT_OUTGOING_H
#define TESTS_UNIT_OUTGOING_H

#include <check.h>

#include "producer/producer.h"

/* The value of the last header of that name; SLICE_NONE: there is none. */
static inline struct slice outgoing_header(const struct outgoing *out,
					   const char *name)
{
	const struct record record = { .headers = out->headers,
				       .header_count = out->header_count };

	return record_header(&record, slice_from(name));
}

static inline void assert_header(const struct outgoing *out, const char *name,
				 const char *value)
{
	struct slice got = outgoing_header(out, name);

	ck_assert_msg(got.ptr != NULL, "no header %s", name);
	ck_assert_msg(slice_equal(got, slice_from(value)),
		      "%s is \"%.*s\", not \"%s\"", name, SLICE_ARG(got),
		      value);
}

#endif
