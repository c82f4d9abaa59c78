/* stage/replay/drive.h - plan, run and status, for replay and redrive. */
#ifndef STAGE_REPLAY_DRIVE_H
#define STAGE_REPLAY_DRIVE_H

#include "stage/commands/command.h"
#include "stage/worker/redrive.h"

/* What tells the one command from the other. */
struct replay_kind {
	const char *name; /* "replay": of the command, and in the group's name */
	const struct redrive *redrive; /* NULL: raw topics are read */
};

/*
 * Do what the first operand says, plan, run (the same as none) or status. The
 * command has the options from, to, topic, partitions, plan, into, rate,
 * dry-run and out, and a replay in-place as well. Complains of all that is
 * wrong, and of what is in complaints already. Returns an enum exit_status.
 */
int replay_drive(const struct settings *settings,
		 const struct arguments *arguments,
		 const struct replay_kind *kind, struct complaints *complaints);

#endif
