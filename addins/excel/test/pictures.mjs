// The pictures of the analysts' guide: the pane beside a drawing of the stand-in's sheet. `npm run pictures`, by hand.
import fs from "node:fs";
import { test } from "node:test";
import { addModel, cells, csv, data, withExcel } from "./support/excel.mjs";

const [header, ...inputs] = csv("demo/input.csv");
const rows = inputs.slice(0, 40).map(cells);
const model = { name: "credit.pmml", mimeType: "application/xml", buffer: fs.readFileSync(data("demo/model.pmml")) };

/** Draws cells as Excel would, beside the pane as it is. */
async function drawn(page, name, { columns = "ABCDEFG", formula = "", sheet = "Sheet1" }) {
  await page.mouse.move(300, 550);
  const pane = (await page.screenshot()).toString("base64");
  const cells = await page.evaluate(({ columns, sheet }) => {
    const { styles } = __host.book.sheets.find((s) => s.name === sheet);
    return Array.from({ length: 24 }, (_, r) => [...columns].map((letter) => ({ value: __host.values(`${letter}${r + 1}`, sheet)[0][0], ...styles.get(r * 16384 + letter.charCodeAt(0) - 65) })));
  }, { columns, sheet });
  const escaped = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
  const cell = ({ value, fill = "#fff", bold }) => {
    const text = typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value);
    return `<td style="background:${fill};font-weight:${bold ? 700 : 400};text-align:${typeof value === "number" ? "right" : "left"}">${escaped(text)}</td>`;
  };
  const canvas = await page.context().browser().newPage({ viewport: { width: 1120, height: 560 } });
  await canvas.setContent(`<!doctype html><style>
    body { margin: 0; font: 12px "Liberation Sans", Arial, sans-serif; color: #15181c; background: #fff; overflow: hidden; }
    img { position: absolute; right: 0; top: 0; border-left: 1px solid #b9bab5; }
    p { margin: 0; padding: 7px 10px; border-bottom: 1px solid #dcdcd8; font-family: "Liberation Mono", monospace; }
    table { border-collapse: collapse; } td { border: 1px solid #dcdcd8; padding: 2px 6px; height: 17px; max-width: 150px; overflow: hidden; white-space: nowrap; }
    .head { background: #f3f3f0; text-align: center; }
  </style><p>fx&ensp;${escaped(formula)}</p><table><tr><td class="head"></td>${[...columns].map((c) => `<td class="head">${c}</td>`).join("")}</tr>
  ${cells.map((row, r) => `<tr><td class="head">${r + 1}</td>${row.map(cell).join("")}</tr>`).join("")}</table><img src="data:image/png;base64,${pane}">`);
  await canvas.locator("img").evaluate((img) => img.decode());
  await canvas.screenshot({ path: `public/guide-${name}.png` });
  await canvas.close();
}

test("pictures", async () => {
  await withExcel({ viewport: { width: 380, height: 560 }, colorScheme: "light" }, async (page) => {
    await page.evaluate(({ header, rows }) => {
      __host.type("A1:K41", [header, ...rows]);
      __host.select("A5");
    }, { header, rows });
    await addModel(page, model);
    await page.getByText("20 of 20").first().waitFor();
    await drawn(page, "models", {});
    await page.evaluate(() => __host.type("L1", [['=SCORELET.SCORE("credit",A1:K41)']]));
    await page.evaluate(() => __host.settled());
    await page.getByRole("tab", { name: "Score" }).click();
    await page.getByRole("button", { name: "Use the selection" }).click();
    await page.getByText("11 of 11").first().waitFor();
    await drawn(page, "score", { columns: "ABIJKLMNO", formula: '=SCORELET.SCORE("credit",A1:K41)' });
    await page.evaluate(() => __host.select("A15"));
    await page.getByRole("tab", { name: "Explain" }).click();
    await page.locator("#panel-explain .waterfall tbody tr").nth(3).waitFor();
    await page.waitForTimeout(800);
    await page.evaluate(() => window.scrollTo(0, 400));
    await drawn(page, "explain", { columns: "ABDEKLN", formula: "45" });
  });
  await withExcel({ viewport: { width: 380, height: 560 }, colorScheme: "light" }, async (page) => {
    await addModel(page, model);
    await page.getByRole("tab", { name: "What-if" }).click();
    await page.evaluate(() => __host.select("A2"));
    await page.getByRole("button", { name: "Place inputs" }).click();
    await page.getByText("Bound to Sheet1").first().waitFor();
    await page.evaluate(() => __host.settled());
    await page.evaluate(() => window.scrollTo(0, 330));
    await drawn(page, "what-if", { columns: "ABCD", formula: '=SCORELET.PREDICT("credit",B2:B12,A2:A12)' });
    await page.getByRole("tab", { name: "Build" }).click();
    await page.getByRole("button", { name: "Build a sheet" }).click();
    await page.getByText("Built on the sheet").first().waitFor();
    await page.evaluate(() => __host.settled());
    await drawn(page, "build", { columns: "ABCDEF", sheet: "Scoring", formula: '=SCORELET.EXPLAIN("credit",B4:B14,A4:A14)' });
  });
});
