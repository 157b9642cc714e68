/** The compiled arithmetic of training: written by the build (build.mjs). */
declare module "virtual:training" {
  const binaries: import("./core/arithmetic.ts").Binaries;
  export default binaries;
}

/** The compiled arithmetic of inference. */
declare module "virtual:inference" {
  const binaries: import("./core/arithmetic.ts").Binaries;
  export default binaries;
}

/** A worker's whole script. */
declare module "worker:*" {
  const script: string;
  export default script;
}
