import { randomUUID } from 'node:crypto';
import { IssuedLink, Merge, SuggestionList, UploadedAttachment, WarmRedirect } from '#contracts';
import { aParcel, custodyAttempts } from './foreign.custody.js';
import { aDeskLink, deskAttempts } from './foreign.desk.js';
import { handoffAttempts } from './foreign.handoffs.js';
import { aPhone, deviceAttempts } from './foreign.devices.js';
import { aLoanOfGranVia, loanerAttempts } from './foreign.loaners.js';
import type { Attempt } from './attempt.js';
import { waitFor } from '../support/wait.js';
import { aRepair, repairAttempts } from './foreign.repairs.js';
import type { Staff } from './staff.js';
import type { World } from './world.js';

export type Foreign = Awaited<ReturnType<typeof everythingOfGranVia>>;

export type { Attempt } from './attempt.js';

const post = (body: unknown = {}) => ({ method: 'POST', body });

/** A case that has been to Gran Vía alone, with one of everything there can be on a case. */
export async function everythingOfGranVia(world: World, agent: Staff) {
  const made = async (path: string, body: unknown): Promise<string> => {
    const answer = await agent.ask(path, post(body));
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.bytes.toString()}`);
    return (answer.body as { id: string }).id;
  };
  const person = await world.outside.newcomer('Begoña Ausente');
  await world.outside.writeMail(person, { subject: 'Móvil', text: 'No enciende el murciélago' });
  const row = await waitFor(async () => (await agent.cases(`q=${encodeURIComponent(person.email)}`))[0]);
  const { id: caseId, reference } = row;
  const form = new FormData();
  form.set('file', new Blob(['secreto'], { type: 'image/png' }), 'secreto.png');
  const file = await agent.done('/attachments', UploadedAttachment, { method: 'POST', body: form });
  await agent.visit({
    ...{ storeId: world.stores.granvia, caseReference: reference, text: 'Vino.', attachmentIds: [file.id] },
  });
  const about = `/cases/${caseId}`;
  await made(`${about}/impacts`, { kind: 'data' });
  await made(`${about}/facts`, { kind: 'tried', text: 'Reiniciar' });
  await made(`${about}/promises`, { text: 'Llamarla', dueAt: '2099-01-01T00:00:00.000Z' });
  const { id: linkId } = await agent.done(`${about}/links`, IssuedLink, post());
  await world.database.query(
    `update store set lat = 40.42, lon = -3.7, hours = '{"weekly": {"mon": [{"from": "10:00", "to": "21:00"}]}, "exceptions": []}' where id = $1`,
    [world.stores.granvia],
  );
  const redirect = await agent.done(`${about}/warm-redirects`, WarmRedirect, {
    ...post({ storeId: world.stores.granvia, channel: 'email', text: 'Te esperamos.' }),
  });
  const handoverId = await made(`${about}/handovers`, { to: { storeId: world.stores.granvia }, reason: 'Está allí' });
  const intakeId = await made('/intakes', { storeId: world.stores.granvia });
  const phone = await aPhone(agent, caseId);
  const reply = await agent.reply(caseId, { channel: 'email', text: 'Un momento.' });
  const other = await agent.visit({
    storeId: world.stores.granvia,
    customer: { displayName: 'Begoña Otra', phone: '+34612407755' },
    text: 'Otra',
  });
  const { id: mergeId } = await agent.done(`/customers/${row.customer.id}/merge`, Merge, {
    ...post({ withCustomerId: other.customerId, reason: 'La misma' }),
  });
  const newcomer = await world.outside.newcomer('bego');
  await world.outside.writeDm(newcomer, `Soy la de ${reference}`);
  const doubted = await waitFor(async () => (await agent.cases(`q=${newcomer.handle}`))[0]);
  const suggestionId = await waitFor(
    async () => (await agent.done(`/cases/${doubted.id}/suggestions`, SuggestionList)).items[0]?.id,
  );
  const detail = await agent.case(caseId);
  const mail = (await agent.interactions(caseId)).find(({ channel }) => channel === 'email')?.id ?? '';
  const loan = await aLoanOfGranVia(world, caseId);
  const desk = await aDeskLink(world, caseId, reference);
  const ids = {
    ...{ problemId: detail.problems[0]?.id ?? '', impactId: detail.impacts[0]?.id ?? '' },
    factId: detail.story.find(({ kind }) => kind === 'tried')?.id ?? '',
    promiseId: detail.story.find(({ promise }) => promise)?.promise?.id ?? '',
    pointId: detail.contactPoints[0]?.id ?? '',
  };
  return {
    ...{ caseId, reference, customerId: detail.customer.id, fileId: file.id },
    ...{ linkId, mergeId, suggestionId, handoverId, redirectId: redirect.id, replyId: reply.id, mail },
    ...{ visitEntry: (await agent.interactions(caseId)).find(({ channel }) => channel === 'store')?.id ?? '' },
    ...{
      version: detail.version,
      intakeId,
      ...ids,
      ...loan,
      ...desk,
      ...phone,
      ...(await aRepair(world, agent, caseId)),
      ...(await aParcel(world, agent, caseId)),
    },
  };
}

/** Every route that names a case, a customer or something of theirs, asked for what is of another store. */
export function attempts(world: World, of: Foreign): Record<string, Attempt> {
  const { stores } = world;
  const onCase = [of.caseId];
  const onCustomer = [of.customerId];
  const reason = 'Porque sí';
  const agreed = { how: 'phone' };
  const incident = randomUUID();
  const update = { text: { es: 'Hola', en: 'Hello' } };
  return {
    ...repairAttempts(world, of),
    ...deviceAttempts(of),
    ...deskAttempts(of),
    ...handoffAttempts(of),
    ...custodyAttempts(world, of),
    'GET /api/v1/cases/{id}': { at: onCase },
    'PATCH /api/v1/cases/{id}': { at: onCase, body: { status: 'spam', version: of.version } },
    'GET /api/v1/cases/{id}/timeline': { at: onCase },
    'POST /api/v1/cases/{id}/read': { at: onCase },
    'POST /api/v1/cases/{id}/replies': { at: onCase, body: { channel: 'email', text: 'Hola' } },
    'POST /api/v1/cases/{id}/notes': { at: onCase, body: { text: 'Hola' } },
    'POST /api/v1/cases/{id}/invitations': { at: onCase, body: { interactionId: of.visitEntry } },
    'GET /api/v1/cases/{id}/proof': { at: onCase },
    'POST /api/v1/cases/{id}/proofs': {
      ...{ at: onCase, body: { method: 'document_seen', document: { kind: 'nif', number: '12345678Z' } } },
    },
    'POST /api/v1/cases/{id}/one-time-codes': { at: onCase, body: { contactPointId: of.pointId } },
    'POST /api/v1/cases/{id}/one-time-codes/confirm': { at: onCase, body: { code: '123456' } },
    'GET /api/v1/cases/{id}/code': { at: onCase },
    'GET /api/v1/cases/{id}/links': { at: onCase },
    'POST /api/v1/cases/{id}/links': { at: onCase },
    'DELETE /api/v1/cases/{id}/links/{linkId}': { at: [of.caseId, of.linkId] },
    'POST /api/v1/cases/{id}/problems': { at: onCase, body: { statement: 'Otro' } },
    'PATCH /api/v1/cases/{id}/problems/{problemId}': {
      ...{ at: [of.caseId, of.problemId], body: { stage: 'understood', agreement: agreed } },
    },
    'POST /api/v1/cases/{id}/impacts': { at: onCase, body: { kind: 'calls' } },
    'PATCH /api/v1/cases/{id}/impacts/{impactId}': { at: [of.caseId, of.impactId], body: { state: 'restored' } },
    'GET /api/v1/cases/{id}/facts': { at: onCase },
    'POST /api/v1/cases/{id}/facts': { at: onCase, body: { kind: 'tried', text: 'Nada' } },
    'PATCH /api/v1/cases/{id}/facts/{factId}': { at: [of.caseId, of.factId], body: { text: 'Nada' } },
    'POST /api/v1/cases/{id}/facts/{factId}/withdraw': { at: [of.caseId, of.factId], body: { reason } },
    'POST /api/v1/cases/{id}/promises': { at: onCase, body: { text: 'Todo', dueAt: '2099-01-01T00:00:00.000Z' } },
    'PATCH /api/v1/cases/{id}/promises/{promiseId}': { at: [of.caseId, of.promiseId], body: { state: 'kept' } },
    'GET /api/v1/cases/{id}/re-explanations': { at: onCase },
    'POST /api/v1/cases/{id}/re-explanations': { at: onCase, body: { source: 'agent_asked' } },
    'GET /api/v1/cases/{id}/closing': { at: onCase },
    'GET /api/v1/cases/{id}/suggestions': { at: onCase },
    'GET /api/v1/cases/{id}/clocks': { at: onCase },
    'GET /api/v1/cases/{id}/incidents': { at: onCase },
    'GET /api/v1/cases/{id}/ownership': { at: onCase },
    'PATCH /api/v1/cases/{id}/next-action': { at: onCase, body: { code: 'call_back', noDue: 'in_turn' } },
    'POST /api/v1/cases/{id}/route': { at: onCase },
    'POST /api/v1/cases/{id}/handovers': { at: onCase, body: { to: { storeId: stores.goya }, reason } },
    'GET /api/v1/cases/{id}/nearby-stores': { at: onCase },
    'POST /api/v1/cases/{id}/warm-redirects': {
      ...{ at: onCase, body: { storeId: stores.goya, channel: 'email', text: 'Ven' } },
    },
    'GET /api/v1/cases/{id}/locks': { at: onCase },
    'POST /api/v1/cases/{id}/locks/{decision}': { at: [of.caseId, 'closing'] },
    'DELETE /api/v1/cases/{id}/locks/{decision}': { at: [of.caseId, 'closing'] },
    'GET /api/v1/cases/{id}/drafts': { at: onCase },
    'GET /api/v1/cases/{id}/drafts/{channel}': { at: [of.caseId, 'customer'] },
    'PUT /api/v1/cases/{id}/drafts/{channel}': { at: [of.caseId, 'customer'], body: { text: 'Hola', version: 0 } },
    'DELETE /api/v1/cases/{id}/drafts/{channel}': { at: [of.caseId, 'customer'] },
    'POST /api/v1/cases/{id}/merge': { at: onCase, body: { withCaseReference: of.reference, reason }, status: 403 },
    'POST /api/v1/cases/{id}/split': {
      ...{ at: onCase, status: 403, body: { problemId: of.problemId, to: { displayName: 'Yo' }, reason } },
    },
    'POST /api/v1/cases/{id}/entries/{entryId}/move': {
      ...{ at: [of.caseId, of.mail], body: { toCaseReference: of.reference, reason }, status: 403 },
    },
    'POST /api/v1/cases/{id}/entries/{entryId}/review/dismiss': { at: [of.caseId, of.mail], status: 403 },
    'POST /api/v1/cases/scan': { at: [], body: { code: of.reference } },
    'GET /api/v1/customers/{id}': { at: onCustomer },
    'GET /api/v1/customers/{id}/card': { at: onCustomer },
    'GET /api/v1/customers/{id}/cases': { at: onCustomer },
    'GET /api/v1/customers/{id}/shares': { at: onCustomer },
    'PATCH /api/v1/customers/{id}/preferences': { at: onCustomer, body: { language: 'en' } },
    'POST /api/v1/customers/{id}/contact-points': { at: onCustomer, body: { kind: 'phone', value: '+34612407799' } },
    'PATCH /api/v1/customers/{id}/contact-points/{pointId}': {
      ...{ at: [of.customerId, of.pointId], body: { end: { reason: 'somebody_else' } } },
    },
    'POST /api/v1/customers/{id}/contact-points/{pointId}/reveal': { at: [of.customerId, of.pointId] },
    'GET /api/v1/customers/{id}/merge-preview': { at: onCustomer, query: `with=${of.customerId}`, status: 403 },
    'POST /api/v1/customers/{id}/merge': {
      at: onCustomer,
      body: { withCustomerId: randomUUID(), reason },
      status: 403,
    },
    'GET /api/v1/customers/{id}/merges': { at: onCustomer, status: 403 },
    'POST /api/v1/merges/{id}/undo': { at: [of.mergeId], status: 403 },
    'GET /api/v1/suggestions': { at: [], status: 403 },
    'POST /api/v1/suggestions/{id}/confirm': { at: [of.suggestionId], status: 403 },
    'POST /api/v1/suggestions/{id}/dismiss': { at: [of.suggestionId], status: 403 },
    'POST /api/v1/suggestions/{id}/reopen': { at: [of.suggestionId], status: 403 },
    'POST /api/v1/handovers/{id}/acknowledge': { at: [of.handoverId] },
    'POST /api/v1/warm-redirects/{id}/acknowledge': { at: [of.redirectId] },
    'GET /api/v1/attachments/{id}/content': { at: [of.fileId] },
    'GET /api/v1/interactions/{id}/original': { at: [of.mail] },
    'POST /api/v1/interactions/{id}/undo': { at: [of.replyId] },
    'POST /api/v1/interactions/{id}/resend': { at: [of.replyId] },
    // Each by itself: the answer says of each what became of it.
    'POST /api/v1/cases/bulk': {
      ...{ at: [], status: 200, body: { ids: onCase, deed: { type: 'priority', priority: 'critical' } } },
    },
    'GET /api/v1/incidents': { at: [], status: 403 },
    'POST /api/v1/incidents': {
      ...{ at: [], status: 403, body: { title: 'x', kind: 'other', told: update.text, caseIds: onCase } },
    },
    'POST /api/v1/incidents/preview': { at: [], status: 403, body: { filter: { channel: 'email' } } },
    'GET /api/v1/incidents/{id}': { at: [incident], status: 403 },
    'PATCH /api/v1/incidents/{id}': { at: [incident], status: 403, body: { state: 'resolved' } },
    'GET /api/v1/incidents/{id}/cases': { at: [incident], status: 403 },
    'POST /api/v1/incidents/{id}/cases': { at: [incident], status: 403, body: { caseIds: onCase } },
    'POST /api/v1/incidents/{id}/cases/preview': {
      ...{ at: [incident], status: 403, body: { filter: { channel: 'email' } } },
    },
    'POST /api/v1/incidents/{id}/cases/remove': { at: [incident], status: 403, body: { caseIds: onCase } },
    'GET /api/v1/incidents/{id}/updates': { at: [incident], status: 403 },
    'POST /api/v1/incidents/{id}/updates': { at: [incident], status: 403, body: update },
    'POST /api/v1/incidents/{id}/updates/preview': { at: [incident], status: 403, body: update },
    'GET /api/v1/incidents/{id}/updates/{updateId}': { at: [incident, randomUUID()], status: 403 },
    'GET /api/v1/incidents/{id}/updates/{updateId}/items': { at: [incident, randomUUID()], status: 403 },
    'POST /api/v1/incidents/{id}/updates/{updateId}/stop': { at: [incident, randomUUID()], status: 403 },
    'POST /api/v1/escalations/acknowledge': { at: [], status: 200, body: { ids: onCase } },
    'POST /api/v1/escalations/take': { at: [], status: 200, body: { ids: onCase } },
    'POST /api/v1/escalations/reassign': { at: [], status: 403, body: { ids: onCase, queueId: randomUUID(), reason } },
    ...loanerAttempts(world, of),
    'GET /api/v1/stores/{id}/board': { at: [stores.granvia], status: 403 },
    'POST /api/v1/intakes': { at: [], status: 403, body: { storeId: stores.granvia } },
    'GET /api/v1/intakes': { at: [], status: 403, query: `storeId=${stores.granvia}` },
    'GET /api/v1/intakes/{id}': { at: [of.intakeId] },
    'PATCH /api/v1/intakes/{id}': {
      ...{ at: [of.intakeId], body: { fields: [{ path: 'listen.text', value: 'Hola', base: 0 }] } },
    },
    'POST /api/v1/intakes/{id}/finish': { at: [of.intakeId] },
    'GET /api/v1/intakes/{id}/receipt.pdf': { at: [of.intakeId] },
    'GET /api/v1/intakes/{id}/handoff-preview': { at: [of.intakeId] },
    'POST /api/v1/intakes/{id}/abandon': { at: [of.intakeId], body: { reason } },
    'POST /api/v1/intakes/{id}/photos': { at: [of.intakeId], status: 415 },
    'GET /api/v1/intakes/{id}/photos/{photoId}': { at: [of.intakeId, of.fileId] },
    ...goodwill(onCase, reason),
    'POST /api/v1/break-glass/{id}/review': { at: [randomUUID()], status: 403 },
  };
}

/** What somebody is given and owed: found by their case alone. */
function goodwill(onCase: string[], reason: string): Record<string, Attempt> {
  const unknown = [randomUUID()];
  const money = { monthlyFeeCents: 3000, averageCents: null, currency: 'EUR' };
  return {
    'GET /api/v1/cases/{id}/benefits': { at: onCase },
    'POST /api/v1/cases/{id}/benefits': { at: onCase, body: { kind: 'points', points: 10, reason } },
    'GET /api/v1/cases/{id}/compensations': { at: onCase },
    'POST /api/v1/cases/{id}/compensations': {
      at: onCase,
      body: { service: 'telephone', from: '2026-01-01T10:00:00.000Z', to: null, reason, ...money },
    },
    'POST /api/v1/compensations/{id}/withdraw': { at: unknown, body: { reason } },
    'GET /api/v1/benefits/{id}': { at: unknown },
    'POST /api/v1/benefits/{id}/approve': { at: unknown },
    'POST /api/v1/benefits/{id}/refuse': { at: unknown, body: { by: 'us', reason } },
    'POST /api/v1/benefits/{id}/stop': { at: unknown, body: { reason } },
    'POST /api/v1/benefits/{id}/fee': { at: unknown, body: { from: '2026-01-01', monthlyFeeCents: 100 } },
    'POST /api/v1/benefits/{id}/code': { at: unknown },
    'GET /api/v1/goodwill/approvals': { at: [], status: 403 },
    'GET /api/v1/goodwill/ledgers/{ledger}': { at: ['goodwill'], status: 403 },
    'GET /api/v1/goodwill/ledgers/{ledger}/rows.csv': { at: ['legal'], status: 403 },
    'GET /api/v1/goodwill/messages': { at: [], status: 403 },
    'POST /api/v1/goodwill/messages/{id}/replay': { at: unknown, status: 403 },
  };
}
