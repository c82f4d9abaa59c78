#include "stage/files.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_BYTES = 16384 };

/* Room for the whole of a regular file, so that most are one read. */
static size_t first_room(int fd, size_t max_bytes)
{
	struct stat stat;
	size_t room = FIRST_BYTES;

	if (!fstat(fd, &stat) && S_ISREG(stat.st_mode) && stat.st_size > 0)
		room = (size_t)stat.st_size + 1;
	return room > max_bytes ? max_bytes + 1 : room;
}

/* One byte past max_bytes is looked for: then the file is too large. */
static enum fault read_all(int fd, size_t max_bytes, struct slice *out,
			   int *error)
{
	size_t room = first_room(fd, max_bytes), len = 0;
	char *bytes = malloc(room + 1);

	while (bytes) {
		ssize_t got = read(fd, bytes + len, room - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			*error = errno;
			free(bytes);
			return FAULT_FILE;
		}
		len += (size_t)got;
		if (got == 0 || len > max_bytes)
			break;
		if (len < room)
			continue;
		room = room > max_bytes / 2 ? max_bytes + 1 : room * 2;
		char *grown = realloc(bytes, room + 1);
		if (!grown)
			free(bytes);
		bytes = grown;
	}
	if (!bytes)
		return FAULT_NO_MEMORY;
	if (len > max_bytes) {
		free(bytes);
		return FAULT_TOO_LARGE;
	}
	bytes[len] = '\0';
	*out = (struct slice){ bytes, len };
	return FAULT_NONE;
}

enum fault file_read(const char *path, size_t max_bytes, struct slice *out,
		     struct fault_note *note)
{
	assert(path && out && note);

	bool standard = !strcmp(path, "-");
	int error = 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fault_noted(FAULT_FILE, note, "%s: %s", path,
				   strerrordesc_np(errno));
	enum fault fault = read_all(fd, max_bytes, out, &error);
	if (!standard)
		close(fd);
	if (fault == FAULT_FILE)
		return fault_noted(fault, note, "%s: %s", path,
				   strerrordesc_np(error));
	if (fault == FAULT_TOO_LARGE)
		return fault_noted(fault, note, "%s: more than %zu bytes", path,
				   max_bytes);
	return fault;
}

enum fault files_expand(const char **operands, glob_t *out)
{
	static const char *standard_input[] = { "-", NULL };
	int flags = GLOB_NOCHECK;

	if (!*operands)
		operands = standard_input;
	for (; *operands; operands++) {
		if (glob(*operands, flags, NULL, out))
			return FAULT_NO_MEMORY;
		flags |= GLOB_APPEND;
	}
	return FAULT_NONE;
}

struct slice file_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slice_from(slash && slash[1] ? slash + 1 : path);
}
