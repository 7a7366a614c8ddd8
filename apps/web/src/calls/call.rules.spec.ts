import { CallBody, type Caller } from '#contracts';
import { callBodyOf, emptyCall, missingInCall, type CallDraft } from './call.rules.js';

const draft = (part: Partial<CallDraft> = {}): CallDraft => ({ ...emptyCall('612 40 77 18'), ...part });
const ID = '0199a000-0000-7000-8000-000000000001';
const lucia: Caller = {
  phone: '+34612407718',
  customer: { id: ID, displayName: 'Lucía Ferrer' },
  openCase: { id: ID, reference: 'H-7K2F-9Q', problem: null, status: 'new' },
  calls: [],
};

describe('missingInCall', () => {
  it('asks for a name only where the number tells none and no case was named', () => {
    expect(missingInCall(draft({ text: 'Hola' }), false)).toEqual(['name']);
    expect(missingInCall(draft({ text: 'Hola' }), true)).toEqual([]);
    expect(missingInCall(draft({ text: 'Hola', caseReference: 'H-1' }), false)).toEqual([]);
  });
  it('asks for words only where somebody spoke', () => {
    expect(missingInCall(draft(), true)).toEqual(['text']);
    expect(missingInCall(draft({ outcome: 'no_answer' }), true)).toEqual([]);
    expect(missingInCall(draft({ outcome: 'voicemail' }), true)).toEqual(['text']);
  });
  it('asks for a number', () => {
    expect(missingInCall(draft({ phone: ' +', text: 'x' }), true)).toEqual(['phone']);
  });
});

describe('callBodyOf', () => {
  it('goes to the open case of whose number it is', () => {
    const body = CallBody.parse(callBodyOf(draft({ text: ' Sin línea ' }), lucia));
    expect(body).toMatchObject({ customerId: ID, caseReference: 'H-7K2F-9Q', text: 'Sin línea' });
    expect(body).not.toHaveProperty('times');
  });
  it('goes to the case named by hand, whatever the number says', () => {
    const body = callBodyOf(draft({ caseReference: ' H-2 ' }), lucia);
    expect(body).toMatchObject({ caseReference: 'H-2' });
    expect(body).not.toHaveProperty('customerId');
  });
  it('says how often it was tried, and is somebody new', () => {
    const body = CallBody.parse(callBodyOf(draft({ outcome: 'busy', times: 2, name: 'Begoña' }), undefined));
    expect(body).toEqual({
      phone: '612 40 77 18',
      direction: 'inbound',
      outcome: 'busy',
      times: 2,
      displayName: 'Begoña',
    });
  });
});
