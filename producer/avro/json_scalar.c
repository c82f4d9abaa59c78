#include "producer/avro/json_scalar.h"

#include <inttypes.h>
#include <stdio.h>

#include "transform/text/date.h"

/* The years 1 to 9999. */
enum { FIRST_DAY = -719162, LAST_DAY = 2932896 };
static const int64_t day_ms = 86400000;

/* The escape of a byte that may not stand in a JSON string; else NULL. */
static const char *escape(unsigned char byte, char scratch[8])
{
	static const char short_escapes[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	if (byte >= 0x20 && byte != '"' && byte != '\\')
		return NULL;
	snprintf(scratch, 8, "\\u%04x", byte);
	for (const char *pair = short_escapes; *pair; pair += 2)
		if ((unsigned char)pair[0] == byte)
			snprintf(scratch, 8, "\\%c", pair[1]);
	return scratch;
}

void json_add_text(struct buffer *out, struct slice text)
{
	char scratch[8];
	size_t plain = 0; /* what is not yet appended begins there */

	buffer_add_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		const char *escaped =
			escape((unsigned char)text.ptr[i], scratch);
		if (!escaped)
			continue;
		buffer_add(out, slice_between(text.ptr + plain, text.ptr + i));
		buffer_add(out, slice_from(escaped));
		plain = i + 1;
	}
	buffer_add(out, slice_skip(text, plain));
	buffer_add_byte(out, '"');
}

void json_add_number(struct buffer *out, int64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, number);
	buffer_add(out, slice_from(text));
}

void json_add_hex(struct buffer *out, struct slice bytes)
{
	static const char digits[] = "0123456789abcdef";

	buffer_add_byte(out, '"');
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char byte = (unsigned char)bytes.ptr[i];

		buffer_add_byte(out, digits[byte >> 4]);
		buffer_add_byte(out, digits[byte & 15]);
	}
	buffer_add_byte(out, '"');
}

void json_add_date(struct buffer *out, int32_t days)
{
	char text[DATE_TEXT_SIZE];

	if (days < FIRST_DAY || days > LAST_DAY) {
		json_add_number(out, days);
		return;
	}
	date_format(days, text);
	json_add_text(out, slice_from(text));
}

void json_add_instant(struct buffer *out, int64_t ms)
{
	char text[INSTANT_TEXT_SIZE];

	if (ms < FIRST_DAY * day_ms || ms >= (LAST_DAY + 1) * day_ms) {
		json_add_number(out, ms);
		return;
	}
	instant_format(ms, text);
	json_add_text(out, slice_from(text));
}
