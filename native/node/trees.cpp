#include "trees.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "arguments.h"
#include "copy_tree.h"
#include "file.h"
#include "firn/to_json.h"
#include "guarded.h"
#include "results.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;

/// Work on a thread of Node's pool, which settles a promise when it is done.
class TreeWork : public Napi::AsyncWorker {
 public:
  TreeWork(Napi::Env env, std::string root, TreeWatch watch)
      : Napi::AsyncWorker(env),
        root_(std::move(root)),
        watch_(std::move(watch)),
        deferred_(Napi::Promise::Deferred::New(env)) {}

  [[nodiscard]] Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void OnOK() override { deferred_.Resolve(result(Env())); }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

  [[nodiscard]] virtual Napi::Value result(Napi::Env env) = 0;

  [[nodiscard]] tree::Descriptor open_root() const { return open_named(root_); }
  [[nodiscard]] static tree::Descriptor open_named(const std::string& folder) {
    return tree::Descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  [[nodiscard]] tree::Watch& watch() const { return *watch_.watch; }

 private:
  std::string root_;
  TreeWatch watch_;
  Napi::Promise::Deferred deferred_;
};

const char* name_of(tree::Applied::Kind kind) {
  switch (kind) {
    case tree::Applied::Kind::done:
      return "done";
    case tree::Applied::Kind::not_plain:
      return "not-plain";
    case tree::Applied::Kind::cancelled:
      return "cancelled";
    case tree::Applied::Kind::cut_short:
      return "cut-short";
  }
  return "";
}

/// True for what people are told of.
bool is_elsewhere(const PlacedHunk& hunk) {
  return hunk.offset != 0 || hunk.fuzz != 0 || hunk.ignored_white_space || hunk.ignored_line_ends;
}

class ApplyDiffWork final : public TreeWork {
 public:
  ApplyDiffWork(Napi::Env env, std::string root, TreeWatch watch, Diff diff,
                const tree::ApplyDiffOptions& options, std::string owner, bool wants_places)
      : TreeWork(env, std::move(root), std::move(watch)),
        diff_(std::move(diff)),
        owner_(std::move(owner)),
        options_(options),
        wants_places_(wants_places) {
    options_.owner = owner_;
  }

 protected:
  void Execute() override {
    const tree::Descriptor root = open_root();
    if (root) applied_ = tree::apply_diff(root.number(), diff_, options_, watch());
    const bool is_told = std::ranges::any_of(applied_.placed, [](const Placed& placed) {
      return std::ranges::any_of(placed.hunks, is_elsewhere);
    });
    if (!wants_places_ && !is_told) return;
    try {
      write_places();
    } catch (const std::exception&) {
      has_places_ = false;
    }
  }

  [[nodiscard]] Napi::Value result(Napi::Env env) override {
    const Napi::Object out = Napi::Object::New(env);
    out.Set("outcome", name_of(applied_.kind));
    out.Set("systemError", applied_.error);
    out.Set("path", text_out(env, applied_.path));
    if (has_places_) {
      out.Set("places", places_.empty() ? env.Null() : bytes_out(env, places_));
    } else {
      out.Set("places", Napi::Value(env, out_of_memory_out(env)));
    }
    return out;
  }

 private:
  void write_places() {
    places_ += '[';
    for (const Placed& placed : applied_.placed) {
      if (places_.size() > 1) places_ += ',';
      places_ += to_json(placed);
    }
    places_ += ']';
  }

  Diff diff_;
  std::string owner_;
  tree::ApplyDiffOptions options_;
  bool wants_places_;
  tree::Applied applied_;
  std::string places_;
  bool has_places_ = true;  ///< False: there was no memory for them.
};

std::string string_of(const Bytes& text) { return std::string(text.view()); }

Napi::Value apply_diff(const Info& info) {
  Arguments arguments(info);
  const Diff* diff = arguments.handle<Diff>();
  const Result<Bytes> root = arguments.text();
  const Result<Bytes> owner = arguments.text();
  const Result<std::uint64_t> strip = arguments.count();
  const bool flush = arguments.boolean();
  const bool wants_places = arguments.boolean();
  const Result<PlaceOptions> placing = arguments.place_options();
  const TreeWatch* watch = arguments.handle<TreeWatch>();
  if (!arguments.ok()) return {};
  if (!root) return error_out(info.Env(), root.error());
  if (!owner) return error_out(info.Env(), owner.error());
  if (!strip) return error_out(info.Env(), strip.error());
  if (!placing) return error_out(info.Env(), placing.error());
  const tree::ApplyDiffOptions options{.strip = *strip, .placing = *placing, .flush = flush};
  auto* work = new ApplyDiffWork(info.Env(), string_of(*root), *watch, *diff, options,
                                 string_of(*owner), wants_places);
  work->Queue();  // Deletes itself.
  return work->promise();
}

const char* name_of(tree::Copied::Kind kind) {
  switch (kind) {
    case tree::Copied::Kind::done:
      return "done";
    case tree::Copied::Kind::cancelled:
      return "cancelled";
    case tree::Copied::Kind::failed:
      return "failed";
    case tree::Copied::Kind::not_a_file:
      return "not-a-file";
    case tree::Copied::Kind::not_in_tree:
      return "not-in-tree";
  }
  return "";
}

class CopyTreeWork final : public TreeWork {
 public:
  CopyTreeWork(Napi::Env env, std::string root, TreeWatch watch, std::string to,
               std::vector<tree::Replacement> replacements, bool hard_links)
      : TreeWork(env, std::move(root), std::move(watch)),
        to_(std::move(to)),
        replacements_(std::move(replacements)),
        hard_links_(hard_links) {}

