#include "service/audit_log.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "api/json_writer.hpp"
#include "service/audit_record.hpp"
#include "service/json_tree.hpp"

namespace scorelet::service {
namespace {

constexpr std::size_t kLineValues = 10'000'000;

std::unexpected<Failure> changed(std::uint64_t segment, std::size_t line, const std::string& how) {
  return fail(500, "Line " + std::to_string(line) + " of segment " + std::to_string(segment) +
                       " is not as it was written: " + how);
}

std::string textOf(std::string_view head, std::string_view member) {
  const auto tree = JsonTree::read(head, kLineValues);
  return tree ? std::string(tree->root().member(member).text()) : std::string();
}

/// Calls `take(line)` for each whole line; false ends it.
template <class Take>
bool forEachLine(std::string_view text, const Take& take) {
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    if (!take(text.substr(0, end))) return false;
  return true;
}

std::string_view wholeLines(std::string_view text) {
  const std::size_t end = text.rfind('\n');
  return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

}  // namespace

Answer<void> AuditLog::open() {
  const auto segments = storage_.segments();
  if (!segments) return std::unexpected(segments.error());
  for (auto number = segments->rbegin(); number != segments->rend(); ++number) {
    const auto text = storage_.read(*number);
    if (!text) return std::unexpected(text.error());
    const std::string_view whole = wholeLines(*text);
    if (whole.size() < text->size())
      if (auto ok = storage_.replace(*number, whole); !ok) return ok;
    if (number == segments->rbegin()) segment_ = *number, size_ = whole.size();
    if (whole.empty()) continue;
    const std::size_t begin = whole.substr(0, whole.size() - 1).rfind('\n') + 1;
    chain_ = HashChain();
    chain_.add(splitRecord(whole.substr(begin, whole.size() - 1 - begin)).head);
    break;
  }
  return {};
}

/// Under `order_`.
void AuditLog::enqueue(const std::string& head, std::string_view body) {
  pending_ += body.empty() ? head : joinRecord(head, body);
  pending_ += '\n';
  chain_.add(head);
  ++enqueued_;
}

Answer<void> AuditLog::add(const std::vector<Prediction>& predictions, const std::string& model,
                           const std::string& sha256) {
  std::uint64_t own = 0;
  {
    const Guard guard(order_);
    for (const Prediction& prediction : predictions) {
      JsonWriter head;
      head.open('{').name("previous").text(chain_.last()).name("id").text(prediction.id);
      head.name("time").number(static_cast<double>(host_.now())).name("model").text(model);
      head.name("version").text(sha256).name("sha256").text(cli::hexadecimal(cli::digestOf(prediction.body)));
      enqueue(head.close('}').take(), prediction.body);
    }
    own = enqueued_;
  }
  const Guard guard(writing_);
  return written_ >= own ? Answer<void>() : settle();
}

/// Under `writing_`: everything that waits by now.
Answer<void> AuditLog::settle() {
  if (!broken_.message.empty()) return std::unexpected(broken_);
  std::string lines;
  std::uint64_t all = 0;
  {
    const Guard guard(order_);
    lines = std::exchange(pending_, {});
    all = enqueued_;
  }
  if (size_ >= segmentBytes_) ++segment_, size_ = 0;
  if (auto ok = storage_.append(segment_, lines); !ok) {
    broken_ = {503, "The prediction cannot be recorded, so it is not given: " + ok.error().message, {}};
    return std::unexpected(broken_);
  }
  size_ += lines.size();
  written_ = all;
  return {};
}

Answer<std::string> AuditLog::segment(std::uint64_t number) {
  auto text = storage_.read(number);
  if (text) text->resize(wholeLines(*text).size());
  return text;
}

Answer<void> AuditLog::forEach(const std::function<bool(std::string_view line)>& take) {
  const auto segments = storage_.segments();
  if (!segments) return std::unexpected(segments.error());
  for (const std::uint64_t number : *segments) {
    const auto text = storage_.read(number);
    if (!text) return std::unexpected(text.error());
    if (!forEachLine(*text, take)) break;
  }
  return {};
}

Answer<AuditLog::Report> AuditLog::verify() {
  const auto segments = storage_.segments();
  if (!segments) return std::unexpected(segments.error());
  Report report;
  HashChain chain;
  std::string beginning;  // what the first line that is left follows
  std::set<std::string, std::less<>> withoutBody, deleted, ends;
  bool isFirst = true;
  for (const std::uint64_t number : *segments) {
    const auto text = storage_.read(number);
    if (!text) return std::unexpected(text.error());
    ++report.segments;
    std::size_t line = 0;
    Answer<void> result;
    forEachLine(*text, [&](std::string_view whole) {
      ++line;
      const RecordLine record = splitRecord(whole);
      const auto tree = JsonTree::read(record.head, kLineValues);
      if (!tree) return result = changed(number, line, "it is not JSON."), false;
      const JsonValue head = tree->root();
      if (isFirst) chain = HashChain(beginning = head.member("previous").text());
      isFirst = false;
      if (head.member("previous").text() != chain.last())
        return result = changed(number, line, "it does not follow the line before."), false;
      chain.add(record.head);
      if (const JsonValue id = head.member("id")) {
        ++report.predictions;
        if (record.body.empty())
          withoutBody.emplace(id.text());
        else if (cli::hexadecimal(cli::digestOf(record.body)) != head.member("sha256").text())
          return result = changed(number, line, "its body is another."), false;
      } else if (head.member("event").text() == "forget") {
        for (const JsonValue one : head.member("ids")) {
          const std::string id(one.text());
          if (withoutBody.erase(id) > 0)
            deleted.insert(id);
          else if (!deleted.contains(id))
            return result = fail(500, "Prediction " + id +
                                          " was to be deleted, and its body is still there: delete its "
                                          "key once more."),
                   false;
        }
      } else if (head.member("event").text() == "expire") {
        ends.emplace(head.member("through").text());
      }
      return true;
    });
    if (!result) return std::unexpected(result.error());
  }
  if (!beginning.empty() && beginning != HashChain().last() && !ends.contains(beginning))
    return fail(500, "Lines are missing at the beginning, and none says that they were too old.");
  if (!withoutBody.empty())
    return fail(500,
                "Prediction " + *withoutBody.begin() + " has lost its body, and no line says that it was deleted.");
  report.deleted = deleted.size();
  report.last = chain.last();
  return report;
}

/// A line about the log itself; its last member is JSON already.
Answer<void> AuditLog::addEvent(std::string_view event, const Author& author, std::string_view member,
                                std::string_view json) {
  const Guard guard(writing_);
  {
    const Guard inOrder(order_);
    JsonWriter out;
    out.open('{').name("previous").text(chain_.last()).name("event").text(event);
    out.name("time").number(static_cast<double>(host_.now())).name("by").text(author.by).name("why").text(author.why);
    enqueue(out.name(member).raw(json).close('}').take(), {});
  }
  return settle();
}

/// What comes goes into a new segment, whose number is returned; those before grow no more.
Answer<std::uint64_t> AuditLog::beginSegment() {
  const Guard guard(writing_);
  if (auto ok = settle(); !ok) return std::unexpected(ok.error());
  if (size_ > 0) ++segment_, size_ = 0;
  return segment_;
}

Answer<std::uint64_t> AuditLog::forget(std::string_view key, const Author& author) {
  const Guard deleting(deleting_);
  const auto end = beginSegment();
  if (!end) return end;
  std::set<std::string, std::less<>> ids;
  std::vector<std::uint64_t> found;  // segments with some of them
  const auto segments = storage_.segments();
  if (!segments) return std::unexpected(segments.error());
  for (const std::uint64_t number : *segments) {
    if (number >= *end) break;
    const auto text = storage_.read(number);
    if (!text) return std::unexpected(text.error());
    const std::size_t before = ids.size();
    forEachLine(*text, [&](std::string_view line) {
      const RecordLine record = splitRecord(line);
      const auto body = JsonTree::read(record.body, kLineValues);
      const JsonValue known = body ? body->root().member("key").member("sha256") : JsonValue();
      if (known && saltedDigest(body->root().member("salt").text(), "", key) == known.text())
        ids.insert(textOf(record.head, "id"));
      return true;
    });
    if (ids.size() > before) found.push_back(number);
  }
  if (ids.empty()) return 0;
  // The chain says it first: what is deleted without a word would look like tampering.
  JsonWriter list;
  list.open('[');
  for (const std::string& id : ids) list.text(id);
  if (auto ok = addEvent("forget", author, "ids", list.close(']').take()); !ok) return std::unexpected(ok.error());
  for (const std::uint64_t number : found) {
    const auto text = storage_.read(number);
    if (!text) return std::unexpected(text.error());
    std::string lines;
    forEachLine(*text, [&](std::string_view line) {
      const RecordLine record = splitRecord(line);
      lines += ids.contains(textOf(record.head, "id")) ? record.head : std::string(line);
      lines += '\n';
      return true;
    });
    if (auto ok = storage_.replace(number, lines); !ok) return std::unexpected(ok.error());
  }
  return ids.size();
}

Answer<std::uint64_t> AuditLog::expire(std::uint64_t before, const Author& author) {
  const Guard deleting(deleting_);
  const auto end = beginSegment();
  if (!end) return end;
  const auto segments = storage_.segments();
  if (!segments) return std::unexpected(segments.error());
  std::vector<std::uint64_t> old;
  std::uint64_t count = 0;
  HashChain chain;
  for (const std::uint64_t number : *segments) {
    if (number >= *end) break;
    const auto text = storage_.read(number);
    if (!text) return std::unexpected(text.error());
    std::uint64_t records = 0;
    HashChain last = chain;
    const bool isOld = forEachLine(*text, [&](std::string_view whole) {
      const RecordLine record = splitRecord(whole);
      const auto tree = JsonTree::read(record.head, kLineValues);
      ++records;
      last.add(record.head);
      return tree && tree->root().member("time").node().number < static_cast<double>(before);
    });
    if (!isOld) break;
    chain = last;
    count += records;
    old.push_back(number);
  }
  if (count == 0) return 0;
  if (auto ok = addEvent("expire", author, "through", '"' + chain.last() + '"'); !ok)
    return std::unexpected(ok.error());
  for (const std::uint64_t number : old)
    if (auto ok = storage_.remove(number); !ok) return std::unexpected(ok.error());
  return count;
}

}  // namespace scorelet::service
