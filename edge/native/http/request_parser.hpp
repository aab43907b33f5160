// Requests as they arrive, read by Boost.Beast into the form that the service takes.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>

#include "service/http.hpp"

namespace scorelet::native {

class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  static constexpr std::uint32_t kHeadBytes = 16 << 10;

  explicit RequestParser(std::size_t bodyBytes);

  service::Request request;  ///< whole once `is_done()`
  bool isHttp10 = false;
  bool awaitsContinue = false;  ///< the client sends the body when it is told to

 private:
  using Error = boost::beast::error_code;
  using Text = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error&) override;
  void on_field_impl(boost::beast::http::field field, Text name, Text value, Error& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) override;
  std::size_t on_body_impl(Text part, Error&) override;
  std::size_t on_chunk_body_impl(std::uint64_t, Text part, Error&) override;
  void on_response_impl(int, Text, int, Error&) override {}
  void on_header_impl(Error&) override {}
  void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
  void on_finish_impl(Error&) override {}

  std::size_t headBytes_ = 0;
};

}  // namespace scorelet::native
