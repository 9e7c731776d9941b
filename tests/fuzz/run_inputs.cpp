/// run_inputs <target> <file or folder>...: runs inputs that are kept through a target, without a
/// fuzzer, in any build. What breaks a law ends the process; the last name printed is its input's.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "targets.h"

namespace {

namespace fuzz = firn_test::fuzz;
namespace fs = std::filesystem;

using Target = void (*)(std::string_view input);

const std::map<std::string_view, Target> kTargets = {
    {"algebra", fuzz::algebra},     {"apply", fuzz::apply},
    {"c_abi", fuzz::c_abi},         {"diff", fuzz::diff},
    {"history", fuzz::history},     {"merge", fuzz::merge},
    {"place", fuzz::place},         {"read_batch", fuzz::read_batch},
    {"read_diff", fuzz::read_diff}, {"read_text_edits", fuzz::read_text_edits},
    {"rebase", fuzz::rebase},       {"source_map", fuzz::source_map},
    {"stack", fuzz::stack},         {"words", fuzz::words},
};

std::vector<fs::path> files_in(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  const auto target = words.empty() ? kTargets.end() : kTargets.find(words[0]);
  if (target == kTargets.end() || words.size() < 2) {
    std::cerr << "usage: run_inputs <target> <file or folder>...\n";
    return 2;
  }
  std::size_t count = 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    for (const fs::path& file : files_in(words[i])) {
      std::cout << file.native() << '\n' << std::flush;  // The target may end the process.
      target->second(bytes_of(file));
      ++count;
    }
  }
  std::cout << words[0] << ": " << count << " inputs, no law broken\n";
  return count > 0 ? 0 : 1;
}
