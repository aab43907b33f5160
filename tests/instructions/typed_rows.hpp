// Rows of a table in the types of a model's inputs, as a caller has them who does not come from text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <scorelet/scorelet.hpp>

#include "support/csv.hpp"

namespace scorelet::test {

class TypedRows {
 public:
  /// The rows of the table again and again, until there are as many as wanted.
  TypedRows(const Model& model, const Csv& table, std::size_t rows);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  /// Numbers, and codes of texts.
  [[nodiscard]] Batch all() const;
  /// What `Scorer::scoreRecord` takes; a text that the model does not know is missing.
  [[nodiscard]] std::vector<double> record(std::size_t row) const;
  [[nodiscard]] std::string json(std::size_t row) const;

 private:
  struct Input {
    std::string name;
    bool isText = false;
    std::vector<double> numbers;
    std::vector<std::int32_t> codes;
    std::vector<std::string> texts;  // by code
    std::vector<double> known;       // by code, for records
    std::string bytes;               // the texts as Arrow lays them out
    std::vector<std::int32_t> offsets{0};
  };
  Input read(const Model& model, const InputField& field, const Csv& table) const;

  std::size_t rows_;
  std::vector<Input> inputs_;
};

}  // namespace scorelet::test
