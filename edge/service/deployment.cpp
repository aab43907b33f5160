#include "service/deployment.hpp"

#include <algorithm>
#include <utility>

#include "cli/digest.hpp"
#include "service/accuracy.hpp"
#include "service/settings.hpp"

namespace scorelet::service {
namespace {

std::string firstOf(const Diagnostics& faults) {
  std::string out = faults.front().text();
  if (faults.size() > 1) out += " (and " + std::to_string(faults.size() - 1) + " more)";
  return out;
}

/// The first thing that a verification found, empty if it passed.
std::string faultOf(const VerificationReport& report) {
  if (!report.mismatches.empty()) {
    const VerificationMismatch& m = report.mismatches.front();
    return "record " + std::to_string(m.record) + ", field " + m.field + ": recorded " + m.expected + ", computed " +
           (m.actual.empty() ? "nothing" : m.actual);
  }
  return report.diagnostics.empty() ? "" : firstOf(report.diagnostics);
}

JsonRowsOptions rowsOptions(std::size_t rows) {
  JsonRowsOptions options;
  options.arrayRecords = rows;
  return options;
}

}  // namespace

Seat::Seat(const Model& model, std::size_t rows) : scorer(model), records(model, rowsOptions(rows)), treatments(model) {
  scorer.keepDetails(false);
}

Answer<void> checkModelName(std::string_view name) {
  const bool isPlain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == ':';
  });
  const bool isParted = std::ranges::count(name, ':') <= 1 && !name.starts_with(':') && !name.ends_with(':');
  if (!isPlain || !isParted || name.empty() || name.size() > 128 || name.starts_with('.'))
    return fail(
        400,
        "The name of a model has up to 128 letters, digits, \"-\", \"_\" and \".\", and begins with no dot; one "
        "\":\" may stand between group and key.",
        "id");
  return {};
}

Deployment::Deployment(std::string name, std::shared_ptr<const std::string> content, std::optional<Bundle> bundle,
                       Model model, const Settings& settings, std::uint64_t now)
    : name_(std::move(name)),
      content_(std::move(content)),
      bundle_(std::move(bundle)),
      sha256_(cli::hexadecimal(cli::digestOf(*content_))),
      model_(std::move(model)),
      settings_(settings),
      created_(now),
      verified_(now) {}

Answer<std::shared_ptr<Deployment>> Deployment::create(std::string name, std::string content, const Settings& settings,
                                                       std::uint64_t now) {
  if (auto ok = checkModelName(name); !ok) return std::unexpected(ok.error());
  const auto kept = std::make_shared<const std::string>(std::move(content));
  std::optional<Bundle> bundle;
  if (isTar(*kept)) {
    auto opened = Bundle::open(*kept, settings.keys);
    if (!opened) return std::unexpected(opened.error());
    if (opened->name() != name)
      return fail(400, "The bundle is one of the model \"" + std::string(opened->name()) + "\".", "id");
    bundle = std::move(*opened);
  } else if (!settings.keys.empty()) {
    return fail(400, "Only signed bundles are served here (scorelet help model), and this is none.");
  }
  LoadOptions options;
  options.limits = settings.limits;
  options.explains = settings.explains;
  auto model = Model::load(bundle ? bundle->file(kModelPart) : std::string_view(*kept), options);
  if (!model) return fail(400, "The model is refused: " + firstOf(model.error()), model.error().front().field);
  if (const std::string fault = faultOf(verify(*model)); !fault.empty())
    return fail(400, "The model fails its own ModelVerification: " + fault);
  auto made = std::shared_ptr<Deployment>(
      new Deployment(std::move(name), kept, std::move(bundle), std::move(*model), settings, now));
  if (auto ok = made->checkBundle(); !ok) return std::unexpected(ok.error());
  return made;
}

/// What a bundle brings beside its document.
Answer<void> Deployment::checkBundle() {
  if (!bundle_) return {};
  if (auto ok = checkAccuracy(model_, bundle_->manifest(), bundle_->file(kLabelledPart)); !ok) return ok;
  if (const std::string_view json = bundle_->file(kBaselinePart); !json.empty())
    if (const auto baseline = telemetry::Baseline::parse(json); !baseline)
      return fail(400, "The bundle's baseline is refused: " + firstOf(baseline.error()));
  if (bundle_->file(kBackgroundPart).empty()) return {};
  auto inquiry = makeInquiry();
  if (!inquiry) return fail(400, "The bundle's background is refused: " + inquiry.error().message);
  inquiries_.push_back(std::move(*inquiry));
  return {};
}

telemetry::Baseline Deployment::baseline() const {
  const std::string_view own = bundle_ ? bundle_->file(kBaselinePart) : std::string_view();
  auto read = telemetry::Baseline::parse(own);
  return !own.empty() && read ? std::move(*read) : telemetry::Baseline::ofModel(model_);
}

bool Deployment::isReady(std::uint64_t now) {
  {
    const Guard guard(mutex_);
    if (now - verified_ < settings_.verifyMilliseconds) return isReady_;
    verified_ = now;  // whoever asks meanwhile gets the answer before
  }
  const bool isReady = faultOf(verify(model_)).empty();
  const Guard guard(mutex_);
  return isReady_ = isReady;
}

Deployment::Lease<Seat> Deployment::seat() {
  std::unique_ptr<Seat> seat;
  {
    const Guard guard(mutex_);
    if (!seats_.empty()) {
      seat = std::move(seats_.back());
      seats_.pop_back();
    }
  }
  if (seat == nullptr) seat = std::make_unique<Seat>(model_, settings_.rows);
  if (model_.isStateful()) seat->scorer.reset();
  seat->records.clear();
  return {std::move(seat), seats_, mutex_};
}

Answer<Deployment::Lease<Inquiry>> Deployment::inquiry() {
  std::unique_ptr<Inquiry> inquiry;
  {
    const Guard guard(mutex_);
    if (!inquiries_.empty()) {
      inquiry = std::move(inquiries_.back());
      inquiries_.pop_back();
    }
  }
  if (inquiry == nullptr) {
    auto made = makeInquiry();
    if (!made) return std::unexpected(made.error());
    inquiry = std::move(*made);
  }
  return Lease<Inquiry>{std::move(inquiry), inquiries_, mutex_};
}

Answer<std::unique_ptr<Inquiry>> Deployment::makeInquiry() const {
  if (const std::string_view own = bundle_ ? bundle_->file(kBackgroundPart) : std::string_view(); !own.empty())
    return inquiryAgainst(own);
  auto inquiry = std::make_unique<Inquiry>(model_);
  const auto described = inquiry->makeBackground();
  if (!described && !inquiry->makeBackground({}, true))
    return fail(422,
                "The model does not tell enough of its data to explain against: " + firstOf(described.error()) +
                    " Send records to compare with.",
                "background");
  return inquiry;
}

Answer<std::unique_ptr<Inquiry>> Deployment::inquiryAgainst(std::string_view records) const {
  auto inquiry = std::make_unique<Inquiry>(model_);
  if (const auto ok = inquiry->setBackground(records); !ok) return fail(400, ok.error().front().message, "background");
  return inquiry;
}

}  // namespace scorelet::service
