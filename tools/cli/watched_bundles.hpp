// Bundles that scorelet monitor and scorelet rules are told of: files, and the champions of stores of scorelet model.
#pragma once

#ifndef __wasi__

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "native/directory.hpp"
#include "service/http.hpp"
#include "service/model_store.hpp"

namespace scorelet::cli {

class WatchedBundles {
 public:
  WatchedBundles(const std::vector<std::string>& places, service::Host& host);

  /// What takes the bytes of a bundle of this place. An empty name: that of the bundle.
  using Take =
      std::function<service::Answer<void>(std::string_view bytes, const std::string& name, const std::string& place)>;
  /// Gives what is new in them. What is not taken is told once, and tried again when it has changed.
  void follow(const Take& take);
  [[nodiscard]] bool allTaken() const noexcept { return told_.empty(); }
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
  void follow(const Take& take, File& file);
  void follow(const Take& take, Store& store);
  void give(const Take& take, std::string_view bytes, const std::string& name, const std::string& place);
  void tell(const std::string& from, const std::string& why);

  std::vector<File> files_;
  std::vector<std::unique_ptr<Store>> stores_;
  std::set<std::string> told_;
};

}  // namespace scorelet::cli

#endif
