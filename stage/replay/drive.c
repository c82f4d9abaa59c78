#include "stage/replay/drive.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "stage/files.h"
#include "stage/replay/replay.h"
#include "stage/replay/request.h"
#include "stage/replay/span.h"
#include "stage/replay/target.h"

enum { PLAN_MAX_BYTES = 64 << 20, RATE_MAX = 10000000 };

static int complain(enum fault fault, const struct fault_note *note)
{
	fprintf(stderr, "wirestage: %s\n",
		note->text[0] ? note->text : fault_text(fault));
	if (fault_disposition(fault) == DISPOSITION_OUTSIDE)
		fputs(TRY_CHECK, stderr);
	return status_from(fault);
}

static void print_remarks(const struct plan *plan)
{
	for (size_t i = 0; i < plan->remark_count; i++)
		fprintf(stderr, "wirestage: %s\n", plan->remarks[i]);
}

/* What the plan comes to, for who sends the plan itself into a file. */
static void print_estimate(const struct plan *plan)
{
	fprintf(stderr,
		"wirestage: %lld messages at most, about %.1f MB and %lld s\n",
		(long long)plan->messages, (double)plan->bytes / 1e6,
		(long long)plan->seconds);
}

/* The plan of a file, or of the request where none is named. */
static enum fault get_plan(const struct settings *settings,
			   const struct arguments *arguments,
			   const struct plan_request *request, struct plan *out,
			   struct fault_note *note)
{
	const char *path = arguments_get(arguments, "plan");
	struct slice json;

	if (!path) {
		enum fault fault = plan_make(settings, request, clock_wall_ms(),
					     out, note);
		print_remarks(out);
		return fault;
	}
	*out = (struct plan){ .group = NULL };
	enum fault fault = file_read(path, PLAN_MAX_BYTES, &json, note);
	if (fault)
		return fault;
	fault = plan_read(json, out, note);
	free((char *)json.ptr);
	return fault;
}

static int make_plan(const struct settings *settings,
		     const struct plan_request *request)
{
	struct fault_note note = { "" };
	struct buffer text;
	struct plan plan;
	enum fault fault =
		plan_make(settings, request, clock_wall_ms(), &plan, &note);

	buffer_init(&text, PLAN_MAX_BYTES);
	print_remarks(&plan);
	if (!fault)
		print_estimate(&plan);
	if (!fault)
		fault = plan_print(&plan, &text);
	struct slice json = buffer_slice(&text);
	fwrite(json.ptr, 1, json.len, stdout);
	buffer_release(&text);
	plan_release(&plan);
	if (fault)
		return complain(fault, &note);
	return fflush(stdout) ? STATUS_OUTSIDE : STATUS_DONE;
}

static int print_status(const struct settings *settings,
			const struct plan *plan)
{
	struct fault_note note = { "" };
	struct replay_state state;
	struct cluster *cluster = NULL;
	enum fault fault = cluster_open(settings, &cluster, &note);

	if (!fault)
		fault = replay_ask(cluster, plan, NULL, &state, &note);
	cluster_close(cluster);
	if (fault)
		return complain(fault, &note);
	printf("%lld of %lld offsets done: %s\n", (long long)state.done,
	       (long long)state.total,
	       state.done == state.total ? "complete" : "not complete");
	if (fflush(stdout))
		return STATUS_OUTSIDE;
	return state.done == state.total ? STATUS_DONE : STATUS_REJECTED;
}

static int status_of(const struct replay_result *r)
{
	if (r->state.done < r->state.total)
		return STATUS_OUTSIDE;
	return r->deadlettered || r->gap_messages ? STATUS_REJECTED
						  : STATUS_DONE;
}

/*
 * A process that is killed and comes back has its partitions at once, and not
 * when its session ends: nobody waits for a replay as for a wire, so that all
 * may pause when one comes, and others may do without one that stays away.
 */
static void choose_membership(struct settings *ours)
{
	if (setting_is_set(ours, "membership") ||
	    setting_is_set(ours, "rebalance"))
		return;
	ours->membership = MEMBERSHIP_STATIC;
	ours->rebalance = REBALANCE_EAGER;
}

/* The replay's own settings: its group, its topics, to which topics points,
 * and where its articles go. */
