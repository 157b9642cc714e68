/** One picture of a scene: its pixels or a map of classes, names over it, and the pixel in question. */

import { pngOfColours } from "../../core/png.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { inksOf } from "../../ui/theme.ts";
import { type Inks, type Painted, paint, places, SCALE } from "./paint.ts";
import { NAMES, SIDE } from "./state.ts";

/** The light theme's, for the picture that the book's build draws. */
const LIGHT: Inks = {
  paper: [255, 255, 255],
  text: [27, 31, 38],
  muted: [90, 99, 113],
  wrong: [179, 38, 30],
  output: [11, 125, 131],
  kernel: [176, 106, 0],
  negative: [109, 75, 184],
  input: [36, 96, 216],
  right: [26, 115, 64],
};

/** Half of a letter of a name, in pixels of the map. */
const LETTER = 2.65;
/** Below one another names need so many pixels. */
const LINE = 9;

export function mapView(name: string, described: string) {
  const live = interactive();
  const pixels = live
    ? html("canvas", { class: "map-pixels", width: 1, height: 1 })
    : html("img", { class: "map-pixels", alt: "" });
  const names = svg("g", { class: "map-names", "aria-hidden": "true" });
  const here = svg("rect", { class: "map-here", width: 3, height: 3 });
  const overlay = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img" }, names, here);
  const caption = html("figcaption", {}, name);
  const picture = html("div", { class: "map" }, pixels, overlay);
  const element = html("figure", { class: "map-figure" }, picture, caption);

  const put = (rgba: Uint8ClampedArray<ArrayBuffer>, across: number) => {
    if (!live) return set(pixels, { src: still(across, rgba) });
    const canvas = pixels as HTMLCanvasElement;
    if (canvas.width !== across) {
      canvas.width = across;
      canvas.height = across;
    }
    canvas.getContext("2d")!.putImageData(new ImageData(rgba, across, across), 0, 0);
  };

  const label = (words: string) => set(overlay, { "aria-label": `${described}: ${words}` });

  /** Three planes of bytes. */
  const drawImage = (planes: Uint8Array) => {
    const area = SIDE * SIDE;
    const rgba = new Uint8ClampedArray(4 * area);
    for (let i = 0; i < area; i++) {
      for (let c = 0; c < 3; c++) rgba[4 * i + c] = planes[c * area + i]!;
      rgba[4 * i + 3] = 255;
    }
    set(picture, { "data-exact": true });
    put(rgba, SIDE);
    label(`${SIDE} by ${SIDE} pixels`);
  };

  const drawMap = (painted: Painted) => {
    const inks = inksOf(element, LIGHT);
    const scale = live ? SCALE : 1;
    put(paint(painted, SIDE, inks, scale), SIDE * scale);
    const named = places(painted.classes, SIDE).sort((a, b) => a[2] - b[2]);
    for (const [n, place] of named.entries()) {
      for (const above of named.slice(0, n)) {
        const near = Math.abs(above[1] - place[1]) < 2 * LETTER * 8;
        if (near && place[2] - above[2] < LINE) place[2] = Math.min(SIDE - 6, above[2] + LINE);
      }
    }
    list(
      names,
      named,
      () => svg("text"),
      (item, [kind, column, row]) => {
        const half = LETTER * NAMES[kind]!.length;
        const x = Math.min(SIDE - half, Math.max(half, column + 0.5));
        set(item, { x, y: Math.min(SIDE - 3, Math.max(8, row + 3)) });
        text(item, NAMES[kind]!);
      },
    );
    label(named.length > 0 ? named.map(([kind]) => NAMES[kind]).join(", ") : "background only");
  };

  const mark = ([row, column]: readonly number[]) => set(here, { x: column! - 1, y: row! - 1 });

  /** The pixel that a pointer is on: row and column. */
  const pixelAt = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const { left, top, width, height } = overlay.getBoundingClientRect();
    const inside = (share: number) => Math.min(SIDE - 1, Math.max(0, Math.floor(SIDE * share)));
    return [inside((clientY - top) / height), inside((clientX - left) / width)];
  };
  return { element, overlay, caption, drawImage, drawMap, mark, pixelAt };
}

export type MapView = ReturnType<typeof mapView>;

function still(across: number, rgba: Uint8ClampedArray): string {
  const bytes = Uint8Array.from(
    { length: 3 * across * across },
    (_, i) => rgba[i + Math.floor(i / 3)]!,
  );
  return pngOfColours(across, bytes);
}
