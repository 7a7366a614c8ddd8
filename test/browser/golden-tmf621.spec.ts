import { BY_TMF621 } from './golden-manufacturer.js';
import { goldenStory } from './golden-story.suite.js';

goldenStory('tmf621', BY_TMF621);
