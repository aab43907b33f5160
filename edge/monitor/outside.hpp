// What the monitor does to the world: tells alerts, runs commands, gives documents to scoring services.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "monitor/mail.hpp"

namespace scorelet::monitor {

class Outside {
 public:
  Outside() = default;
  virtual ~Outside() = default;
  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;

  /// POST of a JSON body; whether it was taken.
  virtual bool post(const std::string& url, const std::string& body) = 0;
  /// PUT of a file; empty, or why it was not taken.
  virtual std::string put(const std::string& url, const std::string& file, const std::string& tokenFile) = 0;
  static constexpr std::string_view kEndedWell = "ended well";
  /// Empty, or why the relay did not take it.
  virtual std::string mail(const MailSettings& settings, const Mail& mail, std::string_view id, Time time) = 0;
  using Environment = std::vector<std::pair<std::string, std::string>>;
  /// Begins a command without a shell; `done` is told how it ended, from another thread. False: it could not begin.
  virtual bool run(const std::vector<std::string>& command, const Environment& environment,
                   std::function<void(const std::string& end)> done) = 0;
};

/// This machine.
class NativeOutside final : public Outside {
 public:
  bool post(const std::string& url, const std::string& body) override;
  std::string put(const std::string& url, const std::string& file, const std::string& tokenFile) override;
  std::string mail(const MailSettings& settings, const Mail& mail, std::string_view id, Time time) override {
    return sendMail(settings, mail, id, time);
  }
  bool run(const std::vector<std::string>& command, const Environment& environment,
           std::function<void(const std::string& end)> done) override;
};

}  // namespace scorelet::monitor
