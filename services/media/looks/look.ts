import { labelOf, quantized } from '@plaza/runtime/models';
import type { AskedLook, Look } from '../contract/look.ts';
import { framingsOf } from '../domain/look/framings.ts';
import { type Marks, marksOf } from '../domain/look/marks.ts';
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
  const { hash, tint } = marksAsBytes(marksOf(picture.raster, picture.ground));
  const vector = quantized(await model.describe(picture));
  return { model: labelOf(model), hash, tint, vector: Buffer.from(vector.buffer) };
}

/** As events and answers carry it. */
export function lookView({ model, hash, tint, vector }: LookBytes): Look {
  return { model, hash: base64(hash), tint: base64(tint), vector: base64(vector) };
}

/** The look of a picture that others are compared with. */
export function askedLookView(look: LookBytes, { raster, ground }: Picture): AskedLook {
  const framings = framingsOf(raster, ground).map(marksAsBytes);
  return {
    ...lookView(look),
    framings: framings.map(({ hash, tint }) => ({ hash: base64(hash), tint: base64(tint) })),
  };
}

function marksAsBytes({ hash, tint }: Marks): { readonly hash: Buffer; readonly tint: Buffer } {
  return { hash: Buffer.from(hash), tint: Buffer.from(tint.buffer) };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}
