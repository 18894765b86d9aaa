import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartProblem } from '@plaza/kernel';
import { z } from 'zod';
import { isAddressPattern } from './public-url.ts';

const Switch = z.enum(['on', 'off']);

/** Every setting the server itself reads. Services read their own from the same environment (docs/operations.md). */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_MIGRATION_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(2).max(200).default(16),
  PLAZA_DATA_DIR: z.string().min(1).default('.plaza'),
  PLAZA_DEMO: Switch.optional(),
  PLAZA_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  PLAZA_MARKETPLACES_DIR: z.string().min(1).default('marketplaces'),
  PLAZA_PUBLIC_URL: z
    .string()
    .refine(isAddressPattern, 'must be an address such as https://{marketplace}.example.com, without a path')
    .optional(),
  PLAZA_SERVICE_TOKEN: z.string().min(16).optional(),
  PLAZA_SIGNING_KEY: z.string().min(16).optional(),
  PLAZA_WEB_URL: z.url({ protocol: /^https?$/ }).optional(),
  OPENSEARCH_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).default('Plaza <plaza@localhost>'),
});

export type Config = z.output<typeof Environment> & {
  readonly isDemo: boolean;
  readonly signingKey: string;
  readonly serviceToken: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
 * Reads the environment once. All mistakes are reported together.
 * @throws StartProblem
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new StartProblem(`These settings are not right:\n${lines.join('\n')}`);
  }
  const values = parsed.data;
  const dataFolder = path.resolve(values.PLAZA_DATA_DIR);
  const isDemo = values.PLAZA_DEMO === undefined ? values.DATABASE_URL === undefined : values.PLAZA_DEMO === 'on';
  const settings = { ...environment, PLAZA_DATA_DIR: dataFolder, PLAZA_DEMO: isDemo ? 'on' : 'off' };
  return {
    ...values,
    dataFolder,
    isDemo,
    signingKey: values.PLAZA_SIGNING_KEY ?? keptSecret(dataFolder, 'signing-key'),
    serviceToken: values.PLAZA_SERVICE_TOKEN ?? keptSecret(dataFolder, 'service-token'),
    environment: settings,
  };
}

/** A secret made at the first start and kept in the data folder, readable by its owner only. */
function keptSecret(dataFolder: string, name: string): string {
  const file = path.join(dataFolder, name);
  try {
    if (existsSync(file)) return readFileSync(file, 'utf8');
    mkdirSync(dataFolder, { recursive: true });
    const secret = randomBytes(32).toString('base64url');
    writeFileSync(file, secret, { mode: 0o600 });
    return secret;
  } catch (cause) {
    throw new StartProblem(
      `Cannot write to ${dataFolder}: ${describeSystemError(cause)}. Point PLAZA_DATA_DIR to a folder you may write to.`,
    );
  }
}

/** What a failed system call means, in words. */
export function describeSystemError(error: unknown): string {
  const code = (error as { code?: string }).code;
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EADDRINUSE: 'the port is taken',
    ENOTDIR: 'a part of the path is a file',
  };
  return words[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
}
