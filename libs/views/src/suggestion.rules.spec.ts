import type { Evidence } from '#contracts';
import { compare, type Known, type Place } from './suggestion.rules.js';

const PLACE: Place = { entryId: 'e1', caseReference: 'H-7K2F-9Q', channel: 'twitter', at: '2026-03-02T09:00:00.000Z' };
const newcomer: Known = { displayName: 'lufergil', points: [{ kind: 'twitter', display: '@lufergil' }] };
const known: Known = {
  displayName: 'Lucía Ferrer Gil',
  points: [
    { kind: 'email', display: 'lucia@correo.test' },
    { kind: 'imei', display: '356938035643809' },
    { kind: 'document', display: '12345678Z' },
  ],
};
const code: Evidence = {
  kind: 'case_code',
  key: 'case_code:1',
  newcomer: 'H-7K2F-9Q',
  known: 'H-7K2F-9Q',
  entryId: 'e1',
  isPublic: false,
};

describe('compare', () => {
  it('tells what matches, where it was said, then what differs, then what one of them lacks; nothing masked is told', () => {
    const rows = compare(newcomer, known, [code], () => PLACE);
    expect(rows).toEqual([
      { attribute: 'case_code', newcomer: 'H-7K2F-9Q', known: 'H-7K2F-9Q', verdict: 'same', said: PLACE },
      { attribute: 'name', newcomer: 'lufergil', known: 'Lucía Ferrer Gil', verdict: 'different', said: null },
      { attribute: 'twitter', newcomer: '@lufergil', known: null, verdict: 'unknown', said: null },
      { attribute: 'email', newcomer: null, known: 'lucia@correo.test', verdict: 'unknown', said: null },
      { attribute: 'document', newcomer: null, known: '•••• 78Z', verdict: 'unknown', said: null },
      { attribute: 'imei', newcomer: null, known: '•••• 809', verdict: 'unknown', said: null },
    ]);
    expect(JSON.stringify(rows)).not.toContain('356938035643809');
  });

  it('is alike what only reads the same, and a name is compared once', () => {
    const pieces: Evidence[] = [
      { ...code, kind: 'alike', key: 'alike:1', newcomer: '@lufergil', known: 'lufer.gil@correo.test', entryId: null },
      { ...code, kind: 'name', key: 'name:1', newcomer: 'Lucía Ferrer', known: 'Lucía Ferrer Gil', entryId: null },
    ];
    const rows = compare(newcomer, { ...known, points: [] }, pieces, () => PLACE);
    expect(rows.map(({ attribute, verdict }) => [attribute, verdict])).toEqual([
      ['alike', 'alike'],
      ['name', 'same'],
      ['twitter', 'unknown'],
    ]);
  });

  it('what both have and have otherwise differs', () => {
    const other: Known = { displayName: 'Lucía', points: [{ kind: 'twitter', display: '@otra' }] };
    const rows = compare(newcomer, other, [], () => null);
    expect(rows).toContainEqual({
      attribute: 'twitter',
      newcomer: '@lufergil',
      known: '@otra',
      verdict: 'different',
      said: null,
    });
  });
});
