// Answers as they leave, and those that the service is not asked for.
#pragma once

#include <boost/system/error_code.hpp>
#include <string>

#include "service/http.hpp"

namespace scorelet::native {

/// Status and fields, without the empty line.
std::string headOf(const service::Response& response);

void addField(std::string& head, std::string_view name, std::string_view value);

/// To a request that cannot be read.
service::Response refusal(const boost::system::error_code& error);

/// To one that there is no memory for.
service::Response refusalForNow();

}  // namespace scorelet::native
