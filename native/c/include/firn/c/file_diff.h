#ifndef FIRN_C_FILE_DIFF_H
#define FIRN_C_FILE_DIFF_H

#include "firn/c/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A unified diff, read: what git diff and diff -u write, of any number of files. */
typedef struct firn_diff firn_diff;

typedef struct firn_diff_parse_options {
  size_t struct_size; /* Set by FIRN_DIFF_PARSE_OPTIONS_INIT. */
  uint32_t recount;   /* 1: count the lines of each hunk instead of believing its header, for diffs
                         that were edited by hand. */
  uint32_t any_names; /* 1: take any name, for callers who use none because they know the file
                         otherwise: a name may then lead out of every folder. */
} firn_diff_parse_options;

/* firn_diff_parse_options options = FIRN_DIFF_PARSE_OPTIONS_INIT; also what NULL stands for. */
#define FIRN_DIFF_PARSE_OPTIONS_INIT {sizeof(firn_diff_parse_options), 0, 0}

/* Reads a unified diff; text before, between and after the files is passed over. Where a hunk's own
 * header ends with CR LF, the CR at the end of its lines belongs to the diff, not to the file.
 * `text` is not kept. O(n).
 * Fails: MALFORMED_DIFF for a hunk with more or fewer lines than it says, hunks that overlap, a
 * header that is none, a diff that ends in the middle, text without any diff; BINARY_PATCH;
 * UNSAFE_PATH for a name that is absolute or has a drive letter, a NUL, ".." or ".git" in it,
 * unless any_names; each with its position. LIMIT_EXCEEDED without memory. INVALID_ARGUMENT for
 * NULL data with a size, a recount or any_names that is neither 0 nor 1, or options without a known
 * struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_diff_parse(firn_view text,
                                                   const firn_diff_parse_options* options,
                                                   firn_diff** diff, firn_error** error);
FIRN_API void firn_diff_free(firn_diff* diff);

FIRN_API size_t firn_diff_file_count(const firn_diff* diff);

/* What a diff does to one file. */
typedef enum firn_file_kind {
  FIRN_FILE_MODIFY = 0,
  FIRN_FILE_CREATE = 1,
  FIRN_FILE_REMOVE = 2,
  FIRN_FILE_RENAME = 3,
  FIRN_FILE_COPY = 4,
  FIRN_FILE_KIND_IS_32_BITS = 0x7fffffff
} firn_file_kind;

/* The headers of one file. */
typedef struct firn_file_diff {
  firn_view old_name; /* As the diff has it ("a/src/x.js"), unquoted; empty: /dev/null. */
  firn_view new_name;
  firn_view old_blob; /* Abbreviated object ids of git's index line; empty: none. */
  firn_view new_blob;
  uint64_t hunk_count;
  uint32_t kind;     /* A firn_file_kind. */
  uint32_t old_mode; /* Such as 0100644, in octal; 0: the diff does not say. */
  uint32_t new_mode;
  uint32_t similarity_percent; /* Of a rename or copy, if has_similarity. */
  bool has_similarity;
} firn_file_diff;

/* Writes the headers of file `file_index`; false, with the result left as it is, unless
 * file_index < file_count and `file` is not NULL. O(1). */
FIRN_API bool firn_diff_file(const firn_diff* diff, size_t file_index, firn_file_diff* file);

/* One "@@ -old +new @@". An empty side names the line before it. */
typedef struct firn_hunk {
  uint64_t old_line;
  uint64_t old_count;
  uint64_t new_line;
  uint64_t new_count;
  uint64_t line_count; /* Of the hunk: context, removed and added. */
  uint64_t diff_line;  /* Line of the diff, from 1, at which it begins. */
  firn_view section;   /* What stands behind the second "@@". */
} firn_hunk;

/* The hunks of file `file_index`, in the order of the diff; 0 unless file_index < file_count.
 * O(hunks written). */
FIRN_API size_t firn_diff_hunks(const firn_diff* diff, size_t file_index, firn_hunk* hunks,
                                size_t capacity);

typedef enum firn_hunk_line_kind {
  FIRN_HUNK_LINE_CONTEXT = 0,
  FIRN_HUNK_LINE_REMOVED = 1,
  FIRN_HUNK_LINE_ADDED = 2,
  FIRN_HUNK_LINE_KIND_IS_32_BITS = 0x7fffffff
} firn_hunk_line_kind;

typedef struct firn_hunk_line {
  firn_view text; /* As the file has it: with its terminator, or without where the diff says
                     "\ No newline at end of file". */
  uint32_t kind;  /* A firn_hunk_line_kind. */
} firn_hunk_line;

/* The lines of hunk `hunk_index` of file `file_index`; 0 unless there is one. O(lines written). */
FIRN_API size_t firn_diff_hunk_lines(const firn_diff* diff, size_t file_index, size_t hunk_index,
                                     firn_hunk_line* lines, size_t capacity);

/* {"files": [...]}: headers and hunks of each file, without the hunks' lines; modes in octal.
 * O(files + hunks). Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_diff_to_json(const firn_diff* diff, firn_buffer* json,
                                                     firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_FILE_DIFF_H */
