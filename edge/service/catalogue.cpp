#include "service/catalogue.hpp"

#include <utility>

namespace scorelet::service {

std::shared_ptr<Release> Catalogue::release(std::string_view name) {
  const Guard guard(mutex_);
  const auto found = models_.find(name);
  if (found == models_.end()) return nullptr;
  found->second.used = ++uses_;
  return found->second.release;
}

std::shared_ptr<Deployment> Catalogue::find(std::string_view name) {
  const auto found = release(name);
  return found == nullptr ? nullptr : found->champion();
}

std::vector<std::shared_ptr<Deployment>> Catalogue::all() const {
  const Guard guard(mutex_);
  std::vector<std::shared_ptr<Deployment>> out;
  for (const auto& [name, entry] : models_)
    if (entry.release != nullptr) out.push_back(entry.release->champion());
  return out;
}

std::size_t Catalogue::size() const {
  const Guard guard(mutex_);
  std::size_t out = 0;
  for (const auto& [name, entry] : models_) out += groupOf(name).empty() ? 1 : 0;
  return out;
}

void Catalogue::put(const std::shared_ptr<Release>& release, const std::string& state) {
  std::vector<std::shared_ptr<Release>> gone;  // freed after the lock
  const Guard guard(mutex_);
  const std::string& name = release->champion()->name();
  Entry& entry = models_[name];
  gone.push_back(std::exchange(entry.release, release));
  entry.state = state;
  entry.used = ++uses_;
  if (groupOf(name).empty()) return;
  usedBytes_ -= entry.bytes;
  usedBytes_ += entry.bytes = release->memoryBytes();
  makeRoom(name, gone);
}

bool Catalogue::isAt(std::string_view name, std::string_view state) const {
  const Guard guard(mutex_);
  const auto found = models_.find(name);
  return found != models_.end() && found->second.release != nullptr && found->second.state == state;
}

/// Under the lock.
void Catalogue::makeRoom(const std::string& but, std::vector<std::shared_ptr<Release>>& gone) {
  while (usedBytes_ > memberBytes_) {
    Entry* oldest = nullptr;
    for (auto& [name, entry] : models_) {
      const bool mayGo = entry.bytes > 0 && entry.release != nullptr && name != but;
      if (mayGo && (oldest == nullptr || entry.used < oldest->used)) oldest = &entry;
    }
    if (oldest == nullptr) return;
    gone.push_back(std::move(oldest->release));
    usedBytes_ -= std::exchange(oldest->bytes, 0);
  }
}

bool Catalogue::remove(std::string_view name) {
  Entry last;  // freed, as the case may be, after the lock
  const Guard guard(mutex_);
  const auto found = models_.find(name);
  if (found == models_.end()) return false;
  last = std::move(found->second);
  usedBytes_ -= last.bytes;
  models_.erase(found);
  return true;
}

void Catalogue::expect(const std::string& name, const std::string& state) {
  std::shared_ptr<Release> gone;
  const Guard guard(mutex_);
  Entry& entry = models_[name];
  if (entry.state == state) return;
  entry.state = state;
  gone = std::exchange(entry.release, nullptr);
  usedBytes_ -= std::exchange(entry.bytes, 0);
}

bool Catalogue::isExpected(std::string_view name) const {
  const Guard guard(mutex_);
  return models_.contains(name);
}

std::vector<Catalogue::Member> Catalogue::members(std::string_view group) const {
  const Guard guard(mutex_);
  std::vector<Member> out;
  for (const auto& [name, entry] : models_)
    if (!group.empty() && groupOf(name) == group) out.push_back({name, entry.release != nullptr});
  return out;
}

std::map<std::string, Catalogue::GroupMemory> Catalogue::groups() const {
  const Guard guard(mutex_);
  std::map<std::string, GroupMemory> out;
  for (const auto& [name, entry] : models_) {
    if (groupOf(name).empty()) continue;
    GroupMemory& group = out[std::string(groupOf(name))];
    ++group.models;
    group.loaded += entry.release != nullptr ? 1 : 0;
    group.bytes += entry.bytes;
  }
  return out;
}

}  // namespace scorelet::service
