#include "xml/document.hpp"

#include "base/number.hpp"
#include "base/strings.hpp"
#include "xml/packed.hpp"

namespace scorelet::xml {

// --- Element -----------------------------------------------------------------------------------------------

std::string_view Element::prefix() const noexcept {
  const Name& name = tree().names[nameId()];
  const std::size_t length = name.whole.size() - name.local.size();
  return name.whole.substr(0, length == 0 ? 0 : length - 1);
}

bool Element::isMentioned(std::string_view name) const noexcept {
  const Names& names = tree().names;
  for (std::uint32_t id = 0; id < names.size(); ++id)
    if (names[id].local == name) return true;
  return false;
}

Element Element::afterAll() const noexcept {
  for (Element e = *this; e; e = e.parent())
    if (const Element next = e.next()) return next;
  return {};
}

Element Element::child(std::string_view name) const noexcept {
  for (Element e = first(); e; e = e.next())
    if (e.name() == name) return e;
  return {};
}

std::string_view Element::text() const noexcept {
  return document_ == nullptr || row().text == kNoRow ? std::string_view{} : tree().texts[row().text];
}

std::string_view Element::attribute(std::string_view name, std::string_view otherwise) const {
  return attribute(name).value_or(otherwise);
}

std::string_view Element::required(std::string_view name) const {
  if (const auto text = attribute(name)) return *text;
  error(Code::missingAttribute, "<" + std::string(this->name()) + "> needs the attribute " + std::string(name) + ".");
  return {};
}

std::string_view Element::required(Key key) const {
  const auto text = attribute(key);
  return text ? *text : required(nameOf(key));
}

std::optional<double> Element::numberOf(const AttributeRow* row, std::string_view name) const {
  if (row == nullptr) return std::nullopt;
  if (row->length == kNumber) return value(tree().numbers[row->number]);
  const std::string_view text(row->text, row->length);
  const auto x = parseDouble(text);
  if (!x || *x != *x) {
    error(Code::badValue, "\"" + std::string(text) + "\" is not a number.", name);
    return std::nullopt;
  }
  return x;
}

double Element::number(std::string_view name, double otherwise) const { return number(name).value_or(otherwise); }

double Element::requiredNumber(std::string_view name) const {
  if (!has(name)) {
    (void)required(name);
    return 0;
  }
  return number(name, 0);
}

int Element::integer(std::string_view name, int otherwise) const {
  const auto text = attribute(name);
  if (!text) return otherwise;
  const auto x = parseInteger(*text);
  if (!x || *x < -2147483648.0 || *x > 2147483647.0) {
    error(Code::badValue, "\"" + std::string(*text) + "\" is not a whole number.", name);
    return otherwise;
  }
  return static_cast<int>(*x);
}

bool Element::boolean(std::string_view name, bool otherwise) const {
  const auto text = attribute(name);
  if (!text) return otherwise;
  const auto b = parseBoolean(*text);
  if (!b) error(Code::badValue, "\"" + std::string(*text) + "\" is neither true nor false.", name);
  return b.value_or(otherwise);
}

// --- Document ----------------------------------------------------------------------------------------------

bool Document::parse() {
  if (source_.size() > limits_.documentBytes) {
    report(Severity::error, Code::tooLarge, {},
           "The document has " + std::to_string(source_.size()) + " bytes; the limit is " +
               std::to_string(limits_.documentBytes) + ". Raise limits.documentBytes if you trust it.");
    return false;
  }
  return isPacked(source_) ? unpackSource() : parseXml();
}

bool Document::unpackSource() {
  const auto refuse = [&](Code code, std::string_view message) {
    report(Severity::error, code, {}, message);
    return false;
  };
  switch (unpack(source_, limits_, tree_, origin_)) {
    case PackedFault::none: return true;
    case PackedFault::version:
      return refuse(Code::unsupportedVersion,
                    "This compiled model was written by another version of Scorelet. Compile it again from its PMML.");
    case PackedFault::checksum:
      return refuse(Code::notPmml, "This compiled model is damaged (its checksum differs). Copy or compile it again.");
    case PackedFault::content: return refuse(Code::notPmml, "This is not a compiled model, or a damaged one.");
    case PackedFault::tooManyElements: return refuse(Code::tooManyElements, tooManyElements());
    case PackedFault::tooDeep: return refuse(Code::tooDeep, tooDeep());
  }
  return false;
}

std::uint64_t Document::hash() const noexcept { return isPacked(source_) ? origin_.hash : hashText(source_); }

const Sha256* Document::sha256() const noexcept { return isPacked(source_) ? &origin_.sha256 : nullptr; }

std::string_view Document::printed(std::size_t number) {
  if (printedAt_.empty()) printedAt_.resize(tree_.numbers.size());
  std::uint32_t& at = printedAt_[number];
  if (at == 0) {
    printed_.emplace_back(print(tree_.numbers[number]));
    at = static_cast<std::uint32_t>(printed_.size());
  }
  return printed_[at - 1];
}

Element Document::root() noexcept { return {0, this}; }

}  // namespace scorelet::xml
