import { createDatabase, type TestDatabase } from '../support/database.js';
import { queueSuite } from './queue.suite.js';

let db: TestDatabase;
beforeAll(async () => void (db = await createDatabase()));
afterAll(() => db.drop());

describe('queues on PostgreSQL', () => queueSuite(() => Promise.resolve({ databaseUrl: db.url, redisUrl: undefined })));
