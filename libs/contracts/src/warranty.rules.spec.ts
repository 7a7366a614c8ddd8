import { DecisionOutcome } from './warranty.js';
import { decisionGaps } from './warranty.rules.js';

const whole = { clause: 'art. 117', plainWords: 'It got wet.', nextStep: 'We quote the repair.' };

describe('a decision', () => {
  it.each(['not_covered', 'partial'] as const)('%s says by what, in plain words, and what now', (outcome) => {
    expect(decisionGaps({ outcome })).toEqual(['clause', 'plain_words', 'next_step']);
    expect(decisionGaps({ outcome, ...whole })).toEqual([]);
    expect(decisionGaps({ outcome, ...whole, clause: '  ' })).toEqual(['clause']);
    expect(decisionGaps({ outcome, ...whole, plainWords: '' })).toEqual(['plain_words']);
    expect(decisionGaps({ outcome, ...whole, nextStep: '\n' })).toEqual(['next_step']);
  });

  it('that says yes needs no more', () => {
    const said = DecisionOutcome.options.filter((outcome) => decisionGaps({ outcome }).length === 0);
    expect(said).toEqual(['covered', 'goodwill']);
  });
});
