#include <stdio.h>

#include "tests/unit/suite.h"
#include "transform/formats/wire_text/wire_text.h"
#include "transform/transform.h"

static char memory[1 << 16];
static struct arena arena;
static struct parse parse;

static enum fault parse_text(const char *text, size_t room)
{
	arena_init(&arena, memory, room);
	parse = (struct parse){ .text = slice_from(text), .arena = &arena };
	return wire_text_format.parse(&parse);
}

/* What the parser found, in short: "H" headline, "D" deck, "M" media caption
 * and "C" its credit, "p" paragraph, "x" crosshead, "!" warning; "|" between.
 */
static const char *summary(void)
{
	static char text[4096];
	const struct article *a = parse.parts[0].article;
	size_t len = 0;

#define ADD(letter, value) \
	len += (size_t)snprintf(text + len, sizeof text - len, "%s%s:%.*s", \
				len ? "|" : "", letter, SLICE_ARG(value))
	ADD("H", a->headline);
	if (a->deck.ptr)
		ADD("D", a->deck);
	for (size_t i = 0; i < a->media_count; i++) {
		ADD("M", a->media[i].caption);
		ADD("C", a->media[i].credit);
	}
	for (size_t i = 0; i < a->body_count; i++)
		ADD(a->body[i].role == BLOCK_ROLE_CROSSHEAD ? "x" : "p",
		    a->body[i].text);
	for (size_t i = 0; i < a->warning_count; i++)
		ADD("!", a->warnings[i]);
#undef ADD
	return text;
}

#define HEADER "date 2025-03-02 POLITICS\n"
#define LONG \
	"The towns of the estuary have argued over the ferry tolls for as " \
	"long as anybody there remembers, and on Sunday night, after eleven " \
	"hours in the back room of a chandler's shop, their mayors put down " \
	"their pens, shook hands and told the small crowd outside that it " \
	"was " \
	"over, that nobody had won and that the ferry would sail at dawn."

