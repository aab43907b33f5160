// TimeSeriesModel: what is refused and why, and what bounds a forecast. Values are held by
// tests/data/features/time_series.
#include <cmath>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::expectRefused;
using test::listed;

const std::string kFields = R"(<DataField name="h" optype="continuous" dataType="integer"/>
  <DataField name="x" optype="continuous" dataType="double"/><DataField name="s" optype="categorical" dataType="string"/>
  <DataField name="y" optype="continuous" dataType="double"/>)";
const std::string kHorizon = R"(<MiningField name="h" usageType="supplementary"/>)";
const std::string kOutput = R"(<Output><OutputField name="y_hat" feature="predictedValue"/></Output>)";
const std::string kSeries = R"(<TimeSeries><TimeValue index="1" value="3"/><TimeValue index="2" value="4"/>
  <TimeValue index="3" value="5"/></TimeSeries>)";

std::string array(std::string_view numbers) { return "<Array type=\"real\">" + std::string(numbers) + "</Array>"; }

std::string document(const std::string& bestFit, const std::string& body, const std::string& schema = kHorizon,
                     const std::string& output = kOutput, const std::string& attributes = "") {
  return R"(<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>)" + kFields +
         R"(</DataDictionary><TimeSeriesModel functionName="timeSeries" bestFit=")" + bestFit + "\" " + attributes +
         "><MiningSchema>" + schema + R"(<MiningField name="y" usageType="target"/></MiningSchema>)" + output + body +
         "</TimeSeriesModel></PMML>";
}

std::string smoothing(const std::string& inside, const std::string& attributes = "") {
  return document("ExponentialSmoothing", "<ExponentialSmoothing " + attributes + "><Level smoothedValue=\"2\"/>" +
                                              inside + "</ExponentialSmoothing>");
}

std::string arima(const std::string& inside, const std::string& attributes = "", const std::string& series = kSeries,
                  const std::string& schema = kHorizon, const std::string& output = kOutput) {
  return document("ARIMA", series + "<ARIMA " + attributes + ">" + inside + "</ARIMA>", schema, output);
}

Scorer scored(const std::string& pmml, double h, const LoadOptions& options = {}) {
  auto model = Model::load(pmml, options);
  EXPECT_TRUE(model.has_value()) << (model ? "" : listed(model.error()));
  Scorer scorer(*model);
  const Cell cell = Cell::of(h);
  Batch batch{1, std::vector<Column>(scorer.model().inputs().size())};
  if (const int at = scorer.model().inputIndex("h"); at >= 0)
    batch.columns[static_cast<std::size_t>(at)] = Column::ofCells(&cell);
  scorer.score(batch);
  return scorer;
}

std::vector<double> forecast(const Scorer& scorer, std::string_view result = "y_hat") {
  const int at = scorer.model().resultIndex(result);
  std::vector<double> out;
  if (at < 0) return out;
  for (const ResultValue& v : scorer.value(static_cast<std::size_t>(at), 0).items) out.push_back(v.number);
  return out;
}

TEST(TimeSeries, refusals_bestFit) {
  for (const std::string item :
       {"TimeSeriesModel@bestFit=SeasonalTrendDecomposition", "TimeSeriesModel@bestFit=SpectralAnalysis"}) {
    const std::string name = item.substr(item.find('=') + 1);
    expectRefused(document(name, "<" + name + "/>"), Code::unsupported, "reserves <" + name + "> for a later version");
  }
  expectRefused(document("Prophet", ""), Code::badValue, "\"Prophet\" is not an algorithm");
  expectRefused(document("ARIMA", ""), Code::missingElement, "bestFit names <ARIMA>");
  expectRefused(document("GARCH", "<ARIMA/>"), Code::missingElement, "bestFit names <GARCH>");
}

