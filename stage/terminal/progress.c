#include "stage/terminal/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

enum { TERMINAL_MS = 200, PLAIN_MS = 10000, FIRST_MS = 1000 };

void progress_begin(struct progress *progress, const char *unit, size_t total)
{
	int64_t now_ms = clock_steady_ms();
	bool terminal = isatty(STDERR_FILENO);

	*progress = (struct progress){
		.unit = unit,
		.total = total,
		.begun_ms = now_ms,
		.next_ms = now_ms + (terminal ? FIRST_MS : PLAIN_MS),
		/* Articles on the same screen tell the progress already. */
		.terminal = terminal && !isatty(STDOUT_FILENO),
	};
}

void progress_show(struct progress *progress, size_t done)
{
	int64_t now_ms = clock_steady_ms();
	double seconds = (double)(now_ms - progress->begun_ms) / 1000;
	char text[160];
	int len;

	if (now_ms < progress->next_ms || seconds <= 0)
		return;
	progress->next_ms =
		now_ms + (progress->terminal ? TERMINAL_MS : PLAIN_MS);
	double rate = (double)done / seconds;
	if (progress->total > 0 && rate > 0)
		len = snprintf(text, sizeof text,
			       "%zu of %zu %s, %.0f/s, %.0f s left", done,
			       progress->total, progress->unit, rate,
			       (double)(progress->total - done) / rate);
	else
		len = snprintf(text, sizeof text, "%zu %s, %.0f/s", done,
			       progress->unit, rate);
	fprintf(stderr, progress->terminal ? "\r\033[K%.*s" : "%.*s\n", len,
		text);
	progress->drawn = progress->terminal;
}

void progress_clear(struct progress *progress)
{
	if (progress->drawn)
		fputs("\r\033[K", stderr);
	progress->drawn = false;
}
