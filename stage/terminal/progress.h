/* stage/terminal/progress.h - how far long work has come, on stderr. */
#ifndef STAGE_TERMINAL_PROGRESS_H
#define STAGE_TERMINAL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* On a terminal one line that is drawn again; elsewhere a line now and then. */
struct progress {
	const char *unit; /* "files"; static */
	size_t total;	  /* 0: not known */
	int64_t begun_ms, next_ms;
	bool terminal, drawn;
};

/* Begin; nothing is written until the work has taken a while. */
void progress_begin(struct progress *progress, const char *unit, size_t total);

/* done of them are done. Cheap enough for each of them. */
void progress_show(struct progress *progress, size_t done);

/* Take the line off the terminal: before other output, and at the end. */
void progress_clear(struct progress *progress);

#endif
