/* stage/terminal/complaints.h - all that is wrong with a command line. */
#ifndef STAGE_TERMINAL_COMPLAINTS_H
#define STAGE_TERMINAL_COMPLAINTS_H

#include <stddef.h>
#include <stdio.h>

enum { COMPLAINTS_MAX = 64, COMPLAINT_SIZE = 512 };

/* Zeroed at the start; nothing to release. */
struct complaints {
	char text[COMPLAINTS_MAX][COMPLAINT_SIZE];
	size_t count; /* may be more than there is text of */
};

/* Add one, by printf; cut at COMPLAINT_SIZE. */
__attribute__((format(printf, 2, 3))) void complaint_add(
	struct complaints *complaints, const char *format, ...);

/* Write one line for each, and one for those beyond COMPLAINTS_MAX. */
void complaints_print(const struct complaints *complaints, FILE *out);

#endif
