import { createHash } from 'node:crypto';
import { StartProblem } from '@plaza/kernel';
import { readYaml } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { mistakesOf } from './check.ts';
import { Process } from './process.ts';

/** A process as orders keep it: by name and a version that is the hash of what it says. */
export type LoadedProcess = { readonly name: string; readonly version: string; readonly process: Process };

/** A process that may not run, with everything that is wrong with it. */
export class ProcessMistakes extends StartProblem {
  override readonly name = 'ProcessMistakes';

  constructor(file: string, mistakes: readonly string[]) {
    super(`The process ${file} cannot run:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
  }
}

/** Reads and checks the text of a process file. @throws ProcessMistakes */
export function loadProcess(name: string, file: string, text: string): LoadedProcess {
  const read = readYaml(text);
  if ('mistake' in read) throw new ProcessMistakes(file, [`line ${read.line}, column ${read.column}: ${read.mistake}`]);
  const parsed = Process.safeParse(read.value);
  if (!parsed.success) throw new ProcessMistakes(file, z.prettifyError(parsed.error).split('\n'));
  const mistakes = mistakesOf(parsed.data);
  if (mistakes.length > 0) throw new ProcessMistakes(file, mistakes);
  const version = createHash('sha256').update(JSON.stringify(parsed.data)).digest('hex').slice(0, 12);
  return { name, version, process: parsed.data };
}
