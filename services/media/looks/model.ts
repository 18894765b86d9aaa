import { colorAndShape, DIMENSIONS } from '../domain/look/color-and-shape.ts';
import type { Picture } from './picture.ts';

/** Describes pictures as directions: pictures that look alike point the same way. */
export type PictureModel = {
  /** As people may read it. No `@`. */
  readonly name: string;
  /** Descriptions of different versions are not compared: when it changes, all pictures are described anew. */
  readonly version: string;
  readonly dimensions: number;
  /**
   * @throws PictureRefused when this picture will never be taken; anything else while the model cannot be had: the picture waits
   */
  describe(picture: Picture): Promise<Float32Array>;
  close(): Promise<void>;
};

/** The model does not take a picture; asking again is no use. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused';
}

/** What a model is called where descriptions are kept. */
export function labelOf({ name, version }: Pick<PictureModel, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

/** The model that is always there and knows no goods: colors, where they are, and which way edges run. */
export const colorAndShapeModel: PictureModel = {
  name: 'color-and-shape',
  version: '1',
  dimensions: DIMENSIONS,
  describe: async ({ raster, ground }) => colorAndShape(raster, ground),
  close: async () => {},
};
