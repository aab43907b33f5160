#include "native/one_send_server.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <string_view>

namespace scorelet::native {
namespace {

constexpr std::size_t kGathered = 64 << 10;  // what is longer gains nothing by being copied

/// The socket has its own limit of time, which the library has set; so nothing is asked before each call.
bool sendAll(socket_t socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

bool GatheredStream::flush() {
  const bool isWritten = sendAll(stream_.socket(), waiting_);
  waiting_.clear();
  return isWritten;
}

ssize_t GatheredStream::read(char* to, std::size_t size) {
  // Whoever waits for words like "100 Continue" sends nothing before.
  return waiting_.empty() || flush() ? stream_.read(to, size) : -1;
}

ssize_t GatheredStream::write(const char* from, std::size_t size) {
  if (waiting_.size() + size <= kGathered) {
    waiting_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  return flush() && sendAll(stream_.socket(), {from, size}) ? static_cast<ssize_t>(size) : -1;
}

bool OneSendServer::process_and_close_socket(socket_t socket) {
  std::string remote, local;
  int remotePort = 0, localPort = 0;
  httplib::detail::get_remote_ip_and_port(socket, remote, remotePort);
  httplib::detail::get_local_ip_and_port(socket, local, localPort);
  const bool isDone = httplib::detail::process_server_socket(
      svr_sock_, socket, keep_alive_max_count_, keep_alive_timeout_sec_, read_timeout_sec_, read_timeout_usec_,
      write_timeout_sec_, write_timeout_usec_, [&](httplib::Stream& stream, bool isLast, bool& isClosed) {
        GatheredStream gathered(stream);
        const bool isAnswered =
            process_request(gathered, remote, remotePort, local, localPort, isLast, isClosed, nullptr);
        return gathered.flush() && isAnswered;
      });
  httplib::detail::shutdown_socket(socket);
  httplib::detail::close_socket(socket);
  return isDone;
}

}  // namespace scorelet::native
