import { startRedis } from '../support/redis.js';
import { answersGoOut } from './delivery.suite.js';
import { startWorld } from './world.js';

describe('answers, queues in Redis', () => {
  answersGoOut(async () => {
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
