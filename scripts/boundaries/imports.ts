import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

/** One import: from which file, of what, both relative to the root; a package keeps its name. */
export type Import = { readonly from: string; readonly to: string };

export type ImportGraph = { readonly files: readonly string[]; readonly imports: readonly Import[] };

const PLACES = ['packages', 'services', 'sdk', 'apps/server', 'apps/web'];

/** Every import of every TypeScript file below `root`, types included, as the parser sees them. */
export function readImports(root: string): ImportGraph {
  const files = PLACES.flatMap((place) =>
    globSync('**/*.{ts,tsx}', {
      cwd: path.join(root, place),
      exclude: (name) => name === 'node_modules' || name === '.next',
    }).map((file) => path.posix.join(place, file)),
  ).sort();
  const imports = files.flatMap((file) => importsOf(root, file));
  return { files, imports };
}

function importsOf(root: string, file: string): Import[] {
  const { module, errors } = parseSync(file, readFileSync(path.join(root, file), 'utf8'));
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const requested = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => (moduleRequest === null ? [] : [moduleRequest.value])),
    ),
  ];
  return requested.map((request) => ({
    from: file,
    to: request.startsWith('.') ? path.posix.join(path.posix.dirname(file), request) : request,
  }));
}
