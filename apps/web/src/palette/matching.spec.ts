import { matches } from './matching.js';

describe('matches', () => {
  const words = 'contestar escribir mensaje answer write message';
  it.each([
    ['respon', true],
    ['RESPONDER CLI', true],
    ['write', true],
    ['answer mensaje', true],
    ['lend', false],
    ['', true],
  ])('%s → %s', (typed, found) => {
    expect(matches(typed, 'Responder al cliente', words)).toBe(found);
  });
  it('does not care for accents', () => {
    expect(matches('atencion', 'Cola Atención', '')).toBe(true);
  });
});
