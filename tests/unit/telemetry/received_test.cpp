// What a monitor makes of events: read as they were written, summed in parts as in the whole, judged.
#include <cmath>
#include <random>

#include <gtest/gtest.h>
#include <scorelet/telemetry/otlp_reading.hpp>
#include <scorelet/telemetry/outcomes.hpp>
#include <scorelet/telemetry/summary.hpp>

namespace scorelet::telemetry {
namespace {

Baseline someBaseline() {
  Baseline out;
  FieldBaseline age;
  age.name = "age";
  age.rows = 100;
  age.edges = {30, 50};
  age.counts = {30, 40, 30};
  age.minimum = 18, age.maximum = 90;
  FieldBaseline home;
  home.name = "home";
  home.kind = FieldBaseline::Kind::category;
  home.rows = 100;
  home.values = {"rent", "own"};
  home.counts = {60, 40, 0};
  out.fields = {age, home};
  return out;
}

class Events {
 public:
  PredictionEvent next() {
    PredictionEvent event;
    event.id = ids_.next(1'790'000'000'000 + at_, random_());
    event.unixNanoseconds = (1'790'000'000'000 + at_++) * 1'000'000;
    event.model = {"loan", "3", "abc", "champion"};
    const double age = std::uniform_real_distribution(10.0, 100.0)(random_);
    event.inputs.emplace_back("age", at_ % 7 == 0 ? EventValue() : EventValue(age));
    event.inputs.emplace_back("home", std::string(at_ % 5 == 0 ? "castle " + std::to_string(random_() % 60) : "rent"));
    event.inputs.emplace_back("city", std::string("city ") + std::to_string(random_() % 90));
    event.outputs.emplace_back("probability(yes)", age / 100);
    event.outputs.emplace_back("is", at_ % 2 == 0);
    if (at_ % 11 == 0) event.flags.emplace_back("home", "invalid");
    if (at_ % 13 == 0) event.errorType = "invalidValue";
    if (at_ % 3 == 0) event.samplingShare = 0.3;
    event.seconds = 1e-5 * static_cast<double>(1 + random_() % 100);
    return event;
  }

