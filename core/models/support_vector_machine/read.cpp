#include <algorithm>
#include <unordered_map>

#include "base/sort.hpp"
#include "compile/expression.hpp"
#include "document/array.hpp"
#include "models/support_vector_machine/machine.hpp"

namespace scorelet::models::support_vector_machine {

namespace {

using namespace compile;

constexpr std::pair<std::string_view, KernelType> kKernels[] = {{"LinearKernelType", KernelType::linear},
                                                                {"PolynomialKernelType", KernelType::polynomial},
                                                                {"RadialBasisKernelType", KernelType::radialBasis},
                                                                {"SigmoidKernelType", KernelType::sigmoid}};
constexpr std::pair<std::string_view, bool> kRepresentations[] = {{"SupportVectors", false}, {"Coefficients", true}};
constexpr std::pair<std::string_view, Decision> kMethods[] = {{"OneAgainstAll", Decision::oneAgainstAll},
                                                              {"OneAgainstOne", Decision::oneAgainstOne}};

class Reader {
 public:
  explicit Reader(ModelContext& context) : context_(context), model_(context.model) {
    machines_.isFloat = context.isFloat;
    machines_.maxWins = model_.boolean("maxWins", false);
    machines_.categories = context.target.order;
    for (std::uint32_t c = 0; c < machines_.categories.size(); ++c) numbers_.emplace(machines_.categories[c], c);
    weighsCoordinates_ = model_.word("svmRepresentation", false, kRepresentations);
  }

  Machines read() {
    readKernel();
    const xml::Element dictionary = model_.child("VectorDictionary");
    if (!dictionary) {
      model_.error(Code::missingElement, "SupportVectorMachineModel needs a VectorDictionary.");
      return {};
    }
    readFields(dictionary);
    for (xml::Element e : xml::children(dictionary, "VectorInstance")) {
      const std::string_view id = e.required("id");
      if (!instances_.emplace(id, Instance{e, kUnread}).second)
        e.error(Code::duplicateName, "There are two vectors with the id \"" + std::string(id) + "\".", "id");
    }
    for (xml::Element e : xml::children(model_, "SupportVectorMachine")) readMachine(e);
    if (machines_.machines.empty()) {
      model_.error(Code::missingElement, "SupportVectorMachineModel needs a SupportVectorMachine.");
      return {};
    }
    if (context_.function == MiningFunction::classification)
      readClasses();
    else if (machines_.machines.size() > 1)
      model_.error(Code::badValue, "A regression has exactly one SupportVectorMachine.");
    return std::move(machines_);
  }

 private:
  static constexpr std::uint32_t kUnread = 0xFFFF'FFFFu;
  struct Instance {
    xml::Element at;
    std::uint32_t vector;  ///< in `Machines::vectors`, once a machine has asked for it
  };

  double rounded(double x) const { return context_.isFloat ? toFloat(x) : x; }

  void readKernel() {
    for (xml::Element e : xml::children(model_))
      for (const auto& [name, type] : kKernels) {
        if (e.name() != name) continue;
        machines_.kernel = {type, rounded(e.number("gamma", 1)), rounded(e.number("coef0", 1)),
                            rounded(e.number("degree", 1))};
        if (weighsCoordinates_ && type != KernelType::linear)
          e.error(Code::badValue, "Coefficients of fields are defined for the linear kernel only.");
        return;
      }
    model_.error(Code::missingElement, "SupportVectorMachineModel needs the element of its kernel.");
  }

  void readFields(xml::Element dictionary) {
    const xml::Element fields = dictionary.child("VectorFields");
    for (xml::Element e : xml::children(fields ? fields : xml::Element())) {
      Coordinate coordinate;
      if (e.name() == "FieldRef") {
        const TypedSlot lanes = expressions::fieldRef(ExpressionContext{context_.scope}, e);
        coordinate.slot = castSingle(context_.scope, lanes, DataType::float64, e).slot;
      } else if (e.name() == "CategoricalPredictor") {
        const Binding* field = context_.scope.resolve(e.required("name"), e, "name");
        const std::string_view value = e.required("value");
        if (e.requiredNumber("coefficient") != 1)
          e.error(Code::badValue, "The coefficient of a CategoricalPredictor among VectorFields is 1.", "coefficient");
        coordinate.isCategorical = true;
        if (field != nullptr) {
          coordinate.slot = field->value.slot;
          coordinate.category = context_.scope.builder().literal(value, field->value.type, e, "value");
        }
      } else {
        continue;
      }
      machines_.coordinates.push_back(coordinate);
    }
    if (machines_.coordinates.empty())
      dictionary.error(Code::missingElement, "VectorDictionary needs VectorFields with a field at least.");
  }

