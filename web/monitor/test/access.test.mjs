// For everybody: rules of WCAG 2.2 AA in light, dark and forced colours, from 320 to 1440 pixels, without a mouse, mirrored.
import assert from "node:assert/strict";
import test from "node:test";
import { looks, violations } from "../../what-if/test/support/axe.mjs";
import { examples, large, nothing } from "./support/answers.mjs";
import { withMonitor } from "./support/page.mjs";

const places = {
  today: { answers: large, ready: ".charts .dr" },
  nothing: { answers: nothing },
  groups: { answers: large, place: "view=groups" },
  group: { answers: examples, place: "view=groups&find=spain/madrid-12", ready: ".rule select" },
  models: { answers: large, place: "view=models" },
  field: { answers: examples, place: "view=model&model=loan&days=90&field=income", ready: ".chosen .plot" },
  alerts: { answers: examples, place: "view=alerts" },
  report: { answers: examples, place: "view=report" },
};

for (const [name, { answers, place = "", ready = "#headline" }] of Object.entries(places))
  test(name, (t) =>
    withMonitor({ answers: answers(), place, ready, query: "?refresh=60" }, async (page) => {
      for (const [look, media] of Object.entries(looks))
        await t.test(look, async () => {
          await page.emulateMedia(media);
          for (const width of [1440, 768, 320]) {
            await page.setViewportSize({ width, height: 800 });
            const seen = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(seen <= width, `${width}: ${seen}`);
            // The rules that widths matter to are the same in every look.
            if (width === 1440 || (width === 320 && look === "light"))
              assert.deepEqual(await violations(page), [], String(width));
          }
        });
    }));

/** Elements with a text of their own that is cut off, those aside that may be. */
const clipped = () =>
  [...document.querySelectorAll("main *, header *, footer *")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .filter((e) => !e.closest(".vh, [hidden], .llist, svg, details:not([open])") && e.offsetParent)
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && !["visible", "auto"].includes(getComputedStyle(e).overflowX))
    .map((e) => `${e.className} ${e.textContent.slice(0, 60)}`);

for (const width of [320, 1440])
  test(`German, whose words are longer, fits: ${width}`, async (t) => {
    for (const [name, { answers, place = "", ready = "#headline" }] of Object.entries(places))
      await withMonitor(
        { answers: answers(), place, ready, locale: "de-DE", viewport: { width, height: 800 }, query: "?refresh=60" },
        async (page) => {
          for (const dir of ["ltr", "rtl"])
            await t.test(`${name}, ${dir}`, async () => {
              await page.evaluate((d) => (document.documentElement.dir = d), dir);
              const seen = await page.evaluate(() => document.documentElement.scrollWidth);
              assert.ok(seen <= width, `${seen}`);
              assert.deepEqual(await page.evaluate(clipped), []);
            });
        },
      );
  });

const focused = (page) => page.evaluate(() => document.activeElement.textContent);

test("by keys: the skip link, the views, a list of thousands", () =>
  withMonitor({ answers: large() }, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to what must be decided");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "headline");
    await page.getByRole("link", { name: "Models", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("grid").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "headline", "a view begins at its heading");
    for (let left = 20; left && !(await page.evaluate(() => document.activeElement.closest("[role=grid]"))); left--)
      await page.keyboard.press("Tab");
    assert.equal(await focused(page), "loan");
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
    const row = () =>
      page.evaluate(() => Number(document.activeElement.closest("[role=row]")?.getAttribute("aria-rowindex")));
    const isSeen = () =>
      page.evaluate(() => {
        const box = document.activeElement.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight;
      });
    await page.keyboard.press("ArrowDown");
    assert.equal(await row(), 3);
    for (let i = 0; i < 4; i++) await page.keyboard.press("PageDown");
    const far = await row();
    assert.ok(far > 40, String(far));
    assert.ok(await isSeen());
    await page.keyboard.press("End");
    assert.equal(await row(), 4994);
    assert.ok(await isSeen());
    await page.keyboard.press("ArrowUp");
    assert.equal(await row(), 4993);
    await page.keyboard.press("Home");
    assert.equal(await row(), 2);
    assert.ok(await isSeen());
    await page.keyboard.press("Tab");
    assert.equal(
      await page.evaluate(() => document.activeElement.closest("[role=grid]")),
      null,
      "one stop for the whole list",
    );
  }));

test("what is seen is said: charts, states, the place of a row, news", () =>
  withMonitor({ answers: examples(), place: "view=model&model=loan&days=90" }, async (page) => {
    await page
      .getByRole("img", { name: /^Quality over time\. Ranking quality \(AUC\) has been below 0\.75/ })
      .waitFor();
    await page.getByRole("img", { name: /^income: shift against training, now 0\.48\. On 9 November/ }).waitFor();
    assert.match(await page.locator(".alert h3").first().textContent(), /^Act: /);
    await page
      .getByRole("status")
      .filter({ hasText: /^loan$/ })
      .waitFor({ state: "attached" });
  }));
