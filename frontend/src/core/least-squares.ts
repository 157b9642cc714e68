/**
 * The shortest vector that fits what is known of it: equations, and upper bounds.
 *
 * The equations are solved by orthogonal projection (modified Gram–Schmidt). What they leave open is
 * a least-distance problem, solved as C. L. Lawson and R. J. Hanson do it in "Solving Least Squares
 * Problems" (1974), chapter 23: by non-negative least squares.
 */

/** Rows and, for each, the value of its product with the vector: exactly, or at most. */
export interface Known {
  rows: readonly (readonly number[])[];
  values: readonly number[];
}

/** Below this a vector of about unit length counts as zero. */
const NOTHING = 1e-9;

/**
 * The vector x of least length with equations.rows · x = equations.values and
 * bounds.rows · x ≤ bounds.values. Both must be possible together.
 */
export function shortest(size: number, equations: Known, bounds: Known): number[] {
  const axes: number[][] = [];
  const fitted = new Array<number>(size).fill(0);
  for (const [i, row] of equations.rows.entries()) {
    const rest = beyond(row, axes);
    const length = norm(rest);
    if (length <= NOTHING * norm(row)) continue; // follows from the equations before it
    const axis = rest.map((v) => v / length);
    add(fitted, axis, (equations.values[i]! - dot(row, fitted)) / length);
    axes.push(axis);
    if (axes.length === size) return fitted; // nothing is left open
  }
  const open: number[][] = [];
  const slack: number[] = [];
  for (const [i, row] of bounds.rows.entries()) {
    const rest = beyond(row, axes);
    const length = norm(rest);
    if (length <= NOTHING * norm(row)) continue; // the equations have settled it
    open.push(rest.map((v) => -v / length));
    slack.push((dot(row, fitted) - bounds.values[i]!) / length);
  }
  const moved = nearest(size, open, slack);
  return fitted.map((v, j) => v + moved[j]!);
}

/** The shortest y with rows · y ≥ values. */
function nearest(size: number, rows: readonly number[][], values: readonly number[]): number[] {
  if (values.every((v) => v <= NOTHING)) return new Array(size).fill(0);
  const columns = rows.map((row, i) => [...row, values[i]!]);
  const goal = [...new Array<number>(size).fill(0), 1];
  const parts = nonNegative(columns, goal);
  const rest = goal.map((g, j) => columns.reduce((s, column, i) => s + column[j]! * parts[i]!, -g));
  const scale = rest.pop()!;
  return rest.map((r) => -r / scale);
}

/** The u ≥ 0 for which Σ uᵢ columnsᵢ comes nearest to the goal. */
function nonNegative(columns: readonly number[][], goal: readonly number[]): number[] {
  const parts = columns.map(() => 0);
  let used: number[] = [];
  for (let round = 0; round < 3 * columns.length; round++) {
    const rest = [...goal];
    for (const i of used) add(rest, columns[i]!, -parts[i]!);
    const gains = columns.map((column, i) => (used.includes(i) ? 0 : dot(column, rest)));
    const best = gains.indexOf(Math.max(...gains));
    if (!(gains[best]! > NOTHING * norm(columns[best]!) * norm(rest))) break;
    used = [...used, best];
    while (used.length > 0) {
      const wanted = leastSquares(
        used.map((i) => columns[i]!),
        goal,
      );
      if (wanted.every((w) => w > 0)) {
        for (const [n, i] of used.entries()) parts[i] = wanted[n]!;
        break;
      }
      const steps = used.map((i, n) => (wanted[n]! > 0 ? 1 : parts[i]! / (parts[i]! - wanted[n]!)));
      const step = Math.min(...steps);
      for (const [n, i] of used.entries()) {
        parts[i] = steps[n] === step ? 0 : parts[i]! + step * (wanted[n]! - parts[i]!);
      }
      used = used.filter((i) => parts[i]! > 0);
    }
  }
  return parts;
}

/** The u for which Σ uᵢ columnsᵢ comes nearest to the goal; the columns are independent. */
function leastSquares(columns: readonly number[][], goal: readonly number[]): number[] {
  const axes: number[][] = [];
  const triangle: number[][] = [];
  for (const column of columns) {
    const rest = beyond(column, axes);
    const length = norm(rest);
    triangle.push([...axes.map((axis) => dot(axis, column)), length]);
    axes.push(rest.map((v) => v / length));
  }
  const parts = axes.map((axis) => dot(axis, goal));
  for (let i = parts.length - 1; i >= 0; i--) {
    parts[i] = parts[i]! / triangle[i]![i]!;
    for (let above = 0; above < i; above++) {
      parts[above] = parts[above]! - triangle[i]![above]! * parts[i]!;
    }
  }
  return parts;
}

/** What is left of a row beside orthonormal axes; taken away twice, for rounding. */
function beyond(row: readonly number[], axes: readonly number[][]): number[] {
  const rest = [...row];
  for (let pass = 0; pass < 2; pass++) {
    for (const axis of axes) add(rest, axis, -dot(rest, axis));
  }
  return rest;
}

function add(to: number[], vector: readonly number[], times: number): void {
  for (let j = 0; j < to.length; j++) to[j] = to[j]! + times * vector[j]!;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < b.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

const norm = (vector: readonly number[]) => Math.sqrt(dot(vector, vector));
