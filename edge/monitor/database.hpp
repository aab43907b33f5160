// SQLite, as far as the monitor uses it. One connection belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace scorelet::monitor {

/// Bytes as a value of a statement; a text is a std::string_view.
struct Blob {
  std::string_view bytes;
};
struct Null {};

class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) noexcept : statement_(statement) {}
  ~Statement();
  Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&&) = delete;

  /// The next row, if there is one. Views of it hold until then.
  bool next();
  /// To the end; false if it failed.
  bool run();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double number(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  ///< or bytes; empty if there is nothing
  [[nodiscard]] bool isNull(int column) const;

  void bind(int place, std::int64_t x);
  void bind(int place, double x);
  void bind(int place, std::string_view text);
  void bind(int place, Blob blob);
  void bind(int place, Null);
  void reset();

 private:
  sqlite3_stmt* statement_;
};

class Database {
 public:
  /// Makes the file if it is not there. With a write-ahead log, so that readers do not wait; what a transaction has
  /// written is on the disk when `commit` returns.
  [[nodiscard]] static std::expected<Database, std::string> open(const std::string& path);
  ~Database();
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;

  /// The statement of that text, which is compiled once and must be a literal, with its values.
  template <class... Values>
  Statement& query(const char* sql, const Values&... values) {
    Statement& statement = prepared(sql);
    int place = 0;
    (statement.bind(++place, values), ...);
    return statement;
  }
  template <class... Values>
  bool run(const char* sql, const Values&... values) {
    return query(sql, values...).run();
  }
  /// Any number of statements.
  bool script(const char* sql);
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] std::int64_t lastId() const;
  [[nodiscard]] std::string failure() const;

 private:
  explicit Database(sqlite3* database) noexcept : database_(database) {}
  Statement& prepared(const char* sql);

  sqlite3* database_;
  std::map<const char*, Statement> statements_;
};

/// What is written while it is there is there as a whole, or not at all.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database), isOpen_(database.run("BEGIN IMMEDIATE")) {}
  ~Transaction() {
    if (isOpen_) database_.run("ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  [[nodiscard]] bool commit() {
    if (!isOpen_ || !database_.run("COMMIT")) return false;
    isOpen_ = false;
    return true;
  }

 private:
  Database& database_;
  bool isOpen_;
};

}  // namespace scorelet::monitor
