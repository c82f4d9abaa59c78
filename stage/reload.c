#include "stage/reload.h"

#include <stdio.h>

#include "stage/terminal/complaints.h"

static bool is_reloadable(const char *name)
{
	return !strcmp(name, "vocabulary") || !strcmp(name, "log.level");
}

static void name_others(const struct settings *settings,
			const struct settings *fresh)
{
	const char *name;

	for (size_t i = 0; (name = setting_name(i)); i++)
		if (!is_reloadable(name) &&
		    !setting_is_same(settings, fresh, i))
			log_event(LOG_WARN, "reload", LOG_STR("setting", name),
				  LOG_STR("text", "has another value now, "
						  "which waits for a restart"),
				  LOG_END);
}

static void log_refusal(const char *text)
{
	log_event(LOG_ERROR, "reload", LOG_STR("result", "refused"),
		  LOG_STR("text", text), LOG_END);
}

static bool apply(const struct settings *settings, const struct settings *fresh,
		  struct service *service, char *version, size_t size)
{
	struct fault_note note = { "" };
	struct context *context;
	struct settings mixed = *settings;

	mixed.vocabulary = fresh->vocabulary;
	enum fault fault = context_new(&mixed, &context, &note);
	if (fault) {
		log_refusal(*note.text ? note.text : fault_text(fault));
		return false;
	}
	struct slice text = vocabulary_version(context->vocabulary);
	snprintf(version, size, "%.*s", SLICE_ARG(text));
	service_replace(service, context);
	log_set_level(fresh->log_level);
	log_event(LOG_INFO, "reload", LOG_STR("result", "done"),
		  LOG_STR("vocabulary", version), LOG_END);
	name_others(settings, fresh);
	return true;
}

bool reload(const struct settings *settings, struct service *service,
	    char *version, size_t size)
{
	static struct complaints complaints; /* too large for a stack */
	struct settings fresh;
	bool done = false;

	complaints = (struct complaints){ .count = 0 };
	enum fault fault =
		settings_load(settings->sources, &fresh, &complaints);
	for (size_t i = 0; i < complaints.count && i < COMPLAINTS_MAX; i++)
		log_refusal(complaints.text[i]);
	if (fault == FAULT_NO_MEMORY)
		log_refusal(fault_text(fault));
	if (!fault)
		done = apply(settings, &fresh, service, version, size);
	settings_release(&fresh);
	return done;
}
