// --group: rows with one value of a column become one record, whose list inputs hold the values of all of them.
#include <algorithm>
#include <deque>
#include <span>
#include <unordered_map>
#include <utility>

#include "rows.hpp"

namespace scorelet::cli {
namespace {

/// Copies of cells that outlive the block that they came in.
class CellStore {
 public:
  Cell copy(const Cell& cell) {
    Cell out = cell;
    bytes_ += sizeof(Cell);
    if (cell.kind == Cell::Kind::text) out.text = copy(cell.text);
    if (cell.kind == Cell::Kind::list) {
      std::vector<Cell> items;  // of a list within the list
      for (const Cell& item : cell.items) items.push_back(copy(item));
      out.items = {lists_.emplace_back(std::move(items)).data(), cell.items.size()};
    }
    return out;
  }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  std::string_view copy(std::string_view text) {
    constexpr std::size_t kBlock = std::size_t{1} << 20;
    bytes_ += text.size();
    if (texts_.empty() || texts_.back().capacity() - texts_.back().size() < text.size()) {
      texts_.emplace_back().reserve(std::max(kBlock, text.size()));
    }
    std::string& block = texts_.back();
    const std::size_t begin = block.size();
    block += text;
    return std::string_view(block).substr(begin);
  }

  std::deque<std::string> texts_;  // filled up to their capacity, so that none of them moves
  std::deque<std::vector<Cell>> lists_;
  std::size_t bytes_ = 0;
};

struct Group {
  Row row;                               // of its first row
  std::vector<Cell> single;              // by input: the first value there is
  std::vector<std::vector<Cell>> lists;  // by input: the values in the order of the rows
  std::vector<bool> hasValue;            // by input
};

/// The whole input, for all sources.
class Groups {
 public:
  Groups(const Model& model, std::unique_ptr<RowSource> rows, bool addsKey)
      : model_(model), source_(std::move(rows)), addsKey_(addsKey), failure_(source_->failure()) {}

  /// At most `count` groups that nobody has taken yet.
  std::span<Group> next(std::size_t count) {
    if (!std::exchange(isGathered_, true)) gather();
    if (!failure_.empty()) return {};
    const std::size_t first = std::exchange(next_, std::min(next_ + count, groups_.size()));
    return std::span(groups_).subspan(first, next_ - first);
  }

  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] const Diagnostics& notes() const { return source_->notes(); }
  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  void gather() {
    while (failure_.empty() && source_->read()) {
      source_->parse();
      const Batch& batch = source_->batch();
      for (const Row& row : source_->rows()) take(row, batch);
      if (cells_.bytes() > kGroupBytes) {
        failure_ = "the groups need more than " + std::to_string(kGroupBytes >> 20) +
                   " MB; split the input so that each group stays in one part";
      }
    }
    if (!source_->failure().empty()) failure_ = source_->failure();
  }

  void take(const Row& row, const Batch& batch) {
    Group& group = groupOf(row);
    if (!row.refused.empty()) {
      // A group of which a row is unreadable is not known.
      if (group.row.refused.empty()) group.row.refused = row.refused;
      return;
    }
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      const Cell cell = batch.columns[i].cell(row.index);
      const bool isPresent = cell.kind != Cell::Kind::missing;
      if (!model_.inputs()[i].isList) {
        if (isPresent && !group.hasValue[i]) group.single[i] = cells_.copy(cell);
      } else if (cell.kind == Cell::Kind::list) {
        for (const Cell& item : cell.items) group.lists[i].push_back(cells_.copy(item));
      } else {
        group.lists[i].push_back(cells_.copy(cell));
      }
      group.hasValue[i] = group.hasValue[i] || isPresent;
    }
  }

  /// The group of a row; a row without a value in the column is one by itself.
  Group& groupOf(const Row& row) {
    const bool hasKey = row.key.isText || row.key.value != "null";
    if (hasKey) {
      const auto [at, isNew] = byKey_.try_emplace(row.key.value, groups_.size());
      if (!isNew) return groups_[at->second];
    }
    Group& group = groups_.emplace_back();
    group.row.line = row.line;
    group.row.ids = row.ids;
    if (addsKey_) group.row.ids.push_back(row.key);
    const std::size_t inputs = model_.inputs().size();
    group.single.resize(inputs);
    group.lists.resize(inputs);
    group.hasValue.resize(inputs);
    return group;
  }

  static constexpr std::size_t kGroupBytes = std::size_t{1} << 30;

  const Model& model_;
  std::unique_ptr<RowSource> source_;
  bool addsKey_;
  std::string failure_;
  bool isGathered_ = false;
  CellStore cells_;
  std::vector<Group> groups_;  // in order of first appearance
  std::unordered_map<std::string, std::size_t> byKey_;
  std::size_t next_ = 0;  // group to put out
};

class GroupedRows final : public RowSource {
 public:
  explicit GroupedRows(std::shared_ptr<Groups> groups) : groups_(std::move(groups)) {}

  std::unique_ptr<RowSource> another() override { return std::make_unique<GroupedRows>(groups_); }

  bool read() override {
    block_ = groups_->next(kBlockRows);
    return !block_.empty();
  }

  void parse() override {
    rows_.clear();
    columns_.assign(groups_->model().inputs().size(), {});
    readable_ = 0;
    for (Group& group : block_) putOut(group);
  }

  const Batch& batch() override {
    batch_.rows = readable_;
    batch_.columns.clear();
    for (const auto& column : columns_) batch_.columns.push_back(Column::ofCells(column.data()));
    return batch_;
  }

  const Diagnostics& notes() const override { return groups_->notes(); }
  const std::string& failure() const noexcept override { return groups_->failure(); }

 private:
  void putOut(Group& group) {
    if (group.row.refused.empty()) {
      group.row.index = readable_++;
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        const bool isList = groups_->model().inputs()[i].isList && group.hasValue[i];
        columns_[i].push_back(isList ? Cell::of(std::span<const Cell>(group.lists[i])) : group.single[i]);
      }
    }
    rows_.push_back(std::move(group.row));
  }

  std::shared_ptr<Groups> groups_;
  std::span<Group> block_;
  std::vector<std::vector<Cell>> columns_;  // of the block, by input
  Batch batch_;
  std::size_t readable_ = 0;
};

}  // namespace

std::unique_ptr<RowSource> groupedRows(const Model& model, std::unique_ptr<RowSource> rows, bool addsKey) {
  return std::make_unique<GroupedRows>(std::make_shared<Groups>(model, std::move(rows), addsKey));
}

}  // namespace scorelet::cli
