#include "formulas/layout.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "formulas/numbers.hpp"

namespace scorelet::formulas {

namespace {

constexpr std::size_t kReference = 11;  // characters of the last cell of a sheet, its column fixed
constexpr std::string_view kFunctions[] = {"IF",    "OR",   "AND",  "NOT",   "NA",  "N",   "MAX",   "MIN",
                                           "EXP",   "LN",   "INT",  "ABS",   "MOD", "SUM", "INDEX", "EXACT",
                                           "ROUND", "LOG",  "SIN",  "COS",   "TAN", "ERF", "LEN",   "MID",
                                           "LET",   "SQRT", "TRUE", "FALSE", "R",   "C",   "PI",    "VALUE"};

// As files name them.
constexpr std::string_view kNewFunctions[] = {"LET", "LAMBDA", "MAP", "REDUCE", "SEQUENCE"};

std::string upper(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Whether Excel would take a name for a cell: A1, XFD7, R1C1, or a function.
bool isTaken(const std::string& name) {
  const std::string u = upper(name);
  if (std::ranges::find(kFunctions, u) != std::end(kFunctions) || u.starts_with("W_")) return true;  // of the walker
  const std::size_t letters = static_cast<std::size_t>(std::ranges::find_if_not(u, isLetter) - u.begin());
  if (letters <= 3 && letters < u.size() &&
      std::all_of(u.begin() + static_cast<std::ptrdiff_t>(letters), u.end(), isDigit))
    return true;
  return (u[0] == 'R' || u[0] == 'C') &&
         std::ranges::all_of(u.substr(1), [](char c) { return isDigit(c) || c == 'C'; });
}

int precedence(std::string_view op) {
  if (op == "&") return 2;
  if (op == "+" || op == "-") return 3;
  if (op == "*" || op == "/") return 4;
  if (op == "^") return 5;
  return 1;  // comparisons
}

void addText(std::string& out, std::string_view s) {
  out += '"';
  for (const char c : s) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void visitNames(const Formula& f, const auto& see) {
  if (f->kind == Node::Kind::name) see(f->id);
  for (const Formula& part : f->parts) visitNames(part, see);
}

void visitNumbers(const Formula& f, const auto& see) {
  if (f->kind == Node::Kind::number) see(f->number);
  for (const Formula& part : f->parts) visitNumbers(part, see);
}

Formula substitute(const Formula& f, const std::vector<Formula>& inlined) {
  if (f->kind == Node::Kind::name) return inlined[f->id] ? inlined[f->id] : f;
  if (f->parts.empty()) return f;
  Node copy = *f;
  bool isChanged = false;
  for (Formula& part : copy.parts) {
    const Formula before = part;
    part = substitute(part, inlined);
    isChanged |= part != before;
  }
  return isChanged ? std::make_shared<const Node>(std::move(copy)) : f;
}

}  // namespace

/// How references are written.
Layout::Layout(const program::Program& program, std::vector<Definition> definitions, std::vector<Result> results)
    : program_(program), definitions_(std::move(definitions)), results_(std::move(results)) {
  inlineOnce();
  nameAll();
}

/// A definition refers to earlier ones only.
void Layout::inlineOnce() {
  constexpr std::size_t kSmall = 2000;  // characters
  constexpr std::uint32_t kFlat = 30;   // levels
  std::vector<std::uint32_t> uses(definitions_.size());
  const auto count = [&](std::uint32_t id) { ++uses[id]; };
  for (const Result& r : results_) visitNames(r.formula, count);
  for (std::size_t i = definitions_.size(); i-- > 0;)
    if (uses[i] > 0 && definitions_[i].formula) visitNames(definitions_[i].formula, count);
  // A result's own formula needs no name.
  std::vector<bool> isResult(definitions_.size());
  for (const Result& r : results_)
    if (r.formula->kind == Node::Kind::name) isResult[r.formula->id] = uses[r.formula->id] == 1;
  std::vector<Formula> inlined(definitions_.size());
  for (std::size_t i = 0; i < definitions_.size(); ++i) {
    Definition& d = definitions_[i];
    if (uses[i] == 0 || !d.formula) continue;
    d.formula = substitute(d.formula, inlined);
    const bool isTrivial = d.formula->kind == Node::Kind::name || isConstant(d.formula);
    const Extent extent = measure(d.formula);
    if (isTrivial || isResult[i] || (uses[i] == 1 && !d.isNamed && extent.characters < kSmall && extent.levels < kFlat))
      inlined[i] = d.formula;
  }
  for (Result& r : results_) r.formula = substitute(r.formula, inlined);
}

void Layout::nameAll() {
  std::set<std::string> taken;
  for (const Definition& d : definitions_) {
    std::string name;
    for (const char c : d.hint) name += isLetter(c) || isDigit(c) ? c : '_';
    if (name.empty() || !isLetter(name[0])) name.insert(0, 1, '_');
    constexpr std::size_t kLong = 40;
    if (name.size() > kLong) name.resize(kLong);
    if (isTaken(name)) name += '_';
    std::string unique = name;
    if (d.formula)
      for (int n = 2; !taken.insert(upper(unique)).second || isTaken(unique); ++n)
        unique = name + '_' + std::to_string(n);
    names_.push_back(std::move(unique));
  }
}

/// At most so many characters and bytes, wherever the record stands.
Extent Layout::measure(const Formula& f) const {
  constexpr std::size_t kNumberBytes = 9, kReferenceBytes = 7, kCallBytes = 4, kJumpBytes = 4;
  Extent out;
  const auto take = [&](const Extent& part) {
    out.characters += part.characters;
    out.bytes += part.bytes;
    out.levels = std::max(out.levels, part.levels);
  };
  switch (f->kind) {
    case Node::Kind::number: return {numberText(rounded(f->number)).size() + 2, kNumberBytes, 0};
    case Node::Kind::text:
      return {f->text.size() + 2 + static_cast<std::size_t>(std::ranges::count(f->text, '"')), 3 + 2 * f->text.size(),
              0};
    case Node::Kind::logical: return {5, 2, 0};
    case Node::Kind::parameter: return {f->text.size(), kReferenceBytes, 0};
    case Node::Kind::reference: return {f->text.size(), 2 * kReferenceBytes, 0};
    case Node::Kind::name: {
      const std::size_t size = f->id < names_.size() && definitions_[f->id].formula ? names_[f->id].size() : 0;
      return {std::max(kReference, size), kReferenceBytes, 0};
    }
    case Node::Kind::call:
    case Node::Kind::array: {
      for (const Formula& part : f->parts) take(measure(part));
      const bool isCall = f->kind == Node::Kind::call;
      out.characters += f->text.size() + 2 + f->parts.size();
      out.bytes += kCallBytes + (f->text == "IF" ? 3 * kJumpBytes : 0);
      if (isCall) ++out.levels;
      return out;
    }
    case Node::Kind::binary:
      for (const Formula& part : f->parts) take(measure(part));
      out.characters += f->text.size() + 2;
      out.bytes += 2;
      return out;
  }
  return out;
}

/// The definitions that a formula rests on, in their order.
std::vector<std::uint32_t> Layout::needs(const Formula& f) const {
  std::vector<bool> isNeeded(definitions_.size());
  const auto need = [&](std::uint32_t id) { isNeeded[id] = true; };
  visitNames(f, need);
  for (std::size_t i = definitions_.size(); i-- > 0;)
    if (isNeeded[i] && definitions_[i].formula) visitNames(definitions_[i].formula, need);
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < definitions_.size(); ++i)
    if (isNeeded[i] && definitions_[i].formula) out.push_back(i);
  return out;
}

bool Layout::fitsLet() const {
  for (const Result& r : results_) {
    Extent all = measure(r.formula);
    const auto names = needs(r.formula);
    for (const std::uint32_t id : names) {
      const Extent one = measure(definitions_[id].formula);
      all.characters += one.characters + names_[id].size() + 2;
      all.bytes += one.bytes + 3 + 2 * names_[id].size();
      all.levels = std::max(all.levels, one.levels);
    }
    if (!names.empty()) ++all.levels;
    all.characters += 6;
    if (!all.fits(names.size())) return false;
  }
  return true;
}

/// Takes parts out of a formula that is too long or too deep for a cell, each into a definition of its own.
Formula Layout::split(Formula f, std::vector<std::uint32_t>& order) {
  if (measure(f).fits()) return f;
  Node copy = *f;
  for (Formula& part : copy.parts) part = split(part, order);
  // The parts fit; the largest leave until the whole does.
  const auto whole = [&] { return std::make_shared<const Node>(copy); };
  while (!measure(whole()).fits()) {
    std::size_t largest = 0, most = 0;
    for (std::size_t i = 0; i < copy.parts.size(); ++i) {
      const Extent e = measure(copy.parts[i]);
      const std::size_t weight = e.characters + e.bytes + (e.levels == kMostLevels ? kMostBytes : 0);
      if (copy.parts[i]->kind != Node::Kind::name && weight > most) most = weight, largest = i;
    }
    if (most == 0) break;
    definitions_.push_back({"part", copy.parts[largest]});
    names_.push_back("part_" + std::to_string(definitions_.size()));
    order.push_back(static_cast<std::uint32_t>(definitions_.size() - 1));
    copy.parts[largest] = name(order.back());
  }
  return whole();
}

bool Layout::choose(FormulaStyle style, std::size_t row, std::size_t firstColumn) {
  style_ = style;
  std::set<std::uint32_t> inputs;
  std::vector<bool> isNeeded(definitions_.size());
  for (const Result& r : results_) {
    const auto need = [&](std::uint32_t id) { isNeeded[id] = true; };
    visitNames(r.formula, need);
  }
  for (std::size_t i = definitions_.size(); i-- > 0;) {
    if (!isNeeded[i]) continue;
    if (!definitions_[i].formula)
      inputs.insert(definitions_[i].input);
    else
      visitNames(definitions_[i].formula, [&](std::uint32_t id) { isNeeded[id] = true; });
  }
  using Kind = FormulaSheet::Column::Kind;
  for (const std::uint32_t input : inputs) {
    inputColumns_[input] = columns_.size();
    columns_.push_back({Kind::input, program_.inputs[input].name, {}});
    columnFormulas_.push_back(nullptr);
  }
  const auto addColumn = [&](Kind kind, std::string heading, Formula f) {
    columns_.push_back({kind, std::move(heading), {}});
    columnFormulas_.push_back(std::move(f));
  };
  if (style == FormulaStyle::columns) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < isNeeded.size(); ++i) {
      if (!isNeeded[i] || !definitions_[i].formula) continue;
      definitions_[i].formula = split(definitions_[i].formula, order);
      order.push_back(i);
    }
    for (Result& r : results_) r.formula = split(r.formula, order);
    for (const std::uint32_t id : order) {
      definitionColumns_[id] = columns_.size();
      addColumn(Kind::helper, names_[id], definitions_[id].formula);
    }
  }
  for (const Result& r : results_) addColumn(Kind::result, r.name, r.formula);
  if (firstColumn + columns_.size() > kMostColumns) return false;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (columnFormulas_[c]) columns_[c].formula = formula(c, {style == FormulaStyle::let, false, row, firstColumn});
  return style == FormulaStyle::columns || fitsLet();
}

