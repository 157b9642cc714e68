import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { eraseAll } from "../../src/reading/erasing.ts";
import {
  gather,
  LONGEST_FILE,
  restore,
  UnreadableFileError,
  write,
} from "../../src/reading/file.ts";
import { addressOf, type Chapter, isRight, memoryOf } from "../../src/reading/outline.ts";
import { keepReading, recallReading } from "../../src/reading/record.ts";
import { Storage, withStorage } from "./storage.ts";

const ROOT = new URL("https://example.org/course/");
const ELSEWHERE = new URL("file:///home/reader/book/");
const CHOICES = [
  { text: "A", why: "No.", right: false },
  { text: "B", why: "Yes.", right: true },
];
const CHAPTER: Chapter = {
  page: "book/03-convolution-1d",
  title: "Convolution in one dimension",
  sections: [
    { id: "one", title: "One" },
    { id: "two", title: "Two" },
  ],
  questions: [
    { anchor: "which", prompt: "Which?", choices: CHOICES, answer: null, tolerance: 0 },
    { anchor: "how-many", prompt: "How many?", choices: [], answer: 1 / 3, tolerance: 0.01 },
  ],
  inventories: [],
};
const [WHICH, HOW_MANY] = CHAPTER.questions as [Chapter["questions"][0], Chapter["questions"][0]];
const path = (root: URL) => addressOf(CHAPTER, root).pathname;

beforeEach(() => withStorage(new Storage()));

function fill(root: URL): void {
  const reading = {
    seen: ["one", "two"],
    finished: ["one"],
    of: 2,
    at: "two",
    heading: "Two",
    when: 5,
  };
  keepReading(path(root), reading);
  memoryOf(CHAPTER, WHICH, root).keep({ chosen: 1, given: null });
  memoryOf(CHAPTER, HOW_MANY, root).keep({ chosen: null, given: 0.33 });
}

test("what is saved in one place is brought into another", () => {
  fill(ROOT);
  const text = write(gather([CHAPTER], ROOT));
  withStorage(new Storage());
  assert.deepEqual(restore(text, [CHAPTER], ELSEWHERE), { taken: 3, left: 0 });
  assert.deepEqual(recallReading(path(ELSEWHERE))?.finished, ["one"]);
  assert.equal(recallReading(path(ELSEWHERE))?.heading, "Two");
  assert.deepEqual(memoryOf(CHAPTER, WHICH, ELSEWHERE).recall(), { chosen: 1, given: null });
  assert.deepEqual(memoryOf(CHAPTER, HOW_MANY, ELSEWHERE).recall(), { chosen: null, given: 0.33 });
});

test("an answer that was taken back is still known to have been explained", () => {
  const memory = memoryOf(CHAPTER, WHICH, ROOT);
  memory.keep({ chosen: 0, given: null });
  memory.keep({ chosen: null, given: null });
  assert.equal(memory.recall(), null);
  assert.equal(memory.revealed(), true);
  const text = write(gather([CHAPTER], ROOT));
  withStorage(new Storage());
  restore(text, [CHAPTER], ROOT);
  assert.equal(memory.recall(), null);
  assert.equal(memory.revealed(), true);
});

test("nothing is left of a book that was erased, and all of what others keep", () => {
  fill(ROOT);
  fill(ELSEWHERE);
  localStorage.setItem("mode", "dark");
  localStorage.setItem(`course:question:${path(ROOT)}:long-gone:abc`, "{}");
  eraseAll([CHAPTER], ROOT);
  const kept = Object.keys(localStorage);
  assert.equal(kept.filter((key) => key.includes(ROOT.pathname)).length, 0);
  assert.equal(kept.length, 4);
});

function file(part: object): string {
  const whole = JSON.parse(write({ chapters: [], answers: [], inventories: [] }));
  return JSON.stringify({ ...whole, ...part });
}

const answer = (part: object) => {
  const { asked } = memoryOf(CHAPTER, WHICH, ROOT);
  return {
    page: CHAPTER.page,
    question: "which",
    asked,
    chosen: 1,
    given: null,
    revealed: true,
    ...part,
  };
};

test("a file that is none says so in words, and changes nothing", () => {
  const hostile = [
    ...[
      "",
      "{broken",
      "null",
      "7",
      "[]",
      '"text"',
      "[".repeat(100_000),
      "x".repeat(LONGEST_FILE + 1),
    ],
    ...['{"kind": "<img src=x onerror=alert(1)>"}', '{"__proto__": {"kind": "x"}}'],
    ...[{ format: 2 }, { format: "1" }, { chapters: {} }, { answers: null }].map(file),
    ...[{ answers: Array(1001).fill(0) }, { inventories: "x" }].map(file),
  ];
  for (const text of hostile) {
    assert.throws(() => restore(text, [CHAPTER], ROOT), UnreadableFileError, text.slice(0, 60));
  }
  assert.deepEqual(Object.keys(localStorage), []);
});

test("entries that fit no chapter, no section, no question or no option are left", () => {
  const reading = { seen: [], finished: ["one"], of: 2, at: "one", heading: "One", when: 5 };
  const bad = file({
    chapters: [
      ...[null, 7, "x", [], { page: "__proto__", reading }, { page: CHAPTER.page, reading: null }],
      ...[
        { page: "../../evil", reading },
        { page: ["x"], reading },
      ],
      { page: CHAPTER.page, reading: { ...reading, finished: ["constructor"] } },
      { page: CHAPTER.page, reading: { ...reading, when: 1e308 } },
    ],
    answers: [
      ...[
        answer({ question: "toString" }),
        answer({ asked: "other" }),
        answer({ page: "book/99" }),
      ],
      ...[2, -1, 0.5, "1", 1e99, null].map((chosen) => answer({ chosen, revealed: false })),
    ],
    inventories: [{ page: CHAPTER.page, id: "__proto__", rounds: {} }],
  });
  assert.deepEqual(restore(bad, [CHAPTER], ROOT), { taken: 0, left: 20 });
  assert.deepEqual(Object.keys(localStorage), []);
});

test("a heading and a date come from the book and the clock, not from the file", () => {
  const reading = { seen: [], finished: [], of: 99, at: "one", heading: "<b>mine</b>", when: 8e15 };
  restore(file({ chapters: [{ page: CHAPTER.page, reading }] }), [CHAPTER], ROOT);
  const read = recallReading(path(ROOT));
  assert.equal(read?.heading, "One");
  assert.equal(read?.of, 2);
  assert.ok((read?.when ?? Infinity) <= Date.now());
});

test("where storage refuses, a file is read and nothing breaks", () => {
  withStorage(undefined);
  assert.deepEqual(restore(file({ answers: [answer({})] }), [CHAPTER], ROOT), {
    taken: 1,
    left: 0,
  });
  assert.deepEqual(gather([CHAPTER], ROOT), { chapters: [], answers: [], inventories: [] });
});

test("an answer is judged as the question judges it", () => {
  assert.equal(isRight(WHICH, { chosen: 1, given: null }), true);
  assert.equal(isRight(WHICH, { chosen: 0, given: null }), false);
  assert.equal(isRight(HOW_MANY, { chosen: null, given: 0.34 }), true);
  assert.equal(isRight(HOW_MANY, { chosen: null, given: 3 }), false);
});
