#include "models/score_distribution.hpp"

#include <algorithm>

namespace scorelet::models {

using compile::ModelContext;

void collectCategories(ModelContext& context, xml::Element e, std::vector<Value>& categories) {
  const auto add = [&](Value v) {
    if (isPresent(v) && std::find(categories.begin(), categories.end(), v) == categories.end()) categories.push_back(v);
  };
  for (xml::Element d : xml::children(e, "ScoreDistribution"))
    add(categoryLiteral(context, d.required("value"), d, "value"));
  if (const auto score = e.attribute("score")) add(categoryLiteral(context, *score, e, "score"));
}

ScoreDistribution readScoreDistribution(ModelContext& context, xml::Element e, std::span<const Value> categories) {
  ScoreDistribution out;
  std::vector<std::pair<xml::Element, std::size_t>> rows;  ///< with the number of the category
  double most = -1;
  for (xml::Element d : xml::children(e, "ScoreDistribution")) {
    const double count = d.requiredNumber("recordCount");
    const Value category = categoryLiteral(context, d.attribute("value", {}), d, "value");
    out.total += count;
    if (count > most) most = count, out.dominant = category;
    rows.emplace_back(
        d, static_cast<std::size_t>(std::find(categories.begin(), categories.end(), category) - categories.begin()));
  }
  if (rows.empty()) return out;
  const std::size_t absent = categories.size() - std::min(categories.size(), rows.size());
  if (!context.scope.builder().chargeCells(e, absent)) return out;
  for (auto* list : {&out.counts, &out.probabilities, &out.confidences}) list->assign(categories.size(), 0);
  for (const auto& [d, c] : rows) {
    if (c == categories.size()) continue;
    out.counts[c] = d.number("recordCount", 0);
    const double share = out.total > 0 ? out.counts[c] / out.total : 0;
    out.probabilities[c] = d.number("probability", share);
    out.confidences[c] = d.number("confidence", share);
  }
  return out;
}

}  // namespace scorelet::models
