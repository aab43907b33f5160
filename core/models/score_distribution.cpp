#include "models/score_distribution.hpp"

#include <algorithm>

namespace scorelet::models {

using compile::ModelContext;

void collectCategories(ModelContext& context, xml::Element e, DistinctValues& categories) {
  const auto add = [&](std::string_view text, xml::Element at, std::string_view attribute) {
    const Value v = categoryLiteral(context, text, at, attribute);
    if (isPresent(v)) categories.add(v);
  };
  for (xml::Element d : xml::children(e, "ScoreDistribution")) add(d.required("value"), d, "value");
  if (const auto score = e.attribute("score")) add(*score, e, "score");
}

ScoreDistribution readScoreDistribution(ModelContext& context, xml::Element e, const DistinctValues& categories) {
  ScoreDistribution out;
  std::vector<std::pair<xml::Element, std::uint32_t>> rows;  ///< with the number of the category
  double most = -1;
  std::size_t listed = 0;
  for (xml::Element d : xml::children(e, "ScoreDistribution")) {
    ++listed;
    const double count = d.requiredNumber("recordCount");
    const Value category = categoryLiteral(context, d.attribute("value", {}), d, "value");
    out.total += count;
    if (count > most) most = count, out.dominant = category;
    if (const auto c = categories.find(category)) rows.emplace_back(d, *c);
  }
  if (listed == 0) return out;
  const std::size_t absent = categories.size() - std::min(categories.size(), listed);
  if (!context.scope.builder().chargeCells(e, absent)) return out;
  for (auto* list : {&out.counts, &out.probabilities, &out.confidences}) list->assign(categories.size(), 0);
  for (const auto& [d, c] : rows) {
    out.counts[c] = d.number("recordCount", 0);
    const double share = out.total > 0 ? out.counts[c] / out.total : 0;
    out.probabilities[c] = d.number("probability", share);
    out.confidences[c] = d.number("confidence", share);
  }
  return out;
}

}  // namespace scorelet::models
