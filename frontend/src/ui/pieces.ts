/** A line of text whose pieces have the colours of what they speak of. */

import { html, list, set, text } from "./dom.ts";

export interface Piece {
  words: string;
  role?: "input" | "kernel-text" | "output" | "padding";
}

/** Write a line into its element. */
export function drawPieces(line: Element, pieces: readonly Piece[]): void {
  list(line, pieces, () => html("span"), drawPiece);
}

/** Write several lines, each into an element of its own. */
export function drawLines(parent: Element, lines: readonly (readonly Piece[])[]): void {
  list(parent, lines, () => html("p"), drawPieces);
}

function drawPiece(element: Element, { words, role }: Piece): void {
  text(element, words);
  set(element, { class: role ? `role-${role}` : null });
}
