// What changes while one looks: new answers, a server that goes and comes back, a token, and the reader's place in it all.
import assert from "node:assert/strict";
import test from "node:test";
import { example, examples, large } from "./support/answers.mjs";
import { headline, withMonitor } from "./support/page.mjs";

const refused = /ERR_CONNECTION_REFUSED|status of (401|404|500|503)|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/;

test("a new answer changes what it must and nothing else: focus, unfolded tables, the scroll stay", () =>
  withMonitor({ answers: examples(), place: "view=model&model=loan" }, async (page, { api }) => {
    const volume = page.locator("section", { has: page.getByRole("heading", { name: "Volume is normal" }) });
    await volume.locator("summary").click();
    const link = page.getByRole("link", { name: "amount", exact: true });
    await link.focus();
    await page.evaluate(() => scrollTo(0, 700));
    const held = await page.locator(".field-drift").first().elementHandle();
    const detail = example("model");
    detail.volume.predictions[detail.volume.predictions.length - 1] = 12345;
    detail.quality.windows.at(-1).value = 0.7;
    api.answers["api/models/loan"] = detail;
    await volume.getByText("12,345").waitFor({ state: "attached" });
    assert.equal(await volume.locator("details").evaluate((fold) => fold.open), true);
    assert.equal(await link.evaluate((node) => node === document.activeElement), true);
    assert.equal(await page.evaluate(() => scrollY), 700);
    assert.equal(await held.evaluate((node) => node.isConnected), true, "what has not changed is not made anew");
    // Focus in a part that has changed stays on the same thing.
    detail.drift.fields[1].now = 0.31;
    api.answers["api/models/loan"] = structuredClone(detail);
    await page.getByText("0.31").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "amount");
  }));

test("rows do not move under the reader; the order is made anew when it is asked for", () =>
  withMonitor({ answers: large(60), place: "view=models" }, async (page, { api }) => {
    const first = page.locator('.lrow[aria-rowindex="2"] a');
    assert.equal(await first.innerText(), "loan");
    const models = structuredClone(api.answers["api/models"].models);
    const last = models.findLast((model) => model.status === "fine");
    Object.assign(last, { status: "below", alerts: 9 });
    models[0].predictions24h = 40000;
    api.answers["api/models"] = { models };
    await page.getByText("40,000").waitFor();
    assert.equal(await first.innerText(), "loan");
    await page.getByRole("button", { name: "Sort again" }).click();
    assert.equal(await first.innerText(), last.name);
    assert.equal(await page.getByRole("button", { name: "Sort again" }).isVisible(), false);
  }));

test("what is typed stays while answers come", () =>
  withMonitor({ answers: large(60), place: "view=models" }, async (page, { api }) => {
    const box = page.getByRole("searchbox");
    await box.pressSequentially("branch-00");
    const models = structuredClone(api.answers["api/models"].models);
    models.find((model) => model.name.includes("branch-00")).predictions24h = 77777;
    api.answers["api/models"] = { models };
    await page.getByText("77,777").waitFor({ state: "attached" });
    assert.equal(await box.inputValue(), "branch-00");
    assert.equal(await box.evaluate((node) => node === document.activeElement), true);
  }));

test("the server goes: what was seen stays and says from when it is; it comes back by itself", () =>
  withMonitor({ answers: examples(), expected: refused }, async (page, { close, again, api }) => {
    const before = await headline(page);
    await close();
    await page.getByText("The server does not answer.").waitFor();
    await page.getByText("What you see is from 10:42.").waitFor();
    assert.equal(await headline(page), before);
    assert.match(await page.locator("header .tag").innerText(), /Not up to date/);
    // Another view cannot be had, and says so in its place.
    await page.getByRole("link", { name: "Alerts" }).click();
    await page.getByRole("heading", { level: 1, name: "The server does not answer." }).waitFor();
    await again();
    await page.getByRole("heading", { level: 1, name: "5 alerts are open" }).waitFor();
    assert.match(await page.locator("header .tag").innerText(), /^Live/);
    assert.equal(await page.locator(".notice").innerText(), "");
    assert.ok(api.asked.length > 0);
  }));

test("the server is not there at all, then it is", () =>
  withMonitor(
    // It asks so rarely by itself that it is the button which brings the answer.
    {
      answers: examples(),
      query: "?refresh=3600",
      expected: refused,
      prepare: async (_, { api }) => void (api.refuse = () => 503),
    },
    async (page, { api }) => {
      await page.getByRole("heading", { name: "The server could not answer this." }).waitFor();
      await page.getByText("refused by the test").waitFor();
      api.refuse = () => null;
      await page.getByRole("button", { name: "Try now" }).click();
      await page.getByText("5 things need a decision").waitFor();
    },
  ));

test("slow answers: it is said that they are on their way", () =>
  withMonitor(
    {
      answers: examples(),
      ready: ".waiting",
      prepare: (page) =>
        page.route("**/api/**", (route) => new Promise((resolve) => setTimeout(() => resolve(route.continue()), 1500))),
    },
    async (page) => {
      assert.equal(await page.locator(".waiting").innerText(), "Asking the server…");
      await page.getByText("5 things need a decision").waitFor();
    },
  ));

test("a token is asked for, sent along, kept for the tab; a wrong one is told", () =>
  withMonitor(
    {
      answers: examples(),
      expected: refused,
      prepare: async (_, { api }) =>
        void (api.refuse = (_path, request) => (request.headers.authorization === "Bearer s3cret" ? null : 401)),
    },
    async (page) => {
      await page.getByRole("heading", { name: "This monitor asks for a token" }).waitFor();
      await page.getByRole("textbox", { name: "Token" }).fill("wrong");
      await page.keyboard.press("Enter");
      await page.getByText("This token was not accepted.").waitFor();
      await page.getByRole("textbox", { name: "Token" }).fill("s3cret");
      await page.keyboard.press("Enter");
      await page.getByText("5 things need a decision").waitFor();
      await page.reload();
      await page.getByText("5 things need a decision").waitFor();
    },
  ));

test("a model that there is not", () =>
  withMonitor({ answers: examples(), place: "view=model&model=nobody", expected: refused }, async (page) => {
    await page.getByRole("heading", { name: "There is nothing of this name" }).waitFor();
    await page.getByRole("link", { name: "All models" }).click();
    await page.getByRole("heading", { name: "4 of 9 models are below their threshold" }).waitFor();
  }));
