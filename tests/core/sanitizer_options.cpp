/// Memory that is not there is a value in Firn, not the end of the program; AddressSanitizer asks
/// this function before main() and must see it the same way. No other build calls it.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is the sanitizer's.
extern "C" __attribute__((visibility("default"))) const char* __asan_default_options();

// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1"; }
