import fc from 'fast-check';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { drawLabel, type LabelData } from './label.pdf.js';

const label: LabelData = {
  ...{ code: 'L-8K3F-2QX7', courier: 'Ruta Exprés', trackingNumber: 'RX-558120', at: new Date('2026-11-23T09:00:00Z') },
  from: { name: 'Nexo Goya', lines: ['Calle de Goya, 41', 'Madrid'] },
  to: { name: 'Orbe', lines: ['Am Borsigturm 40', '13507 Berlin'] },
  references: ['H-7K2F-9Q.1', 'RMA-77031'],
};

/** What is written on it, and how high each line of it stands (points from below). */
async function written(data: LabelData): Promise<{ pages: number; lines: { text: string; y: number }[] }> {
  const document = await getDocument({ data: new Uint8Array(await drawLabel(data)), verbosity: 0 }).promise;
  const { items } = await (await document.getPage(1)).getTextContent();
  return {
    pages: document.numPages,
    lines: items.flatMap((item) =>
      'str' in item && item.str.trim() ? [{ text: item.str, y: Number(item.transform[5]) }] : [],
    ),
  };
}

const word = fc.string({ unit: fc.constantFrom(...'aÁñWi-.8'), minLength: 1, maxLength: 14 });
const phrase = (most: number) => fc.array(word, { minLength: 1, maxLength: most }).map((words) => words.join(' '));
const side = fc.record({ name: phrase(12), lines: fc.array(phrase(14), { maxLength: 9 }) });

it('however long an address is, it stays on its side of the line, and the codes stay whole', async () => {
  await fc.assert(
    fc.asyncProperty(side, side, async (from, to) => {
      const { pages, lines } = await written({ ...label, from, to });
      expect(pages).toBe(1);
      const at = (text: string) => lines.findIndex((line) => line.text === text);
      const [of, for_, facts] = [at('De · From'), at('Para · To'), at('Ruta Exprés')];
      expect([of, for_, facts].every((index) => index >= 0)).toBe(true);
      const above = lines.slice(0, facts).every(({ y }) => y > (lines[facts]?.y ?? 0) + 8);
      const apart = lines.slice(of, for_).every(({ y }) => y > (lines[for_]?.y ?? 0) + 7);
      expect({ above, apart, code: lines.at(-1)?.text }).toEqual({ above: true, apart: true, code: label.code });
    }),
    { numRuns: 25 },
  );
});

it('says both sides, who carries it, the numbers of the work and its code, in that order', async () => {
  const { lines } = await written(label);
  expect(lines.map(({ text }) => text)).toEqual([
    ...[
      'De · From',
      'Nexo Goya',
      'Calle de Goya, 41',
      'Madrid',
      'Para · To',
      'Orbe',
      'Am Borsigturm 40',
      '13507 Berlin',
    ],
    ...['Ruta Exprés', 'RX-558120', 'H-7K2F-9Q.1', 'RMA-77031', 'L-8K3F-2QX7'],
  ]);
});
