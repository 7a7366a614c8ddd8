import { BY_EMAIL } from './golden-manufacturer.js';
import { goldenStory } from './golden-story.suite.js';

goldenStory('email', BY_EMAIL);
