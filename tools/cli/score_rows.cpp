#include "score_rows.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "command.hpp"
#include "in_turns.hpp"
#include "progress.hpp"
#include "summary.hpp"

namespace scorelet::cli {
namespace {

/// A bad row under --strict: it is not written, and nothing after it.
struct LastRow {
  std::size_t line = 0;
  Diagnostics why;
};

/// Where the blocks of all workers come together, in their order.
class Collector {
 public:
  explicit Collector(ScoreJob& job) : job_(job), progress_(job.input.size(), !job.quiet) {}

  /// False to end here.
  bool take(std::string_view text, const Summary& findings, const std::optional<LastRow>& last,
            std::uint64_t bytesRead) {
    summary_.add(findings);
    isEnded_ = !job_.output.write(text) || last;
    if (last) stopAt(*last);
    if (!isEnded_) progress_.show(summary_.rows(), bytesRead);
    return !isEnded_;
  }

  /// Said at the end, once.
  void note(const Diagnostic& d) {
    const auto isSame = [&](const Diagnostic& other) { return other.message == d.message; };
    if (notes_.size() < kNotes && std::none_of(notes_.begin(), notes_.end(), isSame)) notes_.push_back(d);
  }

  ExitCode finish() {
    const bool written = job_.output.close();
    progress_.clear();
    for (const Diagnostic& d : notes_) say(d);
    // What another worker read after the end does not count.
    if (!isEnded_ && !job_.rows->failure().empty()) return failFile(job_.rows->failure());
    if (!written) return failFile(job_.output.failure());
    if (isStopped_) return ExitCode::failed;
    if (!job_.quiet) summary_.print();
    return ExitCode::ok;
  }

  void say(const Diagnostic& d) const {
    if (!job_.quiet) complain(d.text());
  }

 private:
  static constexpr std::size_t kNotes = 100;

  void stopAt(const LastRow& row) {
    isStopped_ = true;
    progress_.clear();
    complain("row " + std::to_string(summary_.rows()) + " (line " + std::to_string(row.line) + ") is bad; stopped:");
    for (const Diagnostic& d : row.why) std::fprintf(stderr, "  %s\n", d.text().c_str());
  }

  ScoreJob& job_;
  Progress progress_;
  Summary summary_;
  Diagnostics notes_;
  bool isEnded_ = false;    // before the end of the input
  bool isStopped_ = false;  // by a bad row
};

class ScoreWorker final : public BlockWorker {
 public:
  ScoreWorker(const ScoreJob& job, std::unique_ptr<RowSource> rows, Collector& collector)
      : job_(job), rows_(std::move(rows)), text_(job.model, job.format), collector_(collector) {}

  bool read() override {
    const bool isThere = rows_->read();
    bytesRead_ = job_.input.bytesRead();
    return isThere;
  }

  void work() override {
    if (!scorer_) {
      scorer_.emplace(job_.model);
      scorer_->keepDetails(job_.format.record.details);
      if (job_.events != nullptr) events_.emplace(*job_.events);
    }
    rows_->parse();
    scorer_->score(rows_->batch());
    if (events_) events_->begin(rows_->batch(), *scorer_);
    text_.clear();
    findings_ = {};
    for (const Row& row : rows_->rows()) {
      if (!take(row)) break;
    }
  }

  bool write() override {
    const Diagnostics& notes = rows_->notes();
    for (; noted_ < notes.size(); ++noted_) collector_.note(notes[noted_]);
    if (events_) job_.events->add(*events_);
    return collector_.take(text_.text(), findings_, last_, bytesRead_);
  }

 private:
  /// False to end here.
  bool take(const Row& row) {
    findings_.row();
    const bool isReadable = row.refused.empty();
    if (!isReadable || !scorer_->ok(row.index)) {
      Diagnostics why = isReadable ? scorer_->diagnostics(row.index) : row.refused;
      findings_.bad(row, why);
      if (job_.strict) {
        last_ = {row.line, std::move(why)};
        return false;
      }
    }
    isReadable ? text_.scored(*scorer_, row) : text_.refused(row);
    if (events_ && isReadable) events_->add(row.index);
    return true;
  }

  const ScoreJob& job_;
  std::unique_ptr<RowSource> rows_;
  std::optional<Scorer> scorer_;  // made when there is something to score
  std::optional<EventWriter> events_;
  ResultText text_;  // this and the next two: of the block
  Summary findings_;
  std::optional<LastRow> last_;
  std::uint64_t bytesRead_ = 0;
  std::size_t noted_ = 0;  // how many notes the collector has
  Collector& collector_;
};

}  // namespace

ExitCode scoreRows(ScoreJob job) {
  Collector collector(job);
  for (const Diagnostic& d : job.model.notes()) {
    if (d.severity == Severity::warning) collector.say(d);
  }
  for (const Diagnostic& d : job.rows->notes()) collector.note(d);
  ResultText header(job.model, job.format);
  header.header();
  if (job.output.write(header.text())) {
    // Rows that depend on those before them are scored by one worker.
    const std::size_t threads = job.model.isStateful() ? 1 : job.threads;
    std::vector<std::unique_ptr<BlockWorker>> workers;
    while (workers.size() < threads) {
      workers.push_back(std::make_unique<ScoreWorker>(job, job.rows->another(), collector));
    }
    runInTurns(workers);
  }
  return collector.finish();
}

}  // namespace scorelet::cli
