#include "stage/http/page.h"

/* As in schemas/embedded.c: the assembler reads the file. */
__asm__(".section .rodata\n"
	".global page_begin\npage_begin: .incbin \"stage/http/page.html\"\n"
	".global page_end\npage_end: .byte 0\n"
	".previous\n");
extern const char page_begin[], page_end[];

struct slice page_html(void)
{
	return slice_between(page_begin, page_end);
}
