import fc from 'fast-check';
import { notificationSentence } from '#contracts';
import { concernsSomebody, tellingsOf, type Happening } from './telling.rules.js';

const AT = new Date('2026-11-22T09:00:00Z');
const happening = (type: string, data: Record<string, unknown> = {}, more: Partial<Happening> = {}): Happening => ({
  eventId: 'event',
  ...{ type, data, at: AT, origin: 'test', actorId: null, actorName: 'Teo Casas', caseId: 'case', assigneeId: 'marta' },
  ...{ isInbound: false, mentionedIds: [], storeIds: [] },
  ...more,
});
const raised = (data: Record<string, unknown>) => ({
  ...{ escalationId: 'e', metric: 'relief', round: 1, rung: 2, reason: 'breach', accountableId: null, toldIds: [] },
  ...{ accountableName: null, queueId: null, acknowledgeBy: '2026-11-22T09:15:00.000Z' },
  ...data,
});
const GIFT = { benefitId: 'b', kind: 'points', values: { points: 500 } };
const DECISION = { decisionId: 'd', deviceId: 'p', outcome: 'not_covered', reason: 'Dudo' };
const NEWS = { newsId: 'n', es: 'Está reparado.', en: 'It is repaired.', callerIds: ['noa', 'teo'] };
const LATE = {
  loanId: 'l',
  loanerId: 'r',
  name: 'Nexo Mini · L-07',
  dueAt: '2026-03-02T10:00:00.000Z',
  told: true,
  supervisorIds: [],
};
const told = (what: Happening) => tellingsOf(what).map(({ agentId, kind }) => [agentId, kind]);

