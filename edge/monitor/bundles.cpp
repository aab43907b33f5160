// What the bundle of a model brings: how it is watched, and what its data was in training.
#include <scorelet/model.hpp>
#include <scorelet/telemetry/baseline.hpp>

#include "cli/digest.hpp"
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
  if (!service::isTar(bytes)) return fail(400, "This is no bundle; scorelet model pack makes one.");
  const auto bundle = service::Bundle::open(bytes, settings_.keys);
  if (!bundle) return std::unexpected(bundle.error());
  if (const auto agreement = Agreement::read(bundle->manifest()); !agreement) return std::unexpected(agreement.error());
  if (name.empty()) name = bundle->name();
  if (name.empty()) return fail(400, "The bundle does not say which model it is of.", "name");
  BundleNews news{cli::hexadecimal(cli::digestOf(bytes)), !settings_.keys.empty(), bundle->manifest(),
                  std::string(bundle->file(service::kBaselinePart))};
  const auto isKnown = [&] {
    const Agreement* known = writer_.inForce().bundle(name);
    return known != nullptr && known->sha256 == news.sha256;
  };
  {
    const std::scoped_lock lock(writing_);
    if (isKnown()) return false;
  }
  if (news.baseline.empty()) news.baseline = statisticsOf(bundle->file(service::kModelPart));
  {
    const std::scoped_lock lock(writing_);
    if (const auto ok = writer_.setBundle(name, news); !ok) return std::unexpected(ok.error());
    const std::string version = news.sha256.substr(0, 16);
    AlertBook(writer_.database())
        .record({now(),
                 "bundle",
                 name + ": watched as its bundle " + version + " says",
                 by,
                 name,
                 {},
                 Facts().text("version", version).take()});
  }
  const std::scoped_lock lock(known_);
  judgedHour_ = 0;
  return true;
}

}  // namespace scorelet::monitor
