#include "monitor/outside.hpp"

#include <httplib.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

namespace scorelet::monitor {
namespace {

constexpr int kSeconds = 10;

/// "http://host:port" and what stands behind it.
std::pair<std::string, std::string> partsOf(const std::string& url) {
  const std::size_t slash = url.find('/', std::string("http://").size());
  return {url.substr(0, slash), slash == std::string::npos ? "/" : url.substr(slash)};
}

httplib::Client clientOf(const std::string& place) {
  httplib::Client client(place);
  client.set_connection_timeout(kSeconds);
  client.set_read_timeout(kSeconds);
  client.set_write_timeout(kSeconds);
  return client;
}

std::optional<std::string> readFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

bool NativeOutside::post(const std::string& url, const std::string& body) {
  const auto [place, path] = partsOf(url);
  auto client = clientOf(place);
  const auto answer = client.Post(path, body, "application/json");
  return answer && answer->status >= 200 && answer->status < 300;
}

std::string NativeOutside::put(const std::string& url, const std::string& file, const std::string& tokenFile) {
  const auto document = readFile(file);
  if (!document) return "'" + file + "' cannot be read";
  httplib::Headers headers;
  if (!tokenFile.empty()) {
    auto token = readFile(tokenFile);
    if (!token) return "'" + tokenFile + "' cannot be read";
    while (!token->empty() && (token->back() == '\n' || token->back() == '\r')) token->pop_back();
    headers.emplace("Authorization", "Bearer " + *token);
  }
  const auto [place, path] = partsOf(url);
  auto client = clientOf(place);
  const auto answer = client.Put(path, headers, *document, "application/xml");
  if (!answer) return "no answer from " + place;
  if (answer->status >= 200 && answer->status < 300) return {};
  return place + " answered " + std::to_string(answer->status);
}

bool NativeOutside::run(const std::vector<std::string>& command, const Environment& environment,
                        std::function<void(const std::string& end)> done) {
  std::vector<std::string> words = command, names;
  std::vector<char*> arguments, variables;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  for (const auto& [name, value] : environment) names.push_back(name + "=" + value);
  for (char** inherited = environ; *inherited != nullptr; ++inherited) variables.push_back(*inherited);
  for (std::string& name : names) variables.push_back(name.data());
  variables.push_back(nullptr);
  // Signals that this program holds for itself are not held in the command.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t process = 0;
  const int failure = posix_spawnp(&process, arguments[0], nullptr, &attributes, arguments.data(), variables.data());
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) return false;
  std::thread([process, done = std::move(done)] {
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    done(WIFEXITED(status) && WEXITSTATUS(status) == 0 ? std::string(kEndedWell)
         : WIFEXITED(status)                           ? "failed with status " + std::to_string(WEXITSTATUS(status))
                                                       : "was ended by signal " + std::to_string(WTERMSIG(status)));
  }).detach();
  return true;
}

}  // namespace scorelet::monitor
