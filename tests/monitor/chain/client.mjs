// client.mjs URL: scores with the npm package and reports it; what it reported goes to standard output.
import { readFileSync } from "node:fs";
import { Runtime } from "../../../web/scorelet/dist/index.js";
import { Telemetry } from "../../../web/scorelet/dist/telemetry.js";

const demo = new URL("../../data/demo/", import.meta.url);
const telemetry = await Telemetry.open({ url: process.argv[2], token: "secret", privacy: { fields: { age: "full", income: "binned" } } });
const model = await (await Runtime.full()).loadModel(readFileSync(new URL("model.pmml", demo)));
const watch = telemetry.watch(model, { baseline: readFileSync(process.argv[3], "utf8"), identity: { variant: "champion" } });
await telemetry.switchOn();
const ids = [];
for (let age = 20; age < 70; ++age) {
  model.score({ age, income: 1000 * age, home: "rent", purpose: "car" });
  ids.push(...watch.report());
}
watch.outcome(ids[0], true);
const isEmpty = await telemetry.flush(20);
console.log(JSON.stringify({ ids, isEmpty, status: telemetry.status }));
await telemetry.close();
