import { hearersOf } from './ringing.rules.js';

const DESKS = [
  { personId: 'marta', extension: '204' },
  { personId: 'ivan', extension: '209' },
  { personId: 'noa', extension: '204' },
];

it('a call to no extension is everybody’s', () => {
  expect(hearersOf(null, DESKS)).toEqual({ only: null, except: [] });
});

it('one to an extension somebody has named is theirs alone', () => {
  expect(hearersOf('204', DESKS)).toEqual({ only: ['marta', 'noa'], except: [] });
});

it('one to an extension nobody has named is told to those who have named none', () => {
  expect(hearersOf('300', DESKS)).toEqual({ only: null, except: ['marta', 'ivan', 'noa'] });
  expect(hearersOf('300', [])).toEqual({ only: null, except: [] });
});
