/** Text that is too long for its slide is set smaller, a step at a time, down to a limit. */

const LEAST = 0.6;
const STEP = 0.05;

interface Box {
  scrollHeight: number;
  clientHeight: number;
  scrollWidth: number;
  clientWidth: number;
  style: { setProperty(name: string, value: string): void };
}

/** Set the variable --fit of a box to the largest scale at which its content overflows nowhere. */
export function fit(box: Box): number {
  for (let step = 0; ; step += 1) {
    const scale = Math.max(LEAST, 1 - step * STEP);
    box.style.setProperty("--fit", scale.toFixed(2));
    const fits = box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
    if (fits || scale === LEAST) return scale;
  }
}
