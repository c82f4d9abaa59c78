#include "transform/topics/tagging.h"

enum fault subject_declare(struct article *article, struct arena *arena,
			   struct slice word)
{
	struct subject subject = {
		.name = word,
		.creator = SUBJECT_CREATOR_DECLARED,
		.confidence = -1,
	};
	enum fault fault = strings_add(arena, &subject.evidence,
				       &subject.evidence_count, word);

	return fault ? fault : article_add_subject(article, arena, subject);
}

/* The subject's topic, or NULL; its creator is set on the way. */
static const struct topic *find_topic(struct subject *subject,
				      const struct vocabulary *vocabulary)
{
	const struct topic *topic = NULL;

	if (subject->uri.ptr)
		topic = vocabulary_by_uri(vocabulary, subject->uri);
	if (topic && newscode_of(subject->uri) == NEWSCODE_SUBJECT)
		subject->creator = SUBJECT_CREATOR_MAPPED;
	if (!topic && subject->name.ptr)
		topic = vocabulary_by_name(vocabulary, subject->name);
	return topic;
}

static void take_topic(struct subject *subject, const struct topic *topic)
{
	subject->topic = topic->code;
	if (subject->uri.ptr)
		return;
	subject->uri = topic->medtop;
	subject->name = topic->label;
}

/* What is known of the subjects on the way. */
struct tagging {
	struct article *article;
	const struct vocabulary *vocabulary;
	struct arena *arena;
	const struct topic **topics; /* one a subject; NULL: none */
	bool *seen;		     /* one a topic of the vocabulary */
};

static enum fault find_topics(struct tagging *t)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < t->article->subject_count && !fault; i++) {
		struct subject *subject = &t->article->subjects[i];
		t->topics[i] = find_topic(subject, t->vocabulary);
		if (t->topics[i])
			take_topic(subject, t->topics[i]);
		else if (!newscode_of(subject->uri))
			fault = article_warn(t->article, t->arena,
					     "topic-unknown");
	}
	return fault;
}

/* Add the topics of the subjects of one creator to the article's. */
static enum fault add_topics(struct tagging *t, enum subject_creator creator)
{
	struct article *article = t->article;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < article->subject_count && !fault; i++) {
		const struct topic *topic = t->topics[i];
		if (!topic || article->subjects[i].creator != creator)
			continue;
		size_t index = vocabulary_index(t->vocabulary, topic);
		if (t->seen[index])
			continue;
		t->seen[index] = true;
		fault = strings_add(t->arena, &article->topics,
				    &article->topic_count, topic->code);
	}
	return fault;
}

enum fault tagging_resolve(struct article *article,
			   const struct vocabulary *vocabulary,
			   struct arena *arena)
{
	struct tagging t = { article, vocabulary, arena, NULL, NULL };

	if (article->subject_count == 0)
		return FAULT_NONE;
	t.topics = arena_array(arena, article->subject_count,
			       sizeof(struct topic *));
	t.seen =
		arena_array(arena, vocabulary_size(vocabulary), sizeof *t.seen);
	if (!t.topics || !t.seen)
		return FAULT_NO_SPACE;

	enum fault fault = find_topics(&t);
	if (!fault)
		fault = add_topics(&t, SUBJECT_CREATOR_DECLARED);
	return fault ? fault : add_topics(&t, SUBJECT_CREATOR_MAPPED);
}
