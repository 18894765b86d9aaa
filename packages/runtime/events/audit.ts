import { Actor, defineEvent } from '@plaza/kernel';
import { z } from 'zod';

/** An act on trust, money or administration, announced by any service and kept in the hash-chained audit log. */
export const auditRecorded = defineEvent({
  type: 'audit.recorded',
  summary: 'Somebody did something that must be accounted for.',
  data: z.object({
    action: z.string(),
    subject: z.string(),
    actor: Actor,
    details: z.record(z.string(), z.unknown()),
  }),
});
