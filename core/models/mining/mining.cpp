#include "models/mining/mining.hpp"

#include <algorithm>

#include "base/distinct_values.hpp"
#include "compile/expression.hpp"
#include "compile/predicate.hpp"
#include "models/mining/forest.hpp"
#include "models/tree/tree.hpp"
#include "program/steps.hpp"

namespace scorelet::models {

namespace {

using namespace compile;
using namespace mining;

constexpr std::pair<std::string_view, Method> kMethods[] = {{"majorityVote", Method::majorityVote},
                                                            {"weightedMajorityVote", Method::weightedMajorityVote},
                                                            {"average", Method::average},
                                                            {"weightedAverage", Method::weightedAverage},
                                                            {"median", Method::median},
                                                            {"weightedMedian", Method::weightedMedian},
                                                            {"x-weightedMedian", Method::weightedMedian},
                                                            {"max", Method::max},
                                                            {"sum", Method::sum},
                                                            {"weightedSum", Method::weightedSum},
                                                            {"x-weightedSum", Method::weightedSum},
                                                            {"selectFirst", Method::selectFirst},
                                                            {"selectAll", Method::selectAll},
                                                            {"modelChain", Method::modelChain}};
constexpr std::pair<std::string_view, MissingPrediction> kMissing[] = {
    {"continue", MissingPrediction::carryOn},
    {"skipSegment", MissingPrediction::skipSegment},
    {"returnMissing", MissingPrediction::returnMissing}};

struct Segment {
  xml::Element at;
  std::string_view id;
  double weight = 1;
  Slot weightSlot = kNoSlot;
  bool isConditional = false;
  SegmentStep step;
  ModelResult result;
};

xml::Element modelOf(xml::Element segment) {
  for (xml::Element e : xml::children(segment))
    if (isModelElement(e.name())) return e;
  return {};
}

/// Answers of a segment's own kind (reason codes, rules) seen from outside: those of the first source whose segment the
/// record is in, missing if it is in none.
class SegmentSources final : public OutputSource {
 public:
  explicit SegmentSources(std::vector<std::pair<Slot, std::shared_ptr<OutputSource>>> sources)
      : sources_(std::move(sources)) {}

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    std::vector<std::optional<TypedSlot>> answers;
    std::optional<TypedSlot> out;
    for (const auto& [active, source] : sources_) {
      answers.push_back(source ? source->answer(scope, request) : std::nullopt);
      if (!answers.back()) continue;
      if (!*answers.back()) return answers.back();  // reported
      if (!out) out = answers.back();
    }
    if (!out) return out;
    auto step = std::make_unique<PickStep>();
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const TypedSlot own = answers[i] ? *answers[i] : scope.builder().missingOf(out->type);
      step->choices.emplace_back(sources_[i].first, castTo(scope, own, out->type).slot);
    }
    out->slot = step->to = scope.builder().newSlot();
    scope.body().push_back(std::move(step));
    return out;
  }

  std::vector<Slot*> slots() override {
    std::vector<Slot*> all;
    for (auto& [active, source] : sources_) {
      all.push_back(&active);
      if (!source) continue;
      for (Slot* slot : source->slots()) all.push_back(slot);
    }
    return all;
  }

 private:
  std::vector<std::pair<Slot, std::shared_ptr<OutputSource>>> sources_;
};

/// The segment's results seen from outside: where a record is not under its predicate they are missing.
void hide(Builder& builder, SegmentStep& step, ModelResult& result) {
  const auto visible = [&](Slot& slot) {
    if (slot == kNoSlot) return;
    const Slot to = builder.newSlot();
    step.results.emplace_back(slot, to);
    slot = to;
  };
  visible(result.value.slot);
  visible(result.entityId.slot);
  visible(result.displayValue.slot);
  for (Slot& p : result.probabilities) visible(p);
  for (Slot& c : result.confidences) visible(c);
  for (auto& [key, slot] : result.affinities) visible(slot);
  visible(result.standardError.slot);
  visible(result.standardDeviation.slot);
  for (ModelResult::Output& o : result.outputs) visible(o.binding.value.slot);
  for (ModelResult::Output& o : result.innerOutputs) visible(o.binding.value.slot);
  for (ModelResult::Segment& other : result.otherTargets) hide(builder, step, other.result);
  if (!result.outputSource) return;
  for (Slot* slot : result.outputSource->slots()) visible(*slot);
  result.outputSource = std::make_shared<SegmentSources>(std::vector{std::pair{step.active, result.outputSource}});
}

