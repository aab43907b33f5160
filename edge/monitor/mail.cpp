#include "monitor/mail.hpp"

#include <algorithm>
#include <utility>

#include "monitor/advice.hpp"
#include "monitor/wording.hpp"
#include "service/json_tree.hpp"

namespace scorelet::monitor {
namespace {

using service::Answer;
using service::fail;
using service::JsonKind;
using service::JsonValue;

constexpr std::string_view kPlain = "smtp://", kEncrypted = "smtps://";
constexpr std::int64_t kSentOpen = 1, kSentOver = 2;

/// Of one person, without a name: what stands in a header and in SMTP's own lines must end where it is meant to.
bool isAddress(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && std::ranges::all_of(text, [](char c) {
           return c > ' ' && c < '\x7F' && !std::string_view("<>,;\"").contains(c);
         });
}

Answer<void> readAddress(JsonValue from, std::string& to, std::string_view member) {
  if (!from.is(JsonKind::text) || !isAddress(from.text()))
    return fail(400, "An address such as someone@example.com is wanted.", std::string(member));
  to = from.text();
  return {};
}

Answer<void> readMember(JsonValue m, MailSettings& out) {
  if (m.name() == "from") return readAddress(m, out.from, "from");
  if (m.name() == "to" && m.is(JsonKind::array)) {
    for (const JsonValue address : m)
      if (auto ok = readAddress(address, out.to.emplace_back(), "to"); !ok) return ok;
    return {};
  }
  if (m.name() == "startTls" && m.is(JsonKind::boolean)) return out.startTls = m.node().number != 0, Answer<void>();
  for (const auto& [name, to] :
       {std::pair("server", &out.server), std::pair("user", &out.user), std::pair("passwordFile", &out.passwordFile),
        std::pair("authorities", &out.authorities)})
    if (m.name() == name && m.is(JsonKind::text)) return *to = m.text(), Answer<void>();
  return fail(400, "There is no such member of \"mail\", or its value is of another kind.", std::string(m.name()));
}

void describe(const Alert& alert, std::string& out) {
  const auto line = [&out](std::string_view name, const std::string& text) {
    if (!text.empty()) out.append(name).append(text).append("\n");
  };
  out.append(alert.title).append("\n");
  line("", alert.text);
  if (alert.state == "firing") line("What to do: ", std::string(adviceText(alert.kind)));
  line("Model: ", alert.model);
  line("Group: ", alert.group);
  line("Field: ", alert.field);
  line("Since: ", isoText(alert.since));
  if (alert.resolved) line("Over:  ", isoText(*alert.resolved));
  out += '\n';
}

}  // namespace

std::string MailSettings::place() const {
  return server.substr(server.starts_with(kPlain) ? kPlain.size() : kEncrypted.size());
}

Answer<MailSettings> readMail(JsonValue from) {
  if (!from.is(JsonKind::object)) return fail(400, "It is a JSON object.", "mail");
  MailSettings out;
  for (const JsonValue member : from)
    if (auto ok = readMember(member, out); !ok) return std::unexpected(ok.error());
  const bool isUrl = out.server.starts_with(kPlain) || out.server.starts_with(kEncrypted);
  const std::string place = isUrl ? out.place() : std::string();
  const auto isPlaceCharacter = [](char c) {
    return c > ' ' && c < '\x7F' && !std::string_view("/@?#\"\\").contains(c);
  };
  if (place.empty() || !place.contains(':') || !std::ranges::all_of(place, isPlaceCharacter))
    return fail(400, "The relay is smtp://HOST:PORT, or smtps://HOST:PORT where TLS comes first.", "server");
  if (out.from.empty()) return fail(400, "It is missing.", "from");
  if (out.to.empty()) return fail(400, "A list of addresses is wanted.", "to");
  if (out.user.empty() != out.passwordFile.empty())
    return fail(400, "\"user\" and \"passwordFile\" come together.", "user");
  if (!out.user.empty() && !out.isEncrypted())
    return fail(400, "A password is sent over TLS only: leave \"startTls\" as it is.", "startTls");
  return out;
}

Mail mailOf(const std::vector<Alert>& alerts) {
  Mail out;
  std::size_t open = 0;
  for (const bool isOver : {false, true}) {
    bool isFirst = true;
    for (const Alert& alert : alerts) {
      if ((alert.state == "firing") == isOver) continue;
      open += isOver ? 0 : 1;
      if (isOver && std::exchange(isFirst, false)) out.text += "Over:\n\n";
      describe(alert, out.text);
    }
  }
  const std::size_t over = alerts.size() - open;
  if (alerts.size() == 1) {
    const Alert& alert = alerts.front();
    const bool isNamed = alert.model.empty() || alert.title.contains(alert.model);
    out.subject = (over == 1 ? "Over: " : "") + alert.title + (isNamed ? "" : " (" + alert.model + ")");
  } else {
    out.subject = open == 0 ? counted(over, "alert") + " over"
                            : counted(open, "alert") + (over == 0 ? "" : ", " + std::to_string(over) + " over");
  }
  out.subject.insert(0, "Scorelet: ");
  out.text += "This is told once, and once more when it is over.\n";
  return out;
}

MailBook::MailBook(Database& database) : database_(database) {
  database_.script("CREATE TABLE IF NOT EXISTS mails(alert INTEGER PRIMARY KEY, sent INTEGER NOT NULL)");
}

std::vector<Alert> MailBook::unsent(Time quietSince) {
  std::vector<std::int64_t> ids;
  Statement& found = database_.query(
      "SELECT id FROM alerts LEFT JOIN mails ON alert=id WHERE (state='firing' AND sent IS NULL) OR "
      "(sent=1 AND (state='closed' OR (state='resolved' AND resolved<=?))) ORDER BY id",
      quietSince);
  while (found.next()) ids.push_back(found.integer(0));
  std::vector<Alert> out;
  AlertBook book(database_);
  for (const std::int64_t id : ids)
    if (auto alert = book.find(id)) out.push_back(std::move(*alert));
  return out;
}

void MailBook::sent(const std::vector<Alert>& alerts) {
  Transaction transaction(database_);
  for (const Alert& alert : alerts)
    database_.run("INSERT OR REPLACE INTO mails(alert, sent) VALUES(?,?)", alert.id,
                  alert.state == "firing" ? kSentOpen : kSentOver);
  (void)transaction.commit();
}

}  // namespace scorelet::monitor
