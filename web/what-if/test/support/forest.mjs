// 100 trees of depth 6 over 20 fields, whose answers add up: the size that explanations are measured with.
function random(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
}

const names = Array.from({ length: 20 }, (_, i) => `x${i}`);

export function forest({ trees = 100, depth = 6, seed = 1 } = {}) {
  const next = random(seed);
  const node = (level, test) => {
    if (level === 0) return `<Node score="${(next() - 0.5).toFixed(6)}">${test}</Node>`;
    const [field, value] = [names[Math.floor(next() * names.length)], (0.1 + 0.8 * next()).toFixed(4)];
    const split = (operator) => `<SimplePredicate field="${field}" operator="${operator}" value="${value}"/>`;
    return `<Node>${test}${node(level - 1, split("lessThan"))}${node(level - 1, split("greaterOrEqual"))}</Node>\n`;
  };
  const schema = (more = "") => `<MiningSchema>${names.map((n) => `<MiningField name="${n}"/>`).join("")}${more}</MiningSchema>`;
  const segments = Array.from(
    { length: trees },
    (_, i) =>
      `<Segment id="${i}"><True/><TreeModel functionName="regression" splitCharacteristic="binarySplit">${schema()}${node(depth, "<True/>")}</TreeModel></Segment>`,
  );
  const range = '<Interval closure="closedClosed" leftMargin="0" rightMargin="1"/>';
  const dictionary = names.map((n) => `<DataField name="${n}" optype="continuous" dataType="double">${range}</DataField>`).join("");
  return `<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>${dictionary}<DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
<MiningModel modelName="Forest" functionName="regression">${schema('<MiningField name="y" usageType="target"/>')}
<Segmentation multipleModelMethod="sum">${segments.join("\n")}</Segmentation></MiningModel></PMML>`;
}
