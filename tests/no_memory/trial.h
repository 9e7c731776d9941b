#pragma once

#include <functional>
#include <string>
#include <vector>

#include "firn.h"
#include "scarce_memory.h"

namespace firn_test {

/// What a call came to. Nothing that it made is left.
struct Outcome {
  firn_code code = FIRN_OK;
  std::string result{};    ///< What it made, as text; of a refusal the error's message.
  bool is_cleared = true;  ///< Of a refusal: the other results are NULL, 0 or empty.
};

/// One function of the C ABI with its arguments.
struct Trial {
  std::string function;
  std::string what;  ///< Of those with different arguments: which.
  std::function<Outcome(Scarcity&)> run;
};

inline std::string text_of(firn_view view) { return {view.data, view.size}; }

/// Takes the text out of a buffer and frees it.
inline std::string taken(firn_buffer& buffer) {
  std::string text(buffer.data == nullptr ? "" : buffer.data, buffer.size);
  firn_buffer_free(&buffer);
  return text;
}

/// Takes the message out of an error and frees it.
inline Outcome refused(firn_code code, firn_error* error, bool is_cleared) {
  std::string message = text_of(firn_error_message(error));
  firn_error_free(error);
  return {.code = code, .result = std::move(message), .is_cleared = is_cleared};
}

/// A call that makes a handle.
template <typename Handle, typename Make, typename Show>
Trial makes(std::string function, std::string what, void (*free)(Handle*), Make make, Show show) {
  const auto run = [=](Scarcity& scarcity) -> Outcome {
    Handle* made = nullptr;
    firn_error* error = nullptr;
    const firn_code code = scarcity.during([&] { return make(&made, &error); });
    if (code != FIRN_OK) return refused(code, error, made == nullptr);
    Outcome outcome{.code = code, .result = show(made)};
    free(made);
    return outcome;
  };
  return {.function = std::move(function), .what = std::move(what), .run = run};
}

/// A call that fills a buffer.
template <typename Fill>
Trial fills(std::string function, std::string what, Fill fill) {
  const auto run = [=](Scarcity& scarcity) -> Outcome {
    firn_buffer buffer = {nullptr, 0};
    firn_error* error = nullptr;
    const firn_code code = scarcity.during([&] { return fill(&buffer, &error); });
    if (code != FIRN_OK) {
      return refused(code, error, buffer.data == nullptr && buffer.size == 0);
    }
    return {.code = code, .result = taken(buffer)};
  };
  return {.function = std::move(function), .what = std::move(what), .run = run};
}

/// A call whose results need no freeing; `call` shows them.
template <typename Call, typename Show>
Trial answers(std::string function, std::string what, Call call, Show show) {
  const auto run = [=](Scarcity& scarcity) -> Outcome {
    firn_error* error = nullptr;
    const firn_code code = scarcity.during([&] { return call(&error); });
    if (code != FIRN_OK) return refused(code, error, true);
    return {.code = code, .result = show()};
  };
  return {.function = std::move(function), .what = std::move(what), .run = run};
}

/// Functions of firn.h that can fail, with arguments that take them where they allocate: what
/// reads, applies and shows batches; and what finds, places, joins and keeps changes.
[[nodiscard]] std::vector<Trial> trials_of_patching();
[[nodiscard]] std::vector<Trial> trials_of_algebra();

}  // namespace firn_test
