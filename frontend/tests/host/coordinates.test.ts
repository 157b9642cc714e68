import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHTML } from "linkedom";
import { roundCoordinates } from "../../src/host/coordinates.ts";

function rounded(html: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  roundCoordinates(document.body as never);
  return document.body.innerHTML;
}

test("coordinates keep two decimals", () => {
  assert.equal(
    rounded('<svg width="17.599999999999998"><circle cx="157.60000000000002" r="4" /></svg>'),
    '<svg width="17.6"><circle cx="157.6" r="4" /></svg>',
  );
  assert.equal(
    rounded('<svg><path d="M-0.125,1.23456e-7C10.005,2.5 -.33333-7.999 4,4" /></svg>'),
    '<svg><path d="M-0.13,0C10.01,2.5 -0.33-8 4,4" /></svg>',
  );
});

test("a drawing of few units keeps them as they are", () => {
  const html = '<svg viewBox="0 0 1 1"><path d="M0.12345 0.6789" /></svg>';
  assert.equal(rounded(html), html);
});

test("nothing else is touched", () => {
  const html =
    '<p style="left: 33.33333%">3.14159</p><svg aria-label="π = 3.14159"><text opacity="0.12345">2.71828</text></svg>';
  assert.equal(rounded(html), html);
});
