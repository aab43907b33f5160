// A case (cases.py) in JavaScript, in node and in pages.

/** `bytes(name)`: a file of the case as a Uint8Array. */
export async function readCase(bytes) {
  const said = JSON.parse(new TextDecoder().decode(await bytes("case.json")));
  const doubles = async (name) => new Float64Array((await bytes(name)).slice().buffer);
  const names = said.fields.map((field) => field.name);
  const values = await doubles("rows.f64");
  const value = (row, f) => {
    const x = values[row * names.length + f];
    return said.fields[f].categories ? (said.fields[f].categories[x] ?? null) : x;
  };
  return {
    ...said,
    bytes,
    names,
    values,
    expected: await doubles("expected.f64"),
    record: (row) => Object.fromEntries(names.map((name, f) => [name, value(row, f)])),
    /** All rows by columns; categories as codes. */
    columns: () => names.map((_, f) => Float64Array.from({ length: said.rows }, (_, row) => values[row * names.length + f])),
    floats: () => Float32Array.from(values),
  };
}
