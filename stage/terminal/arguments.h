/* stage/terminal/arguments.h - a command line, taken apart. */
#ifndef STAGE_TERMINAL_ARGUMENTS_H
#define STAGE_TERMINAL_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "stage/terminal/complaints.h"

/* An option of one command's own, which is no setting. */
struct option {
	const char *name;     /* "pretty" for --pretty; NULL ends a table */
	char letter;	      /* 'n' for -n; 0: none */
	const char *argument; /* "FILE"; NULL: it takes none */
	const char *doc;      /* one line */
};

enum { OPTIONS_MAX = 16 };

/* A setting given as a flag, "--gap=stop". */
struct setting_flag {
	const char *name, *value;
};

/* All is borrowed from argv and the option table, save the two arrays. */
struct arguments {
	const struct option *options;
	const char *values[OPTIONS_MAX]; /* as options; NULL: not given */
	const char **operands;		 /* NULL at the end */
	size_t operand_count;
	struct setting_flag *flags; /* in their order */
	size_t flag_count;
	const char *config; /* -c, --config; NULL: not given */
	bool help;	    /* -h, --help */
};

/*
 * Sort argv[0..count-1] into a command's own options, settings and operands.
 * What is wrong is added to complaints, each with the nearest known option.
 * "--name=VALUE" and "--name VALUE" are the same; "--" ends the options; "-"
 * is an operand. *out is always written; arguments_release() it.
 *
 * FAULT_CONFIG     something was added to complaints
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault arguments_parse(const struct option *options, int count,
				      char **argv, struct arguments *out,
				      struct complaints *complaints);
void arguments_release(struct arguments *arguments);

/* The value of that option of the command; "" where it takes none, NULL where
 * it was not given. name must be in the command's table. */
const char *arguments_get(const struct arguments *arguments, const char *name);

/* arguments_get() as a number of min..max, or otherwise where it was not
 * given. False, and one more complaint: it is none. */
bool arguments_number(const struct arguments *arguments, const char *name,
		      long min, long max, long otherwise, long *out,
		      struct complaints *complaints);

#endif
