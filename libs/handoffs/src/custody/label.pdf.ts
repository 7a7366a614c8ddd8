import { buffer } from 'node:stream/consumers';
import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import { UNNAMED } from '#contracts';
import { barsOf } from './code128.rules.js';

type Document = InstanceType<typeof PDFDocument>;

/** What stands on a label: nothing of the customer, nothing of the phone. */
export interface LabelData {
  code: string;
  from: { name: string; lines: string[] };
  to: { name: string; lines: string[] };
  courier: string | null;
  trackingNumber: string | null;
  /** What it is to whoever gets it: our number of the handoff and theirs, or the case. */
  references: string[];
  at: Date;
}

type Side = LabelData['from'];
type Sizes = readonly [name: number, lines: number];

/** Points; A6, upright. */
const SIZE: [number, number] = [297.64, 419.53];
const MARGIN = 20;
const WIDE = SIZE[0] - 2 * MARGIN;
const QR_SIZE = 96;
const BAR_HEIGHT = 58;
const FROM_HEIGHT = 62;
/** Points of the name and of what stands below it, from the largest to the smallest that a courier still reads. */
const FROM_SIZES: Sizes[] = [[10, 8]];
const TO_SIZES: Sizes[] = [
  [17, 11],
  [14, 10],
  [12, 9],
  [10, 8],
];
const SMALLEST: Sizes = [8, 6.5];
const INK = '#000000';
const [REGULAR, BOLD] = ['regular', 'bold'];

const fontFile = (name: string): string => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

function rule(document: Document, y: number): void {
  document
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDE, y)
    .lineWidth(0.8)
    .strokeColor(INK)
    .stroke();
}

const heightOf = (document: Document, { name, lines }: Side, [large, small]: Sizes): number =>
  document.font(BOLD).fontSize(large).heightOfString(name, { width: WIDE }) +
  document.font(REGULAR).fontSize(small).heightOfString(lines.join('\n'), { width: WIDE });

/**
 * As large as there is room for. Its heading is in both languages: who reads it speaks one or the other.
 * @param low where it ends at the latest
 */
function drawSide(document: Document, heading: string, side: Side, sizes: readonly Sizes[], low: number): void {
  document.font(REGULAR).fontSize(7).fillColor(INK).text(heading, MARGIN, document.y, { width: WIDE });
  const [large, small] = sizes.find((each) => document.y + heightOf(document, side, each) <= low) ?? SMALLEST;
  const room = () => ({ width: WIDE, height: Math.max(low - document.y, 0), ellipsis: true });
  document.font(BOLD).fontSize(large).text(side.name, room());
  if (side.lines.length > 0) document.font(REGULAR).fontSize(small).text(side.lines.join('\n'), room());
}

function drawQr(document: Document, text: string, x: number, y: number): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const module = QR_SIZE / size;
  for (const [row, cells] of data.entries())
    for (const [column, dark] of cells.entries())
      if (dark) document.rect(x + column * module, y + row * module, module, module);
  document.fill(INK);
}

function drawBars(document: Document, text: string, y: number): void {
  const widths = barsOf(text);
  // Ten modules stay white on either side.
  const module = WIDE / (widths.reduce((sum, width) => sum + width, 0) + 20);
  let x = MARGIN + 10 * module;
  for (const [at, width] of widths.entries()) {
    if (at % 2 === 0) document.rect(x, y, width * module, BAR_HEIGHT);
    x += width * module;
  }
  document.fill(INK);
}

/** The label of a shipment on A6, the same bytes each time it is drawn. */
export async function drawLabel(label: LabelData): Promise<Buffer> {
  const { default: Pdf } = await import('pdfkit');
  const document: Document = new Pdf({
    ...{ size: SIZE, margin: MARGIN, font: fontFile('DejaVuSans') },
    info: { Title: label.code, CreationDate: label.at },
  });
  const bytes = buffer(document);
  document.registerFont(REGULAR, fontFile('DejaVuSans')).registerFont(BOLD, fontFile('DejaVuSans-Bold'));
  document.y = MARGIN;
  const low = SIZE[1] - MARGIN - BAR_HEIGHT - 26;
  const middle = low - QR_SIZE - 14;
  drawSide(document, 'De · From', label.from, FROM_SIZES, MARGIN + FROM_HEIGHT);
  rule(document, document.y + 6);
  document.y += 12;
  drawSide(document, 'Para · To', label.to, TO_SIZES, middle - 12);
  rule(document, middle - 8);
  drawQr(document, label.code, MARGIN + WIDE - QR_SIZE, middle);
  const facts = [label.courier === UNNAMED ? null : label.courier, label.trackingNumber, ...label.references].filter(
    Boolean,
  );
  document
    .font(BOLD)
    .fontSize(9)
    .text(facts.join('\n'), MARGIN, middle, { width: WIDE - QR_SIZE - 12, height: QR_SIZE, ellipsis: true });
  drawBars(document, label.code, low);
  document.page.margins.bottom = 0;
  document
    .font(BOLD)
    .fontSize(15)
    .text(label.code, MARGIN, low + BAR_HEIGHT + 5, { width: WIDE, align: 'center', lineBreak: false });
  document.end();
  return bytes;
}
