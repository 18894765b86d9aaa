// `npm run test:redis`: the board of trends on a real Redis (`REDIS_URL`), by the suite that the embedded one passes in
// `npm test`. Every key it makes is under a marketplace of its own and expires.
import { describeBoard } from '../trends/board-suite.ts';
import { createRedisBoard } from '../trends/redis.ts';

describeBoard('on Redis', () => createRedisBoard(process.env.REDIS_URL ?? 'redis://127.0.0.1:16379'));
