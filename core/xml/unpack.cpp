// The reader of packed documents.
#include "base/checksum.hpp"
#include "xml/packed.hpp"
#include "xml/packed_bytes.hpp"
#include "xml/packed_format.hpp"

namespace scorelet::xml {

namespace {

/// Values of one attribute (or the text) of one shape.
struct Column {
  bool isNumeric = false;
  std::vector<std::uint32_t> ids;  ///< per element; empty: value i belongs to element i
  std::vector<std::string_view> texts;
  std::uint32_t firstNumber = 0;  ///< in `Tree::numbers`
  std::size_t values = 0;
};

struct Shape {
  std::uint32_t name = 0;
  bool hasText = false;
  std::vector<std::uint32_t> attributes;
  std::size_t elements = 0;
  std::vector<Column> columns;
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
    for (const std::uint32_t shape : shapeOf) {
      if (!in_.require(shape < shapes_.size())) return PackedFault::content;
      ++shapes_[shape].elements;
    }
    for (Shape& s : shapes_) {
      for (std::size_t c = 0; c < s.attributes.size() + s.hasText && in_.ok(); ++c)
        s.columns.push_back(readColumn(s.elements));
      s.elements = 0;  // from now on: those placed
    }
    if (!in_.isAtEnd()) return PackedFault::content;
    return place(shapeOf, depths, lines);
  }

 private:
  void readShapes() {
    const auto count = in_.integer<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in_.ok(); ++i) {
      Shape s;
      s.name = in_.integer<std::uint32_t>();
      in_.require(s.name < tree_.names.size());
      s.hasText = in_.integer<std::uint8_t>() != 0;
      s.attributes = in_.array<std::uint32_t>(in_.integer<std::uint32_t>());
      for (const std::uint32_t a : s.attributes) in_.require(a < tree_.names.size());
      shapes_.push_back(std::move(s));
    }
  }

  Column readColumn(std::size_t elements) {
    Column c;
    const auto kind = in_.integer<std::uint8_t>();
    c.isNumeric = (kind & kDecimals) != 0;
    c.values = elements;
    if ((kind & kRepeats) != 0) {
      c.values = in_.integer<std::uint32_t>();
      c.ids = in_.array<std::uint32_t>(elements);
      for (const std::uint32_t id : c.ids) in_.require(id < c.values);
    }
    if (!c.isNumeric) {
      c.texts = in_.texts(c.values);
    } else {
      c.firstNumber = static_cast<std::uint32_t>(tree_.numbers.size());
      readNumbers(c.values, (kind & kSteps) != 0);
    }
    return c;
  }

  void readNumbers(std::size_t count, bool areSteps) {
    const auto digits = in_.array<std::uint64_t>(count);
    const auto places = areSteps ? std::vector<std::uint8_t>(digits.size()) : in_.array<std::uint8_t>(count);
    const auto exponents = areSteps ? places : in_.array<std::uint8_t>(count);
    if (!in_.ok()) return;
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
      if (!in_.require(isExact(d))) return;
      tree_.decimals.push_back(d);
      tree_.numbers.push_back(value(d));
    }
  }

  PackedFault place(const std::vector<std::uint32_t>& shapeOf, const std::vector<std::uint32_t>& depths,
                    const std::vector<std::uint32_t>& lines) {
    std::size_t attributes = 0;
    for (const std::uint32_t shape : shapeOf) attributes += shapes_[shape].attributes.size();
    tree_.elements.reserve(shapeOf.size() + 1);
    tree_.attributes.reserve(attributes);
    std::vector<std::uint32_t> open;  // the elements around the next one, by depth; then the elder sibling
    std::uint32_t line = 1;
    for (std::uint32_t i = 0; i < shapeOf.size(); ++i) {
      const std::uint32_t depth = depths[i];
      if (depth >= limits_.depth) return PackedFault::tooDeep;
      if (depth > open.size() || (depth == 0) != (i == 0)) return PackedFault::content;
      if (depth < open.size()) tree_.elements[open[depth]].next = i;
      open.resize(depth + 1);
      open[depth] = i;
      Shape& s = shapes_[shapeOf[i]];
      const std::size_t at = s.elements++;
      line += lines[i];
      ElementRow row{s.name, depth == 0 ? kNoRow : open[depth - 1],
                     kNoRow, static_cast<std::uint32_t>(tree_.attributes.size()),
                     kNoRow, line};
      for (std::size_t a = 0; a < s.attributes.size(); ++a) {
        const Column& c = s.columns[a];
        const std::size_t value = c.ids.empty() ? at : c.ids[at];
        AttributeRow attribute{s.attributes[a], kNumber, {}};
        if (c.isNumeric) {
          attribute.number = c.firstNumber + value;
        } else {
          attribute.length = static_cast<std::uint32_t>(c.texts[value].size());
          attribute.text = c.texts[value].data();
        }
        tree_.attributes.push_back(attribute);
      }
      if (s.hasText) {
        const Column& c = s.columns.back();
        if (c.isNumeric) return PackedFault::content;
        row.text = static_cast<std::uint32_t>(tree_.texts.size());
        tree_.texts.push_back(c.texts[c.ids.empty() ? at : c.ids[at]]);
      }
      tree_.elements.push_back(row);
    }
    tree_.elements.push_back({0, kNoRow, kNoRow, static_cast<std::uint32_t>(tree_.attributes.size()), kNoRow, 0});
    return PackedFault::none;
  }

  PackedReader in_;
  const Limits& limits_;
  Tree& tree_;
  std::vector<Shape> shapes_;
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
