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

  [[nodiscard]] bool isConditional() const {
    const Node predicate = predicateIn(node);
    return predicate && localName(predicate) != "True";
  }
  /// The record is under the predicate, or nobody can tell.
  [[nodiscard]] bool speaks() const { return active.is(Truth::yes) || active.is(Truth::invalid); }
};

bool isTargetOf(const Model& model, const std::string& name) {
  for (Node f : children(child(model.node, "MiningSchema"), "MiningField")) {
    const std::string usage = attributeOr(f, "usageType", "active");
    if (attributeOr(f, "name", "") == name && (usage == "target" || usage == "predicted")) return true;
  }
  return false;
}

using Named = std::vector<std::pair<std::string, Value>>;

/// In a chain the last active segment that says something under a name has the say, in a type that can hold what all
/// say that may have it.
const Value& setLatest(Named& named, const Segment& s, const std::string& name, const Value& value) {
  for (auto& [known, v] : named)
    if (known == name)
      return v = cast(s.speaks() ? value : v, s.isConditional() ? commonType(v.type, value.type) : value.type);
  return named.emplace_back(name, value).second;
}

void addCategories(std::vector<Value>& into, const Prediction& p) {
  for (const Value& c : p.classes)
    if (std::none_of(into.begin(), into.end(), [&](const Value& v) { return equals(v, c); })) into.push_back(c);
}

/// What a segment says of one target.
struct Answer {
  const Segment* segment;
  const Prediction* prediction;
};

/// One of several answers, with all that belongs to it; where none was chosen all is missing or invalid as `otherwise`
/// is. Classes are those in `classes`, then those of the answers.
Prediction picked(const std::vector<Answer>& answers, const Answer* chosen, const Value& otherwise,
                  const std::vector<Value>& classes) {
  Prediction out;
  const auto any = [&](auto part) {
    return std::any_of(answers.begin(), answers.end(), [&](const Answer& a) { return !(a.prediction->*part).empty(); });
  };
  if (any(&Prediction::classes)) out.classes = classes;
  DataType type = answers.front().prediction->value.type;
  for (const Answer& a : answers) {
    addCategories(out.classes, *a.prediction);
    type = commonType(type, a.prediction->value.type);
  }
  out.value = Value::missing(type);
  if (any(&Prediction::probability))
    for (const Value& c : out.classes) out.probability.emplace_back(c, Value::missing(DataType::float64));
  if (any(&Prediction::confidence)) out.confidence = out.probability;
  if (chosen == nullptr) {
    spread(out, otherwise);
    return out;
  }
  const Prediction& p = *chosen->prediction;
  out.value = cast(p.value, type);
  out.entityId = p.entityId;
  // A class that only other segments know has probability 0; a segment without probabilities has none.
  for (Weighted* shares : {&out.probability, &out.confidence}) {
    const Weighted& own = shares == &out.probability || p.confidence.empty() ? p.probability : p.confidence;
    for (auto& [category, share] : *shares) {
      if (own.empty()) continue;
      const Value* known = entryOf(own, category);
      const Value& other = own.front().second;
      share = known != nullptr ? *known : other.isPresent() ? Value::number(0) : other;
    }
  }
  return out;
}

/// Of a chain the last segment that predicts a target answers for it, or, where that may be inactive, those before it.
std::vector<Answer> answersFor(const std::vector<Segment>& segments, const std::string& target) {
  std::vector<Answer> out;
  for (const Segment& s : segments) {
    const Prediction* own = s.prediction.targetName == target ? &s.prediction : nullptr;
    for (const Prediction& other : s.prediction.otherTargets)
      if (other.targetName == target) own = &other;
    if (own == nullptr) continue;
    if (!s.isConditional()) out.clear();
    out.push_back({&s, own});
  }
  return out;
}

