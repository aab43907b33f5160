// Bundles that scorelet monitor is told of: files, and the champions of stores of scorelet model.
#pragma once

#ifndef __wasi__

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "monitor/monitor.hpp"
#include "native/directory.hpp"
#include "service/model_store.hpp"

namespace scorelet::cli {

class WatchedBundles {
 public:
  WatchedBundles(const std::vector<std::string>& places, service::Host& host);

  /// Gives the monitor what is new in them. What cannot be taken is told once, and tried again when it has changed.
  void follow(monitor::Monitor& monitor);
  /// A place that is not there, if there is one.
  [[nodiscard]] std::optional<std::string> missing() const;

 private:
  struct File {
    std::string path;
    std::filesystem::file_time_type read;
  };
  struct Store {
    Store(const std::string& path, service::Host& host) : path(path), directory(path), models(directory, host) {}
    std::string path;
    native::Directory directory;
    service::ModelStore models;
    std::map<std::string, std::string> read;  ///< digests, by model
  };
  void follow(monitor::Monitor& monitor, File& file);
  void follow(monitor::Monitor& monitor, Store& store);
  void take(monitor::Monitor& monitor, const std::string& from, std::string_view bytes, const std::string& name);
  void tell(const std::string& from, const std::string& why);

  std::vector<File> files_;
  std::vector<std::unique_ptr<Store>> stores_;
  std::set<std::string> told_;
};

}  // namespace scorelet::cli

#endif