static const struct {
	const char *text, *summary;
} parsed[] = {
	/* Each optional part, there or not. */
	{ HEADER "Head\nDeck\nBoat. / Reuters\nMarch 2, 2025\n\nOne.\n\nTwo.\n",
	  "H:Head|D:Deck|M:Boat.|C:Reuters|p:One.|p:Two." },
	{ HEADER "Head\nDeck\nBoat. / Reuters\n\nOne.\n\nTwo.\n", "H:Head|D:"
								  "Deck|M:Boat."
								  "|C:Reuters|"
								  "p:One.|p:"
								  "Two." },
	{ HEADER "Head\nDeck\nMarch 2, 2025\n\nOne.\n\nTwo.\n", "H:Head|D:Deck|"
								"p:One.|p:"
								"Two." },
	{ HEADER "Head\nBoat. / Reuters\nMarch 2, 2025\n\nOne.\n\nTwo.\n",
	  "H:Head|M:Boat.|C:Reuters|p:One.|p:Two." },
	{ HEADER "Head\nDeck\n\nOne.\n\nTwo.\n", "H:Head|D:Deck|p:One.|p:"
						 "Two." },
	{ HEADER "Head\nBoat. / Reuters\n\nOne.\n\nTwo.\n", "H:Head|M:Boat.|C:"
							    "Reuters|p:One.|p:"
							    "Two." },
	{ HEADER "Head\nMarch 2, 2025\n\nOne.\n\nTwo.\n", "H:Head|p:One.|p:"
							  "Two." },
	{ HEADER "Head\n\nOne.\n\nTwo.\n", "H:Head|p:One.|p:Two." },
	{ HEADER "Head\n\nOne.\n", "H:Head|p:One." },
	{ HEADER "Head\n", "H:Head" },
	{ HEADER "Head", "H:Head" },
	/* No blank line below the head, or none at all. */
	{ HEADER "Head\nDeck\nBoat. / Reuters\nMarch 2, 2025\nOne.\nTwo.\n",
	  "H:Head|D:Deck|M:Boat.|C:Reuters|p:One.|p:Two." },
	{ HEADER "Head\nDeck\nBoat. / Reuters\nOne.\nTwo.\n", "H:Head|D:Deck|M:"
							      "Boat.|C:Reuters|"
							      "p:One.|p:Two." },
	{ HEADER "Head\nDeck\nMarch 2, 2025\nOne.\nTwo.\n", "H:Head|D:Deck|p:"
							    "One.|p:Two." },
	{ HEADER "Head\nMarch 2, 2025\nOne.\nTwo.\n", "H:Head|p:One.|p:Two." },
	{ HEADER "Head\nDeck\nOne.\nTwo.\n", "H:Head|D:Deck|p:One.|p:Two." },
	{ HEADER "Head\nOne.\n", "H:Head|p:One." },
	{ HEADER "Head\nOne.\nBoat. / Reuters\n", "H:Head|M:Boat.|C:Reuters|p:"
						  "One." },
	/* A blank line everywhere. */
	{ HEADER "\nHead\n\nDeck\n\nBoat. / Reuters\n\nMarch 2, 2025\n\nOne.\n"
		 "\nTwo.\n",
	  "H:Head|D:Deck|M:Boat.|C:Reuters|p:One.|p:Two." },
	{ HEADER "\nHead\n\nMarch 2, 2025\n\nOne.\n", "H:Head|p:One." },
	/* Wrapped lines. */
	{ HEADER "Head\nDeck that\nwas wrapped\n\nOne was\nwrapped.\n\nTwo\n"
		 "too.\n",
	  "H:Head|D:Deck that was wrapped|p:One was wrapped.|p:Two too." },
	{ HEADER "Head\nDeck that\nwas wrapped\nMarch 2, 2025\nOne.\nTwo.\n",
	  "H:Head|D:Deck that was wrapped|p:One.|p:Two." },
	{ HEADER "Head\nDeck\n\nOne.\nTwo.\nThree.\n", "H:Head|D:Deck|p:One.|p:"
						       "Two.|p:Three." },
	{ HEADER "Head\n\nOne.\n\nA boat\nin the rain. / Port Agency\n\nTwo.\n",
	  "H:Head|M:A boat in the rain.|C:Port Agency|p:One.|p:Two." },
	/* A deck is short, and something follows it. */
	{ HEADER "Head\n" LONG "\nTwo.\nThree.\n", "H:Head|p:" LONG "|p:Two.|p:"
						   "Three." },
	{ HEADER "Head\n" LONG "\nMarch 2, 2025\nTwo.\n",
	  "H:Head|D:" LONG "|p:Two." },
	/* White space, and bytes that show nothing. */
	{ "\n \t\r\n\xc2\xa0\n" HEADER "Head\n\nOne.", "H:Head|p:One." },
	{ "date 2025-03-02 POLITICS\r\n Head\t\r\nDeck \r\n \t\r\nOne.\r\n"
	  "\xc2\xa0\r\nTwo.\r\n",
	  "H:Head|D:Deck|p:One.|p:Two." },
	{ "date 2025-03-02 POLITICS\rHead\rDeck\r\rOne.\r\rTwo.\r", "H:Head|D:"
								    "Deck|p:"
								    "One.|p:"
								    "Two." },
	{ HEADER "Head\xc2\xa0line\n\xe2\x80\x8b\nOne\ttwo  three.\n", "H:Head "
								       "line|p:"
								       "One "
								       "two "
								       "three"
								       "." },
	/* Slashes. */
	{ HEADER "Towns / Tolls\n\nOne.\n", "H:Towns / Tolls|p:One." },
	{ HEADER "Head\n\nOne.\n\nBoat. / Reuters\n\nTwo.\n", "H:Head|M:Boat.|"
							      "C:Reuters|p:One."
							      "|p:Two." },
	{ HEADER "Head\n\nA choice of either / or.\n\nHe said 3 / 4\n\nTwo.\n",
	  "H:Head|p:A choice of either / or.|x:He said 3 / 4|p:Two." },
	{ HEADER "Head\n\nBoat. / The Long Estuary Port News Agency\n\nTwo.\n",
	  "H:Head|p:Boat. / The Long Estuary Port News Agency|p:Two." },
	{ HEADER "Head\n\nTolls rise / Brent falls\n\nTwo.\n", "H:Head|p:Tolls "
							       "rise / Brent "
							       "falls|p:Two." },
	{ HEADER "Head\n\n / Reuters\n\nTwo.\n", "H:Head|p:/ Reuters|p:Two." },
	/* Crossheads. */
	{ HEADER "Head\n\nOne.\n\nOld tolls\n\nTwo.\n", "H:Head|p:One.|x:Old "
							"tolls|p:Two." },
	{ HEADER "Head\nOne.\nOld tolls\nTwo.\n", "H:Head|D:One.|p:Old "
						  "tolls|p:Two." },
	{ HEADER "Head\nDeck\n\nOne.\nOld tolls\nTwo.\n", "H:Head|D:Deck|p:One."
							  "|x:Old "
							  "tolls|p:Two." },
	{ HEADER "Head\n\nOne.\n\nOld tolls\n\nBoat. / Reuters\n\nTwo.\n",
	  "H:Head|M:Boat.|C:Reuters|p:One.|x:Old tolls|p:Two." },
	{ HEADER "Head\n\nOld tolls\n\nTwo.\n", "H:Head|p:Old tolls|p:Two." },
	{ HEADER "Head\n\nOne.\n\nOld tolls\n", "H:Head|p:One.|p:Old tolls" },
	{ HEADER "Head\n\nOne.\n\nOld tolls\n\nNew tolls\n\nTwo.\n", "H:Head|p:"
								     "One.|p:"
								     "Old "
								     "tolls|p:"
								     "New "
								     "tolls|p:"
								     "Two." },
	{ HEADER "Head\n\nOne.\n\nOld\ntolls\n\nTwo.\n", "H:Head|p:One.|p:Old "
							 "tolls|p:Two." },
	{ HEADER "Head\n\nOne.\n\n\xe2\x80\x9cNever.\xe2\x80\x9d\n\nTwo.\n",
	  "H:Head|p:One.|p:\xe2\x80\x9cNever.\xe2\x80\x9d|p:Two." },
	{ HEADER "Head\n\nOne.\n\nThe mayors said:\n\nTwo.\n", "H:Head|p:One.|"
							       "p:The mayors "
							       "said:|p:Two." },
	{ HEADER "Head\n\nOne.\n\na b c d e f g h\n\nTwo.\n\n"
		 "a b c d e f g h i\n\nThree.\n",
	  "H:Head|p:One.|x:a b c d e f g h|p:Two.|p:a b c d e f g h i|"
	  "p:Three." },
	/* Human dates. */
	{ HEADER "Head\nMarch 3, 2025\n\nOne.\n", "H:Head|p:One.|!:date-"
						  "conflict" },
	{ HEADER "Head\nSunday, 2nd Mar. 2025\n\nOne.\n", "H:Head|p:One." },
	{ HEADER "Head\n\nOne.\n\nTwo.\n\nMarch 3, 2025\n\nThree.\n", "H:Head|"
								      "p:One.|"
								      "p:Two.|"
								      "x:March "
								      "3, "
								      "2025|p:"
								      "Three"
								      "." },
};

