/** Numbers that look random and are the same in every run (mulberry32). From 0 to below 1. */
export function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS =
  'móvil pantalla factura cobertura roaming batería tarjeta línea datos llamadas avería tienda pedido cargador fibra router contrato permanencia portabilidad descuento garantía reparación préstamo terminal señal aplicación contraseña correo técnico cita espera cobro recibo saldo duplicado cancelar activar configurar lento roto desde hace días cuando intento usar vuelve aparece mensaje error nunca funciona bien gracias necesito ayuda urgente porque trabajo'.split(
    ' ',
  );

export interface MailMix {
  /** Of 1: mails that also have an html body. */
  html: number;
}

export interface SampleMail {
  from: string;
  raw: Buffer;
}

const ATTACHMENT_BYTES = 24_000;

function words(roll: () => number, count: number): string {
  return Array.from({ length: count }, () => WORDS[Math.floor(roll() * WORDS.length)]).join(' ');
}

/** Quoted-printable (RFC 2045 §6.7) of text with short lines. */
const quotedPrintable = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const encoded = [...Buffer.from(line)]
        .map((byte) =>
          byte < 32 || byte > 126 || byte === 61
            ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
            : String.fromCharCode(byte),
        )
        .join('');
      return encoded.replace(/.{1,70}(?:=[0-9A-F]{2}|.){0,2}(?=.)/g, '$&=\r\n');
    })
    .join('\r\n');

function bodyOf(roll: () => number, isAnswer: boolean): string {
  const paragraphs = Array.from({ length: 3 }, () => words(roll, 18)).join('.\n\n');
  if (!isAnswer) return `Hola:\n\n${paragraphs}.\n\nUn saludo`;
  const quoted = Array.from({ length: 12 }, () => `> ${words(roll, 9)}`).join('\n');
  return `Hola de nuevo:\n\n${paragraphs}.\n\nEl lun, 3 nov 2026 a las 10:00, Nexo <care@hilo.test> escribió:\n${quoted}`;
}

const htmlOf = (text: string): string =>
  `<html><head><style>p{margin:0}</style></head><body>${text
    .split('\n')
    .map((line) => `<p class="MsoNormal" style="font-family:Arial,sans-serif;font-size:11pt">${line || '&nbsp;'}</p>`)
    .join('\n')}<p><a href="https://nexo.test/ayuda">Ayuda</a></p></body></html>`;

const textPart = (type: string, text: string): string =>
  `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}\r\n`;

const alternative = (text: string, boundary: string): string =>
  `Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n--${boundary}\r\n${textPart('plain', text)}--${boundary}\r\n${textPart('html', htmlOf(text))}--${boundary}--\r\n`;

function withAttachment(roll: () => number, content: string, boundary: string): string {
  const bytes = Buffer.from(Array.from({ length: ATTACHMENT_BYTES }, () => Math.floor(roll() * 256)));
  const lines = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  return `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\n${content}--${boundary}\r\nContent-Type: image/jpeg; name="foto.jpg"\r\nContent-Disposition: attachment; filename="foto.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n--${boundary}--\r\n`;
}

/** The n-th mail of a round: of twenty, one carries a picture, six come from somebody who wrote before. */
function mail(round: number, n: number, mix: MailMix): SampleMail {
  const roll = dice(round * 1_000_003 + n);
  const isAnswer = n > 20 && n % 20 < 6;
  const person = isAnswer ? Math.floor(roll() * (n - 20)) : n;
  const from = `persona${round}.${person}@correo.test`;
  const id = `<${round}.${n}@correo.test>`;
  const text = bodyOf(roll, isAnswer);
  const boundary = `----=_${round}_${n}`;
  const content = roll() < mix.html ? alternative(text, `${boundary}_a`) : textPart('plain', text);
  const body = n % 20 === 19 ? withAttachment(roll, content, boundary) : content;
  const head = [
    `Received: from mx.correo.test (mx.correo.test [192.0.2.7]) by mail.hilo.test; Sat, 21 Nov 2026 12:30:02 +0100`,
    `From: =?utf-8?B?${Buffer.from(`Persona número ${person}`).toString('base64')}?= <${from}>`,
    'To: Nexo <care@hilo.test>',
    `Subject: =?utf-8?Q?${isAnswer ? 'Re:_' : ''}Aver=C3=ADa_${n}?=`,
    `Message-ID: ${id}`,
    ...(isAnswer
      ? [`In-Reply-To: <${round}.${person}@correo.test>`, `References: <${round}.${person}@correo.test>`]
      : []),
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
  ];
  return { from, raw: Buffer.from(`${head.join('\r\n')}\r\n${body}`) };
}

/**
 * The mails of a round, the same for everybody: one of twenty is the same mail delivered once more.
 * @returns them, and how many of them are different ones
 */
export function mailsOf(round: number, count: number, mix: MailMix): { mails: SampleMail[]; different: number } {
  const mails: SampleMail[] = [];
  let different = 0;
  for (let n = 0; n < count; n += 1) {
    const again = n % 20 === 10 ? mails[n - 7] : undefined;
    if (!again) different += 1;
    mails.push(again ?? mail(round, n, mix));
  }
  return { mails, different };
}
