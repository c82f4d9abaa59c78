/* transform/topics/tagging.h - from what a wire declares to topics. */
#ifndef TRANSFORM_TOPICS_TAGGING_H
#define TRANSFORM_TOPICS_TAGGING_H

#include "transform/article.h"
#include "transform/topics/vocabulary.h"

/*
 * Add a desk's word as a declared subject: name and evidence are the word as
 * written, the rest is left to tagging_resolve(). word lives where the
 * article's strings live.
 *
 * FAULT_NO_SPACE  the arena is full
 */
MUST_CHECK enum fault subject_declare(struct article *article,
				      struct arena *arena, struct slice word);

/*
 * Find the topics of the subjects that the parser added, in the vocabulary,
 * which the article borrows from then on.
 *
 *	subject "Sports" -> topic "SPORT", name "sport",
 *	                    uri "medtop:15000000", declared
 *	subject "subj:15054000" -> topic "SPORT", mapped
 *
 * A subject is looked up by its uri, then by its name. One that came without a
 * uri takes the topic's, and the topic's label for its name. It is mapped if
 * its uri is an IPTC Subject Code, and declared otherwise. The article's
 * topics are each of these topics once, the declared before the mapped, and
 * else in the order of the subjects.
 *
 * A subject without a topic stays as it was, with the warning topic-unknown,
 * which an IPTC code does not get: there are finer ones than any vocabulary
 * of topics has.
 *
 * FAULT_NO_SPACE  the arena is full
 */
MUST_CHECK enum fault tagging_resolve(struct article *article,
				      const struct vocabulary *vocabulary,
				      struct arena *arena);

#endif
