/* base/embed.h - files that the program carries in itself. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

/*
 * The bytes of file, a path from the top of the tree, from name_begin up to
 * name_end, where a NUL stands. The assembler reads them: no generated source,
 * no limit of size; so the Makefile says which objects depend on which files.
 */
#define EMBED(name, file) \
	__asm__(".section .rodata\n" \
		".global " #name "_begin\n" #name "_begin: .incbin \"" file \
		"\"\n" \
		".global " #name "_end\n" #name "_end: .byte 0\n" \
		".previous\n"); \
	extern const char name##_begin[], name##_end[]

#endif
