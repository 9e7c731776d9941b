#pragma once

/// What every call of the C ABI is held to: conventions 3 and 4 of firn.h, and views that lead
/// somewhere.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "firn.h"
#include "law.h"

namespace firn_test::fuzz {

/// Handles of one kind, a few of them; the program says which slot.
template <typename Handle, void (*Free)(Handle*)>
class Pool {
 public:
  static constexpr std::size_t kSlots = 4;

  Pool() = default;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    for (Handle* handle : slots_) Free(handle);
  }

  /// NULL in an empty slot.
  [[nodiscard]] Handle* at(std::uint64_t slot) const { return slots_[slot % kSlots]; }
  void put(std::uint64_t slot, Handle* handle) {
    Handle*& place = slots_[slot % kSlots];
    Free(place);
    place = handle;
  }

 private:
  std::array<Handle*, kSlots> slots_{};
};

inline firn_view view_of(std::string_view text) { return {text.data(), text.size()}; }

/// Reads every byte, so that the sanitizer sees a view that leads nowhere.
inline void read(firn_view view) {
  must(view.data != nullptr, "a view is never NULL");
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < view.size; ++i) sum += static_cast<unsigned char>(view.data[i]);
  // The sum is asked for, or no byte would be.
  must(sum <= view.size * 255, "bytes are bytes");
}

inline void read(const firn_error* error) {
  read(firn_error_message(error));
  firn_patch_ref patch{};
  firn_hunk_ref hunk{};
  firn_position position{};
  firn_view text{};
  std::uint64_t number = 0;
  if (firn_error_patch(error, &patch)) read(patch.id);
  if (firn_error_other(error, &patch)) read(patch.id);
  if (firn_error_expected(error, &text)) read(text);
  if (firn_error_found(error, &text)) read(text);
  firn_error_line(error, &number);
  firn_error_limit(error, &number);
  firn_error_hunk(error, &hunk);
  firn_error_other_line(error, &number);
  firn_error_position(error, &position);
  must(firn_error_law(error) <= 7, "there are seven laws");
  const std::size_t violation_count = firn_error_violation_count(error);
  for (std::size_t i = 0; i < violation_count; ++i) read(firn_error_violation(error, i));
  must(firn_error_violation(error, violation_count) == nullptr, "no violation is past the last");
}

/// The error and the results of one call, held to conventions 3 and 4 of firn.h when it is done.
class Call {
 public:
  Call() = default;
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  ~Call() { firn_buffer_free(&buffer_); }

  /// Whatever was there before is not looked at.
  [[nodiscard]] firn_error** error() { return &error_; }
  [[nodiscard]] firn_buffer* buffer() { return &buffer_; }

  /// True when the call succeeded.
  bool done(firn_code code) {
    must(firn_error_code(error_) == code, "a call and its error have one code");
    must((code == FIRN_OK) == (error_ == nullptr), "there is an error when a call fails");
    must(firn_code_name(code).size > 0, "each code has a name");
    if (code == FIRN_OK) {
      if (buffer_.size > 0) read(firn_buffer_view(&buffer_));
      return true;
    }
    must(buffer_.data == nullptr && buffer_.size == 0, "a call that fails gives no bytes");
    read(error_);
    Call json;
    const firn_code written = firn_error_to_json(error_, json.buffer(), json.error());
    must(json.done(written), "any error is shown as JSON");
    firn_error_free(error_);
    error_ = nullptr;
    return false;
  }
  /// The same for a call that makes a handle, which is looked at once the call is over.
  template <typename Handle>
  bool made(firn_code code, Handle* const& handle) {
    must((code == FIRN_OK) == (handle != nullptr), "a call that fails makes nothing");
    return done(code);
  }

 private:
  firn_error* error_ = reinterpret_cast<firn_error*>(0x1);
  firn_buffer buffer_ = {nullptr, 0};
};

}  // namespace firn_test::fuzz
