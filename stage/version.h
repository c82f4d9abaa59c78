/* stage/version.h - which program this is, and on what it stands. */
#ifndef STAGE_VERSION_H
#define STAGE_VERSION_H

#include <stdio.h>

/* "v1.2-3-gabcdef", as the build was told. */
const char *version_text(void);

/* One line for the program and one for each library. */
void version_print(FILE *out);

/* The same as one log event. */
void version_log(void);

#endif
