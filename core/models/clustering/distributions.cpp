// Partitions of a distribution-based model. The specification gives no formula for their similarity: it is read as the
// probability of the cluster under independent fields (docs/readings.md).
#include <cmath>
#include <limits>

#include "base/math.hpp"
#include "compile/expression.hpp"
#include "document/array.hpp"
#include "models/clustering/clustering.hpp"

namespace scorelet::models::clustering {

namespace {

using compile::Binding;
using compile::Builder;
using compile::ModelContext;

xml::Element statisticsOf(xml::Element parent, std::string_view child, std::string_view field) {
  for (xml::Element e : xml::children(parent, child))
    if (e.attribute("field") == field) return e;
  return {};
}

/// The values that the frequencies of a field belong to: those of the model's own statistics, else those of the field.
std::vector<Value> valuesOf(ModelContext& context, std::string_view name, const Binding& field) {
  const xml::Element listed =
      statisticsOf(context.model.child("ModelStats"), "UnivariateStats", name).child("DiscrStats").child("Array");
  if (!listed || listed.attribute("type") != "string") return field.order;
  std::vector<Value> values;
  for (const std::string& text : document::readArray(listed))
    values.push_back(context.scope.builder().literal(text, field.value.type, listed));
  return values;
}

Distribution readNormal(xml::Element statistics) {
  Distribution d;
  const xml::Element e = statistics.child("NumericInfo");
  if (!e) {
    statistics.error(Code::missingElement, "A continuous field needs a NumericInfo with mean and standardDeviation.");
    return d;
  }
  d.mean = e.requiredNumber("mean");
  d.deviation = e.requiredNumber("standardDeviation");
  if (!std::isfinite(d.mean)) e.error(Code::badValue, "A finite number is needed.", "mean");
  if (!(d.deviation > 0 && std::isfinite(d.deviation)))
    e.error(Code::badValue, "The density of a field needs a positive standard deviation.", "standardDeviation");
  return d;
}

Distribution readFrequencies(xml::Element statistics, std::size_t n) {
  Distribution d;
  const xml::Element array = statistics.child("Array");
  if (!array) {
    statistics.error(Code::missingElement, "A categorical field needs an Array of frequencies.");
    return d;
  }
  const std::vector<double> counts = document::readNumbers(array);
  double total = 0;
  for (const double count : counts) {
    if (!(count >= 0 && std::isfinite(count))) array.error(Code::badValue, "A frequency is not negative.");
    total += count;
  }
  if (counts.size() != n)
    array.error(Code::badValue, "The field has " + std::to_string(n) + " values, so it needs " + std::to_string(n) +
                                    " frequencies, not " + std::to_string(counts.size()) + ".");
  else if (!(total > 0))
    array.error(Code::badValue, "The frequencies of a cluster cannot all be 0.");
  for (const double count : counts)
    d.logFrequency.push_back(count > 0 ? dm::log(count / total) : -std::numeric_limits<double>::infinity());
  d.logFrequency.resize(n, 0);
  return d;
}

/// ln of each cluster's share in the records; all alike where no size is given.
std::vector<double> readShares(ModelContext& context) {
  std::vector<double> sizes;
  double total = 0;
  std::size_t given = 0;
  for (xml::Element c : xml::children(context.model, "Cluster")) {
    const xml::Element partition = c.child("Partition");
    const auto own = partition ? partition.number("size") : std::nullopt;
    const auto size = own ? own : c.number("size");
    if (size && !(*size >= 0 && std::isfinite(*size))) c.error(Code::badValue, "A size is not negative.", "size");
    given += size.has_value();
    sizes.push_back(size.value_or(1));
    total += sizes.back();
  }
  if (given != 0 && given != sizes.size())
    context.model.error(Code::missingAttribute, "Either every Cluster says its size or none does.", "size");
  if (!(total > 0)) context.model.error(Code::badValue, "The sizes of the clusters cannot all be 0.");
  for (double& s : sizes) s = s > 0 ? dm::log(s / total) : -std::numeric_limits<double>::infinity();
  return sizes;
}

}  // namespace

std::unique_ptr<DistributionStep> readDistributions(ModelContext& context) {
  compile::warnIfFloat(context);
  Builder& builder = context.scope.builder();
  auto step = std::make_unique<DistributionStep>();
  for (xml::Element e : xml::children(context.model, "ClusteringField")) {
    if (!builder.charge(e)) break;
    const std::string_view name = e.required("field");
    const Binding* field = context.scope.resolve(name, e);
    if (field == nullptr) continue;
    DistributedField f;
    f.slot = field->value.slot;
    f.isContinuous = field->opType == OpType::continuous;
    if (f.isContinuous && (field->value.type == DataType::string || field->value.type == DataType::list)) {
      e.error(Code::typeMismatch, "The density of a field needs numbers.", "field");
      continue;
    }
    if (!f.isContinuous) f.values = valuesOf(context, name, *field);
    if (!f.isContinuous && f.values.empty())
      e.error(Code::badValue, "The frequencies of \"" + std::string(name) + "\" need a list of its values.", "field");
    for (xml::Element c : xml::children(context.model, "Cluster")) {
      const xml::Element statistics = statisticsOf(c.child("Partition"), "PartitionFieldStats", name);
      if (!builder.charge(c, static_cast<std::uint32_t>(1 + f.values.size()))) return step;
      if (!statistics) {
        c.error(Code::missingElement,
                "A cluster of a distribution-based model needs a Partition with PartitionFieldStats of \"" +
                    std::string(name) + "\".");
        continue;
      }
      f.clusters.push_back(f.isContinuous ? readNormal(statistics) : readFrequencies(statistics, f.values.size()));
    }
    step->fields.push_back(std::move(f));
  }
  step->logShare = readShares(context);
  return step;
}

}  // namespace scorelet::models::clustering
