// The monitor: a request in, a response out, and a look at everything now and then (docs/monitoring.md).
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "monitor/alerts.hpp"
#include "monitor/assess.hpp"
#include "monitor/outside.hpp"
#include "monitor/store.hpp"
#include "service/access.hpp"
#include "service/host.hpp"
#include "service/json_tree.hpp"
#include "service/minisign.hpp"

namespace scorelet::monitor {

class Monitor {
 public:
  struct Settings {
    Rules rules;
    std::vector<service::Token> tokens;
    std::vector<service::PublicKey> keys;  ///< if there are any, only bundles signed by one of them count
    std::vector<std::string> origins;      ///< of pages elsewhere that may send
    std::string page;                      ///< folder of the dashboard; empty: there is none
  };
  /// All must live longer. The file is made if it is not there.
  [[nodiscard]] static std::expected<std::unique_ptr<Monitor>, std::string> open(const std::string& path,
                                                                                 const Settings& settings,
                                                                                 service::Host& host, Outside& outside);
  /// From any number of threads.
  static constexpr std::size_t kBodyBytes = std::size_t{64} << 20;  ///< the longest, also once unpacked
  [[nodiscard]] service::Response handle(service::Request request);
  /// From now on a model is watched as its bundle says; an empty name: the one that the bundle was made for. False if
  /// that is so already.
  service::Answer<bool> takeBundle(std::string_view bytes, std::string name, const std::string& by);
  /// Judges models of which something has come, opens and resolves alerts, tells them, runs hooks that do not wait.
  void look();
  /// Deletes what is kept no longer.
  service::Answer<void> expire() {
    const std::scoped_lock lock(writing_);
    return writer_.expire(now());
  }
  ~Monitor();

 private:
  friend class Pages;
  Monitor(const Settings& settings, service::Host& host, Outside& outside, Store&& writer, Store&& reader)
      : settings_(settings), host_(host), outside_(outside), writer_(std::move(writer)), reader_(std::move(reader)) {
    alive_->monitor = this;
  }

  /// Of a person, about an alert.
  struct Decision {
    std::string action, by;
    std::optional<Time> until;
    [[nodiscard]] static service::Answer<Decision> read(service::JsonValue from, Time now);
  };

  using Response = service::Response;
  template <class T>
  using Answer = service::Answer<T>;

  Time now() { return static_cast<Time>(host_.now()); }
  Answer<Response> route(service::Request& request, const service::Target& target, bool isWelcome);
  Answer<Response> routeApi(const service::Request& request, const service::Target& target, bool mayManage);
  Answer<Response> takeLogs(const service::Request& request);
  Answer<Response> takeOutcomes(const service::Request& request);
  Answer<Response> takeMetrics(const service::Request& request);
  Answer<Response> takeBaseline(const service::Request& request, const std::string& model);
  Answer<Response> takeGroupRule(const service::Request& request, const std::string& group);
  Answer<Response> act(const service::Request& request, const std::string& id);
  Answer<Response> actOnAll(const service::Request& request);
  Answer<Alert> act(double id, const Decision& decision);
  Answer<Response> page(const service::Target& target);

  void judge();
  std::vector<Condition> conditions(Time now);
  void conditionsOf(const ModelState& model, AlertBook& book, std::vector<Condition>& out);
  void tell(Time now);
  void mail(Time now);
  bool decide(const Alert& alert, const std::string& action, const std::string& by, std::optional<Time> until);
  /// And into the record; outside of the lock on the store, since it may take long.
  void carryOut(const Hook& hook, const Alert& alert);
  void record(const Change& change);

  const Settings& settings_;
  service::Host& host_;
  Outside& outside_;
  std::mutex writing_, reading_, judging_, looking_;
  Store writer_, reader_;

  /// So that a command that outlives the monitor tells nobody.
  struct Alive {
    std::mutex mutex;
    Monitor* monitor = nullptr;
  };
  std::shared_ptr<Alive> alive_ = std::make_shared<Alive>();

  std::mutex known_;  // around what follows
  std::map<std::string, ModelState> models_;
  std::map<std::string, GroupRule> changedRules_;
  Time judgedHour_ = 0;
};

}  // namespace scorelet::monitor
