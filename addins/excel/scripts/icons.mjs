// The icons that manifests name, drawn from the mark: a curve that rises, and the case on it. Run by the build.
import { mkdirSync, writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const samples = 4; // by pixel and direction
const ink = [15, 112, 59];

/** On a square of 20: "M2 15.5C7 15.5 8 4.5 18 4.5" with a line of 2.4, and a dot of 3.4 in the middle. */
const curve = Array.from({ length: 200 }, (_, i) => {
  const t = i / 199, u = 1 - t;
  const at = (a, b, c, d) => u ** 3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t ** 3 * d;
  return [at(2, 7, 8, 18), at(15.5, 15.5, 4.5, 4.5)];
});
const isInk = (x, y) => Math.hypot(x - 10, y - 10) <= 3.4 || curve.some(([a, b]) => Math.hypot(x - a, y - b) <= 1.2);

/** `colour` on nothing, or, for the large icon of an app list, in white on a field. */
function draw(size, { colour = ink, field = null, inset = 0 } = {}) {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let covered = 0;
      for (let j = 0; j < samples; j++)
        for (let i = 0; i < samples; i++) {
          const place = (v, k) => (((v + (k + 0.5) / samples) / size - inset) / (1 - 2 * inset)) * 20;
          if (isInk(place(x, i), place(y, j))) covered++;
        }
      const share = covered / samples ** 2;
      const pixel = field ? [...field.map((f, c) => Math.round(f + (colour[c] - f) * share)), 255] : [...colour, Math.round(share * 255)];
      rows.set(pixel, y * (1 + size * 4) + 1 + x * 4);
    }
  return png(size, rows);
}

function png(size, rows) {
  const chunk = (type, content) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(content.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // eight bits, with transparency
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

mkdirSync("public", { recursive: true });
for (const size of [16, 32, 64, 80]) writeFileSync(`public/icon-${size}.png`, draw(size));
writeFileSync("public/icon-color-192.png", draw(192, { colour: [255, 255, 255], field: ink, inset: 0.2 }));
writeFileSync("public/icon-outline-32.png", draw(32, { colour: [255, 255, 255] }));
