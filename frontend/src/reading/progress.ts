/** How far a reader is in a chapter, drawn: sections, questions, and the answers that were given. */

import { ROUNDS, scoreOf } from "../demos/inventory/state.ts";
import { fittingRounds, inventoryKey } from "../demos/inventory/taking.ts";
import type { Answer } from "../demos/question/memory.ts";
import { html } from "../ui/dom.ts";
import { inline } from "../ui/inline.ts";
import { recall } from "../ui/memory.ts";
import { addressOf, type Chapter, isRight, memoryOf, type Question } from "./outline.ts";
import { recallReading } from "./record.ts";

interface Given {
  question: Question;
  /** Null where it has been taken back. */
  answer: Answer | null;
}

export function progressOf(chapter: Chapter, root: URL): HTMLElement {
  const address = addressOf(chapter, root);
  const read = new Set(recallReading(address.pathname)?.finished);
  const finished = chapter.sections.filter(({ id }) => read.has(id)).length;
  const of = chapter.sections.length;
  const given: Given[] = chapter.questions.flatMap((question) => {
    const memory = memoryOf(chapter, question, root);
    return memory.revealed() ? [{ question, answer: memory.recall() }] : [];
  });
  const title = html("a", {}, chapter.title);
  title.href = address.href;
  return html(
    "li",
    { class: "course-progress" },
    html("h3", {}, title),
    of > 0 ? bar(finished, of, chapter.title) : "",
    html(
      "p",
      {},
      [sections(finished, of), questions(given, chapter), ...rounds(chapter)]
        .filter(Boolean)
        .join("; "),
    ),
    given.length > 0 ? answers(given, address) : "",
  );
}

function bar(value: number, max: number, title: string): HTMLElement {
  return html("progress", { value, max, "aria-label": `Sections read of ${title}` });
}

function sections(finished: number, of: number): string {
  if (of === 0) return "";
  return finished === of ? `All ${of} sections read` : `${finished} of ${of} sections read`;
}

function questions(given: readonly Given[], { questions: { length } }: Chapter): string {
  if (length === 0) return "";
  const right = given.filter(({ question, answer }) => answer && isRight(question, answer)).length;
  const all = `${length} question${length > 1 ? "s" : ""}`;
  return given.length === 0 ? all : `${given.length} of ${all} answered, ${right} right`;
}

function rounds({ inventories }: Chapter): string[] {
  return inventories.flatMap(({ id, items }) => {
    const taken = fittingRounds(recall(inventoryKey(id, items)), items);
    return ROUNDS.flatMap((round) => {
      const one = taken[round];
      if (!one) return [];
      const when = `${round} the course`;
      if (!one.marked) return [`begun ${when}`];
      return [`taken ${when}, ${scoreOf(items, one.answers)} of ${items.length} right`];
    });
  });
}

function answers(given: readonly Given[], chapter: URL): HTMLElement {
  const rows = given.map(({ question, answer }) => {
    const link = html("a", {}, ...inline(question.prompt));
    link.href = `${chapter.href}#${encodeURIComponent(question.anchor)}`;
    return html("li", {}, link, html("p", {}, ...verdict(question, answer)));
  });
  return html(
    "details",
    {},
    html("summary", {}, `Your answers (${given.length})`),
    html("ul", {}, ...rows),
  );
}

function verdict(question: Question, answer: Answer | null): (Node | string)[] {
  if (!answer) return ["Taken back; you have seen the explanation."];
  const { chosen, given } = answer;
  const said = chosen === null ? [String(given)] : inline(question.choices[chosen]?.text ?? "");
  return [html("strong", {}, isRight(question, answer) ? "✓ Right: " : "✗ Not quite: "), ...said];
}
