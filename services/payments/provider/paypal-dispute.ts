import { z } from 'zod';
import { type PayPalClient, PayPalRefusal } from './paypal-client.ts';
import { EvidenceRefused, type EvidenceRequest } from './provider.ts';

/** PayPal's limit of the notes of one piece of evidence. */
const NOTES_MAX = 2_000;

const Dispute = z.object({
  status: z.string(),
  evidences: z.array(z.object({ source: z.string().optional() })).default([]),
  links: z.array(z.object({ rel: z.string() })).default([]),
});

/**
 * Shows PayPal what speaks for a sale (Disputes v1, provide-evidence). PayPal takes it only while it waits for the seller,
 * which the dispute's own links say; a repeat finds ours there already.
 * @throws EvidenceRefused when PayPal takes none, ProviderUnavailable when nobody knows
 */
export async function providePayPalEvidence(client: PayPalClient, request: EvidenceRequest): Promise<void> {
  const path = `/v1/customer/disputes/${encodeURIComponent(request.disputeReference)}`;
  try {
    const dispute = Dispute.parse(await client.get(path));
    if (dispute.evidences.some(({ source }) => source === 'SUBMITTED_BY_SELLER')) return;
    if (!dispute.links.some(({ rel }) => rel === 'provide-evidence')) throw new EvidenceRefused(dispute.status);
    const form = new FormData();
    const input = JSON.stringify({ evidences: [evidenceOf(request)] });
    form.append('input', new Blob([input], { type: 'application/json' }), 'input.json');
    await client.postForm(`${path}/provide-evidence`, form, `${request.disputeReference}:evidence`);
  } catch (error) {
    if (error instanceof PayPalRefusal) throw new EvidenceRefused(error.issue);
    throw error;
  }
}

/** A tracking number is what PayPal looks at first; without one it is whatever the words say. */
function evidenceOf({ text, carrier, trackingNumber }: EvidenceRequest): object {
  const notes = text.slice(0, NOTES_MAX);
  if (trackingNumber === undefined) return { evidence_type: 'OTHER', notes };
  const tracking = { carrier_name: 'OTHER', carrier_name_other: carrier ?? 'OTHER', tracking_number: trackingNumber };
  return { evidence_type: 'PROOF_OF_FULFILLMENT', evidence_info: { tracking_info: [tracking] }, notes };
}
