import type { Condition, IntakeValues } from '#contracts';
import { asLent, withoutLoaner } from './loaner.rules.js';

const SCRATCHED: Condition = {
  ...{ powersOn: 'yes', screen: 'cracked', note: 'esquina' },
  marks: [{ side: 'front', kind: 'scratch', x: 0.5, y: 0.5 }],
};

describe('a loaner that is not the one any more', () => {
  it('leaves nothing that was said of it for the next one', () => {
    const values: IntakeValues = {
      'keep.outcome': 'accepted',
      'keep.relieves': ['calls'],
      'keep.conditionOut': SCRATCHED,
      'keep.photoIds': ['018f0000-0000-7000-8000-000000000001'],
      'keep.checks': ['sim_moved', 'test_call'],
      waivers: { loaner_photos: 'Precintado', photos: 'Sin cámara' },
    };
    const after = { ...values, ...withoutLoaner(values) };
    expect(after).toEqual({
      'keep.outcome': 'accepted',
      'keep.relieves': ['calls'],
      'keep.conditionOut': null,
      'keep.photoIds': [],
      'keep.checks': [],
      waivers: { photos: 'Sin cámara' },
    });
    expect(withoutLoaner(after)).toEqual({});
  });

  it('nothing is written where nothing was said', () => expect(withoutLoaner({})).toEqual({}));
});

describe('a loaner that comes back as it left', () => {
  it('has the marks it had', () => expect(asLent(SCRATCHED)).toEqual(SCRATCHED));

  it('is whole where nothing was noted', () =>
    expect(asLent(null)).toEqual({ marks: [], powersOn: 'yes', screen: 'whole', note: '' }));
});
