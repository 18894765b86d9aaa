import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { idFromUuid, newUuid } from '@plaza/kernel';
import type { Asset, Purpose } from '../contract.ts';
import { detectType } from '../domain/file-type.ts';
import { MalwareScan } from '../domain/malware.ts';
import { RULES, requireAccepted } from '../domain/purpose.ts';
import { errors } from '../errors.ts';
import { assetReady } from '../events.ts';
import { type RenditionName, renderImage } from '../renditions.ts';
import { type AssetRecord, assetView, findSameBytes, insertAsset } from '../store/asset.ts';
import { insertPicture } from '../store/picture-look.ts';
import { finishUpload } from '../store/upload.ts';
import type { Dependencies } from './dependencies.ts';

/** A file to be checked: its bytes can be read more than once. */
export type Candidate = {
  readonly marketplaceId: string;
  readonly purpose: Purpose;
  readonly filename: string;
  readonly ownerMemberId: string | null;
  /** The upload it came by, which then points to the asset. */
  readonly uploadId?: string;
  open(): Promise<Readable>;
};

const HEAD_BYTES = 4_096;

/**
 * Checks a file and makes it an asset: the type its bytes say, size, malicious content, a picture that opens. Nothing
 * of it can be downloaded before. Equal bytes of the same owner and purpose are the same asset, so it can be repeated.
 */
export async function acceptFile(dependencies: Dependencies, candidate: Candidate): Promise<Asset> {
  const { marketplaceId, purpose, ownerMemberId } = candidate;
  const facts = await inspect(candidate);
  if (facts.finding !== undefined) throw errors.FILE_MALICIOUS({ finding: facts.finding });
  requireAccepted(purpose, facts.contentType, facts.sizeBytes);
  const known = await findSameBytes(dependencies.database.read(marketplaceId), marketplaceId, {
    purpose,
    ownerMemberId,
    sha256: facts.sha256,
  });
  const made = known ?? (await store(dependencies, candidate, facts));
  const asset = await dependencies.database.transaction(marketplaceId, async (tx) => {
    const saved = known ?? (await insertAsset(tx, made));
    if (candidate.uploadId !== undefined) await finishUpload(tx, candidate.uploadId, saved.id);
    if (saved === made && known === undefined) {
      if (purpose === 'listing-image') await insertPicture(tx, saved.id);
      const assetId = idFromUuid('asset', saved.id);
      await tx.announce(assetReady, assetId, {
        assetId,
        purpose,
        contentType: saved.contentType,
        sizeBytes: saved.sizeBytes,
        sha256: saved.sha256,
        ownerMemberId: ownerMemberId === null ? null : idFromUuid('member', ownerMemberId),
      });
    }
    return saved;
  });
  return assetView(asset, dependencies.storage);
}

type Facts = {
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly finding: string | undefined;
};

/** Reads the file once. Stops early when it is larger than its purpose allows. */
async function inspect({ purpose, open }: Candidate): Promise<Facts> {
  const { maxBytes } = RULES[purpose];
  const hash = createHash('sha256');
  const scan = new MalwareScan();
  let head: Buffer = Buffer.alloc(0);
  let sizeBytes = 0;
  for await (const chunk of await open()) {
    const bytes = chunk as Buffer;
    sizeBytes += bytes.length;
    if (sizeBytes > maxBytes) throw errors.FILE_TOO_LARGE({ maxBytes });
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, bytes.subarray(0, HEAD_BYTES - head.length)]);
    hash.update(bytes);
    scan.add(bytes);
  }
  return {
    contentType: detectType(head) ?? 'application/octet-stream',
    sizeBytes,
    sha256: hash.digest('hex'),
    finding: scan.finding,
  };
}

/** Puts the original and, for a public picture, its copies where they stay. Keys are made of the content: repeats overwrite with the same. */
async function store(dependencies: Dependencies, candidate: Candidate, facts: Facts): Promise<AssetRecord> {
  const { marketplaceId, purpose, filename, ownerMemberId } = candidate;
  const open = async () => Readable.from(asChecked(await candidate.open(), facts.sha256));
  const { isPublic } = RULES[purpose];
  const isPicture = isPublic && facts.contentType.startsWith('image/');
  const asset: AssetRecord = {
    id: newUuid(),
    ownerMemberId,
    purpose,
    filename,
    contentType: facts.contentType,
    sizeBytes: facts.sizeBytes,
    sha256: facts.sha256,
    isPublic,
    // The original of a picture stays private: it holds the metadata that its copies leave out.
    storageKey: `${isPublic && !isPicture ? 'public/' : ''}${marketplaceId}/original/${facts.sha256}`,
    renditions: null,
    width: null,
    height: null,
    createdTime: dependencies.clock(),
  };
  if (!isPicture) {
    await dependencies.storage.put(asset.storageKey, await open(), { contentType: facts.contentType });
    return asset;
  }
  const original = await bytesOf(await open());
  const { files, width, height } = await renderImage(original);
  const keyOf = (name: RenditionName) => `public/${marketplaceId}/image/${facts.sha256.slice(0, 32)}-${name}.webp`;
  const renditions = { thumb: keyOf('thumb'), card: keyOf('card'), full: keyOf('full') };
  await dependencies.storage.put(asset.storageKey, original, { contentType: facts.contentType });
  for (const name of Object.keys(renditions) as RenditionName[])
    await dependencies.storage.put(renditions[name], files[name], { contentType: 'image/webp' });
  return { ...asset, renditions, width, height };
}

/**
 * The bytes that were checked, or nothing: whoever sends a file may send another in its place meanwhile, and what is kept under
 * the hash of the first may be somebody else's too.
 */
async function* asChecked(stream: Readable, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of stream) {
    hash.update(chunk as Buffer);
    yield chunk as Buffer;
  }
  if (hash.digest('hex') !== sha256) throw errors.FILE_CHANGED({});
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Opens a file of this machine, for seeds and imports from disk. */
export async function openPath(path: string): Promise<Readable> {
  const stream = createReadStream(path);
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', (error) =>
      reject(errors.SOURCE_UNREACHABLE({ reason: 'there is no such file' }, { cause: error })),
    );
  });
  return stream;
}
