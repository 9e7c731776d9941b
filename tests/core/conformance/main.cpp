/// firn_conformance_cpp <folder of cases> <file for the count>: runs the corpus through the C++
/// API, as tests/conformance/README.md says.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

#include "run_case.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Counts {
  std::size_t passed = 0;
  std::size_t failed = 0;
};

std::vector<fs::path> case_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void run_file(const fs::path& path, Counts& counts) {
  std::ifstream stream(path);
  const Json file = Json::parse(stream);
  for (const Json& test_case : file.at("cases")) {
    const std::string difference = firn_test::difference_of(test_case);
    if (difference.empty()) {
      ++counts.passed;
      continue;
    }
    ++counts.failed;
    std::cout << path.filename().string() << ": " << test_case.at("name").get<std::string>() << ": "
              << difference << '\n';
  }
}

bool write_counts(const fs::path& path, const Counts& counts) {
  fs::create_directories(path.parent_path());
  std::ofstream stream(path);
  stream << R"({"runner": "c++", "passed": )" << counts.passed << R"(, "failed": )" << counts.failed
         << "}\n";
  return stream.flush().good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: " << argv[0] << " <folder of cases> <file for the count>\n";
    return 2;
  }
  try {
    Counts counts;
    for (const fs::path& file : case_files(argv[1])) run_file(file, counts);
    std::cout << "conformance (c++): " << counts.passed << " passed, " << counts.failed
              << " failed\n";
    if (!write_counts(argv[2], counts)) {
      std::cerr << argv[2] << ": cannot be written\n";
      return EXIT_FAILURE;
    }
    return counts.failed == 0 && counts.passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
