// Which names a model may see, and how each becomes a slot (spec: Field Scope).
//
// One nested object per model, never a global pool. A name is looked up among the parameters of the function
// being expanded (only those, inside DefineFunction), then outputs of earlier segments, LocalTransformations,
// MiningSchema, the enclosing model, and TransformationDictionary; derived fields are compiled on first use.
#pragma once

#include <string_view>
#include <unordered_map>

#include "compile/builder.hpp"

namespace scorelet::compile {

/// Where a model stands in the one around it.
struct Place {
  std::string_view id;    ///< of the segment, else what the model is called
  Slot active = kNoSlot;  ///< lane that is 1 for the records that the model is for; kNoSlot: for all
};

class Scope {
 public:
  /// The scope of `model`; `parent` is the enclosing model's, null at the top.
  Scope(Builder& builder, Scope* parent, xml::Element model, const document::MiningSchema& schema, Steps& body,
        Place place = {});

  [[nodiscard]] Builder& builder() const noexcept { return builder_; }
  [[nodiscard]] Steps& body() const noexcept { return builder_.bodyOr(*body_); }
  [[nodiscard]] Scope* parent() const noexcept { return parent_; }
  [[nodiscard]] std::uint32_t depth() const noexcept { return depth_; }
  [[nodiscard]] const document::MiningSchema& schema() const noexcept { return schema_; }

  /// The binding of a field that has one value per record, or null after a report at `at`.
  [[nodiscard]] const Binding* resolve(std::string_view name, xml::Element at, std::string_view attribute = "field");
  /// The same of any field, also one that holds a list.
  [[nodiscard]] const Binding* resolveAny(std::string_view name, xml::Element at, std::string_view attribute = "field");
  /// The same without a report.
  [[nodiscard]] const Binding* find(std::string_view name);
  /// Makes `name` known from here on: outputs of earlier segments, results.
  void bind(std::string_view name, Binding binding) {
    bound_.insert_or_assign(name, std::move(binding));
    forget();
  }
  /// The declared type and order of a target field, without lanes; Target@optype overrides that of the fields.
  [[nodiscard]] Binding targetBinding(std::string_view name);
  /// The actual value of a target in the input, needed by `residual`; binds it as an input.
  [[nodiscard]] const Binding* actual(std::string_view name, xml::Element at);

  /// Appends a step to this scope's body and returns it.
  template <class StepType, class... Arguments>
  StepType& emit(Arguments&&... arguments) {
    auto step = std::make_unique<StepType>(std::forward<Arguments>(arguments)...);
    StepType& out = *step;
    body().push_back(std::move(step));
    return out;
  }

  /// Derived fields of this scope in the order of their first use, then the unused ones, for details; of an inner model
  /// as `place/name`.
  [[nodiscard]] std::vector<program::DetailPlan::Derived> derived() const;
  /// Compiles the derived fields that nothing has used yet: their faults are reported, those of the model itself (not
  /// of models inside it) can be seen in details, and no result pays for them.
  void compileUnused();

  /// 32-bit arithmetic (x-mathContext="float") for the model of this scope.
  bool floatContext = false;

 private:
  const Binding* findAnew(std::string_view name, const document::MiningField* mining);
  const Binding* findHere(std::string_view name, const document::MiningField* mining);
  void forget();
  const Binding* compileDerived(std::string_view name, xml::Element field);
  const Binding* bindField(std::string_view name, const document::MiningField* mining);
  const Binding* keep(std::string_view name, Binding binding);

  Builder& builder_;
  Scope* parent_;
  const xml::Element model_;
  const document::MiningSchema& schema_;
  Steps* body_;
  std::uint32_t depth_;
  Place place_;
  bool hasTreatments_ = false;
  std::unordered_map<std::string_view, xml::Element> locals_, globals_;
  std::vector<std::string_view> declared_;  ///< names of both, in the order of the document
  std::unordered_map<std::string_view, Binding> bound_, actuals_;
  std::unordered_map<std::string_view, Binding> checked_;  ///< compiled for `Purpose::checks`: have no lanes
  std::unordered_map<std::string_view, bool> open_;        ///< derived fields being compiled: cycle check
  std::vector<std::pair<std::string_view, TypedSlot>> derived_;
  // What `find` found, in this scope or around it: a tree asks for the same few fields at each node. While one is made,
  // nothing is bound in the scopes around this one. By number in the schema; of names that it does not have, by
  // `others_`.
  std::vector<const Binding*> foundFields_, foundOthers_;
  Symbols others_;
};

/// True if `field`, which `attribute` names, has one value per record; else a report at `at`, which reads one.
[[nodiscard]] bool isSingle(const Binding& field, xml::Element at, std::string_view attribute = {});

/// A DerivedField compiled in `scope`: its expression, cast to its type, checked against its listed values.
[[nodiscard]] Binding compileDerivedField(Scope& scope, xml::Element field);

/// The domain rules of a field as lanes.
[[nodiscard]] program::Treatment makeTreatment(Builder& builder, const document::MiningField* mining,
                                               std::string_view name, DataType type,
                                               const std::vector<ListedValue>& values,
                                               const std::vector<Interval>& intervals, bool isInner, xml::Element at);

}  // namespace scorelet::compile
