/** All demos by name: written by the build (build.mjs). */
declare module "virtual:demos" {
  export const demos: Record<
    string,
    { render(props: import("@anywidget/types").RenderProps): unknown }
  >;
}
