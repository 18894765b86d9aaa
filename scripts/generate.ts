import { readFileSync, writeFileSync } from 'node:fs';
import { type Contract, commonErrors, type FaultDefinition } from '@plaza/kernel';
import { openApiDocument } from '@plaza/kernel/rest';
import { httpFaults } from '../apps/server/http/problem.ts';
import { SERVICES } from '../apps/server/services.ts';
import { VERSION } from '../apps/server/version.ts';

// Published artifacts that follow from the contracts. `node scripts/generate.ts` writes them; with `--check` it only
// says which are out of date, and fails: a change of the public API shows in review.
const isCheck = process.argv.includes('--check');
const contracts = Object.fromEntries(SERVICES.map(({ name, contract }) => [name, contract as Contract]));

const artifacts: Record<string, string> = {
  'docs/api/openapi.json': `${JSON.stringify(openApiDocument(contracts, VERSION), null, 2)}\n`,
  'docs/errors.md': errorsPage(),
};

let stale = 0;
for (const [file, text] of Object.entries(artifacts)) {
  const url = new URL(`../${file}`, import.meta.url);
  const before = readOrEmpty(url);
  if (before === text) continue;
  if (isCheck) {
    process.stderr.write(`${file} is out of date. Run: node_modules/node/bin/node scripts/generate.ts\n`);
    stale++;
  } else {
    writeFileSync(url, text);
    process.stdout.write(`wrote ${file}\n`);
  }
}
process.exit(stale === 0 ? 0 : 1);

function readOrEmpty(url: URL): string {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return '';
  }
}

function errorsPage(): string {
  const sections = [
    ['Everywhere', Object.values(commonErrors) as unknown as FaultDefinition[]],
    ...SERVICES.map(({ name, errors }) => [name, Object.values(errors ?? {})]),
  ] as [string, FaultDefinition[]][];
  const http = Object.values(httpFaults).map((make) => make());
  const rowsOf = (factories: readonly FaultDefinition[]) =>
    factories.map(
      (factory) => `| <a id="${factory.code}"></a>\`${factory.code}\` | ${factory.status} | ${messageOf(factory)} |`,
    );
  const tables = sections
    .filter(([, factories]) => factories.length > 0)
    .map(
      ([title, factories]) =>
        `## ${title}\n\n| code | status | meaning |\n| --- | --- | --- |\n${rowsOf(factories).join('\n')}\n`,
    );
  const httpRows = [...new Map(http.map((fault) => [fault.code, fault])).values()].map(
    ({ code, status, message }) => `| <a id="${code}"></a>\`${code}\` | ${status} | ${message} |`,
  );
  return `# Errors

Every refusal is [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem details with a stable \`code\`; decide by the
code, never by the text. Field errors stand in \`errors\`, each with a JSON pointer. This page is generated from the
contracts: \`node scripts/generate.ts\`.

${tables.join('\n')}
## HTTP

| code | status | meaning |
| --- | --- | --- |
${httpRows.join('\n')}
`;
}

/** The text with the data's names in place of its values. */
function messageOf(factory: FaultDefinition): string {
  const names = new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? `{${name}}` : undefined) });
  try {
    return factory.message(names).replaceAll('|', '\\|');
  } catch {
    return factory.code.toLowerCase().replaceAll('_', ' ');
  }
}
