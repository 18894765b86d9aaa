import { describeBoard } from './board-suite.ts';
import { createMemoryBoard } from './memory.ts';

describeBoard('in memory', async () => createMemoryBoard());
