// The reader of packed documents.
#include <algorithm>

#include "base/checksum.hpp"
#include "xml/packed.hpp"
#include "xml/packed_bytes.hpp"
#include "xml/packed_format.hpp"

namespace scorelet::xml {

namespace {

/// Values of one attribute (or the text) of one shape.
struct Column {
  std::uint32_t name = 0;
  PackedArray<std::uint32_t> ids;  ///< per element; empty: value i belongs to element i
  bool isNumeric = false;
  std::vector<std::string_view> texts;
  std::size_t firstNumber = 0;  ///< in `Tree::numbers`

  [[nodiscard]] AttributeRow of(std::size_t element) const noexcept {
    const std::size_t value = ids.empty() ? element : ids[element];
    if (isNumeric) return {name, kNumber, {.number = firstNumber + value}};
    AttributeRow row{name, static_cast<std::uint32_t>(texts[value].size()), {}};
    row.text = texts[value].data();
    return row;
  }
};

/// Of one of the tree's shapes.
struct ReadShape {
  bool hasText = false;
  std::vector<std::uint32_t> attributes;
  std::size_t elements = 0, placed = 0;
  std::vector<Column> columns;  ///< one per attribute, and the text last
};

class Unpacker {
 public:
  Unpacker(std::string_view content, const Limits& limits, Tree& tree) : in_(content), limits_(limits), tree_(tree) {}

  PackedFault run() {
    for (const std::string_view name : in_.texts(in_.integer<std::uint32_t>())) tree_.names.append(name);
    readShapes();
    const auto count = in_.integer<std::uint32_t>();
    const auto shapeOf = in_.array<std::uint32_t>(count);
    const auto depths = in_.array<std::uint32_t>(count);
    const auto lines = in_.array<std::uint32_t>(count);
    if (!in_.require(count > 0)) return PackedFault::content;
    if (count > limits_.elements) return PackedFault::tooManyElements;
    for (std::size_t i = 0; i < shapeOf.size(); ++i) {
      if (!in_.require(shapeOf[i] < shapes_.size())) return PackedFault::content;
      ++shapes_[shapeOf[i]].elements;
    }
    for (ReadShape& s : shapes_) {
      for (const std::uint32_t name : s.attributes)
        if (in_.ok()) s.columns.push_back(readColumn(s.elements, name));
      if (s.hasText && in_.ok()) s.columns.push_back(readColumn(s.elements, 0));
    }
    if (!in_.isAtEnd()) return PackedFault::content;
    return place(shapeOf, depths, lines);
  }

 private:
  void readShapes() {
    const auto count = in_.integer<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in_.ok(); ++i) {
      ReadShape s;
      const auto name = in_.integer<std::uint32_t>();
      if (!in_.require(name < tree_.names.size())) return;
      Shape& shape = tree_.shapes.emplace_back(tree_.shapeOf(name));
      s.hasText = in_.integer<std::uint8_t>() != 0;
      const auto attributes = in_.array<std::uint32_t>(in_.integer<std::uint32_t>());
      for (std::size_t a = 0; a < attributes.size(); ++a) s.attributes.push_back(attributes[a]);
      for (std::uint32_t place = 0; place < s.attributes.size(); ++place)
        if (in_.require(s.attributes[place] < tree_.names.size()))
          tree_.addAttribute(shape, s.attributes[place], place);
      shapes_.push_back(std::move(s));
    }
  }

  Column readColumn(std::size_t elements, std::uint32_t name) {
    Column c;
    c.name = name;
    const auto kind = in_.integer<std::uint8_t>();
    std::size_t values = elements;
    if ((kind & kRepeats) != 0) {
      values = in_.integer<std::uint32_t>();
      c.ids = in_.array<std::uint32_t>(elements);
      std::uint32_t most = 0;
      for (std::size_t i = 0; i < c.ids.size(); ++i) most = std::max(most, c.ids[i]);
      in_.require(c.ids.empty() || most < values);
    }
    c.isNumeric = (kind & kDecimals) != 0;
    if (!c.isNumeric) {
      c.texts = in_.texts(values);
    } else {
      c.firstNumber = tree_.numbers.size();
      readNumbers(values, (kind & kSteps) != 0);
    }
    return c;
  }

