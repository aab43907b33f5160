// A baseline as JSON, in the shape of docs/telemetry.md.
#include <algorithm>
#include <cmath>

#include <scorelet/records.hpp>
#include <scorelet/telemetry/baseline.hpp>

#include "api/json_reader.hpp"
#include "base/sort.hpp"
#include "telemetry/json_text.hpp"

namespace scorelet::telemetry {

namespace {

using Kind = FieldBaseline::Kind;

constexpr std::string_view kFormat = "scorelet-baseline/1";
constexpr std::size_t kMostItems = 100'000;  // of a list

void writeName(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  appendJsonString(out, name);
  out += ':';
}

void writeText(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  writeName(out, name);
  appendJsonString(out, value);
}

void writeNumber(std::string& out, std::string_view name, std::optional<double> value) {
  if (!value) return;
  writeName(out, name);
  appendNumber(out, *value);
}

template <class List, class Append>
void writeList(std::string& out, std::string_view name, const List& list, const Append& append) {
  if (list.empty()) return;
  writeName(out, name);
  out += '[';
  for (const auto& item : list) {
    if (out.back() != '[') out += ',';
    append(out, item);
  }
  out += ']';
}

void writeField(std::string& out, const FieldBaseline& f) {
  const auto number = [](std::string& to, double x) { appendNumber(to, x); };
  const auto text = [](std::string& to, const std::string& s) { appendJsonString(to, s); };
  out += "\n    {";
  writeText(out, "name", f.name);
  writeText(out, "kind", f.kind == Kind::number ? "number" : "category");
  writeNumber(out, "rows", f.rows);
  writeNumber(out, "missing", f.missing);
  writeNumber(out, "invalid", f.invalid);
  writeNumber(out, "minimum", f.minimum);
  writeNumber(out, "maximum", f.maximum);
  writeNumber(out, "mean", f.mean);
  writeNumber(out, "deviation", f.deviation);
  writeList(out, "edges", f.edges, number);
  writeList(out, "values", f.values, text);
  writeList(out, "counts", f.counts, number);
  out += '}';
}

/// Each function is false where the text is not what is read; `why` then says more than "no such JSON", or nothing.
class Parser {
 public:
  explicit Parser(std::string_view json) { reader_.open(json); }

  bool read(Baseline& out) {
    std::string format;
    const bool isRead = reader_.members([&](const std::string& name) {
      if (name == "format") return text(format);
      if (name == "modelName") return text(out.modelName);
      if (name == "modelVersion") return text(out.modelVersion);
      if (name == "modelSha256") return text(out.modelSha256);
      if (name == "fields") return list([&] { return field(out.fields.emplace_back()); });
      if (name == "results") return list([&] { return field(out.results.emplace_back()); });
      return reader_.skip();
    });
    if (!isRead || !reader_.isAtEnd()) return false;
    if (format != kFormat) return refuse("\"format\" is not \"" + std::string(kFormat) + "\".");
    return areDistinct(out.fields) && areDistinct(out.results);
  }
  [[nodiscard]] std::string why() const {
    if (!why_.empty()) return why_;
    return "It is no such JSON at byte " + std::to_string(reader_.position()) + ".";
  }

 private:
  bool refuse(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    return false;
  }

  template <class Item>
  bool list(const Item& item) {
    std::size_t n = 0;
    return reader_.items([&] {
      if (++n > kMostItems) return refuse("A list has more than " + std::to_string(kMostItems) + " items.");
      return item();
    });
  }
  bool text(std::string& out) { return readText(reader_, out); }
  bool number(double& out) {
    std::string_view written;
    return reader_.number(out, written) && std::isfinite(out);
  }
  bool number(std::optional<double>& out) { return number(out.emplace()); }
  bool numbers(std::vector<double>& out) {
    return list([&] { return number(out.emplace_back()); });
  }

  bool field(FieldBaseline& f) {
    std::string kind;
    const bool isRead = reader_.members([&](const std::string& name) {
      if (name == "name") return text(f.name);
      if (name == "kind") return text(kind);
      if (name == "rows") return number(f.rows);
      if (name == "missing") return number(f.missing);
      if (name == "invalid") return number(f.invalid);
      if (name == "minimum") return number(f.minimum);
      if (name == "maximum") return number(f.maximum);
      if (name == "mean") return number(f.mean);
      if (name == "deviation") return number(f.deviation);
      if (name == "edges") return numbers(f.edges);
      if (name == "values") return list([&] { return text(f.values.emplace_back()); });
      if (name == "counts") return numbers(f.counts);
      return reader_.skip();
    });
    if (!isRead) return false;
    if (kind != "number" && kind != "category") return refuse("\"kind\" of \"" + f.name + "\" is no kind.");
    f.kind = kind == "number" ? Kind::number : Kind::category;
    return check(f);
  }

  bool check(const FieldBaseline& f) {
    const std::string of = " of \"" + f.name + "\"";
    if (f.name.empty()) return refuse("A field has no \"name\".");
    const std::size_t parts = f.kind == Kind::number ? f.edges.size() : f.values.size();
    if (!f.counts.empty() && f.counts.size() != parts + 1)
      return refuse("\"counts\"" + of + " has " + std::to_string(f.counts.size()) + " numbers, not " +
                    std::to_string(parts + 1) + ".");
    if (f.counts.empty() && parts > 0) return refuse("\"counts\"" + of + " is missing.");
    if (std::ranges::any_of(f.counts, [](double n) { return n < 0; })) return refuse("A count" + of + " is below 0.");
    for (std::size_t i = 1; i < f.edges.size(); ++i)
      if (!(f.edges[i - 1] < f.edges[i])) return refuse("\"edges\"" + of + " do not ascend.");
    std::vector<std::string_view> values(f.values.begin(), f.values.end());
    sort(values);
    if (std::ranges::adjacent_find(values) != values.end()) return refuse("A value" + of + " is there twice.");
    return true;
  }
  bool areDistinct(const std::vector<FieldBaseline>& fields) {
    std::vector<std::string_view> names;
    for (const FieldBaseline& f : fields) names.push_back(f.name);
    sort(names);
    const auto twice = std::ranges::adjacent_find(names);
    return twice == names.end() || refuse("\"" + std::string(*twice) + "\" is there twice.");
  }

  JsonReader reader_;
  std::string why_;
};

}  // namespace

std::string Baseline::json() const {
  std::string out = "{";
  writeText(out, "format", kFormat);
  writeText(out, "modelName", modelName);
  writeText(out, "modelVersion", modelVersion);
  writeText(out, "modelSha256", modelSha256);
  writeList(out, "fields", fields, writeField);
  writeList(out, "results", results, writeField);
  out += "}\n";
  return out;
}

Expected<Baseline> Baseline::parse(std::string_view json) {
  Baseline out;
  Parser parser(json);
  if (parser.read(out)) return out;
  Diagnostic d;
  d.code = Code::badRecord;
  d.message = "This is no baseline. " + parser.why() + " Make one with scorelet baseline.";
  return std::unexpected(Diagnostics{std::move(d)});
}

}  // namespace scorelet::telemetry
