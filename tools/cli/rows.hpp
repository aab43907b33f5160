// Input rows, block by block, whatever the format.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <scorelet/scorelet.hpp>

#include "files.hpp"

namespace scorelet::cli {

enum class Format { csv, ndjson };

/// The format a file name speaks of, if it does.
std::optional<Format> formatOf(const std::string& path);

/// CSV or NDJSON by the first character that is not blank.
Format sniff(Input& input);

/// A value passed through (--id).
struct IdValue {
  bool isText = false;
  std::string value;  ///< the text itself, or JSON text of anything else ("null", "7")
};

/// One input row, in input order. Rows that could be read are in the batch.
struct Row {
  std::size_t line = 0;   ///< of the input, from 1
  std::size_t index = 0;  ///< in the batch, unless refused
  Diagnostics refused;    ///< empty, or why the row could not be read
  std::vector<IdValue> ids;
  IdValue key{false, "null"};  ///< value of `RowOptions::group`
};

struct RowOptions {
  std::vector<std::string> ids;      ///< columns passed through
  std::string group;                 ///< column by which rows are to be gathered, may be empty
  bool isGroupRequired = false;      ///< the input cannot be used without it
  std::vector<std::string> missing;  ///< texts that mean missing, besides the empty cell
  std::vector<std::string> header;   ///< CSV: column names of an input without a header line
  char separator = ',';              ///< CSV
};

inline constexpr std::size_t kBlockRows = 1024;
inline constexpr std::size_t kBlockBytes = std::size_t{32} << 20;   // a block ends early rather than grow beyond
inline constexpr std::size_t kRecordBytes = std::size_t{16} << 20;  // longer rows are refused

/// An input seen block by block. Several sources of one input are for as many threads: each block goes to one of them.
class RowSource {
 public:
  virtual ~RowSource() = default;
  /// Another source of the same input, which must not outlive it.
  virtual std::unique_ptr<RowSource> another() = 0;
  /// Takes the next block of the input; false at the end and on failure. One source at a time.
  virtual bool read() = 0;
  /// Makes rows and batch of the block, until the next `read`. Sources may do so at the same time.
  virtual void parse() {}
  /// The readable rows of the block.
  virtual const Batch& batch() = 0;
  /// False if the input cannot have a value of `RowOptions::group`.
  virtual bool hasGroup() const { return true; }
  /// Things worth saying once about the blocks so far, such as columns without use.
  virtual const Diagnostics& notes() const = 0;
  /// Empty, or why the input as a whole cannot be used; all sources of the input say the same.
  virtual const std::string& failure() const noexcept = 0;

  [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }

 protected:
  std::vector<Row> rows_;
};

/// All of them keep references to `model` and `input`.
std::unique_ptr<RowSource> csvRows(const Model& model, Input& input, RowOptions options);
std::unique_ptr<RowSource> ndjsonRows(const Model& model, Input& input, const RowOptions& options);

/// One row for each value of the group column of `rows`, in order of first appearance: list inputs hold the values of
/// all its rows, others the first that is there. `addsKey`: the value is passed through after the ids. Holds the whole
/// input in memory, at most a gigabyte.
std::unique_ptr<RowSource> groupedRows(const Model& model, std::unique_ptr<RowSource> rows, bool addsKey);

/// A file and its rows.
struct OpenedRows {
  Input input;
  std::unique_ptr<RowSource> rows;  ///< none if the file cannot be opened
  [[nodiscard]] const std::string& failure() const { return rows ? rows->failure() : input.failure(); }
};
/// Rows whose format the file's name or its first character tells.
std::unique_ptr<OpenedRows> openRows(const Model& model, const std::string& path,
                                     const std::vector<std::string>& ids = {});

/// A one-element list for `Row::refused`.
Diagnostics badRecord(std::string message);
/// A note with the given code.
Diagnostic note(Code code, std::string field, std::string message);

}  // namespace scorelet::cli
