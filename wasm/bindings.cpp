// The Embind module behind the npm package: nouns and metadata here, data through blocks (session.hpp).
#include <emscripten/bind.h>

#include <memory>
#include <string>
#include <utility>

#include <scorelet/scorelet.hpp>

#include "session.hpp"

namespace scorelet::wasm {
namespace {

/// Loads the document whose `size` bytes lie in `document`. On success a session, else null, and the diagnostics
/// are the one answer of `findings`.
std::unique_ptr<Session> load(Block& document, std::size_t size, const std::string& modelName, std::uint32_t horizon,
                              bool explains, bool hasFurtherTypes, const Limits& limits, Outbox& findings) {
  LoadOptions options;
  options.limits = limits;
  options.modelName = modelName;
  options.horizon = horizon;
  options.explains = explains;
  options.hasFurtherTypes = hasFurtherTypes;
  auto model = Model::load(std::span(document.at<const std::byte>(0), size), options);
  if (model) return std::make_unique<Session>(*std::move(model));
  findings.diagnostics(findings.begin(1), model.error());
  return nullptr;
}

std::uintptr_t reserve(Block& block, std::size_t bytes) {
  block.reserve(bytes);
  return block.address();
}

Limits defaultLimits() { return {}; }

std::uintptr_t addressOf(const Session& session) { return reinterpret_cast<std::uintptr_t>(&session); }

}  // namespace

/// `session->scoreNumbers()` beside Embind, whose calls take longer than a small model; `addressOf` gives the session.
extern "C" EMSCRIPTEN_KEEPALIVE bool score_numbers(Session* session) { return session->scoreNumbers(); }

EMSCRIPTEN_BINDINGS(scorelet) {
  using namespace emscripten;

  value_object<Limits>("Limits")
      .field("documentBytes", &Limits::documentBytes)
      .field("depth", &Limits::depth)
      .field("elements", &Limits::elements)
      .field("expressionDepth", &Limits::expressionDepth)
      .field("expressionNodes", &Limits::expressionNodes)
      .field("segmentDepth", &Limits::segmentDepth)
      .field("regexSteps", &Limits::regexSteps)
      .field("textBytes", &Limits::textBytes)
      .field("listItems", &Limits::listItems)
      .field("forecastSteps", &Limits::forecastSteps)
      .field("matrixRows", &Limits::matrixRows)
      .field("inferenceCells", &Limits::inferenceCells)
      .field("reportedDiagnostics", &Limits::reportedDiagnostics);

  class_<Block>("Block").constructor().function("reserve", &reserve);
  class_<Outbox>("Outbox").constructor().property("address", &Outbox::address);
  class_<Session>("Session")
      .property("address", &addressOf)
      .function("describe", &Session::describe)
      .function("reserve", &Session::reserve)
      .function("score", &Session::score)
      .function("numbers", &Session::numbers)
      .function("numberOf", &Session::numberOf)
      .function("lanes", &Session::lanes)
      .function("codes", &Session::codes)
      .function("diagnostics", &Session::diagnostics)
      .function("record", &Session::record)
      .function("details", &Session::details)
      .function("verify", &Session::verify)
      .function("ndjson", &Session::ndjson)
      .function("csv", &Session::csv)
      .property("isStateful", &Session::isStateful)
      .function("reset", &Session::reset)
      .function("saveState", &Session::saveState)
      .function("restoreState", &Session::restoreState);

  function("defaultLimits", &defaultLimits);
  function("load", &load);
}

}  // namespace scorelet::wasm
