#include "watched_bundles.hpp"

#ifndef __wasi__

#include "command.hpp"
#include "files.hpp"
#include "service/tar.hpp"

namespace scorelet::cli {

namespace fs = std::filesystem;

WatchedBundles::WatchedBundles(const std::vector<std::string>& places, service::Host& host) {
  std::error_code failure;
  for (const std::string& place : places) {
    if (fs::is_directory(place, failure))
      stores_.push_back(std::make_unique<Store>(place, host));
    else
      files_.push_back({place, fs::file_time_type::min()});
  }
}

std::optional<std::string> WatchedBundles::missing() const {
  std::error_code failure;
  for (const File& file : files_)
    if (!fs::is_regular_file(file.path, failure)) return file.path;
  return std::nullopt;
}

void WatchedBundles::follow(const Take& take) {
  for (File& file : files_) follow(take, file);
  for (const auto& store : stores_) follow(take, *store);
}

void WatchedBundles::follow(const Take& take, File& file) {
  std::error_code failure;
  const auto written = fs::last_write_time(file.path, failure);
  if (failure) return tell(file.path, failure.message());
  if (written == file.read) return;
  file.read = written;
  std::string why;
  if (const auto bytes = readAll(file.path, why))
    give(take, *bytes, {}, file.path);
  else if (told_.insert(why).second)
    complain(why);
}

void WatchedBundles::follow(const Take& take, Store& store) {
  if (const auto ok = store.models.refresh(); !ok) return tell(store.path, ok.error().message);
  for (const auto& [name, model] : store.models.models()) {
    const std::string sha256(model.current(service::kChampion));
    std::string& read = store.read[name];
    if (sha256.empty() || read == sha256) continue;
    const auto content = store.models.document(sha256);
    if (!content) {
      tell(store.path, name + ": " + content.error().message);
      continue;
    }
    read = sha256;
    if (service::isTar(*content)) give(take, *content, name, store.path);  // a document alone says nothing
  }
}

void WatchedBundles::give(const Take& take, std::string_view bytes, const std::string& name, const std::string& place) {
  if (const auto taken = take(bytes, name, place); !taken)
    tell(place, (name.empty() ? "" : name + ": ") + taken.error().message);
}

void WatchedBundles::tell(const std::string& from, const std::string& why) {
  const std::string said = "'" + from + "': " + why;
  if (told_.insert(said).second) complain(said);
}

}  // namespace scorelet::cli

#endif
