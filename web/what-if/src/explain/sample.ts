/** Some rows of many, evenly chosen. */
export const sampleOf = <T>(rows: readonly T[], most: number): T[] =>
  rows.length <= most ? [...rows] : Array.from({ length: most }, (_, i) => rows[Math.floor(((i + 0.5) * rows.length) / most)]!);