TEST(TimeSeries, refusals_horizon) {
  const std::string body = "<ExponentialSmoothing><Level smoothedValue=\"2\"/></ExponentialSmoothing>";
  LoadOptions options;
  options.horizon = 0;
  expectRefused(document("ExponentialSmoothing", body, ""), Code::limitReached, "limits.forecastSteps", options);
  options.horizon = 11;
  options.limits.forecastSteps = 10;
  expectRefused(document("ExponentialSmoothing", body, ""), Code::limitReached, "between 1 and 10", options);
  std::string two =
      document("ExponentialSmoothing", body, kHorizon + R"(<MiningField name="k" usageType="supplementary"/>)");
  two.insert(two.find("<DataField name=\"x\""), R"(<DataField name="k" optype="continuous" dataType="integer"/>)");
  expectRefused(two, Code::badValue, "Both \"h\" and \"k\"");
}

TEST(TimeSeries, refusals_smoothing) {
  expectRefused(document("ExponentialSmoothing", "<ExponentialSmoothing/>"), Code::missingElement, "needs a Level");
  expectRefused(document("ExponentialSmoothing", "<ExponentialSmoothing><Level/></ExponentialSmoothing>"),
                Code::missingAttribute, "smoothedValue");
  expectRefused(smoothing("<Trend_ExpoSmooth/>"), Code::missingAttribute, "smoothedValue");
  expectRefused(smoothing("<Trend_ExpoSmooth trend=\"cubic\" smoothedValue=\"1\"/>"), Code::badValue, "cubic");
  expectRefused(smoothing("<Trend_ExpoSmooth trend=\"polynomial_exponential\"/>"), Code::missingElement,
                "needs an Array");
  expectRefused(smoothing("", "transformation=\"boxcox\""), Code::badValue, "boxcox");
  const auto season = [](const std::string& attributes, const std::string& numbers) {
    return smoothing("<Seasonality_ExpoSmooth " + attributes + ">" + array(numbers) + "</Seasonality_ExpoSmooth>");
  };
  expectRefused(season("type=\"additive\" period=\"4\"", "1 2 3"), Code::badValue, "one factor for each");
  expectRefused(season("type=\"additive\" period=\"0\"", ""), Code::badValue, "one factor for each");
  expectRefused(season("type=\"additive\" period=\"2\" phase=\"3\"", "1 2"), Code::badValue, "1 to 2");
  expectRefused(season("type=\"additive\" period=\"2\" phase=\"0\"", "1 2"), Code::badValue, "1 to 2");
  expectRefused(season("type=\"neither\" period=\"2\"", "1 2"), Code::badValue, "neither");
  expectRefused(season("period=\"2\"", "1 2"), Code::missingAttribute, "type");
}

TEST(TimeSeries, refusals_of_what_no_document_says) {
  const std::string output = R"(<Output><OutputField name="d" feature="standardDeviation"/></Output>)";
  expectRefused(arima("", "constantTerm=\"1\"", "", kHorizon, output), Code::unsupported,
                "how uncertain its forecasts are");
  expectRefused(
      arima("", "RMSE=\"1\"", "", kHorizon, R"(<Output><OutputField name="d" feature="probability"/></Output>)"),
      Code::unsupported, "probability");
  expectRefused(arima("", "RMSE=\"1\" transformation=\"logarithmic\"", "", kHorizon,
                      R"(<Output><OutputField name="d" feature="confidenceIntervalUpper" value="100"/></Output>)"),
                Code::badValue, "between 0 and 100");
}

