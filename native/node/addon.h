#pragma once

#include <napi.h>

namespace firn::node {

/// Fills what the addon exports; once in each environment.
Napi::Object init(Napi::Env env, Napi::Object exports);

}  // namespace firn::node
