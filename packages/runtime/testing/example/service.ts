import { defineErrors, defineEvent, newUuid, operation } from '@plaza/kernel';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { inSteps, inTransaction } from '../../idempotency.ts';
import { defineService, reaction } from '../../service.ts';

export const errors = defineErrors({ TOO_SAD: { status: 409, message: 'No sad notes.' } });
export const noteWritten = defineEvent({
  type: 'note.written',
  summary: 'A note was written.',
  data: z.object({ id: z.uuid(), text: z.string() }),
});

const write = {
  access: 'public',
  input: z.object({ text: z.string().max(50) }),
  output: z.object({ id: z.uuid() }),
  errors: [errors.TOO_SAD],
  idempotent: true,
} as const;
const example = { input: { text: 'hello' }, output: { id: '01999999-0000-7000-8000-000000000000' } };

export const exampleContract = {
  writeNote: operation({ summary: 'Writes a note', ...write, example }),
  writeNoteInSteps: operation({ summary: 'Writes a note in steps', ...write, example }),
  listNotes: operation({
    summary: 'Lists notes',
    access: 'public',
    input: z.object({}),
    output: z.object({ texts: z.array(z.string()) }),
    example: { input: {}, output: { texts: [] } },
  }),
  breakDown: operation({
    summary: 'Fails in a way nobody foresaw',
    access: 'public',
    input: z.object({}),
    output: z.object({}),
    example: { input: {}, output: {} },
  }),
};

export const exampleService = defineService({
  name: 'example',
  floor: 1,
  contract: exampleContract,
  events: [noteWritten],
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create: ({ database }) => ({
    handlers: {
      writeNote: inTransaction(database, exampleContract.writeNote, async ({ input, tx }) => {
        const id = newUuid();
        await tx.execute(
          sql`insert into example.note (marketplace_id, id, text) values (${tx.marketplaceId}, ${id}, ${input.text})`,
        );
        await tx.announce(noteWritten, id, { id, text: input.text });
        if (input.text === 'sad') throw errors.TOO_SAD({});
        return { id };
      }),
      writeNoteInSteps: inSteps(database, exampleContract.writeNoteInSteps, async ({ input, context }) => {
        if (input.text === 'sad') throw errors.TOO_SAD({});
        const id = newUuid();
        await database
          .read(context.marketplaceId)
          .execute(
            sql`insert into example.note (marketplace_id, id, text) values (${context.marketplaceId}, ${id}, ${input.text})`,
          );
        return { id };
      }),
      listNotes: async ({ context }) => {
        const rows = await database
          .read(context.marketplaceId)
          .rows<{ text: string }>(sql`select text from example.note order by id`);
        return { texts: rows.map(({ text }) => text) };
      },
      breakDown: async () => {
        throw new Error('connection string with a password');
      },
    },
    reactions: [
      reaction(noteWritten, async ({ event, tx }) => {
        await tx.execute(sql`insert into example.heard as h (marketplace_id, id, times) values (${tx.marketplaceId}, ${event.data.id}, 1)
          on conflict (marketplace_id, id) do update set times = h.times + 1`);
        if (event.data.text === 'fails after its effect') throw new Error('the reaction failed');
      }),
    ],
  }),
});
