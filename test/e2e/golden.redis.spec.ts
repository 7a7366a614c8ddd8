import { startRedis } from '../support/redis.js';
import { threeDoors } from './golden.suite.js';
import { startWorld } from './world.js';

describe('three doors, queues in Redis', () => {
  threeDoors(async () => {
    const redis = await startRedis();
    const world = await startWorld({ redisUrl: redis.url });
    return {
      ...world,
      stop: async () => {
        await world.stop();
        await redis.stop();
      },
    };
  });
});
