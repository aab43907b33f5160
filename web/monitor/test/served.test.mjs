// The page in front of `scorelet monitor` itself: what was sent is what is seen, what is decided is in its record.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { headline, withMonitor } from "./support/page.mjs";
import { bundle, idOf, iso, midnight, prediction, skip, started } from "./support/served.mjs";

const quality = (threshold) => ({ figure: "accuracy", threshold, days: 1, least: 10 });
const rules = {
  models: [
    ...[0.5, 0.6, 0.7, 0.8].map((threshold, i) => ({
      match: `music-${i}`,
      group: "music",
      quality: quality(threshold),
    })),
    { match: "jewelry-0", group: "jewelry", quality: quality(0.8) },
    { match: "loan", group: "credit", key: "customer", quality: { figure: "auc", threshold: 0.6, days: 1, least: 10 } },
  ],
  groups: [
    { match: "music", retrain: "3 of 4", windows: 1 },
    { match: "*", retrain: "all", windows: 1 },
  ],
};
const baseline = {
  format: "scorelet-baseline/1",
  fields: [
    ...[
      {
        name: "income",
        kind: "number",
        rows: 1000,
        missing: 0,
        invalid: 0,
        minimum: 0,
        maximum: 5000,
        edges: [1000, 2000, 3000],
        counts: [250, 250, 250, 250],
      },
    ],
    ...[
      {
        name: "home",
        kind: "category",
        rows: 1000,
        missing: 0,
        invalid: 0,
        values: ["rent", "own"],
        counts: [500, 500, 0],
      },
    ],
  ],
};

const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ");
let server;

/** 20 predictions of a model, of which so many came true. */
async function judged(name, right) {
  const records = Array.from({ length: 20 }, (_, i) => prediction(name, midnight(-1) + i * 1000, {}, { y: "a" }));
  await server.send(records);
  await server.ask(
    "api/outcomes",
    records.map((record, i) => ({ id: idOf(record), outcome: i < right ? "a" : "b" })),
  );
}

function random(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
}

before(async () => {
  if (skip) return;
  server = await started(rules);
  await server.ask("api/models/loan/baseline", baseline, "PUT");
  for (const [i, right] of [9, 11, 13, 20].entries()) await judged(`music-${i}`, right);
  await judged("jewelry-0", 19);
  // Income jumps two days ago; a challenger scores the same requests, and better.
  const next = random(7);
  const outcomes = [];
  for (const at of [-5, -4, -3, -2]) {
    const [champion, challenger] = [[], []];
    for (let i = 0; i < 400; i++) {
      const customer = `c${at}-${i}`;
      const p = next();
      outcomes.push({ key: customer, outcome: next() < p ? "yes" : "no" });
      const income = [500, 1500, 2500, 3500][i % 4] * (at === -2 ? 12 : 1);
      const told = (shift) => Math.min(0.999, Math.max(0.001, p + shift * (2 * next() - 1)));
      for (const [list, variant, version, chance] of [
        [champion, "champion", "1", told(0.6)],
        [challenger, "challenger", "2", told(0.05)],
      ])
        list.push(
          prediction(
            "loan",
            midnight(at) + i * 1000,
            { customer, income, home: i % 2 ? "rent" : "own" },
            { y: chance > 0.5 ? "yes" : "no", "probability(yes)": chance, "probability(no)": 1 - chance },
            { variant, version },
          ),
        );
    }
    await server.send(champion);
    await server.send(challenger);
  }
  await server.ask("api/outcomes", outcomes);
});
after(() => server?.close());

const withServed = (options, use) => withMonitor({ server: { ...server, close: () => {} }, ...options }, use);
const day = (time) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(time);

test("what must be decided today is the first sentence, and what is behind it", { skip }, () =>
  withServed({ ready: ".charts .dr" }, async (page) => {
    assert.equal(await headline(page), `music should be retrained and income of loan jumped on ${day(midnight(-2))}`);
    await page.getByText("3 of 4 models are below the threshold.").waitFor();
    await page
      .getByRole("heading", { name: "The challenger is better, and the data is enough to say so" })
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Groups", exact: true }).click();
    const row = page.getByRole("row").filter({ hasText: "music" });
    assert.match(await row.innerText(), /3 of 4 below.*rule: 3 of 4/s);
    await page.getByRole("link", { name: "Models", exact: true }).click();
    assert.match(
      await page.getByRole("row").filter({ hasText: "music-0" }).innerText(),
      /below threshold.*Accuracy 0\.450, threshold 0\.5/s,
    );
    assert.match(
      await page.getByRole("row").filter({ hasText: "music-3" }).innerText(),
      /fine.*Accuracy 1\.000, threshold 0\.8/s,
    );
  }),
);

test("a jump is marked, and the distributions behind it are those that were sent", { skip }, () =>
  withServed(
    { place: `view=model&model=loan&days=30&field=income&start=${iso(midnight(-2))}`, ready: ".chosen .plot" },
    async (page) => {
      await page
        .getByRole("heading", {
          name: /^income: 3,000 or more is 100\.0\s%|^income: 3,000 or more is over 99\.9\s% of cases, 25\.0\s% in training/,
        })
        .waitFor();
      assert.equal(await page.locator(".field-drift.is-act .jumped").count(), 1);
      const table = page.locator(".chosen details");
      await table.locator("summary").click();
      const shares = (await table.locator("tbody tr").locator("td:nth-child(3)").allInnerTexts()).map((text) =>
        text.replaceAll(/\s/g, " "),
      );
      assert.deepEqual(shares, ["25.0 %", "25.0 %", "25.0 %", "25.0 %"], "the day before");
      const { drift } = await server.ask("api/models/loan?days=30&step=day");
      const income = drift.fields.find((field) => field.name === "income");
      assert.equal(await page.locator(".field-drift.is-act .dv").innerText(), income.now.toFixed(2));
    },
  ),
);

