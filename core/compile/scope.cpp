#include "compile/scope.hpp"

#include <algorithm>
#include <limits>

#include "compile/expression.hpp"
#include "program/steps.hpp"

namespace scorelet::compile {

namespace {

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

/// Where no rule has anything to say about numbers from one to another.
void setPlainRange(program::InputPlan& plan, const program::Treatment& t) {
  constexpr double kAny = std::numeric_limits<double>::infinity();
  const bool isInteger = plan.type == DataType::integer;
  if (!isInteger && plan.type != DataType::float64 && plan.type != DataType::float32) return;
  double least = isInteger ? -0x1p53 : -kAny, most = -least;
  if (t.checksDomain) {
    if (t.intervals.size() != 1 || !t.intervals[0].leftClosed || !t.intervals[0].rightClosed) return;
    least = std::max(least, t.intervals[0].left);
    most = std::min(most, t.intervals[0].right);
  }
  if (t.outliers != OutlierTreatment::asIs) {
    if (t.hasLow) least = std::max(least, t.low);
    if (t.hasHigh) most = std::min(most, t.high);
  }
  for (const auto* listed : {&t.missingValues, &t.invalidValues})
    for (const Value v : *listed)
      if (v >= least && v <= most) return;
  plan.least = least;
  plan.most = most;
}

}  // namespace

Scope::Scope(Builder& builder, Scope* parent, xml::Element model, const document::MiningSchema& schema, Steps& body,
             Place place)
    : builder_(builder),
      parent_(parent),
      model_(model),
      schema_(schema),
      body_(&body),
      depth_(parent ? parent->depth_ + 1 : 0),
      place_(place),
      foundFields_(schema.fields.size()) {
  if (place_.id.empty()) place_.id = model.attribute("modelName", model.name());
  for (const document::MiningField& f : schema.fields) {
    hasTreatments_ |= parent != nullptr && f.usageType != UsageType::target && !f.isIdentity();
  }
  const auto declare = [this](std::unordered_map<std::string_view, xml::Element>& into, xml::Element section) {
    for (xml::Element f : xml::children(section, "DerivedField")) {
      const std::string_view name = f.required("name");
      if (!into.emplace(name, f).second)
        f.error(Code::duplicateName, "The derived field " + quoted(name) + " is declared twice.", "name");
      declared_.push_back(name);
    }
  };
  declare(locals_, model.child("LocalTransformations"));
  // 4.0 allowed them on Segmentation too.
  declare(locals_, model.child("Segmentation").child("LocalTransformations"));
  // A global derived field sees values after the treatments of the model that uses it: where an inner model
  // treats none, its parent's lanes serve.
  if (parent == nullptr || hasTreatments_) declare(globals_, builder.pmml().child("TransformationDictionary"));
}

bool isSingle(const Binding& field, xml::Element at, std::string_view attribute) {
  if (!field.isList && field.value.type != DataType::list) return true;
  const auto name = at.attribute(attribute.empty() ? "field" : attribute);
  at.error(Code::typeMismatch,
           (name ? quoted(*name) : std::string("The expression")) +
               " gives several values per record (those of a group, or forecasts), and <" + std::string(at.name()) +
               "> reads one: name a DerivedField that joins them with Aggregate, or another field.",
           attribute);
  return false;
}

const Binding* Scope::resolve(std::string_view name, xml::Element at, std::string_view attribute) {
  const Binding* field = resolveAny(name, at, attribute);
  return field != nullptr && isSingle(*field, at, attribute) ? field : nullptr;
}

const Binding* Scope::resolveAny(std::string_view name, xml::Element at, std::string_view attribute) {
  if (const Binding* b = find(name)) return b;
  if (const auto open = open_.find(name); open != open_.end() && open->second)
    at.error(Code::cycle, "The derived field " + quoted(name) + " depends on itself.", attribute);
  else if (const document::MiningField* m = schema_.find(name); m != nullptr && m->usageType == UsageType::target)
    at.error(Code::unresolvedField, quoted(name) + " is the target of this model and cannot be an input of it.",
             attribute);
  else
    at.error(
        Code::unresolvedField,
        "No field " + quoted(name) + " is visible here; add it to the MiningSchema or define it as a DerivedField.",
        attribute);
  return nullptr;
}

const Binding* Scope::find(std::string_view name) {
  if (!open_.empty()) return findAnew(name, schema_.find(name));  // a name may mean the field that the open one shadows
  const bool isKept = builder_.purpose != Purpose::checks;
  if (const std::uint32_t field = schema_.names.find(name); field != Symbols::npos) {
    if (foundFields_[field] != nullptr) return foundFields_[field];
    const Binding* binding = findAnew(name, &schema_.fields[field]);
    if (isKept) foundFields_[field] = binding;
    return binding;
  }
  if (const std::uint32_t other = others_.find(name); other != Symbols::npos) return foundOthers_[other];
  const Binding* binding = findAnew(name, nullptr);
  if (binding != nullptr && isKept) {
    others_.intern(name);
    foundOthers_.push_back(binding);
  }
  return binding;
}

/// `mining`: what the schema says of the name, if anything.
const Binding* Scope::findAnew(std::string_view name, const document::MiningField* mining) {
  const Binding* binding = findHere(name, mining);
  return binding == nullptr && parent_ != nullptr ? parent_->find(name) : binding;
}

void Scope::forget() {
  foundFields_.assign(foundFields_.size(), nullptr);
  foundOthers_.clear();
  others_.clear();
}

const Binding* Scope::findHere(std::string_view name, const document::MiningField* mining) {
  if (const auto at = bound_.find(name); at != bound_.end()) return &at->second;
  if (builder_.purpose == Purpose::checks)
    if (const auto at = checked_.find(name); at != checked_.end()) return &at->second;
  const bool isOpen = open_.contains(name);
  const bool isInput = mining != nullptr && mining->usageType != UsageType::target;
  if (!isOpen) {
    if (const auto local = locals_.find(name); local != locals_.end()) return compileDerived(name, local->second);
  }
  // A local field that is being compiled may refer to the data field that it shadows.
  if (isInput) {
    const Binding* b = bindField(name, mining);
    if (b != nullptr) return b;
  }
  if (!isOpen) {
    if (const auto global = globals_.find(name); global != globals_.end()) return compileDerived(name, global->second);
  }
  // Data fields that global derived fields use need not stand in the MiningSchema (docs/readings.md).
  if (parent_ == nullptr && mining == nullptr) return bindField(name, nullptr);
  return nullptr;
}

const Binding* Scope::compileDerived(std::string_view name, xml::Element field) {
  open_[name] = true;
  Binding binding = compileDerivedField(*this, field);
  open_.erase(name);
  if (!binding) binding.value = builder_.missingOf(binding.value.type);  // reported; go on to find more faults
  if (builder_.purpose != Purpose::checks) derived_.emplace_back(name, binding.value);
  return keep(name, std::move(binding));
}

/// What was only checked has no lanes: a use that needs them compiles it again.
const Binding* Scope::keep(std::string_view name, Binding binding) {
  auto& known = builder_.purpose == Purpose::checks ? checked_ : bound_;
  return &known.insert_or_assign(name, std::move(binding)).first->second;
}

const Binding* Scope::bindField(std::string_view name, const document::MiningField* mining) {
  program::Program& program = builder_.program();
  Binding binding;
  if (parent_ != nullptr) {
    const Binding* outer = parent_->find(name);
    if (outer == nullptr) return nullptr;
    if (mining->isIdentity() && !mining->opType) return outer;
    binding = *outer;
    if (mining->opType) binding.opType = *mining->opType;
    if (!mining->isIdentity()) {
      const document::DataField* data = builder_.dictionary().find(name);
      program::Treatment treatment =
          makeTreatment(builder_, mining, name, binding.value.type, data ? data->values : std::vector<ListedValue>{},
                        data ? data->intervals : std::vector<Interval>{}, true, mining->at);
      binding.value.slot = builder_.newSlot();
      emit<program::TreatStep>(outer->value.slot, binding.value.slot, std::move(treatment)).isList = outer->isList;
    }
  } else {
    const document::DataField* data = builder_.dictionary().find(name);
    if (data == nullptr) return nullptr;
    program::InputPlan plan;
    if (const auto input = builder_.inputOf(name)) {
      plan.input = *input;
    } else {
      InputField field;
      field.name = name;
      field.displayName = data->displayName;
      field.dataType = data->dataType;
      field.opType = data->opType;
      field.isCyclic = data->isCyclic;
      field.values = data->values;
      field.intervals = data->intervals;
      field.usageType = UsageType::supplementary;
      field.isUsed = false;
      plan.input = builder_.addInput(name, std::move(field));
    }
    program.inputs[plan.input].isUsed |= builder_.purpose == Purpose::results;
    plan.isList = binding.isList = builder_.listFields.contains(name);
    program.inputs[plan.input].isList = plan.isList;
    program.inputs[plan.input].isListOfSets = builder_.setFields.contains(name);
    if (program.inputs[plan.input].isListOfSets) plan.sets = binding.sets = builder_.newSlot();
    binding.opType = program.inputs[plan.input].opType;
    binding.isCyclic = data->isCyclic;
    binding.value = {builder_.newSlot(), data->dataType};
    plan.slot = binding.value.slot;
    plan.type = data->dataType;
    plan.domain = static_cast<std::uint32_t>(program.treatments.size());
    program.treatments.push_back(
        makeTreatment(builder_, mining, name, data->dataType, data->values, data->intervals, false, data->at));
    for (const ListedValue& v : data->values)
      if (v.property == ListedValue::Property::valid)
        binding.order.push_back(builder_.literal(v.value, data->dataType, data->at));
    if (!plan.isList) setPlainRange(plan, program.treatments.back());
    if (builder_.purpose != Purpose::checks) builder_.plan().inputs.push_back(plan);
  }
  return keep(name, std::move(binding));
}

Binding Scope::targetBinding(std::string_view name) {
  Binding binding;
  const document::MiningField* own = schema_.find(name);
  const document::DataField* data = builder_.dictionary().find(name);
  // The target of an inner model may be a name of its own.
  binding.opType = own && own->opType ? *own->opType : data ? data->opType : OpType::categorical;
  binding.opType = document::readTargetOpType(model_, name).value_or(binding.opType);
  if (data == nullptr) {
    binding.value.type = DataType::string;
    return binding;
  }
  binding.value.type = data->dataType;
  binding.isCyclic = data->isCyclic;
  for (const ListedValue& v : data->values)
    if (v.property == ListedValue::Property::valid)
      binding.order.push_back(builder_.literal(v.value, data->dataType, data->at));
  return binding;
}

const Binding* Scope::actual(std::string_view name, xml::Element at) {
  if (parent_ != nullptr) return parent_->actual(name, at);
  if (const auto known = actuals_.find(name); known != actuals_.end()) return &known->second;
  if (builder_.dictionary().find(name) == nullptr) {
    at.error(Code::unresolvedField, "The target field " + quoted(name) + " is not in the DataDictionary.");
    return nullptr;
  }
  const auto shadow = bound_.find(name);
  const std::optional<Binding> predicted = shadow == bound_.end() ? std::nullopt : std::optional(shadow->second);
  const Binding result = *bindField(name, nullptr);
  if (predicted)
    bound_.insert_or_assign(name, *predicted);
  else
    bound_.erase(name);
  // The actual value is only compared: an unknown or absent one makes the residual missing, not the row invalid.
  program::Treatment& t = builder_.program().treatments.back();
  t.checksDomain = false;
  t.invalidTreatment = InvalidValueTreatment::asMissing;
  return &actuals_.insert_or_assign(name, result).first->second;
}

std::vector<program::DetailPlan::Derived> Scope::derived() const {
  std::string path;
  std::vector<Slot> active;
  for (const Scope* s = this; s->parent_ != nullptr; s = s->parent_) {
    path.insert(0, std::string(s->place_.id) + '/');
    if (s->place_.active != kNoSlot) active.push_back(s->place_.active);
  }
  std::vector<program::DetailPlan::Derived> out;
  for (const auto& [name, value] : derived_) out.push_back({path + std::string(name), value, active});
  return out;
}

void Scope::compileUnused() {
  builder_.purpose = parent_ == nullptr ? Purpose::details : Purpose::checks;
  for (const std::string_view name : declared_)  // global ones are checked once, with the model itself
    if (!bound_.contains(name) && (parent_ == nullptr || locals_.contains(name)))
      (void)findHere(name, schema_.find(name));
  for (std::size_t i = 0; i < schema_.fields.size(); ++i) {
    const document::MiningField& f = schema_.fields[i];
    if (f.usageType == UsageType::target || foundFields_[i] != nullptr || bound_.contains(f.name)) continue;
    const bool isKnown = parent_ ? parent_->find(f.name) != nullptr
                                 : builder_.dictionary().find(f.name) != nullptr || globals_.contains(f.name);
    if (!isKnown)
      f.at.error(
          Code::unresolvedField,
          "The mining field " + quoted(f.name) + " is neither in the DataDictionary nor made by an enclosing model.",
          "name");
  }
  builder_.unused.clear();
  builder_.purpose = Purpose::results;
}

Binding compileDerivedField(Scope& scope, xml::Element field) {
  Binding binding;
  Builder& builder = scope.builder();
  binding.value.type = document::readDataType(field, true).value_or(DataType::float64);
  binding.opType = document::readOpType(field, true).value_or(OpType::continuous);
  std::vector<ListedValue> values;
  std::vector<Interval> intervals;
  document::readDomain(field, values, intervals);

  const DataType type = binding.value.type;
  TypedSlot result = compileChildExpression(ExpressionContext{scope, nullptr, 0, type}, field);
  if (!result) return binding;
  binding.isList = result.type == DataType::list;
  if (!binding.isList) result = castTo(scope, result, type);
  bool listsValid = false;
  for (const ListedValue& v : values)
    if (v.property == ListedValue::Property::valid) {
      binding.order.push_back(builder.literal(v.value, type, field));
      listsValid = true;
    }
  if (listsValid) {
    // Only values that the document lists are results (spec: Transformations, DerivedField/Value).
    program::Treatment check =
        makeTreatment(builder, nullptr, field.attribute("name", {}), type, values, {}, true, field);
    check.checksValidity = true;
    const Slot checkedSlot = builder.newSlot();
    scope.emit<program::TreatStep>(result.slot, checkedSlot, std::move(check));
    result.slot = checkedSlot;
  }
  binding.value = result;
  return binding;
}

program::Treatment makeTreatment(Builder& builder, const document::MiningField* mining, std::string_view name,
                                 DataType type, const std::vector<ListedValue>& values,
                                 const std::vector<Interval>& intervals, bool isInner, xml::Element at) {
  program::Treatment t;
  t.field = builder.place(name);
  t.type = type;
  t.isInner = isInner;
  t.intervals = intervals;
  for (const ListedValue& v : values) {
    if (isNumeric(type) && v.value == "NaN") continue;  // every NaN is missing here (docs/readings.md)
    const Value lane = builder.literal(v.value, type, at);
    if (v.property == ListedValue::Property::missing)
      t.missingValues.push_back(lane);
    else if (v.property == ListedValue::Property::invalid)
      t.invalidValues.push_back(lane);
    else
      t.validValues.push_back(lane);
  }
  for (auto* list : {&t.validValues, &t.invalidValues, &t.missingValues}) {
    std::erase_if(*list, [](Value v) { return !isPresent(v); });
    std::sort(list->begin(), list->end());
  }
  t.checksDomain = !t.validValues.empty() || !t.intervals.empty();
  if (mining == nullptr) return t;
  t.checksValidity = !isInner || mining->invalidValueTreatment.has_value();
  t.invalidTreatment = mining->invalidValueTreatment.value_or(InvalidValueTreatment::returnInvalid);
  if (mining->invalidValueReplacement)
    t.invalidReplacement =
        builder.literal(*mining->invalidValueReplacement, type, mining->at, "invalidValueReplacement");
  t.outliers = mining->outliers;
  t.hasLow = mining->lowValue.has_value();
  t.hasHigh = mining->highValue.has_value();
  t.low = mining->lowValue.value_or(0);
  t.high = mining->highValue.value_or(0);
  t.missingIsInvalid = mining->missingValueTreatment == MissingValueTreatment::returnInvalid;
  if (mining->missingValueReplacement)
    t.missingReplacement =
        builder.literal(*mining->missingValueReplacement, type, mining->at, "missingValueReplacement");
  return t;
}

}  // namespace scorelet::compile
