// MiningModel (spec: Multiple Models).
#include <algorithm>
#include <cmath>
#include <numeric>

#include "models.hpp"
#include "predicates.hpp"

namespace scorelet::reference {

namespace {

/// A segment that is active for the record.
struct Voter {
  const Prediction* prediction;
  std::string id;
  Value value;
  double weight;
};

struct Combination {
  Model& model;
  std::string method;
  std::vector<Voter> voters = {};
  std::vector<Value> categories = {};
  bool weighs = false, carriesOn = false, anyMissing = false;
  double missingWeight = 0;

  [[nodiscard]] double weightOf(const Voter& v) const { return weighs ? v.weight : 1; }

  [[nodiscard]] double probability(const Voter& v, const Value& category) const {
    const Value* p = entryOf(v.prediction->probability, category);
    return p != nullptr && p->isPresent() ? p->asDouble() : 0;
  }

  Value numbers() const {
    const Value missing = Value::missing(DataType::float64);
    if (anyMissing && carriesOn) return missing;
    std::vector<std::pair<double, double>> sorted;
    double sum = 0, total = 0;
    for (const Voter& v : voters) {
      const double y = v.value.asDouble();
      sum = model.round(sum + (weighs ? model.round(v.weight * y) : y));
      total += weightOf(v);
      sorted.emplace_back(y, v.weight);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (method == "sum" || method == "weightedSum") return Value::number(sum);
    if (method == "average" || method == "weightedAverage")
      return total == 0 ? missing : Value::number(model.round(sum / total));
    if (method == "max") return Value::number(sorted.back().first);
    if (method == "median") {
      const std::size_t half = sorted.size() / 2;
      return Value::number(
          model.round(sorted.size() % 2 != 0 ? sorted[half].first : (sorted[half - 1].first + sorted[half].first) / 2));
    }
    // Weighted median: the first value, ascending, at which half of all weight is reached.
    double all = 0, reached = 0;
    for (const auto& [y, w] : sorted) all += w;
    for (const auto& [y, w] : sorted)
      if ((reached += w) >= all / 2) return Value::number(y);
    return Value::number(sorted.back().first);
  }

  void votes(Prediction& out) const {
    double total = 0;
    std::vector<double> count(categories.size(), 0);
    for (const Voter& v : voters) {
      total += weightOf(v);
      for (std::size_t c = 0; c < categories.size(); ++c)
        if (equals(categories[c], v.value)) count[c] += weightOf(v);
    }
    const auto best = std::max_element(count.begin(), count.end());
    // With missingPredictionTreatment="continue" missing is a candidate too.
    if (best == count.end() || !(*best > 0) || (carriesOn && missingWeight > *best)) return;
    out.value = categories[static_cast<std::size_t>(best - count.begin())];
    for (std::size_t c = 0; c < categories.size(); ++c) out.probability[c].second = Value::number(count[c] / total);
  }

  void probabilities(Prediction& out) const {
    if (anyMissing && carriesOn) return;
    std::vector<double> sum(categories.size(), 0);
    std::size_t best = 0;
    double total = 0;
    if (method == "max" || method == "median") {
      double most = -1, low = 0, high = 0;
      for (std::size_t c = 0; c < categories.size(); ++c) {
        std::vector<double> p;
        for (const Voter& v : voters) p.push_back(probability(v, categories[c]));
        std::sort(p.begin(), p.end());
        // The middle one, or the two in the middle of an even number.
        const double lower = method == "max" ? p.back() : p[(p.size() - 1) / 2],
                     upper = method == "max" ? p.back() : p[p.size() / 2];
        if ((lower + upper) / 2 > most) most = (lower + upper) / 2, best = c, low = lower, high = upper;
      }
      // The answer is the mean distribution of the models that attain it.
      for (const Voter& v : voters) {
        const double p = probability(v, categories[best]);
        if (p != low && p != high) continue;
        total += 1;
        for (std::size_t c = 0; c < categories.size(); ++c) sum[c] += probability(v, categories[c]);
      }
      for (double& s : sum) s /= total;
    } else {
      for (const Voter& v : voters) {
        for (std::size_t c = 0; c < categories.size(); ++c)
          sum[c] = model.round(sum[c] + model.round(weightOf(v) * probability(v, categories[c])));
        total += weightOf(v);
      }
      if (total == 0) return;
      if (method != "sum" && method != "weightedSum")
        for (double& s : sum) s = model.round(s / total);
      for (const double s : sum)
        if (s != s) return spread(out, Value::invalid(out.value.type, "infinite weights leave no shares"));
      best = static_cast<std::size_t>(std::max_element(sum.begin(), sum.end()) - sum.begin());
    }
    out.value = categories[best];
    for (std::size_t c = 0; c < categories.size(); ++c) out.probability[c].second = Value::number(sum[c]);
  }
};

struct Segment {
  Node node;
  std::string id;
  Truth active;
  Prediction prediction;
};

bool isTargetOf(const Model& model, const std::string& name) {
  for (Node f : children(child(model.node, "MiningSchema"), "MiningField")) {
    const std::string usage = attributeOr(f, "usageType", "active");
    if (attributeOr(f, "name", "") == name && (usage == "target" || usage == "predicted")) return true;
  }
  return false;
}

using Named = std::vector<std::pair<std::string, Value>>;

void set(Named& named, const std::string& name, const Value& value) {
  for (auto& [known, v] : named)
    if (known == name) {
      v = value;
      return;
    }
  named.emplace_back(name, value);
}

/// What segments put out is a result of the whole where exactly one of them answers.
void collectOutputs(const std::vector<Segment>& segments, bool isChain, Named& into) {
  for (const Segment& s : segments)
    for (const Named* outputs : {&s.prediction.outputs, &s.prediction.innerOutputs})
      for (const auto& [name, value] : *outputs) {
        bool isKnown = false;
        for (const auto& [known, v] : into) isKnown |= known == name;
        if (!isKnown || (isChain && s.active.is(Truth::yes))) set(into, name, value);
      }
  if (isChain) return;
  // selectFirst: those of the segment that was selected.
  for (const Segment& s : segments) {
    if (s.active.is(Truth::no) || s.active.is(Truth::unknown)) continue;
    for (const Named* outputs : {&s.prediction.outputs, &s.prediction.innerOutputs})
      for (const auto& [name, value] : *outputs) set(into, name, value);
    break;
  }
}

void addCategories(std::vector<Value>& into, const Prediction& p) {
  for (const Value& c : p.classes)
    if (std::none_of(into.begin(), into.end(), [&](const Value& v) { return equals(v, c); })) into.push_back(c);
}

}  // namespace

Prediction scoreMining(Model& model) {
  Scope& scope = model.scope;
  const Node segmentation = child(model.node, "Segmentation");
  std::string method = attributeOr(segmentation, "multipleModelMethod", "");
  if (method.starts_with("x-")) method = method.substr(2);
  const std::string treatment = attributeOr(segmentation, "missingPredictionTreatment",
                                            attributeOr(segmentation, "x-missingPredictionTreatment", "continue"));
  const double threshold = numberOr(segmentation, "missingThreshold", numberOr(segmentation, "x-missingThreshold", 1));
  const bool isChain = method == "modelChain", isVote = method == "majorityVote" || method == "weightedMajorityVote";
  const bool picks = method == "selectFirst" || method == "selectAll" || isChain;

  Prediction out;
  std::vector<Segment> segments;
  for (Node s : children(segmentation, "Segment")) {
    Segment segment{s, attributeOr(s, "id", std::to_string(segments.size() + 1)), test(scope, predicateIn(s)), {}};
    for (Node m : children(s))
      if (isModel(m)) segment.prediction = scoreModel(scope.session(), &scope, m);
    for (auto& d : segment.prediction.derived) out.derived.push_back(d);
    const DataType type = segment.prediction.value.type;
    // Where a record is not under the predicate, all that the segment says is missing.
    if (segment.active.is(Truth::invalid))
      spread(segment.prediction, Value::invalid(type, segment.active.reason));
    else if (!segment.active.is(Truth::yes))
      spread(segment.prediction, Value::missing(type));
    for (const auto& [name, value] : segment.prediction.outputs)
      if (isChain || scope.find(name) == nullptr) scope.bind(name, {value, false, {}});
    segments.push_back(std::move(segment));
  }

  Combination combination{model, method};
  combination.weighs = method.starts_with("weighted");
  combination.carriesOn = treatment == "continue";
  combination.categories = model.targetValues;
  bool anyProbability = isVote;
  for (const Segment& s : segments) anyProbability |= !s.prediction.probability.empty();
  for (const Segment& s : segments) addCategories(combination.categories, s.prediction);
  if (!anyProbability || !model.isClassification || method == "selectAll") combination.categories.clear();
  out.classes = combination.categories;
  for (const Value& c : combination.categories) out.probability.emplace_back(c, Value::missing(DataType::float64));

  DataType type = segments.front().prediction.value.type;
  for (const Segment& s : segments) type = commonType(type, s.prediction.value.type);
  if (!model.isClassification && !picks) type = DataType::float64;
  out.value = Value::missing(type);

  Value invalid = Value::missing(type);
  double activeWeight = 0, missingWeight = 0;
  const auto take = [&](const Segment& s) {
    out.value = isChain ? s.prediction.value : cast(s.prediction.value, type);
    out.classes = s.prediction.classes;
    // A class that only other segments know has probability 0; a segment without probabilities has none.
    for (Weighted* shares : {&out.probability, &out.confidence}) {
      const Weighted& own = shares == &out.probability ? s.prediction.probability : s.prediction.confidence;
      shares->clear();
      for (const Value& c : own.empty() ? std::vector<Value>() : combination.categories) {
        const Value* share = entryOf(own, c);
        const Value& any = own.front().second;
        shares->emplace_back(c, share != nullptr ? *share : any.isPresent() ? Value::number(0) : any);
      }
    }
    if (out.probability.empty())
      for (const Value& c : combination.categories) out.probability.emplace_back(c, Value::missing(DataType::float64));
    out.entityId = isChain                 ? s.prediction.entityId
                   : out.value.isInvalid() ? cast(out.value, DataType::string)
                                           : Value::text(s.id);
  };
  if (isChain) {
    for (const Segment& s : segments)
      if (s.prediction.targetName != segments.back().prediction.targetName &&
          isTargetOf(model, s.prediction.targetName))
        set(out.otherTargets, s.prediction.targetName, s.prediction.value);
    out.targetName = segments.back().prediction.targetName;
    // The last active segment's answer; where the predicates cannot tell which one that is, the answer is invalid.
    for (auto s = segments.rbegin(); s != segments.rend(); ++s) {
      if (!s->active.is(Truth::yes) && !s->active.is(Truth::invalid)) continue;
      take(*s);
      break;
    }
  } else {
    for (const Segment& s : segments) {
      if (s.active.is(Truth::invalid) && !invalid.isInvalid()) invalid = Value::invalid(type, s.active.reason);
      if (!s.active.is(Truth::yes)) continue;
      if (method == "selectFirst") {
        // A segment to be skipped for its missing prediction is not the first.
        if (treatment == "skipSegment" && s.prediction.value.isMissing()) continue;
        if (!invalid.isInvalid()) take(s);
        break;
      }
      Voter voter{&s.prediction, s.id, cast(s.prediction.value, type), numberOr(s.node, "weight", 1)};
      if (Node w = child(s.node, "VariableWeight"); w && combination.weighs) {
        // A field of the model, or an output of the segment itself.
        const std::string name = attributeOr(w, "field", "");
        const Field* field = scope.find(name);
        Value weight = field != nullptr ? field->value : Value::missing(DataType::float64);
        for (const auto& [output, value] : s.prediction.outputs)
          if (output == name) weight = value;
        weight = cast(weight, DataType::float64);
        if (weight.isInvalid())
          voter.value = cast(weight, type);
        else if (weight.isMissing() || weight.asDouble() < 0)
          voter.value = Value::missing(type), voter.weight = 0;
        else
          voter.weight = weight.asDouble();
      }
      // Where probabilities are combined, an answer without them is no answer.
      if (model.isClassification && !picks && !isVote && voter.value.isPresent() &&
          (s.prediction.probability.empty() || !s.prediction.probability[0].second.isPresent()))
        voter.value = Value::missing(type);
      if (voter.value.isInvalid()) {
        if (!invalid.isInvalid()) invalid = voter.value;
        continue;
      }
      activeWeight += combination.weightOf(voter);
      if (voter.value.isMissing()) {
        combination.anyMissing = true;
        missingWeight += combination.weightOf(voter);
        if (treatment == "skipSegment") continue;
      }
      combination.voters.push_back(voter);
    }
    combination.missingWeight = missingWeight;
    bool isAnswered = !combination.voters.empty() && !invalid.isInvalid() && method != "selectFirst";
    if (combination.anyMissing && !picks) {
      if (treatment == "returnMissing") isAnswered = false;
      if (treatment == "skipSegment" && activeWeight > 0 && missingWeight / activeWeight > threshold)
        isAnswered = false;
    }
    if (isAnswered && method == "selectAll") {
      std::vector<Value> all;
      for (const Voter& v : combination.voters) all.push_back(v.value);
      out.value = Value::list(std::move(all));
    } else if (isAnswered && isVote) {
      combination.votes(out);
    } else if (isAnswered && model.isClassification) {
      combination.probabilities(out);
    } else if (isAnswered) {
      out.value = combination.numbers();
    }
    if (invalid.isInvalid()) spread(out, invalid);
  }
  if (isChain || method == "selectFirst") collectOutputs(segments, isChain, out.innerOutputs);
  for (Segment& s : segments) {
    s.prediction.segmentId = s.id;
    out.segments.push_back(std::move(s.prediction));
  }
  return out;
}

}  // namespace scorelet::reference
