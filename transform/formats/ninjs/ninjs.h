/* transform/formats/ninjs/ninjs.h - IPTC ninjs 1.x, 2.x and 3.x. */
#ifndef TRANSFORM_FORMATS_NINJS_NINJS_H
#define TRANSFORM_FORMATS_NINJS_NINJS_H

#include "transform/formats/format.h"

/*
 * One JSON object, one article. The versions are not told apart: each property
 * is read by its name, in any case of ASCII, and by its shape, so that a feed
 * which mixes the versions is read as well.
 *
 * Whatever an article has no field for goes to extra under its JSON Pointer: a
 * string as it is, all else as compact JSON. The first property that fills a
 * field wins, and a later one goes to extra too. A null says nothing.
 *
 * An embargo that cannot be read makes usable copy withheld: a story must not
 * leak because its date was mistyped.
 *
 * Warnings: property-type, type-unknown, status-unknown, urgency-invalid,
 * date-invalid, embargo-invalid, headline-from-title.
 *
 * Faults: those of json_read(); FAULT_NINJS_SHAPE, the document is no object,
 * or its uri or pubStatus no string; FAULT_URI_MISSING.
 */
extern const struct format ninjs_format;

#endif
