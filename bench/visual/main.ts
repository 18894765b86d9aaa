/*
 * Measures searching by pictures: how often the picture that was altered finds its original, and what a search costs among
 * many. `node bench/visual/main.ts [--looks 100000]`; see README.md.
 */
import { parseArgs } from 'node:util';
import { chanceFrom } from '@plaza/kernel';
import { framingsOf } from '../../services/media/domain/look/framings.ts';
import { lookAt } from '../../services/media/looks/look.ts';
import { colorAndShapeModel } from '../../services/media/looks/model.ts';
import { type Picture, readPicture } from '../../services/media/looks/picture.ts';
import { loadSharp } from '../../services/media/sharp.ts';
import { type AskedLook, Looks, type PictureLook } from '../../services/search/visual/looks.ts';
import { ALTERATIONS, originals } from './pictures.ts';

const { values } = parseArgs({ options: { looks: { type: 'string', default: '100000' } } });
const lookCount = Number(values.looks);
/** Pictures that each alteration is tried on at most. */
const TRIED = 150;

async function pictureOf(bytes: Buffer): Promise<Picture> {
  const picture = await readPicture(bytes);
  if ('problem' in picture) throw new Error(picture.problem);
  return picture;
}

async function lookOf(assetId: string, picture: Picture): Promise<PictureLook> {
  const { model, hash, tint, vector } = await lookAt(picture, colorAndShapeModel);
  return { assetId, model, hash, tint: new Int8Array(tint), vector: new Int8Array(vector) };
}

async function askedOf(bytes: Buffer): Promise<AskedLook> {
  const picture = await pictureOf(bytes);
  const { assetId: _id, model, vector, ...marks } = await lookOf('asked', picture);
  return { marks, framings: framingsOf(picture.raster, picture.ground), model, vector };
}

/** Looks like real ones that are nobody's: bits at random, colors and descriptions of one with a third of another's. */
function* madeLooks(real: readonly PictureLook[], count: number): Generator<PictureLook> {
  const next = chanceFrom(1);
  const some = () => real[Math.floor(next() * real.length)] as PictureLook;
  for (let i = 0; i < count; i++) {
    const [one, other] = [some(), some()];
    const mixed = (a: Int8Array, b: Int8Array) =>
      Int8Array.from(a, (value, at) => (next() < 0.33 ? (b[at] as number) : value));
    yield {
      assetId: `made-${i}`,
      model: one.model,
      hash: Uint8Array.from(one.hash, (byte, at) => (at < 32 ? Math.floor(next() * 256) : byte)),
      tint: mixed(one.tint, other.tint),
      vector: mixed(one.vector, other.vector),
    };
  }
}

function percentile(times: number[], share: number): number {
  return times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] as number;
}

const sharp = await loadSharp();
const pictures = await originals(sharp);
const real: PictureLook[] = [];
const lookTimes: number[] = [];
for (const { name, bytes } of pictures) {
  const beganMs = performance.now();
  real.push(await lookOf(name, await pictureOf(bytes)));
  lookTimes.push(performance.now() - beganMs);
}
globalThis.gc?.();
const before = process.memoryUsage();
const looks = new Looks();
for (const look of [...real, ...madeLooks(real, lookCount - real.length)]) {
  looks.putLook(look);
  looks.putListing({ listingId: look.assetId, storeId: 'store', assetIds: [look.assetId] });
}
globalThis.gc?.();
const after = process.memoryUsage();
const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
console.log(`${looks.pictureCount} pictures, ${real.length} of them drawn; ${Math.round(grown / 2 ** 20)} MiB`);
console.log(
  `a look: p50 ${percentile(lookTimes, 0.5).toFixed(1)} ms, p99 ${percentile(lookTimes, 0.99).toFixed(1)} ms`,
);

const askedTimes: number[] = [];
const sameTimes: number[] = [];
const alikeTimes: number[] = [];
let wrong = 0;
console.log('| altered | same picture @1 | @10 | looks alike @1 | @10 |\n| --- | --- | --- | --- | --- |');
for (const [how, alter] of Object.entries(ALTERATIONS)) {
  const hits = { same1: 0, same10: 0, alike1: 0, alike10: 0 };
  const step = Math.ceil(pictures.length / TRIED);
  const tried = pictures.filter((_, i) => i % step === 0);
  for (const { name, bytes } of tried) {
    const askedMs = performance.now();
    const asked = await askedOf(await alter(sharp, bytes));
    const beganMs = performance.now();
    askedTimes.push(beganMs - askedMs);
    const same = looks.same(asked).map(({ listingId }) => listingId);
    const middleMs = performance.now();
    const alike = looks.alike(asked, 10).map(({ listingId }) => listingId);
    sameTimes.push(middleMs - beganMs);
    alikeTimes.push(performance.now() - middleMs);
    if (same[0] === name) hits.same1++;
    if (same.slice(0, 10).includes(name)) hits.same10++;
    if (alike[0] === name) hits.alike1++;
    if (alike.includes(name)) hits.alike10++;
    wrong += same.filter((each) => each !== name).length;
  }
  const share = (count: number) => (count / tried.length).toFixed(3);
  console.log(
    `| ${how} | ${share(hits.same1)} | ${share(hits.same10)} | ${share(hits.alike1)} | ${share(hits.alike10)} |`,
  );
}
console.log(`others called the same: ${wrong} in ${sameTimes.length} searches`);
for (const [name, times] of [
  ['a look to search by, with the copy made', askedTimes],
  ['same', sameTimes],
  ['alike', alikeTimes],
] as const)
  console.log(`${name}: p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`);
