// How a service is to behave. The defaults are safe: no tokens, so loopback and scoring only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/model.hpp>

#include "service/access.hpp"
#include "service/minisign.hpp"

namespace scorelet::service {

struct Settings {
  // what one request may cost
  std::size_t bodyBytes = std::size_t{4} << 20;    ///< of a request that scores or asks
  std::size_t modelBytes = std::size_t{64} << 20;  ///< of a document that is deployed
  std::size_t rows = 10'000;
  std::size_t values = 1'000'000;                     ///< in one JSON body
  std::uint64_t milliseconds = 10'000;                ///< a request may ask for less, by x-deadline-ms
  std::uint64_t evaluations = 200'000;                ///< of the model, for one question
  std::size_t models = 1'000;                         ///< but for members of groups
  std::size_t memberBytes = std::size_t{1024} << 20;  ///< room for members of groups that were asked for
  Limits limits{.documentBytes = std::size_t{64} << 20, .elements = 5'000'000, .matrixRows = 1'000};

  // who may ask
  std::vector<Token> tokens;
  std::vector<PublicKey> keys;       ///< if there are any, only bundles signed by one of them are served
  std::vector<std::string> origins;  ///< of pages that may read answers (CORS); "*": all
  double requestsPerSecond = 0;      ///< of one token; 0: no limit
  double burst = 0;                  ///< requests at once; 0: as many as in one second

  // what is answered
  bool explains = true;                       ///< models are kept such that they can be explained
  bool deploys = true;                        ///< requests may deploy and undeploy
  std::string defaultModel;                   ///< of /invocations; empty: the only one
  std::uint64_t verifyMilliseconds = 60'000;  ///< how long readiness trusts a verification
};

/// Reads settings from a JSON object; its members are called as the above, but for "limits". "tokens" and
/// "keys": the text of a token file, and of minisign's public keys.
[[nodiscard]] Answer<Settings> readSettings(std::string_view json);

/// Reads the text of a token file: one token a line, "name scope,scope sha256"; "#" begins a comment.
[[nodiscard]] Answer<std::vector<Token>> readTokens(std::string_view text);

}  // namespace scorelet::service
