import createModule from "./scorelet.mjs";
import { Core, type AnyModule } from "./core.js";
import { fault } from "./error.js";

/** An instance of one of the package's modules, which all have the same loader. */
export async function start<Module extends AnyModule>(compiled: WebAssembly.Module, name: string): Promise<Core<Module>> {
  let exports: WebAssembly.Exports = {};
  try {
    return await new Promise<Core<Module>>((resolve, reject) => {
      createModule<Module>({
        instantiateWasm(imports, receive) {
          WebAssembly.instantiate(compiled, imports).then((instance) => {
            ({ exports } = instance);
            receive(instance, compiled);
          }).catch(reject);
          return {};
        },
      }).then((module) => resolve(new Core(module, exports)), reject);
    });
  } catch (cause) {
    throw fault("wasmNotLoaded", `The WebAssembly module does not start: ${cause instanceof Error ? cause.message : String(cause)}. `
      + `It must be the ${name} of this very version of the package.`, { cause });
  }
}
