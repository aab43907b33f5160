#include "service/audit_replay.hpp"

#include <algorithm>

#include "service/audit_record.hpp"

namespace scorelet::service {
namespace {

constexpr std::size_t kValues = 10'000'000, kMostDeployments = 100;

/// Why a row cannot be scored again; empty if it can.
std::string faultOfBody(std::string_view body) {
  if (body.empty()) return "its inputs and outputs were deleted";
  const auto tree = JsonTree::read(body, kValues);
  if (!tree) return "it is not JSON";
  std::string fields;
  for (const JsonValue field : tree->root().member("hashedInputs")) fields.append(" ").append(field.name());
  for (const JsonValue field : tree->root().member("omittedInputs")) fields.append(" ").append(field.text());
  return fields.empty() ? "" : "inputs were not kept:" + fields;
}

/// Members that are not alike, by their places; of objects those inside.
void difference(JsonValue before, JsonValue after, const std::string& place, std::string& out) {
  const auto said = [](JsonValue value) { return value ? std::string(value.raw()) : std::string("nothing"); };
  if (before.is(JsonKind::object) && after.is(JsonKind::object)) {
    const auto at = [&](JsonValue member) { return (place.empty() ? "" : place + ".") + std::string(member.name()); };
    for (const JsonValue member : before) difference(member, after.member(member.name()), at(member), out);
    for (const JsonValue member : after)
      if (!before.member(member.name())) difference({}, member, at(member), out);
  } else if (said(before) != said(after)) {
    out += (out.empty() ? "" : "; ") + place + " was " + said(before) + ", is " + said(after);
  }
}

}  // namespace

void Replay::take(std::string_view line) {
  const RecordLine record = splitRecord(line);
  const auto tree = JsonTree::read(record.head, kValues);
  if (!tree || !tree->root().member("id")) return;  // about the log itself
  const JsonValue head = tree->root();
  std::string id(head.member("id").text());
  const std::string request = id.substr(0, id.find('/'));
  if (request != request_) finish();
  request_ = request;
  model_ = head.member("model").text();
  version_ = head.member("version").text();
  rows_.push_back({std::move(id), std::string(record.body), faultOfBody(record.body)});
}

void Replay::finish() {
  if (!rows_.empty()) replay();
  rows_.clear();
}

Answer<std::shared_ptr<Deployment>> Replay::deployment() {
  if (const auto known = deployments_.find(version_); known != deployments_.end()) return known->second;
  auto content = find_(version_);
  if (!content) return std::unexpected(content.error());
  auto made = Deployment::create(model_, std::move(*content), settings_, 0);
  if (!made) return made;
  if (deployments_.size() >= kMostDeployments) deployments_.clear();
  return deployments_[version_] = *made;
}

void Replay::replay() {
  const auto used = deployment();
  const auto isWhole = [](const Row& row) { return row.fault.empty(); };
  if (!used)
    for (Row& row : rows_) row.fault = "version " + version_.substr(0, 16) + ": " + used.error().message;
  else if ((*used)->model().isStateful() && !std::ranges::all_of(rows_, isWhole))
    for (Row& row : rows_) row.fault = "the model remembers rows of the request that were not kept";
  std::vector<const Row*> scored;
  if (used) {
    const auto seat = (*used)->seat();
    for (Row& row : rows_) {
      if (!row.fault.empty()) continue;
      const auto tree = JsonTree::read(row.body, kValues);
      if (const auto ok = seat->records.add(tree->root().member("inputs").raw()); ok)
        scored.push_back(&row);
      else
        row.fault = ok.error().front().message;
    }
    const Batch& batch = seat->records.batch();
    seat->scorer.score(batch);
    for (std::size_t i = 0; i < scored.size(); ++i) {
      const auto tree = JsonTree::read(scored[i]->body, kValues);
      const JsonValue body = tree->root();
      compare(*scored[i],
              recordBody(keepingOf(body), seat->scorer, seat->treatments, batch, i, body.member("salt").text()));
    }
  }
  for (const Row& row : rows_) {
    if (row.fault.empty()) continue;
    ++counts_.incomplete;
    tell_(row.id, "cannot be made again: " + row.fault);
  }
}

void Replay::compare(const Row& row, std::string_view now) {
  if (row.body == now) return void(++counts_.reproduced);
  ++counts_.different;
  const auto before = JsonTree::read(row.body, kValues), after = JsonTree::read(now, kValues);
  std::string found;
  if (before && after) difference(before->root(), after->root(), "", found);
  tell_(row.id, "is another: " + found);
}

}  // namespace scorelet::service
