// Why a prediction is what it is and what would change it: the questions of inquiry.hpp, with bounds on what they cost.
#include <algorithm>
#include <array>
#include <span>

#include "api/json_writer.hpp"
#include "service/protocols.hpp"

namespace scorelet::service {
namespace {

constexpr std::array<std::string_view, 3> kExplain = {"contributions", "importance", "trace"};
constexpr std::array<std::string_view, 4> kWhatIf = {"counterfactuals", "curve", "partialDependence", "tornado"};
constexpr std::array<std::string_view, 1> kGoalSeek = {"goalSeek"};
constexpr double kMostPoints = 1'000;
constexpr std::size_t kMostBackground = 1'000;

/// How often a question may have the model answer, in the worst case that its members allow.
Answer<void> checkCost(const Call& call, JsonValue question, std::string_view asked, const Model& model) {
  const auto most = static_cast<double>(call.shared.settings.evaluations);
  for (const auto& [name, limit] : {std::pair<const char*, double>{"evaluations", most}, {"points", kMostPoints}}) {
    if (const JsonValue given = question.member(name); given.node().number > limit)
      return fail(
          400,
          "\"" + std::string(name) + "\" is at most " + std::to_string(static_cast<std::uint64_t>(limit)) + " here.",
          name);
  }
  const JsonValue records = question.member("records"), background = question.member("background");
  const auto rows = static_cast<double>(records.is(JsonKind::array) ? std::max<std::size_t>(records.size(), 1) : 1);
  if (background.size() > kMostBackground)
    return fail(413, "\"background\" has at most " + std::to_string(kMostBackground) + " records.", "background");
  const bool isPerRecord = asked == "contributions" || asked == "importance";
  const auto fields = static_cast<double>(model.inputs().size());
  if (isPerRecord && rows * (fields + 1) > most)
    return fail(413, "That many records cost more than one request may; send fewer at once.", "records");
  return {};
}

/// The question as the core reads it: with an "ask", with bounds, without "background".
std::string questionText(JsonValue body, std::string_view asked, std::uint64_t evaluations, std::size_t rows) {
  JsonWriter out;
  out.open('{').name("ask").text(asked);
  for (const JsonValue member : body)
    if (member.name() != "ask" && member.name() != "background") out.name(member.name()).raw(member.raw());
  if (!body.member("evaluations"))
    out.name("evaluations").number(static_cast<double>(std::max<std::uint64_t>(evaluations / rows, 1)));
  return out.close('}').take();
}

Answer<Response> ask(Call& call, std::span<const std::string_view> questions) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  if (!call.shared.settings.explains) return fail(501, "This service does not keep what explanations need.");
  const auto tree = call.json();
  if (!tree) return std::unexpected(tree.error());
  const JsonValue body = tree->root();
  const JsonValue given = body.member("ask");
  const std::string asked(given ? given.text() : questions[0]);
  if (std::ranges::find(questions, asked) == questions.end()) {
    std::string known;
    for (const std::string_view question : questions) known += (known.empty() ? "" : ", ") + std::string(question);
    return fail(400, "What can be asked here: " + known + ".", "ask");
  }
  if (auto ok = checkCost(call, body, asked, (*deployment)->model()); !ok) return std::unexpected(ok.error());
  const JsonValue records = body.member("records");
  const std::size_t rows = records.is(JsonKind::array) ? std::max<std::size_t>(records.size(), 1) : 1;
  const std::string question = questionText(body, asked, call.shared.settings.evaluations, rows);

  const auto answer = [&](Inquiry& inquiry) -> Answer<Response> {
    bool isInTime = true;
    const auto goOn = [&](double) { return isInTime = call.shared.host.now() < call.deadline; };
    auto said = inquiry.ask(question, goOn);
    if (!isInTime) return fail(504, "The time of the request is up before the search ended.");
    if (!said) return std::unexpected(failureOf(said.error()));
    return jsonResponse(std::move(*said));
  };
  if (const JsonValue background = body.member("background")) {
    const auto inquiry = (*deployment)->inquiryAgainst(background.raw());
    if (!inquiry) return std::unexpected(inquiry.error());
    return answer(**inquiry);
  }
  const auto inquiry = (*deployment)->inquiry();
  if (!inquiry) return std::unexpected(inquiry.error());
  return answer(**inquiry);
}

}  // namespace

Answer<Response> explain(Call& call) { return ask(call, kExplain); }
Answer<Response> whatIf(Call& call) { return ask(call, kWhatIf); }
Answer<Response> goalSeek(Call& call) { return ask(call, kGoalSeek); }

}  // namespace scorelet::service