class MiningCompiler {
 public:
  explicit MiningCompiler(ModelContext& context) : context_(context), builder_(context.scope.builder()) {}

  ModelResult compile() {
    const xml::Element segmentation = context_.model.child("Segmentation");
    ModelResult embedded = compileEmbedded(!segmentation);
    if (!segmentation) return embedded;
    ModelResult result = compileSegmentation(segmentation);
    for (ModelResult::Output& o : embedded.innerOutputs) result.innerOutputs.push_back(std::move(o));
    return result;
  }

 private:
  /// Regression and DecisionTree elements (deprecated since 4.1) in their order: what they put out are fields for
  /// all that follows, and without a Segmentation the last one answers.
  ModelResult compileEmbedded(bool answers) {
    std::vector<xml::Element> models;
    for (xml::Element e : xml::children(context_.model))
      if (isEmbeddedModel(e.name())) models.push_back(e);
    if (models.empty() && answers) context_.model.error(Code::missingElement, "MiningModel needs a Segmentation.");
    ModelResult last;
    std::vector<ModelResult::Output> outputs;
    for (const xml::Element e : models) {
      last = compileEmbeddedModel(context_, e, answers && e == models.back());
      for (auto* list : {&last.outputs, &last.innerOutputs}) {
        for (ModelResult::Output& o : *list) {
          context_.scope.bind(o.name, o.binding);
          outputs.push_back(std::move(o));
        }
        list->clear();
      }
    }
    last.innerOutputs = std::move(outputs);
    return last;
  }

  ModelResult compileSegmentation(xml::Element segmentation) {
    if (!segmentation.attribute("multipleModelMethod")) (void)segmentation.required("multipleModelMethod");
    method_ = segmentation.word("multipleModelMethod", Method::average, kMethods);
    missing_ = segmentation.word(segmentation.attribute("missingPredictionTreatment") ? "missingPredictionTreatment"
                                                                                      : "x-missingPredictionTreatment",
                                 MissingPrediction::carryOn, kMissing);
    threshold_ = segmentation.number("missingThreshold", segmentation.number("x-missingThreshold", 1));
    if (!(threshold_ >= 0 && threshold_ <= 1))
      segmentation.error(Code::badValue, "missingThreshold lies between 0 and 1.", "missingThreshold");

    std::size_t number = 0;
    for (xml::Element e : xml::children(segmentation, "Segment")) readSegment(e, ++number);
    if (number == 0) segmentation.error(Code::emptyModel, "The Segmentation has no Segment.");
    if (segments_.size() != number || number == 0) return {};
    ModelResult result = join();
    if (!result) return {};
    if (method_ == Method::modelChain || method_ == Method::selectFirst) {
      collectOutputs(result);
      collectTargets(result);
    }
    for (Segment& s : segments_) result.segments.push_back({s.id, std::move(s.result)});
    return result;
  }

