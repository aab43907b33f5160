// What of a model's results can be looked at for many cases, and held against what came true.
import type { Description, ResultField } from "scorelet";
import { usualFocus, type ClassChance } from "../answer.ts";
import { validValues } from "../domain.ts";
import * as format from "../format.ts";
import type { Subject } from "./protocol.ts";

export interface Subjects {
  /** The target's name for people. */
  target: string;
  all: Subject[];
  usual: Subject;
  /** The answers that the model knows. */
  classes: string[];
  /** The result that names the predicted class, of a classification. */
  label: string | null;
}

export function subjectsOf({ info, results, targets }: Description): Subjects {
  const final = results.filter((r) => r.isFinalResult);
  const predicted = final.find((r) => r.kind === "target") ?? final[0]!;
  const isNumber = info.functionName !== "classification" && info.functionName !== "clustering" && isNumeric(predicted);
  const chances = final.filter((r) => r.feature === "probability" && r.value !== undefined && isNumeric(r));
  const listed = targets[0] ? validValues(targets[0]).map((v) => v.value) : [];
  const classes = listed.length ? listed : chances.map((r) => r.value!);
  const ofChances = chances.map((r): Subject => ({ kind: "chance", result: r.name, value: r.value! }));
  const plain: Subject = { kind: isNumber ? "number" : "word", result: predicted.name, value: null };
  return {
    target: targets[0] ? format.label(targets[0]) : format.label(predicted),
    all: isNumber ? [plain, ...ofChances] : [...ofChances, plain],
    usual: isNumber ? plain : (usualOf(ofChances, classes) ?? plain),
    classes,
    label: isNumber ? null : predicted.name,
  };
}

function usualOf(chances: readonly Subject[], classes: readonly string[]): Subject | undefined {
  const all: ClassChance[] = classes.map((value) => ({ value, label: value, chance: 0 }));
  return chances.find((c) => c.value === usualFocus(all)) ?? chances[0];
}

const isNumeric = (field: ResultField): boolean => ["double", "float", "integer"].includes(field.dataType);
