#include "native/server.hpp"

#include <malloc.h>
#include <sys/random.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <utility>

#include "native/one_send_server.hpp"

namespace scorelet::native {
namespace {

using service::Request;
using service::Response;

sigset_t awaitedSignals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

bool isLoopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

constexpr char kEncoding[] = "content-encoding", kHiddenEncoding[] = "x-scorelet-content-encoding";

/// The library would refuse a compressed body, which the service undoes itself.
void hideEncoding(httplib::Headers& headers) {
  const auto found = headers.find(kEncoding);
  if (found == headers.end()) return;
  std::string value = std::move(found->second);
  headers.erase(kEncoding);
  headers.emplace(kHiddenEncoding, std::move(value));
}

Request requestOf(const httplib::Request& from) {
  Request request;
  request.method = from.method;
  request.target = from.target;
  for (const auto& [name, value] : from.headers) {
    // What the library adds about the connection is no header.
    if (name == "REMOTE_ADDR" || name == "REMOTE_PORT" || name == "LOCAL_ADDR" || name == "LOCAL_PORT") continue;
    request.headers.push_back({name == kHiddenEncoding ? kEncoding : name, value});
  }
  request.body = from.body;
  request.isLoopback = isLoopback(from.remote_addr);
  return request;
}

/// The words for what the library refuses by itself.
const char* refusal(int status) {
  switch (status) {
    case 413: return R"({"message":"The body is longer than this service reads."})";
    default: return R"({"message":"The request is not well formed."})";
  }
}

/// Memory of a large request is kept for the next one: to give it back and have it cleared anew takes longer than to
/// score.
void keepMemory() {
  constexpr int kKept = 8 << 20;  // of a thread
  mallopt(M_MMAP_THRESHOLD, kKept);
  mallopt(M_TRIM_THRESHOLD, kKept);
}

void give(Response&& from, httplib::Response& to) {
  to.status = from.status;
  for (const service::Header& header : from.headers) to.set_header(header.name, header.value);
  if (!from.type.empty()) to.set_content(std::move(from.body), from.type);
}

}  // namespace

std::uint64_t NativeHost::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

std::uint64_t NativeHost::random() {
  thread_local std::array<std::uint64_t, 32> bits;  // a call of the system for each number would be felt
  thread_local std::size_t left = 0;
  if (left == 0) {
    if (getrandom(bits.data(), sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) std::abort();
    left = bits.size();
  }
  return std::exchange(bits[--left], 0);
}

void NativeHost::log(std::string_view line) {
  if (isQuiet_) return;
  std::string whole(line);
  whole += '\n';
  std::fwrite(whole.data(), 1, whole.size(), stderr);
}

void holdSignals() {
  const sigset_t signals = awaitedSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

bool serve(const Handler& handler, const ServerOptions& options, const std::function<void(int port)>& begun,
           const std::function<void()>& reload) {
  keepMemory();
  OneSendServer server;
  const auto answer = [&](const httplib::Request& request, httplib::Response& response) {
    give(handler.handle(requestOf(request)), response);
  };
  server.Get(".*", answer)
      .Post(".*", answer)
      .Put(".*", answer)
      .Delete(".*", answer)
      .Patch(".*", answer)
      .Options(".*", answer);
  server.set_pre_routing_handler([&](const httplib::Request& request, httplib::Response& response) {
    hideEncoding(const_cast<httplib::Request&>(request).headers);  // the library's own, which is not const
    if (request.method != "TRACE" && request.method != "CONNECT") return httplib::Server::HandlerResponse::Unhandled;
    answer(request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  // What the library refuses by itself: too long, malformed, of an unknown method.
  server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (!response.body.empty() || response.status < 400) return httplib::Server::HandlerResponse::Unhandled;
    response.set_content(refusal(response.status), "application/json");
    return httplib::Server::HandlerResponse::Handled;
  });
  server.set_payload_max_length(options.bodyBytes);
  server.set_tcp_nodelay(true);
  server.set_read_timeout(std::chrono::seconds(10));
  server.set_write_timeout(std::chrono::seconds(10));
  server.set_keep_alive_timeout(10);
  server.set_keep_alive_max_count(10'000);
  server.new_task_queue = [&] { return new httplib::ThreadPool(options.threads, 1'024); };

  int port = options.port;
  if (port == 0)
    port = server.bind_to_any_port(options.address);
  else if (!server.bind_to_port(options.address, port))
    port = -1;
  if (port < 0) return false;

  // A signal is waited for, not handled: nothing is done in the middle of something else.
  std::thread ender([&] {
    const sigset_t signals = awaitedSignals();
    for (int signal = 0; sigwait(&signals, &signal) != 0 || signal == SIGHUP;) reload();
    handler.drain();
    std::this_thread::sleep_for(std::chrono::milliseconds(options.drainMilliseconds));
    server.stop();
  });
  begun(port);
  server.listen_after_bind();
  ender.join();
  return true;
}

}  // namespace scorelet::native
