import { theEnd } from './golden-end.chapters.js';
import { theMaker } from './golden-maker.chapters.js';
import type { Meet } from './golden-manufacturer.js';
import { GoldenScene, type Chapter } from './golden-scene.js';
import { theShop } from './golden-shop.chapters.js';

/**
 * The golden story in one recorded run: written by direct message, seen by an agent, served at the counter, repaired by a manufacturer
 * who is spoken with one way alone, and back in her hand.
 */
export const goldenStory = (way: string, meet: Meet): void =>
  describe(`the golden story, one run: the manufacturer by ${way}`, () => {
    const story = new GoldenScene(way, meet);
    beforeAll(() => story.begin(), 90_000);
    afterAll(() => story.end(), 60_000);

    /** Each goes on from the one before: what breaks off is not told to its end. */
    let broken = false;
    const chapter: Chapter = (sentence, deed) =>
      it(
        sentence,
        async () => {
          if (broken) throw new Error('the story broke off before');
          broken = true;
          await deed().catch(async (failure: unknown) => {
            await story.brokeOff();
            throw failure;
          });
          broken = false;
        },
        60_000,
      );

    theShop(story, chapter);
    theMaker(story, chapter);
    theEnd(story, chapter);
  });
