#include "stage/http/page.h"

#include "base/embed.h"

EMBED(page, "stage/http/page.html");

struct slice page_html(void)
{
	return slice_between(page_begin, page_end);
}
