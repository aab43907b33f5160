// A record as it is sent (OTLP in JSON), taken apart for people.

/** Null: there, and missing. */
export type Told = string | number | boolean | null;

export interface Report {
  readonly time: Date;
  readonly attributes: ReadonlyMap<string, Told>;
  readonly inputs: ReadonlyMap<string, Told>;
  readonly outputs: ReadonlyMap<string, Told>;
  readonly flags: ReadonlyMap<string, Told>;
}

interface Value {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: string | number;
  readonly boolValue?: boolean;
  readonly kvlistValue?: { readonly values?: readonly Entry[] };
}
interface Entry {
  readonly key: string;
  readonly value?: Value;
}

export function readReport(json: string): Report {
  const { timeUnixNano, attributes, body } = JSON.parse(json) as { timeUnixNano: string; attributes: Entry[]; body?: Value };
  const parts = new Map(entriesOf(body).map(({ key, value }) => [key, told(entriesOf(value))]));
  const part = (name: string) => parts.get(name) ?? new Map<string, Told>();
  return {
    time: new Date(Number(timeUnixNano.slice(0, -6))),
    attributes: told(attributes),
    inputs: part("inputs"),
    outputs: part("outputs"),
    flags: part("flags"),
  };
}

const entriesOf = (value?: Value): readonly Entry[] => value?.kvlistValue?.values ?? [];
const told = (entries: readonly Entry[]): Map<string, Told> => new Map(entries.map(({ key, value = {} }) => [key, plain(value)]));

function plain({ stringValue, intValue, doubleValue, boolValue }: Value): Told {
  const number = intValue ?? doubleValue;
  return stringValue ?? (number === undefined ? (boolValue ?? null) : Number(number));
}
