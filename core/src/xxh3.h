#pragma once

// xxHash as a header: every function is inlined into the file that asks for it, so no symbol of
// it leaves the library.
#define XXH_INLINE_ALL
#include <xxhash.h>
