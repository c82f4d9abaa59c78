#include "stage/http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "stage/address.h"

enum { BACKLOG = 128 };

static int listen_on(const struct addrinfo *info)
{
	const int yes = 1, no = 0;
	int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	/* "[::]" is everyone, those of IPv4 too. */
	if (info->ai_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
	if (!bind(fd, info->ai_addr, info->ai_addrlen) && !listen(fd, BACKLOG))
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return -1;
}

enum fault listen_open(const char *text, int *out, struct fault_note *note)
{
	const struct addrinfo hints = { .ai_flags = AI_PASSIVE,
					.ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	struct address address;

	if (!address_parse(slice_from(text), &address))
		return fault_noted(FAULT_CONFIG, note,
				   "http.address=%.100s is no address", text);
	int error = getaddrinfo(address.host, address.port, &hints, &found);
	if (error)
		return fault_noted(FAULT_CONFIG, note,
				   "http.address=%.100s: %s", text,
				   gai_strerror(error));
	*out = listen_on(found);
	error = errno;
	freeaddrinfo(found);
	if (*out >= 0)
		return FAULT_NONE;
	return fault_noted(FAULT_CONFIG, note, "http.address=%.100s: %s", text,
			   strerrordesc_np(error));
}
