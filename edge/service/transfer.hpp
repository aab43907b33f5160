// How an answer travels: not again to who has it, and made smaller.
#pragma once

#include "service/http.hpp"

namespace scorelet::service {

/// Gives an answer to GET a tag, if it has none yet; who has the same already gets no body.
void addEntityTag(const Request& request, Response& response);

/// Makes a long answer smaller for who takes that. Its tag is then a weak one: other bytes, the same meaning.
void compress(const Request& request, Response& response);

}  // namespace scorelet::service
