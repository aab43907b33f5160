// cpp-httplib's server, whose answers leave in one piece: it writes head and body one after the other, and each write
// is a system call, a packet and a client that wakes up.
#pragma once

#include <httplib.h>

#include <string>

namespace scorelet::native {

/// Gathers what is written until somebody reads or `flush` is called.
class GatheredStream final : public httplib::Stream {
 public:
  explicit GatheredStream(httplib::Stream& stream) : stream_(stream) {}

  [[nodiscard]] bool flush();

  [[nodiscard]] bool is_readable() const override { return stream_.is_readable(); }
  [[nodiscard]] bool is_writable() const override { return stream_.is_writable(); }
  ssize_t read(char* to, std::size_t size) override;
  ssize_t write(const char* from, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override { stream_.get_remote_ip_and_port(ip, port); }
  void get_local_ip_and_port(std::string& ip, int& port) const override { stream_.get_local_ip_and_port(ip, port); }
  [[nodiscard]] socket_t socket() const override { return stream_.socket(); }

 private:
  httplib::Stream& stream_;
  std::string waiting_;
};

class OneSendServer final : public httplib::Server {
 private:
  bool process_and_close_socket(socket_t socket) override;
};

}  // namespace scorelet::native
