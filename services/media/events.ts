import { defineEvent, idSchema } from '@plaza/kernel';
import { z } from 'zod';
import { Purpose } from './contract.ts';

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
