import fc from 'fast-check';
import { splitQuote } from './quotes.rules.js';

const HISTORY = '> Hola Robin,\n> ¿puedes decirnos el IMEI?\n';
const NEXO = 'Nexo <care@hilo.test>';

/** How programs begin the mail they carry along, in the languages around us. */
const MARKS: [string, string][] = [
  ['Gmail, Spanish', 'El lun, 3 nov 2026 a las 10:00, Nexo (<care@hilo.test>) escribió:'],
  ['Gmail, Spanish, broken', 'El lun, 3 nov 2026 a las 10:00, Nexo Atención al Cliente\n<care@hilo.test> escribió:'],
  ['Gmail, English', `On Mon, Nov 3, 2026 at 10:00 AM ${NEXO} wrote:`],
  ['Gmail, Portuguese', `Em seg., 3 de nov. de 2026 às 10:00, ${NEXO} escreveu:`],
  ['Gmail, French', `Le lun. 3 nov. 2026 à 10:00, ${NEXO} a écrit :`],
  ['Gmail, German', `Am Mo., 3. Nov. 2026 um 10:00 Uhr schrieb ${NEXO}:`],
  ['Gmail, Catalan', `Missatge de ${NEXO} del dia dl., 3 de nov. 2026 a les 10:00:`],
  ['Apple, Spanish', `El 3 nov 2026, a las 10:00, ${NEXO} escribió:`],
  ['Apple, English', `On 3 Nov 2026, at 10:00, ${NEXO} wrote:`],
  ['Apple, Portuguese', `No dia 03/11/2026, às 10:00, ${NEXO} escreveu:`],
  ['Apple, Portuguese of Portugal', `A 3 de nov. de 2026, às 10:00, ${NEXO} escreveu:`],
  ['Apple, French', `Le 3 nov. 2026 à 10:00, ${NEXO} a écrit :`],
  ['Apple, German', `Am 03.11.2026 um 10:00 schrieb ${NEXO}:`],
  ['Apple, Catalan', `El 3 nov. 2026, a les 10:00, ${NEXO} va escriure:`],
  ['iOS, English, broken over three lines', 'On 3 Nov 2026, at 10:00,\nNexo Care\n<care@hilo.test> wrote:'],
  ['Thunderbird, Spanish', 'El 3/11/26 a las 10:00, Nexo escribió:'],
  ['Thunderbird, English', 'On 11/3/26 10:00, Nexo wrote:'],
  ['Thunderbird, Portuguese', 'Às 10:00 de 03/11/2026, Nexo escreveu:'],
  ['Thunderbird, French', 'Le 03/11/2026 à 10:00, Nexo a écrit :'],
  ['Thunderbird, German', 'Am 03.11.26 um 10:00 schrieb Nexo:'],
  ['Thunderbird, Catalan', 'El 3/11/26 a les 10:00, Nexo ha escrit:'],
  ['Yahoo, Spanish', `El lunes, 3 de noviembre de 2026, 10:00:00 CET, ${NEXO} escribió:`],
  ['Yahoo, English', `On Monday, November 3, 2026 at 10:00:00 AM GMT+1, ${NEXO} wrote:`],
  ['Yahoo, Portuguese', `Em segunda-feira, 3 de novembro de 2026 10:00:00 WET, ${NEXO} escreveu:`],
  ['Yahoo, French', `Le lundi 3 novembre 2026 à 10:00:00 UTC+1, ${NEXO} a écrit :`],
  ['Yahoo, German', `Am Montag, 3. November 2026 um 10:00:00 MEZ hat ${NEXO} Folgendes geschrieben:`],
  ['Outlook, Spanish', '-----Mensaje original-----'],
  ['Outlook, English', '-----Original Message-----'],
  ['Outlook, Portuguese', '-----Mensagem original-----'],
  ['Outlook, French', "-----Message d'origine-----"],
  ['Outlook, German', '-----Ursprüngliche Nachricht-----'],
  ['Outlook, Catalan', '-----Missatge original-----'],
  ['Outlook headers, Spanish', 'De: Nexo <care@hilo.test>\nEnviado el: lunes, 3 de noviembre de 2026 10:00'],
  ['Outlook headers, English', `From: ${NEXO}\nSent: Monday, November 3, 2026 10:00 AM\nTo: Robin`],
  ['Outlook headers, bold', `*From:* ${NEXO}\n*Sent:* Monday, November 3, 2026 10:00 AM`],
  ['Outlook headers, Portuguese', `De: ${NEXO}\nEnviado: segunda-feira, 3 de novembro de 2026 10:00\nPara: Robin`],
  ['Outlook headers, French', `De : ${NEXO}\nEnvoyé : lundi 3 novembre 2026 10:00\nÀ : Robin`],
  ['Outlook headers, German', `Von: ${NEXO}\nGesendet: Montag, 3. November 2026 10:00\nAn: Robin`],
  ['Outlook headers, Catalan', `De: ${NEXO}\nEnviat el: dilluns, 3 de novembre de 2026 10:00\nPer a: Robin`],
  ['Outlook on the web, Spanish', '________________________________\nDe: Nexo <care@hilo.test>\nEnviado: lunes'],
  ['Outlook on the web, English', `________________________________\nFrom: ${NEXO}\nSent: Monday`],
  ['Outlook on the web, German', `________________________________\nVon: ${NEXO}\nGesendet: Montag`],
  ['Samsung, Spanish', `-------- Mensaje original --------\nDe: ${NEXO}\nFecha: 3/11/26 10:00 (GMT+01:00)`],
  ['Samsung, English', `-------- Original message --------\nFrom: ${NEXO}\nDate: 03/11/2026 10:00`],
  ['Samsung, Portuguese', `-------- Mensagem original --------\nDe: ${NEXO}\nData: 03/11/26 10:00`],
  ['Samsung, French', `-------- Message d’origine --------\nDe : ${NEXO}\nDate : 03/11/2026 10:00`],
  ['Samsung, German', `-------- Ursprüngliche Nachricht --------\nVon: ${NEXO}\nDatum: 03.11.26 10:00`],
  ['Samsung, Catalan', `-------- Missatge original --------\nDe: ${NEXO}\nData: 3/11/26 10:00`],
  ['a language nobody here speaks', `Dnia 3 lis 2026 o godz. 10:00 ${NEXO} napisał(a):`],
];

