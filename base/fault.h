/* base/fault.h - all that can go wrong, by name. */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

/*
 * X(symbol, name, disposition, text)
 *
 * name is the metric's label, the dead letter's reason and the log's word; it
 * never changes once released. text says what is wrong and what to do.
 */
#define FAULT_MAP(X) \
	X(NONE, "none", GO_ON, "no fault") \
	/* the message as a whole */ \
	X(TOMBSTONE, "tombstone", REJECT, \
	  "the message has a null value; wire copy is never deleted by key: " \
	  "ask the provider for a kill") \
	X(EMPTY, "empty", REJECT, "the message has no bytes but white space") \
	X(TOO_LARGE, "too-large", REJECT, \
	  "the message is larger than input.max.bytes; raise the setting") \
	X(BINARY, "binary", REJECT, \
	  "the message holds control bytes that no text format uses; " \
	  "is it compressed, or a picture?") \
	X(NUL_BYTE, "nul-byte", REJECT, \
	  "the text holds a NUL byte; was it cut, or is it UTF-16?") \
	X(ENCODING, "encoding", REJECT, \
	  "the text is not UTF-8; set encoding=repair to read it as " \
	  "windows-1252") \
	X(FORMAT_UNKNOWN, "format-unknown", REJECT, \
	  "no wire format fits the message or its content-type header; " \
	  "pin one with the setting format") \
	X(NO_SPACE, "no-space", REJECT, \
	  "the article needs more memory than arena.max.bytes; raise it") \
	X(TOO_SLOW, "too-slow", REJECT, \
	  "the article takes more work than work.max; look whether the " \
	  "message is sound, and raise it if so") \
	/* wire text */ \
	X(HEADER_MISSING, "header-missing", REJECT, \
	  "the first line is not 'date YYYY-MM-DD TOPIC'") \
	X(DATE_INVALID, "date-invalid", REJECT, \
	  "the header's date is no day of the calendar") \
	X(HEADLINE_MISSING, "headline-missing", REJECT, \
	  "no headline follows the header line") \
	/* JSON */ \
	X(JSON_SYNTAX, "json-syntax", REJECT, \
	  "the message is not whole, valid JSON; was it cut?") \
	X(JSON_DEPTH, "json-depth", REJECT, "the JSON is nested too deep") \
	X(JSON_DUPLICATE, "json-duplicate-key", REJECT, \
	  "a JSON object names a key twice: which one holds is undefined") \
	X(NINJS_SHAPE, "ninjs-shape", REJECT, \
	  "a ninjs property has a type that its schema does not allow") \
	X(URI_MISSING, "uri-missing", REJECT, \
	  "the ninjs document has no uri, its only required property") \
	/* the way out */ \
	X(RECORD_TOO_LARGE, "record-too-large", REJECT, \
	  "the Avro record is larger than the output topic takes; raise the " \
	  "topic's max.message.bytes") \
	X(RECORD_REFUSED, "record-refused", REJECT, \
	  "the brokers refuse the record whenever it is sent; their logs " \
	  "say why") \
	X(PART_MISSING, "part-missing", REJECT, \
	  "read again, the message no longer holds the part that was bad") \
	/* ours */ \
	X(CONFIG, "config", USAGE, "a setting is wrong") \
	X(NO_MEMORY, "no-memory", OUTSIDE, "the process is out of memory") \
	X(KAFKA, "kafka", OUTSIDE, "the Kafka cluster does not do its part") \
	X(FILE, "file", OUTSIDE, "a file cannot be read or written")

enum fault {
#define X(symbol, name, disposition, text) FAULT_##symbol,
	FAULT_MAP(X)
#undef X
		FAULT_COUNT
};

/* What becomes of the work that met the fault. */
enum disposition {
	DISPOSITION_GO_ON,
	DISPOSITION_REJECT,  /* this article becomes a dead letter */
	DISPOSITION_USAGE,   /* the process ends with status 2 */
	DISPOSITION_OUTSIDE, /* the process ends with status 3 */
};

/* The result must be looked at. */
#define MUST_CHECK __attribute__((warn_unused_result))

/*
 * An outsider's words about a fault, and where. The caller owns it and reads
 * it only after a fault; whoever finds the fault first writes it.
 */
struct fault_note {
	char text[512];
};

const char *fault_name(enum fault fault);
const char *fault_text(enum fault fault);
enum disposition fault_disposition(enum fault fault);

/* printf into note, cut where it is full; returns fault, to be returned. */
__attribute__((format(printf, 3, 4))) enum fault fault_noted(
	enum fault fault, struct fault_note *note, const char *format, ...);

#endif
