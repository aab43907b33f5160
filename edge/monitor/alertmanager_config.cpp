// Whom Alertmanager tells, how alerts are put together, and when it says it again.
#include "monitor/engines.hpp"

namespace scorelet::monitor {
namespace {

constexpr std::string_view kHead =
    "# Made by `scorelet rules --to=alertmanager` (docs/monitoring-at-scale.md): edit the rules that it was made of, "
    "not this.\n";

// It forgets after 120 hours whom it told: before that it says again what still holds.
constexpr std::string_view kRoute = R"(route:
  receiver: scorelet
  group_by: [group, model]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4d
inhibit_rules:
  # A jump, which the monitor finds, says more than the drift that it is.
  - source_matchers: ['alertname="scorelet_jump"']
    target_matchers: ['alertname="scorelet_drift"']
    equal: [model, field]
)";

constexpr std::string_view kMail =
    R"(        send_resolved: true
        headers:
          Subject: 'Scorelet: {{ if eq .Status "resolved" }}over: {{ end }}{{ (index .Alerts 0).Annotations.summary }}{{ if gt (len .Alerts) 1 }} and others{{ end }}'
        html: ''
        text: |-
          {{ range .Alerts }}{{ if eq .Status "resolved" }}Over: {{ end }}{{ .Annotations.summary }}
          {{ .Annotations.description }}
          {{ with .Annotations.owners }}Owners: {{ . }}
          {{ end }}{{ range .Labels.SortedPairs }}{{ .Name }}: {{ .Value }}
          {{ end }}Since: {{ .StartsAt }}

          {{ end }}
)";

void mailSettings(const MailSettings& mail, std::string& out) {
  out += "global:\n  smtp_smarthost: " + quoted(mail.place()) + "\n  smtp_from: " + quoted(mail.from) + '\n';
  out.append("  smtp_require_tls: ").append(mail.isEncrypted() ? "true\n" : "false\n");
  if (mail.user.empty()) return;
  out += "  smtp_auth_username: " + quoted(mail.user) + '\n';
  out += "  smtp_auth_password_file: " + quoted(mail.passwordFile) + '\n';
}

}  // namespace

std::string alertmanagerConfig(const Rules& rules) {
  std::string out(kHead);
  if (rules.mail) mailSettings(*rules.mail, out);
  out.append(kRoute).append("receivers:\n  - name: scorelet\n");
  if (!rules.webhook.empty())
    out += "    webhook_configs:\n      - url: " + quoted(rules.webhook) + "\n        send_resolved: true\n";
  if (!rules.mail) return out;
  std::string to;
  for (const std::string& address : rules.mail->to) to += (to.empty() ? "" : ", ") + address;
  out += "    email_configs:\n      - to: " + quoted(to) + '\n';
  if (!rules.mail->authorities.empty())
    out += "        tls_config: { ca_file: " + quoted(rules.mail->authorities) + " }\n";
  return out.append(kMail);
}

}  // namespace scorelet::monitor
