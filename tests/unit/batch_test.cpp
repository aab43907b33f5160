// Columns of every kind, row by row and from a row on.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include <scorelet/batch.hpp>

using namespace scorelet;

namespace {

constexpr std::size_t kRows = 20;

std::string said(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::missing: return "-";
    case Cell::Kind::text: return std::string(cell.text);
    case Cell::Kind::list: return "list of " + std::to_string(cell.items.size());
    default: return std::to_string(static_cast<int>(cell.number));
  }
}

TEST(Batch, AColumnSaysTheSameFromAnyRowOn) {
  std::vector<double> numbers;
  std::vector<std::int32_t> codes, offsets{0};
  std::vector<Cell> cells;
  std::string bytes;
  for (std::size_t i = 0; i < kRows; ++i) {
    numbers.push_back(i % 5 == 4 ? std::nan("") : static_cast<double>(i));
    codes.push_back(static_cast<std::int32_t>(i % 5) - 1);  // -1 says nothing, 3 is beyond the dictionary
    bytes += "t" + std::to_string(i);
    offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    cells.push_back(i % 3 == 0 ? Cell::none() : i % 3 == 1 ? Cell::of("c") : Cell::of(std::span(cells.data(), i)));
  }
  const TextView texts{bytes.data(), offsets.data(), kRows}, dictionary{bytes.data(), offsets.data(), 3};
  const std::uint8_t valid[] = {0b1111'1110, 0b0111'1111, 0xFF};  // all but 0 and 15

  for (const std::size_t first : {0, 8, 16}) {
    for (std::size_t i = first; i < kRows; ++i) {
      const bool isThere = i != 0 && i != 15;
      const std::string number = i % 5 == 4 ? "-" : std::to_string(i), text = "t" + std::to_string(i);
      const std::string code = i % 5 == 0 || i % 5 == 4 ? "-" : "t" + std::to_string(i % 5 - 1);
      const auto at = [&](const Column& column) { return said(column.from(first).cell(i - first)); };
      EXPECT_EQ(at(Column()), "-");
      EXPECT_EQ(at(Column::ofNumbers(numbers.data())), number);
      EXPECT_EQ(at(Column::ofNumbers(numbers.data(), valid)), isThere ? number : "-");
      EXPECT_EQ(at(Column::ofTexts(texts)), text);
      EXPECT_EQ(at(Column::ofTexts(texts, valid)), isThere ? text : "-");
      EXPECT_EQ(at(Column::ofCodes(codes.data(), dictionary)), code);
      EXPECT_EQ(at(Column::ofCodes(codes.data(), dictionary, valid)), isThere ? code : "-");
      EXPECT_EQ(at(Column::ofCells(cells.data())), i % 3 == 0   ? "-"
                                                   : i % 3 == 1 ? "c"
                                                                : "list of " + std::to_string(i));
    }
  }
}

}  // namespace
