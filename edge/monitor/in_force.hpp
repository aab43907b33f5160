// The rules that hold: what a person changed in the dashboard, above the file, above what bundles say, above the
// defaults. A rule of models is put together member by member, one of groups is taken as a whole.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/agreement.hpp"
#include "monitor/rules.hpp"

namespace scorelet::monitor {

enum class Source : std::uint8_t { standard, bundle, rules, person };
[[nodiscard]] std::string_view sourceName(Source source) noexcept;

struct ModelInForce {
  ModelRule rule;
  Source quality = Source::standard;     ///< where its threshold comes from
  const Agreement* agreement = nullptr;  ///< of its bundle, if it has one
};
struct GroupInForce {
  GroupRule rule;
  Source source = Source::standard;
};

class InForce {
 public:
  using Bundles = std::map<std::string, Agreement, std::less<>>;  ///< by model
  /// `file` must live longer.
  explicit InForce(const Rules& file) : file_(&file) {}
  [[nodiscard]] const Rules& file() const noexcept { return *file_; }

  void setBundles(Bundles bundles);
  [[nodiscard]] const Bundles& bundles() const noexcept { return bundles_; }
  [[nodiscard]] const Agreement* bundle(std::string_view model) const;

  [[nodiscard]] const ModelInForce& of(const std::string& model);
  [[nodiscard]] const ModelRule& model(const std::string& model) { return of(model).rule; }
  /// The rules of all models as a list, of which the first that matches counts: one of each model that has a bundle,
  /// then those of the file.
  [[nodiscard]] std::vector<ModelInForce> models() const;
  /// What its rule says, or what stands before the last "/" of its name, or the name.
  [[nodiscard]] std::string groupOf(const std::string& model);
  /// `changed`: rules that persons have changed, by name.
  [[nodiscard]] GroupInForce group(const std::string& name, const std::map<std::string, GroupRule>& changed) const;

 private:
  [[nodiscard]] ModelInForce completed(const std::string& model) const;

  const Rules* file_;
  Bundles bundles_;
  std::map<std::string, ModelInForce> known_;
  std::map<std::string, const Agreement*> groups_;  // of several bundles the newest speaks
};

}  // namespace scorelet::monitor
