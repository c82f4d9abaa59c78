#include <stdio.h>

#include "base/utf8.h"
#include "tests/unit/suite.h"
#include "transform/text/entity.h"
#include "transform/text/html.h"
#include "transform/text/preformatted.h"

static char memory[1 << 16];
static struct arena arena;

/* The blocks as "p:text|h:text|…". */
static const char *blocks_text(struct slice html, struct arena *from)
{
	static const char letters[] = "?phqltf"; /* by enum block_role */
	static char out[4096];
	struct html_blocks blocks;
	size_t len = 0;

	if (html_blocks(html, from, &blocks))
		return "no-space";
	*out = '\0';
	for (size_t i = 0; i < blocks.count; i++) {
		const struct block *b = &blocks.items[i];

		ck_assert_uint_eq(b->text.ptr[b->text.len], '\0');
		len += (size_t)snprintf(out + len, sizeof out - len, "%s%c:%s",
					i ? "|" : "", letters[b->role],
					b->text.ptr);
		ck_assert_uint_lt(len, sizeof out);
	}
	return out;
}

static const struct {
	const char *html, *blocks;
} read[] = {
	{ "", "" },
	{ "<p></p> <div>&nbsp;</div>", "" },
	{ "Bare text", "p:Bare text" },
	{ "<p>One</p><p>Two</p>", "p:One|p:Two" },
	{ "<P CLASS='a'>One<P>Two", "p:One|p:Two" },
	{ "lead <p>One</p> tail", "p:lead|p:One|p:tail" },
	{ "<p>A <b>bold</b>, <a href=\"?a>b\">linked</a> word</p>", "p:A bold, "
								    "linked "
								    "word" },
	{ "<p>wrapped\n  line</p>", "p:wrapped line" },
	{ "<h1>Head</h1><p>a</p><h6>Low</h6>b", "h:Head|p:a|h:Low|p:b" },
	{ "<h2>Open<p>Para", "h:Open|p:Para" },
	{ "<hl2>Head</hl2><p>a</p>", "h:Head|p:a" },
	{ "<blockquote>Said<p>and <i>said</i></p></blockquote>done", "q:Said|q:"
								     "and "
								     "said|p:"
								     "done" },
	{ "<ul><li>a<li>b<ul><li>c</ul>d</ul>e", "l:a|l:b|l:c|l:d|p:e" },
	{ "<li>a</li>b", "l:a|p:b" },
	{ "<table><caption>Cup</caption><tr><th>Team</th><th>Pts</th></tr>"
	  "<tr><td><p>Hull</p></td><td></td><td>3</td></tr></table>end",
	  "t:Cup|t:Team | Pts|t:Hull | | 3|p:end" },
	{ "<table><tr><td> </td><td>&nbsp;</td></tr></table>", "" },
	{ "<td>a</td><td>b</td>", "p:a|p:b" },
	{ "<pre>\na  b\r\n  c \n\n</pre>d", "f:a  b\n  c|p:d" },
	{ "<pre>a<br>b</pre>", "f:a\nb" },
	{ "a<br>b<br/>c", "p:a b c" },
	{ "a<br> &nbsp; <br>b<br>c", "p:a|p:b c" },
	{ "a<hr>b", "p:a|p:b" },
	{ "<head><title>no</title><style>p{}</style></head>yes", "p:yes" },
	{ "a<script>if (a<b) '<p>'</scripts></SCRIPT >b", "p:ab" },
	{ "a<script/>b", "p:ab" },
	{ "a<script>b", "p:a" },
	{ "<!DOCTYPE html><?xml version='1'?>a<!-- <p>no</p> -->b", "p:ab" },
	{ "a <!-- b", "p:a <!-- b" },
	{ "<![CDATA[a &amp; <b>]]>", "p:a &amp; <b>" },
	{ "a <![CDATA[b", "p:a <![CDATA[b" },
	{ "<xhtml:p>a</xhtml:p><xhtml:h2>b</xhtml:h2>", "p:a|h:b" },
	{ "1 < 2 <3 <", "p:1 < 2 <3 <" },
	{ "a <b c", "p:a <b c" },
	{ "a <b c=\"d>e", "p:a <b c=\"d>e" },
	{ "<p don't>a</p>it's", "p:a|p:it's" },
	{ "<p a = 'x>y'>b", "p:b" },
	{ "</p></ul></table></blockquote>a", "p:a" },
	{ "R&amp;D &lt;&#8364;&#x20AC;&#150;&eacute;&gt; AT&T &no; &", "p:R&D "
								       "<\u20ac"
								       "\u20ac"
								       "\u2013"
								       "\u00e9>"
								       " AT&T "
								       "&no; "
								       "&" },
	{ "e&#769;", "p:\u00e9" },
	{ "<unknown>a</unknown>b", "p:ab" },
};

