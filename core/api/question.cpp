#include "api/question.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <scorelet/records.hpp>

#include "api/json_reader.hpp"

namespace scorelet {
namespace {

constexpr std::size_t kMostValues = 10'000;

/// Reads members one by one; the first fault is the one that is told.
class QuestionReader {
 public:
  explicit QuestionReader(std::string_view json) : text_(json) { reader_.open(json); }

  Expected<Question> read() {
    const bool ok = object([this](const std::string& name) { return member(name); }) && reader_.isAtEnd();
    if (ok && !question_.ask.empty()) return std::move(question_);
    Diagnostic d;
    d.code = Code::badArgument;
    d.message = !fault_.empty() ? fault_
                : ok            ? "A question says in \"ask\" what it asks."
                                : "Not valid JSON at byte " + std::to_string(reader_.position()) + ".";
    return std::unexpected(Diagnostics{std::move(d)});
  }

 private:
  bool fail(std::string message) {
    if (fault_.empty()) fault_ = std::move(message);
    return false;
  }

  template <class Member>
  bool object(const Member& member) {
    if (reader_.peek() != '{') return fail("A question is a JSON object, and so are its quantity and its fields.");
    return reader_.members(member);
  }

  bool text(std::string& out, const std::string& name) {
    std::string_view view;
    if (reader_.peek() != '"' || !reader_.string(view)) return fail("\"" + name + "\" is a text.");
    out = view;
    return true;
  }
  bool number(double& out, const std::string& name) {
    std::string_view written;
    if (!reader_.number(out, written) || !std::isfinite(out)) return fail("\"" + name + "\" is a number.");
    return true;
  }
  bool number(std::optional<double>& out, const std::string& name) { return number(out.emplace(), name); }
  template <class Count>
  bool count(Count& out, const std::string& name, double least, double most) {
    double x = 0;
    if (!number(x, name)) return false;
    if (!(x >= least && x <= most) || std::floor(x) != x)
      return fail("\"" + name + "\" is a whole number from " + std::to_string(static_cast<std::uint64_t>(least)) +
                  " to " + std::to_string(static_cast<std::uint64_t>(most)) + ".");
    out = static_cast<Count>(x);
    return true;
  }
  template <class Word>
  bool word(Word& out, const std::string& name, std::initializer_list<std::pair<std::string_view, Word>> words) {
    std::string given, known;
    if (!text(given, name)) return false;
    for (const auto& [spelling, meaning] : words) {
      if (given == spelling) return out = meaning, true;
      known += (known.empty() ? "" : ", ") + std::string(spelling);
    }
    return fail("\"" + name + "\" is one of " + known + ".");
  }

  bool member(const std::string& name) {
    Question& q = question_;
    if (name == "ask") return text(q.ask, name);
    if (name == "quantity") return quantity(q.quantity.emplace());
    if (name == "kind")
      return word(
          q.kind, name,
          {{"interventional", ContributionKind::interventional}, {"pathDependent", ContributionKind::pathDependent}});
    if (name == "record" || name == "records") {
      (void)reader_.peek();
      const std::size_t begin = reader_.position();
      if (!reader_.skip()) return false;
      q.records = text_.substr(begin, reader_.position() - begin);
      return true;
    }
    if (name == "field") return text(q.field, name);
    if (name == "values") return values(q.values.emplace());
    if (name == "points") return count(q.points, name, 2, kMostValues);
    if (name == "relation")
      return word(q.relation, name, {{"=", Relation::equals}, {">=", Relation::atLeast}, {"<=", Relation::atMost}});
    if (name == "target") return number(q.target, name);
    if (name == "low") return number(q.low, name);
    if (name == "high") return number(q.high, name);
    if (name == "fields")
      return object([this](const std::string& field) {
        Question::Freedom& f = question_.fields.emplace_back();
        f.field = field;
        return object([&](const std::string& inner) { return freedom(f.freedom, inner); });
      });
    if (name == "changes") return count(q.changes, name, 1, 6);
    if (name == "count") return count(q.count, name, 1, 20);
    if (name == "standardError") return number(q.standardError, name);
    if (name == "evaluations") return count(q.evaluations, name, 1, 1e9);
    if (name == "seed") return count(q.seed, name, 0, 0x1p53);
    return fail("A question has no \"" + name + "\".");
  }

  bool quantity(Quantity& out) {
    return object([&](const std::string& name) {
      if (name == "name") return text(out.name, name);
      if (name == "kind")
        return word(out.kind, name,
                    {{"prediction", Quantity::Kind::prediction},
                     {"probability", Quantity::Kind::probability},
                     {"margin", Quantity::Kind::margin}});
      return fail("A quantity has a \"kind\" and a \"name\", not \"" + name + "\".");
    });
  }

  bool freedom(FieldFreedom& out, const std::string& name) {
    if (name == "low") return number(out.low, name);
    if (name == "high") return number(out.high, name);
    if (name == "step") return number(out.step, name);
    if (name == "cost") return number(out.cost, name);
    if (name == "direction") return word(out.direction, name, {{"any", 0}, {"up", 1}, {"down", -1}});
    if (name == "frozen") {
      out.isFrozen = reader_.peek() == 't';
      return reader_.word(out.isFrozen ? "true" : "false") || fail("\"frozen\" is true or false.");
    }
    return fail("What a field may do has no \"" + name + "\".");
  }

  bool values(std::vector<ResultValue>& out) {
    if (reader_.peek() != '[') return fail("\"values\" is a list.");
    return reader_.items([&] {
      if (out.size() == kMostValues) return fail("There are more than " + std::to_string(kMostValues) + " values.");
      ResultValue& v = out.emplace_back();
      const char first = reader_.peek();
      std::string_view view;
      if (first == '"') {
        if (!reader_.string(view)) return false;
        v.kind = ResultValue::Kind::text, v.text = view;
      } else if (first == 't' || first == 'f') {
        v.kind = ResultValue::Kind::boolean, v.number = first == 't' ? 1 : 0;
        if (!reader_.word(first == 't' ? "true" : "false")) return false;
      } else if (first == 'n') {
        if (!reader_.word("null")) return false;
      } else {
        v.kind = ResultValue::Kind::number;
        if (!reader_.number(v.number, view)) return fail("A value is a number, a text, true, false or null.");
      }
      return true;
    });
  }

  std::string_view text_;
  JsonReader reader_;
  Question question_;
  std::string fault_;
};

}  // namespace

Expected<Question> Question::read(std::string_view json) { return QuestionReader(json).read(); }

}  // namespace scorelet
