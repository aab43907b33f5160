#include "monitor/store.hpp"

#include <algorithm>
#include <cmath>

#include "cli/digest.hpp"

namespace scorelet::monitor {
namespace {

using service::Answer;
using service::fail;
using telemetry::PredictionEvent;
using telemetry::PredictionId;

constexpr std::size_t kCachedWindows = 1'000;
constexpr Time kPairMinutes = 60'000;  // two events of one key within that time are one request

constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS streams(id INTEGER PRIMARY KEY, model TEXT NOT NULL, version TEXT NOT NULL,
  sha256 TEXT NOT NULL, variant TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  predictions REAL NOT NULL, UNIQUE(model, version, sha256, variant));
CREATE TABLE IF NOT EXISTS hosts(instance TEXT PRIMARY KEY, kind TEXT NOT NULL, version TEXT NOT NULL,
  lastEvent INTEGER NOT NULL, lastSeen INTEGER NOT NULL, events INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reports(stream INTEGER NOT NULL, instance TEXT NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY(stream, instance)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events(id BLOB PRIMARY KEY, stream INTEGER NOT NULL, time INTEGER NOT NULL, key TEXT,
  outcome TEXT, record BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS eventsByTime ON events(stream, time);
CREATE INDEX IF NOT EXISTS eventsByKey ON events(key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS waiting(ref BLOB NOT NULL, model TEXT NOT NULL, value TEXT NOT NULL, time INTEGER NOT NULL,
  PRIMARY KEY(ref, model)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS windows(stream INTEGER NOT NULL, step INTEGER NOT NULL, start INTEGER NOT NULL,
  predictions REAL NOT NULL, errors INTEGER NOT NULL, baseline INTEGER NOT NULL, summary BLOB NOT NULL,
  PRIMARY KEY(stream, step, start));
CREATE INDEX IF NOT EXISTS windowsByStart ON windows(step, start, stream, predictions, errors);
CREATE TABLE IF NOT EXISTS judged(stream INTEGER NOT NULL, day INTEGER NOT NULL, summary BLOB NOT NULL,
  PRIMARY KEY(stream, day));
CREATE TABLE IF NOT EXISTS pairs(model TEXT NOT NULL, day INTEGER NOT NULL, count REAL NOT NULL, sum REAL NOT NULL,
  squares REAL NOT NULL, PRIMARY KEY(model, day)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS baselines(model TEXT PRIMARY KEY, id INTEGER NOT NULL, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bundles(model TEXT PRIMARY KEY, change INTEGER NOT NULL, sha256 TEXT NOT NULL,
  signed INTEGER NOT NULL, manifest TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS bundlesByChange ON bundles(change);
CREATE TABLE IF NOT EXISTS alerts(id INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL,
  state TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, model TEXT, grp TEXT, field TEXT, since INTEGER NOT NULL,
  resolved INTEGER, later INTEGER, actions TEXT NOT NULL, told INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS alertsByKey ON alerts(key, id);
CREATE TABLE IF NOT EXISTS changes(id INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind TEXT NOT NULL,
  text TEXT NOT NULL, by TEXT NOT NULL, model TEXT, grp TEXT);
CREATE TABLE IF NOT EXISTS groupRules(name TEXT PRIMARY KEY, retrain TEXT NOT NULL, windows INTEGER) WITHOUT ROWID;
)";

std::string_view bytesOf(const PredictionId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}
PredictionId idOf(std::string_view bytes) {
  PredictionId id;
  std::ranges::copy_n(bytes.begin(), std::min<std::ptrdiff_t>(16, std::ssize(bytes)), id.bytes.begin());
  return id;
}
std::string refOfKey(std::string_view key) { return "key:" + std::string(key); }
Time timeOf(std::uint64_t nanoseconds) { return static_cast<Time>(nanoseconds / 1'000'000); }

/// Which baseline it is: a number from its digest.
std::int64_t numberOf(std::string_view json) {
  const Sha256 digest = cli::digestOf(json);
  std::int64_t out = 0;
  for (std::size_t i = 0; i < 7; ++i) out = out << 8 | std::to_integer<std::int64_t>(digest[i]);
  return out + 1;  // 0: none
}

}  // namespace

std::expected<Store, std::string> Store::open(const std::string& path, const Rules& rules) {
  auto database = Database::open(path);
  if (!database) return std::unexpected(database.error());
  Store store(std::move(*database), rules);
  if (!store.prepare()) return std::unexpected(store.database_.failure());
  return store;
}

bool Store::prepare() {
  if (!database_.script(kSchema)) return false;
  // Files of earlier versions have no facts.
  Statement& facts = database_.query("SELECT 1 FROM pragma_table_info('alerts') WHERE name='facts'");
  const bool hasFacts = facts.next();
  facts.reset();
  if (!hasFacts && !database_.script("ALTER TABLE alerts ADD COLUMN facts TEXT NOT NULL DEFAULT '';"
                                     "ALTER TABLE changes ADD COLUMN facts TEXT NOT NULL DEFAULT '';"))
    return false;
  forget();
  return true;
}

/// What is in memory is read again when it is needed: after a transaction that failed it may be wrong.
void Store::forget() {
  cache_.clear();
  judged_.clear();
  baselines_.clear();
  byId_.clear();
  streams_.clear();
  for (Stream& stream : streams()) {
    auto key = std::tuple(stream.model, stream.version, stream.sha256, stream.variant);
    const Stream& kept = streams_.emplace(std::move(key), std::move(stream)).first->second;
    byId_[kept.id] = &kept;
  }
  bundlesAt_ = -1;
  readBundles();
  Statement& count = database_.query("SELECT count(*) FROM waiting");
  waiting_ = count.next() ? count.integer(0) : 0;
  count.reset();
}

void Store::readBundles() {
  Statement& last = database_.query("SELECT coalesce(max(change), 0) FROM bundles");
  const std::int64_t change = last.next() ? last.integer(0) : 0;
  last.reset();
  if (change == bundlesAt_) return;
  bundlesAt_ = change;
  InForce::Bundles bundles;
  Statement& found = database_.query("SELECT model, sha256, signed, manifest FROM bundles");
  while (found.next()) {
    auto agreement = Agreement::read(found.text(3));
    if (!agreement) continue;
    agreement->sha256 = found.text(1);
    agreement->isSigned = found.integer(2) != 0;
    bundles.emplace(found.text(0), std::move(*agreement));
  }
  inForce_.setBundles(std::move(bundles));
}

void Store::refresh() {
  baselines_.clear();
  readBundles();
}

std::unexpected<service::Failure> Store::failed() {
  const std::string why = database_.failure();
  return fail(503, "The store cannot be written: " + why + ".");
}

Stream& Store::streamOf(const telemetry::ModelIdentity& model) {
  auto key = std::tuple(model.name, model.version, model.sha256, model.variant);
  const auto [place, isNew] = streams_.try_emplace(std::move(key));
  Stream& stream = place->second;
  if (!isNew) return stream;
  database_.run("INSERT INTO streams(model, version, sha256, variant, first, last, predictions) VALUES(?,?,?,?,0,0,0)",
                std::string_view(model.name), std::string_view(model.version), std::string_view(model.sha256),
                std::string_view(model.variant));
  stream = {database_.lastId(), model.name, model.version, model.sha256, model.variant};
  byId_[stream.id] = &stream;
  return stream;
}

const Store::KnownBaseline& Store::known(const std::string& model) {
  const auto [place, isNew] = baselines_.try_emplace(model);
  if (!isNew) return place->second;
  Statement& found = database_.query("SELECT id, json FROM baselines WHERE model=?", std::string_view(model));
  if (found.next()) {
    if (auto read = Baseline::parse(found.text(1))) place->second = {found.integer(0), std::move(*read)};
  }
  found.reset();
  return place->second;
}

std::optional<Baseline> Store::baseline(const std::string& model) {
  baselines_.erase(model);  // another connection may have changed it
  return known(model).baseline;
}

Store::Cached& Store::window(const Key& key, const KnownBaseline& baseline) {
  const auto [place, isNew] = cache_.try_emplace(key);
  Cached& window = place->second;
  if (!isNew) return window;
  window.baseline = baseline.id;
  Statement& found = database_.query("SELECT baseline, summary FROM windows WHERE stream=? AND step=? AND start=?",
                                     key.stream, key.step, key.start);
  if (found.next()) {
    if (auto read = EventSummary::read(found.text(1)))
      window.summary = std::move(*read), window.baseline = found.integer(0);
  }
  found.reset();
  return window;
}

void Store::summarize(const Stream& stream, const PredictionEvent& event, Time time) {
  const KnownBaseline& baseline = known(stream.model);
  for (const Time step : {kHour, kDay}) {
    Cached& to = window({stream.id, step, startOf(time, step)}, baseline);
    const bool isSame = to.baseline == baseline.id && baseline.baseline;
    to.summary.add(event, isSame ? &*baseline.baseline : nullptr);
    to.isDirty = true;
  }
}

void Store::takeEvent(Stream& stream, const PredictionEvent& event, Time time, Taken& out) {
  const std::string key = keyOf(inForce_.model(stream.model), event);
  const std::string record = encodeRecord(telemetry::Encoding::protobuf, event);
  Statement& insert = database_.query("INSERT OR IGNORE INTO events(id, stream, time, key, record) VALUES(?,?,?,?,?)",
                                      Blob{bytesOf(event.id)}, stream.id, time, std::string_view(key), Blob{record});
  if (key.empty()) insert.bind(4, Null{});
  insert.run();
  if (database_.changes() == 0) {
    ++out.repeated;
    return;
  }
  ++out.taken;
  touched_.insert(stream.model);
  stream.first = stream.first == 0 ? time : std::min(stream.first, time);
  stream.last = std::max(stream.last, time);
  stream.predictions += 1 / event.samplingShare;
  summarize(stream, event, time);
  if (waiting_ > 0) awaited(stream, event, time, key);
}

/// An outcome may be there before its prediction.
void Store::awaited(const Stream& stream, const PredictionEvent& event, Time time, const std::string& key) {
  std::string value;
  bool isFound = false;
  const auto look = [&](std::string_view ref, bool isOnce) {
    Statement& found = database_.query(
        "SELECT value, model FROM waiting WHERE ref=? AND model IN (?, '') AND time>=? ORDER BY time LIMIT 1",
        Blob{ref}, std::string_view(stream.model), isOnce ? Time{0} : time);
    if (!found.next()) return found.reset();
    value = found.text(0);
    const std::string model(found.text(1));
    found.reset();
    isFound = true;
    if (!isOnce) return;
    database_.run("DELETE FROM waiting WHERE ref=? AND model=?", Blob{ref}, std::string_view(model));
    --waiting_;
  };
  look(bytesOf(event.id), true);
  if (!isFound && !key.empty()) look(refOfKey(key), false);
  if (isFound) judge(event.id, {stream.id, time, key, encodeRecord(telemetry::Encoding::protobuf, event)}, value);
}

void Store::saveWindows() {
  std::string bytes;
  for (auto& [key, window] : cache_) {
    if (!window.isDirty) continue;
    bytes.clear();
    window.summary.save(bytes);
    database_.run(
        "INSERT OR REPLACE INTO windows(stream, step, start, predictions, errors, baseline, summary) "
        "VALUES(?,?,?,?,?,?,?)",
        key.stream, key.step, key.start, window.summary.predictions(),
        static_cast<std::int64_t>(window.summary.errors()), window.baseline, Blob{bytes});
    window.isDirty = false;
  }
  for (const auto& [key, summary] : judged_) {
    bytes.clear();
    summary.save(bytes);
    database_.run("INSERT OR REPLACE INTO judged(stream, day, summary) VALUES(?,?,?)", key.first, key.second,
                  Blob{bytes});
  }
  if (cache_.size() > kCachedWindows) cache_.clear();
  judged_.clear();
}

void Store::takeHost(const telemetry::Host& host, const std::map<std::int64_t, Time>& lasts, std::int64_t events,
                     Time now) {
  const std::string& name = !host.instanceId.empty() ? host.instanceId
                            : !host.kind.empty()     ? host.kind
                                                     : host.serviceName;
  if (name.empty()) return;
  Time last = 0;
  for (const auto& [stream, time] : lasts) {
    last = std::max(last, time);
    database_.run(
        "INSERT INTO reports(stream, instance, last) VALUES(?,?,?) ON CONFLICT(stream, instance) DO UPDATE SET "
        "last=max(last, excluded.last)",
        stream, std::string_view(name), time);
  }
  database_.run(
      "INSERT INTO hosts(instance, kind, version, lastEvent, lastSeen, events) VALUES(?,?,?,?,?,?) "
      "ON CONFLICT(instance) DO UPDATE SET kind=excluded.kind, version=excluded.version, "
      "lastEvent=max(lastEvent, excluded.lastEvent), lastSeen=excluded.lastSeen, events=events+excluded.events",
      std::string_view(name), std::string_view(host.kind), std::string_view(host.version), last, now, events);
}

Answer<Taken> Store::take(const telemetry::ReceivedLogs& logs, Time now) {
  const Time oldest = now - rules_.eventDays * kDay, newest = now + kDay;
  Taken out{.refused = logs.refused, .why = logs.why};
  std::vector<Outcome> outcomes;
  Transaction transaction(database_);
  std::map<std::int64_t, Stream*> touched;
  for (const telemetry::ReceivedEvents& from : logs.hosts) {
    std::map<std::int64_t, Time> lasts;  // by stream
    const std::uint64_t before = out.taken;
    for (const PredictionEvent& event : from.predictions) {
      const Time time = timeOf(event.unixNanoseconds);
      if (time < oldest || time > newest) {
        if (out.refused++ == 0)
          out.why = time < oldest ? "an event is older than events are kept" : "an event is of tomorrow";
        continue;
      }
      Stream& stream = streamOf(event.model);
      takeEvent(stream, event, time, out);
      touched[stream.id] = &stream;
      lasts[stream.id] = std::max(lasts[stream.id], time);
    }
    if (!lasts.empty()) takeHost(from.host, lasts, static_cast<std::int64_t>(out.taken - before), now);
    for (const telemetry::OutcomeEvent& outcome : from.outcomes)
      outcomes.push_back(
          {outcome.id, {}, outcome.model.name, textOf(outcome.outcome), timeOf(outcome.unixNanoseconds)});
  }
  for (const auto& [id, stream] : touched)
    database_.run("UPDATE streams SET first=?, last=?, predictions=? WHERE id=?", stream->first, stream->last,
                  stream->predictions, id);
  TakenOutcomes judged;
  for (std::size_t i = 0; i < outcomes.size(); ++i) takeOutcome(outcomes[i], i, now, judged);
  out.taken += judged.taken + judged.waiting;
  out.repeated += judged.repeated;
  if (!judged.refused.empty() && out.refused == 0) out.why = judged.refused.front().second;
  out.refused += judged.refused.size();
  saveWindows();
  if (transaction.commit()) return out;
  const auto failure = failed();
  forget();
  return failure;
}

Answer<TakenOutcomes> Store::take(std::span<const Outcome> outcomes, Time now) {
  TakenOutcomes out;
  Transaction transaction(database_);
  for (std::size_t i = 0; i < outcomes.size(); ++i) takeOutcome(outcomes[i], i, now, out);
  saveWindows();
  if (transaction.commit()) return out;
  const auto failure = failed();
  forget();
  return failure;
}

void Store::takeOutcome(const Outcome& outcome, std::size_t place, Time now, TakenOutcomes& out) {
  const Time time = outcome.time == 0 ? now : outcome.time;
  const std::string ref = outcome.id ? std::string(bytesOf(*outcome.id)) : refOfKey(outcome.key);
  std::vector<std::pair<PredictionId, Stored>> open;
  bool isKnown = false, isOther = false;
  Statement& found =
      outcome.id ? database_.query("SELECT id, stream, time, key, record, outcome FROM events WHERE id=?", Blob{ref})
                 : database_.query("SELECT id, stream, time, key, record, outcome FROM events WHERE key=? AND time<=?",
                                   std::string_view(outcome.key), time);
  while (found.next()) {
    const auto stream = byId_.find(found.integer(1));
    if (stream == byId_.end() || (!outcome.model.empty() && stream->second->model != outcome.model)) continue;
    isKnown = true;
    if (found.isNull(5))
      open.emplace_back(idOf(found.text(0)), Stored{found.integer(1), found.integer(2), std::string(found.text(3)),
                                                    std::string(found.text(4))});
    else
      isOther = isOther || found.text(5) != outcome.value;
  }
  for (const auto& [id, event] : open) judge(id, event, outcome.value);
  if (!open.empty()) {
    ++out.taken;
  } else if (isOther) {
    out.refused.emplace_back(place, "Another outcome of this prediction is known already.");
  } else if (isKnown) {
    ++out.repeated;
  } else {
    ++out.waiting;
  }
  // By key also for predictions that are still under way.
  if (isKnown && outcome.id) return;
  database_.run("INSERT OR IGNORE INTO waiting(ref, model, value, time) VALUES(?,?,?,?)", Blob{ref},
                std::string_view(outcome.model), std::string_view(outcome.value), time);
  waiting_ += database_.changes();
}

void Store::judge(const PredictionId& id, const Stored& event, std::string_view value) {
  const auto stream = byId_.find(event.stream);
  const auto read = telemetry::readPrediction(event.record);
  if (stream == byId_.end() || !read) return;
  touched_.insert(stream->second->model);
  database_.run("UPDATE events SET outcome=? WHERE id=?", value, Blob{bytesOf(id)});
  const telemetry::JudgedCase judged = monitor::judge(inForce_.model(stream->second->model), *read, value);
  const Time day = startOf(event.time, kDay);
  const auto [place, isNew] = judged_.try_emplace({event.stream, day});
  if (isNew) {
    Statement& found = database_.query("SELECT summary FROM judged WHERE stream=? AND day=?", event.stream, day);
    if (found.next()) {
      if (auto summary = OutcomeSummary::read(found.text(0))) place->second = std::move(*summary);
    }
    found.reset();
  }
  place->second.add(judged);
  if (const auto loss = judged.loss(); loss && !event.key.empty()) pair(*stream->second, event, *loss);
}

/// Where champion and challenger scored one request, which has one key, and both can be judged by now.
void Store::pair(const Stream& stream, const Stored& event, double loss) {
  Statement& found = database_.query(
      "SELECT stream, outcome, record FROM events WHERE key=? AND stream<>? AND time BETWEEN ? AND ? "
      "AND outcome IS NOT NULL ORDER BY abs(time-?) LIMIT 20",
      std::string_view(event.key), stream.id, event.time - kPairMinutes, event.time + kPairMinutes, event.time);
  while (found.next()) {
    const auto other = byId_.find(found.integer(0));
    if (other == byId_.end() || other->second->model != stream.model ||
        other->second->isChallenger() == stream.isChallenger())
      continue;
    const auto read = telemetry::readPrediction(found.text(2));
    const auto theirs =
        read ? monitor::judge(inForce_.model(stream.model), *read, found.text(1)).loss() : std::optional<double>();
    if (!theirs) continue;
    found.reset();
    const double difference = stream.isChallenger() ? *theirs - loss : loss - *theirs;
    database_.run(
        "INSERT INTO pairs(model, day, count, sum, squares) VALUES(?,?,1,?,?) ON CONFLICT(model, day) DO UPDATE SET "
        "count=count+1, sum=sum+excluded.sum, squares=squares+excluded.squares",
        std::string_view(stream.model), startOf(event.time, kDay), difference, difference * difference);
    return;
  }
}

Answer<void> Store::setBaseline(const std::string& model, std::string_view json) {
  auto baseline = Baseline::parse(json);
  if (!baseline) return fail(400, baseline.error().front().message);
  Transaction transaction(database_);
  applyBaseline(model, json, std::move(*baseline));
  if (transaction.commit()) return {};
  const auto failure = failed();
  forget();
  return failure;
}

Answer<void> Store::setBundle(const std::string& model, const BundleNews& bundle) {
  std::optional<Baseline> baseline;
  if (!bundle.baseline.empty()) {
    auto read = Baseline::parse(bundle.baseline);
    if (!read) return fail(400, "The bundle's baseline: " + read.error().front().message);
    baseline = std::move(*read);
  }
  Transaction transaction(database_);
  database_.run(
      "INSERT OR REPLACE INTO bundles(model, change, sha256, signed, manifest) "
      "VALUES(?, (SELECT coalesce(max(change), 0) + 1 FROM bundles), ?, ?, ?)",
      std::string_view(model), std::string_view(bundle.sha256), std::int64_t{bundle.isSigned}, bundle.manifest);
  if (baseline) applyBaseline(model, bundle.baseline, std::move(*baseline));
  touched_.insert(model);
  if (transaction.commit()) return readBundles(), Answer<void>();
  const auto failure = failed();
  forget();
  return failure;
}

/// Within a transaction.
void Store::applyBaseline(const std::string& model, std::string_view json, Baseline baseline) {
  const auto id = numberOf(json);
  database_.run("INSERT OR REPLACE INTO baselines(model, id, json) VALUES(?,?,?)", std::string_view(model), id, json);
  baselines_[model] = {id, std::move(baseline)};
  cache_.clear();
  touched_.insert(model);
  for (const auto& [id, stream] : byId_) {
    if (stream->model != model) continue;
    Statement& oldest = database_.query("SELECT min(time) FROM events WHERE stream=?", id);
    const bool hasEvents = oldest.next() && !oldest.isNull(0);
    const Time first = hasEvents ? oldest.integer(0) : 0;
    oldest.reset();
    if (!hasEvents) continue;
    // A day whose first events are gone keeps the summary that it has.
    const Time from = first == stream->first ? startOf(first, kDay) : startOf(first, kDay) + kDay;
    database_.run("DELETE FROM windows WHERE stream=? AND start>=?", id, from);
    Statement& events = database_.query("SELECT time, record FROM events WHERE stream=? AND time>=?", id, from);
    while (events.next())
      if (const auto event = telemetry::readPrediction(events.text(1))) summarize(*stream, *event, events.integer(0));
    saveWindows();
  }
}

Answer<void> Store::expire(Time now) {
  Transaction transaction(database_);
  const Time events = now - rules_.eventDays * kDay;
  for (const auto& [id, stream] : byId_) database_.run("DELETE FROM events WHERE stream=? AND time<?", id, events);
  database_.run("DELETE FROM waiting WHERE time<?", events);
  database_.run("DELETE FROM windows WHERE step=? AND start<?", kHour, now - rules_.hourDays * kDay);
  const Time days = now - rules_.windowDays * kDay;
  database_.run("DELETE FROM windows WHERE start<?", days);
  database_.run("DELETE FROM judged WHERE day<?", days);
  database_.run("DELETE FROM pairs WHERE day<?", days);
  cache_.clear();
  if (transaction.commit()) return {};
  return failed();
}

std::vector<Stream> Store::streams() {
  std::vector<Stream> out;
  Statement& found = database_.query(
      "SELECT id, model, version, sha256, variant, first, last, predictions FROM streams ORDER BY model, id");
  while (found.next())
    out.push_back({found.integer(0), std::string(found.text(1)), std::string(found.text(2)), std::string(found.text(3)),
                   std::string(found.text(4)), found.integer(5), found.integer(6), found.number(7)});
  return out;
}

std::vector<HostState> Store::hosts() {
  std::vector<HostState> out;
  Statement& found =
      database_.query("SELECT instance, kind, version, lastEvent, lastSeen, events FROM hosts ORDER BY instance");
  while (found.next())
    out.push_back({std::string(found.text(0)), std::string(found.text(1)), std::string(found.text(2)), found.integer(3),
                   found.integer(4), found.integer(5)});
  return out;
}

std::map<std::string, Time> Store::reports(std::span<const Stream> streams) {
  std::map<std::string, Time> out;
  for (const Stream& stream : streams) {
    Statement& found = database_.query("SELECT instance, last FROM reports WHERE stream=?", stream.id);
    while (found.next()) {
      Time& last = out[std::string(found.text(0))];
      last = std::max(last, found.integer(1));
    }
  }
  return out;
}

std::map<Time, WindowOf> Store::windows(std::span<const Stream> streams, Time step, Time from, Time to) {
  std::map<Time, WindowOf> out;
  for (const Stream& stream : streams) {
    const std::int64_t current = known(stream.model).id;
    Statement& found = database_.query(
        "SELECT start, baseline, summary FROM windows WHERE stream=? AND step=? AND start>=? AND start<?", stream.id,
        step, from, to);
    while (found.next()) {
      const auto summary = EventSummary::read(found.text(2));
      if (!summary) continue;
      const bool isCurrent = current != 0 && found.integer(1) == current;
      const auto [place, isNew] = out.try_emplace(found.integer(0));
      place->second.hasBaseline = isCurrent && (isNew || place->second.hasBaseline);
      place->second.summary.merge(*summary);
    }
  }
  return out;
}

std::map<Time, double> Store::volumes(std::span<const Stream> streams, Time step, Time from, Time to) {
  std::map<Time, double> out;
  for (const Stream& stream : streams) {
    Statement& found =
        database_.query("SELECT start, predictions FROM windows WHERE stream=? AND step=? AND start>=? AND start<?",
                        stream.id, step, from, to);
    while (found.next()) out[found.integer(0)] += found.number(1);
  }
  return out;
}

std::vector<Time> Store::lastWindows(std::span<const Stream> streams, Time step, std::size_t most) {
  std::vector<Time> out;
  for (const Stream& stream : streams) {
    Statement& found =
        database_.query("SELECT start FROM windows WHERE stream=? AND step=? ORDER BY start DESC LIMIT ?", stream.id,
                        step, static_cast<std::int64_t>(most));
    while (found.next()) out.push_back(found.integer(0));
  }
  std::ranges::sort(out, std::greater<>());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > most) out.resize(most);
  return out;
}

std::map<Time, OutcomeSummary> Store::outcomes(std::span<const Stream> streams, Time from, Time to) {
  std::map<Time, OutcomeSummary> out;
  for (const Stream& stream : streams) {
    Statement& found =
        database_.query("SELECT day, summary FROM judged WHERE stream=? AND day>=? AND day<?", stream.id, from, to);
    while (found.next())
      if (const auto summary = OutcomeSummary::read(found.text(1))) out[found.integer(0)].merge(*summary);
  }
  return out;
}

std::map<Time, OutcomeSummary::Losses> Store::pairs(const std::string& model, Time from) {
  std::map<Time, OutcomeSummary::Losses> out;
  Statement& found = database_.query("SELECT day, count, sum, squares FROM pairs WHERE model=? AND day>=? ORDER BY day",
                                     std::string_view(model), from);
  while (found.next()) out[found.integer(0)] = {found.number(1), found.number(2), found.number(3)};
  return out;
}

std::map<std::int64_t, Totals> Store::totals(Time step, Time from, Time to) {
  std::map<std::int64_t, Totals> out;
  Statement& found = database_.query(
      "SELECT stream, sum(predictions), sum(errors) FROM windows WHERE step=? AND start>=? AND start<? GROUP BY stream",
      step, from, to);
  while (found.next()) out[found.integer(0)] = {found.number(1), found.number(2)};
  return out;
}

}  // namespace scorelet::monitor
