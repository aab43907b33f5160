#include "monitor/database.hpp"

#include <sqlite3.h>

#include <cstdlib>

namespace scorelet::monitor {
namespace {

constexpr int kPatience = 10'000;  // milliseconds, for another process that writes

const char* dataOf(std::string_view bytes) { return bytes.data() == nullptr ? "" : bytes.data(); }

}  // namespace

Statement::~Statement() { sqlite3_finalize(statement_); }

bool Statement::next() {
  if (sqlite3_step(statement_) == SQLITE_ROW) return true;
  sqlite3_reset(statement_);
  return false;
}

bool Statement::run() {
  int status = SQLITE_ROW;
  while (status == SQLITE_ROW) status = sqlite3_step(statement_);
  sqlite3_reset(statement_);
  return status == SQLITE_DONE;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::number(int column) const { return sqlite3_column_double(statement_, column); }
bool Statement::isNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::string_view Statement::text(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Statement::bind(int place, std::int64_t x) { sqlite3_bind_int64(statement_, place, x); }
void Statement::bind(int place, double x) { sqlite3_bind_double(statement_, place, x); }
void Statement::bind(int place, std::string_view text) {
  sqlite3_bind_text64(statement_, place, dataOf(text), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void Statement::bind(int place, Blob blob) {
  sqlite3_bind_blob64(statement_, place, dataOf(blob.bytes), blob.bytes.size(), SQLITE_TRANSIENT);
}
void Statement::bind(int place, Null) { sqlite3_bind_null(statement_, place); }
void Statement::reset() { sqlite3_reset(statement_); }

std::expected<Database, std::string> Database::open(const std::string& path) {
  sqlite3* opened = nullptr;
  const int status =
      sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(opened);
  if (status != SQLITE_OK) return std::unexpected(database.failure());
  sqlite3_busy_timeout(opened, kPatience);
  if (!database.script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"))
    return std::unexpected(database.failure());
  return database;
}

Database::~Database() {
  statements_.clear();
  sqlite3_close(database_);
}

Database::Database(Database&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)), statements_(std::move(other.statements_)) {}

Statement& Database::prepared(const char* sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) {
    found->second.reset();
    return found->second;
  }
  sqlite3_stmt* statement = nullptr;
  // A text that does not compile is a mistake of this program; the null statement then gives no row and fails to run.
  sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  return statements_.try_emplace(sql, statement).first->second;
}

bool Database::script(const char* sql) { return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }
std::int64_t Database::changes() const { return sqlite3_changes64(database_); }
std::int64_t Database::lastId() const { return sqlite3_last_insert_rowid(database_); }
std::string Database::failure() const {
  return database_ == nullptr ? "there is no memory for it" : sqlite3_errmsg(database_);
}

}  // namespace scorelet::monitor
