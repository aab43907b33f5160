// Modules as compiled, and models on this thread in place of workers.
import fs from "node:fs";
import path from "node:path";
import { Model } from "scorelet";

export const repository = path.resolve(import.meta.dirname, "../../../..");
export const data = (name) => path.join(repository, "tests/data", name);
const dist = path.resolve(import.meta.dirname, "../dist/addins/excel/src");
export const load = (name) => import(path.join(dist, `${name}.js`));

export const english = { decimal: ".", group: ",", is1904: false };

/** A field as the package describes one. */
export const field = (more = {}) => ({
  name: "x", dataType: "double", opType: "continuous", usageType: "active", isUsed: true, isList: false, isListOfSets: false, isCyclic: false,
  values: [], intervals: [], missingValueTreatment: "asIs", invalidValueTreatment: "returnInvalid", outliers: "asIs", ...more,
});
export const value = (v, property = "valid") => ({ value: v, property });

/** What `Calls` needs of an open model. */
export async function subject(file, name = "m") {
  const bytes = typeof file === "string" ? fs.readFileSync(file) : file;
  const model = await Model.load(bytes);
  let made;
  const inquiry = async () => {
    if (made) return made;
    made = (await Model.load(bytes, { explains: true })).inquire();
    made.makeBackground({ records: 50 });
    return made;
  };
  const blocks = [];
  return {
    name, sha256: "0".repeat(64), size: bytes.length, description: model.description, report: model.description.info.hasVerification ? model.verify() : null,
    isStateful: model.isStateful, localNow: model, blocks,
    local: async () => model,
    scoreColumns: async (columns) => {
      const result = model.scoreColumns(columns);
      blocks.push(result.rows);
      return result;
    },
    contributions: async (record, options, compared = []) => {
      if (!compared.length) return (await inquiry()).contributions(record, options);
      return (await Model.load(bytes, { explains: true })).inquire(compared).contributions(record, options);
    },
    ask: async (ask, ...of) => (await inquiry())[ask](...of),
    forecast: async (record, horizon) => {
      const other = await Model.load(bytes, { horizon });
      try {
        return other.score(record).values;
      } finally {
        other.close();
      }
    },
  };
}

export const csv = (name) =>
  fs.readFileSync(data(name), "utf8").trim().split("\n").map((line) => line.split(","));
