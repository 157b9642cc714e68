/** The reader's own image, from disk: read in the page, and never sent anywhere. */

import script from "worker:./decode-worker.ts";
import { grouped } from "../core/format.ts";
import type { Stage } from "./demo.ts";
import { html, text } from "./dom.ts";

const LARGEST_BYTES = 100 * 1024 * 1024;
const PATIENCE_MS = 30_000;

interface Answer {
  rgb?: Uint8Array;
  width?: number;
  height?: number;
  problem?: true;
}

export interface OwnImageOptions {
  /** Pixels of each side of what is taken of the image: its middle square. */
  side: number;
  /** What else is done to it, for the sentence: ", in grey", say. */
  also: string;
  /** Red, green and blue of each pixel, row by row; @returns whether the state took it. */
  take(rgb: Uint8Array): boolean;
}

/** @returns the field, with a place for what is wrong with the trait "own"; and what to say of links. */
export function ownImage<S>(stage: Stage<S>, options: OwnImageOptions) {
  const { side, also } = options;
  const { signal } = stage;
  const field = html("input", { type: "file", accept: "image/*", id: stage.id("own-file") });
  const slot = stage.slot("own", field);
  const said = html("p", { class: "course-facts own-said" });
  const element = html(
    "div",
    { class: "course-field own-image" },
    html("label", { for: field.id }, "Your image, also by dropping it here"),
    field,
    slot,
    said,
  );
  let worker: Worker | null = null;
  const stop = () => {
    worker?.terminate();
    worker = null;
    delete stage.root.dataset.reading;
  };
  signal.addEventListener("abort", stop, { once: true });
  const refuse = (message: string) => {
    stop();
    text(said, "");
    stage.complain({ control: "own", message });
  };
  const take = (file: File | undefined) => {
    if (!file) return;
    stop();
    stage.complain(null);
    const name = file.name.length > 40 ? `${file.name.slice(0, 39)}…` : file.name;
    if (!file.type.startsWith("image/")) {
      return refuse(`“${name}” is no image: choose a PNG, JPEG, GIF or WebP file.`);
    }
    if (file.size > LARGEST_BYTES) {
      return refuse(`“${name}” is larger than 100 MiB: choose a smaller file.`);
    }
    text(said, `Reading “${name}” …`);
    stage.root.dataset.reading = "true";
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    worker = new Worker(url);
    const broken = () =>
      refuse(`“${name}” cannot be read: it may be damaged, too large, or of a kind unknown here.`);
    const timer = setTimeout(broken, PATIENCE_MS);
    worker.addEventListener("error", broken);
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      clearTimeout(timer);
      URL.revokeObjectURL(url);
      if (data.problem || !data.rgb) return broken();
      stop();
      const words = `${grouped(data.width!)} × ${grouped(data.height!)} pixels: the middle square, scaled to ${side} × ${side}${also}.`;
      text(said, `“${name}”, ${words} It stays in this page: a link cannot hold it.`);
      if (options.take(data.rgb)) stage.announce(`Image read: ${words}`);
    });
    worker.postMessage({ file, side });
  };
  field.addEventListener("change", () => take(field.files?.[0]), { signal });
  stage.root.addEventListener("dragover", (event) => event.preventDefault(), { signal });
  stage.root.addEventListener(
    "drop",
    (event) => {
      event.preventDefault();
      take(event.dataTransfer?.files[0]);
    },
    { signal },
  );
  const note = html(
    "p",
    { class: "course-facts" },
    "A link cannot hold your own image: whoever opens it finds a photograph in its place.",
  );
  return { element, note };
}
