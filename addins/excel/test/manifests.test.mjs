// The manifests of the build keep the rules, and the rules find what is broken.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { addin } from "../scripts/addin.mjs";
import { faultsOfLanguage, faultsOfUnified, faultsOfXml } from "../scripts/rules.mjs";

const dist = (name) => path.resolve(import.meta.dirname, "../dist", name);
const text = (name) => fs.readFileSync(dist(name), "utf8");
const json = (name) => JSON.parse(text(name));

test("both manifests are without fault, and so is every language", async () => {
  assert.deepEqual(faultsOfXml(text("manifest.xml")), []);
  assert.deepEqual(await faultsOfUnified(json("manifest.json")), []);
  const { additionalLanguages } = json("manifest.json").localizationInfo;
  assert.equal(additionalLanguages.length, Object.keys(addin.texts).length - 1);
  for (const { file } of additionalLanguages) assert.deepEqual(await faultsOfLanguage(json(file)), []);
});

test("what they name is in the folder", () => {
  const manifest = json("manifest.json");
  const { pathname } = new URL(manifest.extensions[0].runtimes[0].code.page);
  const folder = pathname.replace(/[^/]*$/, "");
  const urls = [...new Set([...text("manifest.xml").matchAll(/Value="(https:[^"]*)"/g), ...text("manifest.json").matchAll(/"(https:\/\/localhost[^"]*)"/g)].map((m) => new URL(m[1]).pathname.replace(folder, "")))];
  assert.ok(urls.length > 8);
  for (const file of urls) assert.ok(file === "" || fs.existsSync(dist(file)), file);
  for (const file of [manifest.icons.color, manifest.icons.outline]) assert.ok(fs.existsSync(dist(file)), file);
});

test("both say the same", () => {
  const xml = text("manifest.xml"), manifest = json("manifest.json");
  assert.ok(xml.includes(`<Id>${manifest.id}</Id>`) && xml.includes(`<Version>${manifest.version}.0</Version>`));
  const { customFunctions } = manifest.extensions[0].runtimes[0];
  assert.ok(xml.includes(`id="Namespace" DefaultValue="${customFunctions.namespace.id}"`));
});

test("help in another language is of the same functions and arguments", () => {
  const named = (file) => json(file).functions.map(({ id, name, parameters }) => [id, name, parameters.map((p) => [p.name, p.optional ?? false])]);
  assert.deepEqual(named("functions.de.json"), named("functions.json"));
  const texts = (file) => json(file).functions.flatMap(({ description, parameters }) => [description, ...parameters.map((p) => p.description)]);
  const english = texts("functions.json");
  for (const [i, text] of texts("functions.de.json").entries()) assert.ok(text && text !== english[i], text);
  assert.match(text("manifest.xml"), /id="Metadata.Url" DefaultValue="[^"]*functions\.json"><bt:Override Locale="de-DE" Value="[^"]*functions\.de\.json"/);
});

test("icons have the sizes that they are named for", () => {
  for (const [file, size] of [["icon-16.png", 16], ["icon-32.png", 32], ["icon-64.png", 64], ["icon-80.png", 80], ["icon-color-192.png", 192], ["icon-outline-32.png", 32]]) {
    const png = fs.readFileSync(dist(file));
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size], file);
  }
});

test("a broken manifest is found out", async () => {
  const xml = text("manifest.xml");
  const broken = {
    "resid .* has no resource": xml.replace('<bt:Url id="Script.Url"', '<bt:Url id="Skript.Url"'),
    "is not https": xml.replaceAll("https://localhost", "http://localhost"),
    "is not of 1 to 125 characters": xml.replace(/(id="Group.Label" DefaultValue=")[^"]*/, `$1${"x".repeat(126)}`),
    "is not of 1 to 250 characters": xml.replace(/(id="Open.Tip" DefaultValue=")[^"]*/, `$1${"x".repeat(251)}`),
    "no GUID": xml.replace(/<Id>.*<\/Id>/, "<Id>scorelet</Id>"),
    "closes another": xml.replace("</Group>", "</Control>"),
    "no icon of 80": xml.replaceAll('size="80"', 'size="64"'),
    "order of the schema": xml.replace(/(<Permissions>.*<\/Permissions>)/, "").replace("<Hosts><Host Name", "<Permissions>ReadWriteDocument</Permissions><Hosts><Host Name"),
    "one page": xml.replace('<FunctionFile resid="Pane.Url"', '<FunctionFile resid="Script.Url"'),
  };
  for (const [fault, manifest] of Object.entries(broken)) {
    const found = faultsOfXml(manifest);
    assert.ok(found.some((f) => new RegExp(fault).test(f)), `${fault}: ${found}`);
  }
  const unified = json("manifest.json");
  for (const change of [(m) => (m.extensions[0].runtimes[0].lifetime = "forever"), (m) => (m.name.short = "x".repeat(31)), (m) => delete m.icons, (m) => (m.extensions[0].runtimes[0].customFunctions.namespace.id = "x".repeat(33))]) {
    const copy = structuredClone(unified);
    change(copy);
    assert.notDeepEqual(await faultsOfUnified(copy), [], String(change));
  }
  assert.notDeepEqual(await faultsOfLanguage({ ...json("de-de.json"), "name.short": "x".repeat(31) }), []);
});

test("functions.json is what the vendor's schema of names allows", () => {
  const { functions } = json("functions.json");
  assert.deepEqual(functions.map((f) => f.id).sort(), ["CHECK", "CURVE", "EXPLAIN", "FIELDS", "FORECAST", "GOALSEEK", "MODELINFO", "OUTPUT", "OUTPUTS", "PREDICT", "PROBABILITY", "REASONS", "SCORE", "SCORE1", "VERIFY"]);
  for (const f of functions) {
    assert.match(f.id, /^[A-Z][A-Z0-9_.]{2,}$/);
    assert.ok(f.description.length <= 128, f.id);
    for (const p of f.parameters) assert.ok(p.description.length <= 128 && p.name.length <= 64, `${f.id} ${p.name}`);
    // What is left out comes last.
    const optional = f.parameters.map((p) => p.optional === true);
    assert.deepEqual(optional, [...optional].sort(), f.id);
    for (const name of ["inputs", "rows", "fields"]) for (const p of f.parameters.filter((x) => x.name === name)) assert.equal(p.dimensionality, "matrix", `${f.id} ${name}`);
  }
  assert.equal(functions.find((f) => f.id === "SCORE1").options.supportSync, true);
});
