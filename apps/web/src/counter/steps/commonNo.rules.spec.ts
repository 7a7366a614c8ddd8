import { commonNo } from './commonNo.rules.js';

const say = (key: string) => `<${key}>`;

describe('a no that is said most', () => {
  it('has its clause, plain words and a way out', () =>
    expect(commonNo('blow', say, {})).toEqual({
      'decide.clause': '<decide.why.blow.clause>',
      'decide.plainWords': '<decide.why.blow.plain>',
      'decide.nextStep': '<decide.next.quote>',
      'decide.way': 'repair',
    }));

  it('leaves what was chosen already', () => {
    const said = commonNo('blow', say, { 'decide.nextStep': 'Una segunda opinión', 'decide.way': 'refund' });
    expect(Object.keys(said)).toEqual(['decide.clause', 'decide.plainWords']);
  });
});
