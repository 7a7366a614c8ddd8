import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LoanerSettings, LoanRule, PatchLoanerSettingsBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import type { LadderHours } from '../loan/due.rules.js';

const COLUMNS = {
  keepHours: 'keep_hours',
  warnMinutes: 'warn_minutes',
  graceDays: 'grace_days',
  plainDays: 'plain_days',
  reminderAfterHours: 'reminder_after_hours',
  callAfterHours: 'call_after_hours',
  supervisorAfterHours: 'supervisor_after_hours',
  depositCents: 'deposit_cents',
  currency: 'currency',
} as const satisfies Partial<Record<keyof LoanerSettings, string>>;
type Column = keyof typeof COLUMNS;

/** How long what lasts, what is signed, and to whom nothing is lent. */
@Injectable()
export class LoanerHouse {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async settings(tx: EntityManager): Promise<LoanerSettings> {
    const names = Object.entries(COLUMNS).map(([name, column]) => `h.${column} as "${name}"`);
    const rows: LoanerSettings[] = await tx.query(
      `select ${names.join(', ')}, (select json_build_object('version', t.version, 'es', t.es, 'en', t.en) from loan_terms t order by t.version desc limit 1) as terms,
         (select coalesce(json_agg(json_build_object('code', r.code, 'text', json_build_object('es', r.es, 'en', r.en), 'check', r.looked_up, 'active', r.active)
           order by r.place, r.code), '[]') from loan_rule r) as rules from loaner_settings h`,
    );
    const [settings] = rows;
    if (!settings) throw new Error('the house has no settings for loaners');
    return settings;
  }

  /** @throws DomainError permission.denied, request.invalid when the steps are not one after the other */
  async change(tx: EntityManager, principal: Principal, body: PatchLoanerSettingsBody): Promise<LoanerSettings> {
    demand(principal, 'loaner.manage');
    await tx.query('select from loaner_settings for update');
    const before = await this.settings(tx);
    const after = { ...before, ...body };
    if (!(after.reminderAfterHours < after.callAfterHours && after.callAfterHours < after.supervisorAfterHours))
      throw new DomainError('request.invalid', [{ path: 'callAfterHours', message: 'one step after the other' }]);
    const columns = Object.keys(COLUMNS) as Column[];
    await tx.query(
      `update loaner_settings set ${columns.map((name, at) => `${COLUMNS[name]} = $${at + 1}`).join(', ')}`,
      columns.map((name) => after[name]),
    );
    if (body.terms && (body.terms.es !== before.terms.es || body.terms.en !== before.terms.en))
      await tx.query('insert into loan_terms (version, es, en, since) values ($1, $2, $3, $4)', [
        ...[before.terms.version + 1, body.terms.es, body.terms.en, this.clock.now()],
      ]);
    if (body.rules) await this.setRules(tx, body.rules);
    return this.settings(tx);
  }

  /** The list as it is to be; a rule that decisions name stays, out of use. */
  private async setRules(tx: EntityManager, rules: LoanRule[]): Promise<void> {
    await tx.query('update loan_rule set active = false where not (code = any($1))', [rules.map(({ code }) => code)]);
    for (const [place, { code, text, check, active }] of rules.entries())
      await tx.query(
        `insert into loan_rule (code, es, en, looked_up, active, place) values ($1, $2, $3, $4, $5, $6)
         on conflict (code) do update set es = excluded.es, en = excluded.en, looked_up = excluded.looked_up, active = excluded.active, place = excluded.place`,
        [code, text.es, text.en, check, active, place],
      );
  }
}

export const hoursOf = (settings: LoanerSettings): LadderHours => ({
  reminder: settings.reminderAfterHours,
  call: settings.callAfterHours,
  supervisor: settings.supervisorAfterHours,
});
