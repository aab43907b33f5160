// The queue in files: what a crash, a full disk, a damaged file leave.
#include <queue/event_queue.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace scorelet::edge {
namespace {

namespace fs = std::filesystem;

class Queue : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "scorelet-queue-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] EventQueue open(const EventQueueOptions& options = {}) const {
    auto queue = EventQueue::open(folder_ / "q", options);
    EXPECT_TRUE(queue) << (queue ? "" : queue.error());
    return std::move(*queue);
  }
  [[nodiscard]] std::vector<fs::path> segments() const {
    std::set<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder_ / "q"))
      if (entry.path().extension() == ".events") found.insert(entry.path());
    return {found.begin(), found.end()};
  }
  fs::path folder_;
};

std::string record(int i) { return "record " + std::to_string(i) + std::string(static_cast<std::size_t>(i % 37), '.'); }

/// All that is there, taken in portions of 7 and acknowledged.
std::vector<std::string> drained(EventQueue& queue) {
  std::vector<std::string> all;
  while (queue.records() > 0) {
    const EventQueue::Portion portion = queue.oldest(7, 1000);
    all.insert(all.end(), portion.records.begin(), portion.records.end());
    EXPECT_TRUE(queue.acknowledge(portion.end)) << queue.failure();
  }
  return all;
}

std::vector<std::string> records(int first, int end) {
  std::vector<std::string> all;
  for (int i = first; i < end; ++i) all.push_back(record(i));
  return all;
}

TEST_F(Queue, keepsOrderOverRestarts) {
  for (int start = 0; start < 5; ++start) {
    EventQueue queue = open({.bounds = {}, .segmentBytes = 300});
    for (int i = 0; i < 20; ++i) {
      queue.add(record(20 * start + i));
      if (i % 6 == 0) {
        EXPECT_TRUE(queue.commit());
      }
    }
  }
  EXPECT_GT(segments().size(), 10u);
  EventQueue queue = open();
  EXPECT_EQ(queue.records(), 100u);
  EXPECT_EQ(drained(queue), records(0, 100));
  EXPECT_EQ(queue.dropped(), 0u);
  queue.add(record(100));
  EXPECT_EQ(drained(queue), records(100, 101));
  EXPECT_LE(segments().size(), 2u) << "what is sent is deleted";
}

