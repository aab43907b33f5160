// Compiled models: what they keep, and what becomes of damaged or made-up ones. That they answer like their documents,
// case by case, is in the corpus tests.
#include <bit>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "base/number.hpp"
#include "support/binding.hpp"
#include "support/compiled.hpp"
#include "support/documents.hpp"
#include "support/files.hpp"
#include "support/refusals.hpp"
#include "xml/decimal.hpp"

namespace scorelet {
namespace {

using test::compiled;
using test::compiledHeaderBytes;
using test::expectRefused;
using test::listed;
using test::withChecksum;

std::string example() { return *test::readFile(test::projectRoot() + "/tests/data/examples/loan.pmml"); }

// --- numbers -----------------------------------------------------------------------------------------------

TEST(decimal, text_and_double_come_back_exactly) {
  for (const char* text : {"0", "1", "-1", "10", "0.1", "-0.5", "1.50", "0.008952367", "9.78E-4", "1E5", "-1.25E-10",
                           "9007199254740991", "0.000000000000001", "123456.789E3"}) {
    const auto d = xml::decimalOf(text);
    ASSERT_TRUE(d.has_value()) << text;
    EXPECT_EQ(xml::print(*d), text);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(xml::value(*d)), std::bit_cast<std::uint64_t>(*parseDouble(text))) << text;
  }
}

TEST(decimal, other_texts_stay_texts) {
  for (const char* text : {"",
                           "-",
                           ".",
                           "-0",
                           "-0.0",
                           "+1",
                           "01",
                           ".5",
                           "5.",
                           "1e5",
                           "1E+5",
                           "1E05",
                           "1E",
                           "E5",
                           " 1",
                           "1 ",
                           "NaN",
                           "INF",
                           "1.2.3",
                           "0x10",
                           "90071992547409930",
                           "1E23",
                           "1E-23",
                           "1E100",
                           "abc",
                           "0.00000000000000000000001"})
    EXPECT_FALSE(xml::decimalOf(text).has_value()) << text;
}

TEST(decimal, random_numbers) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 100'000; ++i) {
    std::string text = std::to_string(random() % (1ull << (random() % 54)));
    const std::size_t places = random() % 24;
    if (places > 0) {
      if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
      text.insert(text.size() - places, 1, '.');
    }
    if (random() % 2 != 0) text.insert(0, 1, '-');
    if (random() % 3 == 0) text += "E" + std::to_string(static_cast<int>(random() % 40) - 20);
    const auto d = xml::decimalOf(text);
    if (!d) continue;
    EXPECT_EQ(xml::print(*d), text);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(xml::value(*d)), std::bit_cast<std::uint64_t>(*parseDouble(text))) << text;
  }
}

// --- what a compiled model says ------------------------------------------------------------------------------

TEST(compiled, says_where_it_comes_from) {
  Sha256 digest;
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<std::byte>(i * 7);
  const auto bytes = compileDocument(example(), digest);
  ASSERT_TRUE(bytes.has_value());
  const auto model = Model::load(std::span(*bytes));
  ASSERT_TRUE(model.has_value()) << listed(model.error());
  EXPECT_EQ(model->info().documentSha256, "00070e151c232a31383f464d545b626970777e858c939aa1a8afb6bdc4cbd2d9");
  EXPECT_TRUE(isCompiledModel({reinterpret_cast<const char*>(bytes->data()), bytes->size()}));
  EXPECT_FALSE(isCompiledModel(example()));
  EXPECT_TRUE(Model::load(example())->info().documentSha256.empty());
}

TEST(compiled, bytes_are_the_same_on_every_target_and_stay_so) {
  const auto known = test::readFile(test::projectRoot() + "/tests/data/examples/loan.scorelet");
  ASSERT_TRUE(known.has_value());
  const auto model = Model::load(*known);
  ASSERT_TRUE(model.has_value()) << listed(model.error());
  Sha256 digest;
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::byte>(std::stoi(model->info().documentSha256.substr(2 * i, 2), nullptr, 16));
  const auto bytes = compileDocument(example(), digest);
  ASSERT_TRUE(bytes.has_value());
  EXPECT_TRUE(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()) == *known);
}

TEST(compiled, is_made_only_of_documents_that_load) {
  const auto faulty = compileDocument(test::pmml("", "<TreeModel functionName=\"regression\"/>"), {});
  ASSERT_FALSE(faulty.has_value());
  EXPECT_FALSE(faulty.error().empty());
  const auto twice = compileDocument(compiled(example()), {});
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error()[0].code, Code::badArgument);
}

