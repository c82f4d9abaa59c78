/* stage/terminal/help.h - what the program tells of itself. */
#ifndef STAGE_TERMINAL_HELP_H
#define STAGE_TERMINAL_HELP_H

#include "stage/commands/command.h"

/* Every command on one line, and how to go on. A NULL ends commands. */
void help_print(const struct command *const *commands, FILE *out);

/* What the command is for, how it is called, examples, its options and
 * settings, and what its exit status says. */
void help_print_command(const struct command *command, FILE *out);

#endif
