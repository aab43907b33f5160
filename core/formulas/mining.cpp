// MiningModel: segments, and how their answers become one.
#include <algorithm>
#include <functional>

#include "formulas/links.hpp"
#include "formulas/steps.hpp"
#include "models/mining/forest.hpp"

namespace scorelet::formulas {

namespace {

using namespace models::mining;

void translate(Translation& t, const SegmentStep& s) {
  Truths truths(t, s.predicates);
  const bool mayBeInvalid = truths.mayBeInvalid(s.predicate);
  t.set(s.active, {iff(truths.isYes(s.predicate), number(1), number(0)), DataType::integer, false, mayBeInvalid},
        "active");
  const Lane active = t.lane(s.active);
  for (const auto& [from, to] : s.results) {
    if (!t.refusalOf(from).empty()) {
      t.pass(from, to);
      continue;
    }
    Lane lane = t.lane(from);
    lane.formula = iff(binary("=", active.formula, number(1)), lane.formula, missingFormula());
    lane.mayBeMissing = true;
    lane.mayBeInvalid |= mayBeInvalid;
    t.set(to, lane);
  }
}

void translate(Translation& t, const SelectStep& s) {
  const std::size_t n = s.candidates.size();
  Lane out{missingFormula(), DataType::integer, true, false};
  for (std::size_t k = n; k-- > 0;) {
    const std::size_t at = s.fromLast ? n - 1 - k : k;
    const auto& [active, value] = s.candidates[at];
    Formulas tests;
    bool mayBeMissing = active != kNoSlot;
    if (active != kNoSlot) {
      const Lane a = t.lane(active);
      out.mayBeInvalid |= a.mayBeInvalid;
      tests.push_back(binary("=", a.formula, number(1)));
    }
    Formula isChosen = all(std::move(tests));
    if (value != kNoSlot && t.lane(value).mayBeMissing) {
      // An answer that is invalid is one.
      const Lane v = t.lane(value);
      Formula isAnswer = isFilled(v.formula);
      if (v.mayBeInvalid) isAnswer = call("IFERROR", {isAnswer, logical(true)});
      isChosen = all({isChosen, isAnswer});
      mayBeMissing = true;
    }
    if (!mayBeMissing) out.mayBeMissing = false;
    out.formula = iff(isChosen, number(static_cast<double>(at)), out.formula);
  }
  t.set(s.to, out, "chosen");
}

void translate(Translation& t, const PickStep& s) {
  const Lane chosen = t.lane(s.chosen);
  std::optional<DataType> type;
  for (const auto& choice : s.choices)
    if (choice.lane != kNoSlot && !choice.isOther) type = t.lane(choice.lane).type;
  Lane out{nullptr, type.value_or(DataType::float64), chosen.mayBeMissing, chosen.mayBeInvalid};
  Formulas ways;
  for (const auto& choice : s.choices) {
    if (choice.lane == kNoSlot) {
      out.mayBeMissing = true;
      ways.push_back(missingFormula());
      continue;
    }
    const Lane& x = t.lane(choice.lane);
    out.mayBeMissing |= x.mayBeMissing;
    out.mayBeInvalid |= x.mayBeInvalid;
    ways.push_back(choice.isOther ? whenPresent({x}, number(0)) : x.formula);
  }
  out.formula = ways.back();
  for (std::size_t k = ways.size() - 1; k-- > 0;)
    out.formula = iff(binary("=", chosen.formula, number(static_cast<double>(k))), ways[k], out.formula);
  out.formula = whenPresent({chosen}, out.formula);
  t.set(s.to, out);
}

/// A member of a combination.
struct Part {
  Lane value;
  Formula weight;     ///< 1 where the method does not weigh
  Formula isActive;   ///< condition
  Formula takesPart;  ///< condition: active and not missing
};

class Combination {
 public:
  Combination(Translation& t, const CombineStep& s) : t_(t), s_(s) {}

