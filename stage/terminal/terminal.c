#include "stage/terminal/terminal.h"

#include "base/utf8.h"

void terminal_print(struct slice text, FILE *out)
{
	uint32_t code;

	while (text.len > 0) {
		size_t len = 1;
		struct slice head =
			slice_head(text, text.len < 4 ? text.len : 4);
		if (utf8_valid_prefix(head) == 0) {
			fputs("\xef\xbf\xbd", out);
		} else {
			len = utf8_decode(text, &code);
			bool control = code < 0x20 ||
				       (code >= 0x7f && code < 0xa0);
			fprintf(out, "%.*s", (int)len,
				control ? " " : text.ptr);
		}
		text = slice_skip(text, len);
	}
}
