import { startRedis, type TestRedis } from '../support/redis.js';
import { weekSuite } from './week.suite.js';

let redis: TestRedis;
beforeAll(async () => void (redis = await startRedis()));
afterAll(() => redis?.stop());

describe('escalations of a week, on Redis', () =>
  weekSuite(() => ({ redisUrl: redis.url, lose: () => redis.flush() })));
