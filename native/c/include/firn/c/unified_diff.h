#ifndef FIRN_C_UNIFIED_DIFF_H
#define FIRN_C_UNIFIED_DIFF_H

#include "firn/c/error.h"
#include "firn/c/file_diff.h"
#include "firn/c/patched.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a hunk shows behind its second "@@": the nearest line above it that looks like the head of a
 * function, by the rules of git. */
typedef enum firn_function_names {
  FIRN_FUNCTION_NAMES_NONE = 0,
  FIRN_FUNCTION_NAMES_PLAIN = 1, /* A line that begins with a letter, "_" or "$". */
  FIRN_FUNCTION_NAMES_CPP = 2,   /* The same for C and C++, without labels and "public:". */
  FIRN_FUNCTION_NAMES_CSS = 3,   /* A selector or at-rule. */
  FIRN_FUNCTION_NAMES_IS_32_BITS = 0x7fffffff
} firn_function_names;

/* The rules for a file, by the ending of its name; FIRN_FUNCTION_NAMES_PLAIN where git has none of
 * its own. A view that is NULL with a size is the empty name. */
FIRN_API firn_function_names firn_function_names_of(firn_view file_name);

/* What git writes above "---", and what it says of files that are new, gone or renamed. */
typedef struct firn_git_header {
  size_t struct_size; /* Set by FIRN_GIT_HEADER_INIT. */
  /* Without "a/" and "b/"; NULL: the batch's file, and that of the other side. */
  const firn_view* old_path;
  const firn_view* new_path;
  /* Object ids for the index line, which is left out without them. What is not there needs none,
   * and that of an empty file is known. */
  const firn_view* old_blob;
  const firn_view* new_blob;
  uint32_t kind;               /* A firn_file_kind. */
  uint32_t old_mode;           /* Such as 0100644, in octal; 0: not said. */
  uint32_t new_mode;           /* The same. A file that comes or goes has a mode if unsaid. */
  uint32_t has_similarity;     /* 1: similarity_percent is said, of a rename or copy. */
  uint32_t similarity_percent; /* 0 to 100. */
  uint32_t reserved;           /* Must be 0. */
} firn_git_header;

/* firn_git_header git = FIRN_GIT_HEADER_INIT(FIRN_FILE_MODIFY); */
#define FIRN_GIT_HEADER_INIT(kind) \
  {sizeof(firn_git_header), NULL, NULL, NULL, NULL, (kind), 0, 0, 0, 0, 0}

typedef struct firn_diff_style {
  size_t struct_size; /* Set by FIRN_DIFF_STYLE_INIT. */
  uint64_t context_lines;
  const firn_view* old_name; /* After "--- "; NULL: "a/" and the batch's file, or "a". */
  const firn_view* new_name; /* After "+++ "; NULL: "b/" and the batch's file, or "b". */
  /* Older headers end the struct here. */
  const firn_git_header* git; /* If given, its paths are used and not the names above. */
  uint32_t function_names;    /* A firn_function_names. */
  uint32_t reserved;          /* Must be 0. */
} firn_diff_style;

/* firn_diff_style style = FIRN_DIFF_STYLE_INIT; also what a NULL pointer stands for. */
#define FIRN_DIFF_STYLE_INIT \
  {sizeof(firn_diff_style), 3, NULL, NULL, NULL, FIRN_FUNCTION_NAMES_NONE, 0}

/* The change as a unified diff for GNU patch and git apply; empty when neither the text nor, by
 * style.git, anything else of the file changed.
 * O(k log k + lines written); with function names also O(lines above the last hunk).
 * Fails: INVALID_ARGUMENT, also for a file that is said to be new though its base is not empty, one
 * said to be gone though its result is not, a git header without any path, and a mode of more than
 * six octal digits; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_unified_diff(const firn_patched* patched,
                                                             const firn_diff_style* style,
                                                             firn_buffer* diff, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_UNIFIED_DIFF_H */
