#include "stage/http/server.h"

#include <assert.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "stage/http/crowd.h"
#include "stage/http/listen.h"
#include "stage/http/page.h"

enum {
	CONNECTION_BYTES = 16384, /* for a request's head, and the answer's */
	IDLE_SECONDS = 5,
};

struct server {
	struct status *status;
	struct MHD_Daemon *daemon;
	struct crowd crowd;
	struct log_limit complaints, crowded;
};

/* One answer in the making. */
struct answer {
	unsigned code;
	const char *type, *allow;
	struct buffer body; /* owned; not used where text is there */
	struct slice text;  /* static */
};

static const char json_type[] = "application/json";
static const char text_type[] = "text/plain; charset=utf-8";

static void answer_page(struct server *server, struct MHD_Connection *from,
			struct answer *out)
{
	(void)server;
	(void)from;
	out->type = "text/html; charset=utf-8";
	out->text = page_html();
}

static void answer_status(struct server *server, struct MHD_Connection *from,
			  struct answer *out)
{
	(void)from;
	out->type = json_type;
	status_json(server->status, &out->body);
}

/* Prometheus names OpenMetrics where it wants that, with weights that put it
 * first; whoever names it gets it. */
static void answer_metrics(struct server *server, struct MHD_Connection *from,
			   struct answer *out)
{
	const char *accept = MHD_lookup_connection_value(
		from, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT);
	bool open = accept && strstr(accept, "application/openmetrics-text");

	out->type = open ? "application/openmetrics-text; version=1.0.0; "
			   "charset=utf-8"
			 : "text/plain; version=0.0.4; charset=utf-8";
	status_metrics(server->status, open, &out->body);
}

static void answer_live(struct server *server, struct MHD_Connection *from,
			struct answer *out)
{
	bool alive = status_is_alive(server->status);

	(void)from;
	out->type = text_type;
	out->text = alive ? SLICE("alive\n")
			  : SLICE("the process does not come round\n");
	if (!alive)
		out->code = MHD_HTTP_SERVICE_UNAVAILABLE;
}

static void answer_ready(struct server *server, struct MHD_Connection *from,
			 struct answer *out)
{
	(void)from;
	out->type = json_type;
	if (!status_readiness(server->status, &out->body))
		out->code = MHD_HTTP_SERVICE_UNAVAILABLE;
}

static const struct {
	const char *path;
	void (*make)(struct server *server, struct MHD_Connection *from,
		     struct answer *out);
} pages[] = {
	{ "/", answer_page },		{ "/api/status", answer_status },
	{ "/metrics", answer_metrics }, { "/livez", answer_live },
	{ "/readyz", answer_ready },
};

static void make_answer(struct server *server, struct MHD_Connection *from,
			const char *path, const char *method,
			struct answer *out)
{
	size_t i = 0, count = sizeof pages / sizeof *pages;

	while (i < count && strcmp(pages[i].path, path) != 0)
		i++;
	if (i == count) {
		out->code = MHD_HTTP_NOT_FOUND;
		out->text = SLICE("there is nothing here; see /\n");
	} else if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 &&
		   strcmp(method, MHD_HTTP_METHOD_HEAD) != 0) {
		out->code = MHD_HTTP_METHOD_NOT_ALLOWED;
		out->allow = "GET, HEAD";
		out->text = SLICE("only GET and HEAD\n");
	} else {
		pages[i].make(server, from, out);
	}
	if (!out->body.fault)
		return;
	out->code = MHD_HTTP_INTERNAL_SERVER_ERROR;
	out->type = text_type;
	out->text = SLICE("out of memory\n");
}

/* Each answer closes its connection: then a connection is a request, and has
 * no reason to be old. */
static void add_headers(struct MHD_Response *response,
			const struct answer *answer)
{
	const struct {
		const char *name, *value;
	} headers[] = {
		{ "Content-Type", answer->type },
		{ "Connection", "close" },
		{ "Cache-Control", "no-store" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Content-Security-Policy", "default-src 'none'; script-src "
					     "'unsafe-inline'; style-src "
					     "'unsafe-inline'; connect-src "
					     "'self'; img-src data:; "
					     "base-uri 'none'; form-action "
					     "'none'; frame-ancestors "
					     "'none'" },
		{ "Allow", answer->allow },
	};

	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		if (headers[i].value)
			MHD_add_response_header(response, headers[i].name,
						headers[i].value);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection,
				   struct answer *answer)
{
	struct MHD_Response *response;
	struct buffer *body = &answer->body;

