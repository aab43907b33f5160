// A field as Model.description gives it, with everything a case does not care about filled in.
export const field = (more = {}) => ({
  name: "age",
  dataType: "double",
  opType: "continuous",
  usageType: "active",
  isCyclic: false,
  isList: false,
  isUsed: true,
  values: [],
  intervals: [],
  missingValueTreatment: "none",
  invalidValueTreatment: "returnInvalid",
  outliers: "asIs",
  ...more,
});
export const between = (left, right) => ({ left, right, leftClosed: true, rightClosed: true });
export const listed = (...values) => values.map((value) => ({ value, property: "valid" }));
export const categorical = (values, more = {}) =>
  field({ name: "job", dataType: "string", opType: "categorical", values: listed(...values), ...more });
