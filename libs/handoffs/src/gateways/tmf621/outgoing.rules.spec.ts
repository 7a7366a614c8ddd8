import { patchOf, type Saying } from './outgoing.rules.js';
import { jsonFile } from './ticket.rules.js';
import { TheirTicket } from './ticket.js';

const FILES = 'https://hilo.example/tmf-api/files/';
const SAYING: Saying = {
  ...{ word: { kind: 'recalled', reason: 'by mistake' }, ref: 'e-3', at: new Date(0), byName: 'Marta' },
  ...{ language: 'en', files: [], isAccepted: true },
  ours: { ids: new Set(['e-1', 'e-2', 'photo']), authors: new Set(['Marta']), filesAt: FILES },
};

it('what is taken back takes what we wrote and put there, and nothing of theirs', () => {
  const report = { id: '7', name: 'report.pdf', url: 'https://orbe.example/files/7' };
  const theirs = { id: '9', author: 'Ana', text: 'Arrived' };
  const there = TheirTicket.parse({
    ...{ id: 'SR-1', status: 'inProgress' },
    note: [{ id: 'e-2', text: 'by number' }, theirs, { id: '10', author: 'Marta', text: 'numbered anew by them' }],
    attachment: [
      ...[jsonFile('e-1', 'handoff', {}), { id: 'photo' }, { id: '8', url: `${FILES}abc` }, report],
      jsonFile('11', 'quote_answer', { approved: true }),
    ],
  });
  const patch = patchOf(SAYING, there);
  expect(patch).toMatchObject({ status: 'cancelled', description: '-', note: [theirs], attachment: [report] });
});
