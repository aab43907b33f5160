#include "models/general_regression/read.hpp"

#include <algorithm>
#include <bit>
#include <set>
#include <span>
#include <string>

#include "base/number.hpp"
#include "base/sort.hpp"

namespace scorelet::models::general_regression {

namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

constexpr std::uint64_t kEvery = kMissingBits;

std::uint64_t keyOf(const std::optional<Value>& category) {
  return category ? std::bit_cast<std::uint64_t>(*category) : kEvery;
}

template <class Item>
std::span<const Item> itemsOf(const std::map<std::uint64_t, std::vector<Item>>& map, std::uint64_t key) {
  const auto found = map.find(key);
  return found == map.end() ? std::span<const Item>{} : std::span<const Item>(found->second);
}

}  // namespace

Reader::Reader(ModelContext& context) : context_(context), builder_(context.scope.builder()) {
  design_.isFloat = context.isFloat;
}

bool Reader::read() {
  readParameters();
  readPredictors("FactorList", true);
  readPredictors("CovariateList", false);
  readParameterCells();
  readCoefficients();
  return isRead_;
}

void Reader::readParameters() {
  for (xml::Element p : xml::children(context_.model.child("ParameterList"), "Parameter")) {
    const std::string_view name = p.required("name");
    const auto number = static_cast<std::uint32_t>(parameters_.size());
    if (!parameterNumbers_.emplace(name, number).second) {
      p.error(Code::duplicateName, "There are two parameters " + quoted(name) + ".", "name");
      isRead_ = false;
    }
    parameters_.push_back({design_.round(p.number("referencePoint", 0)), {}});
  }
}

std::optional<std::uint32_t> Reader::findParameter(std::string_view name) const {
  const auto known = parameterNumbers_.find(name);
  return known == parameterNumbers_.end() ? std::nullopt : std::optional(known->second);
}

std::optional<std::uint32_t> Reader::parameter(xml::Element at) const {
  const std::string_view name = at.required("parameterName");
  const auto number = findParameter(name);
  if (!number && at.attribute("parameterName"))
    at.error(Code::unresolvedReference, "The ParameterList has no parameter " + quoted(name) + ".", "parameterName");
  return number;
}

std::optional<Value> Reader::category(xml::Element at) const {
  const auto text = at.attribute("targetCategory");
  if (!text) return std::nullopt;
  if (context_.function == compile::MiningFunction::classification)
    return categoryLiteral(context_, *text, at, "targetCategory");
  return builder_.symbol(*text);
}

void Reader::readPredictors(std::string_view list, bool isFactor) {
  for (xml::Element p : xml::children(context_.model.child(list), "Predictor")) {
    const std::string_view name = p.required("name");
    const compile::Binding* field = context_.scope.resolve(name, p, "name");
    const TypedSlot value = field == nullptr ? TypedSlot{}
                            : isFactor       ? field->value
                                             : castTo(context_.scope, field->value, DataType::float64);
    if (!value) {
      isRead_ = false;
      continue;
    }
    const auto [known, isNew] = predictors_.emplace(name, Predictor{p, value, isFactor, {}, {}});
    if (!isNew) {
      p.error(Code::duplicateName, quoted(name) + " is listed twice among the factors and covariates.", "name");
      isRead_ = false;
      continue;
    }
    Predictor& predictor = known->second;
    if (!p.child("Matrix")) continue;
    if (isFactor) {
      readContrasts(predictor);
    } else {
      p.error(Code::badValue, "A covariate has no contrast matrix; list " + quoted(name) + " in the FactorList.");
      isRead_ = false;
    }
  }
}

/// Categories, else the values of the field, name the rows and the first columns of the matrix.
void Reader::readContrasts(Predictor& predictor) {
  const xml::Element p = predictor.at;
  const std::string_view name = p.required("name");
  const auto add = [&](std::string_view text, xml::Element at) {
    predictor.categories.push_back(builder_.literal(text, predictor.value.type, at, "value"));
  };
  if (const xml::Element categories = p.child("Categories")) {
    for (xml::Element c : xml::children(categories, "Category")) add(c.required("value"), c);
  } else if (const document::DataField* data = builder_.dictionary().find(name)) {
    for (const ListedValue& v : data->values)
      if (v.property == ListedValue::Property::valid) add(v.value, p);
  }
  predictor.contrasts = document::readMatrix(p.child("Matrix"), builder_.limits().expressionNodes);
  if (!predictor.contrasts) {
    isRead_ = false;
    return;
  }
  const document::Matrix& m = *predictor.contrasts;
  if (!builder_.charge(p, static_cast<std::uint32_t>(m.entries.size()))) isRead_ = false;
  if (m.rows == predictor.categories.size() && m.columns <= m.rows && m.columns > 0) return;
  p.child("Matrix").error(Code::badValue, "The contrast matrix of " + quoted(name) + " needs a row for each of its " +
                                              std::to_string(predictor.categories.size()) +
                                              " categories, and no more columns than rows.");
  predictor.contrasts.reset();
  isRead_ = false;
}

