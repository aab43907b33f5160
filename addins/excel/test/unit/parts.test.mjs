// Models as custom XML parts: what goes in comes out, and what is changed is found out.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { load } from "./support.mjs";

const { documentOf, pieceOf, piecesOf, sha256 } = await load("models/part");
const { find, freeName } = await load("models/names");
const { WorkbookStore } = await load("host/workbook");

const document = new TextEncoder().encode(`<PMML>${"x".repeat(5000)}é😀</PMML>`);
const stored = async (name = "Loan", bytes = document) => ({ name, sha256: await sha256(bytes), size: bytes.length });

test("SHA-256 as the standard's example has it", async () =>
  assert.equal(await sha256(new TextEncoder().encode("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

test("there and back, in one piece or many, in any order", async () => {
  const random = new Uint8Array(randomBytes(100_000));
  for (const [bytes, most] of [[document, undefined], [random, 10_000], [random, 133_337]]) {
    const xml = await piecesOf(await stored("Loan", bytes), bytes, most);
    if (most) assert.ok(xml.length > 1 && xml.every((x) => x.length < most + 400));
    assert.deepEqual(await documentOf(xml.map(pieceOf).reverse()), bytes);
  }
});

test("any name survives, and hosts may write the XML their own way", async () => {
  const name = `R&D "loan" <2> 'x' é 😀`;
  const [xml] = await piecesOf(await stored(name), document);
  assert.equal(pieceOf(xml).name, name);
  assert.equal(pieceOf(xml.replace("<model xmlns=", "<a:model xmlns:a=").replace("</model>", "</a:model>")).name, name);
  assert.equal(pieceOf(`<?xml version="1.0"?>\n${xml.replace(/size="(\d+)"/, "size='$1'")}`).size, document.length);
  assert.equal(pieceOf("<settings/>"), null);
  assert.equal(pieceOf(xml.replace(/sha256="../, 'sha256="')), null);
});

test("what was changed, cut or is not whole is refused", async () => {
  const most = 50;
  const pieces = (await piecesOf(await stored(), document, most)).map(pieceOf);
  assert.ok(pieces.length > 1);
  const damaged = { name: "Damaged" };
  const refuse = (p) => assert.rejects(documentOf(p), (e) => e.constructor.name === damaged.name && /Loan|^The model “”/.test(e.message));
  await refuse([]);
  await refuse(pieces.slice(1));
  await refuse([...pieces.slice(0, -1), pieces[0]]);
  await refuse(pieces.map((p, i) => (i ? p : { ...p, text: `AAAA${p.text.slice(4)}` })));
  await refuse(pieces.map((p) => ({ ...p, sha256: "0".repeat(64) })));
  await refuse(pieces.map((p) => ({ ...p, size: 10 })));
});

test("names in formulas", () => {
  const models = [{ name: "Loan", sha256: "ab".repeat(32) }, { name: "loan b", sha256: "cd".repeat(32) }, { name: "LOAN B", sha256: `${"cd".repeat(31)}ee` }];
  assert.equal(find(models, " loan ").name, "Loan");
  assert.equal(find(models, "LOAN B").name, "LOAN B");
  assert.equal(find(models, "abababab").name, "Loan");
  assert.equal(find(models, "cdcdcdcd"), undefined); // two begin so
  assert.equal(find(models, "ab"), undefined);
  assert.equal(find(models, "none"), undefined);
  assert.equal(freeName("Loan", models), "Loan 2");
  assert.equal(freeName("Other", models), "Other");
});

test("the workbook's parts, a message for each", async () => {
  const xml = await piecesOf(await stored(), document, 60);
  const added = [];
  let syncs = 0;
  const found = { items: xml.map((text, i) => ({ id: `{${i}}`, getXml: () => ({ value: text }) })), load: () => {} };
  const context = { sync: async () => void syncs++, workbook: { customXmlParts: { getByNamespace: () => found, add: (text) => added.push(text) } } };
  globalThis.Excel = { run: (work) => work(context) };
  try {
    const store = new WorkbookStore();
    const [model] = await store.list();
    assert.deepEqual(model, await stored());
    assert.equal(syncs, xml.length + 1);
    assert.deepEqual(await store.read(model.sha256), document);
    await store.add(model, document);
    assert.equal(pieceOf(added[0]).count, 1);
  } finally {
    delete globalThis.Excel;
  }
});
