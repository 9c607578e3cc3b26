#include <stdio.h>

#ifdef NEWER
__asm__(".symver greet_new, greet_newer@@GREET_2");
void greet_new(void) { puts("ok"); }
#endif
void greet(void) { puts("ok"); }
