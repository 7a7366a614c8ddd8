import { splitQuote } from './quotes.rules.js';

const HISTORY = '> Hola Robin,\n> ¿puedes decirnos el IMEI?\n';

describe('splitQuote', () => {
  it.each([
    ['Gmail, Spanish', 'El lun, 3 nov 2026 a las 10:00, Nexo (<care@hilo.test>) escribió:'],
    [
      'Gmail, broken over two lines',
      'El lun, 3 nov 2026 a las 10:00, Nexo Atención al Cliente\n<care@hilo.test> escribió:',
    ],
    ['Apple Mail, English', 'On 3 Nov 2026, at 10:00, Nexo <care@hilo.test> wrote:'],
    ['Portuguese', 'Em seg., 3 de nov. de 2026 às 10:00, Nexo <care@hilo.test> escreveu:'],
    ['French', 'Le lun. 3 nov. 2026 à 10:00, Nexo <care@hilo.test> a écrit :'],
    ['German', 'Am Mo., 3. Nov. 2026 um 10:00 Uhr schrieb Nexo <care@hilo.test>:'],
    ['Catalan', 'El dl., 3 de nov. 2026, Nexo <care@hilo.test> va escriure:'],
    ['Outlook', '-----Mensaje original-----'],
    ['Outlook, English', '-----Original Message-----'],
    ['Outlook headers', 'De: Nexo <care@hilo.test>\nEnviado: lunes, 3 de noviembre de 2026 10:00'],
    ['Outlook web', '________________________________\nDe: Nexo <care@hilo.test>\nEnviado el: lunes'],
  ])('folds the history of %s', (_case, marker) => {
    const text = `El IMEI es 3564.\n\n${marker}\n${HISTORY}`;
    const split = splitQuote(text);
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
    ['only history', HISTORY],
    ['a sentence that begins like a mark', 'El martes fui a la tienda y me dijeron:\nvuelva mañana'],
    ['a line of dashes', 'Hola\n-----\nRobin'],
    ['From: in the middle of a sentence', 'From: home it never works'],
    ['nothing', ''],
  ])('leaves %s as it is', (_case, text) => {
    expect(splitQuote(text)).toEqual({ fresh: text, quoted: '' });
  });

  it('reads a megabyte in one pass', () => {
    const text = 'On Monday I went to the shop, and on \n'.repeat(27_000);
    const before = performance.now();
    splitQuote(text);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
