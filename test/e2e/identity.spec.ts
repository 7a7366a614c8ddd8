import { CaseProof, CustomerDetail, RevealedContactPoint, TimelinePage } from '#contracts';
import { waitFor } from '../support/wait.js';
import type { Person } from './outside.js';
import { errorOf, type Answer, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const DOCUMENT = '12345678Z';

describe('who somebody is', () => {
  let world: World;
  let agent: Staff;
  let store: Staff;
  let person: Person;

  beforeAll(async () => {
    world = await startWorld();
    [agent, store] = await Promise.all([world.login('agent@hilo.test'), world.login('store@hilo.test')]);
  });
  beforeEach(async () => {
    person = await world.outside.newcomer();
  });
  afterAll(() => world?.stop());

  const post = (body: unknown) => ({ method: 'POST', body });
  const refusalOf = async (attempt: Promise<Answer>) => {
    const { status, code } = errorOf(await attempt);
    return `${status} ${code}`;
  };
  const caseOf = async (words: string) => {
    const [row] = await waitFor(async () => {
      const rows = await agent.cases(`q=${words}`);
      return rows.length === 1 && rows;
    });
    return { caseId: row?.id ?? '', customerId: row?.customer.id ?? '' };
  };
  const customer = (id: string) => agent.done(`/customers/${id}`, CustomerDetail);
  const proof = (caseId: string) => agent.done(`/cases/${caseId}/proof`, CaseProof);
  const send = async (caseId: string) => {
    const { reachable } = await proof(caseId);
    const contactPointId = reachable[0]?.contactPointId;
    return agent.done(`/cases/${caseId}/one-time-codes`, CaseProof, post({ contactPointId }));
  };
  const confirm = (caseId: string, code: string) =>
    agent.ask(`/cases/${caseId}/one-time-codes/confirm`, post({ code }));
  const codeIn = (text: string) => /\b\d{6}\b/u.exec(text)?.[0];
  /** Everything the product says of a case to whoever looks. */
  const everything = async (caseId: string, customerId: string) => {
    const said = await Promise.all(
      [`/cases/${caseId}`, `/cases/${caseId}/timeline`, `/cases/${caseId}/proof`, `/customers/${customerId}`].map(
        (path) => agent.ask(path),
      ),
    );
    return said.map(({ bytes }) => bytes.toString()).join('\n');
  };

  it('is asked for by a code in the mail, and then what was masked is told', async () => {
    await world.outside.writeMail(person, { subject: 'Factura', text: 'No entiendo la factura' });
    const { caseId, customerId } = await caseOf(person.email);
    await agent.ask(`/customers/${customerId}/contact-points`, post({ kind: 'document', value: DOCUMENT }));
    const [document] = (await customer(customerId)).contactPoints.filter(({ kind }) => kind === 'document');
    expect(document).toMatchObject({ masked: true, value: null, display: '•••• 78Z', source: 'staff' });
    const reveal = () => agent.ask(`/customers/${customerId}/contact-points/${document?.id ?? ''}/reveal`, post({}));
    expect(await refusalOf(reveal())).toBe('403 proof.required');

    await send(caseId);
    const mail = await waitFor(async () => (await world.outside.mailsTo(person)).find(({ text }) => codeIn(text)));
    const code = codeIn(mail.text) ?? '';
    expect(await everything(caseId, customerId)).not.toContain(code);
    expect(await everything(caseId, customerId)).not.toContain(DOCUMENT);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect(errorOf(await confirm(caseId, wrong))).toMatchObject({
      status: 422,
      code: 'code.wrong',
      details: { triesLeft: 4 },
    });
    expect((await confirm(caseId, code)).status).toBe(200);
    expect(await proof(caseId)).toMatchObject({ level: 'strong', method: 'one_time_code', code: null });
    expect(await refusalOf(confirm(caseId, code))).toBe('409 code.expired');
    expect(RevealedContactPoint.parse((await reveal()).body)).toMatchObject({ value: DOCUMENT });
    const { items } = await agent.done(`/cases/${caseId}/timeline`, TimelinePage);
    const told = items.flatMap((entry) => (entry.type === 'event' ? [entry.event] : []));
    expect(told).toEqual(expect.arrayContaining(['proof.given', 'contact_point.shown']));
  });

  it('is asked for by a code on X, whose echo betrays nothing', async () => {
    await world.outside.writeDm(person, 'No tengo línea');
    const { caseId, customerId } = await caseOf(person.handle);
    await send(caseId);
    const message = await waitFor(async () => (await world.outside.dmsTo(person)).find(({ text }) => codeIn(text)));
    const code = codeIn(message.text) ?? '';
    // Their answer comes by the same road as the echo, after it.
    await world.outside.writeDm(person, `¿Es este? > ${message.text}`);
    await waitFor(async () => {
      const { items } = await agent.done(`/cases/${caseId}/timeline`, TimelinePage);
      return items.some((entry) => entry.type === 'interaction' && entry.text.startsWith('¿Es este?'));
    });
    const { items } = await agent.done(`/cases/${caseId}/timeline`, TimelinePage);
    expect(items.filter((entry) => entry.type === 'interaction' && entry.direction === 'outbound')).toHaveLength(1);
    expect(await everything(caseId, customerId)).not.toContain(code);
    expect((await confirm(caseId, code)).status).toBe(200);
  });

  it('changes hands with a number: what comes next is the new holder’s, and no answer of ours goes there by the old case', async () => {
    await world.outside.writeMail(person, { subject: 'Avería', text: 'La de antes' });
    const old = await caseOf(person.email);
    const [point] = (await customer(old.customerId)).contactPoints;
    const path = `/customers/${old.customerId}/contact-points/${point?.id ?? ''}`;
    const both = { method: 'PATCH', body: { end: { reason: 'somebody_else' }, shared: true } };
    expect(await refusalOf(agent.ask(path, both))).toBe('400 request.invalid');
    await agent.done(path, CustomerDetail, { method: 'PATCH', body: { end: { reason: 'somebody_else' } } });
    const answer = agent.ask(`/cases/${old.caseId}/replies`, post({ channel: 'email', text: 'Hola' }));
    expect(await refusalOf(answer)).toBe('422 thread.unreachable');
    await world.outside.writeMail(person, { subject: 'Alta', text: 'Acabo de estrenar este correo' });
    const { caseId, customerId } = await waitFor(async () => {
      const rows = await agent.cases('q=estrenar');
      return rows[0] && { caseId: rows[0].id, customerId: rows[0].customer.id };
    });
    expect([caseId, customerId]).not.toEqual([old.caseId, old.customerId]);
    expect((await customer(old.customerId)).contactPoints).toMatchObject([{ ended: { reason: 'somebody_else' } }]);
    expect((await customer(customerId)).contactPoints).toMatchObject([{ until: null, display: person.email }]);
  });

  it('is nothing to whoever may not see the case, nor vouched for by whoever cannot see a document', async () => {
    await world.outside.writeMail(person, { subject: 'Hola', text: 'Asunto privado' });
    const { caseId, customerId } = await caseOf(person.email);
    const [point] = (await customer(customerId)).contactPoints;
    const seen = post({ method: 'document_seen', document: { kind: 'nif', number: DOCUMENT } });
    const tries: [Staff, string, { method?: string; body?: unknown }, string][] = [
      [store, `/cases/${caseId}/proof`, {}, '404 case.not_found'],
      [store, `/cases/${caseId}/proofs`, seen, '404 case.not_found'],
      [store, `/cases/${caseId}/one-time-codes`, post({ contactPointId: point?.id }), '404 case.not_found'],
      [store, `/cases/${caseId}/one-time-codes/confirm`, post({ code: '000000' }), '404 case.not_found'],
      [store, `/customers/${customerId}`, {}, '404 customer.not_found'],
      [
        store,
        `/customers/${customerId}/contact-points`,
        post({ kind: 'phone', value: '612407718' }),
        '404 customer.not_found',
      ],
      [store, `/customers/${customerId}/contact-points/${point?.id ?? ''}/reveal`, post({}), '404 customer.not_found'],
      [agent, `/cases/${caseId}/proofs`, seen, '403 permission.denied'],
      [agent, `/cases/${caseId}/one-time-codes`, post({ contactPointId: customerId }), '422 code.unreachable'],
    ];
    for (const [staff, path, asked, refusal] of tries)
      expect([path, await refusalOf(staff.ask(path, asked))]).toEqual([path, refusal]);
    expect(await proof(caseId)).toMatchObject({ level: 'none', code: null });
  });
});
