// What someone who means harm would send: each input once, and twice as large.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "firn/firn.h"

namespace firn_bench {

namespace {

enum class Times : std::uint8_t { once = 1, twice = 2 };

std::uint64_t scaled(std::uint64_t count, Times times) {
  return count * static_cast<std::uint64_t>(times);
}

std::string header() { return "--- a/file\n+++ b/file\n"; }

std::string numbered_line(std::uint64_t number) {
  return "line " + std::to_string(number) + " of many\n";
}

std::string numbered_lines(std::uint64_t count) {
  std::string text;
  for (std::uint64_t i = 1; i <= count; ++i) text += numbered_line(i);
  return text;
}

std::string equal_lines(std::uint64_t count) {
  std::string text;
  for (std::uint64_t i = 0; i < count; ++i) text += "the same\n";
  return text;
}

/// Replaces every line of numbered_lines(count), in one hunk.
std::string one_hunk(std::uint64_t count) {
  const std::string size = std::to_string(count);
  std::string diff = header() + "@@ -1," + size + " +1," + size + " @@\n";
  for (std::uint64_t i = 1; i <= count; ++i) diff += '-' + numbered_line(i);
  for (std::uint64_t i = 1; i <= count; ++i) diff += '+' + numbered_line(count + i);
  return diff;
}

/// Replaces every third line of numbered_lines(3 * count), in a hunk of its own.
std::string many_hunks(std::uint64_t count) {
  std::string diff = header();
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string line = std::to_string(3 * i + 2);
    diff.append("@@ -").append(line).append(" +").append(line).append(" @@\n-");
    diff.append(numbered_line(3 * i + 2)).append("+changed\n");
  }
  return diff;
}

constexpr std::uint64_t kHunkLines = 130'000;
constexpr std::uint64_t kHunks = 100'000;
constexpr std::uint64_t kLines = 100'000;
/// Whose lines are looked up all over the place: twice of it still fits into a processor's own
/// caches, or the row would measure how much slower the next ones are.
constexpr std::uint64_t kScatteredLines = 10'000;
/// A merge searches as far as git does: as far in twice as many lines, up to some 30,000.
constexpr std::uint64_t kMergedLines = 10'000;

void read_diff(benchmark::State& state, const std::string& diff) {
  for (auto _ : state) {
    auto read = firn::read_diff(diff);
    if (!read) return state.SkipWithError("the diff was refused");
    benchmark::DoNotOptimize(read);
  }
}

void place(benchmark::State& state, const std::string& text, const std::string& diff) {
  const auto snapshot = firn::freeze(text);
  const auto read = firn::read_diff(diff);
  const firn::PlaceOptions options{.placement = firn::Placement::fuzzy};
  for (auto _ : state) {
    // Whether it fits or not: it has to be told, and soon.
    auto placed = firn::place(*snapshot, read->files().front(), options);
    benchmark::DoNotOptimize(placed);
  }
}

/// Equal lines all over, and a hunk of them around one that the text does not have.
void place_nowhere(benchmark::State& state, Times times) {
  const std::uint64_t count = scaled(kLines, times);
  const std::string middle = std::to_string(count / 2);
  const std::string context = " the same\n the same\n the same\n";
  place(
      state, equal_lines(count),
      header() + "@@ -" + middle + ",7 +" + middle + ",6 @@\n" + context + "-missing\n" + context);
}

void diff(benchmark::State& state, const std::string& before, const std::string& after) {
  const auto older = firn::freeze(before);
  const auto newer = firn::freeze(after);
  for (auto _ : state) {
    auto hunks = firn::diff_lines(*older, *newer);
    benchmark::DoNotOptimize(hunks);
  }
}

std::string shuffled_lines(std::uint64_t count) {
  std::vector<std::uint64_t> numbers(count);
  for (std::uint64_t i = 0; i < count; ++i) numbers[i] = i + 1;
  std::mt19937_64 random(7);
  for (std::size_t i = numbers.size(); i > 1; --i) std::swap(numbers[i - 1], numbers[random() % i]);
  std::string text;
  for (const std::uint64_t number : numbers) text += numbered_line(number);
  return text;
}

/// Few different lines in any order, so that much is equal and nothing fits.
std::string repeating_lines(std::uint64_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string text;
  for (std::uint64_t i = 0; i < count; ++i) text += numbered_line(random() % 32);
  return text;
}

void merge(benchmark::State& state, const std::string& base, const std::string& ours,
           const std::string& theirs) {
  const auto base_text = firn::freeze(base);
  const auto our_text = firn::freeze(ours);
  const auto their_text = firn::freeze(theirs);
  for (auto _ : state) {
    auto merged = firn::merge(*base_text, *our_text, *their_text);
    benchmark::DoNotOptimize(merged);
  }
}

template <typename Bench>
void both(const std::string& name, const Bench& bench) {
  for (const Times times : {Times::once, Times::twice}) {
    const char* const suffix = times == Times::once ? "/once" : "/twice";
    benchmark::RegisterBenchmark((name + suffix).c_str(), [=](benchmark::State& state) {
      bench(state, times);
    })->Unit(benchmark::kMillisecond);
  }
}

const bool registered = [] {
  both("read_one_hunk", [](benchmark::State& state, Times times) {
    read_diff(state, one_hunk(scaled(kHunkLines, times)));
  });
  both("read_many_hunks", [](benchmark::State& state, Times times) {
    read_diff(state, many_hunks(scaled(kHunks, times)));
  });
  both("place_nowhere", place_nowhere);
  both("place_many_hunks", [](benchmark::State& state, Times times) {
    const std::uint64_t count = scaled(kHunks, times);
    place(state, numbered_lines(3 * count), many_hunks(count));
  });
  both("diff_equal_lines", [](benchmark::State& state, Times times) {
    const std::uint64_t count = scaled(kLines, times);
    diff(state, equal_lines(count), equal_lines(count + count / 10) + "the last\n");
  });
  both("diff_nothing_shared", [](benchmark::State& state, Times times) {
    const std::uint64_t count = scaled(kScatteredLines, times);
    std::string other = numbered_lines(count);
    std::ranges::replace(other, 'l', 'L');
    diff(state, numbered_lines(count), other);
  });
  both("diff_shuffled", [](benchmark::State& state, Times times) {
    const std::uint64_t count = scaled(kScatteredLines, times);
    diff(state, numbered_lines(count), shuffled_lines(count));
  });
  both("merge_rewritten", [](benchmark::State& state, Times times) {
    const std::uint64_t count = scaled(kMergedLines, times);
    merge(state, repeating_lines(count, 1), repeating_lines(count, 2), repeating_lines(count, 3));
  });
  return true;
}();

}  // namespace

}  // namespace firn_bench
