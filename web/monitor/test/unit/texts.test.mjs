import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { load } from "./support.mjs";

const { en } = await load("texts/en");
const { de } = await load("texts/de");
const source = path.resolve(import.meta.dirname, "../../src");
const code = fs
  .readdirSync(source, { recursive: true })
  .filter((name) => name.endsWith(".ts") && !/^texts\//.test(name))
  .map((name) => [name, fs.readFileSync(path.join(source, name), "utf8")]);
const all = code.map(([, text]) => text).join("\n") + fs.readFileSync(path.join(source, "../vite.config.ts"), "utf8");

test("every text of the catalogue is used", () => {
  const looked = ["figure", "figureShort", "status", "change", "views"]; // looked up by the server's own words
  for (const [group, texts] of Object.entries(en)) {
    assert.match(all, new RegExp(`\\b(w|en)\\.${group}\\b`), group);
    if (typeof texts === "object" && !looked.includes(group) && !Array.isArray(texts))
      for (const key of Object.keys(texts))
        assert.match(all, new RegExp(`\\bw\\.${group}(\\.${key}\\b|\\[kind\\])`), `${group}.${key}`);
  }
});

test("no words outside of the catalogue", () => {
  const spoken = /h\("\w+", \{[^}]*\}, "[^"]*[A-Za-z]{2}|(aria-label|placeholder|title)"?: "[^"]*[A-Za-z]{2}/;
  for (const [name, text] of code) assert.doesNotMatch(text, spoken, name);
});

test("German has every text, in words of its own", () => {
  const same = /^(product|.*(auc|rmse|mae|brier|digest|approved|version|Version|token|region))$/i;
  const check = (place, english, german) => {
    assert.equal(typeof german, typeof english, place);
    if (typeof english === "object") {
      assert.deepEqual(Object.keys(german), Object.keys(english), place);
      for (const key of Object.keys(english)) check(place ? `${place}.${key}` : key, english[key], german[key]);
    } else if (typeof english === "string" && !same.test(place)) assert.notEqual(german, english, place);
  };
  check("", en, de);
});