/// The last active segment's answer; where the predicates cannot tell which one that is, the answer is invalid.
Prediction answerLast(const std::vector<Answer>& answers) {
  const auto last = std::find_if(answers.rbegin(), answers.rend(), [](const Answer& a) { return a.segment->speaks(); });
  return picked(answers, last == answers.rend() ? nullptr : &*last, Value::missing(DataType::float64), {});
}

Prediction scoreChain(const Model& model, const std::vector<Segment>& segments) {
  const std::string end = segments.back().prediction.targetName;
  Prediction out = answerLast(answersFor(segments, end));
  // The last segment's target, if the model lists it, else the model's own.
  out.targetName = isTargetOf(model, end) ? end : model.targetName;
  std::vector<std::string> names{out.targetName};
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) != names.end() || !isTargetOf(model, name)) return;
    names.push_back(name);
    out.otherTargets.push_back(answerLast(answersFor(segments, name)));
    out.otherTargets.back().targetName = name;
  };
  for (const Segment& s : segments) {
    add(s.prediction.targetName);
    for (const Prediction& other : s.prediction.otherTargets) add(other.targetName);
  }
  return out;
}

/// The first active segment answers; one to be skipped for its missing prediction is not the first.
Prediction scoreFirst(const Model& model, const std::vector<Segment>& segments, bool skips) {
  std::vector<Answer> answers;
  for (const Segment& s : segments) answers.push_back({&s, &s.prediction});
  const Answer* chosen = nullptr;
  Value otherwise = Value::missing(DataType::float64);
  for (const Answer& a : answers) {
    if (!a.segment->speaks() || (skips && a.prediction->value.isMissing())) continue;
    if (a.segment->active.is(Truth::invalid))
      otherwise = Value::invalid(DataType::float64, a.segment->active.reason);
    else
      chosen = &a;
    break;
  }
  Prediction out = picked(answers, chosen, otherwise, model.targetValues);
  if (chosen != nullptr) out.entityId = Value::text(chosen->segment->id);

  // What the segments put out: that of the selected one, in a type that can hold what all of them say.
  for (const Segment& s : segments)
    for (const Named* outputs : {&s.prediction.outputs, &s.prediction.innerOutputs})
      for (const auto& [name, value] : *outputs) {
        const auto known = std::find_if(out.innerOutputs.begin(), out.innerOutputs.end(),
                                        [&](const auto& o) { return o.first == name; });
        if (known == out.innerOutputs.end())
          out.innerOutputs.emplace_back(name, cast(otherwise, value.type));
        else
          known->second = cast(otherwise, commonType(known->second.type, value.type));
      }
  if (chosen == nullptr) return out;
  for (auto& [name, value] : out.innerOutputs)
    for (const Named* outputs : {&chosen->prediction->outputs, &chosen->prediction->innerOutputs})
      for (const auto& [own, v] : *outputs)
        if (own == name) value = cast(v, value.type);
  return out;
}