  void add(double weight, std::size_t from) {
    machines_.weights.push_back(rounded(weight));
    machines_.from.push_back(static_cast<std::uint32_t>(from));
  }

  /// The number of a vector, which is read when it is first asked for.
  std::uint32_t vector(xml::Element reference) {
    const std::string_view id = reference.required("vectorId");
    const auto known = instances_.find(id);
    if (known == instances_.end()) {
      reference.error(Code::unresolvedReference, "There is no vector with the id \"" + std::string(id) + "\".",
                      "vectorId");
      return 0;
    }
    Instance& instance = known->second;
    if (instance.vector == kUnread) {
      instance.vector = static_cast<std::uint32_t>(machines_.vectors.size());
      const auto first = static_cast<std::uint32_t>(machines_.weights.size());
      readVector(instance.at);
      machines_.vectors.push_back({first, static_cast<std::uint32_t>(machines_.weights.size()) - first});
    }
    return instance.vector;
  }

  void readVector(xml::Element e) {
    const std::size_t size = machines_.coordinates.size();
    if (const xml::Element array = e.child("Array")) {
      const std::vector<double> numbers = document::readNumbers(array);
      for (std::size_t c = 0; c < numbers.size(); ++c) add(numbers[c], c);
      if (numbers.size() != size)
        array.error(Code::badValue, "The vector has " + std::to_string(numbers.size()) + " items for " +
                                        std::to_string(size) + " VectorFields.");
    } else if (const xml::Element sparse = e.child("REAL-SparseArray")) {
      const document::SparseNumbers numbers = document::readSparseNumbers(sparse, size);
      // What is absent adds nothing to a product, but a square to a distance.
      const bool leavesOut = machines_.kernel.type != KernelType::radialBasis && numbers.defaultValue == 0;
      if (leavesOut) {
        for (const auto& [index, x] : numbers.entries) add(x, index);
      } else if (context_.scope.builder().charge(sparse, static_cast<std::uint32_t>(size))) {
        const std::size_t first = machines_.weights.size();
        for (std::size_t c = 0; c < size; ++c) add(numbers.defaultValue, c);
        for (const auto& [index, x] : numbers.entries) machines_.weights[first + index] = rounded(x);
      }
    } else {
      e.error(Code::missingElement, "VectorInstance needs an Array or a REAL-SparseArray.");
    }
  }

  void readMachine(xml::Element e) {
    if (!context_.scope.builder().charge(e)) return;
    Machine machine;
    machine.threshold = rounded(e.number("threshold", model_.number("threshold", 0)));
    std::vector<std::uint32_t> weighed;
    const xml::Element vectors = e.child("SupportVectors");
    if (weighsCoordinates_) {
      if (vectors)
        vectors.error(Code::badValue,
                      "svmRepresentation=\"Coefficients\" weighs the fields; there are no SupportVectors.");
      for (std::size_t c = 0; c < machines_.coordinates.size(); ++c) weighed.push_back(static_cast<std::uint32_t>(c));
    } else if (vectors) {
      for (xml::Element v : xml::children(vectors, "SupportVector")) weighed.push_back(vector(v));
    } else {
      e.error(Code::missingElement, "SupportVectorMachine needs SupportVectors.");
    }
    const xml::Element coefficients = e.child("Coefficients");
    if (!coefficients) {
      e.error(Code::missingElement, "SupportVectorMachine needs Coefficients.");
      return;
    }
    machine.absoluteValue = rounded(coefficients.number("absoluteValue", 0));
    machine.coefficients.first = static_cast<std::uint32_t>(machines_.weights.size());
    std::size_t count = 0;
    for (xml::Element c : xml::children(coefficients, "Coefficient")) {
      if (count < weighed.size()) add(c.number("value", 0), weighed[count]);
      ++count;
    }
    if (count != weighed.size())
      coefficients.error(Code::badValue, "There are " + std::to_string(count) + " Coefficients for " +
                                             std::to_string(weighed.size()) +
                                             (weighsCoordinates_ ? " VectorFields." : " SupportVectors."));
    machine.coefficients.count = static_cast<std::uint32_t>(machines_.weights.size()) - machine.coefficients.first;
    machines_.machines.push_back(machine);
    elements_.push_back(e);
  }

