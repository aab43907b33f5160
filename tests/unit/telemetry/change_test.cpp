#include <scorelet/telemetry/change.hpp>

#include "oracles.hpp"

namespace scorelet::telemetry {
namespace {

using nlohmann::json;

template <class Detector>
std::vector<std::size_t> alarms(const json& values, Detector detector) {
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (detector.add(values[i].get<double>())) at.push_back(i);
  return at;
}

Adwin adwin(const json& p) {
  return Adwin({p["delta"], p["clock"], p["max_buckets"], p["min_window_length"], p["grace_period"]});
}

PageHinkley pageHinkley(const json& p) {
  const Direction direction = p["mode"] == "both" ? Direction::both : Direction::up;
  return PageHinkley({p["min_instances"], p["delta"], p["threshold"], p["alpha"], direction});
}

Cusum cusum(const json& p) { return Cusum({p["mu0"], p["sd0"], p["k"], p["h"]}); }

TEST(change, alarmsWhereOthersRaiseThem) {
  std::size_t compared = 0;
  for (const json& c : test::monitoringCases("change_detectors"))
    for (const json& expected : c["expect"]) {
      const std::string name = expected["detector"];
      SCOPED_TRACE(c["name"].get<std::string>() + ", " + name);
      const json &p = expected["parameters"], &values = c["values"];
      std::vector<std::size_t> found;
      if (name.starts_with("ADWIN"))
        found = alarms(values, adwin(p));
      else if (name.starts_with("PageHinkley"))
        found = alarms(values, pageHinkley(p));
      else if (name.starts_with("CUSUM"))
        found = alarms(values, cusum(p));
      else
        continue;  // DDM, EDDM, HDDM and EWMA are not offered
      ++compared;
      EXPECT_EQ(found, expected["alarms_at_index"].get<std::vector<std::size_t>>());
    }
  EXPECT_EQ(compared, 32u);
}

TEST(change, pageHinkleyFindsAFall) {
  PageHinkley down({.least = 5, .delta = 0.1, .threshold = 3, .direction = Direction::down});
  PageHinkley up({.least = 5, .delta = 0.1, .threshold = 3, .direction = Direction::up});
  bool isFound = false;
  for (int i = 0; i < 40; ++i) {
    isFound = down.add(i < 20 ? 1.0 : 0.0) || isFound;
    EXPECT_FALSE(up.add(i < 20 ? 1.0 : 0.0)) << i;
  }
  EXPECT_TRUE(isFound);
}

TEST(change, adwinBeginsAnew) {
  Adwin window({.clock = 1});
  for (int i = 0; i < 500; ++i) EXPECT_FALSE(window.add(i % 2)) << i;
  EXPECT_EQ(window.width(), 500u);
  EXPECT_EQ(window.mean(), 0.5);
  int found = 0;
  for (int i = 0; i < 500; ++i) found += window.add(4 + i % 2) ? 1 : 0;
  EXPECT_EQ(found, 1);
  EXPECT_GE(window.width(), 480u);
  EXPECT_NEAR(window.mean(), 4.5, 0.01);
}

}  // namespace
}  // namespace scorelet::telemetry
