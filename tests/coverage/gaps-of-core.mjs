// @ts-check
/**
 * What no test of core can run, and why.
 *
 * @type {readonly import('./judge.mjs').Reason[]}
 */
export const gapsOfCore = [
  {
    why: 'Calls what is refused for no reason that its arguments can have here. Where memory ends it unwinds, natively, and gives no error back.',
    never: {
      true: {
        'core/src/algebra.cpp': ['if (!added) return std::unexpected(std::move(added.error()));'],
        'core/src/change_set.cpp': [
          'if (!added) return std::unexpected(std::move(added.error()));',
        ],
        'core/src/diff.cpp': [
          'if (!hunks) return std::unexpected(hunks.error());',
          'if (auto added = builder.add(patch_of(hunk, before, after)); !added) {',
        ],
        'core/src/history.cpp': [
          'if (!all) return std::unexpected(std::move(all.error()));',
          'if (!appended) return std::unexpected(std::move(appended.error().front()));',
          'if (!below) return std::unexpected(below.error());',
          'if (!inner) return std::unexpected(inner.error());',
          'if (!normalized) return std::unexpected(std::move(normalized.error().front()));',
          'if (!patched_before) return std::unexpected(patched_before.error());',
          'if (!undone) return std::unexpected(std::move(undone.error().front()));',
          'if (auto linked = node->link(last_); !linked) return refused(std::move(linked.error()));',
        ],
        'core/src/patch.cpp': [
          'if (!snapshot) return std::unexpected(Violations{std::move(snapshot.error())});',
        ],
        'core/src/place.cpp': [
          'if (!out) return {};',
          'if (auto added = builder.add(spec); !added) return std::unexpected(added.error());',
        ],
        'core/src/rebase.cpp': [
          'if (!hunks) return std::unexpected(hunks.error());',
          'if (auto added = add(builder, carried); !added) return std::unexpected(added.error());',
        ],
        'core/src/stack.cpp': [
          'if (!added) return std::unexpected(std::move(added.error()));',
          'if (!batch) return std::unexpected(std::move(batch.error()));',
        ],
        'core/src/text_edits.cpp': [
          'if (auto added = add_patch(builder, snapshot, first_line, end, text); !added) {',
        ],
        'core/src/word_diff.cpp': ['if (!hunks) return std::unexpected(hunks.error());'],
      },
      run: {
        'core/src/diff.cpp': ['return std::unexpected(std::move(added.error()));', '}'],
        'core/src/text_edits.cpp': ['return std::unexpected(std::move(added.error()));', '}'],
      },
    },
  },
  {
    why: 'The compiler runs it.',
    never: {
      run: {
        'core/src/json_escape.cpp': [
          "constexpr std::array<Escape, '\\\\' + 1> escapes() {",
          'constexpr std::string_view hex = "0123456789abcdef";',
          "std::array<Escape, '\\\\' + 1> table{};",
          'for (std::size_t byte = 0; byte < 0x20; ++byte) {',
          "table[byte] = {{'\\\\', 'u', '0', '0', hex[byte >> 4U], hex[byte & 0xFU]}, kLongestEscape};",
          '}',
          "table['\\n'] = {{'\\\\', 'n'}, 2};",
          "table['\"'] = {{'\\\\', '\"'}, 2};",
          "table['\\\\'] = {{'\\\\', '\\\\'}, 2};",
          'return table;',
          '}',
        ],
        'core/src/json_key.h': [
          ': spelling(key_spelling), slot(key_slot) {',
          'for (std::size_t i = 0; i < kJsonWord && i <= spelling.size(); ++i) {',
          'const unsigned shift = 8 * static_cast<unsigned>(i);',
          "const char letter = i < spelling.size() ? spelling[i] : '\"';",
          'head |= std::uint64_t{static_cast<unsigned char>(letter)} << shift;',
          'head_mask |= std::uint64_t{0xFF} << shift;',
          '}',
          '}',
        ],
      },
    },
  },
  {
    why: 'Behind a switch that names every case: the compiler wants a value.',
    never: {
      run: {
        'core/src/analyze.cpp': ['return "";'],
        'core/src/batch.cpp': ['return "";'],
        'core/src/function_names.cpp': ['return false;'],
        'core/src/laws.cpp': ['return "";'],
        'core/src/read_diff.cpp': ['return "";'],
        'core/src/read_diff_headers.cpp': ['return true;'],
        'core/src/rebase.cpp': ['return "";'],
        'core/src/rejects_of.cpp': ["return ' ';"],
      },
      true: {
        'core/src/analyze.cpp': ['switch (code) {', 'switch (op) {'],
        'core/src/batch.cpp': ['switch (op) {'],
        'core/src/function_names.cpp': ['switch (rule) {'],
        'core/src/laws.cpp': ['switch (op) {'],
        'core/src/read_diff.cpp': ['switch (kind) {'],
        'core/src/read_diff_headers.cpp': ['switch (file.kind) {'],
        'core/src/rebase.cpp': ['switch (carried) {'],
        'core/src/rejects_of.cpp': ['switch (kind) {'],
      },
    },
  },
  {
    why: 'Texts past 4 GiB, which core.LargeText tries; it is left out here, for the memory that it takes.',
    never: {
      run: {
        'core/src/line_index.cpp': [
          'const std::uint64_t* ends) {',
          'fill(reinterpret_cast<std::uint64_t*>(index.starts_.data()), HWY_DYNAMIC_DISPATCH(fill_wide));',
          'fill_starts(text, size, starts, ends);',
          '}',
        ],
      },
      true: {
        'core/include/firn/line_index.h': [
          'if (counts_.wide) return reinterpret_cast<const std::uint64_t*>(starts_.data())[line];',
        ],
        'core/src/line_index.cpp': [
          'if (index.counts_.wide) {',
          'index.counts_.wide ? sizeof(std::uint64_t) : sizeof(std::uint32_t);',
        ],
      },
    },
  },
  {
    why: 'Texts of 2^31 lines, or of three texts together: no test has the memory.',
    never: {
      run: {
        'core/src/diff.cpp': [
          '" lines is too long to compare; the limit is ", kMaxLines - 1),',
          '.limit = kMaxLines - 1});',
          '.message = concat("a text of ", line_count,',
          'Error{.code = ErrorCode::limit_exceeded,',
          'return std::unexpected(',
          '}',
        ],
        'core/src/merge.cpp': [
          '" lines together are too long to merge; the "',
          '"limit is ",',
          '.limit = kMaxLines});',
          '.message = concat("texts of ", line_count,',
          'kMaxLines),',
          'return std::unexpected(Error{.code = ErrorCode::limit_exceeded,',
          '}',
        ],
      },
      true: {
        'core/src/diff.cpp': ['if (line_count >= kMaxLines) {'],
        'core/src/merge.cpp': ['if (line_count > kMaxLines) {'],
      },
    },
  },
  {
    why: 'No number of 64 bits is past the size of memory; one on WebAssembly is.',
    never: {
      false: {
        'core/src/source_map.cpp': ['if (byte_count <= std::numeric_limits<std::size_t>::max()) {'],
      },
      true: {
        'core/src/line_index.cpp': [
          'if (offset_count > std::numeric_limits<std::size_t>::max() / offset_size) return std::nullopt;',
        ],
        'core/src/merge_writer.cpp': [
          'auto text = byte_size_ > std::numeric_limits<std::size_t>::max()',
        ],
      },
    },
  },
  {
    why: 'Says what is wrong, and is false whenever it is asked.',
    never: {
      true: {
        'core/src/diff_reader.h': [
          'malformed("the diff ends in the middle of a line", whole_line().size());',
        ],
        'core/src/json_reader.cpp': [
          'bool JsonReader::close() { return document_.at_end() || not_json(); }',
          'return !value.get_bool().get(out) || not_json();',
          'return !value.get_bool().get(truth) || not_json();',
          'return !value.get_string().get(out) || not_json();',
          'return !value.get_string().get(text) || not_json();',
          'return (!document_.get_array().get(array) || not_json()) && enter();',
          'return (!document_.get_object().get(object) || not_json()) && enter();',
          'return (!value.get_array().get(out) || not_json()) && enter();',
          'return (!value.get_object().get(out) || not_json()) && enter();',
          'return (!value.is_null().get(truth) && truth) || not_json();',
          'return is_json_number(token_of(value)) || not_json();',
        ],
        'core/src/read_diff_headers.cpp': [
          'malformed("a header without its number", column_of(line));',
        ],
      },
    },
  },
  {
    why: 'simdjson fails where the first letter is that of another kind, which was looked at before.',
    never: {
      false: {
        'core/src/json_reader.cpp': [
          'if (first_letter(value) != \'"\' && !has_type(name, value, Type::string, "a string")) return false;',
          'if (first_letter(value) != \'[\' && !has_type(name, value, Type::array, "an array")) return false;',
          'return !value.get_bool().get(out) || not_json();',
          'return !value.get_bool().get(out) || not_json();',
          'return (!document_.get_object().get(object) || not_json()) && enter();',
          'return (!value.get_array().get(out) || not_json()) && enter();',
          'return (!value.get_array().get(out) || not_json()) && enter();',
          'return (!value.get_object().get(out) || not_json()) && enter();',
          'return (!value.get_object().get(out) || not_json()) && enter();',
        ],
      },
    },
  },
];
