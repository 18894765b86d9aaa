import { parseArgs } from 'node:util';
import { StartProblem } from '@plaza/kernel';
import { readConfig } from './config.ts';

const HELP = `plaza — runs marketplaces

  plaza serve [--only orders,payments] [--fresh]   run everything, or only some services
  plaza migrate                                    bring the database schemas up to date
  plaza seed                                       fill the demo marketplaces
  plaza import FILE --marketplace ID --store SLUG  import listings (--dry-run, --format FORMAT,
                                                   --category ID for rows of no known category,
                                                   --map "groceries=food" as often as needed)
  plaza import-activity FILE --marketplace ID      import past activity (CSV or NDJSON), with its times
  plaza train-feed FOLDER --marketplace ID         learn how to order suggestions from the marketplace's own log
  plaza grant ROLE EMAIL --marketplace ID          make a member admin, moderator or seller: the first admin, too
  plaza doctor                                     check the installation and its data

Settings come from the environment: docs/operations.md`;

/** The command line. Mistakes of the caller end with one clear sentence and exit code 1. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      marketplace: { type: 'string' },
      store: { type: 'string' },
      format: { type: 'string' },
      category: { type: 'string' },
      map: { type: 'string', multiple: true, default: [] },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, argument, second] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const config = readConfig(process.env);
  switch (command) {
    case 'serve': {
      const { serve } = await import('./commands/serve.ts');
      return serve(config, {
        isFresh: values.fresh,
        ...(values.only === undefined ? {} : { only: serviceNames(values.only) }),
      });
    }
    case 'migrate': {
      const { runMigrations } = await import('./commands/migrate.ts');
      return runMigrations(config);
    }
    case 'seed': {
      const { runSeed } = await import('./commands/seed.ts');
      return runSeed(config);
    }
    case 'import': {
      const { runImport } = await import('./commands/import.ts');
      return runImport(config, {
        path: argument,
        marketplaceId: values.marketplace,
        store: values.store,
        format: values.format,
        categoryId: values.category,
        mappings: values.map,
        isDryRun: values['dry-run'],
      });
    }
    case 'import-activity': {
      const { runImportActivity } = await import('./commands/import-activity.ts');
      return runImportActivity(config, argument, values.marketplace);
    }
    case 'train-feed': {
      const { runTrainFeed } = await import('./commands/train-feed.ts');
      return runTrainFeed(config, argument, values.marketplace);
    }
    case 'grant': {
      const { runGrant } = await import('./commands/grant.ts');
      return runGrant(config, argument, second, values.marketplace);
    }
    case 'doctor': {
      const { runDoctor } = await import('./commands/doctor.ts');
      return runDoctor(config);
    }
    default:
      throw new StartProblem(`There is no command "${command}".\n\n${HELP}`);
  }
}

function serviceNames(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

try {
  await main();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  const isPlain = error instanceof StartProblem || isArgumentMistake(error);
  process.stderr.write(`\n${isPlain ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
}

function isArgumentMistake(error: unknown): boolean {
  return String((error as { code?: string }).code ?? '').startsWith('ERR_PARSE_ARGS');
}