  void translate() {
    if (s_.isFloat) t_.isSinglePrecision = true;
    if (s_.method == Method::selectAll) t_.refuse("a MiningModel answers with the list of all its segments' answers");
    if (s_.method == Method::weightedMedian) t_.refuse("a MiningModel takes a weighted median");
    if (s_.combinesProbabilities() && (s_.method == Method::max || s_.method == Method::median))
      t_.refuse("a MiningModel takes the largest or median probabilities of its segments");
    readParts();
    if (s_.isVote())
      vote();
    else if (s_.isClassification)
      shareProbabilities();
    else
      combineNumbers();
  }

 private:
  [[nodiscard]] bool skips() const { return s_.missingPrediction == MissingPrediction::skipSegment; }

  void readParts() {
    const bool weighs = isWeighted(s_.method);
    for (const Member& m : s_.members) {
      Part p{s_.isClassification ? t_.lane(m.value) : t_.numberLane(m.value), number(weighs ? m.weight : 1),
             logical(true), nullptr};
      if (m.weightSlot != kNoSlot && weighs) t_.refuse("a MiningModel's segments have weights that differ by record");
      if (m.active != kNoSlot) {
        const Lane active = t_.lane(m.active);
        p.isActive = binary("=", active.formula, number(1));
        mayBeInvalid_ |= active.mayBeInvalid;
        isFixed_ = false;
      }
      // Where probabilities are combined, an answer without any is none.
      if (s_.combinesProbabilities()) {
        for (const Slot slot : m.probabilities)
          if (slot != kNoSlot) {
            const Lane probability = t_.lane(slot);
            mayBeInvalid_ |= probability.mayBeInvalid;
            if (probability.mayBeMissing && !p.value.mayBeMissing) p.value = probability;
          }
      }
      mayBeInvalid_ |= p.value.mayBeInvalid;
      if (m.active != kNoSlot || p.value.mayBeMissing) mayBeMissing_ = true;
      p.takesPart = p.value.mayBeMissing ? all({p.isActive, isFilled(p.value.formula)}) : p.isActive;
      parts_.push_back(std::move(p));
    }
  }

  /// Σ `of` over the parts for which `when` holds.
  template <class When, class Of>
  Formula sum(const When& when, const Of& of) {
    Formula out = number(0);
    for (const Part& p : parts_) out = add(out, iff(when(p), of(p), number(0)));
    return out;
  }

  /// The answer where enough segments have one.
  Formula guarded(Formula answer) {
    if (!mayBeMissing_) return answer;
    if (isFixed_ && !skips()) {
      std::vector<Lane> lanes;
      for (const Part& p : parts_) lanes.push_back(p.value);
      return whenPresent(lanes, std::move(answer));
    }
    const auto weight = [](const Part& p) { return p.weight; };
    if (!conditions_) {
      const Formula taken =
          t_.define("taken", sum([](const Part& p) { return p.takesPart; }, [](const Part&) { return number(1); }));
      Formulas none{binary("=", taken, number(0))};
      const auto isMissed = [](const Part& p) {
        return p.value.mayBeMissing ? all({p.isActive, isBlank(p.value.formula)}) : logical(false);
      };
      if (!skips()) {
        Formulas missed;
        for (const Part& p : parts_) missed.push_back(isMissed(p));
        none.push_back(any(std::move(missed)));
      } else if (s_.missingThreshold < 1) {
        const Formula missedWeight = sum(isMissed, weight);
        const Formula activeWeight = sum([](const Part& p) { return p.isActive; }, weight);
        none.push_back(binary(">", missedWeight, times(number(s_.missingThreshold), activeWeight)));
      }
      conditions_ = t_.define("none", any(std::move(none)));
    }
    return iff(conditions_, missingFormula(), std::move(answer));
  }

  /// Σ weights of those that take part.
  Formula total() {
    if (!mayBeMissing_ || (isFixed_ && !skips())) {
      double sum = 0;
      for (const Part& p : parts_) sum += p.weight->number;
      return number(sum);
    }
    return t_.define("weights", sum([](const Part& p) { return p.takesPart; }, [](const Part& p) { return p.weight; }));
  }

  Formula summed(const std::function<Formula(const Part&)>& of) {
    const bool isSimple = !mayBeMissing_ || (isFixed_ && !skips());
    return isSimple ? sum([](const Part&) { return logical(true); }, of)
                    : sum([](const Part& p) { return p.takesPart; }, of);
  }