TEST(TimeSeries, refusals_series) {
  const std::string ar = "<NonseasonalComponent p=\"1\"><AR>" + array("0.5") + "</AR></NonseasonalComponent>";
  const auto with = [&](const std::string& values, const std::string& attributes = "") {
    return arima(ar, "", "<TimeSeries " + attributes + ">" + values + "</TimeSeries>");
  };
  expectRefused(arima(ar, "", ""), Code::missingElement, "the TimeSeries has 0");
  expectRefused(with(""), Code::missingElement, "at least one TimeValue");
  expectRefused(with(R"(<TimeValue index="2" value="1"/><TimeValue index="1" value="1"/>)"), Code::wrongOrder,
                "in order");
  expectRefused(with(R"(<TimeValue index="1" value="1"/><TimeValue index="1" value="1"/>)"), Code::wrongOrder,
                "in order");
  expectRefused(with(R"(<TimeValue index="1.5" value="1"/>)"), Code::wrongOrder, "whole index");
  expectRefused(with(R"(<TimeValue index="1" value="1"/><TimeValue index="3" value="1"/>)"), Code::badValue, "gap");
  expectRefused(with(R"(<TimeValue index="1" value="1"/><TimeValue index="3" value="1"/>)",
                     "interpolationMethod=\"exponentialSpline\""),
                Code::unsupported, "does not define the exponential spline");
  expectRefused(with(R"(<TimeValue index="1" value="1"/><TimeValue index="4000000" value="1"/>)",
                     "interpolationMethod=\"linear\""),
                Code::limitReached, "limits.listItems");
  expectRefused(with(R"(<TimeValue index="1" value="x"/>)"), Code::badValue, "x");
  expectRefused(with(R"(<TimeAnchor stepsize="0"/><TimeValue time="1" value="1"/>)"), Code::badValue, "stepsize");
  expectRefused(
      arima(ar, "transformation=\"logarithmic\"", R"(<TimeSeries><TimeValue index="1" value="0"/></TimeSeries>)"),
      Code::badValue, "transformation is not defined");
  expectRefused(arima(ar, "", kSeries + kSeries), Code::duplicateName, "two stored series");
}

TEST(TimeSeries, refusals_arima) {
  const auto part = [](const std::string& attributes, const std::string& inside) {
    return arima("<NonseasonalComponent " + attributes + ">" + inside + "</NonseasonalComponent>");
  };
  expectRefused(part("p=\"2\"", "<AR>" + array("0.5") + "</AR>"), Code::badValue, "2 numbers");
  expectRefused(part("p=\"2\"", ""), Code::badValue, "2 numbers");
  expectRefused(part("p=\"0\"", "<AR>" + array("0.5") + "</AR>"), Code::badValue, "0 numbers");
  expectRefused(part("q=\"1\"", "<MA/>"), Code::badValue, "1 numbers");
  expectRefused(part("p=\"-1\"", ""), Code::badValue, "from 0 to");
  expectRefused(part("d=\"17\"", ""), Code::badValue, "from 0 to 16");
  expectRefused(part("d=\"4\"", ""), Code::missingElement, "the TimeSeries has 3");
  expectRefused(arima("<SeasonalComponent/>"), Code::missingAttribute, "period");
  expectRefused(arima("<SeasonalComponent period=\"0\"/>"), Code::badValue, "1 or more");
  expectRefused(arima("<SeasonalComponent D=\"16\" period=\"10000\"/>"), Code::missingElement, "160000");
  std::string many;
  for (int i = 0; i < 200; ++i) many += "0 ";
  expectRefused(arima("<SeasonalComponent P=\"200\" period=\"10000\"><AR>" + array(many) + "</AR></SeasonalComponent>"),
                Code::limitReached, "too long");
}

