// A model that is served, with what scoring it needs, kept warm between requests.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/inquiry.hpp>
#include <scorelet/json_rows.hpp>
#include <scorelet/model.hpp>
#include <scorelet/telemetry/baseline.hpp>
#include <scorelet/telemetry/treatments.hpp>

#include "service/bundle.hpp"
#include "service/http.hpp"
#include "service/mutex.hpp"

namespace scorelet::service {

struct Settings;

/// What one request works with at a time.
struct Seat {
  explicit Seat(const Model& model, std::size_t rows);
  Scorer scorer;
  JsonRows records;
  telemetry::TreatmentReader treatments;  ///< for the record of predictions
};

class Deployment {
 public:
  /// Checks and compiles a document, or that of a bundle, and runs its ModelVerification and the bundle's thresholds; a
  /// model that does not do what it says is refused, and with keys whatever is not signed by one of them.
  [[nodiscard]] static Answer<std::shared_ptr<Deployment>> create(std::string name, std::string content,
                                                                  const Settings& settings, std::uint64_t now);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// The first 16 digits of `sha256()`.
  [[nodiscard]] std::string_view version() const noexcept { return std::string_view(sha256_).substr(0, 16); }
  [[nodiscard]] const std::string& sha256() const noexcept { return sha256_; }
  /// What was deployed: a document or a bundle.
  [[nodiscard]] const std::string& content() const noexcept { return *content_; }
  [[nodiscard]] std::string_view document() const noexcept { return bundle_ ? bundle_->file(kModelPart) : *content_; }
  /// The bundle's, else what the document tells of its data.
  [[nodiscard]] telemetry::Baseline baseline() const;
  [[nodiscard]] std::size_t memoryBytes() const noexcept { return content_->size() + model_.memoryBytes(); }
  /// Empty if it is no bundle.
  [[nodiscard]] std::string_view manifest() const noexcept {
    return bundle_ ? bundle_->manifest() : std::string_view();
  }
  [[nodiscard]] const Model& model() const noexcept { return model_; }
  [[nodiscard]] std::uint64_t created() const noexcept { return created_; }

  /// Whether the model still answers its own verification records as recorded; asked again after a while.
  [[nodiscard]] bool isReady(std::uint64_t now);

  template <class T>
  class Lease;
  /// A scorer that has seen no rows.
  [[nodiscard]] Lease<Seat> seat();
  /// An inquiry with the bundle's background, else with one of the model's own making.
  [[nodiscard]] Answer<Lease<Inquiry>> inquiry();
  /// The same with the records that a request brings, for this request only.
  [[nodiscard]] Answer<std::unique_ptr<Inquiry>> inquiryAgainst(std::string_view records) const;

 private:
  Deployment(std::string name, std::shared_ptr<const std::string> content, std::optional<Bundle> bundle, Model model,
             const Settings& settings, std::uint64_t now);
  [[nodiscard]] Answer<void> checkBundle();
  [[nodiscard]] Answer<std::unique_ptr<Inquiry>> makeInquiry() const;

  std::string name_;
  std::shared_ptr<const std::string> content_;
  std::optional<Bundle> bundle_;  // views the content
  std::string sha256_;
  Model model_;
  const Settings& settings_;
  std::uint64_t created_;
  Mutex mutex_;
  std::uint64_t verified_;
  bool isReady_ = true;
  std::vector<std::unique_ptr<Seat>> seats_;
  std::vector<std::unique_ptr<Inquiry>> inquiries_;
};

/// Gives back what it holds.
template <class T>
class Deployment::Lease {
 public:
  Lease(std::unique_ptr<T> thing, std::vector<std::unique_ptr<T>>& home, Mutex& mutex)
      : thing_(std::move(thing)), home_(&home), mutex_(&mutex) {}
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease() {
    if (thing_ == nullptr) return;
    const Guard guard(*mutex_);
    home_->push_back(std::move(thing_));
  }
  T& operator*() const noexcept { return *thing_; }
  T* operator->() const noexcept { return thing_.get(); }

 private:
  std::unique_ptr<T> thing_;
  std::vector<std::unique_ptr<T>>* home_;
  Mutex* mutex_;
};

/// Where a request names a model: "loan.v2".
[[nodiscard]] Answer<void> checkModelName(std::string_view name);

}  // namespace scorelet::service