describe('whom something concerns', () => {
  const message = { channel: 'email', matchedBy: 'contact_point' };
  it.each<[string, Happening, string[][]]>([
    [
      'my customer wrote',
      happening('interaction.received', message, { isInbound: true }),
      [['marta', 'customer_wrote']],
    ],
    [
      'a colleague wrote down their visit',
      happening('interaction.received', message, { isInbound: true, actorId: 'teo' }),
      [['marta', 'customer_wrote']],
    ],
    ['I wrote down their visit', happening('interaction.received', message, { isInbound: true, actorId: 'marta' }), []],
    ['a call we made', happening('interaction.received', message, { isInbound: false }), []],
    ['nobody has the case', happening('interaction.received', message, { isInbound: true, assigneeId: null }), []],
    ['a message of my case failed', happening('interaction.failed', message), [['marta', 'send_failed']]],
    [
      'the customer’s clock',
      happening('clock.breached', { metric: 'relief', side: 'customer', dueAt: 'x' }),
      [['marta', 'breached']],
    ],
    ['the team’s clock of the same', happening('clock.breached', { metric: 'relief', side: 'team', dueAt: 'x' }), []],
    [
      'handed to me',
      happening('case.handed_over', { toKind: 'agent', toId: 'noa' }, { actorId: 'teo' }),
      [['noa', 'handed_over']],
    ],
    ['handed to a queue', happening('case.handed_over', { toKind: 'queue', toId: 'noa' }), []],
    [
      'handed to a store by one who works there',
      happening('case.handed_over', { toKind: 'store', toId: 'goya' }, { actorId: 'noa', storeIds: ['noa', 'teo'] }),
      [['teo', 'handed_over']],
    ],
    ['taken', happening('case.assigned', { assigneeId: 'teo' }, { actorId: 'teo' }), []],
    ['given', happening('case.assigned', { assigneeId: 'noa' }, { actorId: 'teo' }), [['noa', 'assigned']]],
    [
      'given by the ladder, which says more',
      happening('case.assigned', { assigneeId: 'noa' }, { origin: 'ladder' }),
      [],
    ],
    ['put down', happening('case.assigned', { assigneeId: null }, { actorId: 'teo' }), []],
    ['routed', happening('case.routed', { assigneeId: 'noa' }), [['noa', 'routed']]],
    [
      'somebody asks whether they may give something',
      happening('benefit.proposed', { ...GIFT, approverIds: ['elena', 'carlos', 'teo'] }, { actorId: 'teo' }),
      [
        ['elena', 'benefit_asked'],
        ['carlos', 'benefit_asked'],
      ],
    ],
    ['a loaner is late: the customer is reminded', happening('loan.overdue', { ...LATE, rung: 'reminder' }), []],
    ['somebody has to call', happening('loan.overdue', { ...LATE, rung: 'call' }), [['marta', 'loan_overdue']]],
    [
      'still not back',
      happening('loan.overdue', { ...LATE, rung: 'supervisor', supervisorIds: ['elena', 'marta'] }),
      [
        ['marta', 'loan_overdue'],
        ['elena', 'loan_overdue'],
      ],
    ],
    [
      'a phone is lost on its way: who has the case, supervisors and the stores at its ends know, each once',
      happening('leg.lost', {
        ...{ name: 'Auriga One', claimId: 'c', supervisorIds: ['elena'] },
        stores: [{ name: 'Nexo Goya', peopleIds: ['noa', 'marta'] }],
      }),
      [
        ['noa', 'device_lost'],
        ['marta', 'device_lost'],
        ['elena', 'device_lost'],
      ],
    ],
    ['a rule proposes something', happening('benefit.proposed', { ...GIFT, approverIds: [] }), []],
    [
      'what was asked for is refused',
      happening('benefit.refused', { ...GIFT, askedById: 'noa' }, { actorId: 'elena' }),
      [['noa', 'benefit_decided']],
    ],
    [
      'who gives it had not to ask',
      happening('benefit.approved', { ...GIFT, askedById: null }, { actorId: 'noa' }),
      [],
    ],
    [
      'somebody asks for a second opinion',
      happening('warranty.review_asked', { ...DECISION, reviewerIds: ['elena', 'carlos', 'teo'] }, { actorId: 'teo' }),
      [
        ['elena', 'opinion_asked'],
        ['carlos', 'opinion_asked'],
      ],
    ],
    [
      'it is given: whoever asked hears of it',
      happening('warranty.reviewed', { ...DECISION, verdict: 'confirmed', askedById: 'noa' }, { actorId: 'elena' }),
      [['noa', 'opinion_given']],
    ],
    ['the customer cannot be written to', happening('customer.untold', NEWS), [['marta', 'untold']]],
    [
      'nor can a customer whose case nobody has',
      happening('customer.untold', NEWS, { assigneeId: null }),
      [
        ['noa', 'untold'],
        ['teo', 'untold'],
      ],
    ],
    [
      'named in a note, by one of them',
      happening('note.added', {}, { actorId: 'noa', mentionedIds: ['noa', 'teo'] }),
      [['teo', 'mentioned']],
    ],
    [
      'escalated to one, told to others',
      happening('escalation.raised', raised({ accountableId: 'eva', toldIds: ['eva', 'noa', 'noa'] })),
      [
        ['eva', 'escalated'],
        ['noa', 'escalation_told'],
      ],
    ],
    [
      'open again, for its case is one of its own again',
      happening('escalation.reopened', raised({ accountableId: 'eva', toldIds: ['eva', 'noa'] })),
      [
        ['eva', 'escalated'],
        ['noa', 'escalation_told'],
      ],
    ],
    ['open again and acknowledged', happening('escalation.reopened', raised({})), []],
    ['escalated to nobody', happening('escalation.raised', raised({ toldIds: ['noa'] })), [['noa', 'escalation_told']]],
    ['something else', happening('case.read'), []],
  ])('%s', (_name, what, whom) => expect(told(what)).toEqual(whom));

  it('says of an escalation until when it is to be acknowledged', () => {
    expect(tellingsOf(happening('escalation.raised', raised({ accountableId: 'eva' })))[0]).toMatchObject({
      source: 'event',
      values: { metric: 'relief', rung: 2, reason: 'breach', acknowledgeBy: '2026-11-22T09:15:00.000Z' },
    });
  });

  it('says of the clock of a partner whose it is', () => {
    const late = raised({ accountableId: 'eva', metric: 'partner_answer', partnerName: 'Lab $&' });
    const [telling] = tellingsOf(happening('escalation.raised', late));
    const told = { kind: 'escalated', values: telling?.values ?? {} } as const;
    const zone = { timeZone: 'Europe/Madrid', now: new Date('2026-11-22T09:00:00.000Z') };
    expect(notificationSentence(told, 'es', zone)).toContain('Escalado a ti: respuesta de Lab $&, está fuera de plazo');
    expect(notificationSentence(told, 'en', zone)).toContain('Escalated to you: Lab $&’s answer, it is overdue');
  });

  it('nobody is told of what they did, or twice of the same', () => {
    const who = fc.constantFrom('marta', 'teo', 'noa', null);
    fc.assert(
      fc.property(who, who, fc.array(fc.constantFrom('marta', 'teo', 'noa')), (actorId, assigneeId, ids) => {
        for (const what of [
          happening('note.added', {}, { actorId, assigneeId, mentionedIds: ids }),
          happening('escalation.raised', raised({ accountableId: assigneeId, toldIds: ids }), { actorId }),
          happening('interaction.received', message, { actorId, assigneeId, isInbound: true }),
          happening('case.assigned', { assigneeId }, { actorId }),
        ]) {
          const agents = tellingsOf(what).map(({ agentId }) => agentId);
          expect(agents).not.toContain(actorId ?? 'nobody');
          expect(new Set(agents).size).toBe(agents.length);
        }
      }),
    );
  });

  it('a case that has just come is nobody’s', () => {
    expect(concernsSomebody({ type: 'interaction.received', data: { matchedBy: 'new_customer' } })).toBe(false);
    expect(concernsSomebody({ type: 'interaction.received', data: { matchedBy: 'contact_point' } })).toBe(true);
    expect(concernsSomebody({ type: 'case.opened', data: {} })).toBe(false);
  });
});