  void readSegment(xml::Element e, std::size_t number) {
    Segment s;
    s.at = e;
    s.id = e.attribute("id") ? *e.attribute("id") : builder_.keep(std::to_string(number));
    s.weight = e.number("weight", 1);
    const xml::Element predicate = predicateOf(e);
    s.isConditional = predicate && predicate.name() != "True";
    if (s.isConditional) s.step.predicate = compilePredicate(context_.scope, predicate, s.step.predicates);
    const xml::Element model = modelOf(e);
    if (!model) {
      e.error(Code::missingElement, "The Segment has no model.");
      return;
    }
    const std::size_t statesBefore = builder_.statefulCount();
    if (s.isConditional) s.step.active = builder_.newSlot();
    s.result = compileModel(builder_, &context_.scope, model, s.step.body, {s.id, s.step.active});
    if (!s.result) {
      // Nothing is said where the model itself reported why it has no result.
      return;
    }
    s.step.keepsState = builder_.statefulCount() != statesBefore;
    if (s.isConditional) hide(builder_, s.step, s.result);
    // Later segments and the outer Output may read what this one puts out.
    for (const ModelResult::Output& o : s.result.outputs)
      if (method_ == Method::modelChain || !isNameTaken(o.name)) context_.scope.bind(o.name, o.binding);
    readWeight(s);
    if (method_ == Method::modelChain) emit(s);
    segments_.push_back(std::move(s));
  }

  /// VariableWeight names a field of the model or an output of the segment itself.
  void readWeight(Segment& s) {
    const xml::Element w = s.at.child("VariableWeight");
    if (!w) return;
    const std::string_view name = w.required("field");
    for (const ModelResult::Output& o : s.result.outputs)
      if (o.name == name) {
        if (isSingle(o.binding, w, "field")) s.weightSlot = o.binding.value.slot;
        return;
      }
    if (const Binding* field = context_.scope.resolve(name, w)) s.weightSlot = field->value.slot;
  }

  bool isVote() const { return method_ == Method::majorityVote || method_ == Method::weightedMajorityVote; }

  bool isNameTaken(std::string_view name) { return context_.scope.find(name) != nullptr; }

  void emit(Segment& s) {
    Steps& body = context_.scope.body();
    if (s.isConditional) {
      body.push_back(std::make_unique<SegmentStep>(std::move(s.step)));
      return;
    }
    for (auto& step : s.step.body) body.push_back(std::move(step));
  }

