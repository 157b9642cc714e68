/** A document without a browser, for what a demo does to its elements. */

import { parseHTML } from "linkedom";

/** Put a fresh empty document where the frontend looks for one, and return its body. */
export function freshPage(): HTMLElement {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  Object.assign(globalThis, { document });
  return document.body as unknown as HTMLElement;
}
