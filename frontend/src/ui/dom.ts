/** The little that a demo needs of the DOM: make elements, change only what differs, keep lists. */

import { equal } from "../core/equal.ts";

type Value = string | number | boolean | null | undefined;
type Attributes = Record<string, Value>;

const SVG = "http://www.w3.org/2000/svg";
const TEXT = 3; // Node.TEXT_NODE, also where there is no browser

/** An HTML element with its attributes and children. */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children);
  return element;
}

/** An SVG element with its attributes and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag) as SVGElementTagNameMap[K];
  set(element, attributes);
  element.append(...children);
  return element;
}

/** Write the attributes that differ; `false`, `null` and `undefined` remove one. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) {
      if (element.hasAttribute(name)) element.removeAttribute(name);
    } else {
      const text = value === true ? "" : String(value);
      if (element.getAttribute(name) !== text) element.setAttribute(name, text);
    }
  }
}

/** Write a text only where it differs, into the text node that is there: both cost far less. */
export function text(element: Element, value: string): void {
  const node = element.firstChild;
  if (node?.nodeType === TEXT && node === element.lastChild) {
    if (node.nodeValue !== value) node.nodeValue = value;
  } else if (element.textContent !== value) element.textContent = value;
}

/** What each element of a list was last drawn from. */
const drawnFrom = new WeakMap<Element, unknown>();

/**
 * Keep exactly one child of `parent` for each item, made once and then only updated.
 *
 * An item must say all that its element shows: where it is the same as before, nothing is done.
 */
export function list<T, E extends Element>(
  parent: Element,
  items: readonly T[],
  create: (index: number) => E,
  update: (element: E, item: T, index: number) => void,
): void {
  while (parent.children.length > items.length) parent.lastElementChild?.remove();
  while (parent.children.length < items.length) parent.append(create(parent.children.length));
  for (const [index, item] of items.entries()) {
    const element = parent.children[index] as E;
    if (drawnFrom.has(element) && equal(drawnFrom.get(element), item)) continue;
    drawnFrom.set(element, item);
    update(element, item, index);
  }
}
