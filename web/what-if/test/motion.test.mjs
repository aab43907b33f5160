// Motion stops where the reader asks for that, and every pair of colours can be told apart.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { repository, withPage } from "./support/page.mjs";
import { explained, openGallery } from "./support/why.mjs";

const moving = () =>
  [...document.querySelectorAll("*")].flatMap((e) => {
    const { transitionProperty, transitionDuration, animationName } = getComputedStyle(e);
    const long = transitionDuration.split(",").some((d) => Number.parseFloat(d) > 0);
    return (long && transitionProperty !== "none") || animationName !== "none" ? [`${e.tagName}.${e.className} ${transitionProperty} ${transitionDuration}`] : [];
  });

for (const [reducedMotion, moves] of [["reduce", false], ["no-preference", true]])
  test(`bars and dots move: ${reducedMotion}, ${moves}`, () =>
    withPage({ reducedMotion }, async (page) => {
      await openGallery(page, "arrears");
      await explained(page);
      const found = await page.evaluate(moving);
      assert.equal(found.length > 0, moves, found.slice(0, 5).join("\n"));
    }));

/** Of a pair of colours, as WCAG 2.2 counts it. */
function contrast(a, b) {
  const [light, dark] = [a, b]
    .map((hex) => {
      const [r, g, bl] = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
    })
    .sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const css = fs.readFileSync(path.join(repository, "web/what-if/src/styles/tokens.css"), "utf8");
const tokensIn = (text) => Object.fromEntries([...text.matchAll(/--sl-([\w-]+):\s*(#[0-9a-f]{3,6})\b/gi)].map(([, name, hex]) => [name, hex.length === 4 ? `#${[...hex.slice(1)].map((c) => c + c).join("")}` : hex]));
const [light, darker] = css.split(/@media \(prefers-color-scheme: dark\)/).map((part) => part.split("@media")[0]);

for (const [theme, tokens] of [["light", tokensIn(light)], ["dark", { ...tokensIn(light), ...tokensIn(darker) }]])
  test(`text has a contrast of 4.5, marks and borders of 3: ${theme}`, () => {
    const grounds = ["surface", "canvas"];
    const check = (names, least, on = grounds) => {
      for (const name of names)
        for (const ground of on) {
          assert.ok(tokens[name] && tokens[ground], `${name} on ${ground} is a colour`);
          const found = contrast(tokens[name], tokens[ground]);
          assert.ok(found >= least, `${name} on ${ground}: ${found.toFixed(2)}`);
        }
    };
    check(["ink", "ink-2", "ink-3", "link", "up", "down", "warn", "act", "ok"], 4.5);
    check(["ink", "ink-2", "ink-3"], 4.5, ["sunken"]);
    check(["control", "everyone-2", "warn-mark", "act-mark"], 3);
  });
