import { LocalizedText } from '@plaza/kernel';
import { z } from 'zod';

/** Who may take a transition. `payment` is the money's own word, `timer` the clock's. */
export const Party = z.enum(['buyer', 'seller', 'operator', 'timer']);
export type Party = z.output<typeof Party>;

/**
 * What a transition sets off. `release` pays the seller what is held; `refund` gives the buyer back what is left; `settle`
 * does as the ruling said: one of the two, or a part back and the rest released. Exactly one of the three happens on
 * every path. Of a sale that is paid at the door, none of them comes before `collect`: the cash was taken, and is held from
 * then on. Where it never is, `waive` gives it up, or `refuse`, which counts against the buyer. The others may repeat without harm.
 */
export const Effect = z.enum(['release', 'refund', 'settle', 'restock', 'revokeLicense', 'collect', 'waive', 'refuse']);
export type Effect = z.output<typeof Effect>;

/** What is done one by one: `settle` becomes these when it is set off. */
export type PlainEffect = Exclude<Effect, 'settle'>;

/** The effects after which nothing is held any more. */
export const SETTLING: readonly Effect[] = ['release', 'refund', 'settle'];

/** The effects by which money that was due at the door is given up. */
export const WAIVING: readonly Effect[] = ['waive', 'refuse'];

/** For whom an operator decides: all for one side, or a part (`refundMinor`) back to the buyer. */
export const Ruling = z.enum(['seller', 'buyer', 'split']);
export type Ruling = z.output<typeof Ruling>;

/**
 * What must be entered with an action. `restock`: of each line of a return, whether it goes back to stock. `proof`: what shows
 * that a parcel was handed over: who signed, the number of the carrier's slip.
 */
export const Ask = z.enum(['carrier', 'trackingNumber', 'reason', 'priceMinor', 'refundMinor', 'restock', 'proof']);
export type Ask = z.output<typeof Ask>;

const Name = z.string().regex(/^[a-z][a-zA-Z]*$/, 'must be a word in camel case');

export const ProcessState = z.strictObject({
  label: LocalizedText,
  initial: z.boolean().default(false),
  final: z.boolean().default(false),
  /** A ruling is waited for. Both sides may show evidence, this long after the state was entered. */
  evidenceHours: z
    .number()
    .positive()
    .max(24 * 90)
    .optional(),
});

export const Transition = z.strictObject({
  name: Name,
  /** On the button. */
  label: LocalizedText,
  /** In the history, once it was taken; the label says it well enough where it is not given. */
  happened: LocalizedText.optional(),
  from: z.array(Name).min(1),
  to: Name,
  by: z.array(Party).min(1),
  /** For the timer: this long after the state was entered. */
  afterHours: z
    .number()
    .positive()
    .max(24 * 365)
    .optional(),
  asks: z.array(Ask).default([]),
  effects: z.array(Effect).default([]),
  /** What an operator decides by it; carried out by the next `settle`. A later ruling replaces an earlier one. */
  ruling: Ruling.optional(),
  /** Shown as dangerous, and asked about once more. */
  isDestructive: z.boolean().default(false),
});
export type Transition = z.output<typeof Transition>;

/** Who bears a chargeback that the bank decides for the buyer. `operator`: whoever an operator rules for. */
export const ChargebackBearer = z.enum(['seller', 'platform', 'operator']);
export type ChargebackBearer = z.output<typeof ChargebackBearer>;

/** How a sale (or an offer, or the return of goods) runs, as data: `marketplaces/<id>/processes/<name>.yaml`. */
export const Process = z.strictObject({
  /** A sale holds the buyer's money from its first state; an offer holds none; a return may give a part of it back. */
  kind: z.enum(['sale', 'offer', 'return']),
  /** Of a sale: `onDelivery` is paid at the door, so that its money is held only once a transition has collected it. */
  paid: z.enum(['before', 'onDelivery']).default('before'),
  /** Of a sale: by which process goods come back, from which of its states, and how long after that was entered. */
  returns: z
    .strictObject({
      process: z.string().min(1),
      from: z.array(Name).min(1),
      withinHours: z
        .number()
        .positive()
        .max(24 * 365),
    })
    .optional(),
  /** Of a sale: the seller, unless said otherwise. */
  chargebackBearer: ChargebackBearer.optional(),
  /** Whether digital lines get their license when the order is placed. */
  issuesLicense: z.boolean().default(false),
  states: z.record(Name, ProcessState),
  transitions: z.array(Transition).min(1).max(60),
});
export type Process = z.output<typeof Process>;

/** The state a new order (or offer) begins in. */
export function initialState(process: Process): string {
  const found = Object.entries(process.states).find(([, state]) => state.initial);
  // The check at load lets no process without one through.
  return found?.[0] ?? '';
}

/** What this party may do now. */
export function availableActions(process: Process, state: string, party: Party): Transition[] {
  return process.transitions.filter(({ from, by }) => from.includes(state) && by.includes(party));
}

export type Step = { readonly to: string; readonly effects: readonly Effect[]; readonly isFinal: boolean };

/** What follows when `party` takes `action`; undefined when it may not from here. */
export function take(process: Process, state: string, action: string, party: Party): Step | undefined {
  const transition = availableActions(process, state, party).find(({ name }) => name === action);
  if (transition === undefined) return undefined;
  return { to: transition.to, effects: transition.effects, isFinal: process.states[transition.to]?.final === true };
}

/** What the history says of an action that was taken: not what its button said. */
export function happenedLabel({ transitions }: Process, action: string): LocalizedText | undefined {
  const taken = transitions.find(({ name }) => name === action);
  return taken?.happened ?? taken?.label;
}

/** What the clock will do in a state and when, counted from when the state was entered; the earliest counts. */
export function dueAction(
  process: Process,
  state: string,
  enteredTime: Date,
): { action: string; dueTime: Date } | null {
  const timed = availableActions(process, state, 'timer').sort((a, b) => (a.afterHours ?? 0) - (b.afterHours ?? 0));
  const first = timed[0];
  if (first === undefined) return null;
  return { action: first.name, dueTime: new Date(enteredTime.getTime() + (first.afterHours ?? 0) * 3_600_000) };
}
