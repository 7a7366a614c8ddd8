import type { HandoffWord, PartnerTerms } from '#contracts';
import { contactOf, readerOf } from './reader.rules.js';

const ladder: PartnerTerms['ladder'] = [
  { contact: { name: 'Guardia', email: 'Duty@orbe.example' }, afterMinutes: 0 },
  { contact: { name: 'Jefa', phone: '+34 600 000 000' }, afterMinutes: 30 },
];
const nudged = (email?: string): HandoffWord => ({ kind: 'nudged', text: '¿?', to: { name: 'Quien sea', email } });
const NOTE: HandoffWord = { kind: 'note', text: 'Hola' };
const SERVICE = { name: 'Orbe', email: 'service@orbe.example' };
const DUTY = { name: 'Guardia', email: 'Duty@orbe.example' };

it.each([
  ['somebody of theirs, as was agreed', nudged('duty@orbe.example'), DUTY, DUTY],
  ['an address nobody agreed on', nudged('else@orbe.example'), null, SERVICE],
  ['somebody without an address', nudged(), null, SERVICE],
  ['a word that is for nobody in particular', NOTE, null, SERVICE],
])('%s', (_, word, contact, reader) => {
  const asked = { word, partner: { ...SERVICE, terms: { ladder } } };
  expect(contactOf(asked)).toEqual(contact);
  expect(readerOf(asked)).toEqual(reader);
  expect(readerOf({ ...asked, partner: { ...asked.partner, email: null } })).toEqual(contact);
});
