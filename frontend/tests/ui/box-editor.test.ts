import assert from "node:assert/strict";
import { test } from "node:test";
import type { Box } from "../../src/core/boxes.ts";
import { tagPlaces } from "../../src/ui/box-editor.ts";

const item = (box: Box, low = false) => ({ box, tag: "A", low });

test("a tag stands above its box, or within it where there is no room above", () => {
  const [free, edge] = tagPlaces([item([100, 100, 200, 200]), item([300, 5, 400, 90])], 1);
  assert.deepEqual([free!.x, free!.y + free!.height], [100, 100]);
  assert.deepEqual([edge!.x, edge!.y], [300, 5]);
});

test("a tag that would hide another goes to a further corner, and one of many to its first", () => {
  const boxes = Array.from({ length: 5 }, () => item([100, 100, 200, 200]));
  const places = tagPlaces(boxes, 1).map(({ x, y }) => `${x} ${y}`);
  assert.equal(new Set(places).size, 4);
  assert.equal(places[4], places[0]);
});

test("a low tag begins at the right end of the lower edge, and no tag takes no room", () => {
  const [low] = tagPlaces([item([100, 100, 200, 200], true)], 1);
  assert.deepEqual([low!.x + low!.width, low!.y + low!.height], [200, 200]);
  const [none, other] = tagPlaces([{ ...item([0, 50, 9, 60]), tag: "" }, item([0, 50, 9, 60])], 1);
  assert.equal(none!.width, 0);
  assert.equal(other!.x, 0);
});
