#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "stage/address.h"
#include "stage/commands/command.h"

enum { TIMEOUT_SECONDS = 3, ANSWER_SIZE = 16384 };

/* A host that stands for every address is asked at its own. */
static const char *ask_host(const char *host)
{
	if (!strcmp(host, "0.0.0.0"))
		return "127.0.0.1";
	return strcmp(host, "::") ? host : "::1";
}

/* Connected, or -1 with *why. */
static int connect_to(const struct address *address, const char **why)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	const struct timeval timeout = { TIMEOUT_SECONDS, 0 };
	struct addrinfo *found = NULL;
	int error = getaddrinfo(ask_host(address->host), address->port, &hints,
				&found);

	if (error) {
		*why = gai_strerror(error);
		return -1;
	}
	int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0) {
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout,
			   sizeof timeout);
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout,
			   sizeof timeout);
	}
	if (fd < 0 || connect(fd, found->ai_addr, found->ai_addrlen)) {
		*why = strerrordesc_np(errno);
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	freeaddrinfo(found);
	return fd;
}

/* All that is answered, or as much as fits, with a NUL behind it. */
static bool ask(int fd, const char *path, char *answer, size_t size)
{
	char request[128];
	size_t len = 0;
	ssize_t got = 0;

	snprintf(request, sizeof request,
		 "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n", path);
	if (send(fd, request, strlen(request), MSG_NOSIGNAL) !=
	    (ssize_t)strlen(request))
		return false;
	while (len < size - 1 &&
	       (got = recv(fd, answer + len, size - 1 - len, 0)) > 0)
		len += (size_t)got;
	answer[len] = '\0';
	return got >= 0 && len > 0;
}

static int print_answer(const char *answer)
{
	const char *body = strstr(answer, "\r\n\r\n");
	bool well = !strncmp(answer, "HTTP/1.1 200", strlen("HTTP/1.1 200")) ||
		    !strncmp(answer, "HTTP/1.0 200", strlen("HTTP/1.0 200"));

	fputs(body ? body + strlen("\r\n\r\n") : answer, stdout);
	if (fflush(stdout) || !well)
		return STATUS_OUTSIDE;
	return STATUS_DONE;
}

static int run(const struct settings *settings,
	       const struct arguments *arguments)
{
	const char *path = arguments_get(arguments, "live") ? "/livez"
							    : "/readyz";
	const char *why = "it did not answer";
	char answer[ANSWER_SIZE];
	struct address address;

	if (!address_parse(slice_from(settings->http_address), &address)) {
		fputs("wirestage: health asks at http.address, which is not "
		      "set\n",
		      stderr);
		return STATUS_USAGE;
	}
	int fd = connect_to(&address, &why);
	bool answered = fd >= 0 && ask(fd, path, answer, sizeof answer);
	if (fd >= 0)
		close(fd);
	if (answered)
		return print_answer(answer);
	fprintf(stderr, "wirestage: %s: %s\n", settings->http_address, why);
	return STATUS_OUTSIDE;
}

static const struct option options[] = {
	{ "live", 0, NULL, "whether it lives, and not whether it is ready" },
	{ .name = NULL },
};
static const char *const used[] = { "http.address", NULL };

const struct command command_health = {
	.name = "health",
	.summary = "ask a running service whether it is ready",
	.operands = "",
	.about = "Asks the service that shows itself at http.address, and "
		 "prints its answer: for\nprobes where there is no shell and "
		 "no "
		 "curl.\n",
	.examples = "wirestage health --http.address=127.0.0.1:8080\n"
		    "wirestage health --live\n",
	.options = options,
	.settings = used,
	.quiet = true,
	.run = run,
};
