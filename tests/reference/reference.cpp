#include "reference.hpp"

#include "models.hpp"

namespace scorelet::reference {

std::expected<Reference, std::string> Reference::load(std::string_view pmml) {
  Reference out;
  out.session_ = std::make_unique<Session>();
  const auto parsed =
      out.session_->document.load_buffer(pmml.data(), pmml.size(), pugi::parse_default | pugi::parse_trim_pcdata);
  if (!parsed) return std::unexpected(std::string(parsed.description()));
  out.session_->root = out.session_->document.document_element();
  if (localName(out.session_->root) != "PMML") return std::unexpected("not a PMML document");
  for (Node f : children(child(out.session_->root, "DataDictionary"), "DataField"))
    out.session_->dataFields.emplace(attributeOr(f, "name", ""), f);
  for (Node a : descendants(out.session_->root, "Aggregate"))
    out.session_->listFields.insert(attributeOr(a, "field", ""));
  for (Node m : children(out.session_->root))
    if (isModel(m) && flag(m, "isScorable", true)) {
      out.model_ = m;
      break;
    }
  if (!out.model_) return std::unexpected("no RegressionModel, TreeModel or MiningModel");
  for (Node segment : descendants(out.model_, "Segment")) {
    bool hasModel = false;
    for (Node m : children(segment)) hasModel |= isModel(m);
    if (!hasModel) return std::unexpected("a Segment holds a model that the reference does not score");
  }
  return out;
}

bool Reference::isStateful() const { return !descendants(session_->root, "Lag").empty(); }

Record Reference::scoreRow(const Record& row) {
  session_->row = &row;
  const Prediction p = scoreModel(*session_, nullptr, model_);
  Record out;
  std::string invalid;
  const auto put = [&](const std::string& name, const Value& value) {
    out.insert_or_assign(name, value);
    if (value.isInvalid() && invalid.empty()) invalid = name + ": " + value.reason();
  };
  put(p.targetName.empty() ? "_target" : p.targetName, p.value);
  for (const Prediction& other : p.otherTargets)
    if (!out.contains(other.targetName)) put(other.targetName, other.value);
  for (const auto* values : {&p.outputs, &p.innerOutputs})
    for (const auto& [name, value] : *values)
      if (!out.contains(name)) put(name, value);
  if (!invalid.empty()) out.insert_or_assign("@invalid", Value::text(invalid));

  out.insert_or_assign("@predictedValue", p.value);
  out.insert_or_assign("@predictedDisplayValue", p.displayValue);
  out.insert_or_assign("@entityId", p.entityId);
  for (const auto& [name, value] : p.derived) out.insert_or_assign("@derived:" + name, value);
  const auto shares = [&](const std::string& name, const Weighted& weighted) {
    for (const auto& [category, share] : weighted) out.insert_or_assign(name + ":" + textOf(category), share);
    if (const Value* winner = entryOf(weighted, p.value)) out.insert_or_assign(name, *winner);
  };
  shares("@probability", p.probability);
  shares("@confidence", p.confidence.empty() ? p.probability : p.confidence);
  return out;
}

std::vector<Record> Reference::score(const std::vector<Record>& rows) {
  std::vector<Record> out;
  for (const Record& row : rows) out.push_back(scoreRow(row));
  return out;
}

}  // namespace scorelet::reference