  /// What segments put out is a result of the whole where exactly one of them answers.
  void collectOutputs(ModelResult& result) {
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      const ModelResult& inner = segments_[i].result;
      for (const auto* list : {&inner.outputs, &inner.innerOutputs})
        for (const ModelResult::Output& o : *list) {
          const auto same = [&](const ModelResult::Output& known) { return known.name == o.name; };
          if (std::any_of(result.innerOutputs.begin(), result.innerOutputs.end(), same)) continue;
          ModelResult::Output output = o;
          if (method_ == Method::selectFirst) pick(output, i);
          result.innerOutputs.push_back(std::move(output));
        }
    }
  }

  void pick(ModelResult::Output& output, std::size_t first) {
    auto step = std::make_unique<PickStep>();
    for (std::size_t i = first; i < segments_.size(); ++i)
      for (const auto* list : {&segments_[i].result.outputs, &segments_[i].result.innerOutputs})
        for (const ModelResult::Output& o : *list)
          if (o.name == output.name && (o.binding.value.type == DataType::list) != output.binding.isList)
            segments_[i].at.error(
                Code::typeMismatch,
                "The output \"" + std::string(o.name) + "\" is a list in some segments and a single value in others.");
          else if (o.name == output.name)
            step->choices.emplace_back(segments_[i].step.active,
                                       castTo(context_.scope, o.binding.value, output.binding.value.type).slot);
    if (step->choices.size() < 2) return;
    step->to = builder_.newSlot();
    output.binding.value.slot = step->to;
    context_.scope.body().push_back(std::move(step));
  }

  /// Targets that earlier segments of a chain predict.
  void collectTargets(ModelResult& result) {
    if (method_ != Method::modelChain) return;
    result.targetName = segments_.back().result.targetName;
    const auto add = [&](std::string_view name, const ModelResult& answer) {
      const document::MiningField* field = context_.scope.schema().find(name);
      if (name == result.targetName || field == nullptr || field->usageType != UsageType::target) return;
      const auto known = std::find_if(result.otherTargets.begin(), result.otherTargets.end(),
                                      [&](const ModelResult::Segment& t) { return t.id == name; });
      if (known == result.otherTargets.end())
        result.otherTargets.push_back({name, answerOf(answer)});
      else
        known->result = answerOf(answer);
    };
    for (const Segment& s : segments_) {
      add(s.result.targetName, s.result);
      for (const auto& [name, other] : s.result.otherTargets) add(name, other);
    }
  }

  ModelResult join() {
    const std::vector<const tree::TreeStep*> trees = bareTrees();
    if (method_ != Method::modelChain && trees.empty())
      for (Segment& s : segments_) emit(s);
    if (method_ == Method::modelChain && !segments_.back().isConditional) return answerOf(segments_.back().result);

    ModelResult result;
    auto step = std::make_unique<CombineStep>();
    step->method = method_;
    step->missingPrediction = missing_;
    step->missingThreshold = threshold_;
    step->isFloat = context_.isFloat;
    // A chain answers with its last active segment, among those that predict what the last one does.
    const std::string_view target = segments_.back().result.targetName;
    const auto answers = [&](const Segment& s) {
      return method_ != Method::modelChain || s.result.targetName == target;
    };
    const ModelResult& first = std::find_if(segments_.begin(), segments_.end(), answers)->result;
    const bool picks = method_ == Method::selectFirst || method_ == Method::selectAll || method_ == Method::modelChain;
    // Votes count what segments name: classes, or clusters.
    step->isClassification = context_.function == MiningFunction::classification || isVote();
    DataType type = first.value.type;
    for (const Segment& s : segments_)
      if (answers(s) && s.result.value.type != type) type = commonType(type, s.result.value.type);
    if (!checkLists(answers)) return {};
    if (!step->isClassification && !picks) type = DataType::float64;

    collectCategories(*step, result, answers);
    for (Segment& s : segments_) {
      if (!answers(s)) continue;
      Member m;
      m.active = s.step.active;
      m.value = castTo(context_.scope, s.result.value, type).slot;
      m.weight = s.weight;
      m.weightSlot = s.weightSlot;
      m.id = builder_.symbol(s.id);
      const DistinctValues own(s.result.categories);
      for (const Value category : step->categories) {
        const auto c = own.find(category);
        m.probabilities.push_back(!c || s.result.probabilities.empty() ? kNoSlot : s.result.probabilities[*c]);
      }
      step->members.push_back(std::move(m));
    }
    if (!checkMethod(first)) return {};
    step->value = builder_.newSlot();
    result.value = method_ == Method::selectAll ? TypedSlot{step->value, DataType::list, type}
                                                : TypedSlot{step->value, type, first.value.item};
    result.opType = step->isClassification ? context_.target.opType : first.opType;
    if (picks && method_ != Method::selectAll) {
      step->entityId = builder_.newSlot();
      result.entityId = {step->entityId, DataType::string};
    }
    if (!result.categories.empty() && method_ != Method::selectAll) {
      for (std::size_t c = 0; c < step->categories.size(); ++c) step->probabilities.push_back(builder_.newSlot());
      result.probabilities = step->probabilities;
    } else {
      result.categories.clear();
    }
    if (auto forest = trees.empty() ? nullptr : ForestStep::of(trees, *step)) {
      context_.scope.body().push_back(std::move(forest));
      return result;
    }
    if (!trees.empty())
      for (Segment& s : segments_) emit(s);
    context_.scope.body().push_back(std::move(step));
    if (method_ == Method::selectFirst || method_ == Method::modelChain) result.outputSource = sources(answers);
    return result;
  }

  /// Reason codes and the like of the segment that answers: the first active one, of a chain the last.
  template <class Answers>
  std::shared_ptr<OutputSource> sources(const Answers& answers) const {
    std::vector<std::pair<Slot, std::shared_ptr<OutputSource>>> out;
    for (const Segment& s : segments_)
      if (answers(s)) out.emplace_back(s.step.active, s.result.outputSource);
    if (method_ == Method::modelChain) std::reverse(out.begin(), out.end());
    return std::make_shared<SegmentSources>(std::move(out));
  }

  /// The answer of a segment as that of a chain whose last model of this target it is.
  static ModelResult answerOf(ModelResult result) {
    result.displayValue = {};  // the whole may change the value
    result.outputs.clear();
    result.innerOutputs.clear();
    result.otherTargets.clear();
    result.segments.clear();
    return result;
  }

  template <class Answers>
  void collectCategories(CombineStep& step, ModelResult& result, const Answers& answers) {
    bool anyProbability = isVote();
    for (const Segment& s : segments_) anyProbability |= answers(s) && !s.result.probabilities.empty();
    if (!anyProbability) return;
    DistinctValues all;
    if (method_ != Method::modelChain) all = DistinctValues(context_.target.order);
    for (const Segment& s : segments_)
      if (answers(s))
        for (const Value c : s.result.categories) all.add(c);
    result.categories = step.categories = all.values();
  }

  /// Forecasts are lists: one of them can be picked, but not joined with others.
  template <class Answers>
  bool checkLists(const Answers& answers) {
    const bool picksOne = method_ == Method::selectFirst || method_ == Method::modelChain;
    const auto isList = [](const Segment& s) { return s.result.value.type == DataType::list; };
    const bool first = isList(*std::find_if(segments_.begin(), segments_.end(), answers));
    for (const Segment& s : segments_) {
      if (!answers(s) || (isList(s) == first && (picksOne || !first))) continue;
      s.at.error(
          Code::typeMismatch,
          "The segment forecasts a list of steps; selectFirst and modelChain can answer with one, among segments "
          "that all do.");
      return false;
    }
    return true;
  }

  bool checkMethod(const ModelResult& first) {
    const bool isClassification = context_.function == MiningFunction::classification;
    const bool votes = isVote();
    const bool arithmetic =
        !votes && method_ != Method::selectFirst && method_ != Method::selectAll && method_ != Method::modelChain;
    const xml::Element at = context_.model.child("Segmentation");
    if (votes && first.categories.empty() && context_.target.order.empty()) {
      at.error(Code::typeMismatch, "A vote needs segments that classify.", "multipleModelMethod");
      return false;
    }
    if (arithmetic && isClassification) {
      for (const Segment& s : segments_)
        if (s.result.probabilities.empty()) {
          s.at.error(Code::typeMismatch, "This method combines probabilities, and the segment has none.");
          return false;
        }
    } else if (arithmetic) {
      for (const Segment& s : segments_)
        if (!isNumeric(s.result.value.type)) {
          s.at.error(Code::typeMismatch, "This method needs segments that predict numbers.");
          return false;
        }
    }
    return true;
  }

  /// The trees, if all segments are bare trees in their fast form under True, of one type, that are joined; else none.
  std::vector<const tree::TreeStep*> bareTrees() const {
    const bool picks = method_ == Method::selectFirst || method_ == Method::selectAll || method_ == Method::modelChain;
    if (picks) return {};
    for (xml::Element o : xml::children(context_.model.child("Output"), "OutputField"))
      if (o.attribute("segmentId")) return {};
    std::vector<const tree::TreeStep*> trees;
    const bool isClassification = context_.function == MiningFunction::classification || isVote();
    for (const Segment& s : segments_) {
      if (s.isConditional || s.weightSlot != kNoSlot || s.step.body.size() != 1 || s.result.splitTree == nullptr ||
          !s.result.outputs.empty())
        return {};
      trees.push_back(s.result.splitTree);
      const tree::Tree &tree = trees.back()->tree, &first = trees.front()->tree;
      if (tree.isClassification != isClassification || tree.scoreType != first.scoreType) return {};
    }
    return trees;
  }

  ModelContext& context_;
  Builder& builder_;
  Method method_ = Method::average;
  MissingPrediction missing_ = MissingPrediction::carryOn;
  double threshold_ = 1;
  std::vector<Segment> segments_;
};

}  // namespace

ModelResult compileMiningModel(ModelContext& context) { return MiningCompiler(context).compile(); }

}  // namespace scorelet::models
