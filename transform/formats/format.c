#include "transform/formats/format.h"

#include "transform/formats/ninjs/ninjs.h"
#include "transform/formats/wire_text/wire_text.h"

/* In the order they are tried: JSON is sure of its own, wire text takes any
 * text with a header line. */
static const struct format *const formats[] = {
	&ninjs_format,
	&wire_text_format,
};

enum { FORMATS = sizeof formats / sizeof *formats };

const struct format *format_by_name(struct slice name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (slice_equal(slice_from(formats[i]->name), name))
			return formats[i];
	return NULL;
}

const char *const *format_names(void)
{
	static const char *const names[FORMATS + 1] = {
		"ninjs",
		"wire-text",
	};

	return names;
}

static bool claims(const struct format *format, struct slice type)
{
	for (const char *const *known = format->content_types; *known; known++)
		if (slice_equal_nocase(slice_from(*known), type))
			return true;
	return false;
}

/* The one format that claims the type; NULL: none, or several. */
static const struct format *find_claimant(struct slice type)
{
	const struct format *found = NULL;

	for (size_t i = 0; i < FORMATS; i++) {
		if (!claims(formats[i], type))
			continue;
		if (found)
			return NULL;
		found = formats[i];
	}
	return found;
}

const struct format *format_detect(struct slice content_type, struct slice text)
{
	struct slice type;

	if (slice_split(&content_type, ';', &type)) {
		const struct format *format = find_claimant(slice_trim(type));
		if (format)
			return format;
	}
	for (size_t i = 0; i < FORMATS; i++)
		if (formats[i]->sniff(text))
			return formats[i];
	return NULL;
}
