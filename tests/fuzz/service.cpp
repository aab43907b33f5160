// Any request: a response with a status, and JSON where it says so. The first two bytes choose method and type; up to
// the first line end it is the target, behind it the body.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "service/service.hpp"
#include "support/files.hpp"

namespace {

using namespace scorelet;

class QuietHost final : public service::Host {
 public:
  std::uint64_t now() override { return ++time_; }
  std::uint64_t random() override { return 7; }
  void log(std::string_view) override {}

 private:
  std::uint64_t time_ = 1'700'000'000'000;
};

const service::Settings& settings() {
  static const service::Settings all = [] {
    service::Settings s;
    s.models = 4;
    s.modelBytes = s.limits.documentBytes = 1 << 15;
    s.evaluations = 2'000;
    s.milliseconds = 1'000;  // calls of the clock
    // The token is "t".
    const auto tokens = service::readTokens(
        "fuzz score,explain,manage e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8\n");
    if (!tokens) std::abort();
    s.tokens = *tokens;
    return s;
  }();
  return all;
}

service::Service& served() {
  static QuietHost host;
  static service::Service service(settings(), host);
  static const bool isDeployed = [] {
    const auto document = test::readFile(test::projectRoot() + "/tests/data/examples/loan.pmml");
    return document && service.deploy("loan", *document);
  }();
  if (!isDeployed) {
    std::fprintf(stderr, "the example is not served\n");
    std::abort();
  }
  return service;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr const char* kMethods[] = {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"};
  static constexpr const char* kTypes[] = {"application/json", "text/csv", "application/xml", "",
                                           "text/plain; charset=x"};
  if (size < 2) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  service::Request request;
  request.method = kMethods[data[0] % std::size(kMethods)];
  request.target = service::nextPart(rest, '\n');
  request.headers = {{"authorization", "Bearer t"}, {"content-type", kTypes[data[1] % std::size(kTypes)]}};
  request.body = rest;
  const service::Response response = served().handle(request);
  if (response.status < 200 || response.status > 599) std::abort();
  const bool isJson = response.type.starts_with("application/json") && request.method != "HEAD";
  if (isJson && !response.body.starts_with('{') && !response.body.starts_with('[')) std::abort();
  return 0;
}
