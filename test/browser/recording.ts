import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { RESULTS } from '../support/browser.js';

interface Frame {
  data: Buffer;
  /** Milliseconds. */
  at: number;
}

/** Frames are this wide. */
const WIDTH = 556;
const FRAMES_PER_SECOND = 4;
/** So long a picture is looked at, at least and at most: who waits for a server does not make others wait. */
const LEAST_MS = 120;
const MOST_MS = 1200;

/** Keeps one run as a film that any browser plays: `test-results/<name>.webp`. */
export class Recording {
  private readonly frames: Frame[] = [];

  private constructor(
    private readonly page: Page,
    readonly path: string,
  ) {}

  static async of(page: Page, name: string): Promise<Recording> {
    const { width, height } = page.viewportSize() ?? { width: WIDTH, height: WIDTH };
    const recording = new Recording(page, join(RESULTS, `${name}.webp`));
    await page.screencast.start({
      size: { width: WIDTH, height: Math.round((WIDTH * height) / width) },
      fps: FRAMES_PER_SECOND,
      onFrame: ({ data, timestamp }) => void recording.take(data, timestamp),
    });
    return recording;
  }

  /** @returns the film's bytes on disk and its pictures */
  async stop(): Promise<{ path: string; bytes: number; frames: number }> {
    await this.page.screencast.stop();
    const { frames, path } = this;
    mkdirSync(RESULTS, { recursive: true });
    const delay = frames.map(({ at }, place) =>
      Math.round(Math.min(MOST_MS, Math.max(LEAST_MS, (frames[place + 1]?.at ?? at + MOST_MS) - at))),
    );
    const { size } = await sharp(
      frames.map(({ data }) => data),
      { join: { animated: true } },
    )
      .webp({ delay, loop: 1, quality: 45, effort: 0, minSize: false })
      .toFile(path);
    return { path, bytes: size, frames: frames.length };
  }

  private take(data: Buffer, at: number): void {
    // What looks as it did is one picture.
    if (!this.frames.at(-1)?.data.equals(data)) this.frames.push({ data, at });
  }
}
