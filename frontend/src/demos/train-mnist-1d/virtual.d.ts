/** The compiled arithmetic of training: written by the build (build.mjs). */
declare module "virtual:training" {
  const binaries: import("../core/arithmetic.ts").Binaries;
  export default binaries;
}

/** A worker's whole script: written by the build (build.mjs). */
declare module "worker:*" {
  const script: string;
  export default script;
}
