// Takes connections and gives each to the loop that has the fewest.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <string>

#include "native/http/connection.hpp"
#include "native/http/crew.hpp"

namespace scorelet::native {

class Listener {
 public:
  Listener(Exchange& exchange, Crew& crew);

  /// The port; -1 if the address cannot be had.
  int open(const std::string& address, int port);

  /// As long as the first loop runs, on whose thread it happens.
  void accept();
  /// Takes no more, and lets the loops end with their last connections. From any thread.
  void end();

 private:
  bool listenAt(const Tcp::endpoint& place, boost::system::error_code& error);
  void close();

  Exchange& exchange_;
  Crew& crew_;
  boost::asio::io_context& context_;
  boost::asio::basic_socket_acceptor<Tcp, boost::asio::io_context::executor_type> acceptor_;
  boost::asio::steady_timer timer_;
  Tcp::endpoint peer_;
  std::size_t most_;  // connections
};

}  // namespace scorelet::native
