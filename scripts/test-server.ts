// Starts the PostgreSQL that all tests of this machine share, unless it runs, and says where it is.
import { testServerUrl } from '../packages/runtime/testing/database.ts';

process.stdout.write(await testServerUrl());
