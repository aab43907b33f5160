// Opening models and files that are none.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { data, drop, figure, openExample, openFile, titled, withPage } from "./support/page.mjs";

const heading = (page) => page.locator("#h-open").innerText();

test("a dropped model opens, and another takes its place", () =>
  withPage({}, async (page) => {
    await drop(page, "diabetes.pmml", fs.readFileSync(data("models/a01_ols_diabetes/model.pmml"), "utf8"));
    await page.waitForSelector(".case");
    assert.equal(await page.locator("h1").innerText(), "diabetes");
    await titled(page, /^diabetes: .+ – Scorelet$/);
    await openFile(page, data("models/a05_multinomial_iris/model.pmml"));
    await page.getByText("Chance that").first().waitFor();
    assert.equal(await page.locator(".cls > div:visible").count(), 3);
    assert.match(await figure(page), /%$/);
  }));

test("a compiled model opens like its document", () =>
  withPage({}, async (page) => {
    await openFile(page, data("examples/loan.pmml"));
    await page.waitForSelector(".case");
    const before = await figure(page);
    await openFile(page, data("examples/loan.scorelet"));
    await titled(page, /^loan: .+ – Scorelet$/);
    assert.equal(await figure(page), before);
  }));

test("the file dialog opens from both buttons", () =>
  withPage({}, async (page) => {
    for (const name of ["Choose a file", "Open model"]) {
      const chooser = page.waitForEvent("filechooser");
      await page.getByRole("button", { name }).click();
      await (await chooser).setFiles(data("models/a05_multinomial_iris/model.pmml"));
      await page.waitForSelector(".case");
    }
  }));

test("a file that is no model says what it is", () =>
  withPage({}, async (page) => {
    await drop(page, "rows.csv", "age,income\n1,2\n");
    await page.getByText("This is a table of values, not a model").waitFor();
    await drop(page, "page.html", "<html><body/></html>");
    await page.getByText("This is an XML file, but not a model").waitFor();
    await drop(page, "half.pmml", fs.readFileSync(data("demo/model.pmml"), "utf8").slice(0, 5000));
    await page.getByText(/breaks off or is damaged/).waitFor();
  }));

test("a refused model lists its faults, and the open one is still there", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const before = await figure(page);
    const broken = fs
      .readFileSync(data("models/a01_ols_diabetes/model.pmml"), "utf8")
      .replaceAll('<NumericPredictor name="', '<NumericPredictor name="no_');
    await drop(page, "broken.pmml", broken);
    await page.locator(".refused").waitFor();
    assert.match(await heading(page), /^This model has \d+ faults, so it is not opened$/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "h-open");
    await page.getByText(/^Show \d+ findings in detail$/).click();
    assert.match(await page.locator(".findings li").first().innerText(), /unresolvedField · line \d+ · \/PMML/);
    await page.getByRole("button", { name: "Back to the open model" }).click();
    assert.equal(await figure(page), before);
  }));

test("a model without ranges begins with its first check case", () =>
  withPage({}, async (page) => {
    await openFile(page, data("models/a01_ols_diabetes/model.pmml"));
    await page.waitForSelector(".case");
    assert.match(await page.locator(".lead").innerText(), /^Starts from the first of the model’s own check cases\./);
    const document = fs.readFileSync(data("models/a01_ols_diabetes/model.pmml"), "utf8");
    const recorded = Number(
      /<data:progression>([^<]+)</.exec(document.slice(document.indexOf("<ModelVerification")))[1],
    );
    assert.equal(await figure(page), String(Number(recorded.toPrecision(4))));
  }));

test("a model that cannot begin says why, and answers once it is filled in", () =>
  withPage({}, async (page) => {
    await openFile(page, data("examples/consumption.pmml"));
    await page.waitForSelector(".case");
    assert.equal(await figure(page), "No prediction");
    assert.equal(await page.locator(".dec").innerText(), "3 values are not given, and this model seems to need them.");
    for (const box of await page.locator(".field input.box").all()) await box.fill("20");
    assert.match(await figure(page), /^[−\d.,]+$/);
  }));

test("an engine that does not start is told, and the details name the cause", () =>
  withPage(
    { prepare: (page) => page.route("**/*.wasm", (route) => route.fulfill({ status: 404 })), expected: /404/ },
    async (page) => {
      await page.getByRole("button", { name: "Try the example" }).click();
      await page.getByText("The scoring engine did not start").waitFor();
      assert.match(await page.locator(".refused .note").innerText(), /WebAssembly module could not be loaded/);
    },
  ));

test("an example that cannot be fetched is told", () =>
  withPage(
    { prepare: (page) => page.route("**/*.pmml", (route) => route.fulfill({ status: 404 })), expected: /404/ },
    async (page) => {
      await page.getByRole("button", { name: "Try the example" }).click();
      await page.getByText("This file could not be read").waitFor();
      assert.match(await page.locator(".refused .sub").innerText(), /^Nothing was found at its address, or there is no connection\./);
    },
  ));
