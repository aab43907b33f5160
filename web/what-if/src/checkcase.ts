// The first check case of a document (ModelVerification), as a case to begin with. The scoring engine runs these cases
// but does not hand them out, so this reads the one row with the browser's own XML parser.

const large = 16e6; // beyond this the browser's parser would hold up the page

/** Field name to text, or null when the document holds no check cases. */
export function firstCheckCase(bytes: Uint8Array): ReadonlyMap<string, string> | null {
  if (bytes.length > large) return null;
  const document = new DOMParser().parseFromString(decode(bytes), "text/xml");
  const verification = document.querySelector(":root > * > ModelVerification");
  const row = verification && child(verification, "InlineTable")?.querySelector("row");
  if (!row) return null;
  const cells = new Map([...row.children].map((cell) => [cell.localName, cell.textContent ?? ""]));
  const found = new Map<string, string>();
  for (const field of verification.querySelectorAll("VerificationField")) {
    const name = field.getAttribute("field") ?? "";
    const column = field.getAttribute("column") ?? name;
    const value = cells.get(column.slice(column.indexOf(":") + 1));
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

const child = (element: Element, name: string) => [...element.children].find((c) => c.localName === name);

function decode(bytes: Uint8Array): string {
  const declared = /encoding=["']([\w-]+)["']/.exec(String.fromCharCode(...bytes.subarray(0, 200)))?.[1] ?? "utf-8";
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  try {
    return new TextDecoder(mark ?? declared).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // a label the browser does not know
  }
}
