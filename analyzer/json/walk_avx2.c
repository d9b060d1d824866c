/* Everything in this file may use AVX2: nobody comes here before the processor was
 * asked whether it has that. */
#if defined(__SSE2__) && defined(__GNUC__)
#define SKIP_SIMD 2
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC target("avx2")
#endif
#endif
#include "json/walk.h"

/* Where there is no AVX2, it is the plain one, and nobody takes it. */
const struct walk walk_avx2 = { walk_value, walk_string, walk_line_ends };

#if defined(__SSE2__) && defined(__clang__)
#pragma clang attribute pop
#endif
