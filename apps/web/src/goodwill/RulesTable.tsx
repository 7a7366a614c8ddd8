import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { benefitText, type GoodwillRule } from '#contracts';
import { Bone } from '../app/Bone.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { limitsQuery, rulesQuery } from './goodwillRequests.js';
import { RuleDialog } from './RuleDialog.js';
import styles from './Goodwill.module.css';

const RuleRow = ({ rule, onEdit }: { rule: GoodwillRule; onEdit: (() => void) | null }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { name, afterDays, tiers, lacks, terms, isActive, version } = rule;
  return (
    <tr data-off={!isActive || undefined}>
      <th scope="row">{name}</th>
      <td data-number>{afterDays}</td>
      <td>{tiers.length === 0 ? t('goodwill.rule.everybody') : tiers.map((tier) => t(`tier.${tier}`)).join(', ')}</td>
      <td>{lacks.length === 0 ? t('goodwill.rule.whatever') : lacks.map((kind) => t(`impact.${kind}`)).join(', ')}</td>
      <td>{benefitText(terms.kind, terms, language)}</td>
      <td>{t(isActive ? 'goodwill.rule.on' : 'goodwill.rule.off')}</td>
      <td data-number>{version}</td>
      <td>
        {onEdit ? (
          <Button size="xs" aria-label={`${t('goodwill.rule.edit')}: ${name}`} onClick={onEdit}>
            {t('goodwill.rule.edit.do')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
};

/** What is offered by itself, when and to whom. */
export const RulesTable = () => {
  const { t } = useWords();
  const edits = useMay()('goodwill.manage');
  const { data, isError, error, refetch } = useQuery(rulesQuery);
  const currency = useQuery(limitsQuery).data?.content.currency ?? 'EUR';
  const [open, setOpen] = useState<{ rule: GoodwillRule | null } | null>(null);
  if (isError && !data) return <Trouble what={t('goodwill.rules')} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Bone width="60%" />;
  const heads = ['name', 'after', 'tiers', 'lacks', 'what', 'active', 'version'] as const;
  return (
    <section className={styles.scroll} tabIndex={0} aria-label={t('goodwill.rules')}>
      <div className={styles.head}>
        <p className={styles.lead}>{t('goodwill.rules.lead')}</p>
        {edits ? (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setOpen({ rule: null })}>
            {t('goodwill.rule.new')}
          </Button>
        ) : null}
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" data-number={head === 'after' || head === 'version' || undefined}>
                {t(`goodwill.rule.${head}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {data.items.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onEdit={edits ? () => setOpen({ rule }) : null} />
          ))}
        </tbody>
      </table>
      {open ? <RuleDialog rule={open.rule} currency={currency} onClose={() => setOpen(null)} /> : null}
    </section>
  );
};
