#include "models/score_distribution.hpp"

#include <algorithm>
#include <cmath>

namespace scorelet::models {

using compile::ModelContext;
using xml::Key;
using xml::Tag;

double readRecordCount(xml::Element e) {
  const double count = e.number(Key::recordCount, 0);
  if (count >= 0 && std::isfinite(count)) return count;
  e.error(Code::badValue, "A record count is a finite number, not below 0.", "recordCount");
  return 0;
}

void collectCategories(ModelContext& context, xml::Element e, DistinctValues& categories) {
  const auto add = [&](std::string_view text, xml::Element at, std::string_view attribute) {
    const Value v = categoryLiteral(context, text, at, attribute);
    if (isPresent(v)) categories.add(v);
  };
  for (xml::Element d : xml::children(e, Tag::scoreDistribution)) add(d.required(Key::value), d, "value");
  if (const auto score = e.attribute(Key::score)) add(*score, e, "score");
}

const ScoreDistribution& ScoreDistributionReader::read(xml::Element e, const DistinctValues& categories) {
  for (auto* list : {&out_.counts, &out_.probabilities, &out_.confidences}) list->clear();
  out_.total = 0;
  out_.dominant = missing();
  rows_.clear();
  double most = -1;
  std::size_t listed = 0;
  for (xml::Element d : xml::children(e, Tag::scoreDistribution)) {
    ++listed;
    if (!d.has(Key::recordCount)) (void)d.required(Key::recordCount);
    const double count = readRecordCount(d);
    const Value category = categoryLiteral(context_, d.attribute(Key::value, {}), d, "value");
    out_.total += count;
    if (count > most) most = count, out_.dominant = category;
    if (const auto c = categories.find(category)) rows_.push_back({d, *c, count});
  }
  if (listed == 0) return out_;
  const std::size_t absent = categories.size() - std::min(categories.size(), listed);
  if (!context_.scope.builder().chargeCells(e, absent)) return out_;
  for (auto* list : {&out_.counts, &out_.probabilities, &out_.confidences}) list->assign(categories.size(), 0);
  for (const auto& [d, c, count] : rows_) {
    const double share = out_.total > 0 ? count / out_.total : 0;
    out_.counts[c] = count;
    out_.probabilities[c] = d.number(Key::probability, share);
    out_.confidences[c] = d.number(Key::confidence, share);
  }
  return out_;
}

}  // namespace scorelet::models
