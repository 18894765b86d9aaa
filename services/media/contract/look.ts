import { idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';

/** How a picture looks: its marks, by which it is known again, and a model's description, a signed byte a dimension. */
export const Look = z.object({
  /** 256 bits, a perceptual hash of the goods without the plain ground around them, and 256 that say which of them are sure. */
  hash: z.base64(),
  /** OKLab's a and b of 4 × 4 cells as signed bytes: the hash sees gray only. */
  tint: z.base64(),
  /** `name@version`; only descriptions of one model are compared. */
  model: z.string(),
  vector: z.base64(),
});
export type Look = z.output<typeof Look>;

/** A picture to compare others with: also its marks as if it were framed otherwise, for one of two copies may be a cut of the other. */
export const AskedLook = Look.extend({ framings: z.array(Look.pick({ hash: true, tint: true })) });
export type AskedLook = z.output<typeof AskedLook>;

/** Why a picture cannot be looked at. */
export const LookProblem = z.enum(['type', 'too_large', 'unreadable', 'too_small', 'too_many_pixels', 'missing']);
export type LookProblem = z.output<typeof LookProblem>;

const base64Of = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64');

/** Looking at pictures, for the services that compare them. */
export const lookOperations = {
  describeUpload: operation({
    summary: 'How an uploaded picture looks. Its bytes are deleted, whatever came of it: nothing of it is kept',
    access: 'service',
    input: z.object({ uploadId: idSchema('upload') }),
    output: z.object({
      look: AskedLook.nullable(),
      problem: LookProblem.nullable(),
    }),
    errors: [errors.UPLOAD_NOT_FOUND],
    example: {
      input: { uploadId: 'upl_01k9w6x8f0e5rbq2m3n4p5q6r7' },
      output: {
        look: {
          hash: base64Of(64),
          tint: base64Of(32),
          model: 'color-and-shape@1',
          vector: base64Of(322),
          framings: [{ hash: base64Of(64), tint: base64Of(32) }],
        },
        problem: null,
      },
    },
  }),
};
