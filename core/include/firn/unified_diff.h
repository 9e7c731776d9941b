#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "firn/file_diff.h"
#include "firn/patched.h"

namespace firn {

/// What a hunk header shows behind its second "@@": the nearest line above the hunk that looks
/// like the head of a function, by the rules of git (xdiff/xemit.c, userdiff.c). At most 80 bytes
/// of it, and only as far as it is UTF-8.
enum class FunctionNames : std::uint8_t {
  none,
  plain,  ///< Begins with a letter, "_" or "$"; git's rule where it has none for the language.
  cpp,    ///< C and C++: the same without "$", also behind "::", but no labels and "public:".
  css,    ///< A selector or at-rule, but no declaration.
};

/// By the ending of a file's name; git has no rule of its own for JavaScript and TypeScript, so
/// theirs is `plain`, as is that of any other name.
[[nodiscard]] FunctionNames function_names_of(std::string_view file_name) noexcept;

/// What git writes above "---", and what it says of files that are new, gone or renamed.
struct GitHeader {
  FileDiff::Kind kind = FileDiff::Kind::modify;
  /// Without "a/" and "b/". Empty: the batch's file, and that of the other side.
  std::string_view old_path{};
  std::string_view new_path{};
  /// Such as 0100644, which is that of a file that goes if unsaid.
  std::optional<std::uint32_t> old_mode{};
  std::optional<std::uint32_t> new_mode{};            ///< The same for a file that comes.
  std::optional<std::uint32_t> similarity_percent{};  ///< Of a rename or copy.
  /// Object ids for the index line; there is none without. What is not there needs none, and an
  /// empty file's is known.
  std::string_view old_blob{};
  std::string_view new_blob{};
};

struct DiffStyle {
  std::uint64_t context_lines = 3;
  std::string_view old_name{};  ///< After "--- "; "a/" and the batch's file, or "a", when empty.
  std::string_view new_name{};  ///< After "+++ "; "b/" and the batch's file, or "b", when empty.
  FunctionNames function_names = FunctionNames::none;
  std::optional<GitHeader> git{};  ///< When given, its paths are used and not the names above.
};

/// The change as a unified diff that GNU patch and `git apply` turn into exactly our bytes; empty
/// when neither the text nor, by `git`, anything else of the file changed. The patch is the diff:
/// no diff algorithm runs. Names that hold quotes, backslashes or control characters are quoted as
/// git quotes them.
/// Errors: invalid_argument for a file said to be new whose base is not empty, for one said to be
/// gone whose result is not, and for a `git` without any path, with one for a file that is renamed
/// or copied, two for one that comes, goes or only changes its mode, a similarity above 100, a
/// mode of more than six octal digits or an object id that is not hexadecimal; limit_exceeded
/// without memory.
/// O(k log k + lines replaced and written); with function names also O(lines above the last hunk).
[[nodiscard]] Result<Bytes> unified_diff(const Patched& patched, const DiffStyle& style = {});

}  // namespace firn
