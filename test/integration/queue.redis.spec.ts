import { startRedis, type TestRedis } from '../support/redis.js';
import { queueSuite } from './queue.suite.js';

let redis: TestRedis;
beforeAll(async () => void (redis = await startRedis()));
afterAll(() => redis.stop());

describe('queues on Redis', () => queueSuite(() => Promise.resolve({ databaseUrl: '', redisUrl: redis.url })));
