/** A field that is typed in: what is drawn meanwhile leaves it alone. */

/**
 * @param take called when what has been typed is done.
 * @returns what writes into the field unless somebody is typing, and what ends the typing.
 */
export function typed(field: HTMLInputElement, signal: AbortSignal, take: () => void) {
  let typing = false;
  const end = () => {
    typing = false;
  };
  field.addEventListener(
    "input",
    () => {
      typing = true;
    },
    { signal },
  );
  field.addEventListener("blur", end, { signal });
  field.addEventListener(
    "change",
    () => {
      end();
      take();
    },
    { signal },
  );
  const write = (value: string) => {
    if (!typing && field.value !== value) field.value = value;
  };
  return { write, end };
}