  void readNumbers(std::size_t count, bool areSteps) {
    const auto digits = in_.array<std::uint64_t>(count);
    const auto places = areSteps ? PackedArray<std::uint8_t>() : in_.array<std::uint8_t>(count);
    const auto exponents = areSteps ? PackedArray<std::uint8_t>() : in_.array<std::uint8_t>(count);
    if (!in_.ok()) return;
    const std::size_t first = tree_.numbers.size();
    tree_.numbers.resize(first + count);
    Decimal* const numbers = tree_.numbers.data() + first;
    bool areExact = true;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < count; ++i) {
      Decimal d;
      d.digits = static_cast<std::int64_t>(before + static_cast<std::uint64_t>(unfold(digits[i])));
      if (areSteps) {
        before = static_cast<std::uint64_t>(d.digits);
      } else {
        d.places = places[i];
        d.exponent = static_cast<std::int8_t>(unfold(exponents[i]));
      }
      areExact &= isExact(d);
      numbers[i] = d;
    }
    in_.require(areExact);
  }

  PackedFault place(const PackedArray<std::uint32_t>& shapeOf, const PackedArray<std::uint32_t>& depths,
                    const PackedArray<std::uint32_t>& lines) {
    std::size_t attributes = 0;
    for (const ReadShape& s : shapes_) attributes += s.elements * s.attributes.size();
    tree_.elements.resize(shapeOf.size() + 1);
    tree_.attributes.resize(attributes);
    ElementRow* const elements = tree_.elements.data();
    AttributeRow* const firstAttribute = tree_.attributes.data();
    AttributeRow* attribute = firstAttribute;
    const auto attributesSoFar = [&] { return static_cast<std::uint32_t>(attribute - firstAttribute); };
    std::vector<std::uint32_t> open;  // the elements around the next one, by depth; then the elder sibling
    std::size_t height = 0;           // of which so many are valid
    std::uint32_t line = 1;
    for (std::uint32_t i = 0; i < shapeOf.size(); ++i) {
      const std::uint32_t depth = depths[i];
      if (depth >= limits_.depth) return PackedFault::tooDeep;
      if (depth > height || (depth == 0) != (i == 0)) return PackedFault::content;
      if (depth < height)
        elements[open[depth]].next = i;
      else if (depth == open.size())
        open.push_back(i);
      open[depth] = i;
      height = depth + 1;
      const std::uint32_t shape = shapeOf[i];
      ReadShape& s = shapes_[shape];
      const std::size_t at = s.placed++;
      line += lines[i];
      ElementRow& row = elements[i];
      row = {shape, depth == 0 ? kNoRow : open[depth - 1], kNoRow, attributesSoFar(), kNoRow, line};
      const Column* column = s.columns.data();
      for (std::size_t a = s.attributes.size(); a > 0; --a) *attribute++ = (column++)->of(at);
      if (s.hasText) {
        if (column->isNumeric) return PackedFault::content;
        const AttributeRow text = column->of(at);
        row.text = static_cast<std::uint32_t>(tree_.texts.size());
        tree_.texts.emplace_back(text.text, text.length);
      }
    }
    tree_.elements.back() = {0, kNoRow, kNoRow, attributesSoFar(), kNoRow, 0};
    return PackedFault::none;
  }

  PackedReader in_;
  const Limits& limits_;
  Tree& tree_;
  std::vector<ReadShape> shapes_;
};

}  // namespace

PackedFault unpack(std::string_view bytes, const Limits& limits, Tree& tree, Origin& origin) {
  PackedReader in(bytes);
  (void)in.take(kPackedMagic.size());
  if (in.integer<std::uint32_t>() != kPackedVersion) return PackedFault::version;
  const auto sum = in.integer<std::uint64_t>();
  origin.hash = in.integer<std::uint64_t>();
  for (std::byte& b : origin.sha256) b = static_cast<std::byte>(in.integer<std::uint8_t>());
  if (!in.ok()) return PackedFault::content;
  const std::string_view content = bytes.substr(kPackedMagic.size() + 4 + 8 + 8 + origin.sha256.size());
  if (checksum(content) != sum) return PackedFault::checksum;
  return Unpacker(content, limits, tree).run();
}

}  // namespace scorelet::xml
