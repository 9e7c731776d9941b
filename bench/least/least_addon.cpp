// What any engine in an addon must do which is given a text as a string and gives the patched one
// as a string: read the one, make the other. The patched text is ready, the patches are not asked
// for, and nothing looks at a byte. Node's C API as it is, for a wrapper would cost something.

#include <node_api.h>

#include <array>
#include <cstddef>
#include <string>

namespace {

struct Texts {
  std::string given;
  std::string ready;
};

/// One byte a unit, the form that Node reads and makes fastest.
bool read(napi_env env, napi_value string, std::string& into) {
  std::size_t size = 0;
  return napi_get_value_string_latin1(env, string, into.data(), into.size() + 1, &size) == napi_ok;
}

bool size_to(napi_env env, napi_value string, std::string& text) {
  std::size_t size = 0;
  if (napi_get_value_string_latin1(env, string, nullptr, 0, &size) != napi_ok) return false;
  text.resize(size);
  return true;
}

/// patch(text): the patched text.
napi_value patch(napi_env env, napi_callback_info info) {
  std::size_t count = 1;
  napi_value text = nullptr;
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, &text, nullptr, &data);
  auto* const texts = static_cast<Texts*>(data);
  napi_value patched = nullptr;
  if (read(env, text, texts->given)) {
    napi_create_string_latin1(env, texts->ready.data(), texts->ready.size(), &patched);
  }
  return patched;
}

/// prepare(text, patched): a function that gives `patched` for `text`.
napi_value prepare(napi_env env, napi_callback_info info) {
  std::size_t count = 2;
  std::array<napi_value, 2> arguments{};
  napi_get_cb_info(env, info, &count, arguments.data(), nullptr, nullptr);
  auto* const texts = new Texts;  // As long as the process: nobody frees what is still measured.
  napi_value function = nullptr;
  if (!size_to(env, arguments[0], texts->given) || !size_to(env, arguments[1], texts->ready) ||
      !read(env, arguments[1], texts->ready)) {
    napi_throw_type_error(env, nullptr, "prepare() needs two strings");
    return nullptr;
  }
  napi_create_function(env, "patch", NAPI_AUTO_LENGTH, patch, texts, &function);
  return function;
}

}  // namespace

NAPI_MODULE_INIT(/* napi_env env, napi_value exports */) {
  napi_value function = nullptr;
  napi_create_function(env, "prepare", NAPI_AUTO_LENGTH, prepare, nullptr, &function);
  napi_set_named_property(env, exports, "prepare", function);
  return exports;
}
