// A case as cases.py prepared it: a model, rows, expected answers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

struct Field {
  std::string name;
  std::vector<std::string> categories;  // of a text field; its values are indices into them
};

struct Case {
  std::string folder, id;
  std::vector<Field> fields;
  std::vector<std::string> answers;
  std::vector<double> values, expected;  // row after row
  std::size_t rows = 0, nodes = 0;
  double absolute = 0, relative = 0;

  [[nodiscard]] const double* row(std::size_t i) const { return values.data() + i * fields.size(); }
  // Rows in single precision, as most engines take them.
  [[nodiscard]] std::vector<float> floats() const { return {values.begin(), values.end()}; }
};

// Empty if there is no such file.
std::string readFile(const std::string& path);

// Exits with a message if the folder holds no case.
Case readCase(const std::string& folder);

}  // namespace bench