static struct settings settings_of(const struct settings *settings,
				   const struct arguments *arguments,
				   const struct plan *plan, const char **topics)
{
	const char *into = arguments_get(arguments, "into");
	struct settings ours = *settings;

	choose_membership(&ours);
	ours.group_id = plan->group;
	ours.input_topics = (struct words){ topics, plan_topics(plan, topics) };
	if (into)
		ours.output_topic = into;
	/* What is long over is no wire that could be quiet. */
	ours.quiet_after = (struct quiet){ NULL, 0 };
	return ours;
}

static enum fault work(const struct settings *ours,
		       const struct arguments *arguments,
		       const struct redrive *redrive, const struct plan *plan,
		       struct replay_result *out, struct fault_note *note)
{
	if (arguments_get(arguments, "dry-run"))
		return replay_dry_run(ours, plan, redrive,
				      arguments_get(arguments, "out"), out,
				      note);
	return replay_run(ours, plan, redrive, out, note);
}

/* work(), of dead letters: all are looked at before the first is sent. */
static enum fault redrive(const struct settings *ours,
			  const struct arguments *arguments,
			  const struct redrive *asked, const struct plan *plan,
			  struct replay_result *out, struct fault_note *note)
{
	struct letters *letters = letters_new();
	struct redrive redrive = *asked;

	redrive.letters = letters;
	enum fault fault = letters ? span_letters(ours, plan, letters, note)
				   : FAULT_NO_MEMORY;
	if (!fault)
		fault = work(ours, arguments, &redrive, plan, out, note);
	letters_free(letters);
	return fault;
}

static int carry_out(const struct settings *settings,
		     const struct arguments *arguments,
		     const struct replay_kind *kind, const struct plan *plan)
{
	const char **topics = calloc(plan->bounds.count + 1, sizeof *topics);
	struct fault_note note = { "" };
	struct replay_result result;
	if (!topics)
		return complain(FAULT_NO_MEMORY, &note);
	struct settings ours = settings_of(settings, arguments, plan, topics);
	target_explain(arguments, kind, ours.output_topic);
	enum fault fault =
		kind->redrive
			? redrive(&ours, arguments, kind->redrive, plan,
				  &result, &note)
			: work(&ours, arguments, NULL, plan, &result, &note);

	free(topics);
	if (fault)
		return complain(fault, &note);
	if (!result_print(&result, arguments_get(arguments, "dry-run")))
		return STATUS_OUTSIDE;
	return status_of(&result);
}

static int go(const struct settings *settings,
	      const struct arguments *arguments, const struct replay_kind *kind,
	      const struct plan_request *request, bool asks)
{
	struct fault_note note = { "" };
	struct plan plan;
	enum fault fault = get_plan(settings, arguments, request, &plan, &note);
	int status = fault  ? complain(fault, &note)
		     : asks ? print_status(settings, &plan)
			    : carry_out(settings, arguments, kind, &plan);

	plan_release(&plan);
	return status;
}

int replay_drive(const struct settings *settings,
		 const struct arguments *arguments,
		 const struct replay_kind *kind, struct complaints *complaints)
{
	const char *what = arguments->operand_count ? arguments->operands[0]
						    : "run";
	struct settings ours = *settings;
	long rate = 0;
	struct plan_request request =
		plan_request_read(arguments, kind->name, complaints);
	bool plans = !strcmp(what, "plan"), asks = !strcmp(what, "status");

	if (kind->redrive && !request.topic)
		request.topic = settings->deadletter_topic;
	if (!plans && !asks && strcmp(what, "run"))
		complaint_add(complaints, "%s %.40s: it is plan, run or status",
			      kind->name, what);
	if (asks && !arguments_get(arguments, "plan"))
		complaint_add(complaints, "%s status wants --plan=FILE",
			      kind->name);
	if (!plans && !asks)
		target_check(settings, arguments, kind, complaints);
	(void)arguments_number(arguments, "rate", 0, RATE_MAX,
			       settings->rate_max, &rate, complaints);
	ours.rate_max = (int)rate;
	if (complaints->count) {
		complaints_print(complaints, stderr);
		return STATUS_USAGE;
	}
	return plans ? make_plan(&ours, &request)
		     : go(&ours, arguments, kind, &request, asks);
}
