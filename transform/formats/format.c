#include "transform/formats/format.h"

#include "transform/formats/ninjs/ninjs.h"
#include "transform/formats/wire_text/wire_text.h"

/* In the order they are tried: JSON is sure of its own, wire text takes any
 * text with a header line. */
static const struct format *const formats[] = {
	&ninjs_format,
	&wire_text_format,
	NULL,
};

const struct format *format_by_name(struct slice name)
{
	for (size_t i = 0; formats[i]; i++)
		if (slice_equal(slice_from(formats[i]->name), name))
			return formats[i];
	return NULL;
}

const char *const *format_names(void)
{
	static const char *const names[] = { "ninjs", "wire-text", NULL };

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
	size_t claimants = 0;

	for (size_t i = 0; formats[i]; i++) {
		if (!claims(formats[i], type))
			continue;
		found = formats[i];
		claimants++;
	}
	return claimants == 1 ? found : NULL;
}

static const struct format *find_by_bytes(struct slice text)
{
	for (size_t i = 0; formats[i]; i++)
		if (formats[i]->sniff(text))
			return formats[i];
	return NULL;
}

const struct format *format_detect(struct slice content_type, struct slice text)
{
	const struct format *claimant = NULL;
	struct slice type;

	if (slice_split(&content_type, ';', &type))
		claimant = find_claimant(slice_trim(type));
	return claimant ? claimant : find_by_bytes(text);
}
