export { BINDINGS, type Binding } from './binding.ts';
export { createTestDatabase, type TestDatabase } from './database.ts';
export { startTestHost, type TestHost, type TestHostOptions } from './host.ts';
