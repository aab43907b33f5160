#include "models/baseline/count_table.hpp"

#include <set>

namespace scorelet::models::baseline {

namespace {

using namespace compile;

class Reader {
 public:
  Reader(ModelContext& context, CountTable& table) : context_(context), table_(table) {}

  void read(xml::Element parent, std::size_t depth) {
    bool isEmpty = true;
    for (const xml::Element e : xml::children(parent)) {
      const bool isLeaf = e.name() == "FieldValueCount";
      if (!isLeaf && e.name() != "FieldValue") continue;
      isEmpty = false;
      if (!context_.scope.builder().charge(e)) return;
      if (!bind(e, depth, isLeaf)) continue;
      const TypedSlot& field = table_.fields[depth].value;
      Builder& builder = context_.scope.builder();
      path_.push_back(builder.toText(builder.literal(e.required("value"), field.type, e, "value"), field.type));
      if (isLeaf)
        addCell(e);
      else
        read(e, depth + 1);
      path_.pop_back();
    }
    if (isEmpty) parent.error(Code::missingElement, "There are no FieldValueCount elements to compare with.");
  }

 private:
  /// The same field stands at one depth everywhere, and all counts at the same depth.
  bool bind(xml::Element e, std::size_t depth, bool isLeaf) {
    const std::string_view name = e.required("field");
    if (depth == table_.fields.size() && !leafDepth_) {
      const Binding* field = context_.scope.resolve(name, e);
      if (field == nullptr) return false;
      table_.fields.push_back({field->value, name});
    }
    if (isLeaf && !leafDepth_) leafDepth_ = depth;
    if (depth < table_.fields.size() && table_.fields[depth].name == name && isLeaf == (depth == leafDepth_))
      return true;
    e.error(Code::badValue, "All cells of a table name the same fields in the same order.", "field");
    return false;
  }

  void addCell(xml::Element e) {
    const double count = e.requiredNumber("count");
    if (!(count >= 0 && count - count == 0)) e.error(Code::badValue, "A count is not negative.", "count");
    if (!seen_.insert(path_).second) {
      e.error(Code::duplicateName, "This cell stands twice in the table.", "value");
      return;
    }
    table_.cells.push_back({path_, count});
    table_.total += count;
  }

  ModelContext& context_;
  CountTable& table_;
  std::vector<std::string> path_;
  std::set<std::vector<std::string>> seen_;
  std::optional<std::size_t> leafDepth_;
};

}  // namespace

CountTable readCountTable(ModelContext& context, xml::Element element) {
  CountTable table;
  Reader(context, table).read(element, 0);
  // Below an empty FieldValue, which was reported, the fields may go deeper than the counts.
  std::erase_if(table.cells, [&](const CountTable::Cell& cell) { return cell.values.size() != table.fields.size(); });
  if (table.cells.empty()) table.total = 0;
  if (!table.cells.empty() && !(table.total > 0))
    element.error(Code::badValue, "All counts are 0; there is nothing to compare with.");
  return table;
}

}  // namespace scorelet::models::baseline
