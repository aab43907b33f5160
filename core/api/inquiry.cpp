#include <scorelet/inquiry.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <scorelet/explain.hpp>
#include <scorelet/json_rows.hpp>
#include <scorelet/records.hpp>
#include <scorelet/trace.hpp>
#include <scorelet/what_if.hpp>

#include "api/json_writer.hpp"
#include "api/question.hpp"
#include "base/sort.hpp"
#include "explain/refusal.hpp"
#include "explain/table.hpp"

namespace scorelet {

using explain::refuse;

namespace {

bool areSame(const Quantity& a, const Quantity& b) { return a.kind == b.kind && a.name == b.name; }

std::string_view outcomeName(Trace::Test::Outcome outcome) {
  switch (outcome) {
    case Trace::Test::Outcome::below: return "<";
    case Trace::Test::Outcome::notBelow: return ">=";
    case Trace::Test::Outcome::in: return "in";
    case Trace::Test::Outcome::notIn: return "not in";
    case Trace::Test::Outcome::missing: break;
  }
  return "missing";
}

}  // namespace

struct Inquiry::State {
  explicit State(Model m) : model(std::move(m)), records(model) {}

  [[nodiscard]] const std::string& fieldName(std::uint32_t input) const { return model.inputs()[input].name; }

  Expected<std::uint32_t> inputOf(const std::string& field) const {
    const int at = model.inputIndex(field);
    if (at < 0) return refuse("The model has no input field \"" + field + "\".", field);
    return static_cast<std::uint32_t>(at);
  }

  /// What is asked about unless the question says: the number that is predicted, or the probability of the class that
  /// stands last, in documents of two classes mostly the one that matters.
  Quantity quantityOf(const Question& q) const {
    if (q.quantity) return *q.quantity;
    Quantity out;
    if (model.info().functionName == "classification" && !model.results().empty()) {
      const ResultField& target = model.results()[0];
      out.kind = Quantity::Kind::probability;
      if (!target.values.empty()) out.name = target.values.back().value;
    }
    return out;
  }

  Expected<Explainer*> explainerFor(const Question& q) {
    ExplainOptions options{quantityOf(q), q.kind, q.standardError, q.evaluations, q.seed};
    const bool isKnown = explainer && areSame(explained.quantity, options.quantity) && explained.kind == options.kind &&
                         explained.standardError == options.standardError &&
                         explained.evaluations == options.evaluations && explained.seed == options.seed;
    if (!isKnown) {
      auto made = Explainer::create(model, background.batch(), options);
      if (!made) return std::unexpected(std::move(made.error()));
      explainer.emplace(std::move(*made));
      explained = std::move(options);
    }
    return &*explainer;
  }

  Expected<WhatIf*> whatIfFor(const Question& q) {
    const Quantity quantity = quantityOf(q);
    if (!whatIf || !areSame(asked, quantity)) {
      auto made = WhatIf::create(model, background.batch(), quantity);
      if (!made) return std::unexpected(std::move(made.error()));
      whatIf.emplace(std::move(*made));
      asked = quantity;
    }
    return &*whatIf;
  }

  /// The question's records, at least one.
  Expected<void> readRecords(const Question& q) {
    records.clear();
    if (q.records.empty()) return refuse("The question has no \"record\".");
    if (auto ok = records.addAll(q.records); !ok) return ok;
    if (records.rows() == 0) return refuse("The question's \"records\" are none.");
    return {};
  }

  Expected<std::string> contributions(const Question& q);
  Expected<std::string> importance(const Question& q);
  Expected<std::string> curve(const Question& q, bool isAverage);
  Expected<std::string> tornado(const Question& q);
  Expected<std::string> goalSeek(const Question& q);
  Expected<std::string> counterfactuals(const Question& q, const std::function<bool(double)>& goOn);
  Expected<std::string> traceOf(const Question& q);

