#include "models/mining/mining.hpp"

#include <algorithm>

#include "base/distinct_values.hpp"
#include "compile/expression.hpp"
#include "compile/predicate.hpp"
#include "models/mining/forest.hpp"
#include "models/mining/select.hpp"
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
  Slot inside = builder.constant(0, DataType::integer).slot;
  visible(inside);
  result.outputSource = pickSource(inside, {result.outputSource});
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
    last.displayValue = {};  // the whole may change the value
    last.innerOutputs = std::move(outputs);
    return last;
  }

  ModelResult compileSegmentation(xml::Element segmentation) {
    method_ = segmentation.requiredWord("multipleModelMethod", Method::average, kMethods);
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
    if (method_ == Method::modelChain) joinForests();
    ModelResult result = join();
    if (!result) return {};
    if (method_ == Method::selectFirst) pickOutputs();
    result.innerOutputs = std::move(outputs_);
    if (method_ == Method::modelChain) collectTargets(result);
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
    readWeight(s);
    if (method_ == Method::modelChain) emit(s);
    // Later segments and the outer Output may read what this one puts out.
    for (const ModelResult::Output& o : s.result.outputs)
      if (method_ == Method::modelChain)
        context_.scope.bind(o.name, putOut(s, o).binding);
      else if (!isNameTaken(o.name))
        context_.scope.bind(o.name, o.binding);
    if (method_ == Method::modelChain)
      for (const ModelResult::Output& o : s.result.innerOutputs) putOut(s, o);
    segments_.push_back(std::move(s));
  }

  ModelResult::Output* outputNamed(std::string_view name) {
    const auto at = std::ranges::find(outputs_, name, &ModelResult::Output::name);
    return at == outputs_.end() ? nullptr : &*at;
  }

  /// An output of a chain's segment. Under one name it is that of the last active segment that has it.
  const ModelResult::Output& putOut(const Segment& s, ModelResult::Output output) {
    ModelResult::Output* before = outputNamed(output.name);
    if (before == nullptr) return outputs_.emplace_back(std::move(output));
    if (s.isConditional && checkListsOf(s, output, *before)) {
      // What the segment says where it is active, else what was said before.
      Scope& scope = context_.scope;
      TypedSlot& now = output.binding.value;
      const DataType type = output.description.dataType = commonType(now.type, before->binding.value.type);
      const Slot chosen = chooseFirst(scope, std::vector{Candidate{s.at, s.id, s.step.active}, Candidate{}}, false);
      const Slot then = castTo(scope, before->binding.value, type).slot;
      now = {pick(scope, chosen, {{castTo(scope, now, type).slot}, {then}}), type, now.item};
    }
    return *before = std::move(output);
  }

  bool checkListsOf(const Segment& s, const ModelResult::Output& one, const ModelResult::Output& other) {
    if ((one.binding.value.type == DataType::list) == (other.binding.value.type == DataType::list)) return true;
    s.at.error(Code::typeMismatch,
               "The output \"" + std::string(one.name) + "\" is a list in some segments and a single value in others.");
    return false;
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

  /// What the segments of a selectFirst put out is a result of the whole: that of the segment which was selected.
  void pickOutputs() {
    const auto outputsOf = [](const Segment& s) {
      std::vector<const ModelResult::Output*> all;
      for (const auto* list : {&s.result.outputs, &s.result.innerOutputs})
        for (const ModelResult::Output& o : *list) all.push_back(&o);
      return all;
    };
    for (const Segment& s : segments_)
      for (const ModelResult::Output* o : outputsOf(s))
        if (ModelResult::Output* known = outputNamed(o->name); known == nullptr)
          outputs_.push_back(*o);
        else if (checkListsOf(s, *o, *known))
          known->binding.value.type = known->description.dataType =
              commonType(known->binding.value.type, o->binding.value.type);
    for (ModelResult::Output& output : outputs_) {
      std::vector<PickStep::Choice> choices;
      for (const Segment& s : segments_) {
        choices.emplace_back();
        for (const ModelResult::Output* o : outputsOf(s))
          if (o->name == output.name)
            choices.back().lane = castTo(context_.scope, o->binding.value, output.binding.value.type).slot;
      }
      output.binding.value.slot = pick(context_.scope, chosen_, std::move(choices));
    }
  }

  /// Targets that earlier segments of a chain predict, and that it lists.
  void collectTargets(ModelResult& result) {
    const auto isListed = [&](std::string_view name) {
      const document::MiningField* field = context_.scope.schema().find(name);
      return field != nullptr && field->usageType == UsageType::target;
    };
    result.targetName = segments_.back().result.targetName;
    if (!isListed(result.targetName)) result.targetName = context_.targetName;
    std::vector<std::string_view> names;
    const auto add = [&](std::string_view name) {
      if (name != result.targetName && isListed(name) && std::ranges::find(names, name) == names.end())
        names.push_back(name);
    };
    for (const Segment& s : segments_) {
      add(s.result.targetName);
      for (const ModelResult::Segment& other : s.result.otherTargets) add(other.id);
    }
    for (const std::string_view name : names)
      if (ModelResult answer = answerLast(candidatesFor(name)))
        result.otherTargets.push_back({name, std::move(answer)});
  }

  /// The segments of a chain that may answer for a target: from the last one on that always does.
  std::vector<Candidate> candidatesFor(std::string_view target) const {
    std::vector<Candidate> out;
    for (const Segment& s : segments_) {
      const ModelResult* own = s.result.targetName == target ? &s.result : nullptr;
      for (const ModelResult::Segment& other : s.result.otherTargets)
        if (other.id == target) own = &other.result;
      if (own == nullptr) continue;
      if (!s.isConditional) out.clear();
      out.push_back({s.at, s.id, s.step.active, own});
    }
    return out;
  }

  ModelResult join() {
    if (method_ == Method::modelChain) return answerLast(candidatesFor(segments_.back().result.targetName));
    const std::vector<const tree::TreeStep*> trees = bareTrees();
    if (trees.empty())
      for (Segment& s : segments_) emit(s);
    return method_ == Method::selectFirst ? answerFirst() : combine(trees);
  }

  /// Ensembles that ask what is known before the first of them become one step.
  void joinForests() {
    std::vector<ForestStep*> forests;
    for (const Segment& s : segments_)
      if (!s.isConditional && s.result.forest != nullptr) forests.push_back(s.result.forest);
    if (forests.size() < 2) return;
    const Slot firstAnswer = forests[0]->combine.value;
    std::vector<std::uint8_t> isInput;  // as bits they would take more: half a kilobyte of code in a module
    for (const program::InputPlan& input : builder_.plan().inputs) {
      if (input.slot >= isInput.size()) isInput.resize(input.slot + 1);
      isInput[input.slot] = 1;
    }
    const auto isKnown = [&](const tree::ForestInput& input) {
      return input.slot < firstAnswer || (input.slot < isInput.size() && isInput[input.slot] != 0);
    };
    std::erase_if(forests, [&, addsFloats = forests[0]->addsFloats](const ForestStep* f) {
      return f->addsFloats != addsFloats || !std::ranges::all_of(f->forest->inputs(), isKnown);
    });
    forests.resize(std::min(forests.size(), ForestStep::kMostJoined));
    std::unique_ptr<ForestStep> joined = forests.size() < 2 ? nullptr : ForestStep::join(forests);
    if (!joined) return;
    Steps& body = context_.scope.body();
    *std::ranges::find(body, forests[0], &Steps::value_type::get) = std::move(joined);
    std::erase_if(body, [&](const auto& step) { return std::ranges::find(forests, step.get()) != forests.end(); });
  }

  /// What the last active segment answers.
  ModelResult answerLast(const std::vector<Candidate>& candidates) {
    if (!checkLists(candidates)) return {};
    if (candidates.size() == 1 && candidates[0].active == kNoSlot) return answerOf(*candidates[0].result);
    return pickResult(context_.scope, chooseLast(context_.scope, candidates), candidates);
  }

  std::vector<Candidate> allCandidates() const {
    std::vector<Candidate> out;
    for (const Segment& s : segments_) out.push_back({s.at, s.id, s.step.active, &s.result});
    return out;
  }

  /// What the first active segment answers; the entity is the segment.
  ModelResult answerFirst() {
    const std::vector<Candidate> candidates = allCandidates();
    if (!checkLists(candidates)) return {};
    chosen_ = chooseFirst(context_.scope, candidates, missing_ == MissingPrediction::skipSegment);
    ModelResult result = pickResult(context_.scope, chosen_, candidates, context_.target.order);
    if (context_.function == MiningFunction::classification) result.opType = context_.target.opType;
    std::vector<PickStep::Choice> ids;
    for (const Candidate& c : candidates)
      ids.push_back({builder_.constant(builder_.symbol(c.id), DataType::string).slot});
    result.entityId = {pick(context_.scope, chosen_, std::move(ids)), DataType::string};
    return result;
  }

  /// Joins what all segments answer; `trees`: bareTrees().
  ModelResult combine(const std::vector<const tree::TreeStep*>& trees) {
    ModelResult result;
    auto step = std::make_unique<CombineStep>();
    step->method = method_;
    step->missingPrediction = missing_;
    step->missingThreshold = threshold_;
    step->isFloat = context_.isFloat;
    const ModelResult& first = segments_[0].result;
    const bool picksAll = method_ == Method::selectAll;
    // Votes count what segments name: classes, or clusters.
    step->isClassification = context_.function == MiningFunction::classification || isVote();
    if (!checkLists(allCandidates())) return {};
    DataType type = first.value.type;
    for (const Segment& s : segments_) type = commonType(type, s.result.value.type);
    if (!step->isClassification && !picksAll) type = DataType::float64;

    step->categories = collectCategories();
    for (Segment& s : segments_) {
      Member m;
      m.active = s.step.active;
      m.value = castTo(context_.scope, s.result.value, type).slot;
      m.weight = s.weight;
      m.weightSlot = s.weightSlot;
      const DistinctValues own(s.result.categories);
      for (const Value category : step->categories) {
        const auto c = own.find(category);
        m.probabilities.push_back(!c || s.result.probabilities.empty() ? kNoSlot : s.result.probabilities[*c]);
      }
      step->members.push_back(std::move(m));
    }
    if (!checkMethod(first)) return {};
    step->value = builder_.newSlot();
    step->type = type;
    result.value =
        picksAll ? TypedSlot{step->value, DataType::list, type} : TypedSlot{step->value, type, first.value.item};
    result.opType = step->isClassification ? context_.target.opType : first.opType;
    if (!picksAll) {
      result.categories = step->categories;
      for (std::size_t c = 0; c < step->categories.size(); ++c) step->probabilities.push_back(builder_.newSlot());
      result.probabilities = step->probabilities;
    }
    if (auto forest = trees.empty() ? nullptr : ForestStep::of(trees, *step)) {
      for (std::size_t s = 0; builder_.options().explains && s < segments_.size(); ++s)
        forest->trees.push_back(std::move(segments_[s].step.body[0]));
      if (forest->canJoin()) result.forest = forest.get();
      context_.scope.body().push_back(std::move(forest));
      return result;
    }
    if (!trees.empty())
      for (Segment& s : segments_) emit(s);
    context_.scope.body().push_back(std::move(step));
    return result;
  }

  /// The answer of a segment as that of a chain whose last model of this target it is.
  static ModelResult answerOf(ModelResult result) {
    result.displayValue = {};  // the whole may change the value
    result.forest = nullptr;   // and has joined it already
    result.outputs.clear();
    result.innerOutputs.clear();
    result.otherTargets.clear();
    result.segments.clear();
    return result;
  }

  /// Classes that have probabilities, or votes.
  std::vector<Value> collectCategories() const {
    const auto hasProbabilities = [](const Segment& s) { return !s.result.probabilities.empty(); };
    if (!isVote() && std::ranges::none_of(segments_, hasProbabilities)) return {};
    DistinctValues all(context_.target.order);
    for (const Segment& s : segments_)
      for (const Value c : s.result.categories) all.add(c);
    return all.values();
  }

  /// Forecasts are lists: one of them can be picked, but not joined with others.
  bool checkLists(const std::vector<Candidate>& candidates) const {
    const bool picksOne = method_ == Method::selectFirst || method_ == Method::modelChain;
    const auto isList = [](const Candidate& c) { return c.result->value.type == DataType::list; };
    const bool first = isList(candidates[0]);
    for (const Candidate& c : candidates) {
      if (isList(c) == first && (picksOne || !first)) continue;
      c.at.error(
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
    const bool arithmetic = !votes && method_ != Method::selectAll;
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
          !s.result.outputs.empty() || !s.result.innerOutputs.empty())
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
  Slot chosen_ = kNoSlot;                     ///< selectFirst: number of the segment that answers
  std::vector<ModelResult::Output> outputs_;  ///< selectFirst, modelChain: by name, of the segment that has the say
};

}  // namespace

ModelResult compileMiningModel(ModelContext& context) { return MiningCompiler(context).compile(); }

}  // namespace scorelet::models
