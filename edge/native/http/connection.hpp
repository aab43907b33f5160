// One client's connection: requests come in, are answered one after the other, and leave again.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "native/http/request_parser.hpp"
#include "native/server.hpp"

namespace scorelet::native {

using Tcp = boost::asio::ip::tcp;
using Socket = boost::asio::basic_stream_socket<Tcp, boost::asio::io_context::executor_type>;

class Loop;

/// What the connections of a server have in common.
struct Exchange {
  const Handler& handler;
  const ServerOptions& options;
  std::atomic<bool> isEnding = false;        ///< every answer is now its connection's last
  std::atomic<std::size_t> connections = 0;  ///< that are open
  std::atomic<std::size_t> bodyBytes = 0;    ///< of long bodies that are not answered yet
};

/// Everything but the answering itself happens on the thread that its loop has. All must live longer.
class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Exchange& exchange, Loop& loop, Socket socket, bool isLoopback);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void begin();
  /// A second has gone by.
  void look();
  /// Between two requests there will be no other one.
  void endIfIdle();

 private:
  void await();
  void read();
  void advance();
  [[nodiscard]] bool tellToContinue();
  [[nodiscard]] bool holds(std::size_t bodyBytes);
  void answer();
  void give(service::Response response);
  void giveLater(service::Response response);
  void refuse(service::Response response);
  void write();
  void goOn();
  void linger();
  void close();

  [[nodiscard]] bool isIdle() const { return parser_ && !parser_->got_some() && begin_ == end_; }
  void beginTime();
  void allowTime();

  Exchange& exchange_;
  Loop& loop_;
  Socket socket_;
  const bool isLoopback_;
  bool hasBody_ = true;  // the answer
  bool isLast_ = false;  // answer; what still comes in is not looked at
  std::optional<RequestParser> parser_;
  std::string buffer_;
  std::size_t begin_ = 0, end_ = 0;  // of what is not parsed yet
  std::string out_, rest_;           // an answer, the second part only if it is long
  std::size_t sent_ = 0;             // of both
  std::uint32_t began_ = 0;          // these three: seconds of the loop
  std::uint32_t limit_ = 0;          // when it is cut; 0: not now
  std::size_t moved_ = 0;            // bytes since it began
  std::size_t held_ = 0;             // of `Exchange::bodyBytes`
};

}  // namespace scorelet::native