TEST_F(Queue, whatIsAcknowledgedDoesNotComeBack) {
  {
    EventQueue queue = open();
    for (int i = 0; i < 10; ++i) queue.add(record(i));
    const auto first = queue.oldest(4, 10'000);
    EXPECT_EQ(first.records, records(0, 4));
    EXPECT_EQ(queue.oldest(4, 10'000).records, records(0, 4)) << "not before it is acknowledged";
    EXPECT_TRUE(queue.acknowledge(first.end));
  }
  EventQueue queue = open();
  EXPECT_EQ(drained(queue), records(4, 10));
}

TEST_F(Queue, dropsByItsBoundsAlsoWhileARequestIsUnderWay) {
  EventQueue queue = open({.bounds = {.records = 5}});
  for (int i = 0; i < 5; ++i) queue.add(record(i));
  const auto sent = queue.oldest(3, 10'000);
  for (int i = 5; i < 7; ++i) queue.add(record(i));  // 0 and 1 are dropped
  EXPECT_TRUE(queue.acknowledge(sent.end));          // 0, 1 and 2 have arrived
  EXPECT_EQ(queue.dropped(), 2u);
  EXPECT_EQ(drained(queue), records(3, 7));
  for (int i = 0; i < 9; ++i) queue.add(record(i));  // more than there is room for before any is stored
  EXPECT_EQ(drained(queue), records(4, 9));
  EXPECT_EQ(queue.dropped(), 6u);
}

TEST_F(Queue, boundsMayShrink) {
  {
    EventQueue queue = open();
    for (int i = 0; i < 10; ++i) queue.add(record(i));
  }
  EventQueue queue = open({.bounds = {.records = 4}});
  EXPECT_EQ(queue.dropped(), 6u);
  EXPECT_EQ(drained(queue), records(6, 10));
}

TEST_F(Queue, oneProcessAtATime) {
  const EventQueue queue = open();
  const auto second = EventQueue::open(folder_ / "q");
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().find("in use"), std::string::npos) << second.error();
}

/// A crash may end the file anywhere.
TEST_F(Queue, tornAtEveryByte) {
  {
    EventQueue queue = open();
    for (int i = 0; i < 6; ++i) queue.add(record(i));
  }
  const fs::path original = segments().at(0);
  const auto whole = fs::file_size(original);
  fs::copy(folder_ / "q", folder_ / "copy");
  std::size_t last = 0;
  for (std::uintmax_t size = 0; size <= whole; ++size) {
    fs::remove_all(folder_ / "q");
    fs::copy(folder_ / "copy", folder_ / "q");
    fs::resize_file(original, size);
    EventQueue queue = open();
    const std::size_t found = queue.records();
    EXPECT_TRUE(found == last || found == last + 1) << size;
    last = found;
    queue.add(record(99));
    std::vector<std::string> expected = records(0, static_cast<int>(found));
    expected.push_back(record(99));
    EXPECT_EQ(drained(queue), expected) << size;
  }
  EXPECT_EQ(last, 6u);
}

/// A byte that is not what was written: what is behind it in the segment is lost, counted, and nothing wrong comes out.
TEST_F(Queue, damageIsNoticed) {
  for (int start = 0; start < 2; ++start) {
    EventQueue queue = open();
    for (int i = 0; i < 6; ++i) queue.add(record(6 * start + i));
  }
  const fs::path original = segments().at(0);
  const auto whole = fs::file_size(original);
  fs::copy(folder_ / "q", folder_ / "copy");
  for (std::uintmax_t at = 0; at < whole; ++at) {
    fs::remove_all(folder_ / "q");
    fs::copy(folder_ / "copy", folder_ / "q");
    {
      std::fstream file(original, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(static_cast<std::streamoff>(at));
      const int byte = file.get();
      file.seekp(static_cast<std::streamoff>(at));
      file.put(static_cast<char>(byte ^ 0x55));
    }
    EventQueue queue = open();
    const int found = static_cast<int>(queue.records()) - 6;
    ASSERT_TRUE(found >= 0 && found < 6) << at;
    EXPECT_EQ(queue.dropped(), static_cast<std::uint64_t>(6 - found)) << at;
    std::vector<std::string> expected = records(0, found);
    for (const std::string& r : records(6, 12)) expected.push_back(r);
    EXPECT_EQ(drained(queue), expected) << at;
  }
}

TEST_F(Queue, aFullDiskIsCountedAndSurvived) {
  EventQueue queue = open();
  queue.add(record(0));
  ASSERT_TRUE(queue.commit());
  fs::rename(folder_ / "q", folder_ / "away");  // nothing can be written there any more
  EventQueue other = open({.bounds = {}, .segmentBytes = 1});
  fs::remove_all(folder_ / "q");
  other.add(record(1));
  EXPECT_FALSE(other.commit());
  EXPECT_NE(other.failure().find("cannot be written"), std::string::npos);
  EXPECT_EQ(other.dropped(), 1u);
  EXPECT_EQ(other.records(), 0u);
  fs::rename(folder_ / "away", folder_ / "q");
  other.add(record(2));
  EXPECT_TRUE(other.commit()) << other.failure();
  EXPECT_EQ(other.records(), 1u);
}

TEST_F(Queue, aFolderThatCannotBeMadeIsRefused) {
  const auto queue = EventQueue::open(folder_ / "absent" / "q");
  ASSERT_FALSE(queue);
  EXPECT_NE(queue.error().find("cannot be made"), std::string::npos) << queue.error();
}

}  // namespace
}  // namespace scorelet::edge
