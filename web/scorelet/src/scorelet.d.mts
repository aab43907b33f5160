import type { AnyModule } from "./core.js";

/** What Emscripten's loader (wasm/CMakeLists.txt) takes. */
interface Options {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object;
}
export default function createModule<Module extends AnyModule>(options: Options): Promise<Module>;
