/** The palette's colours as numbers, for what is drawn pixel by pixel and no style sheet reaches. */

import { interactive } from "./environment.ts";

export type Rgb = readonly [number, number, number];

export interface Colours {
  paper: Rgb;
  positive: Rgb;
  negative: Rgb;
}

/** Until a page says otherwise: the light theme's. */
const LIGHT: Colours = {
  paper: [255, 255, 255],
  positive: [176, 106, 0],
  negative: [109, 75, 184],
};

/** The colours that hold for an element now. */
export function coloursOf(element: Element): Colours {
  if (!interactive()) return LIGHT;
  const style = getComputedStyle(element);
  const read = (role: keyof Colours) =>
    hex(style.getPropertyValue(`--course-${role}`)) ?? LIGHT[role];
  return { paper: read("paper"), positive: read("positive"), negative: read("negative") };
}

/** The colours of some roles that hold for an element now; those given are the light theme's. */
export function inksOf<R extends string>(element: Element, light: Record<R, Rgb>): Record<R, Rgb> {
  if (!interactive()) return light;
  const style = getComputedStyle(element);
  const read = ([role, colour]: [string, unknown]) =>
    [role, hex(style.getPropertyValue(`--course-${role}`)) ?? colour] as const;
  return Object.fromEntries(Object.entries(light).map(read)) as Record<R, Rgb>;
}

/** Call `changed` when the reader turns from one theme to another. */
export function watchTheme(signal: AbortSignal, changed: () => void): void {
  if (!interactive()) return;
  const observer = new MutationObserver(changed);
  // The book, JupyterLab, VS Code and Colab each mark their dark theme in their own way.
  const attributeFilter = ["data-theme", "theme", "class", "data-jp-theme-light"];
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributeFilter });
  }
  const printing = matchMedia("print");
  printing.addEventListener("change", changed, { signal });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}

function hex(written: string): Rgb | null {
  const digits = /^\s*#([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(written)?.[1];
  if (!digits) return null;
  const wide = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  return [0, 2, 4].map((at) => Number.parseInt(wide.slice(at, at + 2), 16)) as unknown as Rgb;
}
