// What the views show and do, against the example answers of the API and a fleet of thousands of models.
import assert from "node:assert/strict";
import test from "node:test";
import { until } from "../../what-if/test/support/until.mjs";
import { example, examples, fleet, large, nothing } from "./support/answers.mjs";
import { headline, withMonitor } from "./support/page.mjs";

const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ");

test("today: the first sentence, what needs a decision, and the model it is about", () =>
  withMonitor({ answers: examples() }, async (page) => {
    assert.equal(await headline(page), "spain/madrid-12 should be retrained and income of loan jumped on 9 November");
    assert.equal(await page.locator("#h-al").innerText(), "5 things need a decision");
    const alerts = await page.locator(".alerts h3").evaluateAll((all) => all.map((heading) => heading.textContent));
    assert.deepEqual(alerts.slice(0, 3).map(plain), [
      "Act: spain/madrid-12 meets its retrain rule",
      "Act: income jumped on 9 November",
      "Watch: 2 devices silent for more than 24 hours",
    ]);
    assert.match(await page.locator(".kp").innerText(), /3\.12m/);
    await page.getByRole("heading", { name: "loan", exact: true }).waitFor();
    await page.getByRole("heading", { name: "The challenger is better, and the data is enough to say so" }).waitFor();
    await page.getByRole("heading", { name: "income jumped. amount is drifting." }).waitFor();
    assert.match(await page.title(), /^spain\/madrid-12 should be retrained .* – Scorelet monitor$/);
  }));

test("today: thousands of models as glyphs, a region leads to its groups", () =>
  withMonitor({ answers: large() }, async (page) => {
    const { groups, toRetrain } = fleet(1248);
    const [worst] = [...groups.regions].sort((a, b) => b.toRetrain - a.toRetrain);
    assert.equal(
      await page.locator("#h-fl").innerText(),
      `${worst.name} has ${worst.toRetrain} of the ${toRetrain} groups to retrain`,
    );
    assert.equal(await page.locator(".rg").count(), groups.regions.length);
    const frames = await page
      .locator(".rg .is-frame")
      .evaluateAll((paths) => paths.reduce((n, path) => n + path.getAttribute("d").split("M").length - 1, 0));
    assert.equal(frames, toRetrain);
    await page.getByRole("link", { name: worst.name, exact: true }).click();
    await page.getByRole("combobox", { name: "Region" }).waitFor();
    assert.equal(await page.getByRole("combobox", { name: "Region" }).inputValue(), worst.name);
    assert.match(page.url(), new RegExp(`view=groups&group=${worst.name}`));
    await page.getByText(`${worst.groups.length} of 1,248 groups`).waitFor();
  }));

test("many groups are approved at once", () =>
  withMonitor({ answers: large() }, async (page, { api }) => {
    const retrain = api.answers["api/today"].decisions.filter((alert) => alert.kind === "retrain");
    const approve = page.getByRole("button", { name: `Approve all ${retrain.length}` });
    await approve.click();
    const dialog = page.getByRole("dialog", { name: `Approve all ${retrain.length}` });
    await dialog.getByText(`${retrain.length} of 1,248 groups should be retrained`).waitFor();
    await dialog.getByRole("textbox").fill("M. Virtanen");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    assert.deepEqual(api.posted, [
      {
        path: "api/alerts",
        method: "POST",
        content: { ids: retrain.map((alert) => alert.id).sort((a, b) => a - b), action: "approve", by: "M. Virtanen" },
      },
    ]);
  }));

