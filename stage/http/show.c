#include "stage/http/show.h"

enum fault show_open(const struct settings *settings,
		     const struct service *service,
		     const struct context *context, const struct bounds *plan,
		     struct show *out, struct fault_note *note)
{
	out->status = status_new(settings, service_counters(service),
				 vocabulary_version(context->vocabulary), plan);
	if (!out->status)
		return fault_noted(FAULT_NO_MEMORY, note, "out of memory");
	if (!*settings->http_address)
		return FAULT_NONE;
	return server_open(settings->http_address, out->status, &out->server,
			   note);
}

void show_close(struct show *show)
{
	server_close(show->server);
	status_free(show->status);
	*show = (struct show){ NULL, NULL };
}