TEST(TimeSeries, refusals_exact) {
  const std::string exact = "predictionMethod=\"exactLeastSquares\"";
  const auto orders = [](const std::string& phi) {
    return "<NonseasonalComponent p=\"1\" q=\"1\"><AR>" + array(phi) + "</AR><MA><MACoefficients>" + array("0.3") +
           "</MACoefficients></MA></NonseasonalComponent>";
  };
  expectRefused(arima(orders("1"), exact), Code::badValue, "stationary");
  expectRefused(arima(orders("-1.2"), exact), Code::badValue, "stationary");
  expectRefused(
      arima("<SeasonalComponent P=\"1\" period=\"200\"><AR>" + array("0.5") + "</AR></SeasonalComponent>", exact),
      Code::unsupported, "needs a MaximumLikelihoodStat");
  const auto state = [&](const std::string& method, const std::string& inside) {
    return arima(
        orders("0.5") + "<MaximumLikelihoodStat method=\"" + method + "\">" + inside + "</MaximumLikelihoodStat>",
        exact);
  };
  const std::string vector = "<FinalStateVector>" + array("1 2") + "</FinalStateVector>";
  const auto omega = [](const std::string& rows) { return "<FinalOmega><Matrix>" + rows + "</Matrix></FinalOmega>"; };
  const std::string good = omega(array("1 0") + array("0 1"));
  expectRefused(state("kalman", ""), Code::missingElement, "needs a KalmanState");
  expectRefused(state("thetaRecursion", "<KalmanState/>"), Code::missingElement, "needs a ThetaRecursionState");
  expectRefused(state("other", ""), Code::badValue, "other");
  expectRefused(state("kalman", "<KalmanState>" + good + "</KalmanState>"), Code::missingElement, "<FinalStateVector>");
  expectRefused(state("kalman", "<KalmanState>" + vector + "</KalmanState>"), Code::missingElement, "FinalOmega");
  expectRefused(state("kalman", "<KalmanState>" + omega(array("1")) + vector + "</KalmanState>"), Code::badValue,
                "for each number of FinalStateVector");
  expectRefused(state("kalman", "<KalmanState>" + omega(array("1 0") + array("0")) + vector + "</KalmanState>"),
                Code::badValue, "do not fit its 2 rows and 2 columns");
  expectRefused(
      state("kalman", "<KalmanState>" + good + vector + "<HVector>" + array("1") + "</HVector></KalmanState>"),
      Code::badValue, "as many numbers as FinalStateVector");
  const auto theta = [&](const std::string& rows, const std::string& nu, const std::string& noise = "1") {
    return state("thetaRecursion", "<ThetaRecursionState><FinalNoise>" + array(noise) +
                                       "</FinalNoise><FinalPredictedNoise>" + array("1") +
                                       "</FinalPredictedNoise><FinalTheta>" + rows + "</FinalTheta><FinalNu>" +
                                       array(nu) + "</FinalNu></ThetaRecursionState>");
  };
  expectRefused(theta("", "1"), Code::badValue, "FinalTheta has a row");
  expectRefused(theta(R"(<Theta i="1" j="2" theta="1"/>)", "1"), Code::badValue, "j is the lag");
  expectRefused(theta(R"(<Theta i="1" j="1"/>)", "1"), Code::missingAttribute, "theta");
  expectRefused(theta(R"(<Theta i="1" j="1" theta="1"/>)", ""), Code::badValue, "nus");
  expectRefused(theta(R"(<Theta i="1" j="1" theta="1"/>)", "1", ""), Code::badValue, "noises");
}

TEST(TimeSeries, refusals_outliers) {
  const auto outlier = [](const std::string& attributes, const std::string& series = kSeries) {
    return arima("<OutlierEffect " + attributes + "/>", "", series);
  };
  expectRefused(outlier(R"(type="level" magnitude="1")"), Code::missingAttribute, "startTime");
  expectRefused(outlier(R"(type="level" startTime="1")"), Code::missingAttribute, "magnitude");
  expectRefused(outlier(R"(startTime="1" magnitude="1")"), Code::missingAttribute, "type");
  expectRefused(outlier(R"(type="patch" startTime="1" magnitude="1")"), Code::badValue, "patch");
  expectRefused(outlier(R"(type="transient" startTime="1" magnitude="1")"), Code::missingAttribute,
                "dampingCoefficient");
  expectRefused(outlier(R"(type="level" startTime="1.5" magnitude="1")"), Code::badValue, "whole number");
  expectRefused(outlier(R"(type="seasonalAdditive" startTime="1" magnitude="1")"), Code::badValue, "SeasonalComponent");
  expectRefused(outlier(R"(type="innovational" startTime="0" magnitude="1")"), Code::badValue, "within the stored");
  expectRefused(outlier(R"(type="level" startTime="1" magnitude="1")", ""), Code::missingElement,
                "needs the TimeSeries");
}

