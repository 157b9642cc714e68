/** Which demos and figures answer to a reader's words. */

export interface Finding {
  kind: "Demo" | "Figure";
  /** As the registry or the demo's module is called. */
  name: string;
  title: string;
  /** From the book's root. */
  address: string;
  /** The chapter, and its section. */
  where: string;
  /** What it shows. */
  shows: string;
  /** What its section defines. */
  terms: string;
}

const LONGEST = 200;
const MOST_WORDS = 8;
const WEIGHTS = { title: 8, name: 5, terms: 3, shows: 2, where: 1 } as const;
const KINDS = ["Demo", "Figure"]; // what can be touched comes first

/** Those that have all the words: demos, then figures, of each the best first. */
export function find(asked: string, findings: readonly Finding[]): Finding[] {
  const words = wordsOf(asked.slice(0, LONGEST)).slice(0, MOST_WORDS).map(stem);
  if (words.length === 0) return [];
  return findings
    .map((finding) => ({ finding, score: scoreOf(words, finding) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => rank(one.finding) - rank(other.finding) || other.score - one.score)
    .map(({ finding }) => finding);
}

const rank = ({ kind }: Finding) => KINDS.indexOf(kind);

function scoreOf(words: readonly string[], finding: Finding): number {
  const parts = Object.entries(WEIGHTS).map(([part, weight]) => ({
    weight,
    found: wordsOf(finding[part as keyof typeof WEIGHTS]),
  }));
  let score = 0;
  for (const word of words) {
    const best = Math.max(0, ...parts.map(({ weight, found }) => weight * likeness(word, found)));
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

/** 1 for the word itself, also in the plural; less for one that only begins so. */
function likeness(word: string, found: readonly string[]): number {
  if (found.some((one) => stem(one) === word)) return 1;
  return word.length > 2 && found.some((one) => one.startsWith(word)) ? 0.5 : 0;
}

function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll("×", "x");
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const stem = (word: string) => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word);
