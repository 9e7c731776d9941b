#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace firn::tree {

/// Some files of one folder: what one thread does at a time.
struct Share {
  std::string folder;
  std::vector<std::size_t> files;  ///< Indexes; never empty.
};

/// Deals files out, `folder_of(index)` at a time: small enough that threads end together, large
/// enough that folders are seldom opened twice. O(n).
template <typename FolderOf>
[[nodiscard]] std::vector<Share> shares_of(std::size_t file_count, const FolderOf& folder_of) {
  constexpr std::size_t kMaxShare = 64;
  std::vector<Share> shares;
  std::unordered_map<std::string_view, std::size_t> open;
  for (std::size_t index = 0; index < file_count; ++index) {
    const std::string& folder = folder_of(index);
    const auto [place, is_new] = open.try_emplace(folder, shares.size());
    if (!is_new && shares[place->second].files.size() == kMaxShare) place->second = shares.size();
    if (place->second == shares.size()) shares.push_back({.folder = folder, .files = {}});
    shares[place->second].files.push_back(index);
  }
  return shares;
}

}  // namespace firn::tree
