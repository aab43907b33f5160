import assert from "node:assert/strict";
import test from "node:test";
import { Unread } from "../dist/typed.js";
import { readList } from "../dist/domain.js";
import { remarkOn } from "../dist/remarks.js";
import { between, categorical, field } from "./field.mjs";

const age = (more) => field({ intervals: [between(18, 90)], ...more });
const job = (more) => categorical(["clerk", "nurse"], more);
const stand = { missingValueReplacement: "1900", missingValueTreatment: "asMedian" };

// What a person reads for a value, and what follows: outside, replaced, blocks.
const cases = [
  ["known", age(), 40, null],
  ["a list", { ...job(), isList: true }, readList({ ...job(), isList: true }, "clerk, nurse"), null],
  [
    "a list with an unknown item",
    job({ isList: true, invalidValueTreatment: "asIs" }),
    readList(job({ isList: true }), "clerk, x"),
    "The model does not know “x”. It uses the value as it is, which usually has no effect.",
    "outside",
  ],
  [
    "above",
    age({ invalidValueTreatment: "asIs" }),
    97,
    "Age 97 is above anything the model has seen (18 to 90). The prediction is a guess beyond its experience.",
    "outside",
  ],
  [
    "below",
    age({ invalidValueTreatment: "asIs" }),
    3,
    "Age 3 is below anything the model has seen (18 to 90). The prediction is a guess beyond its experience.",
    "outside",
  ],
  [
    "between",
    field({ name: "size", intervals: [between(0, 1), between(5, 6)], invalidValueTreatment: "asIs" }),
    3,
    "Size 3 lies between the ranges the model has seen (0 to 1; 5 to 6). The prediction is a guess.",
    "outside",
  ],
  [
    "refused",
    age(),
    97,
    "“97” is not a valid value for Age, which takes 18 to 90. The model gives no prediction with it.",
    "blocks",
  ],
  [
    "invalid as missing",
    age({ invalidValueTreatment: "asMissing" }),
    97,
    "“97” is not a valid value for Age, which takes 18 to 90. The model treats it as not given.",
    "outside",
  ],
  [
    "invalid as missing, stand-in",
    age({ invalidValueTreatment: "asMissing", ...stand }),
    97,
    "“97” is not a valid value for Age, which takes 18 to 90. The model treats it as not given and uses 1,900, its stand-in for a missing value.",
    "outside replaced",
  ],
  [
    "invalid replaced",
    age({ invalidValueTreatment: "asValue", invalidValueReplacement: "0" }),
    -5,
    "“\u22125” is not a valid value for Age. The model uses 0 instead.",
    "outside replaced",
  ],
  [
    "cut",
    age({ outliers: "asExtremeValues", lowValue: 20, highValue: 60 }),
    70,
    "Age 70 is beyond what the model takes. It uses 60 instead.",
    "outside replaced",
  ],
  [
    "dropped",
    age({ outliers: "asMissingValues", lowValue: 20, highValue: 60 }),
    70,
    "Age 70 is beyond what the model takes. The model treats it as not given.",
    "outside",
  ],
  [
    "stand-in",
    field({ name: "savings", ...stand }),
    null,
    "Not given, so the model uses 1,900, its stand-in for a missing value.",
    "replaced",
  ],
  [
    "needed",
    age({ missingValueTreatment: "returnInvalid" }),
    null,
    "Age is needed. Without it this model gives no prediction.",
    "blocks",
  ],
  ["handled", age(), null, "", ""],
  ["no number", age(), new Unread("12o"), "“12o” is not a number. Did you mean 120?", "blocks"],
  [
    "no number at all",
    age(),
    new Unread("many"),
    "“many” is not a number. Enter figures, with a point or comma for decimals.",
    "blocks",
  ],
  ["known word", job(), "nurse", null],
  [
    "unknown word, as missing",
    job({ invalidValueTreatment: "asMissing" }),
    "Contractor",
    "The model does not know “Contractor”. The model treats it as not given.",
    "outside",
  ],
  [
    "unknown word, stand-in",
    job({ invalidValueTreatment: "asMissing", missingValueReplacement: "clerk" }),
    "Contractor",
    "The model does not know “Contractor”. The model treats it as not given and uses clerk, its stand-in for a missing value.",
    "outside replaced",
  ],
  [
    "unknown word, as it is",
    job({ invalidValueTreatment: "asIs" }),
    "Contractor",
    "The model does not know “Contractor”. It uses the value as it is, which usually has no effect.",
    "outside",
  ],
  [
    "unknown word, refused",
    job(),
    "Contractor",
    "“Contractor” is not a valid value for job, which takes clerk or nurse. The model gives no prediction with it.",
    "blocks",
  ],
];
for (const [name, f, value, text, flags] of cases) {
  test(`remark: ${name}`, () => {
    const remark = remarkOn({ ...f, name: f.name === "age" ? "Age" : f.name }, value);
    if (text === null) return assert.equal(remark, null);
    assert.equal([remark.message.head, remark.message.text].filter(Boolean).join(" "), text);
    assert.equal(["outside", "replaced", "blocks"].filter((k) => remark[k]).join(" "), flags);
  });
}