 protected:
  void Execute() override {
    const tree::Descriptor from = open_root();
    const tree::Descriptor to = from ? open_named(to_) : tree::Descriptor();
    copied_ = to ? tree::copy_tree(from.number(), to.number(), replacements_, hard_links_, watch())
                 : tree::Copied{.kind = tree::Copied::Kind::failed, .error = errno};
  }

  [[nodiscard]] Napi::Value result(Napi::Env env) override {
    const Napi::Object out = Napi::Object::New(env);
    out.Set("outcome", name_of(copied_.kind));
    out.Set("systemError", copied_.error);
    out.Set("path", text_out(env, copied_.path));
    out.Set("files", static_cast<double>(copied_.files));
    out.Set("shared", static_cast<double>(copied_.shared));
    return out;
  }

 private:
  std::string to_;
  std::vector<tree::Replacement> replacements_;
  bool hard_links_;
  tree::Copied copied_;
};

/// Paths, and what the file at each shall hold. Nothing when they are no such arrays.
std::optional<std::vector<tree::Replacement>> replacements_in(Arguments& arguments) {
  const Napi::Array paths = arguments.array();
  const Napi::Array contents = arguments.array();
  std::vector<tree::Replacement> replacements;
  if (paths.Length() != contents.Length()) return std::nullopt;
  for (std::uint32_t index = 0; index < paths.Length(); ++index) {
    const Napi::Value path = paths.Get(index);
    const Napi::Value content = contents.Get(index);
    if (!path.IsString() || !content.IsTypedArray()) return std::nullopt;
    const auto bytes = content.As<Napi::TypedArray>();
    if (bytes.TypedArrayType() != napi_uint8_array) return std::nullopt;
    const auto* data = reinterpret_cast<const char*>(bytes.As<Napi::Uint8Array>().Data());
    replacements.push_back({.path = path.As<Napi::String>().Utf8Value(),
                            .bytes = std::string(data, bytes.ByteLength())});
  }
  return replacements;
}

Napi::Value copy_tree(const Info& info) {
  Arguments arguments(info);
  const Result<Bytes> from = arguments.text();
  const Result<Bytes> to = arguments.text();
  auto replacements = replacements_in(arguments);
  const bool hard_links = arguments.boolean();
  const TreeWatch* watch = arguments.handle<TreeWatch>();
  if (!arguments.ok()) return {};
  if (!from) return error_out(info.Env(), from.error());
  if (!to) return error_out(info.Env(), to.error());
  if (!replacements) return error_out(info.Env(), js::out_of_bounds().error());
  auto* work = new CopyTreeWork(info.Env(), string_of(*from), *watch, string_of(*to),
                                std::move(*replacements), hard_links);
  work->Queue();  // Deletes itself.
  return work->promise();
}

Napi::Value new_watch(const Info& info) { return Handle<TreeWatch>::wrap(info.Env(), TreeWatch{}); }

Napi::Value cancel(const Info& info, const TreeWatch& watch) {
  watch.watch->cancelled = true;
  return info.Env().Undefined();
}

Napi::Value done(const Info& info, const TreeWatch& watch) {
  return Napi::Number::New(info.Env(), static_cast<double>(watch.watch->done));
}

Napi::Value total(const Info& info, const TreeWatch& watch) {
  return Napi::Number::New(info.Env(), static_cast<double>(watch.watch->total));
}

}  // namespace

Methods Kind<TreeWatch>::methods() {
  using H = Handle<TreeWatch>;
  return {
      H::delete_method(),
      H::method<&cancel>("cancel"),
      H::method<&done>("done"),
      H::method<&total>("total"),
  };
}

Napi::Object trees(Napi::Env env, AddonData& data) {
  Handle<TreeWatch>::define(env, data);
  const Napi::Object out = Napi::Object::New(env);
  out.Set("watch", function_out<new_watch>(env, "watch"));
  out.Set("applyDiff", function_out<apply_diff>(env, "applyDiff"));
  out.Set("copyTree", function_out<copy_tree>(env, "copyTree"));
  return out;
}

}  // namespace firn::node
