#include "compile/load.hpp"

#include <unordered_map>
#include <unordered_set>

#include "base/hexadecimal.hpp"
#include "compile/model.hpp"
#include "compile/verification.hpp"
#include "document/statistics.hpp"
#include "xml/packed.hpp"

namespace scorelet::compile {

namespace {

using program::Program;

bool checkRoot(xml::Element root) {
  if (root.name() != "PMML") {
    root.error(Code::notPmml,
               "This is an XML document, but not PMML: its root element is <" + std::string(root.name()) + ">.");
    return false;
  }
  const std::string_view prefix = root.prefix();
  const auto space = root.attribute(prefix.empty() ? std::string("xmlns") : "xmlns:" + std::string(prefix));
  if (space && !space->empty()) {
    // http or https, www.dmg.org/PMML-3_0 … PMML-4_4
    std::string_view s = *space;
    for (const std::string_view scheme : {"http://", "https://"})
      if (s.starts_with(scheme)) s.remove_prefix(scheme.size());
    if (!s.starts_with("www.dmg.org/PMML-3_") && !s.starts_with("www.dmg.org/PMML-4_")) {
      root.error(Code::unsupportedVersion,
                 "The namespace \"" + std::string(*space) + "\" is not one of PMML 3.0 to 4.4.");
      return false;
    }
  }
  // Some producers say it in the namespace only.
  if (!root.attribute("version") && space && !space->empty())
    root.warn(Code::missingAttribute, "<PMML> has no version; that of its namespace is taken.", "version");
  else
    (void)root.required("version");
  const std::string_view version = root.attribute("version", {});
  if (!version.empty() && version[0] != '3' && version[0] != '4') {
    root.error(Code::unsupportedVersion, "PMML version \"" + std::string(version) + "\" is not read; 3.0 to 4.4.1 are.",
               "version");
    return false;
  }
  return true;
}

/// The model to score: by name, else the first that is scorable.
xml::Element chooseModel(xml::Element root, std::string_view name) {
  xml::Element unscorable;
  std::string names;
  for (xml::Element e : xml::children(root)) {
    if (!isModelElement(e.name())) continue;
    const std::string_view own = e.attribute("modelName", {});
    names += (names.empty() ? "\"" : ", \"") + std::string(own) + "\"";
    if (!name.empty() && own != name) continue;
    if (e.boolean("isScorable", true)) return e;
    unscorable = e;
  }
  if (unscorable)
    unscorable.error(Code::notScorable, "The model says of itself that it cannot be scored.", "isScorable");
  else if (names.empty())
    root.error(Code::emptyModel, "The document holds no model.");
  else
    root.error(Code::unresolvedReference,
               "There is no model named \"" + std::string(name) + "\"; there is " + names + ".");
  return {};
}

InputField makeInput(const document::MiningField& f, const document::DataField* data) {
  InputField in;
  in.name = f.name;
  in.usageType = f.usageType;
  if (data != nullptr) {
    in.displayName = data->displayName;
    in.dataType = data->dataType;
    in.opType = data->opType;
    in.isCyclic = data->isCyclic;
    in.values = data->values;
    in.intervals = data->intervals;
  }
  if (f.opType) in.opType = *f.opType;
  in.isUsed = false;
  in.missingValueTreatment = f.missingValueTreatment;
  if (f.missingValueReplacement) in.missingValueReplacement = std::string(*f.missingValueReplacement);
  in.invalidValueTreatment = f.invalidValueTreatment.value_or(InvalidValueTreatment::returnInvalid);
  if (f.invalidValueReplacement) in.invalidValueReplacement = std::string(*f.invalidValueReplacement);
  in.outliers = f.outliers;
  in.lowValue = f.lowValue;
  in.highValue = f.highValue;
  in.importance = f.importance;
  return in;
}

void declareInputs(Builder& builder, const document::MiningSchema& schema) {
  for (const document::MiningField& f : schema.fields) {
    const document::DataField* data = builder.dictionary().find(f.name);
    InputField in = makeInput(f, data);
    if (f.usageType == UsageType::target)
      builder.program().targets.push_back(std::move(in));
    else if (data != nullptr)
      builder.addInput(f.name, std::move(in));
  }
}

/// Names of fields that Aggregate collects over a group of records, anywhere inside `e`.
void findAggregates(Builder& builder, xml::Element e) {
  for (const xml::Element c : xml::children(e)) {
    if (c.name() == "Aggregate") builder.listFields.insert(c.attribute("field", {}));
    findAggregates(builder, c);
  }
}

/// Names of fields that models read as lists, before any of them is bound.
void findLists(Builder& builder, xml::Element model, std::uint32_t depth = 0) {
  if (const ModelType& type = *findModelType(model.name()); type.findLists != nullptr) type.findLists(builder, model);
  if (depth == builder.limits().segmentDepth) return;
  for (xml::Element segment : xml::children(model.child("Segmentation"), "Segment"))
    for (xml::Element inner : xml::children(segment))
      if (isModelElement(inner.name())) findLists(builder, inner, depth + 1);
}

/// The classes that may be predicted, with the words that the DataDictionary has for them.
std::vector<ListedValue> possibleValues(const Builder& builder, std::string_view target, const ModelResult& result) {
  std::unordered_map<std::string_view, std::string_view> words;
  if (const document::DataField* data = builder.dictionary().find(target))
    for (const ListedValue& known : data->values) words.insert_or_assign(known.value, known.displayValue);
  std::vector<ListedValue> values;
  for (const Value c : result.categories) {
    ListedValue v;
    v.value = builder.toText(c, result.value.type);
    if (const auto known = words.find(v.value); known != words.end()) v.displayValue = known->second;
    values.push_back(std::move(v));
  }
  return values;
}

void declareResults(Program& program, Builder& builder, const ModelResult& result) {
  const auto declared = [&](std::string_view name) -> const InputField* {
    for (const InputField& t : program.targets)
      if (t.name == name) return &t;
    return nullptr;
  };
  ResultField target;
  const InputField* own = declared(result.targetName);
  target.name = own ? own->name : "_target";
  target.displayName = own ? own->displayName : "";
  target.feature = "predictedValue";
  target.dataType = result.value.type;
  target.opType = result.opType;
  target.values = possibleValues(builder, target.name, result);
  program.results.push_back(target);
  program.resultSlots.push_back(result.value);
  for (const auto& [name, its] : result.otherTargets) {
    ResultField other;
    other.name = name;
    other.feature = "predictedValue";
    other.dataType = its.value.type;
    if (const InputField* field = declared(name)) other.displayName = field->displayName, other.opType = field->opType;
    other.values = possibleValues(builder, name, its);
    program.results.push_back(std::move(other));
    program.resultSlots.push_back(its.value);
  }
  std::unordered_set<std::string> taken;
  for (const ResultField& known : program.results) taken.insert(known.name);
  for (const auto* list : {&result.outputs, &result.innerOutputs})
    for (const ModelResult::Output& o : *list) {
      if (!taken.emplace(o.name).second) continue;  // an output that repeats a name is the same column
      program.results.push_back(o.description);
      if (o.description.values.empty() && o.description.feature == "predictedValue" &&
          o.binding.value.slot == result.value.slot)
        program.results.back().values = target.values;
      program.resultSlots.push_back(o.binding.value);
    }
}

void declareDetails(Program& program, Builder& builder, const ModelResult& result) {
  program::DetailPlan& d = program.details;
  d.predictedValue = result.value;
  d.predictedDisplayValue = result.displayValue;
  d.entityId = result.entityId;
  const auto keyed = [&](const std::vector<Slot>& slots, auto& into) {
    for (std::size_t c = 0; c < slots.size(); ++c)
      into.emplace_back(builder.toText(result.categories[c], result.value.type), slots[c]);
  };
  keyed(result.probabilities, d.probability);
  keyed(result.confidences, d.confidence);
  for (const auto& [key, slot] : result.affinities) d.affinity.emplace_back(key, slot);
  // The same path may lead to two fields: segments share an id, or a name holds a slash.
  std::unordered_set<std::string> taken;
  for (auto& field : d.derived) {
    const std::string name = field.name;
    for (int n = 2; !taken.insert(field.name).second; ++n) field.name = name + '#' + std::to_string(n);
  }
}

/// A document from its bytes to the program.
Expected<std::shared_ptr<const Program>> compile(xml::Document& document, const LoadOptions& options) {
  if (!document.parse()) return std::unexpected(document.take());
  const xml::Element root = document.root();
  if (!checkRoot(root)) return std::unexpected(document.take());
  document::checkVocabulary(root);
  const document::DataDictionary dictionary = document::readDataDictionary(root);
  const xml::Element model = chooseModel(root, options.modelName);
  if (!model) return std::unexpected(document.take());

  auto program = std::make_shared<Program>();
  program->limits = options.limits;
  program->info = document::readInfo(root, model);
  if (const Sha256* sha256 = document.sha256()) program->info.documentSha256 = hexText(*sha256);
  Builder builder(*program, root, dictionary, options);
  if (root.isMentioned("Aggregate")) {
    findAggregates(builder, root.child("TransformationDictionary"));
    findAggregates(builder, model);
  }
  findLists(builder, model);
  declareInputs(builder, document::readMiningSchema(model));
  const ModelResult result = compileModel(builder, nullptr, model, program->forResults.steps);
  if (result && !document.hasErrors()) {
    declareResults(*program, builder, result);
    declareDetails(*program, builder, result);
    compileVerification(builder, model);
    document::readStatistics(model, program->inputs, program->targets);
  }
  if (document.hasErrors()) return std::unexpected(document.take());
  if (!result) {
    document.report(Severity::error, Code::unsupported, model, "The model could not be compiled.");
    return std::unexpected(document.take());
  }
  program->notes = document.take();
  if (!program->stateful.empty())
    program->fingerprint = document.hash() ^ (hashText(options.modelName) * 0x9E3779B97F4A7C15u + options.horizon);
  return program;
}

}  // namespace

Expected<std::shared_ptr<const Program>> load(std::string_view pmml, const LoadOptions& options) {
  xml::Document document(pmml, options.limits);
  return compile(document, options);
}

Expected<std::vector<std::byte>> pack(std::string_view pmml, const Sha256& sha256, const LoadOptions& options) {
  xml::Document document(pmml, options.limits);
  if (isPacked(pmml)) {
    document.report(Severity::error, Code::badArgument, {},
                    "This model is compiled already. Compile the PMML document that it comes from.");
    return std::unexpected(document.take());
  }
  if (auto program = compile(document, options); !program) return std::unexpected(std::move(program.error()));
  return xml::pack(document.tree(), pmml, {document.hash(), sha256});
}

bool isPacked(std::string_view bytes) noexcept { return xml::isPacked(bytes); }

}  // namespace scorelet::compile
