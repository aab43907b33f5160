#include "monitor/alerts.hpp"

#include <map>
#include <set>

#include "service/http.hpp"

namespace scorelet::monitor {
namespace {

constexpr std::int64_t kToldOpen = 1, kToldOver = 2;
#define ALERT_COLUMNS \
  "id, key, kind, severity, state, title, text, model, grp, field, since, resolved, later, actions, told, facts"

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

Alert alertOf(const Statement& row) {
  Alert out;
  out.id = row.integer(0);
  std::string* texts[] = {&out.key,  &out.kind,  &out.severity, &out.state, &out.title,
                          &out.text, &out.model, &out.group,    &out.field};
  for (int i = 0; i < 9; ++i) *texts[i] = row.text(i + 1);
  out.since = row.integer(10);
  if (!row.isNull(11)) out.resolved = row.integer(11);
  if (!row.isNull(12)) out.later = row.integer(12);
  for (std::string_view actions = row.text(13); !actions.empty();)
    out.actions.emplace_back(service::nextPart(actions, ','));
  out.told = row.integer(14);
  out.facts = row.text(15);
  return out;
}

std::vector<Alert> allOf(Statement& rows) {
  std::vector<Alert> out;
  while (rows.next()) out.push_back(alertOf(rows));
  return out;
}

}  // namespace

std::string_view severityName(Severity severity) noexcept { return severity == Severity::act ? "act" : "watch"; }

std::vector<std::int64_t> AlertBook::update(const std::vector<Condition>& conditions, Time now, Time quiet) {
  std::map<std::string, Alert> open;
  for (Alert& alert :
       allOf(database_.query("SELECT " ALERT_COLUMNS " FROM alerts WHERE state IN ('firing', 'closed')")))
    open.emplace(alert.key, std::move(alert));
  std::vector<std::int64_t> opened;
  std::set<std::string_view> holding;
  for (const Condition& c : conditions) {
    holding.insert(c.key);
    const std::string actions = joined(c.actions);
    if (const auto found = open.find(c.key); found != open.end()) {
      if (c.title.empty()) continue;
      database_.run("UPDATE alerts SET title=?, text=?, facts=?, severity=? WHERE id=? AND state='firing'",
                    std::string_view(c.title), std::string_view(c.text), std::string_view(c.facts),
                    severityName(c.severity), found->second.id);
      continue;
    }
    database_.run(
        "UPDATE alerts SET state='firing', resolved=NULL, title=?, text=?, facts=? WHERE id="
        "(SELECT max(id) FROM alerts WHERE key=?) AND state='resolved' AND resolved>? AND told<?",
        std::string_view(c.title), std::string_view(c.text), std::string_view(c.facts), std::string_view(c.key),
        now - quiet, kToldOver);
    if (database_.changes() > 0) continue;
    Statement& insert = database_.query(
        "INSERT INTO alerts(key, kind, severity, state, title, text, model, grp, field, since, actions, told, facts) "
        "VALUES(?,?,?,'firing',?,?,?,?,?,?,?,0,?)",
        std::string_view(c.key), std::string_view(c.kind), severityName(c.severity), std::string_view(c.title),
        std::string_view(c.text), std::string_view(c.model), std::string_view(c.group), std::string_view(c.field),
        c.since == 0 ? now : c.since, std::string_view(actions), std::string_view(c.facts));
    if (insert.run()) opened.push_back(database_.lastId());
  }
  for (const auto& [key, alert] : open)
    if (!holding.contains(key))
      database_.run("UPDATE alerts SET state='resolved', resolved=?, later=NULL WHERE id=?", now, alert.id);
  return opened;
}

bool AlertBook::isOpen(const std::string& key) {
  Statement& found =
      database_.query("SELECT 1 FROM alerts WHERE key=? AND state IN ('firing', 'closed')", std::string_view(key));
  const bool isOpen = found.next();
  found.reset();
  return isOpen;
}

std::optional<Alert> AlertBook::find(std::int64_t id) {
  Statement& found = database_.query("SELECT " ALERT_COLUMNS " FROM alerts WHERE id=?", id);
  if (!found.next()) return std::nullopt;
  Alert out = alertOf(found);
  found.reset();
  return out;
}

std::vector<Alert> AlertBook::list(Time from) {
  return allOf(database_.query("SELECT " ALERT_COLUMNS
                               " FROM alerts WHERE state='firing' OR coalesce(resolved, since)>=? "
                               "ORDER BY state<>'firing', severity<>'act', since DESC, id DESC",
                               from));
}

std::vector<Alert> AlertBook::untold(Time quietSince) {
  return allOf(database_.query("SELECT " ALERT_COLUMNS " FROM alerts WHERE (state='firing' AND told=0) OR "
                               "(told=1 AND (state='closed' OR (state='resolved' AND resolved<=?))) ORDER BY id",
                               quietSince));
}

void AlertBook::told(const Alert& alert) {
  database_.run("UPDATE alerts SET told=? WHERE id=?", alert.state == "firing" ? kToldOpen : kToldOpen + kToldOver,
                alert.id);
}

void AlertBook::putOff(std::int64_t id, Time until) {
  database_.run("UPDATE alerts SET later=? WHERE id=?", until, id);
}

void AlertBook::close(std::int64_t id, std::string_view actions) {
  database_.run("UPDATE alerts SET state='closed', later=NULL, actions=? WHERE id=?", actions, id);
}

void AlertBook::record(const Change& c) {
  database_.run("INSERT INTO changes(time, kind, text, by, model, grp, facts) VALUES(?,?,?,?,?,?,?)", c.time,
                std::string_view(c.kind), std::string_view(c.text), std::string_view(c.by), std::string_view(c.model),
                std::string_view(c.group), std::string_view(c.facts));
}

std::vector<Change> AlertBook::changes(Time from, Time to) {
  std::vector<Change> out;
  Statement& found = database_.query(
      "SELECT time, kind, text, by, model, grp, facts FROM changes WHERE time>=? AND time<? ORDER BY time DESC, id "
      "DESC",
      from, to);
  while (found.next())
    out.push_back({found.integer(0), std::string(found.text(1)), std::string(found.text(2)), std::string(found.text(3)),
                   std::string(found.text(4)), std::string(found.text(5)), std::string(found.text(6))});
  return out;
}

std::map<std::string, Time> AlertBook::approvals() {
  std::map<std::string, Time> out;
  Statement& found = database_.query(
      "SELECT a.grp, max(c.time) FROM alerts a JOIN changes c ON c.grp=a.grp AND c.kind='approve' AND c.time>=a.since "
      "WHERE a.kind='retrain' AND a.state='closed' GROUP BY a.grp");
  while (found.next()) out.emplace(found.text(0), found.integer(1));
  return out;
}

}  // namespace scorelet::monitor
