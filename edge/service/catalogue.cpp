#include "service/catalogue.hpp"

#include <utility>

namespace scorelet::service {

std::shared_ptr<Deployment> Catalogue::find(std::string_view name) const {
  const Guard guard(mutex_);
  const auto found = models_.find(name);
  return found == models_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Deployment>> Catalogue::all() const {
  const Guard guard(mutex_);
  std::vector<std::shared_ptr<Deployment>> out;
  for (const auto& [name, deployment] : models_) out.push_back(deployment);
  return out;
}

std::size_t Catalogue::size() const {
  const Guard guard(mutex_);
  return models_.size();
}

void Catalogue::put(std::shared_ptr<Deployment> deployment) {
  const Guard guard(mutex_);
  std::swap(models_[deployment->name()], deployment);  // what it was goes after the lock
}

bool Catalogue::remove(std::string_view name) {
  std::shared_ptr<Deployment> last;  // freed, as the case may be, after the lock
  const Guard guard(mutex_);
  const auto found = models_.find(name);
  if (found == models_.end()) return false;
  last = std::move(found->second);
  models_.erase(found);
  return true;
}

}  // namespace scorelet::service
