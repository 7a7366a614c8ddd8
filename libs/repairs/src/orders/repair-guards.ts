import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Blocker, type Language, type RepairStage } from '#contracts';
import { ClosingGuards, type ClosingGuard } from '#cases';
import { DEVICE_NAME } from './order-record.js';

/** How a stage is named to staff. */
const STAGES: Record<Language, Record<RepairStage, string>> = {
  es: {
    received: 'recibido',
    diagnosed: 'diagnosticado',
    quoted: 'con presupuesto por decidir',
    approved: 'aprobado',
    in_repair: 'en reparación',
    repaired: 'reparado, sin devolver',
    returned: 'devuelto',
    closed: 'terminado',
    unrepairable: 'sin reparación posible, sin devolver',
    declined: 'presupuesto rechazado, sin devolver',
    cancelled: 'cancelado, sin devolver',
  },
  en: {
    received: 'received',
    diagnosed: 'diagnosed',
    quoted: 'quoted and not decided',
    approved: 'approved',
    in_repair: 'in repair',
    repaired: 'repaired, not handed back',
    returned: 'returned',
    closed: 'finished',
    unrepairable: 'cannot be repaired, not handed back',
    declined: 'quote declined, not handed back',
    cancelled: 'cancelled, not handed back',
  },
};

const FROM = `from repair_order r join device d on d.id = r.device_id left join device_model m on m.id = d.model_id`;

const repairs: ClosingGuard = async (tx, caseId) => {
  const rows: { id: string; name: string; stage: RepairStage }[] = await tx.query(
    `select r.id, ${DEVICE_NAME} as name, r.stage ${FROM} where r.case_id = $1 and r.stage not in ('returned', 'closed') order by r.opened_at, r.id`,
    [caseId],
  );
  return rows.map(({ id, name, stage }): Blocker => ({
    kind: 'repair',
    id,
    text: { es: `Reparación de ${name}: ${STAGES.es[stage]}`, en: `Repair of ${name}: ${STAGES.en[stage]}` },
  }));
};

const data: ClosingGuard = async (tx, caseId) => {
  const rows: { id: string; name: string }[] = await tx.query(
    `select r.id, ${DEVICE_NAME} as name ${FROM} join data_recovery t on t.repair_order_id = r.id
     where r.case_id = $1 and t.state <> 'done' order by r.opened_at, r.id`,
    [caseId],
  );
  return rows.map(({ id, name }): Blocker => ({
    kind: 'data',
    id,
    text: { es: `Recuperar los datos de ${name}: sin terminar`, en: `Recovery of the data of ${name}: not finished` },
  }));
};

/** A case whose device is not back, or whose data somebody still looks for, is not over. */
@Injectable()
export class RepairGuards implements OnModuleInit {
  constructor(private readonly guards: ClosingGuards) {}

  onModuleInit(): void {
    this.guards.register(repairs);
    this.guards.register(data);
  }
}
