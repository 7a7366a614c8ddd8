import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Policy } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Page } from '../app/Page.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { neverChosen, onOlder } from './policy.rules.js';
import { policiesQuery } from './policyRequests.js';
import { PolicyCard } from './PolicyCard.js';
import { PolicyForm } from './PolicyForm.js';
import { PolicyVersions } from './PolicyVersions.js';
import { ReapplyDialog } from './ReapplyDialog.js';
import { TryOut } from './TryOut.js';
import styles from './Policies.module.css';

type Opened =
  | { dialog: 'edit'; policy: Policy | null }
  | { dialog: 'versions'; policy: Policy }
  | { dialog: 'reapply'; policy: Policy; runId: string | null };

/** How long everything may take: the policies in their order, and what a case would get. */
export const PoliciesPage = () => {
  const { t } = useWords();
  const edits = useMay()('sla.write');
  const { data, isError, error, refetch } = useQuery(policiesQuery);
  const [opened, setOpened] = useState<Opened | null>(null);
  const policies = data?.items ?? [];
  const never = neverChosen(policies);
  const close = () => {
    setOpened(null);
    void refetch();
  };
  /** Who has changed what others go by is shown to whom it could be given. */
  const saved = (policy: Policy | null) =>
    setOpened(policy && onOlder(policy) > 0 ? { dialog: 'reapply', policy, runId: null } : null);
  const add = edits ? (
    <Button size="xs" variant="filled" onClick={() => setOpened({ dialog: 'edit', policy: null })}>
      {t('policies.new')}
    </Button>
  ) : null;
  return (
    <Page title={t('policies.title')} lead={t('policies.lead')} tools={add}>
      {isError ? <Trouble what={t('policies.title')} error={error} onRetry={() => void refetch()} /> : null}
      <div className={styles.columns}>
        <ol className={styles.list} aria-label={t('policies.title')} aria-busy={!data}>
          {data || isError ? null : <Bone width="100%" />}
          {policies.map((policy, place) => (
            <PolicyCard
              key={policy.id}
              policy={policy}
              place={place}
              count={policies.length}
              edits={edits}
              isNeverChosen={never.has(policy.id)}
              onEdit={() => setOpened({ dialog: 'edit', policy })}
              onVersions={() => setOpened({ dialog: 'versions', policy })}
              onReapply={(runId) => setOpened({ dialog: 'reapply', policy, runId })}
            />
          ))}
        </ol>
        <TryOut />
      </div>
      {opened?.dialog === 'edit' ? <PolicyForm policy={opened.policy} onClose={saved} /> : null}
      {opened?.dialog === 'versions' ? <PolicyVersions policy={opened.policy} onClose={close} /> : null}
      {opened?.dialog === 'reapply' ? (
        <ReapplyDialog policy={opened.policy} runId={opened.runId} onClose={close} />
      ) : null}
    </Page>
  );
};
