#include "models/time_series/series.hpp"

#include <cmath>
#include <string>

#include "models/time_series/spline.hpp"

namespace scorelet::models::time_series {

namespace {

enum class Usage : std::uint8_t { original, logical, prediction };
constexpr std::pair<std::string_view, Usage> kUsages[] = {
    {"original", Usage::original}, {"logical", Usage::logical}, {"prediction", Usage::prediction}};

enum class Interpolation : std::uint8_t { none, linear, exponentialSpline, cubicSpline };
constexpr std::pair<std::string_view, Interpolation> kInterpolations[] = {
    {"none", Interpolation::none},
    {"linear", Interpolation::linear},
    {"exponentialSpline", Interpolation::exponentialSpline},
    {"cubicSpline", Interpolation::cubicSpline}};

/// What turns a TimeValue@time into an index: (time − offset) / stepsize.
struct Clock {
  double offset = 0, step = 1;
};

Clock readClock(xml::Element series) {
  const xml::Element anchor = series.child("TimeAnchor");
  if (!anchor) return {};
  const Clock clock{anchor.number("offset", 0), anchor.number("stepsize", 1)};
  if (clock.step > 0) return clock;
  anchor.error(Code::badValue, "The stepsize of a TimeAnchor is positive.", "stepsize");
  return {};
}

/// The values between the knots around a gap.
void fill(xml::Element at, Interpolation method, const Knots& knots, Series& series) {
  const NaturalSpline spline(knots, method == Interpolation::cubicSpline);
  for (std::size_t k = 0; k < knots.at.size(); ++k) {
    if (k > 0 && knots.at[k] - knots.at[k - 1] > 1) {
      if (method == Interpolation::none || method == Interpolation::exponentialSpline) {
        at.error(method == Interpolation::none ? Code::badValue : Code::unsupported,
                 method == Interpolation::none
                     ? "The series has a gap and no interpolationMethod to fill it; store a value for every index."
                     : "PMML does not define the exponential spline that would fill the gap of this series.",
                 "interpolationMethod");
        return;
      }
      for (double t = knots.at[k - 1] + 1; t < knots.at[k]; ++t) series.values.push_back(spline(k - 1, t));
    }
    series.values.push_back(knots.values[k]);
  }
}

}  // namespace

Series readSeries(compile::Builder& builder, xml::Element e) {
  const Interpolation interpolation = e.word("interpolationMethod", Interpolation::none, kInterpolations);
  const Clock clock = readClock(e);
  Knots knots;
  double next = e.number("startTime", 1);
  for (xml::Element v : xml::children(e, "TimeValue")) {
    if (!builder.charge(v)) return {};
    double index = next;
    if (v.attribute("index"))
      index = v.requiredNumber("index");
    else if (v.attribute("time"))
      index = (v.requiredNumber("time") - clock.offset) / clock.step;
    const double value = v.requiredNumber("value");
    if (index != std::floor(index) || (!knots.at.empty() && index <= knots.at.back())) {
      v.error(Code::wrongOrder, "The values of a TimeSeries stand in order, each at a whole index of its own.");
      return {};
    }
    knots.at.push_back(index);
    knots.values.push_back(value);
    next = index + 1;
  }
  Series series;
  series.at = e;
  if (knots.at.empty()) {
    e.error(Code::missingElement, "A TimeSeries holds at least one TimeValue.");
    return {};
  }
  if (knots.at.back() - knots.at.front() >= builder.limits().listItems) {
    e.error(Code::limitReached, "The TimeSeries is longer than limits.listItems.");
    return {};
  }
  series.first = knots.at.front();
  fill(e, interpolation, knots, series);
  return series;
}

Series readHistory(compile::ModelContext& context, std::string_view field) {
  xml::Element found;
  bool isLogical = false;
  for (xml::Element e : xml::children(context.model, "TimeSeries")) {
    const Usage usage = e.word("usage", Usage::original, kUsages);
    if (usage == Usage::prediction || e.attribute("field", context.targetName) != field) continue;
    if (found && isLogical == (usage == Usage::logical))
      e.error(Code::duplicateName, "There are two stored series of \"" + std::string(field) + "\".", "field");
    if (!found || usage == Usage::logical) found = e, isLogical = usage == Usage::logical;
  }
  return found ? readSeries(context.scope.builder(), found) : Series{};
}

void transform(Series& series, Transformation transformation) {
  for (double& y : series.values) {
    y = transformed(transformation, y);
    if (isPresent(y)) continue;
    series.at.error(Code::badValue, "The series holds a value of which the transformation is not defined.");
    series.values.clear();
    return;
  }
}

}  // namespace scorelet::models::time_series
