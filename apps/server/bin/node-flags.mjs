/**
 * How Node runs the server. A young generation of 16 MiB halves, instead of V8's choice by the size of the machine,
 * keeps 100 MiB of garbage out of an idle server's memory; it costs more, and shorter, collections under load. And a
 * server at rest may give back what it does not need (packages/runtime/idle-memory.ts).
 */
export const NODE_FLAGS = [
  '--max-semi-space-size=16',
  '--expose-gc',
  '--import',
  new URL('./compile-cache.mjs', import.meta.url).href,
];
