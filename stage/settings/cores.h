/* stage/settings/cores.h - how many processors the process may use. */
#ifndef STAGE_SETTINGS_CORES_H
#define STAGE_SETTINGS_CORES_H

#include "base/slice.h"

/* By its affinity and its control group's cpu.max, rounded up; 1 or more. */
int cores_usable(void);

/* The cores that the text of a cpu.max file allows, rounded up; 0: no limit.
 *
 *	"150000 100000" -> 2    "max 100000" -> 0
 */
int cores_quota(struct slice text);

#endif
