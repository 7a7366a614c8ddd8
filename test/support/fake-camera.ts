import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepareZXingModule as prepareReader, readBarcodes } from 'zxing-wasm/reader';
import { prepareZXingModule as prepareWriter, writeBarcode } from 'zxing-wasm/writer';

/** What a camera is to see: codes beside each other on white, as a film that Chromium plays as its camera. */

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 3;
const WHITE = 235;
const BLACK = 16;
const GREY = 128;

export interface Shown {
  text: string;
  format: 'QRCode' | 'Code128';
}

const engine = async (name: 'reader' | 'writer'): Promise<void> => {
  const wasm = createRequire(import.meta.url).resolve(`zxing-wasm/${name}/zxing_${name}.wasm`);
  const overrides = { wasmBinary: new Uint8Array(await readFile(wasm)).buffer };
  (name === 'reader' ? prepareReader : prepareWriter)({ overrides, fireImmediately: false });
};

/** What the code in a picture says. */
export async function readCode(picture: Buffer): Promise<string> {
  await engine('reader');
  const [code] = await readBarcodes(new Uint8Array(picture));
  if (!code?.isValid) throw new Error('there is no code in the picture');
  return code.text;
}

/** Modules of a code: true is dark. One row for bars. */
async function modulesOf({ text, format }: Shown): Promise<{ width: number; height: number; dark: boolean[] }> {
  const { symbol, error } = await writeBarcode(text, { format });
  if (error) throw new Error(error);
  return { width: symbol.width, height: symbol.height, dark: [...symbol.data].map((byte) => byte === 0) };
}

/** Draws a code into the box, as large as whole pixels allow. */
async function draw(luma: Uint8Array, shown: Shown, box: { x: number; width: number }): Promise<void> {
  const { width, height, dark } = await modulesOf(shown);
  const bars = shown.format === 'Code128';
  const scale = Math.floor(Math.min(box.width / width, (bars ? 1e9 : HEIGHT * 0.8) / height));
  const tall = bars ? 260 : height * scale;
  const [left, top] = [box.x + Math.floor((box.width - width * scale) / 2), Math.floor((HEIGHT - tall) / 2)];
  for (let y = 0; y < tall; y += 1)
    for (let x = 0; x < width * scale; x += 1) {
      const row = bars ? 0 : Math.floor(y / scale);
      if (dark[row * width + Math.floor(x / scale)]) luma[(top + y) * WIDTH + left + x] = BLACK;
    }
}

/**
 * Writes the film (YUV4MPEG2, 4:2:0) into the folder; the camera looks at it when it is opened next.
 * @returns its path, for `--use-file-for-fake-video-capture`
 */
export async function filmOf(folder: string, shown: readonly Shown[]): Promise<string> {
  await engine('writer');
  const luma = new Uint8Array(WIDTH * HEIGHT).fill(WHITE);
  const share = Math.floor(WIDTH / shown.length);
  for (const [index, one] of shown.entries()) await draw(luma, one, { x: index * share + 30, width: share - 60 });
  const chroma = new Uint8Array((WIDTH * HEIGHT) / 2).fill(GREY);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420jpeg\n`);
  const path = join(folder, 'camera.y4m');
  await writeFile(path, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]));
  return path;
}

/** What Chromium has to be started with to look at the film without asking anybody. */
export const cameraArgs = (film: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];
