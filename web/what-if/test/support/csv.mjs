// Rows of a table in tests/data; none of those read here has quotes. An empty cell is missing.
import fs from "node:fs";
import { data } from "./page.mjs";

export function csv(name) {
  const [head, ...rows] = fs
    .readFileSync(data(name), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(head.map((column, i) => [column, row[i] === "" ? null : row[i]])));
}
