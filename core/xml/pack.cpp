// The writer of packed documents. Columns are written in the order in which shapes are first met.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/checksum.hpp"
#include "xml/decimal.hpp"
#include "xml/packed.hpp"
#include "xml/packed_bytes.hpp"
#include "xml/packed_format.hpp"

namespace scorelet::xml {

namespace {

using Texts = std::vector<std::string_view>;
using Numbers = std::vector<std::uint64_t>;

struct WrittenShape {
  std::uint32_t name = 0;
  std::vector<std::uint32_t> attributes;
  bool hasText = false;
  std::vector<Texts> columns;  ///< one per attribute, and the text last
};

/// Steps from one number to the next are smaller than the numbers where they count up.
bool countsUp(const std::vector<Decimal>& table) {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].places != 0 || table[i].exponent != Decimal::kNoExponent ||
        (i > 0 && table[i].digits < table[i - 1].digits))
      return false;
  return table.size() > 1;
}

class Packer {
 public:
  Packer(const Tree& tree, std::string_view source) : tree_(tree), source_(source) {}

  std::string run() {
    collect();
    Texts names;
    for (std::size_t i = 0; i < tree_.names.size(); ++i)
      names.push_back(tree_.names[static_cast<std::uint32_t>(i)].whole);
    out_.number(static_cast<std::uint32_t>(names.size()));
    out_.texts(names);
    out_.number(static_cast<std::uint32_t>(shapes_.size()));
    for (const WrittenShape& s : shapes_) {
      out_.number(s.name);
      out_.number(static_cast<std::uint8_t>(s.hasText));
      out_.number(static_cast<std::uint32_t>(s.attributes.size()));
      out_.array(Numbers(s.attributes.begin(), s.attributes.end()));
    }
    out_.number(static_cast<std::uint32_t>(shapeOf_.size()));
    out_.array(shapeOf_);
    out_.array(depths_);
    out_.array(lines());
    for (const WrittenShape& s : shapes_)
      for (std::size_t c = 0; c < s.columns.size(); ++c) write(s.columns[c], c < s.attributes.size());
    return std::move(out_.bytes());
  }

 private:
  void collect() {
    std::map<std::pair<std::uint32_t, bool>, std::uint32_t> known;  // by shape of the tree, and whether there is text
    for (std::uint32_t i = 0; i + 1 < tree_.elements.size(); ++i) {
      const ElementRow& e = tree_.elements[i];
      const bool hasText = e.text != kNoRow;
      const auto [at, isNew] = known.try_emplace({e.shape, hasText}, static_cast<std::uint32_t>(shapes_.size()));
      if (isNew) {
        WrittenShape s{tree_.shapes[e.shape].name, {}, hasText, {}};
        for (std::uint32_t a = e.attributes; a < tree_.elements[i + 1].attributes; ++a)
          s.attributes.push_back(tree_.attributes[a].name);
        s.columns.resize(s.attributes.size() + s.hasText);
        shapes_.push_back(std::move(s));
      }
      WrittenShape& s = shapes_[at->second];
      for (std::size_t a = 0; a < s.attributes.size(); ++a) {
        const AttributeRow& row = tree_.attributes[e.attributes + a];
        s.columns[a].emplace_back(row.text, row.length);
      }
      if (s.hasText) s.columns.back().push_back(tree_.texts[e.text]);
      shapeOf_.push_back(at->second);
      depths_.push_back(e.parent == kNoRow ? 0 : depths_[e.parent] + 1);
    }
  }

  /// How many lines each element begins below the one before it.
  Numbers lines() const {
    Numbers out;
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < tree_.elements.size(); ++i) {
      const std::size_t offset = std::clamp<std::size_t>(tree_.elements[i].position, at, source_.size());
      out.push_back(static_cast<std::uint64_t>(std::count(source_.begin() + at, source_.begin() + offset, '\n')));
      at = offset;
    }
    return out;
  }

  /// The text of elements stays text: it is mostly lists.
  void write(const Texts& column, bool mayBeNumbers) {
    Texts distinct;
    Numbers ids;
    std::unordered_map<std::string_view, std::uint32_t> known;
    for (const std::string_view text : column) {
      const auto [at, isNew] = known.try_emplace(text, static_cast<std::uint32_t>(distinct.size()));
      if (isNew) distinct.push_back(text);
      ids.push_back(at->second);
    }
    const bool repeats = distinct.size() * 2 <= column.size();
    const Texts& values = repeats ? distinct : column;
    std::vector<Decimal> decimals;
    for (const std::string_view text : values)
      if (const auto d = decimalOf(text)) decimals.push_back(*d);
    const bool areDecimals = mayBeNumbers && decimals.size() == values.size();
    const bool areSteps = areDecimals && countsUp(decimals);
    out_.number(
        static_cast<std::uint8_t>((repeats ? kRepeats : 0) | (areDecimals ? kDecimals : 0) | (areSteps ? kSteps : 0)));
    if (repeats) {
      out_.number(static_cast<std::uint32_t>(values.size()));
      out_.array(ids);
    }
    if (!areDecimals) return out_.texts(values);
    Numbers digits, places, exponents;
    std::int64_t before = 0;
    for (const Decimal& d : decimals) {
      digits.push_back(fold(d.digits - before));
      if (areSteps) before = d.digits;
      places.push_back(d.places);
      exponents.push_back(fold(d.exponent));
    }
    out_.array(digits);
    if (areSteps) return;
    out_.array(places);
    out_.array(exponents);
  }

  const Tree& tree_;
  std::string_view source_;
  PackedWriter out_;
  std::vector<WrittenShape> shapes_;
  Numbers shapeOf_, depths_;
};

}  // namespace

std::vector<std::byte> pack(const Tree& tree, std::string_view source, const Origin& origin) {
  const std::string content = Packer(tree, source).run();
  PackedWriter out;
  out.bytes().append(kPackedMagic);
  out.number(kPackedVersion);
  out.number(checksum(content));
  out.number(origin.hash);
  for (const std::byte b : origin.sha256) out.number(static_cast<std::uint8_t>(b));
  out.bytes().append(content);
  const auto* bytes = reinterpret_cast<const std::byte*>(out.bytes().data());
  return {bytes, bytes + out.bytes().size()};
}

}  // namespace scorelet::xml
