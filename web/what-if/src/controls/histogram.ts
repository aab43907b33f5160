// The training data behind a control: grey bars that stand on the track of a slider.
import type { InputField } from "scorelet";
import { s, setAttribute } from "../dom.ts";
import type { Track } from "../track.ts";
import { Distribution, sharesOf } from "../training.ts";

const pieces = 32;
const height = 26; // pixels

/** The distribution of a field's numbers, along its track; null if the document does not tell. */
export function histogram(field: InputField) {
  const distribution = Distribution.of(field);
  if (!distribution) return null;
  const path = s("path");
  const root = drawing(pieces, path);
  return {
    root,
    /** A track that grew has the bars elsewhere. */
    show(track: Track): void {
      const values = distribution.values?.map((v) => ({ at: track.at(v.value) * pieces, share: v.share }));
      setAttribute(path, "d", bars(values ?? distribution.along(track, pieces).map(middle)));
    },
  };
}

/** The shares of the levels of an ordinal field, each bar in the middle of its stop. */
export function levelHistogram(field: InputField, levels: string[]): SVGElement | null {
  const shares = sharesOf(field);
  if (!shares) return null;
  const d = bars(levels.map((level, i) => ({ at: i, share: shares(level) })), 0.6);
  return drawing(levels.length - 1, s("path", { d }));
}

const drawing = (width: number, path: SVGElement): SVGElement =>
  s(
    "svg",
    { class: "hist", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": true },
    path,
  );

const middle = (share: number, i: number) => ({ at: i + 0.5, share });

/** One bar a share, the largest as high as there is room; what is there at all can be seen. */
function bars(shares: { at: number; share: number }[], width = 0.84): string {
  const largest = Math.max(...shares.map((s) => s.share));
  return shares
    .map(({ at, share }) => {
      if (!(share > 0)) return "";
      const top = height - Math.max(0.75, (share / largest) * height);
      return `M${(at - width / 2).toFixed(3)} ${height}v${(top - height).toFixed(2)}h${width}V${height}Z`;
    })
    .join("");
}
