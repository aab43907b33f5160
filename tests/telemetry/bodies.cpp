// telemetry_bodies FOLDER: scores a few records of the demonstration model under one policy and writes what would be
// sent: logs.json, logs.pb, metrics.json, metrics.pb. Times and random bits are fixed.
#include <cstdio>
#include <fstream>
#include <string>

#include <scorelet/scorelet.hpp>
#include <scorelet/telemetry/otlp.hpp>

#include "support/files.hpp"

namespace scorelet {
namespace {

using namespace telemetry;

constexpr std::uint64_t kStart = 1'790'000'000'000;  // milliseconds

struct Records {
  std::vector<Cell> age, income, home, purpose;
  void add(Cell a, Cell i, Cell h, Cell p) {
    age.push_back(a), income.push_back(i), home.push_back(h), purpose.push_back(p);
  }
  [[nodiscard]] Batch batch(const Model& model) const {
    Batch out{age.size(), std::vector<Column>(model.inputs().size())};
    for (const auto& [name, cells] : {std::pair("age", &age), std::pair("income", &income), std::pair("home", &home),
                                      std::pair("purpose", &purpose)})
      out.columns[static_cast<std::size_t>(model.inputIndex(name))] = Column::ofCells(cells->data());
    return out;
  }
};

bool write(const std::string& folder, const std::string& name, const std::string& bytes) {
  std::ofstream file(folder + "/" + name, std::ios::binary);
  file << bytes;
  return file.good();
}

int run(const std::string& folder) {
  const auto pmml = test::readFile(test::projectRoot() + "/tests/data/demo/model.pmml");
  auto loaded = Model::load(std::string_view(*pmml));
  if (!loaded) return 1;
  const Model& model = *loaded;
  Scorer scorer(model);
  const auto score = [&](const Records& records, auto& to) {
    const Batch batch = records.batch(model);
    scorer.score(batch);
    to.add(batch, scorer);
  };

  Records typical, now;
  for (int i = 0; i < 100; ++i)
    typical.add(Cell::of(20.0 + i % 50), Cell::of(1000.0 * i), Cell::of("rent"), Cell::of("car"));
  BaselineBuilder builder(model);
  score(typical, builder);
  const Baseline baseline = builder.finish();
  now.add(Cell::of(42.125), Cell::of(7777.5), Cell::of("rent"), Cell::of("car"));
  now.add(Cell::none(), Cell::of(99321.5), Cell::of("a secret \"word\" \xc3\xa9"), Cell::of("car"));
  now.add(Cell::of("no number"), Cell::of(10000.0), Cell::of("\xff not UTF-8"), Cell::of("another secret"));

  const ModelIdentity identity{"credit", "3", std::string(64, 'a'), "champion"};
  Privacy privacy{
      .fields = {{"age", FieldPolicy::full}, {"income", FieldPolicy::binned}, {"home", FieldPolicy::hashed}}};
  privacy.salt.fill(7);
  const Host host{"edge \"1\"", "0.1.0", "instance-1", "test", "tests", "1"};
  EventMaker maker(model, baseline, identity, privacy);
  Window window(model, baseline);
  const Batch batch = now.batch(model);
  scorer.score(batch);
  window.add(batch, scorer);
  for (const Encoding encoding : {Encoding::json, Encoding::protobuf}) {
    PredictionIds ids;
    std::vector<std::string> records;
    maker.begin(batch, scorer);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      PredictionEvent& event = maker.event(row);
      event.id = ids.next(kStart, 0x0123'4567'89ab'cdefu + row);
      event.unixNanoseconds = kStart * 1'000'000 + row;
      if (row == 0) event.seconds = 0.25;
      if (row == 1) event.samplingShare = 0.5;
      records.push_back(encodeRecord(encoding, event));
    }
    OutcomeEvent outcome{ids.next(kStart, 5), kStart * 1'000'000, identity, EventValue(true)};
    records.push_back(encodeRecord(encoding, outcome));
    const std::string logs = encodeLogs(encoding, host, records);
    std::size_t bytes = logsOverhead(host, records.size());
    for (const std::string& record : records) bytes += record.size();
    if (logs.size() > bytes) return 1;
    const std::string metrics =
        encodeMetrics(encoding, host, {window, identity, privacy, kStart * 1'000'000, (kStart + 60'000) * 1'000'000});
    const std::string end = encoding == Encoding::json ? ".json" : ".pb";
    if (!write(folder, "logs" + end, logs) || !write(folder, "metrics" + end, metrics)) return 1;
  }
  return 0;
}

}  // namespace
}  // namespace scorelet

int main(int argc, char** argv) {
  if (argc == 2) return scorelet::run(argv[1]);
  std::fputs("telemetry_bodies FOLDER\n", stderr);
  return 2;
}
