import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Hands } from '#contracts';
import { visible } from '#cases';
import { demand, visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';
import { drawLabel, type LabelData } from './label.pdf.js';

interface LabelRow {
  code: string;
  from: Hands;
  to: Hands;
  fromLines: string[];
  toLines: string[];
  courier: string | null;
  trackingNumber: string | null;
  reference: string;
  handoff: string | null;
  partnerRef: string | null;
  at: Date;
}

/** Where a store or a partner is, for who carries something there. */
const linesOf = (side: 'from' | 'to'): string =>
  `case l.${side}_kind
     when 'store' then (select array_remove(array[s.address, s.city, s.phone], null) from store s where s.id = l.${side}_id)
     when 'partner' then (select string_to_array(p.postal_address, e'\\n') from partner p where p.id = l.${side}_id)
     else '{}'
   end`;

const LABEL = `select l.code, json_build_object('kind', l.from_kind, 'id', l.from_id, 'name', l.from_name) as "from",
    json_build_object('kind', l.to_kind, 'id', l.to_id, 'name', l.to_name) as "to", ${linesOf('from')} as "fromLines", ${linesOf('to')} as "toLines",
    l.courier_name as courier, l.tracking_number as "trackingNumber", c.reference, h.reference as handoff, h.partner_ref as "partnerRef", l.planned_at as at
  from custody_leg l join cases c on c.id = l.case_id left join handoff h on h.id = l.handoff_id where l.id = $1 and ${visible('$2')}`;

/** Of a customer a label says only that it is one: strangers read it. */
const CUSTOMER = 'Cliente · Customer';

/** What is stuck on a shipment. */
@Injectable()
export class LegLabels {
  /** @throws DomainError permission.denied, leg.not_found */
  async pdf(tx: EntityManager, principal: Principal, legId: string): Promise<{ fileName: string; bytes: Buffer }> {
    demand(principal, 'custody.move');
    const rows: LabelRow[] = await tx.query(LABEL, [legId, visibleStore(principal)]);
    if (!rows[0]) throw new DomainError('leg.not_found');
    return { fileName: `${rows[0].code}.pdf`, bytes: await drawLabel(labelOf(rows[0])) };
  }
}

function labelOf(row: LabelRow): LabelData {
  const { code, courier, trackingNumber, handoff, partnerRef, reference, at } = row;
  const side = ({ kind, name }: Hands, lines: string[]) => ({ name: kind === 'customer' ? CUSTOMER : name, lines });
  return {
    ...{ code, courier, trackingNumber, at },
    from: side(row.from, row.fromLines),
    to: side(row.to, row.toLines),
    references: handoff === null ? [reference] : [handoff, ...(partnerRef === null ? [] : [partnerRef])],
  };
}