START_TEST(text_is_parsed)
{
	ck_assert_int_eq(parse_text(parsed[_i].text, sizeof memory),
			 FAULT_NONE);
	ck_assert_uint_eq(parse.part_count, 1);
	ck_assert_str_eq(summary(), parsed[_i].summary);
	ck_assert_int_eq(parse.parts[0].article->date, 20149);
}
END_TEST

static const struct {
	const char *header, *topics; /* "|" between */
} headers[] = {
	{ "date 2025-03-02 POLITICS", "POLITICS" },
	{ " date 2025-03-02 POLITICS", "POLITICS" },
	{ "\tDATE\t2025-03-02\tPolitics  World ", "Politics|World" },
	{ "Date 2025-03-02 SPORT,WORLD, ASIA ,", "SPORT|WORLD|ASIA" },
	{ "date 2025-03-02, SPORT", "SPORT" },
	{ "date 2025-03-02", "" },
	{ "date 2025-03-02\xc2\xa0M\xc3\x89T\xc3\x89O", "M\xc3\x89T\xc3\x89O" },
};

START_TEST(header_is_read)
{
	char text[256], topics[256] = "";
	size_t len = 0;

	snprintf(text, sizeof text, "%s\nHead\n", headers[_i].header);
	ck_assert_int_eq(parse_text(text, sizeof memory), FAULT_NONE);
	const struct article *a = parse.parts[0].article;
	for (size_t i = 0; i < a->subject_count; i++) {
		len += (size_t)snprintf(topics + len, sizeof topics - len,
					"%s%s", i ? "|" : "",
					a->subjects[i].name.ptr);
		ck_assert_uint_lt(len, sizeof topics);
		ck_assert_int_eq(a->subjects[i].creator,
				 SUBJECT_CREATOR_DECLARED);
	}
	ck_assert_str_eq(topics, headers[_i].topics);
	ck_assert_int_eq(a->date, 20149);
}
END_TEST

