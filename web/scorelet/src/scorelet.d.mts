import type { CoreModule } from "./core.js";

/** What Emscripten's loader (wasm/CMakeLists.txt) takes. */
interface Options {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object;
}
export default function createModule(options: Options): Promise<CoreModule>;
