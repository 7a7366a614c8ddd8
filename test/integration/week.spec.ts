import { weekSuite } from './week.suite.js';

describe('escalations of a week, on the queue of the database', () =>
  weekSuite(() => ({ redisUrl: undefined, lose: () => Promise.resolve() })));
