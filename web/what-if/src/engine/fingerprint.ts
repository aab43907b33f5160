/** SHA-256 of a file in groups of four, or null where the browser offers no digest (plain http). */
export async function fingerprintOf(bytes: BufferSource): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = [...digest].map((b) => b.toString(16).padStart(2, "0")).join("");
  return `${hex.match(/.{4}/g)!.slice(0, 3).join(" ")} … ${hex.slice(-4)}`;
}
