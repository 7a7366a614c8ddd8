import { BY_DESK } from './golden-manufacturer.js';
import { goldenStory } from './golden-story.suite.js';

goldenStory('desk', BY_DESK);
