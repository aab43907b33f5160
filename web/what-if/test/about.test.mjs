// The model card.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { data, openExample, openFile, repository, withPage } from "./support/page.mjs";

const about = async (page) => {
  await page.getByRole("link", { name: "About this model" }).click();
  await page.waitForSelector(".about");
};
const row = (page, name) => page.locator(".about dl > div", { has: page.getByText(name, { exact: true }) });

test("the card tells what the model is and that its check cases come out", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await about(page);
    assert.match(
      await page.locator("#h-about").innerText(),
      /^All \d+ of the model’s own check cases give the recorded answers here$/,
    );
    const text = await page.locator(".about").innerText();
    for (const words of ["SkLearn2PMML", "Several models working together", "PMML 4.4", "It asks for 11 fields"])
      assert.ok(text.includes(words), words);
    const hash = createHash("sha256").update(fs.readFileSync(path.join(repository, "web/what-if/public/gallery/credit.pmml"))).digest("hex");
    assert.equal(await row(page, "Fingerprint").locator("dd").innerText(), `sha-256 ${hash}`);
    assert.match(await row(page, "When").locator("dd").innerText(), /^24 November 2026 at 22:51$/);
  }));

test("every field is told with its range and what is done with values that are missing or not valid", () =>
  withPage({}, async (page) => {
    await openFile(page, data("models/a49_outlier_missing_invalid/model.pmml"));
    await page.waitForSelector(".case");
    await about(page);
    const told = Object.fromEntries(
      await page
        .locator(".asks > div")
        .evaluateAll((rows) => rows.map((r) => [r.querySelector("dt").innerText.split("\n")[0], r.querySelector("dd").innerText])),
    );
    assert.deepEqual(told, {
      Home: "one of: MORTGAGE, OTHER, OWN or RENT\n\nNot given: RENT is used. Not valid: taken as not given.",
      Grade: "one of: A, B, C, D, E or F\n\nNot given: C is used. Not valid: F is used.",
      age: "number: 19 to 77\n\nNot given: 45 is used. Not valid: used as it is. Beyond 20 to 70: the nearest of these is used.",
      Income:
        "number: 4,587.34 to 308,333.38\n\nNot given: 33,000 is used. Not valid: used as it is. Beyond 5,000 to 120,000: taken as not given.",
      Utilization: "number: 0.2 to 107.4\n\nNot given: the model can work without it. Not valid: no prediction.",
    });
  }));

test("a model whose check cases come out differently is told so, beside its answers and on the card", () =>
  withPage({}, async (page) => {
    const document = fs.readFileSync(data("models/a01_ols_diabetes/model.pmml"), "utf8");
    const [, recorded] = /<data:progression>([^<]+)</.exec(document.slice(document.indexOf("<ModelVerification")));
    await openFile(page, {
      name: "wrong.pmml",
      mimeType: "text/xml",
      buffer: Buffer.from(document.replace(`<data:progression>${recorded}<`, "<data:progression>1<")),
    });
    await page.waitForSelector(".case");
    const note = page.locator(".rest > .note.act");
    assert.match(await note.innerText(), /^1 of \d+ check cases gave a different answer\. Do not use this model/);
    await note.getByRole("link").click();
    await page.waitForSelector(".about");
    assert.match(await page.locator("#h-about").innerText(), /^1 of \d+ check cases gave a different answer$/);
    await page.getByText("Show the differences").click();
    const [record, field, wanted, here] = await page.locator(".about table tbody td").allInnerTexts();
    assert.deepEqual([record, field, wanted], ["1", "progression", "1"]);
    assert.ok(Math.abs(Number(here) - Number(recorded)) < 1e-9);
  }));

test("known limits: fields without a range, no check cases", () =>
  withPage({}, async (page) => {
    await openFile(page, data("examples/consumption.pmml"));
    await page.waitForSelector(".case");
    await about(page);
    assert.equal(await page.locator("#h-about").innerText(), "This model brings no check cases");
    assert.equal((await row(page, "Known limits").locator("li").allInnerTexts()).length, 2);
  }));

test("what the page is made of is what ships", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await about(page);
    const shown = await page.locator("section:has(#h-parts) dl > div").allInnerTexts();
    const text = fs.readFileSync(path.join(repository, "docs/dependencies.md"), "utf8");
    const table = text.slice(text.indexOf("## In what ships"), text.indexOf("## In the tests"));
    const elsewhere = ["libtomcrypt", "libsodium", "zlib", "sqlite3", "args"]; // in the command line and the service only
    for (const [, name, version, licence] of table.matchAll(/^\| `(\w+)` \| (\S+) \| ([^|]+) \|/gm))
      if (!elsewhere.includes(name))
        assert.ok(shown.some((row) => row.replace("\n", "|") === `${name} ${version}|${licence}`), name);
    assert.equal(shown.length, 9);
  }));