	if (answer->text.ptr) {
		response = MHD_create_response_from_buffer(
			answer->text.len, (void *)answer->text.ptr,
			MHD_RESPMEM_PERSISTENT);
		buffer_release(body);
	} else {
		response = MHD_create_response_from_buffer(
			body->len, body->bytes, MHD_RESPMEM_MUST_FREE);
		if (!response)
			buffer_release(body);
	}
	if (!response)
		return MHD_NO;
	add_headers(response, answer);
	enum MHD_Result result =
		MHD_queue_response(connection, answer->code, response);
	MHD_destroy_response(response);
	return result;
}

/* Called first with a request's head, and then, unless it was answered, for
 * its body, which is not read. */
static enum MHD_Result on_request(void *opaque, struct MHD_Connection *from,
				  const char *path, const char *method,
				  const char *version, const char *body,
				  size_t *body_size, void **request)
{
	struct answer answer = { .code = MHD_HTTP_OK, .type = text_type };

	(void)version;
	(void)body;
	(void)body_size;
	(void)request;
	buffer_init(&answer.body, SIZE_MAX);
	make_answer(opaque, from, path, method, &answer);
	return send_answer(from, &answer);
}

static void on_connection(void *opaque, struct MHD_Connection *connection,
			  void **context,
			  enum MHD_ConnectionNotificationCode code)
{
	struct server *server = opaque;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	(void)context;
	if (!info)
		return;
	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		crowd_leave(&server->crowd, info->connect_fd);
		return;
	}
	int oldest = crowd_enter(&server->crowd, info->connect_fd);
	if (oldest < 0)
		return;
	shutdown(oldest, SHUT_RDWR);
	if (log_limit_passes(&server->crowded))
		log_event(LOG_WARN, "http-crowded",
			  LOG_INT("held_back",
				  log_limit_take(&server->crowded)),
			  LOG_STR("text", "too many connections: the oldest "
					  "gave way"),
			  LOG_END);
}

/* The library's own words: a head that is too large, and the like. */
__attribute__((format(printf, 2, 0))) static void on_complaint(
	void *opaque, const char *format, va_list args)
{
	struct server *server = opaque;
	char text[256];

	if (!log_limit_passes(&server->complaints))
		return;
	vsnprintf(text, sizeof text, format, args);
	text[strcspn(text, "\r\n")] = '\0';
	log_event(LOG_WARN, "http",
		  LOG_INT("held_back", log_limit_take(&server->complaints)),
		  LOG_STR("text", text), LOG_END);
}

enum fault server_open(const char *address, struct status *status,
		       struct server **out, struct fault_note *note)
{
	assert(address && status && out && note);

	int fd;
	enum fault fault = listen_open(address, &fd, note);
	if (fault)
		return fault;
	struct server *server = calloc(1, sizeof *server);
	if (!server) {
		close(fd);
		return FAULT_NO_MEMORY;
	}
	server->status = status;
	server->daemon = MHD_start_daemon(
		MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL,
		on_request, server,
		/* First, since it is told of what follows. */
		MHD_OPTION_EXTERNAL_LOGGER, on_complaint, server,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_NOTIFY_CONNECTION,
		on_connection, server, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CROWD_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)CONNECTION_BYTES, MHD_OPTION_END);
	if (!server->daemon) {
		close(fd);
		free(server);
		return fault_noted(FAULT_NO_MEMORY, note,
				   "the HTTP server does not start");
	}
	log_event(LOG_INFO, "http", LOG_STR("address", address), LOG_END);
	*out = server;
	return FAULT_NONE;
}

void server_close(struct server *server)
{
	if (!server)
		return;
	MHD_stop_daemon(server->daemon);
	free(server);
}
