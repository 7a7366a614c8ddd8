import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canReturn, type DecisionOutcome, type FaultBody, type Priority } from '#contracts';
import { actorOf, lockCase, record, type CaseRecord, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, CONFIG, newId, type Clock, type Config } from '#platform';
import { dayIn } from '../warranty/days.rules.js';
import { ParameterShelf } from '../warranty/parameter-shelf.js';
import { raised, returnedFrom, type Returned } from '../warranty/repeat.rules.js';
import { parameterFor } from '../warranty/terms.rules.js';
import { demandOnCase, FAMILY, lockDevice, type DeviceRecord } from './device.store.js';

interface EarlierRow {
  id: string;
  caseId: string;
  reference: string;
  at: Date;
  since: Date;
  outcome: DecisionOutcome | null;
}

/** What is wrong with a phone; whether it was wrong before is found out as it is said. */
@Injectable()
export class DeviceFaults {
  constructor(
    private readonly shelf: ParameterShelf,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Said again on the same case it stands as it is, but for its words.
   * @throws DomainError permission.denied, case.not_found, device.not_found, device.not_on_case
   */
  async add(tx: EntityManager, principal: Principal, idOrReference: string, deviceId: string, body: FaultBody) {
    demand(principal, 'device.write');
    const found = await lockCase(tx, principal, idOrReference);
    const device = await lockDevice(tx, deviceId);
    await demandOnCase(tx, found.id, device.id);
    const events = await this.state(tx, principal, found, device, body);
    if (events.length > 0) await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), events);
    return found.id;
  }

  /** Of a case and a phone that are locked; what happened is for the caller to record. */
  async state(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    device: DeviceRecord,
    { kind, said }: FaultBody,
  ): Promise<NewEvent[]> {
    const words = said === undefined || said === '' ? null : said;
    const known: [unknown[], number] = await tx.query(
      'update device_fault set said = coalesce($4, said) where case_id = $1 and device_id = $2 and kind = $3',
      [found.id, device.id, kind, words],
    );
    if (known[1] > 0) return [];
    const earlier = canReturn(kind) ? await earlierFault(tx, device.id, kind, found.id) : null;
    const returned = earlier && (await this.judge(tx, device, earlier));
    const now = this.clock.now();
    await tx.query(
      `insert into device_fault (id, case_id, device_id, kind, said, stated_by, at, returned_from, returned_months, free_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[newId(), found.id, device.id, kind, words, principal.id, now],
        ...(returned ? [earlier.id, returned.months, returned.free?.id ?? null] : [null, null, null]),
      ],
    );
    const what = { deviceId: device.id, name: device.name, fault: kind };
    const events: NewEvent[] = [{ type: 'device.fault_stated', data: what }];
    if (!returned) return events;
    const clause = returned.free?.clause ?? null;
    const back = {
      earlierCaseId: earlier.caseId,
      earlierReference: earlier.reference,
      months: returned.months,
      clause,
    };
    events.push({ type: 'device.fault_returned', data: { ...what, ...back } });
    return [...events, ...(await raise(tx, found))];
  }

  private async judge(tx: EntityManager, device: DeviceRecord, earlier: EarlierRow): Promise<Returned | null> {
    const day = (at: Date) => dayIn(this.config.timeZone, at);
    const parameters = await this.shelf.all(tx);
    const bought = device.purchase ?? { country: 'ES', boughtOn: day(earlier.at) };
    return returnedFrom(
      { since: day(earlier.since), outcome: earlier.outcome },
      day(this.clock.now()),
      parameterFor(parameters, 'repeat_window', { ...bought, boughtOn: day(this.clock.now()) }),
      parameterFor(parameters, 'repeat_after_repair', bought),
    );
  }
}

/** When it was given back after a repair on the case of the fault `f` (SQL). */
const GIVEN_BACK = `select max(s.at) as at from repair_order r join repair_step s on s.repair_order_id = r.id and s."to" = 'returned'
  where r.case_id = f.case_id and r.device_id = f.device_id`;

/** The last time before that this was wrong with this phone, on another case. */
async function earlierFault(
  tx: EntityManager,
  deviceId: string,
  kind: string,
  caseId: string,
): Promise<EarlierRow | null> {
  const rows: EarlierRow[] = await tx.query(
    `select f.id, c.id as "caseId", c.reference, f.at, greatest(f.at, c.closed_at, b.at) as since,
       (select w.outcome from warranty_decision w where w.case_id = f.case_id and w.device_id = f.device_id and w.place = 'holds') as outcome
     from device_fault f join cases c on c.id = living_case(f.case_id), lateral (${GIVEN_BACK}) b
     where f.device_id in ${FAMILY} and f.kind = $2 and c.id <> $3 order by greatest(f.at, c.closed_at, b.at) desc, f.id desc limit 1`,
    [deviceId, kind, caseId],
  );
  return rows[0] ?? null;
}

/** A case goes before others once, however much comes back. */
async function raise(tx: EntityManager, found: CaseRecord): Promise<NewEvent[]> {
  const [{ times } = { times: 0 }]: { times: number }[] = await tx.query(
    'select count(*)::int as times from device_fault where case_id = $1 and returned_from is not null',
    [found.id],
  );
  const to: Priority = raised(found.priority);
  if (times !== 1 || to === found.priority) return [];
  await tx.query('update cases set priority = $2 where id = $1', [found.id, to]);
  return [{ type: 'case.priority_changed', data: { from: found.priority, to } }];
}
