#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace firn_test {

/// A temporary folder in which other programs are run. Gone when it goes.
class Workshop {
 public:
  Workshop();
  ~Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  void write(std::string_view name, std::string_view bytes) const;
  [[nodiscard]] std::string read(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;

  /// Runs a program of the PATH in the folder; returns its exit code. What it prints goes into the
  /// files "out" and "err".
  int run(const std::vector<std::string>& command) const;

  [[nodiscard]] static bool has_program(const std::string& name);

 private:
  std::filesystem::path folder_;
};

}  // namespace firn_test
