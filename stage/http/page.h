/* stage/http/page.h - the status page, in the binary. */
#ifndef STAGE_HTTP_PAGE_H
#define STAGE_HTTP_PAGE_H

#include "base/slice.h"

/* page.html as it stands in this folder, byte for byte; static. */
struct slice page_html(void);

#endif