  std::uint32_t category(xml::Element at, std::string_view attribute) {
    const Value v = categoryLiteral(context_, at.attribute(attribute, {}), at, attribute);
    const auto [known, isNew] = numbers_.emplace(v, static_cast<std::uint32_t>(machines_.categories.size()));
    if (isNew) machines_.categories.push_back(v);
    return known->second;
  }

  /// Which classes the machines speak of, and how they decide.
  void readClasses() {
    std::vector<std::uint32_t> targets;
    std::size_t alternates = 0;
    for (std::size_t s = 0; s < elements_.size(); ++s) {
      Machine& machine = machines_.machines[s];
      if (!elements_[s].attribute("targetCategory")) (void)elements_[s].required("targetCategory");
      machine.target = category(elements_[s], "targetCategory");
      targets.push_back(machine.target);
      if (!elements_[s].attribute("alternateTargetCategory")) continue;
      machine.alternate = category(elements_[s], "alternateTargetCategory");
      ++alternates;
    }
    const bool isNamed = model_.attribute("classificationMethod").has_value();
    machines_.decision = model_.word("classificationMethod", Decision::oneAgainstAll, kMethods);
    if (elements_.size() == 1 && alternates == 0) {
      readOtherClass();
    } else if (elements_.size() == 1) {
      machines_.decision = Decision::oneAgainstOne;
    } else if (!isNamed && alternates == elements_.size()) {
      // Documents of R and of 3.x leave the method out; two classes per machine can only mean one of them.
      machines_.decision = Decision::oneAgainstOne;
      model_.note(Code::missingAttribute,
                  "classificationMethod is absent and every machine has two categories: read as OneAgainstOne.",
                  "classificationMethod");
    } else if (machines_.decision == Decision::oneAgainstOne) {
      for (const xml::Element e : elements_)
        if (!e.attribute("alternateTargetCategory")) (void)e.required("alternateTargetCategory");
    } else {
      if (alternates > 0)
        model_.warn(Code::badValue, "OneAgainstAll does not look at alternateTargetCategory.", "classificationMethod");
      sort(targets);
      if (std::adjacent_find(targets.begin(), targets.end()) != targets.end())
        model_.error(Code::duplicateName, "OneAgainstAll has one SupportVectorMachine for each category.");
    }
  }

  /// One machine that names one class only: who the other one is.
  void readOtherClass() {
    Machine& machine = machines_.machines[0];
    if (model_.attribute("alternateBinaryTargetCategory")) {
      machine.alternate = category(model_, "alternateBinaryTargetCategory");
      machines_.decision = Decision::rounded;
    } else if (machines_.categories.size() == 2) {
      machine.alternate = 1 - machine.target;
      machines_.decision = Decision::oneAgainstOne;
    } else {
      elements_[0].error(Code::missingAttribute,
                         "A single SupportVectorMachine needs an alternateTargetCategory for what is not its target.",
                         "alternateTargetCategory");
    }
  }

  ModelContext& context_;
  xml::Element model_;
  Machines machines_;
  bool weighsCoordinates_ = false;
  std::unordered_map<std::string_view, Instance> instances_;
  std::unordered_map<Value, std::uint32_t> numbers_;  ///< of the categories
  std::vector<xml::Element> elements_;                ///< parallel to `Machines::machines`
};

}  // namespace

Machines read(ModelContext& context) { return Reader(context).read(); }

}  // namespace scorelet::models::support_vector_machine
