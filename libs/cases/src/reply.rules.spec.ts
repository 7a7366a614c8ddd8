import { outgoingMessageId, replySubject } from './reply.rules.js';

it.each([
  ['Factura', 'Re: Factura'],
  ['Re: Factura', 'Re: Factura'],
  ['RE: Rv: fwd: Factura', 'Re: Factura'],
  [null, 'H-7K2F-9Q'],
  ['Re: ', 'H-7K2F-9Q'],
])('the answer to %j is %j', (subject, expected) => expect(replySubject(subject, 'H-7K2F-9Q')).toBe(expected));

it('a message id is its row and our domain', () => {
  expect(outgoingMessageId('018f', 'care@hilo.test')).toBe('<018f@hilo.test>');
});
