/** Work that may come a moment after the picture: a reader who holds a key waits for none of it. */

import type { Stage } from "../../ui/demo.ts";
import { interactive, onFrame } from "../../ui/environment.ts";

/** What takes long is done so often at most. */
const PAUSE_MS = 80;

/**
 * @param run  done once the present frame is painted; at once the first time.
 * @param long whether it will take long for this state.
 * @returns what to call when the state has changed.
 */
export function afterPaint<S>(
  stage: Stage<S>,
  run: (state: S) => void,
  long: (state: S) => boolean = () => false,
): () => void {
  let first = true;
  let waiting = false;
  const now = () => {
    waiting = false;
    if (!stage.signal.aborted) run(stage.state());
  };
  return () => {
    if (first || !interactive()) {
      first = false;
      run(stage.state());
    } else if (!waiting) {
      waiting = true;
      onFrame(() => setTimeout(now, long(stage.state()) ? PAUSE_MS : 0));
    }
  };
}
