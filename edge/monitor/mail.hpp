// Alerts by e-mail: to a relay over SMTP, those of one look in one mail (docs/monitoring.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/alerts.hpp"
#include "service/http.hpp"

namespace scorelet::service {
class JsonValue;
}

namespace scorelet::monitor {

struct MailSettings {
  std::string server;  ///< "smtp://relay:587", "smtps://relay:465"
  std::string from;
  std::vector<std::string> to;
  std::string user, passwordFile;
  std::string authorities;  ///< a file of certificates in place of the system's
  bool startTls = true;     ///< of smtp://; without it nothing is encrypted

  [[nodiscard]] bool isEncrypted() const noexcept { return startTls || server.starts_with("smtps://"); }
  /// "relay:587"
  [[nodiscard]] std::string place() const;
};
/// The member "mail" of the rules.
[[nodiscard]] service::Answer<MailSettings> readMail(service::JsonValue from);

struct Mail {
  std::string subject, text;
};
[[nodiscard]] Mail mailOf(const std::vector<Alert>& alerts);

/// Empty, or why the relay did not take it. `id` makes the Message-ID, `time` is in milliseconds.
[[nodiscard]] std::string sendMail(const MailSettings& settings, const Mail& mail, std::string_view id, Time time);

/// Which alerts went out by mail, apart from who else was told: a mail is never sent twice because a webhook failed.
class MailBook {
 public:
  explicit MailBook(Database& database);
  /// New ones; mailed ones that were closed, or have been over since `quietSince`.
  [[nodiscard]] std::vector<Alert> unsent(Time quietSince);
  void sent(const std::vector<Alert>& alerts);

 private:
  Database& database_;
};

}  // namespace scorelet::monitor
