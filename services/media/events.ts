import { defineEvent, idSchema } from '@plaza/kernel';
import { z } from 'zod';
import { Look, Purpose } from './contract.ts';

/** A file passed its checks and may be used. */
export const assetReady = defineEvent({
  type: 'asset.ready',
  summary: 'A file passed its checks and may be shown or sold.',
  data: z.object({
    assetId: idSchema('asset'),
    purpose: Purpose,
    contentType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    ownerMemberId: idSchema('member').nullable(),
  }),
});

/** How a picture of a listing looks is known, or known anew by another model. */
export const pictureDescribed = defineEvent({
  type: 'picture.described',
  summary: 'A listing’s picture was looked at: it can be found by another picture.',
  data: Look.extend({ assetId: idSchema('asset'), lookedTime: z.iso.datetime() }),
});
