// From XML to the tables, through pugixml's tree, which is gone when this returns.
#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <unordered_map>

#include <pugixml.hpp>

#include "xml/document.hpp"

namespace scorelet::xml {

namespace {

pugi::xml_node elementFrom(pugi::xml_node n) noexcept {
  while (n && n.type() != pugi::node_element) n = n.next_sibling();
  return n;
}

bool isText(pugi::xml_node n) noexcept { return n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata; }

/// Finds the shapes of elements, name by name. What followed a name before may well follow it again: two guesses are
/// tried before the tables are asked.
class ShapeFinder {
 public:
  explicit ShapeFinder(Tree& tree) : tree_(tree) {
    tree_.shapes.emplace_back();  // what comes before the root
    steps_.emplace_back();
  }

  /// The shape of the next element, as far as its name goes.
  std::uint32_t element(const char* name) { return shape_ = find(kNoRow, &Step::elements, name); }
  /// The same with one attribute more.
  std::uint32_t attribute(const char* name) { return shape_ = find(shape_, &Step::attributes, name); }
  /// The name that was found last, in the tree's names.
  [[nodiscard]] std::uint32_t name() const noexcept { return steps_[shape_].name; }

 private:
  using Guesses = std::array<std::uint32_t, 2>;
  struct Step {  ///< to a shape
    std::string_view text;
    std::uint32_t name = 0;  ///< the text's
    std::uint32_t attributeCount = 0;
    Guesses elements{}, attributes{};  ///< shapes that came next; 0: none
  };

  /// `before`: of which shape this is the next attribute; kNoRow: this is an element.
  std::uint32_t find(std::uint32_t before, Guesses Step::* guesses, const char* name) {
    for (const std::uint32_t guess : steps_[shape_].*guesses)
      if (guess != 0 && is(name, steps_[guess].text)) return guess;
    const std::uint32_t id = tree_.names.intern(name);
    const auto next = static_cast<std::uint32_t>(steps_.size());
    const auto [at, isNew] = known_.try_emplace(std::uint64_t{before} << 32 | id, next);
    if (isNew) add(before, id);
    Guesses& known = steps_[shape_].*guesses;
    known = {at->second, known[0]};
    return at->second;
  }

  static bool is(const char* name, std::string_view known) noexcept {
    return name[0] == known[0] && std::strncmp(name, known.data(), known.size()) == 0 && name[known.size()] == 0;
  }

  void add(std::uint32_t before, std::uint32_t name) {
    const std::string_view text = tree_.names[name].whole;
    if (before == kNoRow) {
      steps_.push_back({text, name});
      tree_.shapes.push_back(tree_.shapeOf(name));
      return;
    }
    const std::uint32_t place = steps_[before].attributeCount;
    steps_.push_back({text, name, place + 1});
    Shape shape = tree_.shapes[before];
    tree_.addAttribute(shape, name, place);
    tree_.shapes.push_back(shape);
  }

  Tree& tree_;
  std::vector<Step> steps_;                                 ///< per shape of the tree
  std::unordered_map<std::uint64_t, std::uint32_t> known_;  ///< shape by the one before and a name
  std::uint32_t shape_ = 0;
};

class Flattener {
 public:
  Flattener(Tree& tree, const Limits& limits) : tree_(tree), limits_(limits), shapes_(tree) {}

  enum class Outcome { done, tooMany, tooDeep };

  /// Without recursion: everything later may recurse as deep as this allows.
  Outcome run(pugi::xml_node root) {
    std::vector<std::uint32_t> open;  // the elements around `n`
    std::uint32_t before = kNoRow;    // its elder sibling
    pugi::xml_node n = root;
    while (true) {
      if (tree_.elements.size() == limits_.elements) return Outcome::tooMany;
      const std::uint32_t row = add(n, open.empty() ? kNoRow : open.back());
      if (before != kNoRow) tree_.elements[before].next = row;
      if (n.first_child() && open.size() + 2 > limits_.depth) return Outcome::tooDeep;
      if (const pugi::xml_node child = elementFrom(n.first_child())) {
        open.push_back(row);
        before = kNoRow;
        n = child;
        continue;
      }
      before = row;
      while (n != root) {
        if (const pugi::xml_node sibling = elementFrom(n.next_sibling())) {
          n = sibling;
          break;
        }
        n = n.parent();
        before = open.back();
        open.pop_back();
      }
      if (n == root) break;
    }
    tree_.elements.push_back({0, kNoRow, kNoRow, static_cast<std::uint32_t>(tree_.attributes.size()), kNoRow, 0});
    return Outcome::done;
  }

 private:
  std::uint32_t add(pugi::xml_node n, std::uint32_t parent) {
    ElementRow row{shapes_.element(n.name()),
                   parent,
                   kNoRow,
                   static_cast<std::uint32_t>(tree_.attributes.size()),
                   kNoRow,
                   static_cast<std::uint32_t>(n.offset_debug())};
    for (pugi::xml_attribute a = n.first_attribute(); a; a = a.next_attribute()) {
      row.shape = shapes_.attribute(a.name());
      const std::string_view value = a.value();
      tree_.attributes.push_back({shapes_.name(), static_cast<std::uint32_t>(value.size()), {.text = a.value()}});
    }
    for (pugi::xml_node c = n.first_child(); c; c = c.next_sibling())
      if (isText(c)) {
        row.text = static_cast<std::uint32_t>(tree_.texts.size());
        tree_.texts.emplace_back(c.value());
        break;
      }
    tree_.elements.push_back(row);
    return static_cast<std::uint32_t>(tree_.elements.size() - 1);
  }

  Tree& tree_;
  const Limits& limits_;
  ShapeFinder shapes_;
};

}  // namespace

bool Document::parseXml() {
  tree_.buffer.assign(source_.begin(), source_.end());
  const auto parsed = std::make_shared<pugi::xml_document>();
  pugi::xml_document& document = *parsed;
  constexpr unsigned flags = (pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata_single) & ~0u;
  const pugi::xml_parse_result result = document.load_buffer_inplace(tree_.buffer.data(), tree_.buffer.size(), flags);
  if (!result) {
    Diagnostic d;
    d.code = Code::notXml;
    place(d, std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), source_.size()));
    ++d.column;  // of the character itself; elements are placed at the one before their name
    d.message = std::string("The file is not well-formed XML: ") + result.description() + ".";
    diagnostics_.push_back(std::move(d));
    ++errors_;
    return false;
  }
  std::uint32_t roots = 0;
  for (const pugi::xml_node n : document.children()) {
    roots += n.type() == pugi::node_element;
    if (n.type() != pugi::node_doctype) continue;
    report(Severity::error, Code::forbiddenMarkup, {},
           "The document has a DOCTYPE. Document types and entities are not read; remove the declaration.");
    return false;
  }
  if (roots != 1) {
    report(Severity::error, Code::notXml, {}, "The document needs exactly one root element.");
    return false;
  }
  switch (Flattener(tree_, limits_).run(document.document_element())) {
    case Flattener::Outcome::done: {
      const std::less_equal<const char*> before;
      const char* name = document.document_element().name();
      if (!before(tree_.buffer.data(), name) || !before(name, tree_.buffer.data() + tree_.buffer.size()))
        tree_.recoded = parsed;
      return true;
    }
    case Flattener::Outcome::tooMany:
      report(Severity::error, Code::tooManyElements, {}, tooManyElements());
      return false;
    case Flattener::Outcome::tooDeep: report(Severity::error, Code::tooDeep, {}, tooDeep()); return false;
  }
  return false;
}

}  // namespace scorelet::xml