 private:
  std::mt19937_64 random_{5};
  PredictionIds ids_;
  std::uint64_t at_ = 0;
};

std::string saved(const EventSummary& summary) {
  std::string out;
  summary.save(out);
  return out;
}

TEST(Received, partsMergeToTheWholeToTheBit) {
  const Baseline baseline = someBaseline();
  Events events;
  EventSummary whole, parts[7], merged, backwards;
  for (int i = 0; i < 2'000; ++i) {
    const PredictionEvent event = events.next();
    whole.add(event, &baseline);
    parts[i * i % 7].add(event, &baseline);
  }
  for (const EventSummary& part : parts) merged.merge(part);
  for (int i = 7; i-- > 0;) backwards.merge(parts[i]);
  EXPECT_EQ(saved(whole), saved(merged));
  EXPECT_EQ(saved(whole), saved(backwards));
  EXPECT_EQ(whole.events(), 2'000u);
  EXPECT_NEAR(whole.predictions(), 2'000.0 * (2.0 / 3 + 1 / 0.3 / 3), 3);
}

TEST(Received, whatIsSavedIsReadAgain) {
  const Baseline baseline = someBaseline();
  Events events;
  EventSummary summary;
  for (int i = 0; i < 500; ++i) summary.add(events.next(), i < 250 ? &baseline : nullptr);
  const std::string bytes = saved(summary);
  const auto read = EventSummary::read(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(saved(*read), bytes);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) EXPECT_FALSE(EventSummary::read(bytes.substr(0, cut))) << cut;
  EXPECT_FALSE(EventSummary::read(bytes + "x"));
}

TEST(Received, countsOfFields) {
  const Baseline baseline = someBaseline();
  EventSummary summary;
  const auto add = [&](EventValue age, const char* flag = nullptr) {
    PredictionEvent event;
    event.inputs.emplace_back("age", std::move(age));
    if (flag != nullptr) event.flags.emplace_back("age", flag);
    summary.add(event, &baseline);
  };
  for (const double x : {10.0, 29.5, 30.0, 49.0, 50.0, 95.0}) add(x);
  add(std::string("[30, 50)"));
  add(std::string("no range"));
  add({});
  add({}, "invalid");
  add(std::numeric_limits<double>::infinity());
  const auto age = summary.field("age", false);
  ASSERT_TRUE(age);
  EXPECT_EQ(std::vector(age->bins.begin(), age->bins.end()), (std::vector<std::uint64_t>{2, 3, 2}));
  EXPECT_EQ(age->rows, 11u);
  EXPECT_EQ(age->missing, 1u);
  EXPECT_EQ(age->invalid, 2u);
  EXPECT_EQ(age->outside, 2u);
  EXPECT_EQ(age->otherCount, 1u);
}

TEST(Received, recordsAreReadAsTheyWereWritten) {
  for (const Encoding encoding : {Encoding::json, Encoding::protobuf}) {
    Events events;
    std::vector<std::string> records;
    std::vector<PredictionEvent> sent;
    for (int i = 0; i < 50; ++i) {
      sent.push_back(events.next());
      records.push_back(encodeRecord(encoding, sent.back()));
    }
    records.push_back(
        encodeRecord(encoding, OutcomeEvent{sent[3].id, 17'000'000, sent[3].model, EventValue("yes \"é\"")}));
    const auto read = readLogs(encoding, encodeLogs(encoding, {.instanceId = "kiosk 7", .kind = "node"}, records));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->refused, 0u);
    ASSERT_EQ(read->hosts.size(), 1u);
    EXPECT_EQ(read->hosts[0].host.instanceId, "kiosk 7");
    ASSERT_EQ(read->hosts[0].predictions.size(), 50u);
    for (std::size_t i = 0; i < 50; ++i) {
      const std::string again = encodeRecord(Encoding::json, read->hosts[0].predictions[i]);
      EXPECT_EQ(again, encodeRecord(Encoding::json, sent[i]));
    }
    ASSERT_EQ(read->hosts[0].outcomes.size(), 1u);
    EXPECT_EQ(read->hosts[0].outcomes[0].id, sent[3].id);
    EXPECT_EQ(read->hosts[0].outcomes[0].outcome, EventValue("yes \"é\""));
  }
}

TEST(Received, answersAreReadAsTheyWereWritten) {
  for (const Encoding encoding : {Encoding::json, Encoding::protobuf}) {
    EXPECT_EQ(readAnswer(encoding, encodeAnswer(encoding, {}))->rejected, 0u);
    const auto partial = readAnswer(encoding, encodeAnswer(encoding, {300, "too old"}));
    EXPECT_EQ(partial->rejected, 300u);
    EXPECT_EQ(partial->message, "too old");
  }
}

TEST(Received, outcomesMerge) {
  std::mt19937_64 random(9);
  OutcomeSummary whole, parts[3], merged;
  BinaryEvaluation exact;
  for (int i = 0; i < 3'000; ++i) {
    const double p = std::uniform_real_distribution(0.0, 1.0)(random);
    const bool isEvent = std::uniform_real_distribution(0.0, 1.0)(random) < p;
    const JudgedCase judged{
        .probability = p, .isEvent = isEvent, .isRight = (p > 0.5) == isEvent, .predicted = {}, .actual = {}};
    whole.add(judged);
    parts[i % 3].add(judged);
    exact.add(p, isEvent ? 1 : 0);
  }
  for (const OutcomeSummary& part : parts) merged.merge(part);
  EXPECT_EQ(merged.auc().value, whole.auc().value);
  EXPECT_NEAR(whole.auc().value, exact.auc(), 0.0003);
  EXPECT_NEAR(whole.brier().value, exact.brier(), 0.0003);
  EXPECT_NEAR(whole.auc().high - whole.auc().low, 2 * 1.96 * exact.aucStandardError(), 0.0003);
  std::string bytes;
  whole.save(bytes);
  const auto read = OutcomeSummary::read(bytes);
  ASSERT_TRUE(read);
  std::string again;
  read->save(again);
  EXPECT_EQ(again, bytes);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7) EXPECT_FALSE(OutcomeSummary::read(bytes.substr(0, cut)));
}

/// The promise of the range: of streams without a difference that are looked at after every case, few ever say
/// otherwise.
TEST(Received, sequencesHoldAtEveryLook) {
  std::mt19937_64 random(1);
  int misled = 0, found = 0;
  for (int stream = 0; stream < 200; ++stream) {
    OutcomeSummary::Losses none, some;
    bool isMisled = false;
    for (int i = 0; i < 3'000; ++i) {
      const double noise = std::normal_distribution(0.0, 1.0)(random);
      none.add(noise), some.add(noise + 0.15);
      const auto difference = sequentialDifference(none);
      isMisled = isMisled || difference.isPositive() || difference.isNegative();
    }
    misled += isMisled ? 1 : 0;
    found += sequentialDifference(some).isPositive() ? 1 : 0;
  }
  EXPECT_LE(misled, 16);  // 10 expected at most; 16 or more by chance in 5 of 100
  EXPECT_GE(found, 195);
  EXPECT_TRUE(std::isnan(sequentialDifference(OutcomeSummary::Losses{49, 1, 1}).difference));
}

}  // namespace
}  // namespace scorelet::telemetry
