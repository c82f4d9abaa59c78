#include "stage/shutdown.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "stage/commands/command.h"

enum { LOOK_MS = 50 };

sigset_t shutdown_hold_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	return set;
}

int shutdown_next_signal(const sigset_t *signals)
{
	const struct timespec wait = { 0, LOOK_MS * 1000000L };

	return sigtimedwait(signals, NULL, &wait);
}

/* Threads still run: nothing may be freed under them. */
static void abandon(struct service *service, const char *why)
{
	counters_log(service_counters(service), "totals");
	log_event(LOG_ERROR, "abandoned", LOG_STR("text", why), LOG_END);
	_exit(STATUS_OUTSIDE);
}

void shutdown_drain(struct service *service, const struct settings *settings,
		    const sigset_t *signals)
{
	int64_t deadline = clock_steady_ms() + settings->shutdown_timeout_ms;

	service_stop(service);
	while (!service_all_ended(service)) {
		int number = shutdown_next_signal(signals);
		if (number == SIGTERM || number == SIGINT)
			abandon(service, "a second signal came");
		if (clock_steady_ms() > deadline)
			abandon(service, "shutdown.timeout.ms is over");
	}
}
