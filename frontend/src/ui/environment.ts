/** What differs between a browser and the build, where a demo's first frame is drawn without one. */

/** Whether a reader can act here, and not only look. */
export function interactive(): boolean {
  return typeof requestAnimationFrame === "function";
}

/** Run before the next frame is painted; at once where nothing is ever painted. */
export function onFrame(run: () => void): void {
  if (interactive()) requestAnimationFrame(run);
  else run();
}

/** Call `changed` with an element's width in CSS pixels, now and whenever it changes. */
export function watchWidth(
  element: Element,
  signal: AbortSignal,
  changed: (width: number) => void,
): void {
  if (typeof ResizeObserver !== "function") return;
  const observer = new ResizeObserver((entries) => {
    const width = Math.round(entries.at(-1)?.contentRect.width ?? 0);
    if (width > 0) changed(width);
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
