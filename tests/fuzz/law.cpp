#include "law.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "invariants.h"

namespace firn_test {

namespace {

/// Takes any value, and notes a number that no double holds, which ends the reading.
struct JsonReader : nlohmann::detail::json_sax_acceptor<nlohmann::json> {
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
    constexpr int kNumberOverflow = 406;
    met_large_number = error.id == kNumberOverflow;
    return false;
  }

  bool met_large_number = false;
};

}  // namespace

void broken(std::string_view law, std::string_view details, std::source_location where) {
  const std::string message = std::string(where.file_name()) + ":" + std::to_string(where.line()) +
                              ": this does not hold: " + std::string(law) + "\n" +
                              std::string(details) + "\n";
  std::fputs(message.c_str(), stderr);
  std::abort();
}

void must_be_an_error_about(std::string_view input, const firn::Error& error,
                            std::source_location where) {
  must(!firn::name_of(error.code).empty(), "each error has a known code", "", where);
  must(!error.message.empty(), "each error has a message", "", where);
  if (!error.position) return;
  const auto& [offset, line, column] = *error.position;
  must(offset <= input.size(), "an error lies in its input", error.message, where);
  const std::string_view before = input.substr(0, offset);
  const auto line_breaks = static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
  must(line == line_breaks + 1, "an error is on the line of its offset", error.message, where);
  const std::size_t line_begin = before.rfind('\n') + 1;
  must(column == offset - line_begin + 1, "an error is in the column of its offset", error.message,
       where);
}

std::optional<bool> is_json(std::string_view text) {
  // For nlohmann a NUL is the end of the text, and a byte order mark is nothing.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.contains('\0') || text.starts_with(kByteOrderMark)) return false;
  JsonReader reader;
  const bool is_read = nlohmann::json::sax_parse(text, &reader);
  return reader.met_large_number ? std::nullopt : std::optional(is_read);
}

bool is_utf8(std::string_view text) {
  using nlohmann::json;
  const json value = std::string(text);
  const auto dumped = [&](json::error_handler_t handler) {
    return value.dump(-1, ' ', false, handler);
  };
  return dumped(json::error_handler_t::ignore) == dumped(json::error_handler_t::replace);
}

firn::Snapshot result_of(const firn::Patched& patched) {
  must_be_whole(check_invariants(patched));
  return made(firn::freeze(made(patched.bytes())));
}

firn::Snapshot result_of(const firn::Snapshot& text, const firn::Batch& batch,
                         const firn::ApplyOptions& options) {
  return result_of(made(firn::apply(text, batch, options)));
}

}  // namespace firn_test
