#ifndef FIRN_TESTS_C_CONFORMANCE_VERB_VALUES_H
#define FIRN_TESTS_C_CONFORMANCE_VERB_VALUES_H

/* What firn.h hands out in structs for the verbs other than apply, in the shape of its JSON. JSON
 * cannot say text that is not UTF-8: for that, what `by_json`, the library's own, makes of it. */

#include "values.h"

json_t* files_value(const firn_diff* diff, const json_t* by_json);
json_t* placed_value(const firn_placed* placed);
json_t* conflicts_value(const firn_merged* merged);
json_t* carried_value(const firn_rebased* rebased, const json_t* by_json);
json_t* stacked_value(const firn_stacked* stacked);

/* That each hunk has as many lines of each kind as it says. */
void compare_hunk_lines(difference* first, const firn_diff* diff);

#endif /* FIRN_TESTS_C_CONFORMANCE_VERB_VALUES_H */
