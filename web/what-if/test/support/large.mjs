// A document of many megabytes: many trees, whose answers add up.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const fields = ["x0", "x1", "x2", "x3"];

/** `depth` levels of splits at halves; the leaves count from 0. */
function node(level, low, high, leaf, test = "<True/>") {
  const score = level === 0 ? ` score="${leaf}"` : "";
  if (level === 0) return `<Node${score}>${test}</Node>\n`;
  const field = fields[level % fields.length];
  const middle = (low + high) / 2;
  const split = (operator) => `<SimplePredicate field="${field}" operator="${operator}" value="${middle}"/>`;
  return (
    `<Node>${test}\n${node(level - 1, low, middle, leaf * 2, split("lessOrEqual"))}` +
    `${node(level - 1, middle, high, leaf * 2 + 1, split("greaterThan"))}</Node>\n`
  );
}

/** Writes it into a file of its own and gives the path. */
export function largeModel(bytes) {
  const schema = (usage) =>
    `<MiningSchema>${fields.map((f) => `<MiningField name="${f}"/>`).join("")}${usage}</MiningSchema>`;
  const tree = `<TreeModel functionName="regression" splitCharacteristic="binarySplit">${schema("")}${node(8, 0, 1, 0)}</TreeModel>`;
  const segments = Array.from(
    { length: Math.ceil(bytes / tree.length) },
    (_, i) => `<Segment id="${i}"><True/>${tree}</Segment>\n`,
  );
  const dictionary = [...fields, "y"]
    .map((f) => `<DataField name="${f}" optype="continuous" dataType="double"/>`)
    .join("");
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "scorelet-page-")), "large.pmml");
  fs.writeFileSync(
    file,
    `<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>${dictionary}</DataDictionary>
<MiningModel modelName="Large" functionName="regression">${schema('<MiningField name="y" usageType="target"/>')}
<Segmentation multipleModelMethod="sum">${segments.join("")}</Segmentation></MiningModel></PMML>`,
  );
  return { file, trees: segments.length, remove: () => fs.rmSync(path.dirname(file), { recursive: true }) };
}