test("in German: what happened and its evidence, from the facts of the monitor", { skip }, () =>
  withServed({ place: "view=alerts", ready: ".alerts li", locale: "de-DE" }, async (page) => {
    const said = plain(await page.locator(".alerts").first().innerText());
    const at = new Intl.DateTimeFormat("de-DE", { day: "numeric", month: "long", timeZone: "UTC" }).format(midnight(-2));
    assert.match(said, new RegExp(`income ist am ${at} gesprungen`));
    assert.match(said, /loan\. Der Median ging von [\d.]+ auf [\d.]+\./);
    assert.match(said, /3 von 4 Modellen sind unter der Schwelle\./);
    assert.match(said, /Trefferquote 0,450, Schwelle 0,5\./);
    assert.match(said, /Brier-Wert um 0,\d{3} niedriger \(0,\d{3} bis 0,\d{3}\) bei 1\.600 Anfragen/);
    assert.equal(await page.locator(".alerts [lang=en]").count(), 0, "nothing is left in the server's words");
    assert.doesNotMatch(said, /threshold|median went|lower|below/);
  }),
);

test("a threshold and a rule say where they come from; the bundle says who answers for the model", { skip }, async () => {
  const about = {
    owners: ["R. Byrne", "risk@bank.example"],
    trainingWindow: { from: "2026-01-01", to: "2026-06-30" },
    thresholds: [{ figure: "rmse", maximum: 3 }],
    monitoring: { quality: { days: 1, least: 10 }, group: "sums", groupRule: { retrain: "any", windows: 1 } },
  };
  const own = await started({ models: [{ match: "fixed", group: "fixed", quality: quality(0.8) }] });
  try {
    const put = (name, content) =>
      fetch(`${own.url}api/models/${name}/bundle`, { method: "PUT", body: bundle(own.folder, name, content) });
    assert.equal((await put("total", about)).status, 200);
    for (const name of ["total", "fixed"]) {
      const records = Array.from({ length: 20 }, (_, i) => prediction(name, midnight(-1) + i * 1000, { a: i }, { y: i }));
      await own.send(records);
      await own.ask(
        "api/outcomes",
        records.map((record, i) => ({ id: idOf(record), outcome: `${i + (i % 2 ? 4 : -4)}` })),
      );
    }
    const see = (place, options, use) => withMonitor({ server: { ...own, close: () => {} }, place, ...options }, use);
    await see("view=model&model=total", { ready: ".charts .plot" }, async (page) => {
      await page.getByText("The threshold is that of the model's bundle.").waitFor();
      const head = plain(await page.locator(".lead1").innerText());
      assert.match(head, /Bundle [0-9a-f]{16} by M\. Virtanen; trained on 1 January 2026 to 30 June 2026; owners: R\. Byrne and risk@bank\.example/);
      await page.goto(page.url().replace("model=total", "model=fixed"));
      await page.getByText("The threshold is that of the rules file.").waitFor();
    });
    await see("view=groups&find=sums", { ready: ".rule select", locale: "de-DE" }, async (page) => {
      await page.getByText("Diese Regel steht im Bündel eines ihrer Modelle, bis sie hier geändert wird.").waitFor();
      await page.goto(page.url().replace("view=groups&find=sums", "view=model&model=total"));
      await page.getByText("Die Schwelle steht im Bündel des Modells.").waitFor();
      assert.match(plain(await page.locator(".lead1").innerText()), /trainiert mit Daten vom 1\. Januar 2026 bis 30\. Juni 2026; verantwortlich: R\. Byrne und/);
    });
  } finally {
    await own.close();
  }
});

test("an approval is in the record, and gone from what needs a decision", { skip }, () =>
  withServed({}, async (page) => {
    await page.getByRole("button", { name: /^Approve retraining: music/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("R. Byrne");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: /^Approve retraining: music/ }).waitFor({ state: "detached" });
    await page.locator(".log").filter({ hasText: "R. Byrne" }).waitFor();
    const { changes } = await server.ask("api/changes?days=1");
    assert.ok(
      changes.some((change) => change.kind === "approve" && change.by === "R. Byrne" && change.group === "music"),
    );
  }),
);

test("a rule changed in the page is in force at once", { skip }, () =>
  withServed({ place: "view=groups&find=jewelry", ready: ".rule select" }, async (page) => {
    await page.getByRole("combobox", { name: "For how many windows" }).selectOption("3");
    await page.getByRole("button", { name: "Save rule" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("M. Virtanen");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("row").filter({ hasText: "jewelry" }).getByText("3 windows").waitFor();
  }),
);

test("news come by themselves; alerts, report and every other view can be had", { skip }, () =>
  withServed({ place: "view=models" }, async (page) => {
    await server.send([prediction("newcomer", Date.now() - 60_000, {}, { y: "a" })]);
    await page.getByRole("link", { name: "newcomer" }).waitFor();
    await page.getByRole("link", { name: "Alerts", exact: true }).click();
    await page.getByRole("heading", { level: 3, name: /income jumped/ }).waitFor();
    await page.getByRole("link", { name: "Report", exact: true }).click();
    await page
      .getByRole("cell", { name: /below threshold/ })
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Models", exact: true }).click();
    await page.getByRole("link", { name: "newcomer" }).click();
    await page.getByRole("heading", { name: "No outcomes yet, so quality is not known" }).first().waitFor();
  }),
);
