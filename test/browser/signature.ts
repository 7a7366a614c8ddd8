import type { Locator, Page } from 'playwright-core';

const STROKES = [
  [140, 60],
  [200, 140],
  [280, 70],
  [360, 130],
] as const;

/** Somebody signs there with a few strokes, by finger or by pen. */
export async function signOn({ mouse }: Page, paper: Locator): Promise<void> {
  await paper.scrollIntoViewIfNeeded();
  const box = await paper.boundingBox();
  if (!box) throw new Error('there is nothing to sign on');
  await mouse.move(box.x + 60, box.y + 120);
  await mouse.down();
  for (const [x, y] of STROKES) await mouse.move(box.x + x, box.y + y, { steps: 4 });
  await mouse.up();
}
