#include "versions.h"

#include <fstream>
#include <iterator>

#include "fail.h"

namespace firn_bench {

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Versions read_versions(std::string_view argument) {
  const std::size_t first = argument.find('=');
  const std::size_t second = argument.find('=', first + 1);
  if (second == std::string_view::npos) fail("not name=path=path: " + std::string(argument));
  return {.name = std::string(argument.substr(0, first)),
          .older = read_file(std::string(argument.substr(first + 1, second - first - 1))),
          .newer = read_file(std::string(argument.substr(second + 1)))};
}

std::string with_own_changes(std::string_view text, std::uint32_t every) {
  std::string changed;
  changed.reserve(text.size() + text.size() / every);
  for (std::uint32_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::size_t size = end == std::string_view::npos ? text.size() : end;
    changed += text.substr(0, size);
    if (line % every == 0) changed += "  // our own";
    if (end != std::string_view::npos) changed += '\n';
    text.remove_prefix(end == std::string_view::npos ? size : end + 1);
  }
  return changed;
}

}  // namespace firn_bench
