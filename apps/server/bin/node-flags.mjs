/**
 * How Node runs the server. A young generation of at most 32 MiB halves, instead of V8's choice by the size of the
 * machine, keeps a busy server small; with 16 an import is a tenth slower. A server at rest may give back what it does
 * not need (packages/runtime/idle-memory.ts).
 */
export const NODE_FLAGS = [
  '--max-semi-space-size=32',
  '--expose-gc',
  '--import',
  new URL('./compile-cache.mjs', import.meta.url).href,
];
