#include "tests/unit/ninjs_parse.h"

static const struct {
	const char *json; /* the members beside uri */
	const char *want; /* lines that follow one another */
} mapped[] = {
	/* texts of one line */
	{ "'type':'picture','pubstatus':'withheld'", "type=picture\npubStatus="
						     "withheld\nsignal=none" },
	{ "'type':'ninat:Video'", "type=video" },
	{ "'type':'poem'", "type=unknown" },
	{ "'type':'poem'", "warning=type-unknown\n/type=poem" },
	{ "'type':7", "warning=property-type\n/type=7" },
	{ "'pubStatus':'canceled'", "pubStatus=canceled\nsignal=kill" },
	{ "'pubStatus':'stat:Cancelled'", "pubStatus=canceled\nsignal=kill" },
	{ "'pubStatus':'?'", "pubStatus=unknown\nsignal=none" },
	{ "'pubStatus':'canceled','pubstatus':'usable'", "pubStatus="
							 "canceled\nsignal="
							 "kill" },
	{ "'urgency':3", "urgency=3" },
	{ "'urgency':' 3'", "urgency=3" },
	{ "'urgency':4.0", "urgency=4" },
	{ "'urgency':0", "warning=urgency-invalid\n/urgency=0" },
	{ "'urgency':'high'", "warning=urgency-invalid\n/urgency=high" },
	{ "'language':'en_GB','version':3", "version=3" },
	{ "'language':'en_GB'", "language=en-GB" },
	{ "'headline':' Tide\\n rises ','byline':'A','by':'B'", "headline=Tide "
								"rises\nby=A\n/"
								"by=B" },
	{ "'slugline':'TIDE','ednote':'Hold','usageterms':'None',"
	  "'copyrightHolder':'We','copyrightnotice':'(c)'",
	  "slugline=TIDE\nedNote=Hold\nusageTerms=None\n"
	  "copyrightHolder=We\ncopyrightNotice=(c)" },
	{ "'slugline':['a']", "warning=property-type\n/slugline=[\"a\"]" },
	{ "'slugline':null,'title':null,'subject':null,'x':null,'people':[{'x':"
	  "null}]",
	  "urgency=0\n" },
	{ "'located':'Hull, England'", "city=Hull\ncountry=England" },
	{ "'infoSources':[{'role':'r'},{'name':'N','role':'q'},{'name':'M'}]",
	  "source=N\n/infoSources/0={\"role\":\"r\"}\n"
	  "/infoSources/1/role=q\n/infoSources/2={\"name\":\"M\"}" },
	{ "'source':'AAA','dateline':'HULL'", "dateline=HULL\nsource=AAA" },
	/* instants */
	{ "'firstcreated':'2025-09-09T10:00:00+02:00',"
	  "'versionCreated':'2025-09-09T10:00:00Z',"
	  "'embargoed':'2025-09-10T00:00:00Z','expires':'2026-01-01T00:00:00Z'",
	  "firstCreated=2025-09-09T08:00:00Z\n"
	  "versionCreated=2025-09-09T10:00:00Z\n"
	  "embargoedUntil=2025-09-10T00:00:00Z\n"
	  "expires=2026-01-01T00:00:00Z" },
	{ "'versioncreated':'2025-09-09','contentcreated':'2025-09-08'",
	  "date=20340\nwarning=date-invalid\n/contentcreated=2025-09-08" },
	{ "'versioncreated':'2025-09-09T10:00:00'", "warning=date-invalid\n/"
						    "versioncreated=2025-09-"
						    "09T10:00:00" },
	{ "'versioncreated':'2025-02-31'", "warning=date-invalid\n/"
					   "versioncreated=2025-02-31" },
	{ "'embargoedUntil':'noon'", "warning=embargo-invalid\n/"
				     "embargoedUntil=noon" },
	{ "'expires':1757412000", "warning=date-invalid\n/expires=1757412000" },
	/* headlines, descriptions, bodies */
	{ "'headline_main':'M','headline':'H','headline_sub':'S'", "headline="
								   "H\ndeck="
								   "S\n/"
								   "headline_"
								   "main=M" },
	{ "'headlines':[{'role':'promo','value':'P'},{'role':'main',"
	  "'value':'M'},{'role':'deck','value':'D'}]",
	  "headline=M\ndeck=D\n/headlines/0={\"role\":\"promo\","
	  "\"value\":\"P\"}" },
	{ "'headlines':[{'role':'promo','value':'P'}]", "headline=P\n/"
							"headlines/0/"
							"role=promo" },
	{ "'headlines':[{'value':'<b>P</b>&amp;Q','contentType':'text/html'}]",
	  "headline=P&Q" },
	{ "'headlines':['A','B']", "headline=A\n/headlines/1=B" },
	{ "'headlines':{'value':'A','charCount':1}", "headline=A\n/headlines/"
						     "charCount=1" },
	{ "'headlines':[{'value':7}]", "warning=property-type\n/headlines/"
				       "0={\"value\":7}" },
	{ "'title':'T'", "headline=T\nwarning=headline-from-title" },
	{ "'title':'T','headline':'H'", "headline=H\n/title=T" },
	{ "'description_richtext':'<p>A b</p>','description_text':'A  b'",
	  "abstract=A b" },
	{ "'descriptions':[{'role':'text','value':'T'},"
	  "{'role':'summary','value':'S'}]",
	  "abstract=S\n/descriptions/0={\"role\":\"text\",\"value\":\"T\"}" },
	{ "'body_text':'A\\n\\nB'", "paragraph=A\nparagraph=B" },
	{ "'body_main':'A b','body_xhtml':'<h2>A</h2><p>b</p>'", "crosshead="
								 "A\nparagraph="
								 "b" },
	{ "'bodies':[{'role':'main','contentType':'text/plain','value':'A'},"
	  "{'role':'short','contentType':'text/html','value':'<p>B</p>'}]",
	  "paragraph=A\n/bodies/1={\"role\":\"short\",\"contentType\":"
	  "\"text/html\",\"value\":\"<p>B</p>\"}" },
	{ "'body_html':'<img src=\\\"x\\\">'", "urgency=0\n/body_html=<img "
					       "src=\"x\">" },
	{ "'body_html':' ','description_text':''", "urgency=0\n" },
	/* lists */
	{ "'person':[{'name':'N','rel':'about','scheme':'http://s.example/',"
	  "'code':'c'}]",
	  "person:\nname=N\nuri=http://s.example/c\nrel=about" },
	{ "'people':['N',{'literal':'L'},{'name':'M','uri':'u','literal':'K',"
	  "'x':[1]}]",
	  "person:\nname=N\nperson:\nuri=L\nperson:\nname=M\nuri=u\n"
	  "/people/2/x=[1]\n/people/2/literal=K" },
	{ "'place':{'name':'N','scheme':'iso','code':'it'}", "place:\nname="
							     "N\nuri=iso:it" },
	{ "'place':[{'code':'http://e.example/Q1','scheme':'s'}]", "place:"
								   "\nuri=http:"
								   "//"
								   "e.example/"
								   "Q1\n/place/"
								   "0/"
								   "scheme=s" },
	{ "'organisation':[{'name':'N','symbols':[{'ticker':'CUK','exchange':"
	  "'NYSE'},{'symbol':'LSE:CCL','exchange':'LSE','ticker':'CCL'},'X']}]",
	  "organisation:\nname=N\nsymbol=NYSE:CUK\nsymbol=LSE:CCL\nsymbol=X\n"
	  "/organisation/0/symbols/1/ticker=CCL" },
	{ "'events':[{'name':'N','id':'1'}],'events':[]", NULL },
	{ "'subject':[{'name':'N','scheme':"
	  "'http://cv.iptc.org/newscodes/mediatopic/','code':'11000000',"
	  "'confidence':90,'relevance':80}]",
	  "subject:90\nname=N\nuri=medtop:11000000\n"
	  "evidence=http://cv.iptc.org/newscodes/mediatopic/11000000\n"
	  "/subject/0/relevance=80" },
	{ "'subjects':[{'uri':"
	  "'https://cv.iptc.org/newscodes/subjectcode/11006000',"
	  "'confidence':101},'Tides']",
	  "subject:-1\nuri=subj:11006000\n"
	  "evidence=https://cv.iptc.org/newscodes/subjectcode/11006000\n"
	  "subject:-1\nname=Tides\nevidence=Tides\n/subjects/0/"
	  "confidence=101" },
	{ "'genre':[{'name':'Feature','code':'c'}],'keywords':['a','b'],"
	  "'keyword':'c, d'",
	  "genre=Feature\nkeyword=a\nkeyword=b\nkeyword=c\nkeyword=d\n"
	  "/genre/0/code=c" },
	{ "'altids':{'slug':'s','n':7}", "altId=slug\nvalue=s\naltId=n\nvalue="
					 "7" },
	{ "'altIds':[{'role':'r','value':'v','x':1}]", "altId=r\nvalue=v\n/"
						       "altIds/0/x=1" },
	/* media */
	{ "'type':'picture','headline':'H','description_text':'C','by':'B',"
	  "'renditions':{'thumb':{'href':'t','width':9,'height':9},"
	  "'main':{'href':'m'}}",
	  "media:picture\nuri=m\nheadline=H\ncaption=C\ncredit=B\n/renditions="
	  "{\"thumb\":{\"href\":\"t\",\"width\":9,\"height\":9},"
	  "\"main\":{\"href\":\"m\"}}" },
	{ "'renditions':[{'href':'a.pdf'}]", "urgency=0\n/"
					     "renditions=[{\"href\":\"a.pdf\"}"
					     "]" },
	{ "'associations':[{'type':'video','uri':'u','headlines':[{'value':"
	  "'H'}],'by':'B','descriptions':[{'value':'C'}],'renditions':["
	  "{'href':'s','width':1,'height':2},{'href':'l','width':2,"
	  "'height':2}],'people':['P']}]",
	  "media:video\nuri=l\nheadline=H\ncaption=C\ncredit=B\n"
	  "/associations/0/people=[\"P\"]" },
	{ "'associations':{'a/b':{'uri':'u','renditions':{'x':{'mimetype':"
	  "'image/jpeg','href':'h'}}}}",
	  "media:picture\nuri=h\n/associations/a~1b/renditions=" },
	{ "'associations':{'more':{'uri':'u','type':'text','headline':'H'},"
	  "'none':{'type':'text'},'text':'x'}",
	  "link=more\nuri=u\nwarning=property-type\n"
	  "/associations/more/type=text\n/associations/more/headline=H\n"
	  "/associations/none/type=text\n/associations/text=x" },
	{ "'associations':[{'uri':'u','rel':'r','name':'n'}]", "link=r\nuri="
							       "u\n/"
							       "associations/0/"
							       "name=n" },
	{ "'evolvedfrom':'v1'", "link=evolvedFrom\nuri=v1" },
	/* extra */
	{ "'a~b/c':{'d':[1,'e']},'profile':'p'", "/a~0b~1c={\"d\":[1,\"e\"]}\n/"
						 "profile=p" },
	{ "'e\u0301':'1','\u00e9':'e\u0301'", "/\u00e9~n0=1\n/\u00e9=\u00e9" },
};

