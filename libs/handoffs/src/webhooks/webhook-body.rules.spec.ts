import { bodyOf } from './webhook-body.rules.js';

const told = (data: Record<string, unknown>, type = 'case.status_changed') =>
  bodyOf({
    ...{ id: 'm', type, at: '2026-11-02T10:00:00.000Z', data },
    ...{ caseId: 'c', caseReference: 'H-7K2F-9Q', caseVersion: 3 },
  }).data;
const about = { caseId: 'c', caseReference: 'H-7K2F-9Q', caseVersion: 3 };
const ID = '01932f6e-7a10-7cc3-9f0e-3c6d0a2f9b11';

it.each([
  ['ids', { interactionId: ID }, { interactionId: ID }],
  ['where it stands', { from: 'new', to: 'in_solution', late: true }, { from: 'new', to: 'in_solution' }],
  ['no word that is none of ours', { from: 'lucia', to: 'lucia' }, {}],
  ['nothing that somebody wrote', { text: 'Se llama Lucía', reason: 'No', byName: 'Ana', display: '+34600' }, {}],
  ['no words in the place of an id', { documentId: '12345678Z' }, {}],
  ['no sentence in the place of a word', { from: 'No enciende el móvil' }, {}],
  ['nothing that is folded in', { quote: { totalCents: 1 }, kinds: ['calls'] }, {}],
  ['the case, whatever the event calls so', { caseId: ID }, {}],
])('%s', (_, data, expected) => {
  expect(told(data)).toEqual({ ...expected, ...about });
});

it.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
  [
    'what somebody typed in one word',
    'problem.corrected',
    { problemId: ID, from: 'robada', to: 'lucia' },
    { problemId: ID },
  ],
  ['who of theirs was written to', 'handoff.nudged', { to: 'ana', direction: 'out' }, { direction: 'out' }],
  ['whether it was late', 'loan.returned', { loanId: ID, late: true, name: 'x' }, { loanId: ID, late: true }],
  ['what is no event of ours', 'customer.renamed', { from: 'new', to: 'new', customerId: ID }, { customerId: ID }],
])('%s: by what the event may say there', (_, type, data, expected) => {
  expect(told(data, type)).toEqual({ ...expected, ...about });
});
