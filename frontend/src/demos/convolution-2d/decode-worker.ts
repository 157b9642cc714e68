/** Decodes an image beside the page, so that the page does not stand still however large it is. */

const SIDE = 64;

/** What a worker has of its own: the page's types know no workers. */
const scope = globalThis as unknown as {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: Blob }) => void) | null;
};

async function grey(file: Blob): Promise<unknown> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const side = Math.min(width, height);
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no drawing");
  // What is transparent lies on white paper.
  context.fillStyle = "white";
  context.fillRect(0, 0, SIDE, SIDE);
  context.imageSmoothingQuality = "high";
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  context.drawImage(bitmap, left, top, side, side, 0, 0, SIDE, SIDE);
  bitmap.close();
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const rows = Array.from({ length: SIDE }, (_, r) =>
    Array.from({ length: SIDE }, (__, c) => {
      const at = 4 * (r * SIDE + c);
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
      return Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }),
  );
  return { rows, width, height };
}

scope.onmessage = ({ data }) => {
  grey(data).then(
    (answer) => scope.postMessage(answer),
    () => scope.postMessage({ problem: true }),
  );
};