void Reader::readParameterCells() {
  for (xml::Element c : xml::children(context_.model.child("PPMatrix"), "PPCell")) {
    if (!builder_.charge(c)) break;
    const auto number = parameter(c);
    const std::string_view name = c.required("predictorName");
    const auto known = predictors_.find(name);
    if (known == predictors_.end() && c.attribute("predictorName"))
      c.error(Code::unresolvedReference,
              quoted(name) + " is listed neither in the FactorList nor in the CovariateList, or could not be resolved.",
              "predictorName");
    const auto cell = known == predictors_.end() ? std::nullopt : readCell(c, known->second);
    if (number && cell)
      parameters_[*number].cells[keyOf(category(c))].push_back({name, *cell});
    else
      isRead_ = false;
  }
}

std::optional<Cell> Reader::readCell(xml::Element at, const Predictor& predictor) {
  const std::string_view text = at.required("value");
  if (!at.attribute("value")) return std::nullopt;
  Cell cell;
  cell.slot = predictor.value.slot;
  if (!predictor.isFactor) {
    const auto exponent = parseDouble(text);
    if (!exponent || *exponent != *exponent) {
      at.error(Code::badValue, "The cell of a covariate holds an exponent; " + quoted(text) + " is not a number.",
               "value");
      return std::nullopt;
    }
    cell.kind = Cell::Kind::covariate;
    cell.number = *exponent;
    return cell;
  }
  cell.number = builder_.literal(text, predictor.value.type, at, "value");
  if (!predictor.contrasts) return cell;
  const auto& categories = predictor.categories;
  const auto column = static_cast<std::size_t>(std::ranges::find(categories, cell.number) - categories.begin());
  if (column >= predictor.contrasts->columns) {
    at.error(
        Code::badValue,
        "The contrast matrix of " + quoted(at.required("predictorName")) + " has no column for " + quoted(text) + ".",
        "value");
    return std::nullopt;
  }
  cell.kind = Cell::Kind::contrast;
  cell.first = static_cast<std::uint32_t>(design_.codes.size());
  cell.count = static_cast<std::uint32_t>(categories.size());
  if (!builder_.charge(at, cell.count)) return std::nullopt;
  for (std::size_t row = 0; row < categories.size(); ++row)
    design_.codes.push_back({categories[row], design_.round(predictor.contrasts->at(row, column))});
  return cell;
}

void Reader::readCoefficients() {
  std::set<std::pair<std::uint32_t, Key>> seen;
  for (xml::Element c : xml::children(context_.model.child("ParamMatrix"), "PCell")) {
    if (!builder_.charge(c)) break;
    const auto number = parameter(c);
    const Coefficient coefficient{c, number.value_or(0), category(c), design_.round(c.requiredNumber("beta"))};
    if (!number) {
      isRead_ = false;
      continue;
    }
    const Key key = keyOf(coefficient.category);
    if (!seen.emplace(*number, key).second) {
      c.error(Code::duplicateName, "The parameter " + quoted(c.required("parameterName")) + " has two values here.",
              "parameterName");
      isRead_ = false;
    }
    coefficientsOf_[key].push_back(static_cast<std::uint32_t>(coefficients_.size()));
    coefficients_.push_back(coefficient);
  }
}

std::uint32_t Reader::row(std::uint32_t number, Value category, xml::Element at) {
  const auto& cells = parameters_[number].cells;
  const Key key = keyOf(category);
  const auto common = itemsOf(cells, kEvery);
  const auto own = key == kEvery ? std::span<const ParameterCell>{} : itemsOf(cells, key);
  // Categories without cells of their own share a row.
  const auto [known, isNew] =
      rows_.emplace(std::pair(number, own.empty() ? kEvery : key), static_cast<std::uint32_t>(design_.rows.size()));
  if (!isNew) return known->second;

  Row row{static_cast<std::uint32_t>(design_.cells.size()), 0};
  if (builder_.charge(at, static_cast<std::uint32_t>(own.size() + common.size()))) {
    // A category's own cell stands in place of the common one of the same predictor.
    std::set<std::string_view> replaced;
    for (const ParameterCell& c : own) replaced.insert(c.predictor);
    for (const ParameterCell& c : common)
      if (!replaced.contains(c.predictor)) design_.cells.push_back(c.cell);
    for (const ParameterCell& c : own) design_.cells.push_back(c.cell);
  }
  row.count = static_cast<std::uint32_t>(design_.cells.size()) - row.first;
  design_.rows.push_back(row);
  return known->second;
}

Equation Reader::equation(Value category) {
  const auto common = itemsOf(coefficientsOf_, kEvery);
  std::vector<std::uint32_t> numbers(common.begin(), common.end());
  if (const Key key = keyOf(category); key != kEvery)
    for (const std::uint32_t n : itemsOf(coefficientsOf_, key)) numbers.push_back(n);
  sort(numbers);
  Equation equation;
  equation.category = category;
  for (const std::uint32_t n : numbers) {
    const Coefficient& c = coefficients_[n];
    if (!builder_.charge(c.at)) break;
    equation.terms.push_back({row(c.parameter, category, c.at), c.beta});
  }
  return equation;
}

}  // namespace scorelet::models::general_regression
