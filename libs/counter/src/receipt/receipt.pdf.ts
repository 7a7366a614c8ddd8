import { buffer } from 'node:stream/consumers';
import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import { paperOf, type ReceiptData } from './receipt.data.js';
import { receiptBlocks, receiptHead, type ReceiptBlock } from './receipt.lines.js';
import { RECEIPT_WORDS } from './receipt.words.js';

type Document = InstanceType<typeof PDFDocument>;

/** Points; A4 with room for a hole punch. */
const MARGIN = 48;
const QR_SIZE = 92;
const INK = '#17202a';
const QUIET = '#5c6773';
const RULE = '#d9dee4';
const [REGULAR, BOLD] = ['regular', 'bold'];

const fontFile = (name: string): string => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

/** Between two words that run from right to left; drawn one by one, they would stand the wrong way round. */
const RIGHT_TO_LEFT = /(?<=[\p{Script=Arabic}\p{Script=Hebrew}]) (?=[\p{Script=Arabic}\p{Script=Hebrew}])/gu;

/** Emoji are no letters: a name is none the worse without its fox. Words from right to left stay together. */
const printable = (text: string): string =>
  text
    .replace(/\p{RGI_Emoji}/gv, '')
    .replace(/ {2,}/gu, ' ')
    .replace(RIGHT_TO_LEFT, '\u00a0')
    .trim() || text;

const onPaper = (data: ReceiptData): ReceiptData =>
  JSON.parse(JSON.stringify(data), (_, value: unknown) =>
    typeof value === 'string' ? printable(value) : value,
  ) as ReceiptData;

/** Left edge and width of what is written between the margins. */
const widthOf = (document: Document): number => document.page.width - 2 * MARGIN;

function drawCode(document: Document, text: string, x: number, y: number): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const module = QR_SIZE / size;
  for (const [row, cells] of data.entries())
    for (const [column, dark] of cells.entries())
      if (dark) document.rect(x + column * module, y + row * module, module, module);
  document.fill(INK);
}

function drawHead(document: Document, data: ReceiptData, codeUrl: string): void {
  const words = RECEIPT_WORDS[data.language];
  const right = MARGIN + widthOf(document) - QR_SIZE;
  const wide = widthOf(document) - QR_SIZE - 24;
  drawCode(document, codeUrl, right, MARGIN);
  document.font(REGULAR).fontSize(6.5).fillColor(QUIET);
  document.text(words.scan, right, MARGIN + QR_SIZE + 5, { width: QR_SIZE, align: 'center' });
  document.font(REGULAR).fontSize(9).fillColor(QUIET).text(data.store.name, MARGIN, MARGIN, { width: wide });
  const where = [data.store.address, data.store.city, data.store.phone].filter(Boolean).join(' · ');
  document.fontSize(8).text(where, { width: wide });
  document.moveDown(0.6).font(BOLD).fontSize(17).fillColor(INK).text(words.title[paperOf(data)], { width: wide });
  document.moveDown(0.5);
  for (const { label, text } of receiptHead(data)) {
    const y = document.y;
    document.font(REGULAR).fontSize(9).fillColor(QUIET).text(label, MARGIN, y, { width: 92 });
    document
      .font(BOLD)
      .fillColor(INK)
      .text(text, MARGIN + 96, y, { width: wide - 96 });
  }
  document.y = Math.max(document.y, MARGIN + QR_SIZE + 26);
}

/** Goes on at the next page when what comes would not fit on this one. */
function makeRoom(document: Document, height: number): void {
  if (document.y + height > document.page.height - MARGIN - 16) document.addPage();
}

function drawBlock(document: Document, { heading, lines }: ReceiptBlock): void {
  makeRoom(document, 46);
  const y = document.y + 8;
  document
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + widthOf(document), y)
    .lineWidth(0.7)
    .strokeColor(RULE)
    .stroke();
  document.y = y + 8;
  document
    .font(BOLD)
    .fontSize(8.5)
    .fillColor(QUIET)
    .text(heading, MARGIN, document.y, { width: widthOf(document) });
  document.moveDown(0.25);
  for (const { text, strong } of lines) {
    document
      .font(strong ? BOLD : REGULAR)
      .fontSize(10)
      .fillColor(INK);
    document.text(text, MARGIN, document.y, { width: widthOf(document), lineGap: 1.5 });
  }
}

function drawTerms(document: Document, heading: string, text: string): void {
  makeRoom(document, 40);
  document.font(REGULAR).fontSize(7.5).fillColor(QUIET);
  document.text(`${heading}. ${text}`, MARGIN, document.y, { width: widthOf(document), lineGap: 1 }).moveDown(0.5);
}

/** On what terms, and who signed for it: of a visit that leaves nothing and takes nothing there is nothing to sign. */
function drawSignature(document: Document, data: ReceiptData, signature: Buffer | null): void {
  const words = RECEIPT_WORDS[data.language];
  const { terms, loan, language } = data;
  if (paperOf(data) === 'visit' && !loan?.terms && !signature) return;
  document.moveDown(1);
  if (terms) drawTerms(document, words.terms(terms.version), terms[language]);
  if (loan?.terms) drawTerms(document, words.loanTerms(loan.terms.version), loan.terms[language]);
  makeRoom(document, 92);
  const top = document.y + 10;
  if (signature) document.image(signature, MARGIN, top, { fit: [200, 60] });
  const line = top + 64;
  document
    .moveTo(MARGIN, line)
    .lineTo(MARGIN + 220, line)
    .lineWidth(0.7)
    .strokeColor(INK)
    .stroke();
  document.font(REGULAR).fontSize(8).fillColor(QUIET);
  const name = `${words.signature}: ${data.customer}`;
  document.text(signature ? name : `${name} (${words.unsigned})`, MARGIN, line + 4, { width: widthOf(document) });
}

function drawFoot(document: Document, data: ReceiptData): void {
  const { start, count } = document.bufferedPageRange();
  const words = RECEIPT_WORDS[data.language];
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    // Below the margin, where writing would begin another page.
    document.page.margins.bottom = 0;
    document.font(REGULAR).fontSize(7).fillColor(QUIET);
    const y = document.page.height - MARGIN + 8;
    document.text(`${data.reference} · ${data.intakeId}`, MARGIN, y, { width: widthOf(document), lineBreak: false });
    document.text(words.page(page - start + 1, count), MARGIN, y, {
      width: widthOf(document),
      align: 'right',
      lineBreak: false,
    });
  }
}

/**
 * A receipt on A4, the same bytes each time it is drawn.
 * @param codeUrl what its QR code says
 * @param signature as PNG or JPEG
 */
export async function drawReceipt(said: ReceiptData, codeUrl: string, signature: Buffer | null): Promise<Buffer> {
  const data = onPaper(said);
  // Loaded with the first receipt: most processes draw none.
  const { default: Pdf } = await import('pdfkit');
  const title = `${RECEIPT_WORDS[data.language].title[paperOf(data)]} ${data.reference}`;
  const document: Document = new Pdf({
    ...{ size: 'A4', margin: MARGIN, bufferPages: true, lang: data.language, font: fontFile('DejaVuSans') },
    info: { Title: title, Author: data.store.name, CreationDate: new Date(data.at) },
  });
  const bytes = buffer(document);
  document.registerFont(REGULAR, fontFile('DejaVuSans')).registerFont(BOLD, fontFile('DejaVuSans-Bold'));
  drawHead(document, data, codeUrl);
  for (const block of receiptBlocks(data)) drawBlock(document, block);
  drawSignature(document, data, signature);
  drawFoot(document, data);
  document.end();
  return bytes;
}
