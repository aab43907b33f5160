// One request by CGI (RFC 3875): its head in the environment, its body on standard input, the response on standard
// output. SCORELET_CONFIGURATION names the file with settings and models, in a directory that the host opens for the
// command.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "service/json_tree.hpp"
#include "service/service.hpp"

namespace {

using namespace scorelet::service;

class CommandHost final : public Host {
 public:
  std::uint64_t now() override {
    timespec time = stopped_;
    if (time.tv_sec == 0) clock_gettime(CLOCK_REALTIME, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000 + static_cast<std::uint64_t>(time.tv_nsec) / 1'000'000;
  }
  std::uint64_t random() override {
    std::uint64_t bits = 0;
    if (getentropy(&bits, sizeof bits) != 0) std::abort();
    return bits;
  }
  void log(std::string_view line) override {
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fputc('\n', stderr);
  }

  /// Lets it be the time at which a file was written: a model is as old as its document, in every run.
  void stopAt(const std::string& path) {
    struct stat about{};
    if (stat(path.c_str(), &about) == 0) stopped_ = about.st_mtim;
  }
  void goOn() noexcept { stopped_ = {}; }

 private:
  timespec stopped_{};
};

constexpr std::size_t kMostBytes = std::size_t{1} << 30;  // of a file

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

/// What a stream holds, and of that at most one byte more than `most`.
std::string readAll(std::FILE* file, std::size_t most) {
  std::string out;
  char part[1 << 16];
  while (out.size() <= most) {
    const std::size_t n = std::fread(part, 1, sizeof part, file);
    if (n == 0) break;
    out.append(part, n);
  }
  return out;
}

std::optional<std::string> readFile(const std::string& path, std::size_t most) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return std::nullopt;
  std::string out = readAll(file, most);
  std::fclose(file);
  return out;
}

/// A store in a directory that is opened for the command, as it is now: a command changes nothing.
class StoreFiles final : public Storage {
 public:
  explicit StoreFiles(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] std::string log() const { return path_ + "/log.jsonl"; }

  Answer<std::string> readLog() override { return read(log()); }
  Answer<std::string> readObject(const std::string& sha256) override { return read(path_ + "/objects/" + sha256); }
  Answer<void> appendLog(std::string_view, std::size_t) override { return refuse(); }
  Answer<void> writeObject(const std::string&, std::string_view) override { return refuse(); }

 private:
  static Answer<std::string> read(const std::string& path) {
    auto bytes = readFile(path, kMostBytes);
    if (!bytes) return fail(500, "'" + path + "' cannot be read.");
    return std::move(*bytes);
  }
  static Answer<void> refuse() { return fail(403, "A command does not change its store."); }

  std::string path_;
};

/// "content-type" of "HTTP_CONTENT_TYPE".
std::string headerName(std::string_view name) {
  std::string out(name.substr(5));
  for (char& c : out) c = c == '_' ? '-' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  return out;
}

Request readRequest(std::size_t most) {
  Request request;
  request.method = variable("REQUEST_METHOD");
  request.target = variable("REQUEST_URI");  // as sent, where a host says it
  if (request.target.empty()) {
    request.target = variable("PATH_INFO");
    if (const auto query = variable("QUERY_STRING"); !query.empty()) (request.target += '?') += query;
  }
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view value(*entry);
    const std::string_view name = nextPart(value, '=');
    if (name.starts_with("HTTP_")) request.headers.push_back({headerName(name), std::string(value)});
  }
  if (const auto type = variable("CONTENT_TYPE"); !type.empty())
    request.headers.push_back({"content-type", std::string(type)});
  const std::string_view from = variable("REMOTE_ADDR");
  request.isLoopback = from.starts_with("127.") || from == "::1";
  if (const auto length = variable("CONTENT_LENGTH"); !length.empty() && length != "0")
    request.body = readAll(stdin, most);
  return request;
}

void respond(const Response& response) {
  std::string out = "Status: " + std::to_string(response.status) + "\r\n";
  const auto header = [&](std::string_view name, std::string_view value) {
    (((out += name) += ": ") += value) += "\r\n";
  };
  for (const Header& each : response.headers) header(each.name, each.value);
  if (!response.type.empty()) header("content-type", response.type);
  out += "\r\n";
  if (variable("REQUEST_METHOD") != "HEAD") out += response.body;
  std::fwrite(out.data(), 1, out.size(), stdout);
}

int complain(const std::string& what) {
  std::fprintf(stderr, "scorelet: %s\n", what.c_str());
  std::fputs(
      "Status: 500\r\ncontent-type: application/json\r\n\r\n{\"message\":\"The service is not set up; its log says "
      "why.\"}",
      stdout);
  return 1;
}

int answer() {
  const std::string path(variable("SCORELET_CONFIGURATION"));
  const auto text = readFile(path, kMostBytes);
  if (!text) return complain("SCORELET_CONFIGURATION is to name a file that can be read, not '" + path + "'");
  const auto tree = JsonTree::read(*text, 1'000'000);
  if (!tree) return complain(path + ": " + tree.error().message);
  const JsonValue given = tree->root().member("settings");
  auto settings = readSettings(given ? given.raw() : "{}");
  if (!settings) return complain(path + ": " + settings.error().field + ": " + settings.error().message);
  if (settings->requestsPerSecond > 0)
    return complain(path + ": requestsPerSecond: a command answers one request, so it cannot count them");
  if (tree->root().member("audit"))
    return complain(path + ": audit: a command records no predictions; docs/service.md names the hosts that do");
  settings->deploys = false;  // nothing would be left of them

  CommandHost host;
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  const auto at = [&](std::string_view said) { return (said.starts_with('/') ? "" : folder) + std::string(said); };
  const JsonValue place = tree->root().member("store");
  StoreFiles files(at(place.text()));
  ModelStore store(files, host);
  if (place && tree->root().member("models")) return complain(path + ": models come from files or from a store");
  Service service(*settings, host, place ? &store : nullptr);
  if (place) {
    host.stopAt(files.log());
    if (const auto ok = service.followStore(); !ok) return complain("store: " + ok.error().message);
  }
  for (const JsonValue model : tree->root().member("models")) {
    const std::string name(model.name()), file = at(model.text());
    auto document = readFile(file, kMostBytes);
    if (!document) return complain("model " + name + ": '" + file + "' cannot be read");
    host.stopAt(file);
    if (const auto ok = service.deploy(name, std::move(*document)); !ok)
      return complain("model " + name + ": " + ok.error().message);
  }
  host.goOn();
  respond(service.handle(readRequest(settings->bodyBytes)));
  return 0;
}

}  // namespace

int main() { return answer(); }
