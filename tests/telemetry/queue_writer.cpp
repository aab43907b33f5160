// event_queue_writer add FOLDER: adds records "0", "1", … with bytes behind them, says on standard output how many are
// committed, and takes what is oldest now and then, until it is killed. event_queue_writer drain FOLDER: prints and
// acknowledges what is there.
#include <queue/event_queue.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using scorelet::edge::EventQueue;

int add(EventQueue& queue, long first) {
  for (long i = first;; ++i) {
    queue.add(std::to_string(i) + " " + std::string(static_cast<std::size_t>(i * 7919 % 3000), 'x'));
    if (i % 10 != 9) continue;
    if (!queue.commit()) return 1;
    std::printf("committed %ld\n", i + 1);
    if (i % 50 == 49) {
      const EventQueue::Portion portion = queue.oldest(20, 100'000);
      for (const std::string& record : portion.records)
        std::printf("sent %s\n", record.substr(0, record.find(' ')).c_str());
      std::fflush(stdout);  // they have arrived before they are acknowledged
      if (!queue.acknowledge(portion.end)) return 1;
    }
    std::fflush(stdout);
  }
}

int drain(EventQueue& queue) {
  while (queue.records() > 0) {
    const EventQueue::Portion portion = queue.oldest(100, 1'000'000);
    for (const std::string& record : portion.records) {
      const std::size_t blank = record.find(' ');
      const long i = std::atol(record.c_str());
      const bool isWhole = record.size() - blank - 1 == static_cast<std::size_t>(i * 7919 % 3000);
      std::printf("%s %ld\n", isWhole ? "found" : "broken", i);
    }
    if (!queue.acknowledge(portion.end)) return 1;
  }
  std::printf("dropped %llu\n", static_cast<unsigned long long>(queue.dropped()));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  auto queue = EventQueue::open(argv[2], {.bounds = {.records = 1'000'000}, .segmentBytes = 100'000});
  if (!queue) {
    std::fprintf(stderr, "%s\n", queue.error().c_str());
    return 1;
  }
  return std::string(argv[1]) == "add" ? add(*queue, argc > 3 ? std::atol(argv[3]) : 0) : drain(*queue);
}
