#include "transform/text/country.h"

#include <stdlib.h>

#include "base/ascii.h"

/* In the order of their lower-case letters. */
/* clang-format off */
static const char *const names[] = {
	"Afghanistan",
	"Albania",
	"Algeria",
	"Andorra",
	"Angola",
	"Antigua and Barbuda",
	"Argentina",
	"Armenia",
	"Australia",
	"Austria",
	"Azerbaijan",
	"Bahamas",
	"Bahrain",
	"Bangladesh",
	"Barbados",
	"Belarus",
	"Belgium",
	"Belize",
	"Benin",
	"Bhutan",
	"Bolivia",
	"Bosnia",
	"Bosnia and Herzegovina",
	"Bosnia-Herzegovina",
	"Botswana",
	"Brazil",
	"Brunei",
	"Bulgaria",
	"Burkina Faso",
	"Burma",
	"Burundi",
	"Cambodia",
	"Cameroon",
	"Canada",
	"Cape Verde",
	"Central African Republic",
	"Chad",
	"Chile",
	"China",
	"Colombia",
	"Comoros",
	"Congo",
	"Costa Rica",
	"Croatia",
	"Cuba",
	"Cyprus",
	"Czech Republic",
	"Czechia",
	"Democratic Republic of Congo",
	"Democratic Republic of the Congo",
	"Denmark",
	"Djibouti",
	"Dominica",
	"Dominican Republic",
	"East Timor",
	"Ecuador",
	"Egypt",
	"El Salvador",
	"England",
	"Equatorial Guinea",
	"Eritrea",
	"Estonia",
	"Eswatini",
	"Ethiopia",
	"Fiji",
	"Finland",
	"France",
	"Gabon",
	"Gambia",
	"Germany",
	"Ghana",
	"Greece",
	"Greenland",
	"Grenada",
	"Guatemala",
	"Guinea",
	"Guinea-Bissau",
	"Guyana",
	"Haiti",
	"Honduras",
	"Hungary",
	"Iceland",
	"India",
	"Indonesia",
	"Iran",
	"Iraq",
	"Ireland",
	"Israel",
	"Italy",
	"Ivory Coast",
	"Jamaica",
	"Japan",
	"Jordan",
	"Kazakhstan",
	"Kenya",
	"Kiribati",
	"Kosovo",
	"Kuwait",
	"Kyrgyzstan",
	"Laos",
	"Latvia",
	"Lebanon",
	"Lesotho",
	"Liberia",
	"Libya",
	"Liechtenstein",
	"Lithuania",
	"Luxembourg",
	"Madagascar",
	"Malawi",
	"Malaysia",
	"Maldives",
	"Mali",
	"Malta",
	"Marshall Islands",
	"Mauritania",
	"Mauritius",
	"Mexico",
	"Micronesia",
	"Moldova",
	"Monaco",
	"Mongolia",
	"Montenegro",
	"Morocco",
	"Mozambique",
	"Myanmar",
	"Namibia",
	"Nauru",
	"Nepal",
	"Netherlands",
	"New Zealand",
	"Nicaragua",
	"Niger",
	"Nigeria",
	"North Korea",
	"North Macedonia",
	"Northern Ireland",
	"Norway",
	"Oman",
	"Pakistan",
	"Palau",
	"Panama",
	"Papua New Guinea",
	"Paraguay",
	"Peru",
	"Philippines",
	"Poland",
	"Portugal",
	"Puerto Rico",
	"Qatar",
	"Republic of Congo",
	"Romania",
	"Russia",
	"Rwanda",
	"Saint Kitts and Nevis",
	"Saint Lucia",
	"Saint Vincent and the Grenadines",
	"Samoa",
	"San Marino",
	"Sao Tome and Principe",
	"Saudi Arabia",
	"Scotland",
	"Senegal",
	"Serbia",
	"Seychelles",
	"Sierra Leone",
	"Singapore",
	"Slovakia",
	"Slovenia",
	"Solomon Islands",
	"Somalia",
	"South Africa",
	"South Korea",
	"South Sudan",
	"Spain",
	"Sri Lanka",
	"Sudan",
	"Suriname",
	"Sweden",
	"Switzerland",
	"Syria",
	"Taiwan",
	"Tajikistan",
	"Tanzania",
	"Thailand",
	"The Netherlands",
	"Timor-Leste",
	"Togo",
	"Tonga",
	"Trinidad and Tobago",
	"Tunisia",
	"Turkey",
	"Turkiye",
	"Turkmenistan",
	"Tuvalu",
	"U.A.E.",
	"U.K.",
	"U.S.",
	"UAE",
	"Uganda",
	"UK",
	"Ukraine",
	"United Arab Emirates",
	"United Kingdom",
	"United States",
	"United States of America",
	"Uruguay",
	"USA",
	"Uzbekistan",
	"Vanuatu",
	"Vatican City",
	"Venezuela",
	"Vietnam",
	"Wales",
	"Yemen",
	"Zambia",
	"Zimbabwe",
};
/* clang-format on */

static int compare_names(const void *key, const void *row)
{
	struct slice a = *(const struct slice *)key;
	struct slice b = slice_from(*(const char *const *)row);

	for (size_t i = 0; i < a.len && i < b.len; i++) {
		int order = ascii_lower(a.ptr[i]) - ascii_lower(b.ptr[i]);
		if (order)
			return order;
	}
	return (a.len > b.len) - (a.len < b.len);
}

bool country_is_name(struct slice name)
{
	return bsearch(&name, names, sizeof names / sizeof *names,
		       sizeof *names, compare_names) != NULL;
}

enum fault place_from_text(struct slice text, struct arena *arena,
			   struct place *out)
{
	const char *comma = text.len ? memrchr(text.ptr, ',', text.len) : NULL;

	if (country_is_name(text)) {
		*out = (struct place){ .country = text };
		return FAULT_NONE;
	}
	struct slice city = text, tail = SLICE_NONE;
	if (comma) {
		city = slice_trim(slice_between(text.ptr, comma));
		tail = slice_trim(
			slice_between(comma + 1, text.ptr + text.len));
	}
	if (!city.len || !country_is_name(tail)) {
		*out = (struct place){ .city = text };
		return FAULT_NONE;
	}
	city = arena_copy(arena, city);
	if (!city.ptr)
		return FAULT_NO_SPACE;
	*out = (struct place){ .city = city, .country = tail };
	return FAULT_NONE;
}
