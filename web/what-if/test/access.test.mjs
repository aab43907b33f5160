// Usable without a mouse, without colour, on a small screen, and read aloud.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { looks, violations } from "./support/axe.mjs";
import { table } from "./support/cases.mjs";
import { challenger } from "./support/challenger.mjs";
import { data, drop, field, figure, give, openExample, openFile, repository, withPage } from "./support/page.mjs";
import { until } from "./support/until.mjs";
import { explained, openGallery } from "./support/why.mjs";

/** A model with `n` fields that all matter, one of them with a very long name. */
const wide = (n) => {
  const names = Array.from({ length: n }, (_, i) => `measurement_number_${i}`);
  const fields = names.map(
    (name, i) =>
      `<DataField name="${name}" ${i === 1 ? 'displayName="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"' : ""} optype="continuous" dataType="double"><Interval closure="closedClosed" leftMargin="0" rightMargin="${100 + i}"/></DataField>`,
  );
  return {
    name: "a very long file name that no telephone shows on one line.pmml",
    mimeType: "application/xml",
    buffer: Buffer.from(
      `<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>${fields.join("")}<DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
    <RegressionModel functionName="regression"><MiningSchema>${names.map((x) => `<MiningField name="${x}"/>`).join("")}<MiningField name="y" usageType="target"/></MiningSchema>
    <RegressionTable intercept="0">${names.map((x) => `<NumericPredictor name="${x}" coefficient="1"/>`).join("")}</RegressionTable></RegressionModel></PMML>`,
    ),
  };
};

const scenarios = async (page) => {
  await openExample(page);
  const keep = page.getByRole("button", { name: "Keep this as a scenario" });
  await keep.click();
  await page.getByRole("textbox", { name: "Name of scenario A" }).fill("A name that is as long as it can be here");
  await page.keyboard.press("Tab");
  await give(page, "credit_utilization", "99");
  await keep.click();
  await give(page, "age", "150");
  await page.getByText(/^(The present case|B) (raises|lowers) the chance/).waitFor();
  await page.locator('.why[aria-busy="false"]').waitFor(); // what is out of date is dim
};

const compare = async (page) => {
  await scenarios(page);
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await page.getByRole("button", { name: /^Show \d+ fields with the same value/ }).click();
};

