/* schemas/embedded.h - the default schema and vocabulary, in the binary. */
#ifndef SCHEMAS_EMBEDDED_H
#define SCHEMAS_EMBEDDED_H

#include "base/slice.h"

/* The files as they stand in this folder, byte for byte; static. */
struct slice embedded_article_schema(void); /* article.avsc */
struct slice embedded_topics(void);	    /* topics.json */

#endif
