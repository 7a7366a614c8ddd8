import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect } from 'react';
import type { Policy, PolicyReapply } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { durationText } from './duration.rules.js';
import { METRICS, onOlder, runningCases } from './policy.rules.js';
import { arrangePolicy, policiesQuery, reapplyQuery } from './policyRequests.js';
import { usePolicyWords } from './policyWords.js';
import { usePolicyDeed } from './usePolicyDeed.js';
import styles from './Policies.module.css';

const Targets = ({ policy }: { policy: Policy }) => {
  const { t } = useWords();
  const { calendarText } = usePolicyWords();
  return (
    <dl className={styles.targets}>
      {METRICS.map((metric) => {
        const target = policy.targets[metric];
        return target ? (
          <div key={metric}>
            <dt>{t(`clock.${metric}`)}</dt>
            <dd>
              <b>{durationText(target.minutes)}</b> {calendarText(target.calendar)}
            </dd>
          </div>
        ) : null;
      })}
    </dl>
  );
};

interface RunningProps {
  policy: Policy;
  run: PolicyReapply | null;
  onShow: () => void;
}

/** The cases that go by it, and those that go by what it said before. */
const Running = ({ policy, run, onShow }: RunningProps) => {
  const { t } = useWords();
  const older = onOlder(policy);
  return (
    <p className={styles.running}>
      <span>{t('policies.running', { count: runningCases(policy), version: policy.version })}</span>
      {run ? (
        <button type="button" onClick={onShow}>
          {t('policies.reapply.running')} · {t('policies.reapply.progress', { done: run.done, total: run.total })}
        </button>
      ) : older > 0 ? (
        <span data-older>{t('policies.older', { count: older })}</span>
      ) : null}
    </p>
  );
};

/** The run of a policy that goes on, as it goes; once it is done the policies are read anew. */
const useRunning = ({ reapplyId }: Policy, edits: boolean): PolicyReapply | null => {
  const client = useQueryClient();
  const { data } = useQuery({ ...reapplyQuery(reapplyId ?? ''), enabled: edits && reapplyId !== null });
  const running = data?.state === 'running' ? data : null;
  const isRunning = running !== null;
  useEffect(() => {
    if (!isRunning) return;
    return () => void client.invalidateQueries({ queryKey: policiesQuery.queryKey });
  }, [client, isRunning]);
  return running;
};

interface Props {
  policy: Policy;
  place: number;
  count: number;
  edits: boolean;
  /** One before it is for every case. */
  isNeverChosen: boolean;
  onEdit: () => void;
  onVersions: () => void;
  onReapply: (runId: string | null) => void;
}

/** One policy in plain words, and what can be done with it. */
export const PolicyCard = ({ policy, place, count, edits, isNeverChosen, onEdit, onVersions, onReapply }: Props) => {
  const { t } = useWords();
  const { conditionsText } = usePolicyWords();
  const { run, busy } = usePolicyDeed();
  const running = useRunning(policy, edits);
  const arrange = (body: Parameters<typeof arrangePolicy>[1]) => void run(() => arrangePolicy(policy.id, body), false);
  const { name, isActive } = policy;
  return (
    <li className={styles.card} data-off={!isActive || undefined}>
      <header>
        <h2>
          <span className={styles.place}>{place + 1}</span>
          {name}
          {isActive ? null : <em>{t('policies.off')}</em>}
        </h2>
        {edits ? (
          <div className={styles.moves}>
            <button
              type="button"
              aria-label={t('policies.up', { name })}
              disabled={place === 0 || busy}
              onClick={() => arrange({ place: place - 1 })}
            >
              <ArrowUp size={16} aria-hidden />
            </button>
            <button
              type="button"
              aria-label={t('policies.down', { name })}
              disabled={place === count - 1 || busy}
              onClick={() => arrange({ place: place + 1 })}
            >
              <ArrowDown size={16} aria-hidden />
            </button>
          </div>
        ) : null}
      </header>
      <p className={styles.conditions}>{conditionsText(policy.conditions)}</p>
      {isNeverChosen ? <p className={styles.warning}>{t('policies.never')}</p> : null}
      <Targets policy={policy} />
      <Running policy={policy} run={running} onShow={() => onReapply(running?.id ?? null)} />
      <div className={styles.deeds}>
        {edits ? (
          <>
            <Button size="xs" aria-label={t('policies.edit', { name })} onClick={onEdit}>
              {t('policies.edit.short')}
            </Button>
            <Button
              size="xs"
              aria-label={t('policies.reapply.title', { name })}
              onClick={() => onReapply(running?.id ?? null)}
            >
              {t('policies.reapply.short')}
            </Button>
            <Button size="xs" loading={busy} onClick={() => arrange({ isActive: !isActive })}>
              {t(isActive ? 'policies.turn_off' : 'policies.turn_on')}
            </Button>
          </>
        ) : null}
        <Button size="xs" aria-label={t('policies.versions', { name })} onClick={onVersions}>
          {t('policies.versions.short')}
        </Button>
      </div>
    </li>
  );
};
