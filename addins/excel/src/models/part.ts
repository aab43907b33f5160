// A model as custom XML parts of a workbook: compressed, in pieces that Excel on the web takes in one message.
import { w } from "../texts/texts.ts";

export const namespace = "urn:scorelet:model:1";
/** Characters of one piece: a message may have 5 MB, and carries more than the piece. */
export const mostCharacters = 3_000_000;

export interface StoredModel {
  readonly name: string;
  /** Of the document, in hexadecimal. */
  readonly sha256: string;
  /** Bytes of the document. */
  readonly size: number;
}

export interface Piece extends StoredModel {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  readonly text: string;
}

/** Thrown where what a workbook holds is not what was put there. */
export class Damaged extends Error {}

export async function piecesOf(model: StoredModel, document: Uint8Array<ArrayBuffer>, most = mostCharacters): Promise<string[]> {
  const text = base64(await through(document, new CompressionStream("gzip")));
  const count = Math.max(1, Math.ceil(text.length / most));
  return Array.from({ length: count }, (_, index) => xmlOf({ ...model, index, count, text: text.slice(index * most, (index + 1) * most) }));
}

/** `pieces` may come in any order. */
export async function documentOf(pieces: readonly Piece[]): Promise<Uint8Array<ArrayBuffer>> {
  const [first] = pieces;
  const sorted = [...pieces].sort((a, b) => a.index - b.index);
  if (!first || sorted.length !== first.count || sorted.some((piece, i) => piece.index !== i)) throw new Damaged(w.models.damaged(first?.name ?? ""));
  let document: Uint8Array<ArrayBuffer>;
  try {
    document = await through(bytesOf(sorted.map((piece) => piece.text).join("")), new DecompressionStream("gzip"), first.size);
  } catch {
    throw new Damaged(w.models.damaged(first.name));
  }
  if (document.length !== first.size || (await sha256(document)) !== first.sha256) throw new Damaged(w.models.damaged(first.name));
  return document;
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, "0")).join("");
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi, (_, decimal: string, hex: string, name: string) =>
    name ? { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[name.toLowerCase()]! : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  );

function xmlOf({ name, sha256, size, index, count, text }: Piece): string {
  return `<model xmlns="${namespace}" name="${escaped(name)}" sha256="${sha256}" size="${size}" piece="${index}" pieces="${count}" encoding="gzip+base64">${text}</model>`;
}

/** Hosts write the XML anew, with another prefix or quotes of another kind; null for what is no such part. */
export function pieceOf(xml: string): Piece | null {
  const parts = /<(?:[\w.-]+:)?model\b([^>]*)>([A-Za-z0-9+/=\s]*)<\//.exec(xml);
  if (!parts) return null;
  const attributes = new Map(Array.from(parts[1]!.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g), (m) => [m[1]!, unescaped(m[2] ?? m[3] ?? "")]));
  const number = (name: string) => Number(attributes.get(name) ?? NaN);
  const name = attributes.get("name"),
    sha = attributes.get("sha256");
  const whole = [number("size"), number("piece"), number("pieces")];
  if (name === undefined || !/^[0-9a-f]{64}$/.test(sha ?? "") || !whole.every((x) => Number.isInteger(x) && x >= 0)) return null;
  return { name, sha256: sha!, size: whole[0]!, index: whole[1]!, count: whole[2]!, text: parts[2]!.replace(/\s/g, "") };
}

/** `most`: what comes out beyond it is not wanted (a small file may unpack to any size). */
async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, most = Infinity): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = new Blob([bytes]).stream().pipeThrough(stream as TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>).getReader();
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > most) throw new Error("too large");
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 24_576) parts.push(btoa(String.fromCharCode(...bytes.subarray(i, i + 24_576))));
  return parts.join("");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
