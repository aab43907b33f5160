// What the bundle of a model brings: how it is watched, and what its data was in training.
#include <scorelet/model.hpp>
#include <scorelet/telemetry/baseline.hpp>

#include "monitor/agreement.hpp"
#include "monitor/facts.hpp"
#include "monitor/monitor.hpp"
#include "service/bundle.hpp"

namespace scorelet::monitor {
namespace {

using service::fail;

/// The baseline that is in the document (ModelStats); empty if there is none.
std::string statisticsOf(std::string_view document) {
  const auto model = Model::load(document);
  if (!model) return {};
  const Baseline baseline = Baseline::ofModel(*model);
  return baseline.fields.empty() ? std::string() : baseline.json();
}

}  // namespace

service::Answer<bool> Monitor::takeBundle(std::string_view bytes, std::string name, const std::string& by) {
  const auto bundle = AgreedBundle::open(bytes, std::move(name), settings_.keys);
  if (!bundle) return std::unexpected(bundle.error());
  const auto& [content, model, agreement] = *bundle;
  BundleNews news{agreement.sha256, agreement.isSigned, content.manifest(),
                  std::string(content.file(service::kBaselinePart))};
  const auto isKnown = [&] {
    const Agreement* known = writer_.inForce().bundle(bundle->model);
    return known != nullptr && known->sha256 == news.sha256;
  };
  {
    const std::scoped_lock lock(writing_);
    if (isKnown()) return false;
  }
  if (news.baseline.empty()) news.baseline = statisticsOf(content.file(service::kModelPart));
  {
    const std::scoped_lock lock(writing_);
    if (const auto ok = writer_.setBundle(model, news); !ok) return std::unexpected(ok.error());
    const std::string version = news.sha256.substr(0, 16);
    AlertBook(writer_.database())
        .record({now(),
                 "bundle",
                 model + ": watched as its bundle " + version + " says",
                 by,
                 model,
                 {},
                 Facts().text("version", version).take()});
  }
  const std::scoped_lock lock(known_);
  judgedHour_ = 0;
  return true;
}

}  // namespace scorelet::monitor
