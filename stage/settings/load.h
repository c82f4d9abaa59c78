/* stage/settings/load.h - a load in progress; for this folder alone. */
#ifndef STAGE_SETTINGS_LOAD_H
#define STAGE_SETTINGS_LOAD_H

#include "stage/settings/table.h"

struct load {
	struct settings *settings;
	struct settings_memory *memory;
	struct complaints *complaints;
	enum source source;
	bool full; /* the arena ran out: one complaint says it all */
};

/*
 * Take "name=value" from origin, "wire.properties:7". What is wrong with it
 * becomes a complaint. Everything is borrowed for the call.
 */
void load_assign(struct load *load, struct slice name, struct slice value,
		 struct slice origin);

#endif
