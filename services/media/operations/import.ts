import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import path from 'node:path';
import { Readable } from 'node:stream';
import { type Call, uuidFromId } from '@plaza/kernel';
import type { mediaContract } from '../contract.ts';
import { RULES } from '../domain/purpose.ts';
import { errors } from '../errors.ts';
import { isPrivateAddress } from '../private-address.ts';
import { acceptFile, openPath } from './accept-file.ts';
import type { Dependencies } from './dependencies.ts';

const TIMEOUT_MS = 20_000;
const REDIRECTS_MAX = 5;

/** Bytes or a file of this machine as an asset, for seeds. */
export function storeBytes(dependencies: Dependencies) {
  return async ({ input, context }: Call<typeof mediaContract.storeBytes>) => {
    const { purpose, filename, base64, path: file } = input;
    return acceptFile(dependencies, {
      marketplaceId: context.marketplaceId,
      purpose,
      filename,
      ownerMemberId: input.ownerMemberId === undefined ? null : uuidFromId(input.ownerMemberId),
      open: async () => (file === undefined ? Readable.from([Buffer.from(base64 ?? '', 'base64')]) : openPath(file)),
    });
  };
}

/** A file by its address: fetched once, kept in memory up to its purpose's limit, then checked like an upload. */
export function importFromUrl(dependencies: Dependencies) {
  return async ({ input, context }: Call<typeof mediaContract.importFromUrl>) => {
    const { purpose, url, folder } = input;
    const found = await locate(dependencies, url, folder, RULES[purpose].maxBytes);
    return acceptFile(dependencies, {
      marketplaceId: context.marketplaceId,
      purpose,
      filename: found.filename,
      ownerMemberId: input.ownerMemberId === undefined ? null : uuidFromId(input.ownerMemberId),
      open: found.open,
    });
  };
}

type Found = { readonly filename: string; readonly open: () => Promise<Readable> };

async function locate(
  dependencies: Dependencies,
  url: string,
  folder: string | undefined,
  maxBytes: number,
): Promise<Found> {
  if (url.startsWith('data:')) return fromDataUrl(url);
  if (/^https?:\/\//i.test(url)) {
    const address = addressOf(url);
    const bytes = await fetchBytes(dependencies, address, maxBytes);
    return { filename: filenameOf(address.pathname), open: async () => Readable.from([bytes]) };
  }
  if (folder === undefined)
    throw errors.SOURCE_UNREACHABLE({ reason: 'only http, https and data addresses can be fetched' });
  const file = path.resolve(folder, url);
  // A name like ../../etc/passwd must not lead out of the folder.
  if (!file.startsWith(path.resolve(folder) + path.sep))
    throw errors.SOURCE_UNREACHABLE({ reason: 'the name leads out of the import folder' });
  return { filename: path.basename(file), open: () => openPath(file) };
}

function addressOf(text: string, base?: URL): URL {
  const address = URL.parse(text, base);
  if (address === null) throw errors.SOURCE_UNREACHABLE({ reason: 'it is not an address' });
  return address;
}

function fromDataUrl(url: string): Found {
  const match = /^data:([^,;]*)((?:;[^,;]*)*),(.*)$/s.exec(url);
  if (match === null) throw errors.SOURCE_UNREACHABLE({ reason: 'it is not a data address' });
  const isBase64 = (match[2] ?? '').split(';').includes('base64');
  const bytes = isBase64 ? Buffer.from(match[3] ?? '', 'base64') : Buffer.from(decoded(match[3] ?? ''), 'utf8');
  return { filename: 'embedded', open: async () => Readable.from([bytes]) };
}

/** Without what no database keeps and no screen shows. */
function filenameOf(pathname: string): string {
  const name = decoded(pathname.split('/').at(-1) ?? '').replace(/\p{Cc}/gu, '');
  return name.slice(0, 255).toWellFormed() || 'file';
}

/** What an address says; as it is where it has a stray percent sign. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Follows redirects itself, since each may lead into a private network. */
async function fetchBytes(dependencies: Dependencies, url: URL, maxBytes: number, redirects = 0): Promise<Buffer> {
  if (redirects > REDIRECTS_MAX) throw errors.SOURCE_UNREACHABLE({ reason: 'too many redirects' });
  const address = await resolvePublic(dependencies, url.hostname);
  const response = await send(url, address);
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    response.destroy();
    const next = addressOf(headers.location, url);
    if (!/^https?:$/.test(next.protocol))
      throw errors.SOURCE_UNREACHABLE({ reason: 'it redirects to another protocol' });
    return fetchBytes(dependencies, next, maxBytes, redirects + 1);
  }
  if (statusCode !== 200) {
    response.destroy();
    throw errors.SOURCE_UNREACHABLE({ reason: `it answered ${statusCode}` });
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      size += (chunk as Buffer).length;
      if (size > maxBytes) throw errors.FILE_TOO_LARGE({ maxBytes });
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (size > maxBytes) throw error;
    throw errors.SOURCE_UNREACHABLE({ reason: 'the connection broke' }, { cause: error });
  }
  return Buffer.concat(chunks);
}

/** The address to connect to. Resolved once and then used, so that the name cannot mean another machine a moment later. */
async function resolvePublic(dependencies: Dependencies, hostname: string): Promise<string> {
  const found = await lookup(hostname.replace(/^\[|\]$/g, '')).catch((error: unknown) => {
    throw errors.SOURCE_UNREACHABLE({ reason: 'its host name is unknown' }, { cause: error });
  });
  if (!dependencies.arePrivateAddressesAllowed && isPrivateAddress(found.address))
    throw errors.SOURCE_UNREACHABLE({ reason: 'it is in a private network' });
  return found.address;
}

function send(url: URL, address: string): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const family = address.includes(':') ? 6 : 4;
  return new Promise((resolve, reject) => {
    const unreachable = (cause: Error) =>
      reject(errors.SOURCE_UNREACHABLE({ reason: 'its server cannot be reached' }, { cause }));
    const sent = request(
      url,
      {
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: '*/*', 'user-agent': 'Plaza-Import/1' },
        lookup: (_host, options, done) =>
          options.all ? done(null, [{ address, family }]) : done(null, address, family),
      },
      resolve,
    );
    sent.once('error', unreachable);
    sent.end();
  });
}
