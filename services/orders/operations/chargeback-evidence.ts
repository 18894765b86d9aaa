import { type Handlers, newId } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import type { Evidence } from '../contract/dispute.ts';
import { returnOperations } from '../contract/returns.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { errors } from '../errors.ts';
import { type EvidenceRecord, insertEvidence, listEvidenceRows } from '../store/dispute.ts';
import { openGroup } from './disputes.ts';
import { requireOwnFiles, showEvidence } from './evidence-files.ts';
import { partiesOf } from './open-order.ts';

type Operations = Pick<Handlers<typeof returnOperations>, 'addChargebackEvidence' | 'listChargebackEvidence'>;

/** What a seller shows an operator for the buyer's bank. The buyer, on the other side of that, does not see it. */
export function chargebackEvidence(dependencies: SellingDependencies): Operations {
  const { database, clock } = dependencies;
  return {
    addChargebackEvidence: inTransaction(
      database,
      returnOperations.addChargebackEvidence,
      async ({ input, context, tx }) => {
        const { order, group } = await openGroup(tx, input, context);
        const party = partiesOf(context, order, group).find((each) => each === 'seller' || each === 'operator');
        if (party === undefined) throw errors.ORDER_NOT_FOUND({});
        if (!order.chargebacks.some(({ state }) => state === 'opened')) throw errors.EVIDENCE_CLOSED({});
        await requireOwnFiles(dependencies, input.assetIds, context);
        const evidence: EvidenceRecord = {
          id: newId('evidence'),
          party,
          memberId: context.actor.kind === 'member' ? context.actor.memberId : null,
          text: input.text,
          assetIds: input.assetIds,
          time: clock(),
        };
        await insertEvidence(tx, tx.marketplaceId, group.id, evidence, 'chargeback');
        const [answer] = await showEvidence(dependencies, [evidence], context);
        return answer as Evidence;
      },
    ),
    listChargebackEvidence: async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      const { order, group } = await openGroup(queries, input, context);
      const isTheirs = partiesOf(context, order, group).some((each) => each === 'seller' || each === 'operator');
      if (!isTheirs) throw errors.ORDER_NOT_FOUND({});
      const page = await listEvidenceRows(queries, context.marketplaceId, group.id, 'chargeback', {
        cursor: input.cursor,
        limit: input.limit,
      });
      return { items: await showEvidence(dependencies, page.items, context), nextCursor: page.nextCursor };
    },
  };
}
