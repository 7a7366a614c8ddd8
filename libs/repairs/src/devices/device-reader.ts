import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  maskOf,
  readDeviceNumber,
  type CaseDevice,
  type Device,
  type DeviceFault,
  type DeviceLink,
  type DeviceOwner,
  type DeviceRef,
  type DeviceWarning,
  type ProofFile,
  type Purchase,
} from '#contracts';
import { findCase, visible } from '#cases';
import { demand, visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';
import { DecisionReader } from '../warranty/decision-reader.js';
import { WarrantyTerms } from '../warranty/warranty-terms.service.js';
import { chainOf } from './device-chain.js';
import { DeviceHistories } from './device-history.js';
import { DEVICE_NAME, FAMILY } from './device.store.js';

interface DeviceRow extends DeviceRef {
  brand: string | null;
  model: Device['model'];
  purchase: Purchase | null;
  replacedBy: string | null;
}

const ROW = `d.id, d.imei, d.imei2, d.meid, d.serial, ${DEVICE_NAME} as name, m.brand, d.purchase, d.replaced_by as "replacedBy",
  case when m.id is not null then json_build_object('id', m.id, 'brand', m.brand, 'name', m.name, 'os', m.os, 'sim', m.sim) end as model`;
const FROM = 'from device d left join device_model m on m.id = d.model_id';

/** Phones as they are shown: numbers masked, of cases and customers what the reader may see. */
@Injectable()
export class DeviceReader {
  constructor(
    private readonly terms: WarrantyTerms,
    private readonly histories: DeviceHistories,
    private readonly decisions: DecisionReader,
  ) {}

  /** By an IMEI, a MEID or a serial number; nothing that begins like one. */
  async find(tx: EntityManager, principal: Principal, typed: string): Promise<DeviceRef[]> {
    demand(principal, 'device.read');
    const read = readDeviceNumber(typed);
    const rows: DeviceRow[] = await tx.query(
      `select ${ROW} ${FROM} where d.id in (
         select living_device(n.device_id) from device_number n where n.number = $1 union
         select living_device(s.id) from device s where lower(s.serial) = lower($2)) order by d.created_at desc, d.id limit 20`,
      [read.kind === null ? null : read.value, typed.replace(/\s/gu, '')],
    );
    return rows.map(masked);
  }

  /** @throws DomainError permission.denied, device.not_found */
  async one(tx: EntityManager, principal: Principal, id: string): Promise<Device> {
    demand(principal, 'device.read');
    const rows: DeviceRow[] = await tx.query(`select ${ROW} ${FROM} where d.id = living_device($1)`, [id]);
    const device = rows[0];
    if (!device) throw new DomainError('device.not_found');
    const history = await this.histories.of(tx, principal, device.id, null);
    const replaced: DeviceRow[] = await tx.query(
      `select ${ROW}, d.id = living_device($2::uuid) as later ${FROM} where d.id = living_device($2::uuid) or d.replaced_by in ${FAMILY}`,
      [device.id, device.replacedBy],
    );
    const later = replaced.find((row) => 'later' in row && row.later === true);
    return {
      ...masked(device),
      model: device.model,
      purchase: device.purchase,
      terms: await this.terms.of(tx, device),
      owners: await this.owners(tx, principal, device.id),
      replacedBy: later ? masked(later) : null,
      replaces: replaced.filter((row) => row !== later).map(masked),
      chain: await this.chain(tx, device.id),
      proofFile: await this.proofFile(tx, principal, device.purchase),
      warnings: warningsOf(device, false, []),
      history,
    };
  }

  /** @throws DomainError permission.denied, case.not_found */
  async ofCase(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseDevice[]> {
    demand(principal, 'device.read');
    const caseId = await findCase(tx, principal, idOrReference);
    const rows: (DeviceRow & { presentedAt: Date; another: boolean; earlierCases: number })[] = await tx.query(
      `select distinct on (d.id) ${ROW}, k.last_at as "presentedAt", k.another,
         (select count(distinct o.case_id)::int from case_device o where living_device(o.device_id) = d.id and living_case(o.case_id) <> $1) as "earlierCases"
       from case_device k join device d on d.id = living_device(k.device_id) left join device_model m on m.id = d.model_id
       where k.case_id = $1 order by d.id, k.last_at desc`,
      [caseId],
    );
    rows.sort((one, other) => other.presentedAt.getTime() - one.presentedAt.getTime());
    const devices: CaseDevice[] = [];
    for (const row of rows) {
      const faults = await this.faults(tx, principal, caseId, row.id);
      devices.push({
        ...masked(row),
        presentedAt: row.presentedAt.toISOString(),
        warnings: warningsOf(row, row.another, faults),
        purchase: row.purchase,
        proofFile: await this.proofFile(tx, principal, row.purchase),
        replacedBy: await this.named(tx, row.replacedBy),
        terms: await this.terms.of(tx, row),
        faults,
        decisions: await this.decisions.ofCase(tx, caseId, row.id),
        earlierCases: row.earlierCases,
      });
    }
    return devices;
  }

  /** Phones that took one another's place; none when it is by itself. */
  private async chain(tx: EntityManager, id: string): Promise<DeviceLink[]> {
    const links = await chainOf(tx, id);
    if (links.length < 2) return [];
    const rows: DeviceRow[] = await tx.query(`select ${ROW} ${FROM} where d.id = any($1)`, [
      links.map((one) => one.id),
    ]);
    return links.flatMap((link) => {
      const row = rows.find((one) => one.id === link.id);
      return row ? [{ ...masked(row), replacedAt: link.replacedAt?.toISOString() ?? null, reason: link.reason }] : [];
    });
  }

  private async named(tx: EntityManager, id: string | null): Promise<DeviceRef | null> {
    if (!id) return null;
    const rows: DeviceRow[] = await tx.query(`select ${ROW} ${FROM} where d.id = living_device($1)`, [id]);
    return rows[0] ? masked(rows[0]) : null;
  }

  /** What shows when it was bought, where the reader may open it. */
  private async proofFile(
    tx: EntityManager,
    principal: Principal,
    purchase: Purchase | null,
  ): Promise<ProofFile | null> {
    if (!purchase?.proofId) return null;
    const rows: ProofFile[] = await tx.query(
      `select a.id, a.file_name as "fileName", a.content_type as "contentType" from attachment a
         left join interaction i on i.id = a.interaction_id left join case_file f on f.attachment_id = a.id
       where a.id = $1 and ${visible('$2', 'coalesce(i.case_id, f.case_id)')}`,
      [purchase.proofId, visibleStore(principal)],
    );
    return rows[0] ?? null;
  }

  private async faults(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    deviceId: string,
  ): Promise<DeviceFault[]> {
    const rows: { item: DeviceFault }[] = await tx.query(
      `select json_build_object('id', f.id, 'kind', f.kind, 'said', f.said, 'at', iso(f.at), 'returned', case when f.returned_from is not null then
           json_build_object('caseReference', case when ${visible('$3')} then c.reference end, 'at', iso(e.at), 'months', f.returned_months,
             'free', case when p.id is not null then json_build_object('clause', p.clause, 'source', p.source, 'es', p.es, 'en', p.en) end) end) as item
       from device_fault f left join device_fault e on e.id = f.returned_from left join cases c on c.id = living_case(e.case_id)
         left join warranty_parameter p on p.id = f.free_by
       where f.device_id in ${FAMILY} and f.case_id = $2 order by f.at desc, f.id desc`,
      [deviceId, caseId, visibleStore(principal)],
    );
    return rows.map(({ item }) => item);
  }

  /** Whose it was; a customer none of whose cases the reader may see is not named. */
  private async owners(tx: EntityManager, principal: Principal, deviceId: string): Promise<DeviceOwner[]> {
    const rows: { item: DeviceOwner }[] = await tx.query(
      `select json_build_object('customer', case when $2::text is null or exists (select from cases c where c.customer_id = u.id and ${visible('$2')})
           then json_build_object('id', u.id, 'displayName', u.display_name) end, 'from', iso(o."from"), 'until', iso(o.until), 'reason', o.reason) as item
       from device_ownership o join customer u on u.id = living_customer(o.customer_id) where o.device_id in ${FAMILY} order by o."from" desc, o.id`,
      [deviceId, visibleStore(principal)],
    );
    return rows.map(({ item }) => item);
  }
}

const hidden = (number: string | null): string | null => number && maskOf('imei', number);

const masked = ({ id, name, imei, imei2, meid, serial }: DeviceRow): DeviceRef => ({
  ...{ id, name, imei: hidden(imei), imei2: hidden(imei2), meid: hidden(meid), serial: hidden(serial) },
});

function warningsOf(device: DeviceRow, another: boolean, faults: DeviceFault[]): DeviceWarning[] {
  const warnings: DeviceWarning[] = [];
  if (another) warnings.push('another_owner');
  if (device.replacedBy) warnings.push('replaced');
  if (device.imei && !device.model) warnings.push('tac_unknown');
  if (faults.some(({ returned }) => returned)) warnings.push('fault_returned');
  return warnings;
}
