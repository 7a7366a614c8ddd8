import fc from 'fast-check';
import { recipientTags } from './threading.rules.js';

const to = (line: string, key = 'to') => ({ key, line });

it('finds the tags of every address a mail was sent to or delivered at, the envelope first, each once', () => {
  expect(
    recipientTags(
      [
        to('To: "Nexo, ayuda" <care+aa.bb@hilo.test>, other+x@example.com,\r\n <CARE+CC.DD@HILO.TEST>'),
        to('Cc: Grupo: care+ee.ff@hilo.test;', 'cc'),
        to('Delivered-To: care+aa.bb@hilo.test', 'delivered-to'),
        to('X-Original-To: care+gg.hh@hilo.test', 'x-original-to'),
        to('From: care+no@hilo.test', 'from'),
        to('Subject: care+no@hilo.test', 'subject'),
      ],
      ['care+env@hilo.test', 'care@hilo.test'],
    ),
  ).toEqual(['env', 'aa.bb', 'x', 'cc.dd', 'ee.ff', 'gg.hh']);
});

it('is bounded in what it reads, finds and takes, whatever stands there', () => {
  const many = Array.from({ length: 1000 }, (_, n) => `care+${n}@hilo.test`).join(', ');
  expect(recipientTags([to(`To: ${many}`)], [])).toHaveLength(20);
  const started = performance.now();
  for (const line of ['a'.repeat(1_000_000), '+'.repeat(1_000_000), 'a+'.repeat(500_000), '<'.repeat(1_000_000)])
    recipientTags([to(line)], [line]);
  expect(performance.now() - started).toBeLessThan(1000);
  fc.assert(
    fc.property(fc.string(), fc.string(), (line, envelope) => {
      expect(recipientTags([to(line)], [envelope]).length).toBeLessThanOrEqual(20);
    }),
  );
});