const states = {
  "empty, with the gallery": async (page) => page.getByRole("heading", { name: "Or try one of these" }).waitFor(),
  example: openExample,
  remarks: async (page) => {
    await openExample(page);
    await give(page, "savings", null);
    await give(page, "employment", "astronaut");
    await give(page, "age", "150");
    await give(page, "term_months", "x");
  },
  "sixty fields": async (page) => {
    await openFile(page, wide(60));
    await page.waitForSelector(".case");
  },
  "sure of itself": async (page) => {
    await openFile(page, data("models/a12_rf_clf_iris/model.pmml"));
    await page.waitForSelector(".case");
  },
  "no prediction": async (page) => {
    await openFile(page, data("examples/consumption.pmml"));
    await page.waitForSelector(".case");
  },
  rules: async (page) => {
    await openFile(page, data("features/association/models/features.pmml"));
    await give(page, "item", "beer, bread, milk, nappy");
  },
  forecast: async (page) => {
    await openFile(page, data("features/time_series/models/es_intervals.pmml"));
    await page.waitForSelector(".series tbody tr");
  },
  explained: async (page) => {
    await openGallery(page, "arrears");
    await page.getByRole("textbox", { name: "Limit" }).fill("10");
    await give(page, "amount", "60000");
    await page.locator(".curve select").selectOption("amount");
    for (const summary of await page.locator(".why summary").all()) await summary.click();
    await explained(page);
    await page.getByRole("button", { name: "Find it" }).click();
    await page.locator(".ways .state:not(:empty), .cf > li").first().waitFor();
  },
  "explained in words": async (page) => {
    await openGallery(page, "leak");
    await page.locator(".words tbody tr").first().waitFor();
  },
  about: async (page) => {
    await openExample(page);
    await page.getByRole("link", { name: "About this model" }).click();
    await page.waitForSelector(".about");
  },
  "many cases, before a file": async (page) => {
    await openExample(page);
    await page.getByRole("link", { name: "Many cases" }).click();
    await page.locator(".many").waitFor();
  },
  "many cases, columns to match": async (page) => {
    await openExample(page);
    await drop(page, "cases.csv", table(5).replace("savings", "savings_total_eur"));
    await page.locator(".matching").waitFor();
  },
  "many cases, judged": async (page) => {
    await openExample(page);
    await drop(page, "cases.csv", `${table(1500)}short,1\n`);
    await page.locator('.many .sections[aria-busy="false"]').waitFor({ timeout: 60_000 });
    for (const summary of await page.locator(".many summary").all()) await summary.click();
  },
  scenarios,
  compare,
  "two models": async (page) => {
    await compare(page);
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Open a second model" }).click();
    await (await chooser).setFiles(challenger);
    await page.getByText(/points (higher|lower)$|points apart$/).waitFor();
    await page.locator(".why-two[aria-busy=false]").waitFor(); // what is out of date is dim
  },
  "two models, explained": async (page) => {
    await page.goto(`${page.url().split(/[?#]/)[0]}?model=gallery/arrears.pmml&challenger=gallery/formula.pmml`);
    await page.locator(".why-two[aria-busy=false]").waitFor();
  },
  "two models on a file": async (page) => {
    await page.goto(`${page.url().split(/[?#]/)[0]}?model=gallery/arrears.pmml&challenger=gallery/formula.pmml`);
    await page.locator(".why-two[aria-busy=false]").waitFor();
    const [head, ...rows] = fs.readFileSync(path.join(repository, "web/what-if/public/gallery/formula.csv"), "utf8").trim().split("\n");
    await drop(page, "loans.csv", [`${head},default`, ...rows.map((row, i) => `${row},${i % 3 ? 0 : 1}`), ""].join("\n"));
    await page.getByRole("button", { name: /^Score it with/ }).click();
    await page.locator(".two-models .cmp").waitFor();
  },
  "ways to open a second model": async (page) => {
    await openExample(page);
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await page.getByLabel("Or one of the gallery").waitFor();
  },
  "share dialog": async (page) => {
    await scenarios(page);
    await page.getByRole("button", { name: "Share", exact: true }).click();
  },
  "link for another model": async (page) => {
    await openExample(page);
    await page.evaluate(() => (location.hash = "case=1.AAAA"));
    await page.locator(".notice .note").waitFor();
  },
  refused: async (page) => {
    await drop(page, "half.pmml", "<PMML");
    await page.locator(".refused").waitFor();
    await page.locator(".refused summary").click();
  },
};

