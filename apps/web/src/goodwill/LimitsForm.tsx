import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { GoodwillLimits, LimitsVersion, Role, Tier } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { whole } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { limitsQuery, setLimits } from './goodwillRequests.js';
import { centsTyped, typedOf } from './typed.rules.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';
import styles from './Goodwill.module.css';

const ROLES = ['agent', 'store', 'supervisor', 'admin'] as const satisfies readonly Role[];
const TIERS = ['standard', 'silver', 'gold'] as const satisfies readonly Tier[];

type Typed = Record<Role, Record<Tier, string>>;
const shown = (cents: number | null, currency: string): string => (cents === null ? '' : typedOf(cents, currency));

/** What was typed; null: something of it is no amount. */
function limitsTyped(before: GoodwillLimits, typed: Typed, days: string, points: string): GoodwillLimits | null {
  const { currency } = before;
  const read = (text: string) => (text.trim() === '' ? null : (centsTyped(text, currency) ?? Number.NaN));
  const ofRole = (role: Role) => ({
    ...{ standard: read(typed[role].standard), silver: read(typed[role].silver), gold: read(typed[role].gold) },
  });
  const roles = {
    agent: ofRole('agent'),
    store: ofRole('store'),
    supervisor: ofRole('supervisor'),
    admin: ofRole('admin'),
  };
  const isWrong = Object.values(roles).some((tiers) => Object.values(tiers).some((cents) => Number.isNaN(cents)));
  const hundredPointsCents = centsTyped(points, currency);
  const windowDays = /^[1-9]\d{0,2}$/u.test(days) ? Number(days) : null;
  return isWrong || hundredPointsCents === null || windowDays === null
    ? null
    : { ...before, roles, hundredPointsCents, windowDays };
}

const Edited = ({ limits: { version, content, by, at }, edits }: { limits: LimitsVersion; edits: boolean }) => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useGoodwillDeed();
  const { currency, roles } = content;
  const ofRole = (role: Role) => ({
    standard: shown(roles[role].standard, currency),
    silver: shown(roles[role].silver, currency),
    gold: shown(roles[role].gold, currency),
  });
  const [typed, setTyped] = useState<Typed>({
    ...{ agent: ofRole('agent'), store: ofRole('store'), supervisor: ofRole('supervisor'), admin: ofRole('admin') },
  });
  const [days, setDays] = useState(String(content.windowDays));
  const [points, setPoints] = useState(typedOf(content.hundredPointsCents, currency));
  const put = limitsTyped(content, typed, days, points);
  const save = async () => {
    if (put && (await run(() => setLimits(version, put)))) notify(t('goodwill.saved'));
  };
  const field = (label: string, value: string, onType: (text: string) => void) => (
    <label className={forms.field}>
      <span>{label}</span>
      <input
        inputMode="decimal"
        value={value}
        disabled={!edits}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    </label>
  );
  return (
    <div className={styles.card}>
      <p className={styles.lead}>{t('goodwill.limits.lead', { days: content.windowDays })}</p>
      <p className={styles.why}>
        {t('goodwill.version', { version, who: by?.displayName ?? 'none', at: whole(intl, at) })}
      </p>
      <Form deed={t('goodwill.rule.save')} busy={busy} problem={problem} disabled={!edits || !put} onSubmit={save}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('goodwill.limits.role')}</th>
              {TIERS.map((tier) => (
                <th key={tier} scope="col">
                  {t(`tier.${tier}`)} ({currency})
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROLES.map((role) => (
              <tr key={role}>
                <th scope="row">{t(`role.${role}`)}</th>
                {TIERS.map((tier) => (
                  <td key={tier}>
                    <input
                      aria-label={`${t(`role.${role}`)}, ${t(`tier.${tier}`)}`}
                      inputMode="decimal"
                      value={typed[role][tier]}
                      disabled={!edits}
                      onChange={(event) => {
                        const { value } = event.currentTarget;
                        setTyped((all) => ({ ...all, [role]: { ...all[role], [tier]: value } }));
                      }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <div className={forms.two}>
          {field(t('goodwill.limits.window'), days, setDays)}
          {field(t('goodwill.limits.points', { currency }), points, setPoints)}
        </div>
      </Form>
    </div>
  );
};

/** Who may give how much, by role and tier. */
export const LimitsForm = () => {
  const { t } = useWords();
  const edits = useMay()('goodwill.manage');
  const { data, isError, error, refetch } = useQuery(limitsQuery);
  if (isError && !data) return <Trouble what={t('goodwill.limits')} error={error} onRetry={() => void refetch()} />;
  return data ? <Edited key={data.version} limits={data} edits={edits} /> : <Bone width="60%" />;
};
