/** A press on a drawing, and the drag that follows it. */

/** Tell where the pointer is, in pixels from the drawing's left edge, from the press to the release. */
export function onDrag(drawing: Element, signal: AbortSignal, move: (pixel: number) => void): void {
  const tell = (event: PointerEvent) => move(event.clientX - drawing.getBoundingClientRect().left);
  drawing.addEventListener(
    "pointerdown",
    (event) => {
      drawing.setPointerCapture((event as PointerEvent).pointerId);
      tell(event as PointerEvent);
    },
    { signal },
  );
  drawing.addEventListener(
    "pointermove",
    (event) => {
      if (drawing.hasPointerCapture((event as PointerEvent).pointerId)) tell(event as PointerEvent);
    },
    { signal },
  );
}
