// An engine that scores the rows of a case. What it takes as a row is made ready beforehand, as its users would.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "case.hpp"

namespace bench {

class Peer {
 public:
  virtual ~Peer() = default;
  Peer() = default;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // Loads the model from its file's bytes in memory, in place of the one before. Empty, or why it does not.
  virtual std::string load() = 0;
  // Single rows as the engine takes them, for a model that is loaded; no part of loading. Empty, or why it cannot.
  virtual std::string makeRecords() { return ""; }
  [[nodiscard]] virtual std::size_t documentBytes() const = 0;
  // Numbers answered per row: the last ones of those expected.
  [[nodiscard]] virtual std::size_t answers() const = 0;
  // Answers in single precision are compared with its tolerance.
  [[nodiscard]] virtual bool isFloat32() const { return true; }
  virtual void score(std::size_t first, std::size_t count, double* answers) = 0;

  [[nodiscard]] virtual bool readsJson() const { return false; }
  virtual void scoreJson(std::string_view /*record*/, double* /*answers*/) {}

  // Contributions of each row's fields to the margin of the last answer (log-odds), and behind them their base. False
  // if the engine has none.
  virtual bool explain(std::size_t /*first*/, std::size_t /*count*/, double* /*contributions*/) { return false; }
};

// `library`: the folder in which the setup part put the engines. Null if the case has no model of that kind, and with a
// reason if the engine is not there.
using MakePeer = std::unique_ptr<Peer> (*)(const Case& case_, const std::string& library, std::string& reason);
struct PeerKind {
  std::string_view name;
  MakePeer make;
};
std::unique_ptr<Peer> makeScorelet(const Case& case_, const std::string& library, std::string& reason);
std::unique_ptr<Peer> makeCompiled(const Case& case_, const std::string& library, std::string& reason);
std::unique_ptr<Peer> makeLoop(const Case& case_, const std::string& library, std::string& reason);
std::unique_ptr<Peer> makeXgboost(const Case& case_, const std::string& library, std::string& reason);
std::unique_ptr<Peer> makeLightgbm(const Case& case_, const std::string& library, std::string& reason);
std::unique_ptr<Peer> makeOnnxruntime(const Case& case_, const std::string& library, std::string& reason);
std::unique_ptr<Peer> makePmmlruntime(const Case& case_, const std::string& library, std::string& reason);
std::unique_ptr<Peer> makeTl2cgen(const Case& case_, const std::string& library, std::string& reason);

}  // namespace bench