bool Layout::isArray(std::size_t column) const {
  bool found = false;
  const auto look = [&](const auto& self, const Formula& f) -> void {
    found |= f->kind == Node::Kind::call && f->text == "MAP";
    for (const Formula& part : f->parts) self(self, part);
  };
  const Formula& f = columnFormulas_[column];
  look(look, f);
  if (style_ == FormulaStyle::let)
    for (const std::uint32_t id : needs(f)) look(look, definitions_[id].formula);
  return found;
}

std::string Layout::formula(std::size_t column, const Writer& writer) const {
  const Formula& f = columnFormulas_[column];
  std::string out = writer.inFile ? "" : "=";
  const auto names = writer.isLet ? needs(f) : std::vector<std::uint32_t>();
  if (names.empty()) {
    write(out, f, 0, writer);
    return out;
  }
  out += writer.inFile ? "_xlfn.LET(" : "LET(";
  for (const std::uint32_t id : names) {
    if (writer.inFile) out += "_xlpm.";
    out += names_[id] + ',';
    write(out, definitions_[id].formula, 0, writer);
    out += ',';
  }
  write(out, f, 0, writer);
  return out + ')';
}

void Layout::write(std::string& out, const Formula& f, int outer, const Writer& writer) const {
  switch (f->kind) {
    case Node::Kind::number: {
      const bool isNegative = f->number < 0 && outer > 0;
      if (isNegative) out += '(';
      out += numberText(rounded(f->number));
      if (isNegative) out += ')';
      break;
    }
    case Node::Kind::text: addText(out, f->text); break;
    case Node::Kind::parameter: out += (writer.inFile ? "_xlpm." : "") + f->text; break;
    case Node::Kind::reference: out += f->text; break;
    case Node::Kind::logical: out += f->number != 0 ? "TRUE" : "FALSE"; break;
    case Node::Kind::name: {
      const Definition& d = definitions_[f->id];
      if (d.formula && writer.isLet) {
        out += (writer.inFile ? "_xlpm." : "") + names_[f->id];
        break;
      }
      const std::size_t column = d.formula ? definitionColumns_.at(f->id) : inputColumns_.at(d.input);
      out += '$' + columnName(writer.firstColumn + column) + std::to_string(writer.row);
      break;
    }
    case Node::Kind::call:
    case Node::Kind::array: {
      const bool isCall = f->kind == Node::Kind::call;
      const bool isNew =
          isCall && writer.inFile && std::ranges::find(kNewFunctions, f->text) != std::end(kNewFunctions);
      out += isCall ? (isNew ? "_xlfn." : "") + f->text + '(' : "{";
      for (std::size_t i = 0; i < f->parts.size(); ++i) {
        if (i > 0) out += ',';
        write(out, f->parts[i], 0, writer);
      }
      out += isCall ? ')' : '}';
      break;
    }
    case Node::Kind::binary: {
      const int own = precedence(f->text);
      const bool isInside = own < outer;
      if (isInside) out += '(';
      write(out, f->parts[0], own, writer);
      out += f->text;
      // a-(b-c), a/(b*c) and, since sums run in the order of the document, a+(b+c).
      write(out, f->parts[1], own + 1, writer);
      if (isInside) out += ')';
      break;
    }
  }
}

void Layout::countConstants(FormulaSheet& sheet) const {
  const auto see = [&](double x) {
    ++sheet.constants;
    const double kept = rounded(x);
    if (kept == x) return;
    ++sheet.roundedConstants;
    sheet.largestRounding = std::max(sheet.largestRounding, std::fabs(kept - x) / std::fabs(x));
  };
  std::vector<bool> isSeen(definitions_.size());
  for (const Result& r : results_) {
    visitNumbers(r.formula, see);
    for (const std::uint32_t id : needs(r.formula))
      if (!isSeen[id]) {
        isSeen[id] = true;
        visitNumbers(definitions_[id].formula, see);
      }
  }
}

}  // namespace scorelet::formulas