  void combineNumbers() {
    const bool isSimple = !mayBeMissing_ || (isFixed_ && !skips());
    Formula answer;
    if (s_.method == Method::max || s_.method == Method::median) {
      if (!isSimple) t_.refuse("a MiningModel takes the maximum or median of segments of which some may not answer");
      Formulas all;
      for (const Part& p : parts_) all.push_back(p.value.formula);
      if (all.size() > kMostArguments) t_.refuse("a median of more than 255 segments");
      answer = call(s_.method == Method::max ? "MAX" : "MEDIAN", std::move(all));
    } else {
      answer = summed([](const Part& p) { return times(p.weight, p.value.formula); });
      if (s_.method == Method::average || s_.method == Method::weightedAverage) answer = over(answer, total());
    }
    t_.set(s_.value, {guarded(answer), DataType::float64, mayBeMissing_, true}, "y");
  }

  void vote() {
    // Missing is a candidate too where segments without an answer count.
    const bool isSimple = !mayBeMissing_ || (isFixed_ && !skips());
    Formulas sums, names;
    for (const Value c : s_.categories) {
      const Formula name = t_.constant(c, s_.type);
      sums.push_back(t_.define("votes", sum(
                                            [&](const Part& p) {
                                              const Formula is = equals(p.value.formula, name);
                                              return isSimple ? is : all({p.isActive, is});
                                            },
                                            [](const Part& p) { return p.weight; })));
      names.push_back(name);
    }
    if (mayBeMissing_ && s_.missingPrediction == MissingPrediction::carryOn)
      t_.refuse("segments of a vote may have no answer, and missingPredictionTreatment is continue");
    setWinner(sums, names, total());
  }

  void shareProbabilities() {
    Formulas sums, names;
    const bool isSum = s_.method == Method::sum || s_.method == Method::weightedSum;
    const Formula all = isSum ? number(1) : total();
    for (std::size_t c = 0; c < s_.categories.size(); ++c) {
      std::size_t i = 0;
      const Formula sum = summed([&](const Part& p) {
        const Slot slot = s_.members[i++].probabilities[c];
        return slot == kNoSlot ? number(0) : times(p.weight, t_.lane(slot).formula);
      });
      sums.push_back(t_.define("sum", guarded(sum)));
      names.push_back(t_.constant(s_.categories[c], s_.type));
    }
    setWinner(sums, names, all);
  }

  void setWinner(const Formulas& sums, const Formulas& names, const Formula& total) {
    Formula best = largest(t_, sums, names);
    t_.set(s_.value, {guarded(best), s_.type, mayBeMissing_, mayBeInvalid_}, "class");
    for (std::size_t c = 0; c < s_.probabilities.size(); ++c)
      t_.set(s_.probabilities[c], {guarded(over(sums[c], total)), DataType::float64, mayBeMissing_, mayBeInvalid_},
             "p");
  }

  static constexpr std::size_t kMostArguments = 255;
  Translation& t_;
  const CombineStep& s_;
  std::vector<Part> parts_;
  bool mayBeMissing_ = false, mayBeInvalid_ = false;
  bool isFixed_ = true;  ///< all members always take part, but for missing answers
  Formula conditions_;
};

}  // namespace

bool translateMining(Translation& t, const program::Wiring::Known& step) {
  if (const auto* segment = step.as<SegmentStep>()) {
    translate(t, *segment);
  } else if (const auto* select = step.as<SelectStep>()) {
    translate(t, *select);
  } else if (const auto* pick = step.as<PickStep>()) {
    translate(t, *pick);
  } else if (const auto* combine = step.as<CombineStep>()) {
    Combination(t, *combine).translate();
  } else if (const auto* forest = step.as<ForestStep>()) {
    if (t.makesTable() && translateForestTable(t, t.wiring(), *forest)) return true;
    for (const auto& tree : forest->trees) translateTree(t, static_cast<const models::tree::TreeStep&>(*tree));
    Combination(t, forest->combine).translate();
  } else {
    return false;
  }
  return true;
}

}  // namespace scorelet::formulas
