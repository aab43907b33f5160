/** Where bytes come from: documents and the WebAssembly module. */
import { fault, ScoreletError } from "./error.js";
import { fullModule } from "./full.js";

/** A buffer or a view of one. */
export type Bytes = ArrayBuffer | ArrayBufferView;

// Only what is used of the host's types, so that a program needs none of the DOM's to be checked against this package.
/** `URL` */
export interface UrlLike { readonly href: string }
/** `Response`, as `fetch` gives it */
export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}
/** `WebAssembly.Module`: opaque */
export type WasmModule = object;

/** The WebAssembly module by address, content or already compiled; or in two parts. */
export type WasmSource = UrlLike | string | Bytes | ResponseLike | WasmModule | WasmParts;
/**
 * A module in two parts: `scorelet-first.wasm` scores the model types of `scorelet/lite`, and takes `scorelet-further.wasm` when a
 * document first asks for another one.
 */
export interface WasmParts {
  readonly first: UrlLike | string | Bytes | ResponseLike | WasmModule;
  /** By address it is fetched when it is needed. */
  readonly further: UrlLike | string | Bytes | WasmModule;
}
/** A PMML document: its text, its bytes, or the answer to a `fetch`. */
export type PmmlSource = string | Bytes | ResponseLike;

// By tag and by shape, not `instanceof`: values may come from another realm (frames, test runners).
const tag = (x: unknown): string => Object.prototype.toString.call(x).slice(8, -1);
/** @internal */
export const isBytes = (x: unknown): x is Bytes => ArrayBuffer.isView(x) || tag(x) === "ArrayBuffer";
const isModule = (x: unknown): x is WebAssembly.Module => tag(x) === "WebAssembly.Module";
const isResponse = (x: unknown): x is ResponseLike =>
  typeof x === "object" && x !== null && "arrayBuffer" in x && typeof x.arrayBuffer === "function" && "ok" in x;

/** @internal */
export const isParts = (x: unknown): x is { first: WebAssembly.Module; further: WasmSource } =>
  typeof x === "object" && x !== null && "first" in x && "further" in x;

const isStream = (x: unknown): x is Response => tag(x) === "Response" && (x as Response).ok && !(x as Response).bodyUsed
  && (x as Response).headers.get("content-type") === "application/wasm" && typeof WebAssembly.compileStreaming === "function";

/** @internal */
export const view = (bytes: Bytes): Uint8Array<ArrayBuffer> => ArrayBuffer.isView(bytes)
  ? new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

async function body(response: ResponseLike): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw new Error(`${response.url || "the server"} answered with status ${response.status}`);
  return view(await response.arrayBuffer());
}

/** The bytes or text of a PMML document. */
export async function document(source: PmmlSource | PromiseLike<PmmlSource>): Promise<string | Uint8Array> {
  const given = await source;
  if (typeof given === "string") return given;
  if (isBytes(given)) return view(given);
  if (!isResponse(given)) throw fault("badArgument", "A PMML document is given as text, bytes or a Response.");
  try {
    return await body(given);
  } catch (cause) {
    throw fault("badArgument", `The PMML document could not be fetched: ${reason(cause)}.`, { cause });
  }
}

const advice = "Pass it yourself: `wasm` takes a URL, bytes, a Response or a WebAssembly.Module of "
  + "`scorelet/scorelet.wasm`, a file of this package.";

/** A function that answers with a vector: what `scorelet.wasm` needs of an engine (all since 2023). */
const vectors = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, /* type */ 1, 5, 1, 96, 0, 1, 123, /* function */ 3, 2, 1, 0,
  /* code: i32.const 0, i8x16.splat */ 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);
/** The module beside this file, written as bundlers recognise it. */
const ownModule = (): URL =>
  fullModule && !WebAssembly.validate(vectors) ? fullModule() : new URL("./scorelet.wasm", import.meta.url);

/**
 * The module given; by default one of this package.
 * @internal
 */
export async function compile(source?: WasmSource | PromiseLike<WasmSource>): Promise<WebAssembly.Module> {
  const given = await source;
  if (isModule(given)) return given;
  const content = await moduleContent(given);
  try {
    return await (isBytes(content) ? WebAssembly.compile(content) : WebAssembly.compileStreaming(content));
  } catch (cause) {
    throw fault("wasmNotLoaded", `The WebAssembly module cannot be compiled: ${reason(cause)}. A page needs `
      + "'wasm-unsafe-eval' in the script-src of its Content-Security-Policy; workerd takes only imported modules.", { cause });
  }
}

/**
 * What a worker may be given: the module; or its first part, and where the second is.
 * @internal
 */
export async function compileParts(source?: WasmSource | PromiseLike<WasmSource>): Promise<WebAssembly.Module | { first: WebAssembly.Module; further: WasmSource }> {
  const given = await source;
  if (!isParts(given)) return compile(given);
  const { first, further } = given;
  const isAddress = typeof further === "string" || "href" in further;
  return { first: await compile(first), further: isAddress ? absolute(further).href : further };
}

/** Its bytes; or the answer of a server by whom it is called WebAssembly, to be compiled while it arrives. */
async function moduleContent(given: WasmSource | undefined): Promise<Uint8Array<ArrayBuffer> | Response> {
  let from = "what was given";
  try {
    let content: Uint8Array<ArrayBuffer> | ResponseLike;
    if (isBytes(given)) {
      content = view(given);
    } else if (isResponse(given)) {
      from = given.url || from;
      content = given;
    } else {
      from = "scorelet.wasm";
      const url = given === undefined ? ownModule() : absolute(given);
      from = url.href;
      content = url.protocol === "file:" ? await readFile(url) : await fetch(url);
    }
    if (isStream(content)) return content;
    const bytes = isBytes(content) ? content : await body(content);
    // A server that answers everything with a page would otherwise end in a puzzling compile error.
    if (bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d) return bytes;
  } catch (cause) {
    if (cause instanceof ScoreletError) throw cause;
    throw fault("wasmNotLoaded", `The WebAssembly module could not be loaded from ${from}: ${reason(cause)}. ${advice}`, { cause });
  }
  throw fault("wasmNotLoaded", `What was loaded from ${from} is not a WebAssembly module. ${advice}`);
}

/** Relative addresses are relative to the page or worker. */
function absolute(address: WasmSource): URL {
  if (typeof address === "string") return new URL(address, globalThis.location?.href);
  if ("href" in address && typeof address.href === "string") return new URL(address.href);
  throw fault("badArgument", "The WebAssembly module is given as a URL, bytes, a Response or a WebAssembly.Module.");
}

/** Node, Deno and Bun have no `fetch` for files. The name is not a literal so that bundlers for browsers let it be. */
async function readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const files = "node:fs/promises";
  const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ files) as
    { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };
  return readFile(url);
}
