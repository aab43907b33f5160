#include <iostream>
#include <iterator>
#include <scorelet/scorelet.hpp>
using namespace scorelet;

int main() {
  const auto model = Model::load(std::string(std::istreambuf_iterator<char>(std::cin), {}));
  if (!model) return std::cerr << model.error().front().text() << '\n', 1;
  const Cell income = Cell::of(2500.0), debts = Cell::of(5000.0), home = Cell::of("rent");
  Scorer scorer(*model);
  scorer.score({1, {Column::ofCells(&income), Column::ofCells(&debts), Column::ofCells(&home)}});
  for (std::size_t c = 0; c < model->results().size(); ++c)
    std::cout << model->results()[c].name << " = " << scorer.text(c, 0) << '\n';
}
