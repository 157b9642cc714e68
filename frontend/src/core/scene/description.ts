/** What a scene is, in a few numbers, under the names that Python's descriptions have as JSON. */

export type Colour = readonly [number, number, number];

export interface Background {
  photograph: string;
  /** The square, in units of the photograph's shorter side. */
  left: number;
  top: number;
  side: number;
  mirrored: boolean;
}

export interface Texture {
  family: string;
  frequency: number;
  angle: number;
  share: number;
  seed: number;
}

export interface SceneObject {
  class_name: string;
  /** Where the object's origin stands, and the length of its unit: in units of the image's side. */
  x: number;
  y: number;
  scale: number;
  /** Degrees clockwise. */
  angle: number;
  mirrored: boolean;
  /** Main, second, detail and dark. */
  colours: readonly [Colour, Colour, Colour, Colour];
  texture: Texture;
  light: number;
  ink: number;
}

/** A background, and objects from the lowest to the highest. */
export interface Description {
  background: Background;
  objects: readonly SceneObject[];
}
