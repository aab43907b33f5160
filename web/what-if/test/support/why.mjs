// Explanations on the page, and how to wait for them.
import { settled } from "./page.mjs";

/** Waits until every explanation on show is about the case as it is. */
export async function explained(page) {
  await settled(page);
  await page.locator('.why[aria-busy="false"] .waterfall').waitFor();
}

export async function openGallery(page, id) {
  await page.goto(`${page.url().split(/[?#]/)[0]}?model=gallery/${id}.pmml`);
  await page.waitForSelector(".case");
  await explained(page);
}

/** The cells of a table of bars: name, detail, number. */
export const rowsOf = (page, table) =>
  page.locator(`${table} tbody tr:visible`).evaluateAll((rows) =>
    rows.map((row) => ({
      name: row.querySelector(".name").textContent,
      detail: row.querySelector(".detail").textContent,
      number: row.querySelector(".num")?.textContent ?? "",
      bar: row.querySelector(".bar")?.getBoundingClientRect().toJSON(),
    })),
  );

export const numberIn = (text) => Number(text.replace(/[▲▼\s,%]/g, "").replace("\u2212", "-"));
