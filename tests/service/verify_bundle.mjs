// A bundle checked with what every browser and JavaScript host has: no library, no WebAssembly.
// usage: node verify_bundle.mjs BUNDLE PUBLIC_KEY_FILE; exit status 0: signed by that key, and all parts as signed
import { readFileSync } from "node:fs";
import { argv, exit } from "node:process";

const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, "0")).join("");

function files(archive) {
  const found = {};
  const text = (at, size) => new TextDecoder().decode(archive.subarray(at, at + size)).replace(/\0.*$/s, "");
  for (let at = 0; archive[at] !== 0; ) {
    const size = parseInt(text(at + 124, 12), 8);
    found[text(at, 100)] = archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

async function isSigned(manifest, signature, publicKey) {
  const lines = new TextDecoder().decode(signature).split("\n");
  const [own, whole, trusted] = [bytes(lines[1]), bytes(lines[3]), lines[2].slice("trusted comment: ".length)];
  const key = bytes(publicKey.split("\n")[1]);
  if (String.fromCharCode(own[0], own[1]) !== "Ed" || hex(own.slice(2, 10)) !== hex(key.slice(2, 10))) return false;
  const ed25519 = await crypto.subtle.importKey("raw", key.slice(10), "Ed25519", false, ["verify"]);
  const comment = new TextEncoder().encode(trusted);
  return (
    (await crypto.subtle.verify("Ed25519", ed25519, own.slice(10), manifest)) &&
    (await crypto.subtle.verify("Ed25519", ed25519, whole, new Uint8Array([...own.slice(10), ...comment])))
  );
}

const parts = files(new Uint8Array(readFileSync(argv[2])));
const manifest = parts["manifest.json"];
if (!(await isSigned(manifest, parts["manifest.json.minisig"], readFileSync(argv[3], "utf8")))) exit(1);
for (const [name, part] of Object.entries(JSON.parse(new TextDecoder().decode(manifest)).parts))
  if (hex(await crypto.subtle.digest("SHA-256", parts[name])) !== part.sha256) exit(1);
