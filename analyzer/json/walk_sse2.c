#if defined(__SSE2__)
#define SKIP_SIMD 1
#endif
#include "json/walk.h"

/* Where there is no SSE2, it is the plain one, and nobody takes it. */
const struct walk walk_sse2 = { walk_value, walk_string, walk_line_ends };
