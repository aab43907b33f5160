#include <scorelet/telemetry/delivery.hpp>

#include <random>

#include <gtest/gtest.h>

namespace scorelet::telemetry {
namespace {

constexpr double kNow = 1.79e9;
const DeliveryOptions kOptions{.records = 100, .bytes = 1000, .interval = 5, .firstDelay = 1, .longestDelay = 60};

Verdict answer(Delivery& d, int status, std::size_t records = 10, std::string_view retryAfter = {},
               std::string_view body = "{}", double random = 0) {
  return d.answered(kNow, {status, retryAfter, body}, records, random);
}

TEST(delivery, waitsForMoreRecords) {
  Delivery d(Encoding::json, kOptions);
  EXPECT_EQ(d.wait(kNow, 0, kNow), 5);
  EXPECT_EQ(d.wait(kNow, 3, kNow - 2), 3);
  EXPECT_EQ(d.wait(kNow, 3, kNow - 9), 0);
  EXPECT_EQ(d.wait(kNow, 100, kNow), 0) << "a full portion";
  EXPECT_EQ(d.wait(kNow, 3, kNow, true), 0) << "the host ends";
  EXPECT_EQ(d.wait(kNow, 3, kNow + 1e6), 5) << "the clock was set back";
}

TEST(delivery, whatArrivedIsRemoved) {
  Delivery d(Encoding::json, kOptions);
  EXPECT_EQ(answer(d, 200), Verdict::remove);
  EXPECT_EQ(answer(d, 200, 10, {}, R"({"partialSuccess":{"rejectedLogRecords":"4","errorMessage":"old"}})"),
            Verdict::remove);
  EXPECT_EQ(d.counts().delivered, 16u);
  EXPECT_EQ(d.counts().rejected, 4u);
  EXPECT_EQ(answer(d, 200, 3, {}, R"({"partialSuccess":{"rejectedLogRecords":"99"}})"), Verdict::remove);
  EXPECT_EQ(d.counts().rejected, 7u) << "no more than there were";
  EXPECT_EQ(d.wait(kNow, 100, kNow), 0);
}

TEST(delivery, backsOff) {
  Delivery d(Encoding::json, kOptions);
  const int statuses[] = {0, 429, 502, 503, 504, 408, 0, 503};
  double expected = 1;
  for (const int status : statuses) {
    EXPECT_EQ(answer(d, status, 10, {}, "busy", 0), Verdict::keep);
    EXPECT_EQ(d.wait(kNow, 100, kNow), std::min(expected, 60.0) / 2) << status;
    expected *= 2;
  }
  EXPECT_EQ(answer(d, 503, 10, {}, {}, 0.5), Verdict::keep);
  EXPECT_EQ(d.wait(kNow, 100, kNow, true), 45) << "half of it by chance; the end of the host overtakes nothing";
  EXPECT_EQ(d.wait(kNow + 45, 100, kNow), 0);
  EXPECT_EQ(d.counts().failures, 9u);
  EXPECT_EQ(answer(d, 200), Verdict::remove);
  EXPECT_EQ(answer(d, 503), Verdict::keep);
  EXPECT_EQ(d.wait(kNow, 100, kNow), 0.5) << "from the beginning";
}

TEST(delivery, honoursRetryAfter) {
  Delivery d(Encoding::json, kOptions);
  EXPECT_EQ(answer(d, 429, 10, "120"), Verdict::keep);
  EXPECT_EQ(d.wait(kNow, 100, kNow), 120);
  EXPECT_EQ(readRetryAfter(" 7 ", 0), 7);
  EXPECT_EQ(readRetryAfter("99999999", 0), 86400);
  EXPECT_EQ(readRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", 784111770), 7) << "784111777 is that time (RFC 9110)";
  EXPECT_EQ(readRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", 784111800), 0);
  for (const char* wrong : {"", "soon", "-3", "1.5", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET"})
    EXPECT_FALSE(readRetryAfter(wrong, 0)) << wrong;
}

TEST(delivery, aClockSetBackEndsNoWaitLater) {
  Delivery d(Encoding::json, kOptions);
  EXPECT_EQ(answer(d, 429, 10, "120"), Verdict::keep);
  EXPECT_EQ(d.wait(kNow - 1e8, 100, kNow), 120);
  EXPECT_EQ(d.wait(kNow - 1e8 + 50, 100, kNow), 70);
  EXPECT_EQ(d.wait(kNow, 100, kNow), 0) << "and one that was set forward ends it";
}

TEST(delivery, whatIsTooLargeIsHalvedUntilOneIsLeft) {
  for (const int status : {400, 413}) {
    Delivery d(Encoding::json, kOptions);
    EXPECT_EQ(answer(d, status, 100), Verdict::keep);
    EXPECT_EQ(d.records(), 50u);
    EXPECT_EQ(d.wait(kNow, 100, kNow), 0) << "at once";
    EXPECT_EQ(answer(d, status, 3), Verdict::keep);
    EXPECT_EQ(d.records(), 1u);
    EXPECT_EQ(answer(d, status, 1), Verdict::remove);
    EXPECT_EQ(d.counts().dropped, 1u);
    EXPECT_EQ(answer(d, 200, 1), Verdict::remove);
    EXPECT_EQ(d.records(), 2u) << "and grows again";
  }
}

TEST(delivery, wrongSetupLosesNothing) {
  for (const int status : {401, 403, 404, 405, 407, 415, 302}) {
    Delivery d(Encoding::json, kOptions);
    EXPECT_EQ(answer(d, status), Verdict::keep) << status;
    EXPECT_TRUE(d.isRefused());
    EXPECT_EQ(d.wait(kNow, 100, kNow), 30);
    EXPECT_EQ(d.counts().dropped, 0u);
    EXPECT_EQ(answer(d, 200), Verdict::remove);
    EXPECT_FALSE(d.isRefused());
  }
  Delivery d(Encoding::json, kOptions);
  EXPECT_EQ(answer(d, 200, 10, {}, "<html>Please log in</html>"), Verdict::keep) << "no collector says that";
  EXPECT_EQ(answer(d, 500), Verdict::remove);
  EXPECT_EQ(answer(d, 422), Verdict::remove);
  EXPECT_EQ(d.counts().dropped, 20u);
}

TEST(queueLedger, dropsTheOldest) {
  QueueLedger q({.records = 3, .bytes = 100, .whenFull = WhenFull::dropOldest});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(q.admit(10).drop, 0u);
  EXPECT_EQ(q.admit(10).drop, 1u);
  EXPECT_EQ(q.admit(95).drop, 3u) << "as many as it takes";
  EXPECT_EQ(q.records(), 1u);
  EXPECT_EQ(q.bytes(), 95u);
  EXPECT_FALSE(q.admit(101).isAdmitted) << "what can never fit pushes nothing out";
  EXPECT_EQ(q.records(), 1u);
  EXPECT_EQ(q.dropped(), 5u);
}

TEST(queueLedger, refusesTheNewest) {
  QueueLedger q({.records = 2, .bytes = 100, .whenFull = WhenFull::refuseNewest});
  EXPECT_TRUE(q.admit(50).isAdmitted);
  EXPECT_FALSE(q.admit(51).isAdmitted);
  EXPECT_TRUE(q.admit(50).isAdmitted);
  EXPECT_FALSE(q.admit(0).isAdmitted);
  EXPECT_EQ(q.dropped(), 2u);
  q.remove(1);
  EXPECT_TRUE(q.admit(50).isAdmitted);
  q.lost();
  EXPECT_EQ(q.records(), 1u);
  EXPECT_EQ(q.bytes(), 50u);
  EXPECT_EQ(q.dropped(), 3u);
}

TEST(queueLedger, portionsFit) {
  QueueLedger q;
  EXPECT_EQ(q.portion(10, 100), 0u);
  for (const std::uint64_t size : {200, 40, 60, 1}) EXPECT_EQ(q.found(size), 0u);
  EXPECT_EQ(q.portion(10, 100), 1u) << "one too large goes alone";
  q.remove(1);
  EXPECT_EQ(q.portion(10, 100), 2u);
  EXPECT_EQ(q.portion(1, 100), 1u);
  EXPECT_EQ(q.portion(10, 101), 3u);
}

/// Whatever comes: within bounds, and every record is there, arrived, or counted.
TEST(queueLedger, nothingGoesUncounted) {
  std::mt19937 random(21);
  for (const WhenFull whenFull : {WhenFull::dropOldest, WhenFull::refuseNewest}) {
    QueueLedger q({.records = 50, .bytes = 1000, .whenFull = whenFull});
    std::uint64_t added = 0, arrived = 0;
    for (int i = 0; i < 20'000; ++i) {
      if (random() % 3 > 0) {
        ++added;
        if (q.admit(random() % 100).isAdmitted && random() % 20 == 0) q.lost();
      } else {
        const std::size_t n = q.portion(random() % 8, 200);
        q.remove(n);
        arrived += n;
      }
      ASSERT_LE(q.records(), 50u);
      ASSERT_LE(q.bytes(), 1000u);
      ASSERT_EQ(added, arrived + q.records() + q.dropped());
    }
  }
}

}  // namespace
}  // namespace scorelet::telemetry