TEST(TimeSeries, work_has_a_budget) {
  std::string series = "<TimeSeries>";
  for (int i = 1; i <= 50'000; ++i) series += "<TimeValue value=\"1\"/>";
  std::string outliers;
  for (int i = 0; i < 2'000; ++i) outliers += R"(<OutlierEffect type="level" startTime="1" magnitude="1"/>)";
  expectRefused(arima(outliers, "", series + "</TimeSeries>"), Code::limitReached, "limits.expressionNodes");
}

TEST(TimeSeries, refusals_regressors) {
  const auto regressor = [](const std::string& attributes, const std::string& inside = "") {
    return arima("<DynamicRegressor " + attributes + ">" + inside + "</DynamicRegressor>", "", kSeries,
                 kHorizon + R"(<MiningField name="x"/><MiningField name="s"/>)");
  };
  const auto numerator = [](const std::string& factor) { return "<Numerator>" + factor + "</Numerator>"; };
  const std::string values = "<RegressorValues>" + kSeries + "</RegressorValues>";
  expectRefused(regressor(""), Code::missingAttribute, "field");
  expectRefused(regressor("field=\"nowhere\""), Code::unresolvedField, "nowhere");
  expectRefused(regressor("field=\"s\""), Code::typeMismatch, "number");
  expectRefused(regressor("field=\"x\" delay=\"-1\""), Code::badValue, "delay");
  expectRefused(regressor("field=\"x\" delay=\"1\""), Code::missingElement, "needs the last 1 values of \"x\"");
  expectRefused(regressor("field=\"x\" delay=\"4\"", values), Code::missingElement, "last 4 values");
  expectRefused(regressor("field=\"x\" futureValuesMethod=\"stored\"", values), Code::missingElement, "beyond");
  expectRefused(regressor("field=\"x\" futureValuesMethod=\"trend\"", values), Code::missingElement,
                "TrendCoefficients");
  expectRefused(regressor("field=\"x\"", numerator("<SeasonalFactor>" + array("1") + "</SeasonalFactor>")),
                Code::badValue, "model with a period");
  expectRefused(regressor("field=\"x\"",
                          numerator("<NonseasonalFactor maximumOrder=\"2\">" + array("1") + "</NonseasonalFactor>")),
                Code::badValue, "maximumOrder");
  expectRefused(regressor("field=\"x\"",
                          numerator("<NonseasonalFactor difference=\"99\">" + array("1") + "</NonseasonalFactor>")),
                Code::badValue, "16 times");
  expectRefused(regressor("field=\"x\"", "<Denominator><NonseasonalFactor maximumOrder=\"1\">" + array("0 1") +
                                             "</NonseasonalFactor></Denominator>"),
                Code::badValue, "order 0");
  expectRefused(
      regressor("field=\"x\"",
                R"(<RegressorValues><TimeSeries><TimeValue index="1" value="1"/></TimeSeries></RegressorValues>)"),
      Code::badValue, "reach the end");
  expectRefused(
      regressor("field=\"x\" transformation=\"logarithmic\"",
                R"(<RegressorValues><TimeSeries><TimeValue index="3" value="-1"/></TimeSeries></RegressorValues>)"),
      Code::badValue, "transformation");
  // Two models that need each other's forecast.
  const auto model = [](const std::string& target, const std::string& other) {
    return "<TimeSeriesModel functionName=\"timeSeries\" bestFit=\"ARIMA\"><MiningSchema><MiningField name=\"" +
           target + "\" usageType=\"target\"/></MiningSchema><ARIMA><DynamicRegressor field=\"" + other +
           "\" futureValuesMethod=\"otherModel\"/></ARIMA></TimeSeriesModel>";
  };
  expectRefused("<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/><DataDictionary>" + kFields +
                    "</DataDictionary>" + model("x", "y") + model("y", "x") + "</PMML>",
                Code::cycle, "need each other");
}

TEST(TimeSeries, refusals_stateSpace) {
  const auto model = [](const std::string& state, const std::string& f, const std::string& g,
                        const std::string& more = "") {
    return document("StateSpaceModel", "<StateSpaceModel>" +
                                           (state.empty() ? "" : "<StateVector>" + state + "</StateVector>") +
                                           "<TransitionMatrix>" + f + "</TransitionMatrix><MeasurementMatrix>" + g +
                                           "</MeasurementMatrix>" + more + "</StateSpaceModel>");
  };
  const std::string f = "<Matrix>" + array("1 1") + array("0 1") + "</Matrix>",
                    g = "<Matrix>" + array("1 0") + "</Matrix>";
  expectRefused(document("StateSpaceModel", "<StateSpaceModel/>"), Code::missingElement, "MeasurementMatrix");
  expectRefused(model("", f, g), Code::missingElement, "StateVector");
  expectRefused(model("1 2", f, g), Code::missingElement, "StateVector with an Array");
  expectRefused(model(array("1 2"), "", g), Code::missingElement, "needs a Matrix");
  expectRefused(model(array("1 2 3"), f, g), Code::badValue, "for each number of StateVector");
  expectRefused(model(array("1 2"), f, "<Matrix>" + array("1") + "</Matrix>"), Code::badValue,
                "a column for each state");
  expectRefused(model(array("1 2"), f, "<Matrix>" + array("1 0") + array("0 1") + "</Matrix>"), Code::badValue,
                "a row for each target");
  expectRefused(model(array("1 2"), f, g, "<InterceptVector>" + array("1") + "</InterceptVector>"), Code::badValue,
                "state: 2");
  expectRefused(model(array("1 2"), f, g, "<PredictedStateCovarianceMatrix>" + g + "</PredictedStateCovarianceMatrix>"),
                Code::badValue, "for each state");
  expectRefused(model(array("1 2"), f, g, "<PsiVector/>"), Code::missingElement, "PsiVector needs an Array");
}

TEST(TimeSeries, refusals_garch) {
  expectRefused(document("GARCH", "<GARCH/>"), Code::missingElement, "ARMAPart");
  const auto garch = [](const std::string& squares, const std::string& variances, const std::string& orders) {
    return document("GARCH", "<GARCH><ARMAPart p=\"0\" q=\"0\"/><GARCHPart " + orders +
                                 "><ResidualSquareCoefficients>" + squares +
                                 "</ResidualSquareCoefficients><VarianceCoefficients>" + variances +
                                 "</VarianceCoefficients></GARCHPart></GARCH>");
  };
  const std::string one = "<MACoefficients>" + array("0.1") + "</MACoefficients>";
  expectRefused(garch(one, "", "gp=\"0\" gq=\"1\""), Code::missingElement, "<Residuals>");
  expectRefused(garch("", one, "gp=\"1\" gq=\"0\""), Code::missingElement, "<PastVariances>");
  expectRefused(garch("", "", "gp=\"1\" gq=\"0\""), Code::missingElement, "MACoefficients");
  expectRefused(garch("", "", "gq=\"0\""), Code::missingAttribute, "gp");
}

TEST(TimeSeries, refusals_combinations) {
  const auto mining = [](const std::string& method, const std::string& second) {
    const std::string schema =
        R"(<MiningSchema><MiningField name="h" usageType="supplementary"/><MiningField name="y" usageType="target"/></MiningSchema>)";
    const std::string first =
        "<TimeSeriesModel functionName=\"timeSeries\" bestFit=\"ExponentialSmoothing\">" + schema +
        "<ExponentialSmoothing><Level smoothedValue=\"1\"/></ExponentialSmoothing></TimeSeriesModel>";
    const std::string number = "<RegressionModel functionName=\"regression\">" + schema +
                               "<RegressionTable intercept=\"1\"/></RegressionModel>";
    return "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/><DataDictionary>" + kFields +
           "</DataDictionary><MiningModel functionName=\"regression\">" + schema +
           "<Segmentation multipleModelMethod=\"" + method + "\"><Segment><True/>" + first +
           "</Segment><Segment><True/>" + (second == "list" ? first : number) +
           "</Segment></Segmentation></MiningModel></PMML>";
  };
  for (const std::string method : {"average", "sum", "max", "median", "selectAll"})
    expectRefused(mining(method, "list"), Code::typeMismatch, "a list of steps");
  expectRefused(mining("selectFirst", "number"), Code::typeMismatch, "a list of steps");
  EXPECT_EQ(forecast(scored(mining("selectFirst", "list"), 2), "y"), (std::vector<double>{1, 1}));
}

TEST(TimeSeries, lists_are_no_single_values) {
  expectRefused(document("ExponentialSmoothing",
                         "<ExponentialSmoothing><Level smoothedValue=\"2\"/></ExponentialSmoothing>", kHorizon,
                         R"(<Output><OutputField name="y_hat" feature="predictedValue"/>
                      <OutputField name="more" feature="transformedValue"><Apply function="+"><FieldRef field="y_hat"/>
                      <Constant>1</Constant></Apply></OutputField></Output>)"),
                Code::typeMismatch, "takes single values");
}

TEST(TimeSeries, forecasts_that_leave_the_numbers_are_invalid_not_silent) {
  // A product that overflows to infinity and comes back as infinity less infinity.
  const std::string pmml =
      arima("<NonseasonalComponent p=\"2\"><AR>" + array("1e200 -1e200") + "</AR></NonseasonalComponent>");
  const auto values = forecast(scored(pmml, 6));
  ASSERT_EQ(values.size(), 6u);
  EXPECT_TRUE(std::isfinite(values[0]));
  const Scorer scorer = scored(pmml, 6);
  const ResultValue last = scorer.value(static_cast<std::size_t>(scorer.model().resultIndex("y_hat")), 0).items.back();
  EXPECT_EQ(last.kind, ResultValue::Kind::missing);
}

TEST(TimeSeries, verification_holds_every_step_or_the_last) {
  const auto report = [](const std::string& recorded) {
    const auto model = Model::load(document(
        "ExponentialSmoothing",
        "<ExponentialSmoothing><Level smoothedValue=\"2\"/><Trend_ExpoSmooth "
        "smoothedValue=\"1\"/></ExponentialSmoothing>"
        "<ModelVerification><VerificationFields><VerificationField field=\"h\"/><VerificationField field=\"y_hat\"/>"
        "</VerificationFields><InlineTable><row><h>3</h><y_hat>" +
            recorded + "</y_hat></row></InlineTable></ModelVerification>"));
    EXPECT_TRUE(model.has_value()) << (model ? "" : listed(model.error()));
    return verify(*model).mismatches.size();
  };
  for (const std::string right : {"5", "3 4 5", "[3,4,5]"}) EXPECT_EQ(report(right), 0u) << right;
  for (const std::string wrong : {"4", "3 4 6", "3 4", "3 4 5 6", "x"}) EXPECT_EQ(report(wrong), 1u) << wrong;
}

TEST(TimeSeries, horizon_bounds) {
  LoadOptions options;
  options.limits.forecastSteps = 5;
  EXPECT_EQ(forecast(scored(smoothing(""), 5, options)).size(), 5u);
  EXPECT_FALSE(scored(smoothing(""), 6, options).ok(0));
  EXPECT_FALSE(scored(smoothing(""), 0).ok(0));
  EXPECT_FALSE(scored(smoothing(""), 1e300).ok(0));
}

TEST(TimeSeries, long_histories_cost_no_more_than_they_hold) {
  std::string series = "<TimeSeries>";
  for (int i = 1; i <= 3000; ++i) series += "<TimeValue value=\"" + std::to_string(i % 17) + "\"/>";
  const std::string seasonal = "<SeasonalComponent P=\"1\" D=\"1\" Q=\"1\" period=\"52\"><AR>" + array("0.3") +
                               "</AR><MA><MACoefficients>" + array("0.2") +
                               "</MACoefficients></MA></SeasonalComponent>";
  EXPECT_EQ(
      forecast(scored(arima(seasonal, "predictionMethod=\"exactLeastSquares\"", series + "</TimeSeries>"), 10)).size(),
      10u);
  EXPECT_EQ(forecast(scored(arima(seasonal, "", series + "</TimeSeries>"), 10000)).size(), 10000u);
}

}  // namespace
}  // namespace scorelet
