#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace firn {

/// The name at the front of `text`: C-quoted as git quotes names, or up to a tab or the end.
/// Nothing when the quotes are broken.
[[nodiscard]] std::optional<std::string> read_name(std::string_view text);

/// The name as git writes it: C-quoted where it holds what a header cannot show.
[[nodiscard]] std::string quoted_name(std::string_view name);

/// The same behind "---" and "+++": with a tab behind it where a blank would end it.
[[nodiscard]] std::string header_name(std::string_view name);

/// Both names of "diff --git NAME NAME"; nothing where they cannot be told apart.
struct NamePair {
  std::string old_name;
  std::string new_name;
};
[[nodiscard]] std::optional<NamePair> read_git_names(std::string_view text);

/// Why a name must not be followed: it is absolute, has a drive letter or NUL, or holds ".." or
/// ".git", however a file system spells that, as a component; or it comes to be so when components
/// are taken off its front. Empty: it is safe. Backslashes separate too: they do on Windows.
[[nodiscard]] std::string_view why_unsafe(std::string_view name);

}  // namespace firn
