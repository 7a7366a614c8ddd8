import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Blocker } from '#contracts';
import { ClosingGuards } from '#cases';

interface LiveLoan {
  id: string;
  state: 'reserved' | 'active';
  name: string;
  label: string;
}

const textOf = ({ state, name, label }: LiveLoan): Blocker['text'] =>
  state === 'active'
    ? { es: `Tiene prestado un ${name} (${label})`, en: `They have a ${name} of ours (${label})` }
    : { es: `Se le guarda un ${name} (${label})`, en: `A ${name} is kept for them (${label})` };

/** A case is not closed over a phone of ours. */
@Injectable()
export class LoanGuard implements OnModuleInit {
  constructor(private readonly guards: ClosingGuards) {}

  onModuleInit(): void {
    this.guards.register(async (tx, caseId) => {
      const rows: LiveLoan[] = await tx.query(
        `select n.id, n.state, m.brand || ' ' || m.name as name, l.label from loan n join loaner l on l.id = n.loaner_id join loaner_model m on m.id = l.model_id
         where n.case_id = $1 and n.slot is not null order by n.reserved_at, n.id`,
        [caseId],
      );
      return rows.map((loan) => ({ kind: 'loan', id: loan.id, text: textOf(loan) }));
    });
  }
}
