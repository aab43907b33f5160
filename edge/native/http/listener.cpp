#include "native/http/listener.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <memory>
#include <tuple>
#include <utility>

namespace scorelet::native {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t kConnections = 10'000;  // some 6 KiB each, 64 while a long body comes
constexpr std::size_t kOtherFiles = 100;
constexpr int kBacklog = 1'024;
constexpr std::chrono::milliseconds kFull{100};  // until the next look whether one has ended

/// As many as the system lets this process have open.
std::size_t openableFiles() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1'024;
  limit.rlim_cur = std::max(limit.rlim_cur, std::min<rlim_t>(limit.rlim_max, kConnections + kOtherFiles));
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

bool isLoopback(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
  return address.is_loopback();
}

}  // namespace

Listener::Listener(Exchange& exchange, Crew& crew)
    : exchange_(exchange),
      crew_(crew),
      context_(crew.loops().front()->context()),
      acceptor_(context_),
      timer_(context_) {
  const std::size_t files = openableFiles();
  most_ = std::min(kConnections, files > 2 * kOtherFiles ? files - kOtherFiles : files / 2);
}

int Listener::open(const std::string& address, int port) {
  error_code error;
  const auto found = Tcp::resolver(context_).resolve(address, std::to_string(port), Tcp::resolver::passive, error);
  if (error) return -1;
  for (const auto& entry : found)
    if (listenAt(entry.endpoint(), error)) return acceptor_.local_endpoint(error).port();
  return -1;
}

bool Listener::listenAt(const Tcp::endpoint& place, error_code& error) {
  const bool isV6 = place.address().is_v6();
  const bool isOpen = !acceptor_.open(place.protocol(), error) &&
                      !acceptor_.set_option(asio::socket_base::reuse_address(true), error) &&
                      !(isV6 && acceptor_.set_option(asio::ip::v6_only(false), error)) &&
                      !acceptor_.bind(place, error) && !acceptor_.listen(kBacklog, error);
  if (!isOpen) close();
  return isOpen;
}

void Listener::close() {
  error_code error;  // then it was closed before
  std::ignore = acceptor_.close(error);
}

void Listener::accept() {
  const auto later = [this] {
    timer_.expires_after(kFull);
    timer_.async_wait([this](const error_code&) { accept(); });
  };
  if (!acceptor_.is_open()) return;
  if (exchange_.connections >= most_) return later();
  const auto fewest = std::ranges::min_element(crew_.loops(), {}, [](const auto& loop) { return loop->size(); });
  Loop& loop = **fewest;
  acceptor_.async_accept(loop.context(), peer_, [this, &loop, later](const error_code& error, Socket socket) {
    if (error) return error == asio::error::operation_aborted ? void() : later();  // the system has no more files, e.g.
    const auto connection =
        std::make_shared<Connection>(exchange_, loop, std::move(socket), isLoopback(peer_.address()));
    asio::post(loop.context(), [&loop, connection] {
      loop.add(connection);
      connection->begin();
    });
    accept();
  });
}

void Listener::end() {
  asio::post(context_, [this] {
    close();
    timer_.cancel();
  });
  for (const auto& loop : crew_.loops()) asio::post(loop->context(), [&loop = *loop] { loop.end(); });
}

}  // namespace scorelet::native
