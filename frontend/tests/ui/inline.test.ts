import assert from "node:assert/strict";
import { test } from "node:test";
import { inline } from "../../src/ui/inline.ts";
import { freshPage } from "./page.ts";

/** The markup that a source becomes. */
function rendered(source: string): string {
  const paragraph = freshPage().ownerDocument.createElement("p");
  paragraph.append(...inline(source));
  return paragraph.innerHTML;
}

test("backquotes mark code and asterisks mark emphasis", () => {
  assert.equal(
    rendered("the `kernel` is *not* reversed"),
    "the <code>kernel</code> is <em>not</em> reversed",
  );
});

test("a plain text stays as it is", () => {
  assert.equal(rendered("2 < 3"), "2 &lt; 3");
});

test("an author's words never become markup", () => {
  assert.equal(
    rendered("<b>bold</b> `<script>alert(1)</script>` *<i>x</i>*"),
    "&lt;b&gt;bold&lt;/b&gt; <code>&lt;script&gt;alert(1)&lt;/script&gt;</code> <em>&lt;i&gt;x&lt;/i&gt;</em>",
  );
});

test("a mark without its partner, and an empty pair, are text", () => {
  assert.equal(rendered("3 * 4 and `open"), "3 * 4 and `open");
  assert.equal(rendered("`` and **"), "`` and **");
});

test("asterisks within code stay asterisks", () => {
  assert.equal(rendered("`a*b*c`"), "<code>a*b*c</code>");
});
