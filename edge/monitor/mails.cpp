// Alerts, and that they are over, by mail: all of one look in one.
#include "api/json_writer.hpp"
#include "monitor/mail.hpp"
#include "monitor/monitor.hpp"

namespace scorelet::monitor {

void Monitor::mail(Time time) {
  const auto& settings = settings_.rules.mail;
  if (!settings) return;
  const auto news = [&] {
    const std::scoped_lock lock(writing_);
    return MailBook(writer_.database()).unsent(time - static_cast<Time>(settings_.rules.quietMinutes * 60'000));
  }();
  if (news.empty()) return;
  // The same mail, should it be sent once more after a crash, is known by its id.
  const std::string id = "scorelet-" + std::to_string(news.front().since) + "-" + std::to_string(news.front().id) +
                         "-" + std::to_string(news.back().id) + "-" + news.front().state;
  const std::string why = outside_.mail(*settings, mailOf(news), id, time);
  if (why.empty()) {
    const std::scoped_lock lock(writing_);
    MailBook(writer_.database()).sent(news);
    return;
  }
  JsonWriter w;
  w.open('{').name("mail").text("not taken, sent again with the next look").name("why").text(why).close('}');
  host_.log(w.take());
}

}  // namespace scorelet::monitor
