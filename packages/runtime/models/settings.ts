import path from 'node:path';
import { z } from 'zod';
import type { ModelEndpoint } from './endpoint.ts';

const Settings = z.object({
  /** Up to `/embeddings`, of a server that speaks OpenAI's protocol. */
  URL: z.url({ protocol: /^https?$/ }).optional(),
  KEY: z.string().min(1).optional(),
  /** With an address the model's name there; else the folder of a model in ONNX. */
  MODEL: z.string().min(1).optional(),
  /** Numbers in a vector of the endpoint's model. */
  DIMENSIONS: z.coerce.number().int().min(8).max(4_096).optional(),
  /** Of the endpoint's model. Another one makes all vectors anew. */
  VERSION: z.string().min(1).max(40).default('1'),
});
type Name = keyof z.output<typeof Settings>;

/** Where a model is to be had. */
export type ModelPlace =
  | { readonly kind: 'none' }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'endpoint'; readonly endpoint: ModelEndpoint };

/**
 * The model that the variables `<prefix>_URL`, `_KEY`, `_MODEL`, `_DIMENSIONS` and `_VERSION` name.
 * @throws Error in one sentence that names the variable
 */
export function modelPlace(
  environment: Readonly<Record<string, string | undefined>>,
  prefix: string,
  usualDimensions: number,
): ModelPlace {
  const names = Object.keys(Settings.shape) as Name[];
  const parsed = Settings.safeParse(Object.fromEntries(names.map((name) => [name, environment[`${prefix}_${name}`]])));
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map((issue) => `${prefix}_${issue.path[0]?.toString()}: ${issue.message}.`).join(' '),
    );
  const { URL: url, KEY: key, MODEL: model, DIMENSIONS: dimensions = usualDimensions, VERSION: version } = parsed.data;
  if (url === undefined)
    return model === undefined ? { kind: 'none' } : { kind: 'folder', folder: path.resolve(model) };
  if (model === undefined) throw new Error(`${prefix}_URL needs ${prefix}_MODEL, a model of that server.`);
  return { kind: 'endpoint', endpoint: { url, key, model, dimensions, version } };
}