  Model model;
  explain::Records background;
  JsonRows records;
  std::optional<Explainer> explainer;
  ExplainOptions explained;
  std::optional<WhatIf> whatIf;
  Quantity asked;
};

Expected<std::string> Inquiry::State::contributions(const Question& q) {
  const auto e = explainerFor(q);
  if (!e) return std::unexpected(e.error());
  Explainer& by = **e;
  by.explain(records.batch());
  JsonWriter out;
  out.open('{').name("base").number(by.base()).name("records").open('[');
  for (std::size_t row = 0; row < by.rows(); ++row) {
    out.open('{').name("value").number(by.value(row));
    if (by.ok(row)) {
      out.name("method").text(contributionMethodName(by.method(row)));
      out.name("standardError").number(by.standardError(row)).name("contributions").open('{');
      for (std::uint32_t i = 0; i < model.inputs().size(); ++i)
        if (model.inputs()[i].isUsed) out.name(fieldName(i)).number(by.contributions(row)[i]);
      out.close('}');
    } else {
      out.name("@diagnostics").diagnostics(by.diagnostics(row));
    }
    out.close('}');
  }
  out.close(']').close('}');
  return out.take();
}

/// Global importance: mean absolute contributions over the records (Lundberg and Lee 2017).
Expected<std::string> Inquiry::State::importance(const Question& q) {
  const auto e = explainerFor(q);
  if (!e) return std::unexpected(e.error());
  Explainer& by = **e;
  by.explain(records.batch());
  std::vector<double> size(model.inputs().size()), sum(size.size());
  double n = 0;
  for (std::size_t row = 0; row < by.rows(); ++row) {
    if (!by.ok(row)) continue;
    ++n;
    for (std::size_t i = 0; i < size.size(); ++i)
      size[i] += std::fabs(by.contributions(row)[i]), sum[i] += by.contributions(row)[i];
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < size.size(); ++i)
    if (model.inputs()[i].isUsed) order.push_back(i);
  sort(order, [&](std::uint32_t a, std::uint32_t b) { return size[a] != size[b] ? size[a] > size[b] : a < b; });
  JsonWriter out;
  out.open('{').name("records").number(n).name("unexplained").number(static_cast<double>(by.rows()) - n);
  out.name("fields").open('[');
  for (const std::uint32_t i : order) {
    out.open('{').name("field").text(fieldName(i)).name("importance").number(size[i] / n);
    out.name("mean").number(sum[i] / n).close('}');
  }
  out.close(']').close('}');
  return out.take();
}

Expected<std::string> Inquiry::State::curve(const Question& q, bool isAverage) {
  const auto by = whatIfFor(q);
  if (!by) return std::unexpected(by.error());
  const auto input = inputOf(q.field);
  if (!input) return std::unexpected(input.error());
  std::vector<ResultValue> values;
  if (q.values) {
    values = *q.values;
  } else {
    auto grid = (*by)->grid(*input, q.points);
    if (!grid) return std::unexpected(std::move(grid.error()));
    values = std::move(*grid);
  }
  if (isAverage && background.batch().rows == 0)
    return refuse("Partial dependence is a mean over background records; there are none.");
  const Curve curve =
      isAverage ? (*by)->partialDependence(*input, values) : (*by)->curve(records.batch(), *input, values);
  JsonWriter out;
  out.open('{').name("field").text(q.field).name("values").open('[');
  for (const ResultValue& v : curve.values) out.value(v);
  out.close(']').name("quantity").open('[');
  for (const double y : curve.quantity) out.number(y);
  out.close(']').close('}');
  return out.take();
}

Expected<std::string> Inquiry::State::tornado(const Question& q) {
  const auto by = whatIfFor(q);
  if (!by) return std::unexpected(by.error());
  JsonWriter out;
  out.open('{').name("now").number((*by)->quantity(records.batch())).name("fields").open('[');
  for (const Sensitivity& s : (*by)->tornado(records.batch(), q.points)) {
    out.open('{').name("field").text(fieldName(s.input)).name("low").number(s.low).name("high").number(s.high);
    out.name("atLow").value(s.atLow).name("atHigh").value(s.atHigh).close('}');
  }
  out.close(']').close('}');
  return out.take();
}

Expected<std::string> Inquiry::State::goalSeek(const Question& q) {
  const auto by = whatIfFor(q);
  if (!by) return std::unexpected(by.error());
  const auto input = inputOf(q.field);
  if (!input) return std::unexpected(input.error());
  if (!q.target) return refuse("The question has no \"target\".");
  const auto goal = (*by)->goalSeek(records.batch(), {*input, q.relation, *q.target, q.low, q.high});
  if (!goal) return std::unexpected(goal.error());
  JsonWriter out;
  out.open('{').name("now").number((*by)->quantity(records.batch())).name("ranges").open('[');
  for (const GoalRange& r : goal->ranges) out.open('{').name("from").value(r.from).name("to").value(r.to).close('}');
  out.close(']').name("closest").open('{').name("value").value(goal->closest);
  out.name("quantity").number(goal->closest.kind == ResultValue::Kind::missing ? std::nan("") : goal->closestQuantity);
  out.close('}').close('}');
  return out.take();
}

Expected<std::string> Inquiry::State::counterfactuals(const Question& q, const std::function<bool(double)>& goOn) {
  const auto by = whatIfFor(q);
  if (!by) return std::unexpected(by.error());
  if (!q.target) return refuse("The question has no \"target\".");
  CounterfactualOptions options;
  options.relation = q.relation;
  options.target = *q.target;
  options.changes = q.changes;
  options.count = q.count;
  options.goOn = goOn;
  for (const Question::Freedom& f : q.fields) {
    const auto input = inputOf(f.field);
    if (!input) return std::unexpected(input.error());
    options.fields.push_back(f.freedom);
    options.fields.back().input = *input;
  }
  const auto found = (*by)->counterfactuals(records.batch(), options);
  if (!found) return std::unexpected(found.error());
  JsonWriter out;
  out.open('{').name("now").number((*by)->quantity(records.batch())).name("answers").open('[');
  for (const Counterfactual& c : *found) {
    out.open('{').name("changes").open('{');
    for (const Change& change : c.changes) out.name(fieldName(change.input)).value(change.to);
    out.close('}').name("quantity").number(c.quantity).name("cost").number(c.cost).close('}');
  }
  out.close(']').close('}');
  return out.take();
}

Expected<std::string> Inquiry::State::traceOf(const Question& q) {
  const auto made = trace(model, records.batch(), quantityOf(q));
  if (!made) return std::unexpected(made.error());
  const Trace& t = *made;
  JsonWriter out;
  out.open('{').name("value").number(t.value).name("inputs").open('[');
  for (const Trace::Input& i : t.inputs) {
    out.open('{').name("field").text(fieldName(i.input)).name("given").value(i.given).name("used").value(i.used);
    out.name("treatment").text(treatmentName(i.treatment)).close('}');
  }
  out.close(']').name("derived").open('[');
  for (const auto& [name, value] : t.derived)
    out.open('{').name("field").text(name).name("value").value(value).close('}');
  out.close(']');
  if (t.isSum) {
    out.name("constant").number(t.constant).name("terms").open('[');
    for (const Trace::Term& term : t.terms) {
      out.open('{').name("fields").open('[');
      for (const std::string& f : term.fields) out.text(f);
      out.close(']').name("weight").number(term.weight).name("value").number(term.value).close('}');
    }
    out.close(']').name("trees").open('[');
    for (const Trace::Tree& tree : t.trees) {
      out.open('{').name("path").open('[');
      for (const Trace::Test& test : tree.path) {
        out.open('{').name("field").text(test.field).name("is").text(outcomeName(test.outcome));
        if (test.outcome <= Trace::Test::Outcome::notBelow) out.name("threshold").number(test.threshold);
        if (!test.values.empty()) {
          out.name("values").open('[');
          for (const std::string& v : test.values) out.text(v);
          out.close(']');
        }
        out.close('}');
      }
      out.close(']').name("share").number(tree.share).close('}');
    }
    out.close(']');
  }
  out.close('}');
  return out.take();
}

Inquiry::Inquiry(Model model) : state_(std::make_unique<State>(std::move(model))) {}
Inquiry::~Inquiry() = default;
Inquiry::Inquiry(Inquiry&&) noexcept = default;
Inquiry& Inquiry::operator=(Inquiry&&) noexcept = default;
const Model& Inquiry::model() const noexcept { return state_->model; }

Expected<void> Inquiry::setBackground(std::string_view records) {
  JsonRows rows(state_->model);
  if (auto ok = rows.addAll(records); !ok) return ok;
  setBackground(rows.batch());
  return {};
}

void Inquiry::setBackground(const Batch& records) {
  state_->background = explain::Records(records, state_->model.inputs().size());
  state_->explainer.reset();
  state_->whatIf.reset();
}

Expected<std::string> Inquiry::makeBackground(const BackgroundOptions& options, bool fromVerification) {
  const Model& model = state_->model;
  const auto made =
      fromVerification ? Background::fromVerification(model) : Background::fromDescription(model, options);
  if (!made) return std::unexpected(made.error());
  setBackground(made->batch());
  JsonWriter out;
  out.open('[');
  for (std::uint32_t i = 0; i < model.inputs().size(); ++i) {
    if (!model.inputs()[i].isUsed) continue;
    out.open('{').name("field").text(state_->fieldName(i)).name("source").text(backgroundSourceName(made->source(i)));
    out.name("note").text(made->note(i)).close('}');
  }
  out.close(']');
  return out.take();
}

Expected<std::string> Inquiry::ask(std::string_view json, const std::function<bool(double)>& goOn) {
  const auto question = Question::read(json);
  if (!question) return std::unexpected(question.error());
  const Question& q = *question;
  State& s = *state_;
  if (q.ask == "partialDependence") return s.curve(q, true);
  if (auto ok = s.readRecords(q); !ok) return std::unexpected(std::move(ok.error()));
  if (q.ask == "contributions") return s.contributions(q);
  if (q.ask == "importance") return s.importance(q);
  if (q.ask == "curve") return s.curve(q, false);
  if (q.ask == "tornado") return s.tornado(q);
  if (q.ask == "goalSeek") return s.goalSeek(q);
  if (q.ask == "counterfactuals") return s.counterfactuals(q, goOn);
  if (q.ask == "trace") return s.traceOf(q);
  return refuse("There is no question \"" + q.ask +
                "\". There are contributions, importance, curve, partialDependence, tornado, goalSeek, counterfactuals "
                "and trace.");
}

}  // namespace scorelet