/// All other methods join the answers of all active segments.
Prediction scoreTogether(Model& model, Node segmentation, const std::string& method, const std::string& treatment,
                         const std::vector<Segment>& segments) {
  Scope& scope = model.scope;
  const double threshold = numberOr(segmentation, "missingThreshold", numberOr(segmentation, "x-missingThreshold", 1));
  const bool isVote = method == "majorityVote" || method == "weightedMajorityVote", picksAll = method == "selectAll";

  Prediction out;
  Combination combination{model, method};
  combination.weighs = method.starts_with("weighted");
  combination.carriesOn = treatment == "continue";
  combination.categories = model.targetValues;
  bool anyProbability = isVote;
  for (const Segment& s : segments) anyProbability |= !s.prediction.probability.empty();
  for (const Segment& s : segments) addCategories(combination.categories, s.prediction);
  if (!anyProbability || !model.isClassification || picksAll) combination.categories.clear();
  out.classes = combination.categories;
  for (const Value& c : combination.categories) out.probability.emplace_back(c, Value::missing(DataType::float64));

  DataType type = segments.front().prediction.value.type;
  for (const Segment& s : segments) type = commonType(type, s.prediction.value.type);
  if (!model.isClassification && !picksAll) type = DataType::float64;
  out.value = Value::missing(picksAll ? DataType::list : type);

  Value invalid = Value::missing(type);
  double activeWeight = 0, missingWeight = 0;
  for (const Segment& s : segments) {
    if (s.active.is(Truth::invalid) && !invalid.isInvalid()) invalid = Value::invalid(type, s.active.reason);
    if (!s.active.is(Truth::yes)) continue;
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
    if (model.isClassification && !picksAll && !isVote && voter.value.isPresent() &&
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
  bool isAnswered = !combination.voters.empty() && !invalid.isInvalid();
  if (combination.anyMissing && !picksAll) {
    if (treatment == "returnMissing") isAnswered = false;
    if (treatment == "skipSegment" && activeWeight > 0 && missingWeight / activeWeight > threshold) isAnswered = false;
  }
  if (isAnswered && picksAll) {
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
  return out;
}

Prediction scoreSegmentation(Model& model, Node segmentation) {
  Scope& scope = model.scope;
  std::string method = attributeOr(segmentation, "multipleModelMethod", "");
  if (method.starts_with("x-")) method = method.substr(2);
  const std::string treatment = attributeOr(segmentation, "missingPredictionTreatment",
                                            attributeOr(segmentation, "x-missingPredictionTreatment", "continue"));
  std::vector<Segment> segments;
  Named visible;  // what a chain's segments have put out
  for (Node s : children(segmentation, "Segment")) {
    Segment segment{s, attributeOr(s, "id", std::to_string(segments.size() + 1)), test(scope, predicateIn(s)), {}};
    for (Node m : children(s))
      if (isModel(m)) segment.prediction = scoreModel(scope.session(), &scope, m);
    const DataType type = segment.prediction.value.type;
    // Where a record is not under the predicate, all that the segment says is missing.
    if (segment.active.is(Truth::invalid))
      spread(segment.prediction, Value::invalid(type, segment.active.reason));
    else if (!segment.active.is(Truth::yes))
      spread(segment.prediction, Value::missing(type));
    for (const auto& [name, value] : segment.prediction.outputs)
      if (method == "modelChain")
        scope.bind(name, {setLatest(visible, segment, name, value), false, {}});
      else if (scope.find(name) == nullptr)
        scope.bind(name, {value, false, {}});
    for (const auto& [name, value] : segment.prediction.innerOutputs) setLatest(visible, segment, name, value);
    segments.push_back(std::move(segment));
  }
  Prediction out = method == "modelChain"    ? scoreChain(model, segments)
                   : method == "selectFirst" ? scoreFirst(model, segments, treatment == "skipSegment")
                                             : scoreTogether(model, segmentation, method, treatment, segments);
  if (method == "modelChain") out.innerOutputs = visible;
  for (Segment& s : segments) {
    for (auto& d : s.prediction.derived) out.derived.push_back(d);
    s.prediction.segmentId = s.id;
    out.segments.push_back(std::move(s.prediction));
  }
  return out;
}

}  // namespace

Prediction scoreMining(Model& model) {
  const Node segmentation = child(model.node, "Segmentation");
  // Embedded models in their order: what they put out are fields for all that follows, and without a Segmentation the
  // last one answers.
  std::vector<Node> embedded;
  for (Node e : children(model.node))
    if (isEmbeddedModel(e)) embedded.push_back(e);
  Prediction out;
  Named made;
  for (Node e : embedded) {
    out = scoreEmbedded(model, e, !segmentation && e == embedded.back());
    for (Named* outputs : {&out.outputs, &out.innerOutputs}) {
      for (auto& [name, value] : *outputs) {
        model.scope.bind(name, {value, false, {}});
        made.emplace_back(name, value);
      }
      outputs->clear();
    }
  }
  if (segmentation) out = scoreSegmentation(model, segmentation);
  out.innerOutputs.insert(out.innerOutputs.end(), made.begin(), made.end());
  return out;
}

}  // namespace scorelet::reference
