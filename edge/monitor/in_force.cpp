#include "monitor/in_force.hpp"

#include <algorithm>
#include <utility>

namespace scorelet::monitor {

std::string_view sourceName(Source source) noexcept {
  switch (source) {
    case Source::standard: return "default";
    case Source::bundle: return "bundle";
    case Source::rules: return "rules";
    case Source::person: return "person";
  }
  return {};
}

void InForce::setBundles(Bundles bundles) {
  known_.clear();
  groups_.clear();
  bundles_ = std::move(bundles);
  for (const auto& [model, agreement] : bundles_) {
    if (!agreement.group) continue;
    const Agreement*& speaks = groups_[groupOf(model)];
    if (speaks == nullptr || speaks->created < agreement.created) speaks = &agreement;
  }
}

const Agreement* InForce::bundle(std::string_view model) const {
  const auto found = bundles_.find(model);
  return found == bundles_.end() ? nullptr : &found->second;
}

ModelInForce InForce::completed(const std::string& model) const {
  ModelInForce out;
  if (const ModelRule* said = file_->model(model)) out.rule = *said;
  if (out.rule.quality) out.quality = Source::rules;
  out.agreement = bundle(model);
  if (out.agreement != nullptr) {
    out.rule.complete(out.agreement->rule);
    if (out.rule.quality && out.quality == Source::standard) out.quality = Source::bundle;
  }
  return out;
}

const ModelInForce& InForce::of(const std::string& model) {
  const auto [place, isNew] = known_.try_emplace(model);
  if (isNew) place->second = completed(model);
  return place->second;
}

std::vector<ModelInForce> InForce::models() const {
  std::vector<ModelInForce> out;
  for (const auto& [model, agreement] : bundles_) out.emplace_back(completed(model)).rule.match = model;
  for (const ModelRule& rule : file_->models) out.push_back({.rule = rule});
  return out;
}

std::string InForce::groupOf(const std::string& model) {
  const ModelRule& rule = of(model).rule;
  return rule.group.empty() ? model.substr(0, std::min(model.rfind('/'), model.size())) : rule.group;
}

GroupInForce InForce::group(const std::string& name, const std::map<std::string, GroupRule>& changed) const {
  if (const auto found = changed.find(name); found != changed.end()) return {found->second, Source::person};
  if (const GroupRule* said = file_->group(name)) return {*said, Source::rules};
  if (const auto found = groups_.find(name); found != groups_.end()) return {*found->second->group, Source::bundle};
  return {};
}

}  // namespace scorelet::monitor
