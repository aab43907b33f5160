// What the page and its engine are made of, and under which licence. `docs/dependencies.md` gives the reasons.
export interface Part {
  name: string;
  version: string;
  licence: string;
}

export const parts: readonly Part[] = [
  { name: "Scorelet", version: "", licence: "Apache-2.0" },
  { name: "pugixml", version: "1.13", licence: "MIT" },
  { name: "musl", version: "1.2.5", licence: "MIT" },
  { name: "pcre2", version: "10.46", licence: "BSD-3-Clause" },
  { name: "dragonbox", version: "1.1.3", licence: "Apache-2.0 with LLVM exception, or BSL-1.0" },
  { name: "fast_float", version: "8.0.0", licence: "Apache-2.0, MIT or BSL-1.0" },
  { name: "xxhash", version: "0.8.1", licence: "BSD-2-Clause" },
  { name: "Emscripten", version: "3.1.69", licence: "MIT" },
  { name: "libc++, compiler-rt", version: "", licence: "Apache-2.0 with LLVM exception" },
];
