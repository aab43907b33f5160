// `scorelet monitor` itself with the built page, and events to send it.
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { repository } from "./page.mjs";

const program = process.env.SCORELET ?? path.join(repository, "build/native/bin/scorelet");
/** Why these tests do not run; where SCORELET names a program, they do. */
export const skip =
  !process.env.SCORELET && spawnSync(program, ["monitor", "--help"]).status !== 0
    ? "no scorelet with a monitor in build/native"
    : false;
const day = 86_400_000;

const today = Math.floor(Date.now() / day); // also when midnight passes meanwhile
/** The beginning of a day in UTC, so many from today. */
export const midnight = (days) => (today + days) * day;
export const iso = (time) => new Date(time).toISOString().replace(".000Z", "Z");

/** Empty, with these rules. */
export async function started(rules, options = []) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "scorelet-monitor-"));
  fs.writeFileSync(path.join(folder, "rules.json"), JSON.stringify({ format: "scorelet-rules/1", ...rules }));
  const child = spawn(
    program,
    [
      ...["monitor", "--data", path.join(folder, "data"), "--rules", path.join(folder, "rules.json")],
      ...["--listen", "127.0.0.1:0", "--page", path.join(repository, "web/monitor/dist"), ...options],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    const said = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const [, address] = /monitoring at (http:\/\/\S+)/.exec(line) ?? [];
      if (address) resolve(`${address}/`);
    });
    child.once("error", reject);
    void ended.then(() => reject(new Error(said.join("\n"))));
  });
  const ask = async (where, content, method = content === undefined ? "GET" : "POST") => {
    const body = content === undefined ? null : JSON.stringify(content);
    const response = await fetch(url + where, { method, body, headers: { "content-type": "application/json" } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${where}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
  return {
    url,
    ask,
    folder,
    send: (records, instance = "edge-1") => ask("v1/logs", logs(records, instance)),
    async close() {
      child.kill("SIGTERM");
      await ended;
      fs.rmSync(folder, { recursive: true });
    },
  };
}

/** A bundle of a model that adds two numbers, with what its manifest says of watching it. */
export function bundle(folder, name, about) {
  const file = (end) => path.join(folder, `${name}.${end}`);
  const document = fs.readFileSync(path.join(repository, "tests/service/sum.pmml"), "utf8");
  fs.writeFileSync(file("pmml"), document.replace('modelName="sum"', `modelName="${name}"`));
  fs.writeFileSync(file("json"), JSON.stringify(about));
  fs.writeFileSync(file("csv"), "a,b,y\n1,2,9\n0,0,1\n2,2,11\n");
  const made = spawnSync(
    program,
    [
      ...["model", "pack", name, file("pmml"), "-o", file("bundle"), "--by", "M. Virtanen"],
      ...["--about", file("json"), "--labelled", file("csv")],
    ],
    { encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  return fs.readFileSync(file("bundle"));
}

const value = (x) => (typeof x === "number" ? { doubleValue: x } : { stringValue: x });
const attributes = (of) =>
  Object.entries(of).flatMap(([key, x]) => (x === undefined ? [] : [{ key, value: value(x) }]));

/** A prediction as docs/telemetry.md says it is sent. */
export function prediction(model, time, inputs, outputs, { variant, version = "1", error, id = randomUUID() } = {}) {
  const parts = Object.entries({ inputs, outputs, flags: {} });
  return {
    timeUnixNano: `${time}000000`,
    severityNumber: 9,
    eventName: "scoring.prediction",
    body: {
      kvlistValue: { values: parts.map(([key, of]) => ({ key, value: { kvlistValue: { values: attributes(of) } } })) },
    },
    attributes: attributes({
      "scoring.prediction.id": id,
      "scoring.model.name": model,
      "scoring.model.version": version,
      "scoring.model.variant": variant,
      "scoring.duration": 0.0004,
      "error.type": error,
    }),
  };
}

export const idOf = (record) => record.attributes[0].value.stringValue;

export const logs = (records, instance) => ({
  resourceLogs: [
    {
      resource: { attributes: attributes({ "service.instance.id": instance, "scoring.host.kind": "test" }) },
      scopeLogs: [{ scope: { name: "tests" }, logRecords: records }],
    },
  ],
});
