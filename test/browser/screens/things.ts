import type {
  CaseBenefits,
  CaseCustody,
  CaseDeviceList,
  CaseHandoffs,
  CaseLoans,
  CaseRepairs,
  CompensationList,
} from '#contracts';

const DEVICES: CaseDeviceList = { items: [] };
const REPAIRS: CaseRepairs = { items: [], relief: [] };
const LOANS: CaseLoans = { decision: null, decisions: [], loans: [] };
const CUSTODY: CaseCustody = { devices: [] };
const HANDOFFS: CaseHandoffs = { items: [] };
const BENEFITS: CaseBenefits = {
  ...{ items: [], without: null, timeZone: 'Europe/Madrid', tier: 'standard', fees: [], canGive: false },
  left: { cents: null, currency: 'EUR', windowDays: 30 },
};
const COMPENSATIONS: CompensationList = { items: [] };

/** What is asked of a case that nobody brought a phone to: its phones, repairs, loans and benefits, and its clocks. */
export const NOTHING_OF: Readonly<Record<string, object>> = {
  ...{ clocks: { items: [] }, devices: DEVICES, repairs: REPAIRS, loans: LOANS },
  ...{ handoffs: HANDOFFS, custody: CUSTODY, benefits: BENEFITS, compensations: COMPENSATIONS },
};
