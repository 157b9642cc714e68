/** Reading what people type: "3,5 ; -1/3" is wrong in words, never NaN. */

export interface Range {
  min: number;
  max: number;
  whole?: boolean;
}

export type Parsed<T> = { value: T; problem: null } | { value: null; problem: string };

/** One number: a decimal or a fraction such as 1/3, with either kind of minus sign. */
export function parseNumber(input: string, { min, max, whole = false }: Range): Parsed<number> {
  const typed = input.trim();
  const refuse = (problem: string): Parsed<number> => ({ value: null, problem });
  if (typed === "") return refuse("Type a number.");
  const comma = /^[-+−]?\d{1,15},\d{1,15}$/.test(typed);
  if (comma) return refuse(usePoint(typed));
  const match = /^([-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)(?:\/(\d+))?$/i.exec(typed);
  const value = match ? Number(match[1]!.replace("−", "-")) / Number(match[2] ?? 1) : Number.NaN;
  if (!Number.isFinite(value)) return refuse(`“${shorten(typed)}” is not a number.`);
  if (whole && !Number.isInteger(value)) return refuse(`${shorten(typed)} is not a whole number.`);
  if (value < min || value > max) {
    return refuse(`${shorten(typed)} is not between ${min} and ${max}.`);
  }
  return { value, problem: null };
}

/** Several numbers, apart by commas, semicolons, spaces or lines; brackets do no harm. */
export function parseNumbers(input: string, range: Range, counts: Range): Parsed<number[]> {
  // Where semicolons keep numbers apart, a comma between digits can only be a decimal one.
  const comma = input.includes(";") ? /\d{1,15},\d{1,15}/.exec(input) : null;
  if (comma) return { value: null, problem: usePoint(comma[0]) };
  const words = input
    .replace(/[[\]()]/g, " ")
    .split(/[\s,;]+/)
    .filter(Boolean);
  const values: number[] = [];
  for (const word of words) {
    const { value, problem } = parseNumber(word, range);
    if (problem !== null) return { value: null, problem };
    values.push(value);
  }
  if (values.length < counts.min || values.length > counts.max) {
    const given = values.length === 1 ? "1 value" : `${values.length} values`;
    const { min, max } = counts;
    const problem = `${given}: give ${min === max ? min : `${min} to ${max}`}, apart by commas.`;
    return { value: null, problem };
  }
  return { value: values, problem: null };
}

const usePoint = (typed: string) => `Use a point: ${typed.replace(",", ".")}.`;

function shorten(word: string): string {
  return word.length > 20 ? `${word.slice(0, 20)}…` : word;
}
