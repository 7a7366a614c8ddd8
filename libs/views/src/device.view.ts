import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { maskOf, readDeviceNumber, type SearchHit } from '#contracts';
import { theirs } from './case-row.sql.js';
import type { Reader } from './inbox.view.js';

/** Fewer letters are no serial number. */
const SERIAL = /^(?=.*\d)[\p{L}\d-]{6,40}$/u;

interface Row {
  id: string;
  name: string;
  imei: string | null;
  caseId: string | null;
  reference: string | null;
}

/** Phones by any of their numbers, with the newest case of theirs that the reader may see. */
@Injectable()
export class DeviceView {
  constructor(private readonly database: DataSource) {}

  async find({ storeId }: Reader, q: string, limit: number): Promise<SearchHit[]> {
    const read = readDeviceNumber(q);
    const serial = q.replace(/\s/gu, '');
    if (read.kind === null && !SERIAL.test(serial)) return [];
    const sight = storeId === null ? 'true' : theirs('$4');
    const rows: Row[] = await this.database.query(
      `select d.id, coalesce(m.brand || ' ' || m.name, d.model_name, '') as name, d.imei, k.id as "caseId", k.reference
       from (select living_device(n.device_id) as id from device_number n where n.number = $1
             union select living_device(s.id) from device s where lower(s.serial) = lower($2)) x
         join device d on d.id = x.id left join device_model m on m.id = d.model_id
         left join lateral (select c.id, c.reference from case_device o join cases c on c.id = o.case_id
           where o.device_id = d.id and c.status <> 'merged' and ${sight} order by c.is_open desc, o.last_at desc limit 1) k on true
       order by d.created_at desc, d.id limit $3`,
      [read.kind === null ? null : read.value, serial, limit, ...(storeId === null ? [] : [storeId])],
    );
    return rows.map(({ id, name, imei, caseId, reference }) => ({
      ...{ kind: 'device', id, title: name, caseId, reference, at: null },
      text: imei ? `IMEI ${maskOf('imei', imei)}` : '',
    }));
  }
}
