import { useQuery } from '@tanstack/react-query';
import type { Policy, PolicyMetric, PolicyVersion } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Dialog } from '../app/Dialog.js';
import { Trouble } from '../app/Trouble.js';
import { moment } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { durationText } from './duration.rules.js';
import { differencesOf, METRICS, type Difference } from './policy.rules.js';
import { versionsQuery } from './policyRequests.js';
import { usePolicyWords } from './policyWords.js';
import styles from './Policies.module.css';

interface DifferenceProps {
  difference: Difference;
  before: PolicyVersion;
  after: PolicyVersion;
}

const Different = ({ difference: { of }, before, after }: DifferenceProps) => {
  const { t } = useWords();
  const { conditionsText, calendarText } = usePolicyWords();
  const target = (version: PolicyVersion, metric: PolicyMetric) => {
    const said = version.targets[metric];
    return said ? `${durationText(said.minutes)}, ${calendarText(said.calendar)}` : t('policies.target.none');
  };
  const text = (version: PolicyVersion) =>
    of === 'conditions' ? conditionsText(version.conditions) : target(version, of);
  return (
    <li>
      <b>{of === 'conditions' ? t('policies.conditions') : t(`clock.${of}`)}</b>
      <span>
        <del>{text(before)}</del> → <ins>{text(after)}</ins>
      </span>
    </li>
  );
};

/** What it said before, and what was changed each time. */
export const PolicyVersions = ({ policy, onClose }: { policy: Policy; onClose: () => void }) => {
  const { t, intl } = useWords();
  const { conditionsText } = usePolicyWords();
  const { data, isError, error, refetch } = useQuery(versionsQuery(policy.id));
  return (
    <Dialog title={t('policies.versions', { name: policy.name })} size={620} onClose={onClose}>
      {isError ? <Trouble what={policy.name} error={error} onRetry={() => void refetch()} /> : null}
      {data ? null : <Bone width="100%" />}
      <ol className={styles.versions}>
        {data?.items.map((version, at) => {
          const before = data.items[at + 1];
          return (
            <li key={version.version}>
              <h3>
                {t('policies.version', { version: version.version })}
                <small>
                  {version.by?.displayName ?? 'Hilo'} · {moment(intl, version.at)} ·{' '}
                  {t('policies.cases', { count: version.cases })}
                </small>
              </h3>
              {before ? (
                <ul>
                  {differencesOf(before, version).map((difference) => (
                    <Different key={difference.of} difference={difference} before={before} after={version} />
                  ))}
                </ul>
              ) : (
                <p>
                  {conditionsText(version.conditions)}:{' '}
                  {METRICS.flatMap((metric) => {
                    const said = version.targets[metric];
                    return said ? [`${t(`clock.${metric}`)} ${durationText(said.minutes)}`] : [];
                  }).join(' · ')}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
};
