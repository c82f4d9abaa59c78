#include "stage/commands/command.h"

static int settings_run(const struct settings *settings,
			const struct arguments *arguments)
{
	if (arguments_get(arguments, "markdown"))
		settings_markdown(stdout);
	else
		settings_print(settings, stdout);
	return fflush(stdout) ? STATUS_OUTSIDE : STATUS_DONE;
}

static const struct option options[] = {
	{ "markdown", 0, NULL, "the reference of all settings instead" },
	{ .name = NULL },
};

static const char *const settings_used[] = { "", NULL };

const struct command command_settings = {
	.name = "settings",
	.summary = "print the settings in effect, and where each is from",
	.operands = "",
	.about = "Above each setting that is not the default stands its file "
		 "and line, variable or\nflag; secrets are hidden. The output "
		 "is a settings file again, but for those.\n",
	.examples = "wirestage settings\n"
		    "WIRESTAGE_GAP=stop wirestage settings --workers=2\n",
	.options = options,
	.settings = settings_used,
	.quiet = true,
	.run = settings_run,
};
