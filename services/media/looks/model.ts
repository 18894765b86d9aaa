import type { VectorModel } from '@plaza/runtime/models';
import { colorAndShape, DIMENSIONS } from '../domain/look/color-and-shape.ts';
import type { Picture } from './picture.ts';

/** Describes pictures as directions: pictures that look alike point the same way. */
export type PictureModel = VectorModel & {
  /**
   * @throws InputRefused when this picture will never be taken; anything else while the model cannot be had: the picture waits
   */
  describe(picture: Picture): Promise<Float32Array>;
};

/** The model that is always there and knows no goods: colors, where they are, and which way edges run. */
export const colorAndShapeModel: PictureModel = {
  name: 'color-and-shape',
  version: '1',
  dimensions: DIMENSIONS,
  describe: async ({ raster, ground }) => colorAndShape(raster, ground),
  close: async () => {},
};
