export { freePort } from '../free-port.ts';
export { BINDINGS, type Binding } from './binding.ts';
export {
  copyTestDatabase,
  createDatabaseOfKind,
  createTestDatabase,
  dropTestDatabase,
  type TestDatabase,
  testServerUrl,
} from './database.ts';
export { startTestHost, type TestHost, type TestHostOptions } from './host.ts';
