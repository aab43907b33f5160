import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { telemetry as deTelemetry } from "../dist/texts/de/telemetry.js";
import { de } from "../dist/texts.de.js";
import { en } from "../dist/texts.en.js";
import { telemetry as enTelemetry } from "../dist/texts/en/telemetry.js";

const source = path.resolve(import.meta.dirname, "../../src");
const code = fs
  .readdirSync(source, { recursive: true })
  .filter((name) => name.endsWith(".ts") && !/^texts(\.\w+\.ts$|\/)/.test(name))
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

test("every text of telemetry is used", () => {
  for (const key of Object.keys(enTelemetry)) assert.match(all, new RegExp(`\\b(w|this\\.w)\\.${key}\\b`), key);
});

test("no words outside of the catalogue", () => {
  // Texts of elements, and of the attributes that are read out.
  const spoken = /h\("\w+", \{[^}]*\}, "[^"]*[A-Za-z]{2}|(aria-label|placeholder|title)"?: "[^"]*[A-Za-z]{2}/;
  for (const [name, text] of code) assert.doesNotMatch(text, spoken, name);
});

test("German has every text, in words of its own", () => {
  const same = /^(product|percentSign|listSeparator|card\.(name|fieldKind\.text|type\.NaiveBayesModel)|remark\..*|telemetry\.nothingSent)$/;
  const check = (place, english, german) => {
    assert.equal(typeof german, typeof english, place);
    if (typeof english === "object") {
      assert.deepEqual(Object.keys(german), Object.keys(english), place);
      for (const key of Object.keys(english)) check(place ? `${place}.${key}` : key, english[key], german[key]);
    } else if (typeof english === "string" && !same.test(place)) assert.notEqual(german, english, place);
  };
  check("", en, de);
  check("telemetry", enTelemetry, deTelemetry);
});

test("plurals follow the language", () => {
  assert.equal(de.form.count(1), "1 Feld");
  assert.equal(de.form.count(2), "2 Felder");
  assert.equal(de.card.asks(1, 2), "Es fragt nach 2 Feldern, von denen 1 zählt");
});
