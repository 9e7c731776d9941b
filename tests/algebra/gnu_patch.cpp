#include "gnu_patch.h"

#include <sstream>

namespace firn_test {

namespace {

/// "Hunk #2 succeeded at 12 with fuzz 1 (offset -3 lines)." and "Hunk #2 FAILED at 12."
GnuHunk read_verdict(const std::string& line) {
  GnuHunk hunk;
  const auto number_behind = [&](const char* words, auto& number) {
    const std::size_t at = line.find(words);
    if (at == std::string::npos) return false;
    std::istringstream(line.substr(at + std::string_view(words).size())) >> number;
    return true;
  };
  hunk.is_placed = number_behind(" succeeded at ", hunk.line);
  number_behind(" with fuzz ", hunk.fuzz);
  number_behind(" (offset ", hunk.offset);
  return hunk;
}

}  // namespace

GnuPatched gnu_patched(const Workshop& shop, std::string_view target, std::string_view diff,
                       const GnuPatchOptions& options) {
  shop.write("target", target);
  shop.write("diff", diff);
  shop.write("result", "");
  std::vector<std::string> command = {
      "env",       "LC_ALL=C", "patch",   "-f",
      "--verbose", "-r",       "rejects", "-F" + std::to_string(options.max_fuzz),
      "-o",        "result"};
  if (options.reverse) command.emplace_back("-R");
  if (options.ignore_blanks) command.emplace_back("-l");
  command.emplace_back("target");
  command.emplace_back("diff");
  shop.run(command);
  GnuPatched patched{.hunks = {}, .text = shop.read("result")};
  std::istringstream said(shop.read("out"));
  for (std::string line; std::getline(said, line);) {
    if (line.starts_with("Hunk #")) patched.hunks.push_back(read_verdict(line));
  }
  return patched;
}

}  // namespace firn_test
