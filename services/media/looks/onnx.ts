import { openOnnxModel } from '@plaza/runtime/models';
import type { PictureModel } from './model.ts';

/**
 * An image model in ONNX: CLIP, DINOv2 or another vision transformer.
 * @throws Error in one sentence, when folder or package is missing
 */
export async function onnxModel(folder: string): Promise<PictureModel> {
  const { thread, ...model } = await openOnnxModel(folder, 'picture');
  return {
    ...model,
    describe({ raster: { width, height, pixels } }) {
      return thread.call('embedPicture', { width, height, pixels });
    },
    close: () => thread.close(),
  };
}
