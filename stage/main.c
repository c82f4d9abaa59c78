#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "stage/commands/command.h"
#include "stage/terminal/help.h"
#include "stage/terminal/nearest.h"
#include "stage/version.h"

static const struct command *const commands[] = {
	&command_demo,	    &command_run,
	&command_check,	    &command_replay,
	&command_redrive,   &command_deadletters,
	&command_transform, &command_send,
	&command_tail,	    &command_diff,
	&command_schema,    &command_settings,
	&command_health,    NULL,
};

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static int complain_unknown(const char *name)
{
	struct nearest near = { NULL, 0 };

	for (size_t i = 0; commands[i]; i++)
		nearest_offer(&near, slice_from(name), commands[i]->name);
	fprintf(stderr,
		"wirestage: no command is called %s%s%s%s\n"
		"Try 'wirestage help'.\n",
		name, near.word ? "; did you mean " : "",
		near.word ? near.word : "", near.word ? "?" : "");
	return STATUS_USAGE;
}

/* "help", "help transform". */
static int run_help(int argc, char **argv)
{
	const struct command *command = argc > 2 ? find_command(argv[2]) : NULL;

	if (argc > 2 && !command)
		return complain_unknown(argv[2]);
	if (command)
		help_print_command(command, stdout);
	else
		help_print(commands, stdout);
	return fflush(stdout) ? STATUS_OUTSIDE : STATUS_DONE;
}

static int run_version(void)
{
	version_print(stdout);
	return fflush(stdout) ? STATUS_OUTSIDE : STATUS_DONE;
}

static void start_log(const struct command *command,
		      const struct settings *settings)
{
	enum log_form form = settings->log_format;
	bool quiet = command->quiet && !setting_is_set(settings, "log.level");

	if (form == LOG_FORM_AUTO)
		form = isatty(STDERR_FILENO) ? LOG_FORM_LOGFMT : LOG_FORM_JSON;
	log_init(&(struct log_config){
		.level = quiet ? LOG_ERROR : settings->log_level,
		.format = form == LOG_FORM_JSON ? LOG_JSON : LOG_LOGFMT,
		.fd = STDERR_FILENO,
		.now_ms = clock_wall_ms,
	});
}

/* Every complaint about the command line and the settings, at once. */
static int complain_all(const struct command *command,
			const struct complaints *complaints)
{
	complaints_print(complaints, stderr);
	fprintf(stderr, "Try 'wirestage help %s'.\n", command->name);
	return STATUS_USAGE;
}

static int run_with(const struct command *command, struct arguments *arguments,
		    struct settings *settings, char **environment,
		    struct complaints *complaints)
{
	const struct settings_sources sources = {
		.file = arguments->config,
		.environment = (const char *const *)environment,
		.flags = arguments->flags,
		.flag_count = arguments->flag_count,
	};

	if (!command->settings && arguments->flag_count > 0)
		complaint_add(complaints, "%s takes no settings, such as --%s",
			      command->name, arguments->flags[0].name);
	if (!*command->operands && arguments->operand_count > 0)
		complaint_add(complaints, "%s takes no operand, such as %.100s",
			      command->name, arguments->operands[0]);
	enum fault fault = FAULT_NONE;
	if (command->settings)
		fault = settings_load(&sources, settings, complaints);
	if (fault == FAULT_NO_MEMORY)
		return STATUS_OUTSIDE;
	if (complaints->count > 0)
		return complain_all(command, complaints);
	if (command->settings)
		start_log(command, settings);
	return command->run(command->settings ? settings : NULL, arguments);
}

static int run_command(const struct command *command, int count, char **argv,
		       char **environment)
{
	static struct complaints complaints;
	struct arguments arguments = { .help = false };
	struct settings settings = { .memory = NULL };
	int status = STATUS_OUTSIDE;
	enum fault fault = arguments_parse(command->options, count, argv,
					   &arguments, &complaints);

	if (fault != FAULT_NO_MEMORY && arguments.help) {
		help_print_command(command, stdout);
		status = fflush(stdout) ? STATUS_OUTSIDE : STATUS_DONE;
	} else if (fault != FAULT_NO_MEMORY) {
		status = run_with(command, &arguments, &settings, environment,
				  &complaints);
	}
	settings_release(&settings);
	arguments_release(&arguments);
	return status;
}

int main(int argc, char **argv, char **environment)
{
	const char *name = argc > 1 ? argv[1] : "help";

	if (!strcmp(name, "--version") || !strcmp(name, "version"))
		return run_version();
	if (!strcmp(name, "help") || !strcmp(name, "--help") ||
	    !strcmp(name, "-h"))
		return run_help(argc, argv);
	const struct command *command = find_command(name);
	if (!command)
		return complain_unknown(name);
	return run_command(command, argc - 2, argv + 2, environment);
}
