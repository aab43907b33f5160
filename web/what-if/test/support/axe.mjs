// The rules of WCAG 2.2 AA and of good practice, asked of a page by axe.
import fs from "node:fs";
import { createRequire } from "node:module";
import { still } from "./until.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Three looks of one page: styles alone tell them apart, so that it need not be opened anew for each. */
export const looks = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  "forced colours": { colorScheme: "light", forcedColors: "active" },
};

/** What breaks a rule in the page as it is: the rule, and each element with the reason. */
export async function violations(page, tags = [...wcag, "best-practice"]) {
  await still(page);
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  return page.evaluate(async (runOnly) => {
    const { violations } = await globalThis.axe.run({ runOnly, resultTypes: ["violations"] });
    return violations.map((v) => [v.id, v.nodes.map((n) => `${n.html.slice(0, 160)} ${n.failureSummary}`)]);
  }, tags);
}
