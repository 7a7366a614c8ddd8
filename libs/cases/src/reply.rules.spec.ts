import { replySubject } from './reply.rules.js';

it.each([
  ['No funciona', 'Re: No funciona'],
  ['Re: No funciona', 'Re: No funciona'],
  ['RE: Re: AW: No funciona', 'Re: No funciona'],
  ['RV: Fwd: No funciona', 'Re: No funciona'],
  ['Re[2]: No funciona', 'Re: No funciona'],
  ['Re:No funciona', 'Re: No funciona'],
  ['Repair: no funciona', 'Re: Repair: no funciona'],
  ['Re: ', 'Re: Caso H-7K2F-9Q'],
  ['', 'Re: Caso H-7K2F-9Q'],
  [null, 'Re: Caso H-7K2F-9Q'],
  ['No\r\nBcc: todos@x', 'Re: No Bcc: todos@x'],
])('the answer to %j is %j', (subject, reply) => expect(replySubject(subject, 'H-7K2F-9Q', 'es')).toBe(reply));

it('names the case in the language of the customer', () => {
  expect(replySubject(null, 'H-7K2F-9Q', 'en')).toBe('Re: Case H-7K2F-9Q');
});
