#include "firn/history.h"

#include <memory>
#include <ranges>

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

namespace {

constexpr firn_append_options kDefaults = FIRN_APPEND_OPTIONS_INIT;
static_assert(kDefaults.policy == static_cast<uint32_t>(firn::AppendOptions{}.policy));
static_assert(kDefaults.ties == static_cast<uint32_t>(firn::AppendOptions{}.ties));

constexpr const char* kNull = "the history or the result pointer is NULL";

// FIRN_OK, and `error` left alone, if the options can be used.
firn_code read_options(const firn_append_options* options, firn::AppendOptions& core,
                       firn_error** error) {
  const auto given = read_struct(options, kDefaults);
  if (!given) return unknown_size(error, "options", "FIRN_APPEND_OPTIONS_INIT");
  if (given->policy > FIRN_POLICY_BEST_EFFORT) return no_such(error, "policy", given->policy);
  if (given->ties > FIRN_TIES_KEEP_ORDER) return no_such(error, "ties", given->ties);
  core = {.policy = static_cast<firn::Policy>(given->policy),
          .ties = static_cast<firn::Ties>(given->ties)};
  return FIRN_OK;
}

// The id is a view of the history's own batch.
firn_revision to_revision(const firn::History::Entry& entry) {
  firn_revision revision{.revision = entry.revision,
                         .line_count = entry.line_count,
                         .patch_count = entry.batch ? entry.batch->patches().size() : 0,
                         .batch_id = to_view(entry.batch ? entry.batch->id() : std::string_view()),
                         .fingerprint = {}};
  write_hex(entry.fingerprint, revision.fingerprint);
  return revision;
}

// Hands out a history and, if it is wanted, what came with it; both or none.
template <typename Other, typename Value>
firn_code give_both(firn_history** history, firn::History value, Other** other, Value&& of_other,
                    firn_error** error) {
  auto made = std::make_unique<firn_history>(std::move(value));
  if (other != nullptr) *other = new Other{std::forward<Value>(of_other)};
  *history = made.release();
  return succeed(error);
}

}  // namespace

firn_code firn_history_new(const firn_snapshot* root, uint64_t revision, firn_history** history,
                           firn_error** error) try {
  clear(history);
  if (root == nullptr || history == nullptr) {
    return invalid_argument(error, "the root or the result pointer is NULL");
  }
  std::optional<uint64_t> first;
  if (const auto code = read_revision(&revision, first, error); code != FIRN_OK) return code;
  return give(history, firn::History(root->value, *first), error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_history_free(firn_history* history) { delete history; }

const firn_snapshot* firn_history_root(const firn_history* history) {
  return history == nullptr ? nullptr : &history->root;
}

const firn_snapshot* firn_history_text(const firn_history* history) {
  return history == nullptr ? nullptr : &history->text;
}

uint64_t firn_history_first_revision(const firn_history* history) {
  return history == nullptr ? 0 : history->value.first_revision();
}

uint64_t firn_history_revision(const firn_history* history) {
  return history == nullptr ? 0 : history->value.revision();
}

firn_code firn_history_append(const firn_history* history, const firn_batch* batch,
                              const firn_append_options* options, firn_history** appended,
                              firn_patched** patched, firn_error** error) try {
  clear(appended);
  clear(patched);
  if (history == nullptr || batch == nullptr || appended == nullptr) {
    return invalid_argument(error, "the history, the batch or the result pointer is NULL");
  }
  firn::AppendOptions core_options;
  if (const auto code = read_options(options, core_options, error); code != FIRN_OK) return code;
  auto longer = history->value.append(batch->value, core_options);
  if (!longer) return fail(error, std::move(longer).error());
  return give_both(appended, std::move(longer->history), patched, std::move(longer->patched),
                   error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_history_at(const firn_history* history, uint64_t revision, firn_patched** patched,
                          firn_error** error) try {
  clear(patched);
  if (history == nullptr || patched == nullptr) return invalid_argument(error, kNull);
  return give(patched, history->value.at(revision), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_history_batch_of(const firn_history* history, uint64_t revision, firn_batch** batch,
                                firn_error** error) try {
  clear(batch);
  if (history == nullptr || batch == nullptr) return invalid_argument(error, kNull);
  return give(batch, history->value.batch_of(revision), error);
} catch (const std::exception&) {
  return no_memory(error);
}

size_t firn_history_revisions(const firn_history* history, firn_revision* revisions,
                              size_t capacity) {
  if (history == nullptr) return 0;
  const firn::History& value = history->value;
  const auto all = std::views::iota(value.first_revision(), value.revision() + 1);
  return list(all, revisions, capacity,
              [&](std::uint64_t revision) { return to_revision(value.entry(revision)); });
}

firn_code firn_history_undo(const firn_history* history, uint64_t revision, firn_history** undone,
                            firn_rebased** rebased, firn_error** error) try {
  clear(undone);
  clear(rebased);
  if (history == nullptr || undone == nullptr) return invalid_argument(error, kNull);
  auto taken_back = history->value.undo(revision);
  if (!taken_back) return fail(error, std::move(taken_back).error());
  return give_both(undone, std::move(taken_back->history), rebased,
                   firn_rebased{std::move(taken_back->rebased), std::move(taken_back->inverse)},
                   error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_history_to_json(const firn_history* history, firn_buffer* json,
                               firn_error** error) try {
  clear(json);
  if (history == nullptr || json == nullptr) return invalid_argument(error, kNull);
  return give(json, to_json(history->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}
