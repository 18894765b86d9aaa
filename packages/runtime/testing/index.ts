export { BINDINGS, type Binding } from './binding.ts';
export { startTestHost, type TestHost } from './host.ts';
