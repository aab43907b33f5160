/** The packed tarball in an empty project: types, Node, Deno, Bun, a Vite build in Chromium under a strict policy, workers, workerd. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { linear, rising, spelled } from "./documents.js";

const root = new URL("../../", import.meta.url);
const require = createRequire(import.meta.url);
const use = `
  const model = await Model.load(pmml, options);
  const one = model.score({ x: 3, group: "a" }).values.y;
  const many = [...model.scoreColumns({ x: Float64Array.of(1, 2), group: ["é", "a"] }).numbers("y")];
  model.close();`;
const expected = { one: 17.5, many: [3.5, 15.5] };
const pooled = `
  async function pooled(workers) {
    const pool = await ScoringPool.open(pmml, { workers });
    const x = Float64Array.from({ length: 5000 }, (_, i) => i);
    const y = (await pool.scoreColumns({ x, group: Array.from(x, () => "a") })).numbers("y");
    pool.close();
    return [y.length, y[0], y[4999]];
  }`;
const fromPool = [5000, 11.5, 10_009.5];

describe("the packed package", () => {
  let project: string;
  const write = (name: string, text: string) => writeFileSync(join(project, name), text);

  before(() => {
    project = mkdtempSync(join(tmpdir(), "scorelet-package-"));
    execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", project], { cwd: root });
    const tarball = readdirSync(project).find((name) => name.endsWith(".tgz"));
    assert.ok(tarball);
    write("package.json", JSON.stringify({ name: "empty", private: true, type: "module" }));
    execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], { cwd: project, stdio: "pipe" });
    write("pmml.js", `export const pmml = ${JSON.stringify(linear)};`);
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  test("holds what it needs and nothing else", () => {
    const installed = readdirSync(join(project, "node_modules/scorelet"), { recursive: true }).map(String);
    for (const name of ["package.json", "LICENSE", "README.md", "dist/index.js", "dist/index.d.ts", "dist/pool.d.ts", "dist/telemetry.js", "dist/telemetry.d.ts",
      ...["dist", "dist/lite"].flatMap((folder) => ["index.js", "pool.js", "pool-worker.js", "scorelet.wasm"].map((file) => `${folder}/${file}`)), "dist/scorelet-full.wasm", "dist/scorelet-first.wasm", "dist/scorelet-further.wasm",
      "dist/formulas.js", "dist/formulas.d.ts", "dist/scorelet-formulas.wasm"]) {
      assert.ok(installed.includes(name), name);
    }
    assert.deepEqual(installed.filter((name) => /^(src|test|scripts|build)/.test(name)), []);
    assert.deepEqual(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith(".")), ["scorelet"], "no dependencies");
  });

  test("is typed without casts, with and without the DOM's types", () => {
    const consumer = readFileSync(new URL("test/fixtures/consumer.txt", root), "utf8");
    write("consumer.ts", consumer);
    write("formulas.ts", `import { type FormulaColumn, type FormulaSheet, translateToFormulas } from "scorelet/formulas";
      export const first = async (pmml: string): Promise<FormulaColumn | undefined> => {
        const sheet: FormulaSheet = await translateToFormulas(pmml, { style: "table", row: 3, column: 1, treesSheet: "Nodes" });
        return sheet.workbook.length > 0 && sheet.trees[0]?.[0] !== 1 ? sheet.columns[0] : undefined;
      };`);
    write("lite.ts", consumer.replaceAll(`"scorelet`, `"scorelet/lite`));
    write("telemetry.ts", readFileSync(new URL("test/fixtures/telemetry.txt", root), "utf8"));
    for (const lib of [["ES2022"], ["ES2022", "DOM", "ESNext.Disposable"]]) {
      for (const [module, moduleResolution] of [["NodeNext", "NodeNext"], ["ESNext", "Bundler"]]) {
        write("tsconfig.json", JSON.stringify({
          compilerOptions: { target: "ES2022", lib, module, moduleResolution, strict: true, exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true, noEmit: true, types: [] }, files: ["consumer.ts", "lite.ts", "formulas.ts", "telemetry.ts"],
        }));
        execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", project], { stdio: "inherit" });
      }
    }
  });

  test("writes formulas, with a module of its own", () => {
    write("sheet.js", `import { translateToFormulas } from "scorelet/formulas"; import { pmml } from "./pmml.js";
      const { style, columns } = await translateToFormulas(pmml, { row: 5, column: 2 });
      console.log(JSON.stringify([style, columns.filter(({ kind }) => kind === "input").map(({ name }) => name), columns.find(({ name }) => name === "y").formula.includes("$C5")]));`);
    assert.deepEqual(JSON.parse(execFileSync(process.execPath, ["sheet.js"], { cwd: project, encoding: "utf8" })), ["let", ["x", "group"], true]);
  });

  const hosts = new URL("../../tests/hosts/node_modules/.bin/", root);
  for (const [host, command, ...flags] of [
    ["Node", process.execPath],
    ["Deno", fileURLToPath(new URL("deno", hosts)), "run", "--no-remote", "--allow-read"],
    ["Bun", fileURLToPath(new URL("bun", hosts)), "run"],
  ] as const) {
    test(`runs in ${host}`, () => {
      write("use.js", `import { Model } from "scorelet"; import { pmml } from "./pmml.js"; const options = {};
        ${use} console.log(JSON.stringify({ one, many }));`);
      assert.deepEqual(JSON.parse(execFileSync(command, [...flags, "use.js"], { cwd: project, encoding: "utf8" })), expected);
    });

    test(`runs a pool of workers in ${host}`, () => {
      write("pool.js", `import { ScoringPool } from "scorelet/pool"; import { pmml } from "./pmml.js";
        ${pooled} console.log(JSON.stringify(await pooled(2)));`);
      assert.deepEqual(JSON.parse(execFileSync(command, [...flags, "pool.js"], { cwd: project, encoding: "utf8", timeout: 60_000 })), fromPool);
    });
  }

  test("lite: the same answers; what it leaves out is refused by name, with the way to the full package", () => {
    write("lite.js", `import { Model } from "scorelet/lite"; import { pmml } from "./pmml.js"; const options = {};
      const refusal = (pmml) => Model.load(pmml).then(() => null, ({ diagnostics }) => diagnostics);
      ${use} console.log(JSON.stringify({ one, many, refusals: await Promise.all(${JSON.stringify([rising, spelled])}.map(refusal)) }));`);
    const { refusals, ...answers } = JSON.parse(execFileSync(process.execPath, ["lite.js"], { cwd: project, encoding: "utf8" }));
    assert.deepEqual(answers, expected);
    for (const [i, what] of [/^<TimeSeriesModel> is left out/, /^Regular expressions \(matches, .* are left out/].entries()) {
      assert.equal(refusals[i].length, 1);
      assert.equal(refusals[i][0].code, "leftOut");
      assert.match(refusals[i][0].message, what);
      assert.match(refusals[i][0].message, /import "scorelet" instead of "scorelet\/lite"/);
    }
  });

  test("runs in a worker of Node", () => {
    write("worker.js", `import { parentPort } from "node:worker_threads"; import { Model } from "scorelet"; import { pmml } from "./pmml.js"; const options = {};
      ${use} parentPort.postMessage({ one, many });`);
    write("main.js", `import { Worker } from "node:worker_threads";
      new Worker(new URL("worker.js", import.meta.url)).once("message", (answer) => console.log(JSON.stringify(answer)));`);
    assert.deepEqual(JSON.parse(execFileSync(process.execPath, ["main.js"], { cwd: project, encoding: "utf8" })), expected);
  });

  for (const entry of ["scorelet", "scorelet/lite"]) test(`${entry} runs from a Vite build in Chromium, in the page and in a worker, under a strict policy`, { timeout: 60_000 }, async () => {
    write("index.html", `<!doctype html><meta charset="utf-8"><title>.</title><script type="module" src="/page.js"></script>`);
    write("background.js", `import { Model } from "${entry}"; import { pmml } from "./pmml.js"; const options = {};
      (async () => { ${use} postMessage({ one, many }); })().catch((error) => postMessage(String(error)));`);
    write("page.js", `import { Model } from "${entry}"; import { ScoringPool } from "${entry}/pool"; import { pmml } from "./pmml.js"; const options = {};
      ${pooled}
      const worker = new Worker(new URL("./background.js", import.meta.url), { type: "module" });
      const fromWorker = new Promise((resolve) => { worker.onmessage = (event) => resolve(event.data); });
      (async () => { ${use} document.title = JSON.stringify({ page: { one, many }, worker: await fromWorker, pool: await pooled(2) }); })()
        .catch((error) => { document.title = JSON.stringify(String(error)); });`);
    await build({ root: project, configFile: false, logLevel: "error", worker: { format: "es" }, build: { target: "es2022", modulePreload: { polyfill: false } } });
    const modules = readdirSync(join(project, "dist/assets")).filter((name) => name.endsWith(".wasm"));
    const packed = entry === "scorelet" ? ["scorelet-full.wasm", "scorelet.wasm"] : ["lite/scorelet.wasm"];
    assert.equal(modules.length, packed.length, "the bundler has found the modules, and only these");
    modules.sort((a, b) => b.lastIndexOf("full") - a.lastIndexOf("full")).forEach((name, i) => assert.deepEqual(
      readFileSync(join(project, "dist/assets", name)), readFileSync(join(project, "node_modules/scorelet/dist", packed[i]!))));

    const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
    const server = createServer((request, response) => {
      const file = join(project, "dist", request.url === "/" ? "index.html" : request.url ?? "");
      if (!existsSync(file)) return void response.writeHead(404).end();
      response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain",
        "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" });
      response.end(readFileSync(file));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const executablePath = ["chromium", "chromium-browser", "google-chrome"]
      .flatMap((name) => (process.env["PATH"] ?? "").split(":").map((folder) => join(folder, name))).find(existsSync);
    assert.ok(executablePath, "Chromium is not on the path");
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      // Not `waitForFunction`: what it polls with needs `eval`, which the policy forbids.
      let title = ".";
      while ((title = await page.title()) === ".") await delay(20);
      assert.deepEqual(JSON.parse(title), { page: expected, worker: expected, pool: fromPool });
    } finally {
      await browser.close();
      server.close();
    }
  });

  test("runs in workerd with the imported module, and says so when it is not given", async () => {
    const folder = join(project, "worker");
    mkdirSync(folder);
    cpSync(join(project, "node_modules/scorelet/dist"), folder, { recursive: true });
    cpSync(join(project, "pmml.js"), join(folder, "pmml.js"));
    writeFileSync(join(folder, "worker.js"), `import { Model } from "./index.js"; import { ScoringPool } from "./pool.js"; import wasm from "./scorelet.wasm"; import full from "./scorelet-full.wasm";
      import { pmml } from "./pmml.js"; const spelled = ${JSON.stringify(spelled)};
      export default { async fetch() {
        const refusal = await Model.load(pmml).then(() => "", (error) => error.name + " " + error.diagnostics[0].code);
        const leftOut = await Model.load(spelled, { wasm }).then(() => "", (error) => error.name + " " + error.diagnostics[0].code);
        const withFull = (await Model.load(spelled, { wasm: full })).description.inputs.length;
        const noPool = await ScoringPool.open(pmml, { wasm }).then(() => "", (error) => error.name + " " + error.diagnostics[0].code);
        const options = { wasm }; ${use} return Response.json({ one, many, refusal, leftOut, withFull, noPool }); } };`);
    const modules = ["worker.js", ...readdirSync(folder).filter((name) => /\.m?js$/.test(name) && name !== "worker.js")]
      .map((name) => `(name = "${name}", esModule = embed "${name}")`);
    writeFileSync(join(folder, "config.capnp"), `using Workerd = import "/workerd/workerd.capnp";
      const config :Workerd.Config = (services = [(name = "main", worker = .scorer)],
        sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
      const scorer :Workerd.Worker = (compatibilityDate = "2026-01-01", modules = [${modules.join(", ")}, 
        (name = "scorelet.wasm", wasm = embed "scorelet.wasm"), (name = "scorelet-full.wasm", wasm = embed "scorelet-full.wasm")]);`);
    const workerd = spawn(require.resolve("workerd/bin/workerd"), ["serve", "--control-fd=3", "config.capnp"],
      { cwd: folder, stdio: ["ignore", "inherit", "inherit", "pipe"] });
    try {
      const port = await new Promise<number>((resolve, reject) => {
        workerd.once("exit", (status) => reject(new Error(`workerd ended with ${status}`)));
        workerd.stdio[3]?.on("data", (lines: Buffer) => {
          for (const line of lines.toString().trim().split("\n")) {
            const event = JSON.parse(line) as { event: string; port: number };
            if (event.event === "listen") resolve(event.port);
          }
        });
      });
      const answer = await (await fetch(`http://127.0.0.1:${port}/`)).json();
      assert.deepEqual(answer, { ...expected, refusal: "ScoreletError wasmNotLoaded", leftOut: "ScoreletError leftOut", withFull: 2, noPool: "ScoreletError workerFailed" });
    } finally {
      workerd.removeAllListeners("exit");
      workerd.kill();
    }
  });
});
