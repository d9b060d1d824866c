#define SKIP_SIMD 0
#include "json/walk.h"

const struct walk walk_plain = { walk_value, walk_string, walk_line_ends };
