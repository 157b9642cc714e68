/** What follows from a state, computed once for each state object: states are never changed in place. */

export function once<S extends object, R>(compute: (state: S) => R): (state: S) => R {
  const known = new WeakMap<S, { result: R }>();
  return (state) => {
    const found = known.get(state);
    if (found) return found.result;
    const result = compute(state);
    known.set(state, { result });
    return result;
  };
}
