import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Blocker } from '#contracts';
import { ClosingGuards, type ClosingGuard } from '#cases';

const handoffs: ClosingGuard = async (tx, caseId) => {
  const rows: { id: string; reference: string; partner: string }[] = await tx.query(
    `select h.id, h.reference, p.name as partner from handoff h join partner p on p.id = h.partner_id
     where h.case_id = $1 and h.state in ('sent', 'acknowledged', 'accepted', 'info_requested', 'in_progress', 'resolved')
       and not (h.direction = 'in' and h.state = 'resolved') order by h.opened_at, h.id`,
    [caseId],
  );
  return rows.map(({ id, reference, partner }): Blocker => ({
    kind: 'handoff',
    id,
    text: {
      es: `Traspaso ${reference} a ${partner}: sin cerrar`,
      en: `Handoff ${reference} to ${partner}: not closed`,
    },
  }));
};

/** A case whose work another company still has is not over. */
@Injectable()
export class HandoffGuard implements OnModuleInit {
  constructor(private readonly guards: ClosingGuards) {}

  onModuleInit(): void {
    this.guards.register(handoffs);
  }
}
