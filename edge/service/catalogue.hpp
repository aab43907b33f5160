// The models that are served, by name.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/deployment.hpp"

namespace scorelet::service {

class Catalogue {
 public:
  [[nodiscard]] std::shared_ptr<Deployment> find(std::string_view name) const;
  /// In the order of their names.
  [[nodiscard]] std::vector<std::shared_ptr<Deployment>> all() const;
  [[nodiscard]] std::size_t size() const;
  /// From now on this one; requests under way end with the one that they began with.
  void put(std::shared_ptr<Deployment> deployment);
  /// False if there is none of that name.
  bool remove(std::string_view name);

 private:
  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<Deployment>, std::less<>> models_;
};

}  // namespace scorelet::service
