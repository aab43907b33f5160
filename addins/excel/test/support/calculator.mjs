// A spreadsheet's calculation for the stand-in (calculate.py), and the command line that writes the same formulas.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { repository } from "./excel.mjs";

const python = path.join(process.env.SCORELET_CACHE ?? "", "python/bin/python3");
const cli = path.join(repository, "build/native/bin/scorelet");

/** `use` is given what the stand-in calls as `__native`. */
export async function withCalculator(use) {
  assert.ok(process.env.SCORELET_CACHE && fs.existsSync(python), "no IronCalc: tools/setup formulas, then . ~/.cache/scorelet/env.sh");
  const child = spawn(python, [path.join(import.meta.dirname, "calculate.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  createInterface(child.stdout).on("line", (line) => waiting.shift()(JSON.parse(line)));
  child.once("exit", () => waiting.splice(0).forEach((resolve) => resolve([])));
  try {
    await use((book) => new Promise((resolve) => {
      waiting.push(resolve);
      child.stdin.write(`${JSON.stringify(book)}\n`);
    }));
  } finally {
    child.kill();
  }
}

/** What `scorelet export` writes, as bytes of a workbook or as [heading, formula] of its columns. */
export function exported(document, style, file = null) {
  assert.ok(fs.existsSync(cli), `${cli} is missing: cmake --build --preset native --target scorelet_cli`);
  const flags = ["export", document, "--to=excel", "-q", ...(style ? [`--style=${style}`] : [])];
  if (file) {
    execFileSync(cli, [...flags, "-o", file]);
    return fs.readFileSync(file);
  }
  return execFileSync(cli, flags, { encoding: "utf8", maxBuffer: 2 ** 28 }).trimEnd().split("\n").map((line) => line.split("\t").slice(1));
}
