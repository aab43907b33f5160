/**
 * Where the module with regular expressions, explanations and evaluations lies, written as bundlers recognise it.
 * `scorelet/lite` has none (scripts/build.mjs).
 * @internal
 */
export const fullModule: (() => URL) | undefined = () => new URL("./scorelet-full.wasm", import.meta.url);