for (const [name, reach] of Object.entries(states)) {
  test(`axe finds nothing: ${name}`, (t) =>
    withPage({}, async (page) => {
      await reach(page);
      for (const [look, media] of Object.entries(looks))
        await t.test(look, async () => {
          await page.emulateMedia(media);
          for (const width of [1440, 320]) {
            await page.setViewportSize({ width, height: 800 });
            assert.deepEqual(await violations(page), [], `${width}`);
          }
        });
    }));
  test(`no sideways scrolling: ${name}`, () =>
    withPage({ viewport: { width: 320, height: 640 }, hasTouch: true }, async (page) => {
      await reach(page);
      for (const width of [320, 768, 1179, 1180]) {
        await page.setViewportSize({ width, height: 640 });
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width}`);
      }
    }));
}

test("wider text spacing and mirrored direction do not break the narrow page", () =>
  withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
    await openExample(page);
    await page.evaluate(() => {
      document.documentElement.dir = "rtl";
      for (const element of document.querySelectorAll("*")) element.style.letterSpacing = ".12em";
    });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  }));

test("the whole way by keyboard: skip link, example, slider, box, choice, undo", () =>
  withPage({}, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.getByRole("button", { name: "Try the example" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".case");
    const start = await figure(page);
    const box = field(page, "credit_utilization").locator("input.box");
    for (let i = 0; i < 30 && !(await box.evaluate((e) => e === document.activeElement)); i++)
      await page.keyboard.press("Tab");
    assert.ok(await box.evaluate((e) => e === document.activeElement), "the box is reached with Tab");
    const before = Number(await box.inputValue());
    await page.keyboard.press("ArrowUp");
    assert.ok(Number(await box.inputValue()) > before);
    const home = () => field(page, "home").getByRole("radio", { checked: true }).evaluate((radio) => radio.value);
    const chosen = await home();
    await field(page, "home").getByRole("radio", { checked: true }).focus();
    await page.keyboard.press("ArrowLeft");
    assert.notEqual(await home(), chosen);
    await page.keyboard.press("Control+z");
    assert.equal(await home(), chosen);
    await page.keyboard.press("Control+z");
    assert.equal(await figure(page), start);
  }));

test("the prediction is announced once, after a moment of rest", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const region = page.locator("p[aria-live=polite]");
    await until(async () => await region.innerText(), "what is said of the first prediction");
    await page.evaluate(() => {
      globalThis.pressed = [];
      globalThis.said = [];
      addEventListener("keydown", () => globalThis.pressed.push(performance.now()), true);
      const now = document.querySelector("p[aria-live=polite]");
      new MutationObserver(() => globalThis.said.push(performance.now())).observe(now, { childList: true });
    });
    await field(page, "credit_utilization").getByRole("slider").focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press("PageUp");
    const start = (await figure(page)).match(/\d+/)[0];
    await until(async () => (await region.innerText()).startsWith(start), "what is said of the last prediction");
    await page.waitForTimeout(1300); // nothing more comes
    const [pressed, said] = await page.evaluate(() => [globalThis.pressed, globalThis.said]);
    assert.equal(pressed.length, 6);
    assert.ok(said.at(-1) - pressed.at(-1) > 990, `said after ${said.at(-1) - pressed.at(-1)} ms`);
    // Between two keys a busy machine may have rested itself.
    const rests = pressed.filter((at, i) => i > 0 && at - pressed[i - 1] > 900).length;
    assert.ok(said.length >= 1 && said.length <= 1 + rests, `said ${said.length} times`);
    assert.match(await region.innerText(), /^\d+\s% Chance that Default is yes|^\d+\s%\. Chance that Default is yes/);
  }));

test("with sixty fields twelve are shown; search and the changed filter find the others", () =>
  withPage({ viewport: { width: 1440, height: 700 } }, async (page) => {
    await openFile(page, wide(60));
    await page.waitForSelector(".case");
    assert.equal(await page.locator(".field:visible").count(), 12);
    await page.getByRole("searchbox").fill("number 47");
    assert.equal(await page.locator(".field:visible").count(), 1);
    await give(page, "measurement_number_47", "3");
    await page.getByRole("searchbox").fill("");
    await page.getByRole("button", { name: "Changed (1)" }).click();
    assert.equal(await page.locator(".field:visible").count(), 1);
    await page.getByRole("button", { name: "Changed (1)" }).click();
    await page.getByRole("button", { name: "Show 48 more fields" }).click();
    assert.equal(await page.locator(".field:visible").count(), 60);
    assert.equal(
      await page.evaluate(() => document.activeElement.closest("[data-field]").dataset.field),
      "measurement_number_12",
    );
    await field(page, "measurement_number_50").scrollIntoViewIfNeeded();
    const top = await page.locator(".pred").boundingBox();
    assert.ok(top.y >= 0 && top.y < 100, "the prediction stays in view");
  }));

test("the focused field is never under the prediction on a telephone", () =>
  withPage({ viewport: { width: 360, height: 640 } }, async (page) => {
    await openExample(page);
    await field(page, "home").getByRole("radio").first().focus();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("Shift+Tab");
      const [focused, pred] = await page.evaluate(() =>
        [document.activeElement, document.querySelector(".pred")].map((e) => e.getBoundingClientRect().toJSON()),
      );
      assert.ok(focused.bottom <= pred.top || focused.top >= pred.bottom - 1, `${focused.top} under ${pred.bottom}`);
    }
  }));