/* json with " for ', and a uri in front. */
static struct slice document(const char *members)
{
	static char text[4096];
	int len = snprintf(text, sizeof text, "{'uri':'tag:x',%s}", members);

	for (int i = 0; i < len; i++)
		if (text[i] == '\'')
			text[i] = '"';
	return (struct slice){ text, (size_t)len };
}

START_TEST(property_is_mapped)
{
	char want[1024];
	enum fault fault =
		parse_text(document(mapped[_i].json), sizeof memory, false);

	if (!mapped[_i].want) {
		ck_assert_int_eq(fault, FAULT_JSON_DUPLICATE);
		return;
	}
	ck_assert_int_eq(fault, FAULT_NONE);
	snprintf(want, sizeof want, "\n%s", mapped[_i].want);
	const char *got = print_article();
	ck_assert_msg(strstr(got, want) != NULL, "%s\ngives%snot%s",
		      mapped[_i].json, got, want);
}
END_TEST

static const struct {
	const char *json;
	enum fault fault;
} refused[] = {
	{ "", FAULT_JSON_SYNTAX },
	{ "{\"uri\":\"a\"", FAULT_JSON_SYNTAX },
	{ "{\"uri\":\"a\\u0000\"}", FAULT_JSON_SYNTAX },
	{ "{\"uri\":\"a\",\"uri\":\"b\"}", FAULT_JSON_DUPLICATE },
	{ "[{\"uri\":\"a\"}]", FAULT_NINJS_SHAPE },
	{ "\"uri\"", FAULT_NINJS_SHAPE },
	{ "{\"uri\":7}", FAULT_NINJS_SHAPE },
	{ "{\"uri\":\"a\",\"pubStatus\":true}", FAULT_NINJS_SHAPE },
	{ "{}", FAULT_URI_MISSING },
	{ "{\"headline\":\"a\"}", FAULT_URI_MISSING },
	{ "{\"uri\":null}", FAULT_URI_MISSING },
	{ "{\"uri\":\" \"}", FAULT_URI_MISSING },
};

START_TEST(bad_document_is_refused)
{
	ck_assert_int_eq(parse_text(slice_from(refused[_i].json), sizeof memory,
				    false),
			 refused[_i].fault);
}
END_TEST

static const struct {
	const char *text;
	bool fits;
} sniffed[] = {
	{ "{", true },	   { " \r\n\t{\"uri\"", true },
	{ "[{}]", false }, { "date {", false },
	{ "", false },	   { "  ", false },
};

START_TEST(object_is_sniffed)
{
	ck_assert(ninjs_format.sniff(slice_from(sniffed[_i].text)) ==
		  sniffed[_i].fits);
}
END_TEST

Suite *suite(void)
{
	Suite *ninjs = suite_create("ninjs");
	TCase *all = tcase_create("all");

	tcase_add_loop_test(all, property_is_mapped, 0, COUNT(mapped));
	tcase_add_loop_test(all, bad_document_is_refused, 0, COUNT(refused));
	tcase_add_loop_test(all, object_is_sniffed, 0, COUNT(sniffed));
	suite_add_tcase(ninjs, all);
	return ninjs;
}
