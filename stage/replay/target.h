/* stage/replay/target.h - where the articles of a replay go. */
#ifndef STAGE_REPLAY_TARGET_H
#define STAGE_REPLAY_TARGET_H

#include "stage/replay/drive.h"

/* Complain unless the command line names exactly one target, a redrive at most
 * one, and that one is fit for articles. */
void target_check(const struct settings *settings,
		  const struct arguments *arguments,
		  const struct replay_kind *kind,
		  struct complaints *complaints);

/* Say on stderr what it means that the articles go into topic, the live one,
 * if they do. */
void target_explain(const struct arguments *arguments,
		    const struct replay_kind *kind, const char *topic);

#endif
