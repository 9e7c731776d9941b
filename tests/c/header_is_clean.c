/* Compiled as C99 and, under another name, as C++11, each with every warning an error: the header
 * stands alone, and its initialisers are constant expressions. */
#include "firn.h"

static const firn_limits limits = FIRN_LIMITS_INIT;
static const firn_patch_spec patch = FIRN_PATCH_SPEC_INIT(FIRN_OP_DELETE, 5);
static const firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
static const firn_diff_style style = FIRN_DIFF_STYLE_INIT;
static const firn_git_header git = FIRN_GIT_HEADER_INIT(FIRN_FILE_CREATE);
static const firn_source_map_style map = FIRN_SOURCE_MAP_STYLE_INIT;
static const firn_diff_options diff = FIRN_DIFF_OPTIONS_INIT;
static const firn_diff_parse_options parse = FIRN_DIFF_PARSE_OPTIONS_INIT;
static const firn_place_options place = FIRN_PLACE_OPTIONS_INIT;
static const firn_stack_options stack = FIRN_STACK_OPTIONS_INIT;
static const firn_append_options append = FIRN_APPEND_OPTIONS_INIT;
static const firn_merge_options merge = FIRN_MERGE_OPTIONS_INIT;

size_t firn_header_is_clean(void);

size_t firn_header_is_clean(void) {
  return limits.struct_size + patch.struct_size + options.struct_size + style.struct_size +
         diff.struct_size + parse.struct_size + place.struct_size + merge.struct_size +
         stack.struct_size + append.struct_size + map.struct_size + git.struct_size +
         firn_view_of("").size + firn_buffer_view(NULL).size;
}
