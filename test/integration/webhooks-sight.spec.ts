import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EVENTS, WebhookBody } from '#contracts';
import { WebhookFan, WebhookPost, Webhooks } from '#handoffs';
import { newId } from '#platform';
import { aPerson, arrive, dm, openRooms, type Rooms } from '../factories/rooms.js';
import { EVENT_SAMPLES, SAID, SAMPLE_ID } from '../support/event-samples.js';

/** Every event of the house, with something private in every text of it, as it leaves for another system. */

interface Sent {
  raw: string;
  type: string;
  data: Record<string, unknown>;
}

const STAFF = 'Berenguela Oquendo';
let rooms: Rooms;
let system: Server;
let caseId = '';
const sent: Sent[] = [];
beforeAll(async () => {
  rooms = await openRooms();
  system = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    request.on('end', () => {
      sent.push({ ...(JSON.parse(raw) as Omit<Sent, 'raw'>), raw });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => system.listen(0, '127.0.0.1', done));
  const { port } = system.address() as AddressInfo;
  const admin = await aPerson(rooms, 'admin');
  const { database, db } = rooms;
  const body = WebhookBody.parse({ url: `http://127.0.0.1:${port}/` });
  await database.transaction((tx) => rooms.get(Webhooks).add(tx, admin, body));
  ({ caseId } = await arrive(rooms, dm('900200001', { displayName: 'Lucía Ferrer' })));
  const events = EVENT_SAMPLES.map((event) => ({ id: newId(), ...event }));
  await db.query(
    `insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_id, actor_name, source, at)
     select e.id, $1, 1, e.type, e.data, 'agent', $2, $3, 'test', now() from jsonb_to_recordset($4::jsonb) as e (id uuid, type text, data jsonb)`,
    [caseId, admin.id, STAFF, JSON.stringify(events)],
  );
  const ids = events.map(({ id }) => id);
  await database.transaction((tx) => rooms.get(WebhookFan).fan(tx, ids));
  while (await rooms.get(WebhookPost).sendSome());
}, 90_000);
afterAll(async () => {
  await new Promise((done) => system.close(done));
  await rooms.close();
});

it('leave, all of them', () => {
  expect(sent.map(({ type }) => type).toSorted()).toEqual(Object.keys(EVENTS).toSorted());
});

it('say nothing that was written, nobody’s name, no figure but the number of a version', () => {
  const known = ['Lucía', 'Ferrer', '900200001', STAFF, SAID, '612407755'];
  const told = sent.flatMap(({ type, raw }) => {
    const rest = raw.replace(/"version":\d+/u, '');
    return known.filter((one) => rest.includes(one)).map((one) => [type, one]);
  });
  expect(told).toEqual([]);
});

it('say ids, and words the house has given', () => {
  const always = ['caseId', 'caseReference', 'caseVersion'];
  const words: Record<string, string[]> = {};
  for (const { type, data, raw } of sent) {
    expect(Object.keys(JSON.parse(raw) as object).toSorted()).toEqual(['data', 'id', 'timestamp', 'type']);
    expect(data).toMatchObject({ caseId, caseVersion: 1 });
    for (const [key, value] of Object.entries(data)) {
      if (always.includes(key)) continue;
      if (key.endsWith('Id')) expect([type, key, value]).toEqual([type, key, SAMPLE_ID]);
      else words[key] = [...(words[key] ?? []), type];
    }
  }
  expect(words).toMatchInlineSnapshot(`
    {
      "channel": [
        "case.opened",
        "interaction.received",
        "interaction.queued",
        "interaction.sent",
        "interaction.failed",
        "interaction.delayed",
        "closing.asked",
        "benefit.code_sent",
      ],
      "direction": [
        "handoff.drafted",
        "handoff.sent",
        "handoff.acknowledged",
        "handoff.accepted",
        "handoff.rejected",
        "handoff.asked",
        "handoff.answered",
        "handoff.progressed",
        "handoff.eta_moved",
        "handoff.quoted",
        "handoff.device_received",
        "handoff.device_dispatched",
        "handoff.resolved",
        "handoff.reopened",
        "handoff.closed",
        "handoff.expired",
        "handoff.cancelled",
        "handoff.recalled",
        "handoff.went_on",
        "handoff.nudged",
        "handoff.noted",
        "handoff.undeliverable",
        "handoff.late_word",
        "handoff.forgotten",
      ],
      "from": [
        "case.reopened",
        "case.status_changed",
        "case.priority_changed",
        "impact.moved",
        "problem.moved",
        "handoff.late_word",
        "repair.moved",
        "repair.held",
      ],
      "kind": [
        "impact.moved",
        "fact.added",
        "fact.corrected",
        "fact.withdrawn",
        "promise.made",
        "promise.decided",
        "device.term_added",
        "device.term_removed",
        "relief.planned",
        "relief.done",
        "relief.cancelled",
        "intake.finished",
        "benefit.proposed",
        "benefit.approved",
        "benefit.refused",
        "benefit.cancelled",
        "benefit.started",
        "benefit.issued",
        "benefit.code_shown",
        "benefit.code_sent",
        "benefit.stopped",
        "benefit.ended",
      ],
      "late": [
        "loan.returned",
      ],
      "mode": [
        "handoff.drafted",
        "handoff.sent",
        "handoff.acknowledged",
        "handoff.accepted",
        "handoff.rejected",
        "handoff.asked",
        "handoff.answered",
        "handoff.progressed",
        "handoff.eta_moved",
        "handoff.quoted",
        "handoff.device_received",
        "handoff.device_dispatched",
        "handoff.resolved",
        "handoff.reopened",
        "handoff.closed",
        "handoff.expired",
        "handoff.cancelled",
        "handoff.recalled",
        "handoff.went_on",
        "handoff.nudged",
        "handoff.noted",
        "handoff.undeliverable",
        "handoff.late_word",
        "handoff.forgotten",
      ],
      "outcome": [
        "interaction.file_came",
        "handoff.resolved",
        "loan.decided",
        "warranty.proposed",
        "warranty.decided",
        "warranty.withdrawn",
        "warranty.review_asked",
        "warranty.reviewed",
        "warranty.told",
      ],
      "state": [
        "promise.decided",
        "handoff.drafted",
        "handoff.sent",
        "handoff.acknowledged",
        "handoff.accepted",
        "handoff.rejected",
        "handoff.asked",
        "handoff.answered",
        "handoff.progressed",
        "handoff.eta_moved",
        "handoff.quoted",
        "handoff.device_received",
        "handoff.device_dispatched",
        "handoff.resolved",
        "handoff.reopened",
        "handoff.closed",
        "handoff.expired",
        "handoff.cancelled",
        "handoff.recalled",
        "handoff.went_on",
        "handoff.nudged",
        "handoff.noted",
        "handoff.undeliverable",
        "handoff.late_word",
        "handoff.forgotten",
        "claim.settled",
      ],
      "to": [
        "case.status_changed",
        "case.priority_changed",
        "impact.moved",
        "problem.moved",
        "repair.moved",
        "repair.held",
      ],
      "version": [
        "quote.offered",
        "quote.approved",
        "quote.declined",
        "quote.expired",
        "quote.withdrawn",
        "quote.nudged",
        "policy.reapplied",
      ],
    }
  `);
});
