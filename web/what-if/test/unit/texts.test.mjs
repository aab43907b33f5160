import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { en } from "../dist/texts.en.js";

const source = path.resolve(import.meta.dirname, "../../src");
const code = fs
  .readdirSync(source, { recursive: true })
  .filter((name) => name.endsWith(".ts") && name !== "texts.en.ts")
  .map((name) => [name, fs.readFileSync(path.join(source, name), "utf8")]);
const all = code.map(([, text]) => text).join("\n") + fs.readFileSync(path.join(source, "../vite.config.ts"), "utf8");

test("every text of the catalogue is used", () => {
  const looked = ["feature", "type", "function"]; // looked up by PMML's own words
  for (const [group, texts] of Object.entries(en)) {
    if (typeof texts !== "object") assert.match(all, new RegExp(`\\b(t|en)\\.${group}\\b`), group);
    else
      for (const key of Object.keys(texts)) {
        if (looked.includes(key)) continue;
        assert.match(all, new RegExp(`\\bt\\.${group}\\.${key}\\b`), `${group}.${key}`);
      }
  }
});

test("no words outside of the catalogue", () => {
  // Texts of elements, and of the attributes that are read out.
  const spoken = /h\("\w+", \{[^}]*\}, "[^"]*[A-Za-z]{2}|(aria-label|placeholder|title)"?: "[^"]*[A-Za-z]{2}/;
  for (const [name, text] of code) assert.doesNotMatch(text, spoken, name);
});
