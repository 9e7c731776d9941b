#pragma once

/// What a call has asked of memory, so that one that ends for want of it gives all of that back:
/// nothing that a call made can be reached once JavaScript has thrown through it.
namespace firn::wasm {

/// What there is stays: the call has made its value.
void settle() noexcept;

/// A block that an earlier call made is this call's to give back. REQUIRES a block, or null.
void adopt(void* storage) noexcept;

}  // namespace firn::wasm
