import { threeDoors } from './golden.suite.js';
import { startWorld } from './world.js';

describe('three doors, queues in PostgreSQL', () => threeDoors(() => startWorld()));