test("a decision is sent with who takes it, after its effect was named; a refusal is shown", () =>
  withMonitor({ answers: examples(), expected: /400/ }, async (page, { api }) => {
    const approve = page.getByRole("button", { name: "Approve retraining: spain/madrid-12 meets its retrain rule" });
    await approve.click();
    const dialog = page.getByRole("dialog", { name: "Approve retraining" });
    await dialog.getByText("the hook that the rules have for retraining is run now").waitFor();
    await dialog.getByRole("button", { name: "Approve retraining" }).click();
    await dialog.getByRole("textbox", { name: "Your name" }).fill("  ");
    await page.keyboard.press("Enter");
    assert.deepEqual(api.posted, [], "not without a name");
    await dialog.getByRole("textbox", { name: "Your name" }).fill("R. Byrne");
    api.refuse = (_path, request) => (request.method === "POST" ? 400 : null);
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").getByText("The server refused it: refused by the test").waitFor();
    api.refuse = () => null;
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    assert.deepEqual(api.posted, [
      { path: "api/alerts/21", method: "POST", content: { action: "approve", by: "R. Byrne" } },
    ]);
    assert.equal(await approve.evaluate((button) => button === document.activeElement), true, "focus is back");
    // The name is kept; "Later" says until when.
    await page.getByRole("button", { name: /^Later: income jumped/ }).click();
    const later = page.getByRole("dialog", { name: "Later" });
    await later.getByRole("combobox").selectOption({ label: "7\u00a0days" });
    await later.getByRole("button", { name: "Later" }).click();
    await later.waitFor({ state: "hidden" });
    assert.deepEqual(api.posted[1], {
      path: "api/alerts/17",
      method: "POST",
      content: { action: "later", by: "R. Byrne", until: "2026-11-28T10:42:00Z" },
    });
  }));

