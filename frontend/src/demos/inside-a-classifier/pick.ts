/** Points at a place in a picture of rows and columns, by pointer or by arrow keys. */

export interface Grid {
  rows: number;
  columns: number;
}

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const within = (at: number, count: number) => Math.min(count - 1, Math.max(0, at));

/** Call `go` with the row and the column that are pressed, and where a pressed pointer is moved. */
export function byPointer(
  marks: SVGSVGElement,
  signal: AbortSignal,
  grid: () => Grid,
  go: (row: number, column: number) => void,
): void {
  const point = (event: PointerEvent) => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const box = marks.getBoundingClientRect();
    const { rows, columns } = grid();
    go(
      within(Math.floor(((event.clientY - box.top) / box.height) * rows), rows),
      within(Math.floor(((event.clientX - box.left) / box.width) * columns), columns),
    );
  };
  for (const type of ["pointerdown", "pointermove"] as const) {
    marks.addEventListener(type, point, { signal });
  }
}

/** The same by arrow keys, from where `at` says. */
export function byKeys(
  marks: SVGSVGElement,
  signal: AbortSignal,
  grid: () => Grid,
  at: () => { row: number; column: number },
  go: (row: number, column: number) => void,
): void {
  marks.addEventListener(
    "keydown",
    (event) => {
      const move = ARROWS[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const { rows, columns } = grid();
      const { row, column } = at();
      go(within(row + move[0], rows), within(column + move[1], columns));
    },
    { signal },
  );
}
