// The module of the service: only its reviewed exports and imports, and what it does with wrong settings and models.
// usage: node module.mjs MODULE
import { readFileSync } from "node:fs";
import { createService } from "../../edge/fetch/service.mjs";
import { check, summed } from "../support/checks.mjs";

const lines = (file) => readFileSync(new URL(`../../edge/module/${file}`, import.meta.url), "utf8").split("\n").filter((line) => line !== "");
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const sum = readFileSync(new URL("sum.pmml", import.meta.url), "utf8");

check("exports", WebAssembly.Module.exports(module).map((e) => e.name).sort(), lines("exports.txt").sort());
check("imports", WebAssembly.Module.imports(module).map((i) => `${i.module}.${i.name}`).sort(), lines("imports.txt").sort());

function why(options) {
  try {
    createService(module, options);
  } catch (error) {
    return error.message;
  }
  return "nothing";
}
check("an unknown setting", why({ settings: { row: 1 } }), "row: There is no such setting, or its value is of another kind.");
check("a setting of no sense", why({ settings: { rows: 0 } }), "rows: A whole number, 1 or more, is wanted.");
check("bad tokens", why({ settings: { tokens: "x" } }).startsWith("tokens: Line 1"), true);
check("keys that are none", why({ settings: { keys: "x" } }).startsWith("keys: Line 1"), true);
check("no bundle, where keys are given", why({ settings: { keys: "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3" }, models: { sum } }).includes("Only signed bundles"), true);
check("a model that fails its verification", why({ models: { sum: sum.replace("<y>9</y>", "<y>8</y>") } }).includes("ModelVerification"), true);

const lines2 = [];
const service = createService(module, { models: { sum }, log: (line) => lines2.push(JSON.parse(line)) });
const ask = (headers = {}, isLoopback = true, body = '{"arguments":{"a":1,"b":2}}') =>
  service.fetch(new Request("http://localhost/model/sum", { method: "POST", headers: { host: "localhost", "content-type": "application/json", ...headers }, body }), isLoopback);
const answer = await ask();
check("an answer", [answer.status, await answer.json()], [200, { results: { y: 9 } }]);
check("without tokens nobody else", (await ask({}, false)).status, 403);
check("nor through a proxy", (await ask({ "x-forwarded-for": "10.0.0.1" })).status, 403);
check("the log", [lines2[0].route, lines2[0].rows, lines2[0].status], ["/model/{}", 1, 200]);
const many = await Promise.all(Array.from({ length: 50 }, (_, a) => ask({}, true, `{"arguments":{"a":${a},"b":0}}`).then((r) => r.json())));
check("many at once", many.map((r) => r.results.y), Array.from({ length: 50 }, (_, a) => 2 * a + 1));
check("a body without end is not read to its end", (await service.fetch({
  method: "POST", url: "http://localhost/model/sum", headers: new Headers({ host: "localhost" }),
  body: (async function* () { for (;;) yield new Uint8Array(1 << 20); })(),
}, true)).status, 413);
service.drain();
check("drained", (await service.fetch(new Request("http://localhost/ping"))).status, 503);

summed();
