#pragma once

#include <string_view>

/// What is fuzzed. Each takes any bytes, does with them what its name says, and ends the process
/// when a law is broken. What the bytes mean stands above each definition, in targets/.
namespace firn_test::fuzz {

void read_batch(std::string_view bytes);
void read_diff(std::string_view bytes);
void read_text_edits(std::string_view bytes);
void apply(std::string_view bytes);
void place(std::string_view bytes);
void diff(std::string_view bytes);
void merge(std::string_view bytes);
void rebase(std::string_view bytes);
void algebra(std::string_view bytes);
void history(std::string_view bytes);
void stack(std::string_view bytes);
void source_map(std::string_view bytes);
void words(std::string_view bytes);
void c_abi(std::string_view program);

}  // namespace firn_test::fuzz
