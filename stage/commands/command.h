/* stage/commands/command.h - what each command tells of itself. */
#ifndef STAGE_COMMANDS_COMMAND_H
#define STAGE_COMMANDS_COMMAND_H

#include "base/fault.h"
#include "stage/settings/settings.h"
#include "stage/terminal/arguments.h"

/* Every command's exit status. */
enum exit_status {
	STATUS_DONE = 0,
	STATUS_REJECTED = 1, /* done, but some articles were rejected */
	STATUS_USAGE = 2,    /* the command line or a setting is wrong */
	STATUS_OUTSIDE = 3,  /* a file, a broker or the memory failed */
};

struct command {
	const char *name, *summary;   /* summary: one line, no full stop */
	const char *operands;	      /* "FILE..."; "" for none */
	const char *about;	      /* paragraphs, each ended by a newline */
	const char *examples;	      /* lines that run as they stand */
	const struct option *options; /* a NULL name ends it; never NULL */
	/*
	 * The names of the settings it uses, or what they start with up to a
	 * '.': "kafka." for all of those; NULL ends the list. NULL itself: it
	 * uses none, and run() gets NULL for them.
	 */
	const char *const *settings;
	/* What status 1 means; NULL: that some articles were rejected. */
	const char *rejected;
	bool quiet; /* it tells people itself, and logs errors alone, unless
		       log.level is set */
	/* Both are borrowed for the call. Returns an enum exit_status. */
	int (*run)(const struct settings *settings,
		   const struct arguments *arguments);
};

/* One file a command, each file one of these. */
extern const struct command command_run, command_check, command_demo;
extern const struct command command_replay, command_redrive, command_diff;
extern const struct command command_deadletters;
extern const struct command command_health;
extern const struct command command_transform, command_schema;
extern const struct command command_send, command_tail, command_settings;

/* To be written where brokers failed a command that does not say why. */
#define TRY_CHECK "Try 'wirestage check', which says what is wrong.\n"

/* The status of a process that ends by this fault. */
static inline int status_from(enum fault fault)
{
	switch (fault_disposition(fault)) {
	case DISPOSITION_GO_ON:
		return STATUS_DONE;
	case DISPOSITION_REJECT:
		return STATUS_REJECTED;
	case DISPOSITION_USAGE:
		return STATUS_USAGE;
	case DISPOSITION_OUTSIDE:
		break;
	}
	return STATUS_OUTSIDE;
}

#endif