test("promote is asked where the comparison is", () =>
  withMonitor({ answers: examples(), place: "view=model&model=loan" }, async (page, { api }) => {
    await page.getByRole("button", { name: "Promote version 5" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("so that the challenger answers").waitFor();
    await dialog.getByRole("textbox").fill("M");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    assert.deepEqual(
      api.posted.map(({ path, content }) => [path, content.action]),
      [["api/alerts/19", "promote"]],
    );
  }));

test("models: five thousand rows, few of them in the page; found, narrowed, sorted; all of it in the address", () =>
  withMonitor({ answers: large(), place: "view=models" }, async (page) => {
    const { below, all } = fleet(1248);
    assert.equal(
      await headline(page),
      `${below + 1} of ${(all + 1).toLocaleString("en")} models are below their threshold`,
    );
    const rows = page.locator(".lbody .lrow");
    assert.ok((await rows.count()) < 60);
    assert.equal(await page.getByRole("grid").getAttribute("aria-rowcount"), String(all + 2));
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.locator(`.lrow[aria-rowindex="${all + 2}"]`).waitFor();
    assert.ok((await rows.count()) < 60);
    await page.getByRole("searchbox", { name: "Find a model" }).fill("branch-0600");
    await page.getByText(`4 of ${(all + 1).toLocaleString("en")} models`, { exact: true }).waitFor();
    assert.equal(await rows.count(), 4);
    await page.getByRole("combobox", { name: "Status" }).selectOption("below");
    await page.getByText(`3 of ${(all + 1).toLocaleString("en")} models`, { exact: true }).waitFor();
    await page.getByRole("combobox", { name: "Sorted by" }).selectOption("volume");
    const volumes = async () =>
      (await page.locator(".lbody .lrow .num:nth-child(6)").allInnerTexts()).map((text) =>
        Number(text.replace(",", "")),
      );
    assert.deepEqual(
      await volumes(),
      [...(await volumes())].sort((a, b) => b - a),
    );
    const address = page.url();
    assert.match(address, /#view=models&find=branch-0600&state=below&sort=volume$/);
    await page.goto("about:blank");
    await page.goto(address);
    await page.getByText(`3 of ${(all + 1).toLocaleString("en")} models`, { exact: true }).waitFor();
    await page.getByRole("searchbox").fill("no such");
    await page.getByText("No model is like this. Take a filter away.").waitFor();
  }));

test("groups: what a rule says, and changing it", () =>
  withMonitor({ answers: examples(), place: "view=groups" }, async (page, { api }) => {
    const row = page.getByRole("row").filter({ hasText: "spain/madrid-12" });
    assert.deepEqual((await row.locator("> span").allInnerTexts()).map(plain), [
      "spain/madrid-12",
      "",
      "3 of 4 below",
      "rule: 3 of 4, 2 windows",
    ]);
    assert.deepEqual(await page.locator(".lbody .name").allInnerTexts(), [
      "spain/madrid-12",
      "credit",
      "spain/bilbao-1",
    ]);
    await row.getByRole("link").click();
    await page.getByRole("heading", { name: "When to retrain spain/madrid-12" }).waitFor();
    await page.getByText("3 are below now, 3 needed: this rule is met.").waitFor();
    await page.getByRole("combobox", { name: "How many models below their threshold" }).selectOption("all");
    await page.getByText("3 are below now, 4 needed: this rule is not met.").waitFor();
    await page.getByRole("combobox", { name: "For how many windows" }).selectOption("4");
    await page.getByRole("button", { name: "Save rule" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Retrain when all below, for 4 windows in a row.").waitFor();
    await dialog.getByRole("textbox").fill("M");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    assert.deepEqual(api.posted, [
      { path: "api/groups/spain%2Fmadrid-12/rule", method: "POST", content: { retrain: "all", windows: 4, by: "M" } },
    ]);
  }));

test("a model: quality, comparison, drift, volume, latency, errors, each with its numbers; a field with its distributions", () =>
  withMonitor({ answers: examples(), place: "view=model&model=loan&days=90" }, async (page, { api }) => {
    assert.equal(await headline(page), "loan");
    assert.ok(api.asked.includes("/api/models/loan?days=90&step=day"));
    for (const name of [
      /^Ranking quality \(AUC\) has been below 0\.75 for/,
      "Chances come true as often as they say",
      "The model answers as it did in training",
      "Volume is normal",
      "0.1\u00a0% of predictions had no complete answer (2,826)",
      "95\u00a0% of predictions take less than 0.48\u00a0ms",
      "2 versions have reported",
    ])
      await page.getByRole("heading", { name }).waitFor();
    const marks = await page.locator(".field-drift.is-act .jumped").allInnerTexts();
    assert.deepEqual(marks, ["jump, 9 Nov"]);
    // The numbers under a chart are those of the answer.
    const volume = page.locator("section", { has: page.getByRole("heading", { name: "Volume is normal" }) });
    await volume.locator("summary").click();
    const {
      volume: { predictions },
      starts,
    } = example("model");
    assert.equal(await volume.locator("tbody tr").count(), starts.length);
    assert.deepEqual(await volume.locator("tbody tr").first().locator("th, td").allInnerTexts(), [
      "21 Nov",
      predictions.at(-1).toLocaleString("en"),
    ]);
    await page.getByRole("link", { name: "income", exact: true }).click();
    await page
      .getByRole("heading", { name: "income: 4,200 or more is 85.0\u00a0% of cases, 10.0\u00a0% in training" })
      .waitFor();
    assert.match(page.url(), /field=income/);
    const table = page.locator(".chosen details");
    await table.locator("summary").click();
    assert.deepEqual((await table.locator("tbody tr").last().locator("th, td").allInnerTexts()).map(plain), [
      "4,200 or more",
      "10.0 %",
      "10.0 %",
      "85.0 %",
    ]);
    // Bars stand in the ratio of the shares, those of training behind those of the window.
    const heights = (kind) =>
      page.locator(`.chosen rect.${kind}`).evaluateAll((all) => all.map((bar) => Number(bar.getAttribute("height"))));
    const { reference, current } = example("field");
    for (const [kind, shares] of [
      ["everyone", reference],
      ["mine", current],
    ]) {
      const bars = await heights(kind);
      const unit = bars.at(-1) / shares.at(-1);
      assert.ok(
        bars.every((height, i) => Math.abs(height - shares[i] * unit) < 0.05),
        `${kind}: ${bars}`,
      );
    }
    await page.getByRole("button", { name: "Earlier" }).click();
    await page.waitForURL(/start=2026-11-08/);
    await page.getByRole("link", { name: "Close" }).click();
    await page.locator(".chosen").waitFor({ state: "hidden" });
    await page.goBack();
    await page.locator(".chosen").waitFor();
  }));

test("a field in a window of which nothing is told; a field without a baseline", () => {
  const bare = {
    ...example("field"),
    ...{ labels: [], reference: [], previous: [], current: [], psi: null, psiBound: null, rows: 120 },
    cases: { reference: 0, previous: 0, current: 0 },
    novelValues: [{ value: "x", count: 3 }],
  };
  const answers = { ...examples(), "api/models/loan/fields/amount": bare };
  return withMonitor({ answers, place: "view=model&model=loan&field=employment", expected: /404/ }, async (page) => {
    await page.getByRole("heading", { name: "employment: nothing is told of it in this window" }).waitFor();
    await page.getByRole("link", { name: "amount", exact: true }).click();
    await page.getByRole("heading", { name: "amount: no baseline to compare with" }).waitFor();
    await page.getByText("120 cases in this window.").waitFor();
    assert.match(await page.locator(".chosen .figs").innerText(), /New values\s+x/);
  });
});

test("looking back: days in the address, hours where they are few", () =>
  withMonitor({ answers: examples(), place: "view=model&model=loan" }, async (page, { api }) => {
    assert.ok(api.asked.includes("/api/models/loan?days=30&step=day"));
    await page.getByRole("combobox", { name: "Look back" }).selectOption("7");
    await page.waitForURL(/days=7/);
    await until(() => api.asked.includes("/api/models/loan?days=7&step=hour"), "hours");
  }));

test("names with slashes are one part of a path", () =>
  withMonitor(
    {
      answers: {
        ...examples(),
        "api/models/spain/madrid-12/loan": { ...example("model"), name: "spain/madrid-12/loan" },
      },
      place: "view=models",
    },
    async (page, { api }) => {
      await page.getByRole("link", { name: "spain/madrid-12/loan" }).click();
      await page.getByRole("heading", { level: 1, name: "spain/madrid-12/loan" }).waitFor();
      assert.ok(api.asked.some((path) => path.startsWith("/api/models/spain%2Fmadrid-12%2Floan?")));
    },
  ));

test("alerts: open ones first, what is over, and the record", () =>
  withMonitor({ answers: examples(), place: "view=alerts" }, async (page) => {
    assert.equal(await headline(page), "5 alerts are open");
    assert.equal(await page.locator(".alert").count(), 6);
    assert.match(await page.locator(".alert").last().innerText(), /over on 2 Nov/);
    await page.getByRole("combobox", { name: "Status" }).selectOption("resolved");
    await page.locator(".alert").nth(1).waitFor({ state: "detached" });
    await page.getByRole("combobox", { name: "Status" }).selectOption("");
    await page.getByRole("searchbox").fill("income");
    await page.locator(".alert").nth(1).waitFor({ state: "detached" });
    assert.match(await page.locator(".alert").innerText(), /income jumped/);
    assert.equal(await page.locator(".log li").count(), 4);
  }));

test("the report: its period in the address, on paper without what is pressed", () =>
  withMonitor({ answers: examples(), place: "view=report" }, async (page, { api }) => {
    assert.ok(api.asked.includes("/api/report?from=2026-11-01&to=2026-12-01"));
    assert.equal(await headline(page), "1 November to 21 November");
    await page.getByRole("combobox", { name: "Month" }).selectOption({ label: "September 2026" });
    await until(() => api.asked.includes("/api/report?from=2026-09-01&to=2026-10-01"), "the report of September");
    await page.emulateMedia({ media: "print" });
    for (const gone of ["header.top", "footer", ".filters"])
      assert.equal(await page.locator(gone).first().isVisible(), false, gone);
    assert.equal(await page.getByRole("heading", { name: "What happened" }).isVisible(), true);
    assert.ok((await page.pdf()).length > 10_000);
  }));

test("nothing has reported yet: every view says so", () =>
  withMonitor({ answers: nothing() }, async (page) => {
    assert.equal(await headline(page), "No model has reported yet");
    assert.equal(await page.locator("#h-al").innerText(), "Nothing needs a decision");
    assert.equal(await page.locator(".fleet").isVisible(), false);
    for (const [view, words] of [
      ["Groups", "No model belongs to a group yet."],
      ["Models", "No model has reported yet"],
      ["Alerts", "No alerts in the last 30 days."],
      ["Report", "No alert in this time."],
    ]) {
      await page.getByRole("link", { name: view, exact: true }).click();
      await page.getByText(words).first().waitFor();
    }
  }));

test("German: sentences, numbers, dates", () =>
  withMonitor({ answers: large(), locale: "de-DE", timezoneId: "Europe/Berlin" }, async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
    assert.equal(
      await headline(page),
      "21 von 1.248 Gruppen sollten neu trainiert werden und income von loan ist am 9. November gesprungen",
    );
    await page.getByRole("link", { name: "Modelle", exact: true }).click();
    await page.getByText("AUC 0,730, Schwelle 0,75").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("link", { name: "Models", exact: true }).waitFor();
    assert.match(await headline(page), /models are below their threshold/);
  }));
