/** Decodes an image beside the page, so that the page does not stand still however large it is. */

interface Request {
  file: Blob;
  /** Pixels of each side of what is wanted. */
  side: number;
}

/** What a worker has of its own: the page's types know no workers. */
const scope = globalThis as unknown as {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: Request }) => void) | null;
};

async function decoded({ file, side }: Request): Promise<unknown> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const length = Math.min(width, height);
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no drawing");
  // What is transparent lies on white paper.
  context.fillStyle = "white";
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = "high";
  const [left, top] = [(width - length) / 2, (height - length) / 2];
  context.drawImage(bitmap, left, top, length, length, 0, 0, side, side);
  bitmap.close();
  const { data } = context.getImageData(0, 0, side, side);
  const rgb = new Uint8Array(3 * side * side);
  for (let i = 0; i < side * side; i++) rgb.set(data.subarray(4 * i, 4 * i + 3), 3 * i);
  return { rgb, width, height };
}

scope.onmessage = ({ data }) => {
  decoded(data).then(
    (answer) => scope.postMessage(answer),
    () => scope.postMessage({ problem: true }),
  );
};
