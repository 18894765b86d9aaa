import { type Effect, initialState, type Process, SETTLING, WAIVING } from './process.ts';

/** One thing wrong with a process, in words for its writer. */
export type ProcessMistake = string;

type Money = 'due' | 'held' | 'settled';
type Place = { readonly state: string; readonly money: Money; readonly isRuled: boolean };

/**
 * What is wrong with a process; empty when it may run. Checked are: one initial state; every state reached, left unless
 * final, and able to end; timers that say when; in offers the names that the code goes by; and, on every path, the money
 * released or refunded exactly once, and settled only after a ruling; of a sale that is paid at the door, collected once before
 * that, or given up once. Paths may have circles: what is walked is the finite graph of states and where the
 * money is, so that all are covered.
 */
export function mistakesOf(process: Process): ProcessMistake[] {
  return [
    ...wrongShape(process),
    ...wrongOffer(process),
    ...wrongReturn(process),
    ...wrongRulings(process),
    ...wrongPaths(process),
  ];
}

/** Offers are answered by operations of their own, which go by these names; nothing is set off by them. */
function wrongOffer({ kind, states, transitions }: Process): ProcessMistake[] {
  if (kind !== 'offer') return [];
  const mistakes: ProcessMistake[] = [];
  if (states.accepted === undefined || states.accepted.final)
    mistakes.push('an offer must have a state accepted, which is not final');
  if (states.used?.final !== true) mistakes.push('an offer must have a state used, which is final');
  for (const { name, by, effects } of transitions) {
    if (by.includes('timer') && name !== 'expire')
      mistakes.push(`transition ${name} is the timer's; in an offer it must be called expire`);
    if (effects.length > 0)
      mistakes.push(`transition ${name} sets off ${effects.join(', ')}; an offer sets off nothing`);
  }
  return mistakes;
}

/** Goods come back by effects of their own; only a sale says how, and only a return asks what becomes of them. */
function wrongReturn({ kind, paid, states, transitions, returns, chargebackBearer }: Process): ProcessMistake[] {
  const mistakes: ProcessMistake[] = [];
  if (kind !== 'sale' && paid !== 'before') mistakes.push('only a sale is paid at the door');
  if (kind !== 'sale' && (returns !== undefined || chargebackBearer !== undefined))
    mistakes.push('only a sale says how goods come back and who bears a chargeback');
  for (const state of returns?.from ?? [])
    if (states[state] === undefined) mistakes.push(`returns names the state ${state}, which does not exist`);
  for (const { name, effects, asks, ruling } of transitions) {
    if (kind !== 'return' && asks.includes('restock'))
      mistakes.push(`transition ${name} asks what becomes of goods; only a return may`);
    if (kind !== 'return') continue;
    const foreign = effects.filter((effect) => effect !== 'refund' && effect !== 'restock');
    if (foreign.length > 0) mistakes.push(`transition ${name} sets off ${foreign.join(', ')}, which a return may not`);
    if (effects.includes('restock') !== asks.includes('restock'))
      mistakes.push(`transition ${name} must ask for restock if, and only if, it sets it off`);
    if (ruling !== undefined) mistakes.push(`transition ${name} is a ruling on a sale, not on a return`);
  }
  return mistakes;
}

/** A ruling is an operator's, and says how much exactly when it splits. */
function wrongRulings({ transitions }: Process): ProcessMistake[] {
  const mistakes: ProcessMistake[] = [];
  for (const { name, by, asks, ruling } of transitions) {
    if (ruling !== undefined && by.some((party) => party !== 'operator'))
      mistakes.push(`transition ${name} is a ruling, which only an operator may make`);
    if (asks.includes('refundMinor') !== (ruling === 'split'))
      mistakes.push(`transition ${name} must ask for refundMinor if, and only if, its ruling is split`);
  }
  return mistakes;
}

function wrongShape({ states, transitions }: Process): ProcessMistake[] {
  const mistakes: ProcessMistake[] = [];
  const names = new Set(Object.keys(states));
  const initial = Object.values(states).filter((state) => state.initial).length;
  if (initial !== 1) mistakes.push(`must have exactly one initial state; it has ${initial}`);
  for (const { name, from, to, by, afterHours } of transitions) {
    for (const state of [...from, to])
      if (!names.has(state)) mistakes.push(`transition ${name} names the state ${state}, which does not exist`);
    for (const state of from)
      if (states[state]?.final) mistakes.push(`transition ${name} leaves ${state}, which is final`);
    if (by.includes('timer') !== (afterHours !== undefined))
      mistakes.push(`transition ${name} must say afterHours if, and only if, the timer takes it`);
  }
  const seen = new Set<string>();
  for (const { name, from, by } of transitions) {
    for (const key of from.flatMap((state) => by.map((party) => `${name} by ${party} from ${state}`))) {
      if (seen.has(key)) mistakes.push(`there are two transitions ${key}`);
      seen.add(key);
    }
  }
  return mistakes;
}

