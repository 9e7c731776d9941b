#pragma once

#include <array>
#include <string_view>

#include "json_key.h"

namespace firn {

/// What a batch may say that it is.
inline constexpr std::string_view kBatchSchema = "firn.batch/1";

enum BatchSlot : unsigned { kSchema, kId, kFile, kBase, kRevision, kPatches };
inline constexpr std::array kBatchKeys = {
    JsonKey{"schema", kSchema},     JsonKey{"id", kId},
    JsonKey{"file", kFile},         JsonKey{"base", kBase},
    JsonKey{"revision", kRevision}, JsonKey{"patches", kPatches},
};

enum BaseSlot : unsigned { kFingerprint, kLineCount };
inline constexpr std::array kBaseKeys = {
    JsonKey{"fingerprint", kFingerprint},
    JsonKey{"lineCount", kLineCount},
};

enum PatchSlot : unsigned { kOp, kLine, kEndLine, kText, kLines, kExpect, kVerbatim, kPatchId };
inline constexpr std::array kPatchKeys = {
    JsonKey{"op", kOp},
    JsonKey{"line", kLine},
    JsonKey{"endLine", kEndLine},
    JsonKey{"text", kText},
    JsonKey{"lines", kLines},
    JsonKey{"expect", kExpect},
    JsonKey{"verbatim", kVerbatim},
    JsonKey{"id", kPatchId},
    // The older names.
    JsonKey{"type", kOp},
    JsonKey{"lineNumber", kLine},
};

}  // namespace firn