TEST(compiled, state_goes_from_one_form_to_the_other) {
  const std::string document = test::scoringExpression(
      "<FieldRef field=\"before\"/>", "",
      "<DerivedField name=\"before\" optype=\"continuous\" dataType=\"double\"><Lag field=\"x\"/></DerivedField>");
  const auto score = [](Scorer& scorer, double x) {
    const Cell cell = Cell::of(x);
    Batch batch{1, std::vector<Column>(scorer.model().inputs().size())};
    batch.columns[static_cast<std::size_t>(scorer.model().inputIndex("x"))] = Column::ofCells(&cell);
    scorer.score(batch);
    return scorer.text(static_cast<std::size_t>(scorer.model().resultIndex("out")), 0);
  };
  Scorer first(*Model::load(document)), second(*Model::load(compiled(document)));
  EXPECT_EQ(score(first, 2.5), "");
  ASSERT_TRUE(second.restoreState(first.saveState()).has_value());
  EXPECT_EQ(score(second, 1), "2.5");
}

// --- hostile bytes -------------------------------------------------------------------------------------------

TEST(compiled, damage_is_noticed) {
  const std::string good = compiled(example());
  for (std::size_t at = compiledHeaderBytes(); at < good.size(); at += 7) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    expectRefused(bad, Code::notPmml);
  }
  for (std::size_t length = 8; length < good.size(); length += 5)
    EXPECT_FALSE(Model::load(std::string_view(good).substr(0, length)).has_value()) << length;
  std::string other = good;
  other[8] = 99;
  expectRefused(other, Code::unsupportedVersion);
}

TEST(compiled, what_the_checksum_does_not_see_is_checked) {
  const std::string good = compiled(example());
  std::size_t refused = 0;
  for (std::size_t at = compiledHeaderBytes(); at < good.size(); ++at)
    for (const unsigned char with : {0x00, 0x01, 0x7F, 0xFF}) {
      std::string bad = good;
      if (static_cast<unsigned char>(bad[at]) == with) continue;
      bad[at] = static_cast<char>(with);
      const auto model = Model::load(withChecksum(std::move(bad)));
      refused += !model.has_value();
      if (!model) EXPECT_FALSE(model.error().empty());
    }
  EXPECT_GT(refused, good.size());
}

TEST(compiled, limits_hold) {
  const std::string good = compiled(example());
  LoadOptions options;
  options.limits.documentBytes = good.size() - 1;
  expectRefused(good, Code::tooLarge, options);
  options = {};
  options.limits.elements = 10;
  expectRefused(good, Code::tooManyElements, options);
  options = {};
  options.limits.depth = 3;
  expectRefused(good, Code::tooDeep, options);
}

// --- elements that look alike are looked at once, and complained of each -------------------------------------------

TEST(xml, each_of_several_elements_that_look_alike_is_reported) {
  const auto node = [](std::string_view attributes, std::string_view operatorOf) {
    return "\n<Node " + std::string(attributes) + "><SimplePredicate field=\"x\" operator=\"" +
           std::string(operatorOf) + "\" value=\"0\"/></Node>";
  };
  const std::string first = "score=\"1\" colour=\"red\"", other = "colour=\"red\" score=\"1\"", plain = "score=\"1\"";
  const std::string document = test::pmml(
      "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>",
      "<TreeModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/></MiningSchema>\n<Node><True/>" +
          node(plain, "lessThan") + node(first, "lessThan") + node(other, "equal") + node(first, "equal") +
          node(plain, "greaterThan") + node(first, "greaterThan") + "</Node></TreeModel>");
  std::vector<std::uint32_t> lines[2];
  for (int form = 0; form < 2; ++form) {
    const auto model = Model::load(form == 0 ? document : compiled(document));
    ASSERT_TRUE(model) << listed(model.error());
    for (const Diagnostic& d : model->notes())
      if (d.code == Code::unknownAttribute) lines[form].push_back(d.line);
  }
  ASSERT_EQ(lines[0].size(), 4u);
  const std::uint32_t at = lines[0][0];
  EXPECT_EQ(lines[0], (std::vector<std::uint32_t>{at, at + 1, at + 2, at + 4}));
  EXPECT_EQ(lines[1], lines[0]);
}

// --- encodings: the tables hold views of the text, recoded or not ------------------------------------------------

TEST(xml, documents_in_other_encodings) {
  const std::string body = test::scoringExpression("<Constant>caf\xC3\xA9</Constant>");
  const std::string text = body.substr(body.starts_with("<?xml") ? body.find("?>") + 2 : 0);
  std::string utf16 = "\xFF\xFE", latin1 = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const unsigned code = c < 0x80 ? c : ((c & 0x1Fu) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3Fu);
    utf16 += static_cast<char>(code & 0xFF);
    utf16 += static_cast<char>(code >> 8);
    latin1 += static_cast<char>(code);
  }
  for (const std::string& document : {utf16, latin1}) {
    const auto model = Model::load(document);
    ASSERT_TRUE(model.has_value()) << listed(model.error());
    for (const Model& one : {*model, *Model::load(compiled(document))}) {
      Scorer scorer(one);
      scorer.score({1, std::vector<Column>(one.inputs().size())});
      EXPECT_EQ(scorer.text(static_cast<std::size_t>(one.resultIndex("out")), 0), "caf\xC3\xA9");
    }
  }
}

}  // namespace
}  // namespace scorelet
