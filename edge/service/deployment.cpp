#include "service/deployment.hpp"

#include <algorithm>
#include <utility>

#include "cli/digest.hpp"
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

Seat::Seat(const Model& model, std::size_t rows) : scorer(model), records(model, rowsOptions(rows)) {
  scorer.keepDetails(false);
}

Answer<void> checkModelName(std::string_view name) {
  const bool isPlain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
  if (!isPlain || name.empty() || name.size() > 128 || name.starts_with('.'))
    return fail(400,
                "The name of a model has up to 128 letters, digits, \"-\", \"_\" and \".\", and begins with no dot.",
                "id");
  return {};
}

Deployment::Deployment(std::string name, std::string document, Model model, const Settings& settings, std::uint64_t now)
    : name_(std::move(name)),
      document_(std::move(document)),
      sha256_(cli::hexadecimal(cli::digestOf(document_))),
      model_(std::move(model)),
      settings_(settings),
      created_(now),
      verified_(now) {}

Answer<std::shared_ptr<Deployment>> Deployment::create(std::string name, std::string document, const Settings& settings,
                                                       std::uint64_t now) {
  if (auto ok = checkModelName(name); !ok) return std::unexpected(ok.error());
  LoadOptions options;
  options.limits = settings.limits;
  options.explains = settings.explains;
  auto model = Model::load(std::string_view(document), options);
  if (!model) return fail(400, "The model is refused: " + firstOf(model.error()), model.error().front().field);
  if (const std::string fault = faultOf(verify(*model)); !fault.empty())
    return fail(400, "The model fails its own ModelVerification: " + fault);
  return std::shared_ptr<Deployment>(
      new Deployment(std::move(name), std::move(document), std::move(*model), settings, now));
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
    inquiry = std::make_unique<Inquiry>(model_);
    const auto described = inquiry->makeBackground();
    if (!described && !inquiry->makeBackground({}, true))
      return fail(422,
                  "The model does not tell enough of its data to explain against: " + firstOf(described.error()) +
                      " Send records to compare with.",
                  "background");
  }
  return Lease<Inquiry>{std::move(inquiry), inquiries_, mutex_};
}

Answer<std::unique_ptr<Inquiry>> Deployment::inquiryAgainst(std::string_view records) const {
  auto inquiry = std::make_unique<Inquiry>(model_);
  if (const auto ok = inquiry->setBackground(records); !ok) return fail(400, ok.error().front().message, "background");
  return inquiry;
}

}  // namespace scorelet::service
