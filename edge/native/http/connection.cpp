#include "native/http/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>
#include <string_view>
#include <tuple>
#include <utility>

#include "native/http/answer.hpp"
#include "native/http/crew.hpp"
#include "native/http/loop.hpp"

namespace scorelet::native {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using service::Response;

namespace {

constexpr std::size_t kFewBytes = 4 << 10, kManyBytes = 64 << 10;  // read at once
constexpr std::size_t kGathered = 16 << 10;                        // what is longer gains nothing by being copied
constexpr std::size_t kHeldBytes = 256 << 20;  // of bodies beyond `kManyBytes`; or four of the longest
// Whoever is silent for so many seconds, or slower than 64 KiB in them, is cut.
constexpr std::uint32_t kSeconds = 10;
constexpr std::uint32_t kLingering = 2;

}  // namespace

Connection::Connection(Exchange& exchange, Loop& loop, Socket socket, bool isLoopback)
    : exchange_(exchange), loop_(loop), socket_(std::move(socket)), isLoopback_(isLoopback) {
  ++exchange_.connections;
}

Connection::~Connection() {
  exchange_.bodyBytes -= held_;
  --exchange_.connections;
}

void Connection::begin() {
  error_code error;
  if (socket_.non_blocking(true, error) || socket_.set_option(Tcp::no_delay(true), error)) return close();
  buffer_.resize(kFewBytes);
  await();
}

void Connection::look() {
  if (limit_ != 0 && loop_.second() >= limit_) close();
}

void Connection::endIfIdle() {
  if (isIdle()) close();
}

/// The next request.
void Connection::await() {
  parser_.emplace(exchange_.options.bodyBytes);
  beginTime();
  if (begin_ == end_) {
    if (buffer_.size() > kFewBytes) buffer_ = std::string(kFewBytes, '\0');  // it may be long until then
    return read();
  }
  // It has come already; others have their turn first.
  asio::post(loop_.context(), [self = shared_from_this()] { self->advance(); });
}

void Connection::read() {
  if (begin_ == end_) {
    begin_ = end_ = 0;
  } else if (end_ == buffer_.size() && begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  } else if (end_ == kManyBytes) {
    return refuse(refusal(http::error::header_limit));  // of a part of a body, or the fields behind it
  } else if (end_ == buffer_.size()) {
    buffer_.resize(kManyBytes);
  }
  socket_.async_read_some(asio::buffer(buffer_.data() + end_, buffer_.size() - end_),
                          [self = shared_from_this()](const error_code& error, std::size_t size) {
                            if (error) return self->close();
                            self->end_ += size;
                            self->moved_ += size;
                            self->advance();
                          });
}

/// As far as what has come makes it possible.
void Connection::advance() {
  if (isLast_) {
    begin_ = end_;
    return read();
  }
  const bool isFull = end_ == buffer_.size();
  while (begin_ < end_) {
    error_code error;
    begin_ += parser_->put(asio::buffer(buffer_.data() + begin_, end_ - begin_), error);
    if (error == http::error::need_more) break;
    if (error) return refuse(refusal(error));
    if (parser_->is_done()) return answer();
  }
  if (!holds(parser_->request.body.size())) return refuse(refusalForNow());
  if (parser_->is_header_done() && std::exchange(parser_->awaitsContinue, false) && !tellToContinue()) return close();
  if (isFull && begin_ == end_) buffer_.resize(kManyBytes);  // probably there is much more
  allowTime();
  read();
}

bool Connection::tellToContinue() {
  constexpr std::string_view kWords = "HTTP/1.1 100 Continue\r\n\r\n";
  error_code error;
  return socket_.write_some(asio::buffer(kWords), error) == kWords.size();
}

/// Whether there is memory for so much of a body: short ones have theirs, and long ones share theirs.
bool Connection::holds(std::size_t bodyBytes) {
  const std::size_t before = std::exchange(held_, bodyBytes > kManyBytes ? bodyBytes : 0);
  if (held_ == before) return true;
  const std::size_t all = exchange_.bodyBytes += held_ - before;
  return held_ == 0 || all <= std::max(kHeldBytes, 4 * exchange_.options.bodyBytes);
}

void Connection::answer() {
  limit_ = 0;
  service::Request& request = parser_->request;
  request.isLoopback = isLoopback_;
  hasBody_ = request.method != "HEAD";
  const Handler& handler = exchange_.handler;
  if (loop_.size() > 1 && handler.mayTakeLong(request) && loop_.crew().give([self = shared_from_this()] {
        self->giveLater(self->exchange_.handler.handle(std::move(self->parser_->request)));
      }))
    return;
  const std::uint64_t step = loop_.beginAnswer();
  Response response = handler.handle(std::move(request));
  return loop_.endAnswer(step) ? give(std::move(response)) : giveLater(std::move(response));
}

/// From a thread that has not the loop.
void Connection::giveLater(Response response) {
  asio::post(loop_.context(), [self = shared_from_this(), response = std::move(response)]() mutable {
    self->give(std::move(response));
  });
}

void Connection::refuse(Response response) {
  isLast_ = hasBody_ = true;
  parser_->request = {};
  give(std::move(response));
}

void Connection::give(Response response) {
  std::ignore = holds(0);
  isLast_ = isLast_ || !parser_->keep_alive() || exchange_.isEnding;
  out_ = headOf(response);
  if (isLast_)
    addField(out_, "connection", "close");
  else if (parser_->isHttp10)
    addField(out_, "connection", "keep-alive");
  if (!isLast_) addField(out_, "keep-alive", "timeout=10");
  out_ += "\r\n";
  if (hasBody_ && !response.type.empty()) {
    if (response.body.size() <= kGathered)
      out_ += response.body;
    else
      rest_ = std::move(response.body);
  }
  sent_ = 0;
  beginTime();
  write();
}

void Connection::write() {
  while (sent_ < out_.size() + rest_.size()) {
    error_code error;
    const std::size_t ofOut = std::min(sent_, out_.size());
    const auto head = asio::buffer(out_) + ofOut, rest = asio::buffer(rest_) + (sent_ - ofOut);
    const std::size_t size =
        rest_.empty() ? socket_.write_some(head, error) : socket_.write_some(std::array{head, rest}, error);
    sent_ += size;
    moved_ += size;
    if (error == asio::error::would_block) {
      allowTime();
      return socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code& failure) {
        if (failure) return self->close();
        self->write();
      });
    }
    if (error) return close();
  }
  goOn();
}

void Connection::goOn() {
  rest_ = {};
  return isLast_ ? linger() : await();
}

/// To close while something comes in would take the answer away from its reader.
void Connection::linger() {
  error_code error;
  if (socket_.shutdown(Socket::shutdown_send, error)) return close();
  limit_ = loop_.second() + kLingering;
  begin_ = end_;
  read();
}

void Connection::close() {
  error_code error;  // then it was closed before
  std::ignore = socket_.close(error);
  loop_.remove(shared_from_this());
}

void Connection::beginTime() {
  began_ = loop_.second();
  moved_ = 0;
  allowTime();
}

void Connection::allowTime() {
  const auto earned = static_cast<std::uint32_t>(moved_ / kManyBytes) * kSeconds;
  // One more: the second that has begun does not count.
  limit_ = std::min(loop_.second(), began_ + earned) + kSeconds + 1;
}

}  // namespace scorelet::native
