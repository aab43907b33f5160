// One request on its way through the service.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/access.hpp"
#include "service/audit_log.hpp"
#include "service/catalogue.hpp"
#include "service/cell_table.hpp"
#include "service/host.hpp"
#include "service/http.hpp"
#include "service/json_tree.hpp"
#include "service/metrics.hpp"
#include "service/model_store.hpp"
#include "service/mutex.hpp"
#include "service/prediction_names.hpp"
#include "service/settings.hpp"

namespace scorelet::service {

/// What all requests share.
struct Shared {
  const Settings& settings;
  Host& host;
  Catalogue& catalogue;
  Metrics& metrics;
  ModelStore* store;  ///< null: what is deployed is gone with the process
  Mutex& changing;    ///< held while store and catalogue change together
  AuditLog* audit;    ///< null: predictions are not recorded
  PredictionNames& names;
  bool isDraining = false;
};

struct Call {
  Shared& shared;
  const Request& request;
  const Target& target;
  std::uint64_t began = 0, deadline = 0;  ///< milliseconds since 1970
  Caller caller = {};
  std::vector<std::string_view> captured = {};  ///< what stands at the {…} of the route

  // for the log and the metrics
  std::string model = {}, version = {};
  std::size_t rows = 0, badRows = 0;

  // who answers, and who is asked besides
  std::shared_ptr<Release> release = {};
  Arm* arm = nullptr;
  std::optional<Deployment::Lease<Seat>> shadowSeat = {};
  ShadowCounts shadowed = {};

  // for the record of predictions
  std::string versionSha256 = {};
  std::string predictionId = {};                     ///< of the request; "/" and the row's number make it that of a row
  const std::vector<std::size_t>* places = nullptr;  ///< of scored rows among those of the request; null: the same
  std::vector<Prediction> predictions = {};

  /// Who answers for the model of the first {…}: the version of the second, if there is one and it is served; else by
  /// the request's key.
  [[nodiscard]] Answer<std::shared_ptr<Deployment>> deployment();
  [[nodiscard]] Answer<std::shared_ptr<Deployment>> deployment(std::string_view name);
  /// Remembers whose answer this is.
  void use(const Deployment& deployment);
  /// The body as JSON, an object; `closed` members in one piece.
  [[nodiscard]] Answer<JsonTree> json(const ClosedMembers& closed = {}) const;
  /// Refuses more rows than one request may have, or none.
  [[nodiscard]] Answer<void> checkRows(std::size_t count) const;

  /// Names the prediction that begins.
  void beginPrediction();
  /// Rows of a block that was scored, behind `first` others: counts them for their version, shows them to the shadow,
  /// and puts them down where predictions are recorded.
  void take(Seat& seat, const Batch& block, std::size_t first);
  void putDown(Seat& seat, const Batch& block, std::size_t first);
  /// Records what was put down; only then may it be answered.
  [[nodiscard]] Answer<void> record();
};

/// Scores a batch of cells block by block, looking at the clock between. `take(row)` is called after each block for
/// each of its rows: `Scorer`'s row, and the batch's.
template <class Take>
[[nodiscard]] Answer<void> scoreRows(Call& call, Seat& seat, const Batch& batch, const Take& take) {
  if (auto ok = call.checkRows(batch.rows); !ok) return ok;
  Scorer& scorer = seat.scorer;
  call.beginPrediction();
  constexpr std::size_t kBlock = 256;
  for (std::size_t first = 0; first < batch.rows; first += kBlock) {
    if (first > 0 && call.shared.host.now() >= call.deadline)
      return fail(504, "The time of the request is up after " + std::to_string(first) + " of " +
                           std::to_string(batch.rows) + " rows; send fewer at once.");
    const std::size_t rows = batch.rows - first < kBlock ? batch.rows - first : kBlock;
    const Batch block = slice(batch, first, rows);
    scorer.score(block);
    call.take(seat, block, first);
    for (std::size_t row = 0; row < rows; ++row) {
      call.badRows += scorer.ok(row) ? 0 : 1;
      take(row, first + row);
    }
  }
  call.rows += batch.rows;
  return call.record();
}

/// 128 random bits as digits.
[[nodiscard]] std::string randomText(Host& host);

/// The first thing that is wrong with a row that is not `ok`.
[[nodiscard]] Failure failureOf(const Diagnostics& diagnostics);

}  // namespace scorelet::service
