// The models that are served, by name. Members of groups ("dairy:milk") may be thousands: what has not been asked for
// is not in memory, and what was asked for longest ago leaves it when there is no more room.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/release.hpp"

namespace scorelet::service {

class Catalogue {
 public:
  /// `memberBytes`: room for members of groups.
  explicit Catalogue(std::size_t memberBytes) : memberBytes_(memberBytes) {}

  [[nodiscard]] std::shared_ptr<Release> release(std::string_view name);
  /// Its champion.
  [[nodiscard]] std::shared_ptr<Deployment> find(std::string_view name);
  /// Champions in memory, in the order of their names.
  [[nodiscard]] std::vector<std::shared_ptr<Deployment>> all() const;
  /// How many there are, but for members of groups.
  [[nodiscard]] std::size_t size() const;

  /// From now on this one; requests under way end with the one that they began with. `state` says what it is made of.
  void put(const std::shared_ptr<Release>& release, const std::string& state = {});
  /// Whether that very state is in memory.
  [[nodiscard]] bool isAt(std::string_view name, std::string_view state) const;
  /// False if there is none of that name.
  bool remove(std::string_view name);

  /// A member that is to be loaded when it is asked for. If its state is another than before, what is in memory goes.
  void expect(const std::string& name, const std::string& state);
  [[nodiscard]] bool isExpected(std::string_view name) const;
  struct Member {
    std::string name;
    bool isLoaded = false;
  };
  [[nodiscard]] std::vector<Member> members(std::string_view group) const;
  struct GroupMemory {
    std::size_t models = 0, loaded = 0, bytes = 0;
  };
  [[nodiscard]] std::map<std::string, GroupMemory> groups() const;

 private:
  struct Entry {
    std::shared_ptr<Release> release;  ///< null: not in memory
    std::string state;
    std::uint64_t used = 0;
    std::size_t bytes = 0;
  };
  void makeRoom(const std::string& but, std::vector<std::shared_ptr<Release>>& gone);

  mutable Mutex mutex_;
  std::map<std::string, Entry, std::less<>> models_;
  std::size_t memberBytes_, usedBytes_ = 0;
  std::uint64_t uses_ = 0;
};

}  // namespace scorelet::service
