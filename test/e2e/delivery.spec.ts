import { answersGoOut } from './delivery.suite.js';
import { startWorld } from './world.js';

describe('answers, queues in PostgreSQL', () => answersGoOut(() => startWorld()));