describe('splitQuote', () => {
  it.each(MARKS)('folds the history of %s', (_case, marker) => {
    const text = `El IMEI es 3564.\n\n${marker}\n${HISTORY}`;
    const split = splitQuote(text, 'Re: Avería');
    expect(split.fresh).toBe('El IMEI es 3564.\n\n');
    expect(split.fresh + split.quoted).toBe(text);
  });

  it('folds quoted lines at the end without a word above them', () => {
    expect(splitQuote(`Gracias\n\n${HISTORY}`).fresh).toBe('Gracias\n\n');
  });

  it.each([
    ['no history', 'Hola,\nel móvil no funciona.\nOn and off all day.'],
    ['answers between the quoted lines', '> ¿IMEI?\n3564\n> ¿Modelo?\nUno negro'],
    ['an answer below', 'El lun, 3 nov 2026, Nexo escribió:\n> ¿IMEI?\n\n3564'],
    [
      'answers below a greeting and a mark',
      'Hola:\nEl lun, 3 nov 2026, Nexo escribió:\n> ¿IMEI?\n3564\n> ¿Modelo?\nA9',
    ],
    ['only history', HISTORY],
    ['a sentence that begins like a mark', 'El martes fui a la tienda y me dijeron:\nvuelva mañana'],
    ['a sentence that ends like a mark', 'Hola.\nEl técnico de la tienda me escribió:\nvuelva mañana'],
    ['a line of dashes', 'Hola\n-----\nRobin'],
    ['a rule somebody drew', 'Hola\n______________________\nRobin\nCalle Mayor 1'],
    ['From: in the middle of a sentence', 'From: home it never works'],
    ['a list with a word like a header', 'Datos:\nDe: Madrid\nModelo: A9'],
    [
      'a mail sent on',
      `Mirad esto\n\n---------- Forwarded message ---------\nDe: Ana <a@b.es>\nDate: lun, 3 nov\n\nHola`,
    ],
    ['a mail sent on by Apple', 'Mirad\n\nBegin forwarded message:\n\nFrom: Ana <a@b.es>\nSubject: x\n\nHola'],
    ['nothing', ''],
  ])('leaves %s as it is', (_case, text) => {
    expect(splitQuote(text)).toEqual({ fresh: text, quoted: '' });
  });

  it.each(['Fwd: factura', 'RV: factura', 'WG: Rechnung', 'TR: facture', 'ENC: fatura'])(
    'leaves a mail sent on under %j as it is',
    (subject) => {
      const text = `Os lo paso\n\nDe: Ana <a@b.es>\nEnviado el: lunes\n\nHola`;
      expect(splitQuote(text, subject)).toEqual({ fresh: text, quoted: '' });
      expect(splitQuote(text, `Re: ${subject}`).fresh).toBe('Os lo paso\n\n');
    },
  );

  it('never loses a letter', () => {
    const line = fc.oneof(fc.constantFrom(...MARKS.map(([, mark]) => mark), '> a', '', 'Hola'), fc.string());
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const text = lines.join('\n');
        const { fresh, quoted } = splitQuote(text);
        expect(fresh + quoted).toBe(text);
        expect(fresh.trim() === '' && text.trim() !== '').toBe(false);
      }),
      { seed: 20261122 },
    );
  });

  it.each([
    ['lines that begin like marks', 'On Monday I went to the shop, and on \n'],
    ['lines that are nearly blocks', 'De: yo\n'],
    ['quoted lines', '> > > hola\n'],
    ['one letter a line', 'a\n'],
  ])('reads a megabyte of %s in one pass', (_case, line) => {
    const text = line.repeat(1_000_000 / line.length);
    const before = performance.now();
    splitQuote(text);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('reads a line of a megabyte', () => {
    const before = performance.now();
    splitQuote(`On ${'wrote '.repeat(170_000)}:`);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
