import fc from 'fast-check';
import { AUTOMATIC_LIMIT, comparable, REPEAT_LIMIT, stormOf } from './loop.rules.js';
import { LoopWatch } from './loop.watch.js';

const NOW = new Date('2026-11-21T12:00:00Z');
const LONG = 'Hemos recibido tu mensaje y te responderemos pronto';

describe('a storm', () => {
  const calm = { inAnHour: 0, automatic: 0, texts: [] };

  it('is more than the limit in an hour, and no limit is no storm', () => {
    const mail = { text: 'hola', isAutomatic: false, isAnswer: false };
    expect(stormOf(mail, { ...calm, inAnHour: 59 }, 60)).toBeNull();
    expect(stormOf(mail, { ...calm, inAnHour: 60 }, 60)).toBe('mail.rate');
    expect(stormOf(mail, { ...calm, inAnHour: 5000 }, 0)).toBeNull();
  });

  it('is soon one of mails nobody wrote', () => {
    const history = { ...calm, automatic: AUTOMATIC_LIMIT };
    expect(stormOf({ text: 'x', isAutomatic: true, isAnswer: true }, history, 60)).toBe('mail.rate');
    expect(stormOf({ text: 'x', isAutomatic: false, isAnswer: false }, history, 60)).toBeNull();
  });

  it('is the same words again and again, in an answer whatever numbers stand between them', () => {
    const texts = Array.from({ length: REPEAT_LIMIT }, (_, n) => `${LONG}. Ticket #${n}00${n}`);
    const answer = { text: `${LONG} – ticket 77`, isAutomatic: false, isAnswer: true };
    expect(stormOf(answer, { ...calm, texts }, 60)).toBe('mail.repeated');
    expect(stormOf(answer, { ...calm, texts: texts.slice(1) }, 60)).toBeNull();
    expect(stormOf({ ...answer, isAnswer: false }, { ...calm, texts }, 60)).toBeNull();
    const word = texts.map(() => LONG);
    expect(stormOf({ ...answer, text: ` ${LONG}\n`, isAnswer: false }, { ...calm, texts: word }, 60)).toBe(
      'mail.repeated',
    );
  });

  it('is not made by people who say thanks', () => {
    const texts = Array.from({ length: 9 }, () => 'Gracias');
    expect(stormOf({ text: 'gracias!', isAutomatic: false, isAnswer: false }, { ...calm, texts }, 60)).toBeNull();
  });

  it('compares words, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(comparable(`${text} 12`, true)).toBe(comparable(text, true))));
  });
});

describe('the watch', () => {
  const mail = (n: number, over = {}) => ({
    sender: 'robin@example.com',
    text: 'abcdefgh'.repeat(n),
    isAutomatic: false,
    isAnswer: false,
    ...over,
  });

  it('asks for nobody who writes now and then', () => {
    const watch = new LoopWatch();
    expect([1, 2, 3, 4, 5].map((n) => watch.notice(mail(n), NOW))).toEqual([false, false, false, false, false]);
  });

  it('asks for who repeats, who writes a lot, and whose programs write', () => {
    const repeating = new LoopWatch();
    expect([1, 1, 1].map((n) => repeating.notice(mail(n), NOW))).toEqual([false, false, true]);
    const busy = new LoopWatch();
    expect(Array.from({ length: 8 }, (_, n) => busy.notice(mail(n + 1), NOW)).lastIndexOf(false)).toBe(6);
    const automatic = new LoopWatch();
    expect([1, 2, 3].map((n) => automatic.notice(mail(n, { isAutomatic: true }), NOW))).toEqual([false, false, true]);
  });

  it('forgets after an hour', () => {
    const watch = new LoopWatch();
    watch.notice(mail(1), NOW);
    watch.notice(mail(1), NOW);
    expect(watch.notice(mail(1), new Date(NOW.getTime() + 3_600_001))).toBe(false);
  });
});
