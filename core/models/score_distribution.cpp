#include "models/score_distribution.hpp"

#include <algorithm>
#include <cmath>

namespace scorelet::models {

using compile::ModelContext;

double readRecordCount(xml::Element e) {
  const double count = e.number("recordCount", 0);
  if (count >= 0 && std::isfinite(count)) return count;
  e.error(Code::badValue, "A record count is a finite number, not below 0.", "recordCount");
  return 0;
}

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
  struct Row {
    xml::Element at;
    std::uint32_t category;
    double count;
  };
  std::vector<Row> rows;
  double most = -1;
  std::size_t listed = 0;
  for (xml::Element d : xml::children(e, "ScoreDistribution")) {
    ++listed;
    if (!d.attribute("recordCount")) (void)d.required("recordCount");
    const double count = readRecordCount(d);
    const Value category = categoryLiteral(context, d.attribute("value", {}), d, "value");
    out.total += count;
    if (count > most) most = count, out.dominant = category;
    if (const auto c = categories.find(category)) rows.push_back({d, *c, count});
  }
  if (listed == 0) return out;
  const std::size_t absent = categories.size() - std::min(categories.size(), listed);
  if (!context.scope.builder().chargeCells(e, absent)) return out;
  for (auto* list : {&out.counts, &out.probabilities, &out.confidences}) list->assign(categories.size(), 0);
  for (const auto& [d, c, count] : rows) {
    const double share = out.total > 0 ? count / out.total : 0;
    out.counts[c] = count;
    out.probabilities[c] = d.number("probability", share);
    out.confidences[c] = d.number("confidence", share);
  }
  return out;
}

}  // namespace scorelet::models
