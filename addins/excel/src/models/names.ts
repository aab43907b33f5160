// How a model is named in a formula: by its name in the workbook, capitals and spaces around it aside, or by the
// beginning of its fingerprint.
export interface Named {
  readonly name: string;
  readonly sha256: string;
}

const plain = (name: string): string => name.trim().toLowerCase();

export function find<T extends Named>(models: readonly T[], name: string): T | undefined {
  const named = models.find((m) => m.name === name.trim()) ?? models.find((m) => plain(m.name) === plain(name));
  if (named || !/^[0-9a-f]{8,64}$/i.test(name.trim())) return named;
  const marked = models.filter((m) => m.sha256.startsWith(plain(name)));
  return marked.length === 1 ? marked[0] : undefined;
}

/** A name that no other model has. */
export function freeName(wanted: string, models: readonly Named[]): string {
  const taken = new Set(models.map((m) => plain(m.name)));
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} ${n}`;
    if (!taken.has(plain(name))) return name;
  }
}
