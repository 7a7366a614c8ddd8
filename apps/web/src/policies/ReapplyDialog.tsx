import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Policy, PolicyReapply, ReapplyPreview } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { reapplyPreviewQuery, reapplyQuery, startReapply } from './policyRequests.js';
import { usePolicyDeed } from './usePolicyDeed.js';
import styles from './Policies.module.css';

const FIGURES = ['clocks', 'begin', 'end', 'becomeLate', 'stopBeingLate'] as const satisfies (keyof ReapplyPreview)[];

interface BeforeProps {
  policy: Policy;
  onStart: (run: PolicyReapply) => void;
  onClose: () => void;
}

/** What it would do to whom. */
const Before = ({ policy, onStart, onClose }: BeforeProps) => {
  const { t, intl } = useWords();
  const { data, isError, error, refetch } = useQuery(reapplyPreviewQuery(policy));
  const { run, busy, problem } = usePolicyDeed();
  const [key] = useState(() => crypto.randomUUID());
  const start = async () => {
    const begun = await run(() => startReapply(policy, key));
    if (begun) onStart(begun);
  };
  if (isError) return <Trouble what={policy.name} error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p className={styles.lead}>{t('policies.reapply.lead', { version: policy.version })}</p>
      <dl className={styles.figures} aria-busy={!data}>
        <div data-main>
          <dt>{t('policies.reapply.cases')}</dt>
          <dd>{data ? intl.formatNumber(data.cases) : <Bone width={40} />}</dd>
        </div>
        {FIGURES.map((figure) => (
          <div key={figure} data-figure={data && data[figure] > 0 ? figure : undefined}>
            <dt>{t(`policies.reapply.${figure}`)}</dt>
            <dd>{data ? intl.formatNumber(data[figure]) : <Bone width={40} />}</dd>
          </div>
        ))}
      </dl>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
      <div className={forms.deeds}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button variant="filled" loading={busy || !data} disabled={data?.cases === 0} onClick={() => void start()}>
          {data?.cases === 0 ? t('policies.reapply.nobody') : t('policies.reapply.start', { count: data?.cases ?? 0 })}
        </Button>
      </div>
    </>
  );
};

/** How far it is; closing the dialog stops nothing. */
const During = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { t } = useWords();
  const { data: run } = useQuery(reapplyQuery(id));
  if (!run) return <Bone width="100%" />;
  const { done, total, state } = run;
  return (
    <>
      <p className={styles.progress} aria-live="polite">
        <b>{t(`policies.reapply.${state}`)}</b>
        <span>{t('policies.reapply.progress', { done, total })}</span>
      </p>
      <Progress
        value={total === 0 ? 100 : (done / total) * 100}
        aria-label={t(`policies.reapply.${state}`)}
        transitionDuration={300}
      />
      {run.failed > 0 ? (
        <section className={styles.failures} aria-label={t('policies.reapply.failed', { count: run.failed })}>
          <h3>{t('policies.reapply.failed', { count: run.failed })}</h3>
          <ul>
            {run.failures.map((failure) => (
              <li key={failure.caseId}>
                <Link to="/cases/$reference" params={{ reference: failure.reference }}>
                  {failure.reference}
                </Link>
                <small>{failure.message}</small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <div className={forms.deeds}>
        <Button onClick={onClose}>{t('app.close')}</Button>
      </div>
    </>
  );
};

interface Props {
  policy: Policy;
  /** One that runs. */
  runId: string | null;
  onClose: () => void;
}

/** Gives the newest version to cases that run already: first what would be, then how far it is. */
export const ReapplyDialog = ({ policy, runId, onClose }: Props) => {
  const { t } = useWords();
  const [begun, setBegun] = useState<string | null>(null);
  const id = begun ?? runId;
  return (
    <Dialog title={t('policies.reapply.title', { name: policy.name })} onClose={onClose}>
      {id ? (
        <During id={id} onClose={onClose} />
      ) : (
        <Before policy={policy} onStart={(run) => setBegun(run.id)} onClose={onClose} />
      )}
    </Dialog>
  );
};