static const struct {
	const char *text;
	enum fault fault;
	size_t offset;
} refused[] = {
	{ "", FAULT_HEADER_MISSING, 0 },
	{ " \n\n", FAULT_HEADER_MISSING, 0 },
	{ "Head\n\nOne.\n", FAULT_HEADER_MISSING, 0 },
	{ "\n\nHead\n", FAULT_HEADER_MISSING, 2 },
	{ "date\nHead\n", FAULT_HEADER_MISSING, 0 },
	{ "date tomorrow POLITICS\nHead\n", FAULT_HEADER_MISSING, 0 },
	{ "date 2025-3-2 POLITICS\nHead\n", FAULT_HEADER_MISSING, 0 },
	{ "dates 2025-03-02 POLITICS\nHead\n", FAULT_HEADER_MISSING, 0 },
	{ "date2025-03-02 POLITICS\nHead\n", FAULT_HEADER_MISSING, 0 },
	{ "\ndate 2025-02-31 POLITICS\nHead\n", FAULT_DATE_INVALID, 1 },
	{ HEADER, FAULT_HEADLINE_MISSING, 25 },
	{ HEADER "\n \n", FAULT_HEADLINE_MISSING, 25 },
	{ HEADER "March 2, 2025\n\nOne.\n", FAULT_HEADLINE_MISSING, 25 },
};

START_TEST(bad_text_is_refused_with_its_place)
{
	ck_assert_int_eq(parse_text(refused[_i].text, sizeof memory),
			 refused[_i].fault);
	ck_assert_uint_eq(parse.fault_offset, refused[_i].offset);
}
END_TEST

static const char whole[] = HEADER "Head\nDeck\nmore deck\nBoat. / "
				   "Reuters\nMarch 3, 2025\n\n"
				   "One was\nwrapped.\n\nOld tolls\n\nTwo "
				   "cafe\xcc\x81.\n";

START_TEST(every_arena_succeeds_or_reports)
{
	bool done = false;

	for (size_t room = 0; room < 8192; room++) {
		enum fault fault = parse_text(whole, room);
		ck_assert(fault == FAULT_NONE || fault == FAULT_NO_SPACE);
		ck_assert(!done || !fault);
		done = !fault;
	}
	ck_assert(done);
	ck_assert_str_eq(summary(), "H:Head|D:Deck more deck|M:Boat.|C:Reuters|"
				    "p:One was wrapped.|x:Old tolls|"
				    "p:Two caf\xc3\xa9.|!:date-conflict");
}
END_TEST

START_TEST(each_value_is_traced_to_its_line)
{
	static const struct {
		const char *field;
		unsigned line;
	} expected[] = { { "date", 1 },	 { "subjects", 1 }, { "headline", 2 },
			 { "media", 5 }, { "body", 8 },	    { "body", 11 },
			 { "body", 13 }, { "deck", 3 } };

	arena_init(&arena, memory, sizeof memory);
	parse = (struct parse){ .text = slice_from(whole),
				.arena = &arena,
				.trace = true };
	ck_assert_int_eq(wire_text_format.parse(&parse), FAULT_NONE);
	const struct trace *trace = parse.parts[0].article->trace;
	ck_assert_uint_eq(trace->count, COUNT(expected));
	for (int i = 0; i < COUNT(expected); i++) {
		ck_assert_str_eq(trace->entries[i].field, expected[i].field);
		ck_assert_uint_eq(trace->entries[i].line, expected[i].line);
	}
}
END_TEST

START_TEST(sniff_leaves_json_and_markup_alone)
{
	ck_assert(wire_text_format.sniff(SLICE(" date 2025-03-02 A")));
	ck_assert(wire_text_format.sniff(SLICE("no header at all")));
	ck_assert(!wire_text_format.sniff(SLICE(" \n{\"uri\": 1}")));
	ck_assert(!wire_text_format.sniff(SLICE("[1]")));
	ck_assert(!wire_text_format.sniff(SLICE("<nitf/>")));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("wire_text");
	TCase *wire = tcase_create("wire_text");

	tcase_add_loop_test(wire, text_is_parsed, 0, COUNT(parsed));
	tcase_add_loop_test(wire, header_is_read, 0, COUNT(headers));
	tcase_add_loop_test(wire, bad_text_is_refused_with_its_place, 0,
			    COUNT(refused));
	tcase_add_test(wire, every_arena_succeeds_or_reports);
	tcase_add_test(wire, each_value_is_traced_to_its_line);
	tcase_add_test(wire, sniff_leaves_json_and_markup_alone);
	suite_add_tcase(suite, wire);
	return suite;
}
