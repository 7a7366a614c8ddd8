import { bodyOf } from './webhook-body.rules.js';

const told = (data: Record<string, unknown>) =>
  bodyOf({
    ...{ id: 'm', type: 'case.status_changed', at: '2026-11-02T10:00:00.000Z', data },
    ...{ caseId: 'c', caseReference: 'H-7K2F-9Q', caseVersion: 3 },
  }).data;
const about = { caseId: 'c', caseReference: 'H-7K2F-9Q', caseVersion: 3 };
const ID = '01932f6e-7a10-7cc3-9f0e-3c6d0a2f9b11';

it.each([
  ['ids', { interactionId: ID }, { interactionId: ID }],
  ['where it stands', { from: 'new', to: 'in_solution', late: true }, { from: 'new', to: 'in_solution', late: true }],
  ['nothing that somebody wrote', { text: 'Se llama Lucía', reason: 'No', byName: 'Ana', display: '+34600' }, {}],
  ['no words in the place of an id', { documentId: '12345678Z' }, {}],
  ['no sentence in the place of a word', { from: 'No enciende el móvil' }, {}],
  ['nothing that is folded in', { quote: { totalCents: 1 }, kinds: ['calls'] }, {}],
  ['the case, whatever the event calls so', { caseId: ID }, {}],
])('%s', (_, data, expected) => {
  expect(told(data)).toEqual({ ...expected, ...about });
});
