// ParameterList, FactorList, CovariateList, PPMatrix and ParamMatrix → a design and its equations.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "compile/expression.hpp"
#include "compile/model.hpp"
#include "document/matrix.hpp"
#include "models/general_regression/design.hpp"

namespace scorelet::models::general_regression {

using compile::ModelContext;
using compile::TypedSlot;

/// A coefficient: a cell of the ParamMatrix.
struct Coefficient {
  xml::Element at;
  std::uint32_t parameter = 0;
  std::optional<Value> category;  ///< of the target; none: of every category
  double beta = 0;
};

/// What the document says, names resolved; rows of the design are made for the coefficients that ask for them.
class Reader {
 public:
  explicit Reader(ModelContext& context);

  /// False: faults were reported.
  [[nodiscard]] bool read();
  [[nodiscard]] const std::vector<Coefficient>& coefficients() const noexcept { return coefficients_; }
  [[nodiscard]] std::optional<std::uint32_t> findParameter(std::string_view name) const;
  [[nodiscard]] double referencePoint(std::uint32_t parameter) const { return parameters_[parameter].referencePoint; }

  /// The equation of `category`: its coefficients and those of every category, in document order.
  [[nodiscard]] Equation equation(Value category);
  /// The design's row of a parameter as `category` has it.
  [[nodiscard]] std::uint32_t row(std::uint32_t parameter, Value category, xml::Element at);
  [[nodiscard]] Design take() { return std::move(design_); }

 private:
  struct Predictor {
    xml::Element at;
    TypedSlot value;
    bool isFactor = false;
    std::vector<Value> categories;  ///< rows and columns of the contrast matrix
    std::optional<document::Matrix> contrasts;
  };
  struct ParameterCell {
    std::string_view predictor;
    Cell cell;
  };
  using Key = std::uint64_t;  ///< the bits of a category, those of missing for what holds for every one
  struct Parameter {
    double referencePoint = 0;
    std::map<Key, std::vector<ParameterCell>> cells;
  };

  /// @targetCategory as a value; in a regression, where the target has none, its text stands for it.
  [[nodiscard]] std::optional<Value> category(xml::Element at) const;
  void readParameters();
  /// @parameterName as a number, or nothing after a report.
  [[nodiscard]] std::optional<std::uint32_t> parameter(xml::Element at) const;
  void readPredictors(std::string_view list, bool isFactor);
  void readContrasts(Predictor& predictor);
  void readParameterCells();
  [[nodiscard]] std::optional<Cell> readCell(xml::Element at, const Predictor& predictor);
  void readCoefficients();

  ModelContext& context_;
  compile::Builder& builder_;
  Design design_;
  std::vector<Parameter> parameters_;
  std::map<std::string_view, std::uint32_t> parameterNumbers_;
  std::map<std::string_view, Predictor> predictors_;
  std::vector<Coefficient> coefficients_;
  std::map<Key, std::vector<std::uint32_t>> coefficientsOf_;  ///< numbers in document order
  std::map<std::pair<std::uint32_t, Key>, std::uint32_t> rows_;
  bool isRead_ = true;
};

}  // namespace scorelet::models::general_regression
