// firn_bench_tree_floor FOLDER...: what the system asks for files to be replaced as a whole, and
// nothing else. Every file of the folders is read, written anew beside itself, put in its own
// place, and the old one removed; nobody looks at a byte.

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::perror(what);
  std::exit(2);
}

std::vector<std::string> names_in(int folder) {
  // closedir() closes what it was given.
  DIR* const open = fdopendir(dup(folder));
  require(open != nullptr, "fdopendir");
  std::vector<std::string> names;
  while (const dirent* entry = readdir(open)) {
    if (entry->d_type == DT_REG) names.emplace_back(entry->d_name);
  }
  closedir(open);
  return names;
}

std::string read_whole(int folder, const std::string& name) {
  const int file = openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW);
  struct stat stats{};
  require(file >= 0 && fstat(file, &stats) == 0, name.c_str());
  std::string text(static_cast<std::size_t>(stats.st_size), '\0');
  require(read(file, text.data(), text.size()) == stats.st_size, name.c_str());
  close(file);
  return text;
}

void write_beside(int folder, const std::string& staged, const std::string& text) {
  const int file = openat(folder, staged.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0644);
  require(file >= 0, staged.c_str());
  require(write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()), "write");
  close(file);
}

void replace(int folder, const std::string& name, const std::string& staged) {
  require(
      syscall(SYS_renameat2, folder, staged.c_str(), folder, name.c_str(), RENAME_EXCHANGE) == 0,
      "renameat2");
  require(unlinkat(folder, staged.c_str(), 0) == 0, "unlinkat");
}

std::string beside(const std::string& name) { return '.' + name + ".tmp"; }

struct Folder {
  int number;
  std::vector<std::string> names;
};

/// Does the work for every folder, on as many threads as there are processors.
template <typename Work>
void for_each(std::span<Folder> folders, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t at = next++; at < folders.size(); at = next++) work(folders[at]);
  };
  std::vector<std::jthread> others;
  for (unsigned thread = 1; thread < std::thread::hardware_concurrency(); ++thread)
    others.emplace_back(run);
  run();
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Folder> folders;
  for (const char* path : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
    const int folder = open(path, O_RDONLY | O_DIRECTORY);
    require(folder >= 0, path);
    folders.push_back({.number = folder, .names = names_in(folder)});
  }
  for_each(folders, [](const Folder& folder) {
    for (const auto& name : folder.names) {
      write_beside(folder.number, beside(name), read_whole(folder.number, name));
    }
  });
  // All or none: nothing is replaced before everything lies ready.
  for_each(folders, [](const Folder& folder) {
    for (const auto& name : folder.names) replace(folder.number, name, beside(name));
  });
}
