/** What the browser remembers of both rounds, and the file that a reader takes along. */

import { interactive } from "../../ui/environment.ts";
import { fingerprint, recall, remember } from "../../ui/memory.ts";
import { fits, type Item, ROUNDS, type Round, type Taken } from "./state.ts";

export type Rounds = Partial<Record<Round, Taken>>;

export function inventoryKey(id: string, items: readonly Item[]): string {
  const asked = fingerprint(JSON.stringify(items.map(({ prompt, choices }) => [prompt, choices])));
  return `inventory:${id}:${asked}`;
}

export function memory(id: string, items: readonly Item[]) {
  if (!interactive()) return { recall: (): Rounds => ({}), keep: (_: Rounds) => {} };
  const key = inventoryKey(id, items);
  return {
    keep: (rounds: Rounds) => remember(key, rounds),
    /** What is kept may have been written by anyone: only what fits is taken. */
    recall(): Rounds {
      return fittingRounds(recall(key), items);
    },
  };
}

export function fittingRounds(value: unknown, items: readonly Item[]): Rounds {
  const kept = Object(value) as Record<string, unknown>;
  const found: Rounds = {};
  for (const round of ROUNDS) {
    const { answers, marked } = Object(kept[round]) as Record<string, unknown>;
    if (!fits(answers, items) || typeof marked !== "boolean") continue;
    if (marked && answers.includes(null)) continue;
    found[round] = { answers, marked };
  }
  return found;
}

/** Hand a text to the reader as a file. */
export function save(name: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
