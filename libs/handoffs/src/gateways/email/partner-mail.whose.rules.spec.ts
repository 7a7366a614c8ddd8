import { whoseMail, type KnownHandoff, type MailSigns } from './partner-mail.whose.rules.js';

const of = (partnerId: string): KnownHandoff => ({
  id: `of-${partnerId}`,
  reference: 'H-7K2F-9Q.1',
  partnerId,
  partnerRef: null,
});
const LAB = of('lab');
const signs = (more: Partial<MailSigns>): MailSigns => ({
  ...{ tagged: [], answered: [], senders: [], named: [], numbered: [] },
  ...{ isDenied: false, isOfCase: false },
  ...more,
});

it.each<[name: string, signs: Partial<MailSigns>, whose: string, error: string | null]>([
  ['nobody we know, no mark', {}, 'customer', null],
  ['the lab to the address of its handoff', { tagged: [LAB], senders: ['lab'] }, 'handoff', null],
  ['a colleague at another address to it', { tagged: [LAB] }, 'handoff', null],
  ['another company to it', { tagged: [LAB], senders: ['rival'] }, 'nobody', 'another_company'],
  [
    'somebody who pretends to be the lab',
    { tagged: [LAB], senders: ['lab'], isDenied: true },
    'nobody',
    'sender_denied',
  ],
  ['the lab in answer to a mail of ours', { answered: [LAB], senders: ['lab'] }, 'handoff', null],
  ['a stranger in answer to it', { answered: [LAB] }, 'nobody', 'unknown_sender'],
  ['a customer who was shown it', { answered: [LAB], isOfCase: true }, 'customer', null],
  ['another company in answer to it', { answered: [LAB], senders: ['rival'] }, 'nobody', 'another_company'],
  ['the lab with our number', { senders: ['lab'], named: [LAB] }, 'handoff', null],
  ['the lab with its own number', { senders: ['lab'], numbered: [LAB] }, 'handoff', null],
  ['the lab with numbers of two', { senders: ['lab'], named: [LAB, { ...LAB, id: 'other' }] }, 'nobody', 'no_handoff'],
  ['the lab about nothing', { senders: ['lab'] }, 'nobody', 'no_handoff'],
  ['somebody at the lab who is a customer besides', { senders: ['lab'], isOfCase: true }, 'customer', null],
  ['a false lab about nothing', { senders: ['lab'], named: [LAB], isDenied: true }, 'nobody', 'sender_denied'],
])('%s', (_name, more, whose, error) => {
  expect(whoseMail(signs(more))).toMatchObject({ whose, ...(error && { error }) });
});
