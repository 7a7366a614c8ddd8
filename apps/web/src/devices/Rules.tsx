import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ParameterKind, type WarrantyParameter } from '#contracts';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { parametersQuery, retireParameter } from './deviceRequests.js';
import { RuleDialog } from './RuleDialog.js';
import { dayText } from './Terms.js';
import styles from './Devices.module.css';

const Line = ({ rule, onEdit }: { rule: WarrantyParameter; onEdit: (() => void) | null }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const { run, busy } = useDeed();
  const [sure, setSure] = useState(false);
  const day = (at: string) => dayText(intl.locale, at);
  const from = day(rule.validFrom);
  const retire = async () => {
    await run(() => retireParameter(rule.id), false);
    await client.invalidateQueries({ queryKey: parametersQuery.queryKey });
  };
  const head = [
    ...(rule.label ? [rule.label] : []),
    ...(rule.months ? [t('rules.months.count', { count: rule.months })] : []),
    rule.clause,
  ];
  return (
    <li>
      <div>
        <b>{head.join(' · ')}</b>
        <p>{rule[language]}</p>
        <small>
          {rule.url ? (
            <a href={rule.url} target="_blank" rel="noreferrer">
              {rule.source}
            </a>
          ) : (
            rule.source
          )}
          {` · ${rule.country} · `}
          {rule.validUntil ? t('rules.period', { from, until: day(rule.validUntil) }) : t('rules.since', { from })}
        </small>
        {sure ? <small role="alert">{t('rules.retire.sure')}</small> : null}
      </div>
      {onEdit ? (
        <>
          <Button size="xs" variant="subtle" onClick={onEdit}>
            {t('rules.edit')}
          </Button>
          <Button size="xs" variant="subtle" loading={busy} onClick={() => (sure ? void retire() : setSure(true))}>
            {t('rules.retire')}
          </Button>
        </>
      ) : null}
    </li>
  );
};

/** The terms and clauses that hold, by what they rule, each with where it comes from. */
export const Rules = () => {
  const { t } = useWords();
  const keeps = useMay()('warranty.manage');
  const { data, isError, error, refetch } = useQuery(parametersQuery);
  const [edited, setEdited] = useState<WarrantyParameter | 'new' | null>(null);
  const kinds = ParameterKind.options
    .map((kind) => ({ kind, rules: (data?.items ?? []).filter((rule) => rule.kind === kind) }))
    .filter(({ rules }) => rules.length > 0);
  return (
    <>
      {keeps ? (
        <div className={styles.tools}>
          <Button leftSection={<Plus size={16} />} onClick={() => setEdited('new')}>
            {t('rules.add')}
          </Button>
        </div>
      ) : null}
      {isError ? <Trouble what={t('rules.failed')} error={error} onRetry={() => void refetch()} /> : null}
      {kinds.map(({ kind, rules }) => (
        <section key={kind}>
          <h2 className={styles.kind}>{t(`rules.kind.${kind}`)}</h2>
          <ul className={styles.list}>
            {rules.map((rule) => (
              <Line key={rule.id} rule={rule} onEdit={keeps ? () => setEdited(rule) : null} />
            ))}
          </ul>
        </section>
      ))}
      {edited ? <RuleDialog rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </>
  );
};
