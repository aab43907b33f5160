// Scorelet by its public interface.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <scorelet/scorelet.hpp>

#include "peer.hpp"

namespace bench {
namespace {

// Texts as Arrow lays them out.
struct Dictionary {
  std::string bytes;
  std::vector<std::int32_t> offsets{0};
  explicit Dictionary(const std::vector<std::string>& texts) {
    for (const auto& text : texts) {
      bytes += text;
      offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
  }
  [[nodiscard]] scorelet::TextView view() const { return {bytes.data(), offsets.data(), offsets.size() - 1}; }
};

class ScoreletPeer final : public Peer {
 public:
  ScoreletPeer(const Case& case_, std::string document, std::size_t documentBytes)
      : case_(case_), document_(std::move(document)), documentBytes_(documentBytes) {
    for (const auto& field : case_.fields) {
      dictionaries_.emplace_back(field.categories);
      isText_.push_back(!field.categories.empty());
    }
    const std::size_t fields = case_.fields.size();
    numbers_.resize(fields * case_.rows);
    codes_.resize(fields * case_.rows);
    for (std::size_t r = 0; r < case_.rows; ++r)
      for (std::size_t f = 0; f < fields; ++f) {
        const double x = case_.row(r)[f];
        numbers_[f * case_.rows + r] = x;
        codes_[f * case_.rows + r] = std::isnan(x) || !isText_[f] ? -1 : static_cast<std::int32_t>(x);
      }
  }

  std::string load() override {
    json_.reset();
    scorer_.reset();
    auto model = scorelet::Model::load(document_);
    if (!model) return model.error().front().text();
    scorer_.emplace(*model);
    scorer_->keepDetails(false);
    json_.emplace(*model);
    results_.clear();
    for (const auto& name : case_.answers) results_.push_back(static_cast<std::size_t>(model->resultIndex(name)));
    lanes_.resize(model->results().size());
    many_ = {1, std::vector<scorelet::Column>(model->inputs().size())};
    input_.clear();
    for (std::size_t f = 0; f < case_.fields.size(); ++f)
      if (const int input = model->inputIndex(case_.fields[f].name); input >= 0)
        input_.emplace_back(f, static_cast<std::size_t>(input));
    return "";
  }

  // Rows as `Scorer::scoreRecord` takes them.
  std::string makeRecords() override {
    const scorelet::Model& model = scorer_->model();
    width_ = model.inputs().size();
    records_.assign(case_.rows * width_, std::numeric_limits<double>::quiet_NaN());
    for (const auto& [f, input] : input_)
      for (std::size_t r = 0; r < case_.rows; ++r) {
        double x = case_.row(r)[f];
        if (isText_[f] && !std::isnan(x)) {
          const auto number = model.numberOf(case_.fields[f].categories[static_cast<std::size_t>(x)]);
          if (!number) return "does not know all categories of " + case_.fields[f].name;
          x = *number;
        }
        records_[r * width_ + input] = x;
      }
    return "";
  }

  [[nodiscard]] std::size_t documentBytes() const override { return documentBytes_; }
  [[nodiscard]] std::size_t answers() const override { return case_.answers.size(); }
  [[nodiscard]] bool isFloat32() const override { return false; }

  void score(std::size_t first, std::size_t count, double* answers) override {
    if (count == 1 && !records_.empty()) return scoreOne(first, answers);
    bindMany(first, count);
    scorer_->score(many_);
    for (std::size_t c = 0; c < results_.size(); ++c) {
      const auto lane = scorer_->column(results_[c]);
      for (std::size_t r = 0; r < count; ++r) answers[r * results_.size() + c] = lane[r];
    }
  }

  [[nodiscard]] bool readsJson() const override { return true; }
  void scoreJson(std::string_view record, double* answers) override {
    json_->clear();
    if (!json_->add(record)) return;
    scorer_->score(json_->batch());
    answer(answers);
  }

  // Against the first hundred rows.
  bool explain(std::size_t first, std::size_t count, double* contributions) override {
    if (!explainer_ && !makeExplainer()) return false;
    bindMany(first, count);
    explainer_->explain(many_);
    const std::size_t fields = case_.fields.size();
    for (std::size_t r = 0; r < count; ++r) {
      double* out = contributions + r * (fields + 1);
      std::fill_n(out, fields, 0);
      for (const auto& [f, input] : input_) out[f] = explainer_->contributions(r)[input];
      out[fields] = explainer_->base();
    }
    return true;
  }

 private:
  bool makeExplainer() {
    const auto model = scorelet::Model::load(document_, {.limits = {}, .modelName = {}, .explains = true});
    if (!model || results_.empty()) return false;
    scorelet::ExplainOptions options;
    options.quantity = {scorelet::Quantity::Kind::margin, model->results()[results_.back()].value};
    bindMany(0, 100);
    auto made = scorelet::Explainer::create(*model, many_, options);
    if (!made) return false;
    explainer_.emplace(std::move(*made));
    return true;
  }

  void bindMany(std::size_t first, std::size_t count) {
    many_.rows = count;
    for (const auto& [f, input] : input_)
      many_.columns[input] = column(f, &numbers_[f * case_.rows + first], &codes_[f * case_.rows + first]);
  }

  void scoreOne(std::size_t row, double* answers) {
    scorer_->scoreRecord({&records_[row * width_], width_}, lanes_);
    for (std::size_t c = 0; c < results_.size(); ++c) answers[c] = lanes_[results_[c]];
  }

  void answer(double* answers) const {
    for (std::size_t c = 0; c < results_.size(); ++c) answers[c] = scorer_->column(results_[c])[0];
  }

  [[nodiscard]] scorelet::Column column(std::size_t f, const double* numbers, const std::int32_t* codes) const {
    return isText_[f] ? scorelet::Column::ofCodes(codes, dictionaries_[f].view())
                      : scorelet::Column::ofNumbers(numbers);
  }

  const Case& case_;
  std::string document_;
  std::size_t documentBytes_;
  std::vector<Dictionary> dictionaries_;
  std::vector<bool> isText_;
  std::vector<double> numbers_, records_, lanes_;
  std::vector<std::int32_t> codes_;
  std::vector<std::pair<std::size_t, std::size_t>> input_;  // field of the case, input of the model
  std::size_t width_ = 0;                                   // of a record
  std::vector<std::size_t> results_;
  std::optional<scorelet::Scorer> scorer_;
  std::optional<scorelet::JsonRows> json_;
  std::optional<scorelet::Explainer> explainer_;
  scorelet::Batch many_;
};

}  // namespace

std::unique_ptr<Peer> makeScorelet(const Case& case_, const std::string& /*library*/, std::string& /*reason*/) {
  std::string document = readFile(case_.folder + "/model.pmml");
  const std::size_t bytes = document.size();
  return std::make_unique<ScoreletPeer>(case_, std::move(document), bytes);
}

// A compiled model counts with the bytes of the document that it stands for.
std::unique_ptr<Peer> makeCompiled(const Case& case_, const std::string& /*library*/, std::string& reason) {
  const std::string document = readFile(case_.folder + "/model.pmml");
  const auto compiled = scorelet::compileDocument(document, scorelet::Sha256{});
  if (!compiled) {
    reason = "does not compile the model";
    return nullptr;
  }
  std::string bytes(reinterpret_cast<const char*>(compiled->data()), compiled->size());
  return std::make_unique<ScoreletPeer>(case_, std::move(bytes), document.size());
}

}  // namespace bench
