#pragma once

#include <string_view>

/// What is fuzzed. Each takes any bytes, does with them what its name says, and ends the process
/// when a law is broken. What the bytes mean stands above each definition, in targets/.
namespace firn_test::fuzz {

void read_batch(std::string_view json);
void read_diff(std::string_view diff);
void read_text_edits(std::string_view input);
void apply(std::string_view input);
void place(std::string_view input);
void diff(std::string_view input);
void merge(std::string_view input);
void rebase(std::string_view input);
void algebra(std::string_view input);
void history(std::string_view input);
void stack(std::string_view input);
void source_map(std::string_view input);
void words(std::string_view input);
void c_abi(std::string_view input);

}  // namespace firn_test::fuzz
