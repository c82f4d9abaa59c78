#include "stage/context.h"

#include <assert.h>
#include <stdlib.h>

#include "schemas/embedded.h"
#include "stage/files.h"

enum { VOCABULARY_MAX = 16 << 20 };

static enum fault read_vocabulary(const char *path, struct vocabulary **out,
				  struct fault_note *note)
{
	struct fault_note detail = { "" };
	struct slice text;

	if (!*path)
		return vocabulary_parse(embedded_topics(), out, note);
	enum fault fault = file_read(path, VOCABULARY_MAX, &text, note);
	if (fault == FAULT_TOO_LARGE)
		return FAULT_CONFIG;
	if (fault)
		return fault;
	fault = vocabulary_parse(text, out, &detail);
	free((char *)text.ptr);
	if (fault == FAULT_CONFIG)
		return fault_noted(fault, note, "%s: %.400s", path,
				   detail.text);
	return fault;
}

enum fault context_open(const struct settings *settings, struct context *out,
			struct fault_note *note)
{
	assert(settings && out && note);

	memset(out, 0, sizeof *out);
	enum fault fault =
		read_vocabulary(settings->vocabulary, &out->vocabulary, note);
	if (fault)
		return fault;
	out->transform = (struct transform_context){
		.vocabulary = out->vocabulary,
		.format = settings->format,
		.encoding = settings->encoding,
		.uri_from = settings->uri_from,
		.input_max_bytes = (size_t)settings->input_max_bytes,
		.work_max = settings->work_max,
	};
	return FAULT_NONE;
}

void context_close(struct context *context)
{
	vocabulary_free(context->vocabulary);
	context->vocabulary = NULL;
}

enum fault context_new(const struct settings *settings, struct context **out,
		       struct fault_note *note)
{
	struct context *context = calloc(1, sizeof *context);

	if (!context)
		return fault_noted(FAULT_NO_MEMORY, note, "out of memory");
	enum fault fault = context_open(settings, context, note);
	if (fault)
		context_free(context);
	else
		*out = context;
	return fault;
}

void context_free(struct context *context)
{
	if (!context)
		return;
	context_close(context);
	free(context);
}