function wrongPaths(process: Process): ProcessMistake[] {
  const start: Place = {
    state: initialState(process),
    money: process.kind === 'offer' ? 'settled' : process.paid === 'onDelivery' ? 'due' : 'held',
    isRuled: false,
  };
  if (start.state === '') return [];
  const mistakes = new Set<ProcessMistake>();
  const trails = new Map<string, string[]>([[keyOf(start), [start.state]]]);
  const next = new Map<string, Place[]>();
  const open = [start];
  for (let place = open.shift(); place !== undefined; place = open.shift()) {
    const trail = trails.get(keyOf(place)) as string[];
    const isFinal = process.states[place.state]?.final === true;
    // A return may come to nothing; a sale's money goes somewhere.
    if (isFinal && place.money === 'held' && process.kind === 'sale')
      mistakes.add(`the money is neither released nor refunded on: ${trail.join(' → ')}`);
    if (isFinal && place.money === 'due')
      mistakes.add(`the cash is neither collected nor given up on: ${trail.join(' → ')}`);
    if (place.money === 'due' && process.returns?.from.includes(place.state))
      mistakes.add(`goods could come back that nobody has paid for, in ${place.state}`);
    const steps = process.transitions.filter(({ from }) => from.includes(place.state));
    if (!isFinal && steps.length === 0) mistakes.add(`${place.state} is not final and cannot be left`);
    for (const { name, to, effects, ruling } of steps) {
      const settles = effects.filter((effect) => SETTLING.includes(effect)).length;
      const atDoor = effects.filter((effect) => effect === 'collect' || WAIVING.includes(effect));
      const path = [...trail, `(${name})`, to];
      const isRuled = place.isRuled || ruling !== undefined;
      if (effects.includes('settle') && !isRuled) mistakes.add(`nothing was ruled yet on: ${path.join(' → ')}`);
      if (atDoor.length > 0 && (place.money !== 'due' || atDoor.length > 1)) {
        mistakes.add(`there is no cash to collect or give up, or not any more, on: ${path.join(' → ')}`);
        continue;
      }
      if (settles > 0 && place.money === 'due') {
        mistakes.add(`nothing was collected yet on: ${path.join(' → ')}`);
        continue;
      }
      if (settles + (place.money === 'settled' ? 1 : 0) > 1 && settles > 0) {
        mistakes.add(`the money is released or refunded twice on: ${path.join(' → ')}`);
        continue;
      }
      const reached: Place = {
        state: to,
        money: settles > 0 ? 'settled' : moneyAfter(place.money, atDoor[0]),
        isRuled,
      };
      next.set(keyOf(place), [...(next.get(keyOf(place)) ?? []), reached]);
      if (trails.has(keyOf(reached))) continue;
      trails.set(keyOf(reached), path);
      open.push(reached);
    }
  }
  const reachedStates = new Set([...trails.keys()].map((key) => key.split(' ')[0]));
  for (const state of Object.keys(process.states))
    if (!reachedStates.has(state)) mistakes.add(`${state} cannot be reached`);
  for (const key of trails.keys()) {
    if (!canEnd(key, next, process)) mistakes.add(`no path ends from ${key.split(' ')[0]}`);
  }
  return [...mistakes];
}

function moneyAfter(money: Money, atDoor: Effect | undefined): Money {
  if (atDoor === undefined) return money;
  return atDoor === 'collect' ? 'held' : 'settled';
}

function keyOf({ state, money, isRuled }: Place): string {
  return `${state} ${money} ${isRuled}`;
}

function canEnd(key: string, next: ReadonlyMap<string, readonly Place[]>, process: Process): boolean {
  const seen = new Set([key]);
  const open = [key];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (process.states[at.split(' ')[0] as string]?.final) return true;
    for (const place of next.get(at) ?? []) {
      if (!seen.has(keyOf(place))) open.push(keyOf(place));
      seen.add(keyOf(place));
    }
  }
  return false;
}

/** Every path from the initial state to a final one, each state visited at most twice: for tests and documentation. */
export function pathsOf(process: Process): string[][] {
  const paths: string[][] = [];
  const walk = (state: string, trail: readonly string[], visits: ReadonlyMap<string, number>): void => {
    if (process.states[state]?.final) {
      paths.push([...trail]);
      return;
    }
    for (const { name, from, to } of process.transitions) {
      const count = visits.get(to) ?? 0;
      if (from.includes(state) && count < 2) walk(to, [...trail, name], new Map([...visits, [to, count + 1]]));
    }
  };
  const start = initialState(process);
  walk(start, [], new Map([[start, 1]]));
  return paths;
}
