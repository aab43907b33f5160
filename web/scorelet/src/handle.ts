/** An object of the module: lives until `delete`. Apart from core.ts, whose types need the DOM's. */
export interface Handle { delete(): void }
