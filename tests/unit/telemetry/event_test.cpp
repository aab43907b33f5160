// Ids, hashes, sampling, and what collectors answer; what events hold is read in tests/telemetry.
#include <scorelet/telemetry/event.hpp>

#include <gtest/gtest.h>
#include <scorelet/telemetry/otlp.hpp>

namespace scorelet::telemetry {
namespace {

TEST(predictionId, asTheRfcWritesIt) {
  // RFC 9562, appendix A.6: time 017F22E279B0, rand_a CC3, rand_b 18C4DC0C0C07398F; ours has a counter in rand_a.
  PredictionIds ids;
  const PredictionId id = ids.next(0x017F22E279B0, 0x18C4DC0C0C07398F);
  EXPECT_EQ(id.text(), "017f22e2-79b0-7000-98c4-dc0c0c07398f");
}

TEST(predictionId, ascendsWhateverTheClockDoes) {
  PredictionIds ids;
  PredictionId last = ids.next(1000, ~std::uint64_t{0});
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t clock = i % 3 == 0 ? 1000 : i % 3 == 1 ? 5 : 1001;  // it jumps back and forth
    const PredictionId id = ids.next(clock, 0);
    ASSERT_LT(last, id) << i;
    ASSERT_LT(last.text(), id.text()) << i;
    last = id;
  }
}

/// From the reference implementation: key 00 01 … 0f, text 00 01 … of the given length.
TEST(sipHash, referenceVectors) {
  std::array<std::uint8_t, 16> key;
  for (std::uint8_t i = 0; i < 16; ++i) key[i] = i;
  std::string text;
  for (char c = 0; c < 15; ++c) text += c;
  EXPECT_EQ(sipHash(key, text.substr(0, 0)), 0x726fdb47dd0e0e31u);
  EXPECT_EQ(sipHash(key, text.substr(0, 1)), 0x74f839c593dc67fdu);
  EXPECT_EQ(sipHash(key, text.substr(0, 8)), 0x93f5f5799a932462u);
  EXPECT_EQ(sipHash(key, text), 0xa129ca6149be45e5u);
}

TEST(sampling, keepsTheShare) {
  PredictionIds ids;
  std::uint64_t random = 1;
  int kept = 0;
  for (int i = 0; i < 10'000; ++i) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    const PredictionId id = ids.next(1, random ^ random >> 33);
    EXPECT_TRUE(isSampled(id, 1));
    EXPECT_FALSE(isSampled(id, 0));
    kept += isSampled(id, 0.3) ? 1 : 0;
    if (isSampled(id, 0.3)) {
      EXPECT_TRUE(isSampled(id, 0.4));
    }
  }
  EXPECT_NEAR(kept, 3000, 150);
}

TEST(privacy, isOffUnlessSaid) {
  const Privacy privacy{.fields = {{"age", FieldPolicy::binned}}};
  EXPECT_EQ(privacy.of("age", false), FieldPolicy::binned);
  EXPECT_EQ(privacy.of("income", false), FieldPolicy::omitted);
  EXPECT_EQ(privacy.of("risk", true), FieldPolicy::full);
}

TEST(answers, ofCollectors) {
  for (const char* full : {"", "{}", "{\"partialSuccess\":{}}", "{\"partialSuccess\":null}", "{\"new\":[1,{}]}"}) {
    const auto read = readAnswer(Encoding::json, full);
    ASSERT_TRUE(read) << full;
    EXPECT_EQ(read->rejected, 0u);
  }
  const auto partial =
      readAnswer(Encoding::json, R"({"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"too old"}})");
  ASSERT_TRUE(partial);
  EXPECT_EQ(partial->rejected, 3u);
  EXPECT_EQ(partial->message, "too old");
  EXPECT_EQ(readAnswer(Encoding::json, R"({"partialSuccess":{"rejectedDataPoints":7}})")->rejected, 7u);
  for (const char* wrong : {"<html>", "[]", "{\"partialSuccess\":{\"rejectedLogRecords\":\"-1\"}}", "{} {}", "{\"a\""})
    EXPECT_FALSE(readAnswer(Encoding::json, wrong)) << wrong;
}

TEST(answers, inProtobuf) {
  using namespace std::string_view_literals;
  const auto partial = readAnswer(Encoding::protobuf, "\x0a\x0b\x08\xac\x02\x12\x06too ol"sv);
  ASSERT_TRUE(partial);
  EXPECT_EQ(partial->rejected, 300u);
  EXPECT_EQ(partial->message, "too ol");
  EXPECT_EQ(readAnswer(Encoding::protobuf, "\x0a\x00"sv)->rejected, 0u);
  for (const std::string_view wrong :
       {"\x0a\x05"sv, "\x0a"sv, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"sv, "<html>"sv})
    EXPECT_FALSE(readAnswer(Encoding::protobuf, wrong)) << wrong;
}

}  // namespace
}  // namespace scorelet::telemetry