START_TEST(html_becomes_blocks)
{
	arena_init(&arena, memory, sizeof memory);
	ck_assert_str_eq(blocks_text(slice_from(read[_i].html), &arena),
			 read[_i].blocks);
}
END_TEST

START_TEST(html_becomes_one_line)
{
	struct slice got = SLICE("poison");

	arena_init(&arena, memory, sizeof memory);
	ck_assert_int_eq(html_line(SLICE("<p>A ship<br/>at sea</p>"
					 "<pre>in\nfog</pre>"),
				   &arena, &got),
			 FAULT_NONE);
	ck_assert_str_eq(got.ptr, "A ship at sea in fog");
	ck_assert_int_eq(html_line(SLICE("<img/>"), &arena, &got), FAULT_NONE);
	ck_assert_ptr_null(got.ptr);
}
END_TEST

START_TEST(every_arena_succeeds_or_reports)
{
	const struct slice html = SLICE("<h1>e\xcc\x81</h1>a<br><br>b<pre>x  "
					"\xcc\x81y</pre>"
					"<table><tr><td>1<td>2</table>");
	const char *const want = "h:\u00e9|p:a|p:b|f:x  \xcc\x81y|t:1 | 2";
	bool done = false;

	for (size_t room = 0; room < 2048; room++) {
		arena_init(&arena, memory, room);
		const char *got = blocks_text(html, &arena);
		ck_assert(done || !strcmp(got, "no-space") ||
			  !strcmp(got, want));
		done = !strcmp(got, want);
	}
	ck_assert(done);
}
END_TEST

static const struct {
	const char *text;
	uint32_t code;
	size_t len;
} references[] = {
	{ "&amp;", '&', 5 },
	{ "&apos;s", '\'', 6 },
	{ "&Eacute;", 0xc9, 8 },
	{ "&thetasym;", 0x3d1, 10 },
	{ "&zwnj;", 0x200c, 6 },
	{ "&#65;", 'A', 5 },
	{ "&#X2019;", 0x2019, 8 },
	{ "&#146;", 0x2019, 6 },
	{ "&#0;", 0xfffd, 4 },
	{ "&#xd800;", 0xfffd, 8 },
	{ "&#99999999999;", 0xfffd, 14 },
	{ "&amp", 0, 0 },
	{ "&", 0, 0 },
	{ "&;", 0, 0 },
	{ "&#;", 0, 0 },
	{ "&#x;", 0, 0 },
	{ "&#1", 0, 0 },
	{ "&toolongname;", 0, 0 },
	{ "&Amp;", 0, 0 },
};

START_TEST(reference_is_decoded)
{
	size_t len = 0;

	ck_assert_uint_eq(entity_decode(slice_from(references[_i].text), &len),
			  references[_i].code);
	ck_assert_uint_eq(len, references[_i].len);
}
END_TEST

static const struct {
	const char *raw, *text;
} kept[] = {
	{ " \n\n  a\tb  c\n\n d \n", "  a\tb  c\n\n d" },
	{ "a \r\n b\rc", "a\n b\nc" },
	{ "a\x01  \xe2\x80\x8b  b", "a  b" },
};

START_TEST(spaces_are_kept)
{
	struct slice got = SLICE_NONE;

	arena_init(&arena, memory, sizeof memory);
	ck_assert_int_eq(preformatted_clean(slice_from(kept[_i].raw), &arena,
					    &got),
			 FAULT_NONE);
	ck_assert_str_eq(got.ptr, kept[_i].text);
	ck_assert_uint_eq(got.len, strlen(kept[_i].text));
}
END_TEST

Suite *suite(void)
{
	Suite *html = suite_create("html");
	TCase *all = tcase_create("all");

	tcase_add_loop_test(all, html_becomes_blocks, 0, COUNT(read));
	tcase_add_test(all, html_becomes_one_line);
	tcase_add_test(all, every_arena_succeeds_or_reports);
	tcase_add_loop_test(all, reference_is_decoded, 0, COUNT(references));
	tcase_add_loop_test(all, spaces_are_kept, 0, COUNT(kept));
	suite_add_tcase(html, all);
	return html;
}
