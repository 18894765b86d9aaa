import { labelOf, quantized } from '@plaza/runtime/models';
import type { Look } from '../contract-look.ts';
import { marksOf } from '../domain/look/marks.ts';
import type { PictureModel } from './model.ts';
import type { Picture } from './picture.ts';

/** A look as bytes. */
export type LookBytes = {
  readonly model: string;
  readonly hash: Buffer;
  readonly tint: Buffer;
  readonly vector: Buffer;
};

/** All that is kept of how a picture looks. */
export async function lookAt(picture: Picture, model: PictureModel): Promise<LookBytes> {
  const { hash, tint } = marksOf(picture.raster, picture.ground);
  const vector = quantized(await model.describe(picture));
  return {
    model: labelOf(model),
    hash: Buffer.from(hash),
    tint: Buffer.from(tint.buffer),
    vector: Buffer.from(vector.buffer),
  };
}

/** As events and answers carry it. */
export function lookView({ model, hash, tint, vector }: LookBytes): Look {
  const text = (bytes: Buffer) => bytes.toString('base64');
  return { model, hash: text(hash), tint: text(tint), vector: text(vector) };
}
