#include <cmath>

#include "base/number.hpp"
#include "compile/predicate.hpp"
#include "models/rule_set/rule_set.hpp"
#include "models/score_distribution.hpp"

namespace scorelet::models::rule_set {

namespace {

using compile::ModelContext;

constexpr std::pair<std::string_view, Criterion> kCriteria[] = {{"weightedSum", Criterion::weightedSum},
                                                                {"weightedMax", Criterion::weightedMax},
                                                                {"firstHit", Criterion::firstHit}};

bool isRule(xml::Element e) { return e.name() == "SimpleRule" || e.name() == "CompoundRule"; }

class Reader {
 public:
  explicit Reader(ModelContext& context) : context_(context), distributions_(context) {
    set_.isClassification = context.function == compile::MiningFunction::classification;
    set_.isFloat = context.isFloat;
    set_.scoreType = set_.isClassification ? context.target.value.type : DataType::float64;
  }

  RuleSet read() {
    const xml::Element e = context_.model.child("RuleSet");
    if (!e) {
      context_.model.error(Code::missingElement, "RuleSetModel needs a RuleSet.");
      return std::move(set_);
    }
    // Of several methods the first is meant for scoring.
    const xml::Element method = e.child("RuleSelectionMethod");
    if (!method)
      e.error(Code::missingElement, "RuleSet needs a RuleSelectionMethod.");
    else if (!method.required("criterion").empty())
      set_.criterion = method.word("criterion", set_.criterion, kCriteria);
    if (set_.isClassification) {
      scores_ = DistinctValues(context_.target.order);
      collectClasses(e);
    }
    if (e.attribute("defaultScore")) set_.defaultScore = scoreOf(e, "defaultScore");
    set_.defaultConfidence = e.number("defaultConfidence").value_or(missing());
    set_.defaultDistribution = readDistribution(e);
    readRules(e);
    set_.scores = scores_.values();
    if (set_.rules.empty() && set_.defaultScore == kNone)
      e.error(Code::emptyModel, "The RuleSet has neither a rule nor a default score.");
    return std::move(set_);
  }

 private:
  /// All classes are known before the first distribution is read.
  void collectClasses(xml::Element parent) {
    collectCategories(context_, parent, scores_);
    if (parent.attribute("defaultScore")) (void)scoreOf(parent, "defaultScore");
    for (xml::Element e : xml::children(parent))
      if (isRule(e)) collectClasses(e);
  }

  void readRules(xml::Element parent) {
    for (xml::Element e : xml::children(parent))
      if (isRule(e)) readRule(e);
  }

  void readRule(xml::Element e) {
    if (!context_.scope.builder().charge(e)) return;
    const std::size_t index = set_.rules.size();
    set_.rules.emplace_back();
    Rule rule;
    rule.predicate = compile::compilePredicate(context_.scope, compile::predicateOf(e), set_.predicates);
    if (e.name() == "SimpleRule") {
      readSimpleRule(e, rule);
    } else {
      readRules(e);
      if (set_.rules.size() == index + 1) e.error(Code::missingElement, "CompoundRule needs a rule inside.");
    }
    rule.next = static_cast<std::uint32_t>(set_.rules.size());
    set_.rules[index] = rule;
  }

  void readSimpleRule(xml::Element e, Rule& rule) {
    compile::Builder& builder = context_.scope.builder();
    ++simpleRules_;
    rule.id = builder.symbol(e.attribute("id") ? std::string(*e.attribute("id")) : std::to_string(simpleRules_));
    if (!e.attribute("score")) (void)e.required("score");
    rule.score = scoreOf(e, "score");
    rule.confidence = e.number("confidence", 1);
    rule.weight = set_.round(e.number("weight", 1));
    if (!std::isfinite(rule.weight)) e.error(Code::badValue, "The weight of a rule is a finite number.", "weight");
    rule.distribution = readDistribution(e);
  }

  /// The number of an answer; equal answers share one.
  std::uint32_t scoreOf(xml::Element e, std::string_view attribute) {
    const std::string_view text = e.attribute(attribute, {});
    Value v = missing();
    if (set_.isClassification) {
      v = categoryLiteral(context_, text, e, attribute);
    } else if (const auto x = parseDouble(text); x && *x == *x) {
      v = set_.round(*x);
    } else {
      e.error(Code::badValue, "\"" + std::string(text) + "\" is not a number.", attribute);
    }
    return scores_.add(v);
  }

  std::uint32_t readDistribution(xml::Element e) {
    if (!set_.isClassification) return kNone;
    const ScoreDistribution& d = distributions_.read(e, scores_);
    if (d.empty()) return kNone;
    const auto row = static_cast<std::uint32_t>(set_.probabilities.size() / scores_.size());
    set_.probabilities.insert(set_.probabilities.end(), d.probabilities.begin(), d.probabilities.end());
    return row;
  }

  ModelContext& context_;
  ScoreDistributionReader distributions_;
  RuleSet set_;
  DistinctValues scores_;
  std::size_t simpleRules_ = 0;
};

}  // namespace

RuleSet read(ModelContext& context) { return Reader(context).read(); }

std::size_t RuleSet::bytes() const noexcept {
  return rules.size() * sizeof(Rule) + predicates.bytes() + (scores.size() + probabilities.size()) * sizeof(double);
}

}  // namespace scorelet::models::rule_set
