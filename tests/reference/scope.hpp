// Names and their values while one record is scored (spec: Field Scope).
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "value.hpp"
#include "xml.hpp"

namespace scorelet::reference {

using Record = std::map<std::string, Value>;
using Order = std::vector<Value>;

/// A field's value with what comparisons need to know about the field.
struct Field {
  Value value;
  bool isOrdinal = false;
  std::shared_ptr<const Order> order;  ///< valid values in the order of the document; may be null
};

/// One document while its records are scored one after the other.
struct Session {
  pugi::xml_document document;
  Node root;                               ///< PMML
  std::map<std::string, Node> dataFields;  ///< DataDictionary
  std::set<std::string> listFields;        ///< those that Aggregate names: a single value is a list of one
  const Record* row = nullptr;             ///< the record being scored

  /// Lag's memory: per element and model, the values of the field in each block of records.
  std::map<std::pair<std::size_t, std::size_t>, std::map<std::string, std::deque<Value>>> lags;
  std::map<std::size_t, std::shared_ptr<const Order>> orders;  ///< by field element

  /// Listed valid values of a DataField, DerivedField or OutputField; null if there are none.
  std::shared_ptr<const Order> orderOf(Node field, DataType type);
};

/// The fields that one model sees.
class Scope {
 public:
  Scope(Session& session, Scope* outer, Node model);

  /// The field of that name, or null if nothing of that name can be seen.
  const Field* find(const std::string& name);
  /// Makes a result or an output of an earlier segment visible from here on.
  void bind(const std::string& name, Field field) { known_.insert_or_assign(name, std::move(field)); }
  /// The actual value of a target field in the record, without treatment.
  Value actual(const std::string& name);
  /// What every Lag of this model is to remember of the record, and where.
  [[nodiscard]] std::vector<std::pair<std::deque<Value>*, Value>> lagged();

  [[nodiscard]] Session& session() const { return session_; }
  [[nodiscard]] Node model() const { return model_; }
  [[nodiscard]] const std::vector<std::pair<std::string, Value>>& derived() const { return derived_; }

  /// x-mathContext="float" of this model or of one around it.
  bool isFloat = false;

 private:
  std::optional<Field> prepared(const std::string& name, Node miningField);
  const Field* evaluateDerived(const std::string& name, Node derivedField);

  Session& session_;
  Scope* outer_;
  Node model_;
  std::map<std::string, Node> mining_, locals_, globals_;
  std::map<std::string, Field> known_;
  std::set<std::string> open_;  ///< derived fields being evaluated
  std::vector<std::pair<std::string, Value>> derived_;
};

/// Treatments of one value (spec: Data Dictionary, Mining Schema). `raw` is the input's text where it was text.
/// `miningField` may be null. In an inner model a value is checked only where the document says so.
[[nodiscard]] Value treat(Value value, const std::string* raw, Node field, Node miningField, bool isInner);

[[nodiscard]] DataType dataTypeOf(Node field, DataType otherwise);

}  // namespace scorelet::reference
