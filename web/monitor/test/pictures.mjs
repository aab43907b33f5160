// Pictures of every view, to be looked at: node test/pictures.mjs FOLDER [WIDTH...]
import fs from "node:fs";
import { test } from "node:test";
import { examples, large, nothing } from "./support/answers.mjs";
import { withMonitor } from "./support/page.mjs";

const folder = process.env.PICTURES ?? "build/pictures";
fs.mkdirSync(folder, { recursive: true });
const places = {
  today: ["", large],
  groups: ["view=groups", large],
  group: ["view=groups&find=spain/branch-0060", large],
  models: ["view=models", large],
  model: ["view=model&model=loan&days=90", examples],
  field: ["view=model&model=loan&days=90&field=income", examples],
  alerts: ["view=alerts", examples],
  report: ["view=report", examples],
  empty: ["", nothing],
};
const wanted = process.env.ONLY?.split(",") ?? Object.keys(places);
const widths = (process.env.WIDTHS ?? "1440").split(",").map(Number);
const schemes = (process.env.SCHEMES ?? "light").split(",");

for (const name of wanted)
  for (const width of widths)
    for (const colorScheme of schemes)
      test(`${name} ${width} ${colorScheme}`, () =>
        withMonitor(
          {
            answers: places[name][1](),
            place: places[name][0],
            viewport: { width, height: 900 },
            colorScheme,
            locale: process.env.LOCALE ?? "en-GB",
            query: "",
          },
          async (page) => {
            await page.waitForLoadState("networkidle");
            await page.screenshot({
              path: `${folder}/${name}-${width}-${colorScheme}.png`,
              fullPage: !/^(models|groups)$/.test(name),
            });
          },
        ));
