/** A grip in a picture that is moved by key where it has the focus. */

export interface ArrowOptions {
  range: { min: number; max: number };
  value(): number;
  go(value: number): void;
  /** Where Page Up and Page Down lead, if anywhere. */
  page?: { up(value: number): number; down(value: number): number };
}

/** Right and up are one more, left and down one less; Home and End are the ends. */
export function onArrows(grip: SVGElement, signal: AbortSignal, options: ArrowOptions): void {
  const { min, max } = options.range;
  grip.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const value = options.value();
      const to = {
        ArrowRight: value + 1,
        ArrowUp: value + 1,
        ArrowLeft: value - 1,
        ArrowDown: value - 1,
        Home: min,
        End: max,
        PageUp: options.page?.up(value),
        PageDown: options.page?.down(value),
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      options.go(Math.min(max, Math.max(min, to)));
    },
    { signal },
  );
}
